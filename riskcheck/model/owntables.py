"""The tables that are filled in though no check reads them: they tell riskcheck, or who reads its report, about facts.

`evidence` says what a fact rests on, `waivers` which failures of a check somebody accepted. Both are known by name, and
no check judges them, so nobody has to declare them complete.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final


OWN_TABLES: Final = {
    "evidence": ("fact", "kind", "ref", "as_of", "sha256"),
    "waivers": (
        "waiver_id",
        "check_id",
        "gate",
        "reason",
        "approver",
        "approver_role",
        "granted_on",
        "expires_on",
        "fingerprint",
        "compensating_control",
        "owner",
        "fix_due_on",
    ),
}
"""Their fields, by table."""
