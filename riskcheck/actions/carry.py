"""Carries the actions of an older report over to the findings of a new assessment. The verdict is not touched."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.actions.read import OlderAction, OlderReport
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.frozen import replace
from riskcheck.model.actions import Action, ActionList, ActionStatus, Agreed, ClosedAction, Left
from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Finding, Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Text

_WHY = {Outcome.PASS: Left.PASSES, Outcome.NOT_APPLICABLE: Left.NOT_APPLICABLE}


def with_actions(assessment: Assessment, older: OlderReport) -> Assessment:
    """The assessment with the actions of an older report.

    A finding that is still open keeps what was agreed and the day since when it is listed; one that is open again keeps
    owner and remark. Whatever else the older report lists is closed. Raises UsageError if all of it is of other
    projects.
    """
    _check_project(assessment, older)
    now = {each.id: each for each in older.open}
    before = {each.id: each for each in older.closed}
    opened = tuple(
        _opened(finding, assessment, now.get(finding.id), before.get(finding.id))
        for finding in assessment.findings
        if finding.is_open
    )
    closed = tuple(_closed(assessment, older, {each.id for each in opened}))
    actions = ActionList(older.file, older.sha256, opened, closed, older.problems)
    return replace(assessment, actions=actions)


def _opened(finding: Finding, assessment: Assessment, now: OlderAction | None, before: OlderAction | None) -> Action:
    if now is not None:
        return Action(finding.id, now.since or assessment.as_of, now.agreed, now.proposed_due)
    if before is not None:
        again = replace(before.agreed, status=ActionStatus.OPEN, status_written="", due=None, due_written="")
        return Action(finding.id, assessment.as_of, again)
    return Action(finding.id, assessment.as_of, Agreed())


def _closed(assessment: Assessment, older: OlderReport, still_open: set[str]) -> Iterator[ClosedAction]:
    """The actions of both older lists that are not open, those closed by now first; each id once."""
    findings = {finding.id: finding for finding in assessment.findings}
    gone = [each for each in older.open if each.id not in still_open]
    listed = {each.id for each in gone} | still_open
    for each in (*gone, *(each for each in older.closed if each.id not in listed)):
        finding = findings.get(each.id)
        why = _WHY.get(finding.outcome, Left.NOT_JUDGED) if finding else Left.NOT_JUDGED
        if _project(each.id) != _project_of(assessment):
            why = Left.OTHER_PROJECT
        yield ClosedAction(each.id, each.title, each.since, each.closed or assessment.as_of, why, each.agreed)


def _check_project(assessment: Assessment, older: OlderReport) -> None:
    projects = dict.fromkeys(_project(each.id) for each in (*older.open, *older.closed))
    ours = _project_of(assessment)
    if not projects or ours in projects:
        return
    names = list(projects)[:3]
    message = Text(
        f"these are actions of another project: {', '.join(names)}; the facts are of {ours}",
        f"这是其他项目的措施（{'、'.join(names)}），而资料属于 {ours}",
    )
    cure = Text("name a report of this project with --actions", "请用 --actions 指定本项目的报告")
    raise UsageError(Diagnostic("actions-of-other-project", message, Location(older.file), (cure,)))


def _project(action: str) -> str:
    return action.partition("@")[2]


def _project_of(assessment: Assessment) -> str:
    return assessment.project_id or "-"
