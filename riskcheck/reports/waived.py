"""What reports for pipelines say of a waived finding: whether a waiver of it holds, and by whom it was given."""

from __future__ import annotations

from riskcheck.model.assessment import Assessment
from riskcheck.model.text import Language, Text
from riskcheck.model.waiver import WaiverState, WaiverUse
from riskcheck.reports.display import clean
from riskcheck.reports.waiverwords import STATE, approval


def waivers_of(assessment: Assessment, rule: str) -> tuple[WaiverUse, ...]:
    """The waivers of a check or compound rule: those that hold; if none does, the others that are needed."""
    account = assessment.waivers
    if account is None:
        return ()
    uses = [each for each in account.uses if each.waiver.check == rule and each.state is not WaiverState.UNUSED]
    holding = [each for each in uses if each.state.holds]
    return tuple(holding or uses)


def is_waived(assessment: Assessment, rule: str) -> bool:
    """Whether a waiver of the rule is in force."""
    return any(each.state.holds for each in waivers_of(assessment, rule))


def waiver_lines(assessment: Assessment, rule: str, language: Language) -> tuple[str, ...]:
    """A line for each waiver of a rule: its state, who approved it until when, and the reason."""
    colon = "：" if language == "zh" else ": "
    return tuple(
        clean(f"{_WAIVER.of(language)} {STATE[each.state].of(language)}{colon}{approval(each).of(language)}")
        + (f"{colon}{clean(each.waiver.reason)}" if each.waiver.reason else "")
        for each in waivers_of(assessment, rule)
    )


_WAIVER = Text("Waiver", "豁免")
