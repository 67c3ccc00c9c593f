"""A score interval, drawn and in words."""

from __future__ import annotations

from riskcheck.model.assessment import Score
from riskcheck.model.number import Ratio, floor_text
from riskcheck.model.text import Text
from riskcheck.reports.html.markup import Markup, element


def judged_text(score: Score) -> Text:
    """How much of the weight was judged."""
    judged = percent(score.coverage)
    return Text(f"{judged.en} judged", f"已判定 {judged.zh}")


def percent(share: Ratio) -> Text:
    """A share from 0 to 1 in percent."""
    shown = floor_text(share, 100)
    return Text(f"{shown} %", f"{shown}%")


def score_bar(score: Score, *, scale: bool = False) -> Markup:
    """A bar from 0 to 100: what is sure is filled, what unknowns could add is paler. The words beside it say it too."""
    low, high = floor_text(score.low), floor_text(score.high)
    span = floor_text(score.high.exact - score.low.exact)
    return element(
        "svg",
        element("rect", class_="all", width="100", height="10"),
        element("rect", class_="sure", width=low, height="10"),
        element("rect", class_="maybe", x=low, width=span, height="10") if low != high else None,
        *(element("rect", class_="tick", x=str(at), width="0.4", height="10") for at in (25, 50, 75) if scale),
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        class_="bar",
        aria_hidden="true",
        focusable="false",
    )
