"""What to do, by whom, until when."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.model.actions import Action
from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Finding, Outcome
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.findingtext import and_more
from riskcheck.reports.firststeps import TO_MEND
from riskcheck.reports.html.agreed import due_of, owner_of, status_of
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
    carried = {each.id: each for each in assessment.actions.open} if assessment.actions else {}
    rows = (_action(assessment, entries, each, carried.get(each.id)) for each in opened[:MAX_ACTIONS])
    heads = (
        Text("What to do", "应对措施"),
        Text("Because of", "针对"),
        Text("Owner", "责任人"),
        Text("Due", "期限"),
        *([Text("Status", "处理状态")] if carried else []),
    )
    content = joined(
        (
            *_told(assessment),
            table(heads, rows, _TITLE, "actions"),
            *(element("p", each, class_="cut") for each in and_more(len(opened) - MAX_ACTIONS)),
        )
    )
    waiting = sum(each.outcome is Outcome.UNKNOWN for each in assessment.findings)
    en = "1 unknown check needs facts first." if waiting == 1 else f"{waiting} unknown checks need facts first."
    lead = Text(en, f"另有 {waiting} 项未知，需先补充资料。") if waiting else None
    yield Section("actions", _TITLE, content, lead, count=len(opened))


def _told(assessment: Assessment) -> Iterator[Markup]:
    """What an older report says of the actions: how far they are, what is overdue, what is closed since."""
    if assessment.actions is not None:
        from riskcheck.reports.terminalactions import action_lines

        yield element("ul", *(element("li", each) for each in action_lines(assessment, assessment.actions)))


def _action(assessment: Assessment, entries: Entries, finding: Finding, carried: Action | None) -> Markup:
    cells = (
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
        owner_of(finding, carried),
        due_of(finding, carried),
    )
    return row(*cells, *([status_of(carried, assessment.as_of)] if carried else []))
