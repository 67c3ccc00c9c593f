"""What people agreed about an action, as an older report has it."""

from __future__ import annotations

from datetime import date

from riskcheck.model.actions import Action
from riskcheck.model.finding import Finding
from riskcheck.model.text import Text
from riskcheck.reports.actionwords import STATUS_WORD
from riskcheck.reports.html.markup import Markup, element, joined, quoted

_OVERDUE = Text("overdue", "已逾期")


def owner_of(finding: Finding, action: Action | None) -> Markup | Text:
    """Who was agreed upon, else who is proposed."""
    return quoted(action.agreed.owner) if action and action.agreed.owner else finding.owner_title


def due_of(finding: Finding, action: Action | None) -> Markup | Text | None:
    """The day that was agreed upon or proposed at first, else the one proposed now."""
    proposed = finding.due.text if finding.due else None
    if action is None:
        return proposed
    if action.agreed.due_written:
        return quoted(action.agreed.due_written)
    day = action.agreed.due or action.proposed_due
    return Text(day.isoformat(), day.isoformat()) if day else proposed


def status_of(action: Action, as_of: date) -> Markup:
    """How far people say it is, that its day has passed, and what they remark."""
    agreed = action.agreed
    written = agreed.status_written
    return joined(
        (
            quoted(written) if written else STATUS_WORD[agreed.status],
            element("span", _OVERDUE, class_="badge fail") if action.is_overdue(as_of) else None,
            element("span", quoted(agreed.remark), class_="about") if agreed.remark else None,
        ),
        " ",
    )
