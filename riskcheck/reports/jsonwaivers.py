"""The waivers in the report for machines."""

from __future__ import annotations

from datetime import date

from riskcheck.model.waiver import WaiverAccount, WaiverUse
from riskcheck.reports.json import location_document, problem_document, text_document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def waivers_document(account: WaiverAccount) -> dict[str, Any]:
    """The waivers as plain dicts and lists, in the documented order of keys."""
    return {
        "file": account.file,
        "sha256": account.sha256,
        "verdict_without": account.verdict_without.value,
        "reasons_without": [
            {"code": each.code, "text": text_document(each.text), "check": each.check}
            for each in account.reasons_without
        ],
        "entries": [_use(each) for each in account.uses],
        "problems": [problem_document(each) for each in account.problems],
    }


def _use(use: WaiverUse) -> dict[str, Any]:
    each = use.waiver
    return {
        "id": each.id,
        "check": each.check,
        "state": use.state.value,
        "why": text_document(use.why),
        "ends_soon": use.ends_soon,
        "project": each.project,
        "gate": each.gate,
        "reason": each.reason,
        "compensating_control": each.compensating_control,
        "approver": each.approver,
        "approver_role": each.approver_role,
        "granted_on": _day(each.granted_on),
        "expires_on": _day(each.expires_on),
        "time_zone": each.time_zone,
        "owner": each.owner,
        "fix_due_on": _day(each.fix_due_on),
        "fingerprint": each.fingerprint,
        "fingerprint_now": use.fingerprint,
        "location": location_document(each.location),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
