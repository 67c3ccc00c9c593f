"""What to do, by whom, until when."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Finding, Outcome
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.findingtext import and_more
from riskcheck.reports.firststeps import TO_MEND
from riskcheck.reports.html.anchors import Entries
from riskcheck.reports.html.markup import Markup, element, joined
from riskcheck.reports.html.section import Section, row, table

MAX_ACTIONS = 1000
"""How many actions are listed."""
_TITLE = Text("Actions", "整改措施")


def actions_section(assessment: Assessment, entries: Entries) -> Iterator[Section]:
    """The controls of what fails or warns, worst first; nothing if nothing does."""
    opened = [each for each in assessment.findings if each.outcome in TO_MEND]
    if not opened:
        return
    heads = (
        Text("What to do", "应对措施"),
        Text("Because of", "针对"),
        Text("Owner", "责任人"),
        Text("Due", "期限"),
    )
    content = joined(
        (
            table(heads, (_action(entries, each) for each in opened[:MAX_ACTIONS]), _TITLE, "actions"),
            *(element("p", each, class_="cut") for each in and_more(len(opened) - MAX_ACTIONS)),
        )
    )
    waiting = sum(each.outcome is Outcome.UNKNOWN for each in assessment.findings)
    lead = (
        Text(f"{waiting} unknown checks need facts first.", f"另有 {waiting} 项未知，需先补充资料。")
        if waiting
        else None
    )
    yield Section("actions", _TITLE, content, lead, count=len(opened))


def _action(entries: Entries, finding: Finding) -> Markup:
    return row(
        finding.control,
        joined(
            (
                element("span", phrases.OUTCOME[finding.outcome], class_=f"badge {finding.outcome.value}"),
                Markup(" "),
                entries.link(finding.check),
                Markup(" "),
                element("span", finding.title, class_="about"),
            )
        ),
        finding.owner_title,
        element("span", finding.due.text, class_="due") if finding.due else None,
    )
