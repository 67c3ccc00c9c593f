"""Compound risks: which failures meet, and what comes of it, drawn and in words."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import CompoundFinding
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.html.anchors import Entries, compound_anchor
from riskcheck.reports.html.causedrawing import cause_drawing
from riskcheck.reports.html.markup import Markup, element, joined
from riskcheck.reports.html.section import Section, listed, pairs, rating_text
from riskcheck.reports.sincebaseline import since_baseline


def causes_section(assessment: Assessment, entries: Entries) -> Iterator[Section]:
    """The compound rules that fired or may fire; nothing if none does."""
    live = entries.compounds.values()
    if not live:
        return
    content = listed((_compound(assessment, entries, each) for each in live), "causes")
    clear = len(assessment.compounds) - len(live)
    others = "1 other rule is clear." if clear == 1 else f"{clear} other rules are clear."
    lead = Text(
        f"Failures that together are a risk of their own. {others}",
        f"同时出现即构成新风险的不通过项。另有 {clear} 条规则不成立。",
    )
    yield Section("causes", Text("Cause chains", "因果链"), content, lead, count=len(live))


def _compound(assessment: Assessment, entries: Entries, compound: CompoundFinding) -> Markup:
    gate, since = assessment.gate, since_baseline(assessment, compound.id)
    anchor = compound_anchor(compound.id)
    return element(
        "article",
        element(
            "h3",
            element("span", phrases.COMPOUND[compound.state], class_=f"badge {compound.state.value}"),
            Markup(" "),
            element("span", compound.id, class_="rule"),
            Markup(" "),
            compound.title,
            Markup(" ") if since else None,
            element("span", since, class_="must since") if since else None,
            id=f"{anchor}-title",
        ),
        element("div", *_details(gate, entries, compound), class_="cause"),
        id=anchor,
    )


def _details(gate: str, entries: Entries, compound: CompoundFinding) -> Iterator[Markup]:
    part_of = compound.part_of
    if part_of is None:
        yield cause_drawing(gate, entries, compound)
    rating = compound.likelihood * compound.impact
    rest = [each for each in compound.members if each not in compound.failing]
    yield pairs(
        (
            (Text("Leads to", "后果"), compound.consequence),
            (Text("What to do", "应对措施"), compound.control),
            (
                Text("Rating", "风险值"),
                joined(
                    (
                        f"{rating}: ",
                        rating_text(compound.likelihood, compound.impact),
                    )
                ),
            ),
            (Text("Gate", "关口"), phrases.BLOCKS_GATE if compound.blocks_gate else None),
            (Text("Part of", "包含于"), entries.link(part_of) if part_of else None),
            (Text("Failures", "相关不通过项"), _rules(entries, compound.failing) if part_of else None),
            (Text("Not failing", "其余相关项"), _rules(entries, tuple(rest)) if rest else None),
        )
    )


def _rules(entries: Entries, names: tuple[str, ...]) -> Markup:
    return joined((entries.link(each) for each in names), " ")
