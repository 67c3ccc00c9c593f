"""The actions of an older report in the report for machines."""

from __future__ import annotations

from datetime import date
from typing import Any

from riskcheck.model.actions import ActionList, Agreed
from riskcheck.reports.json import problem_document


def actions_document(actions: ActionList, as_of: date) -> dict[str, Any]:
    """The actions as plain dicts and lists, in the documented order of keys."""
    return {
        "file": actions.file,
        "sha256": actions.sha256,
        "open": [
            {
                "id": each.id,
                "since": each.since.isoformat(),
                "proposed_due": _day(each.proposed_due),
                "overdue": each.is_overdue(as_of),
                **_agreed(each.agreed),
            }
            for each in actions.open
        ],
        "closed": [
            {
                "id": each.id,
                "title": each.title,
                "since": _day(each.since),
                "closed": each.closed.isoformat(),
                "why": each.why.value,
                **_agreed(each.agreed),
            }
            for each in actions.closed
        ],
        "problems": [problem_document(each) for each in actions.problems],
    }


def _agreed(agreed: Agreed) -> dict[str, str | None]:
    return {
        "owner": agreed.owner or None,
        "due": _day(agreed.due),
        "due_written": agreed.due_written or None,
        "status": agreed.status.value,
        "status_written": agreed.status_written or None,
        "remark": agreed.remark or None,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
