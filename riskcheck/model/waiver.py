"""Waivers: which failure of a check somebody with the right to do so accepts, for how long, and what became of each."""

from __future__ import annotations

from datetime import date
from enum import Enum

from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from riskcheck.model.assessment import Reason, Verdict

ROLES = {
    "risk_owner": Text("Risk owner", "风险责任人"),
    "pmo_head": Text("Head of the PMO", "项目管理办公室负责人"),
    "sponsor": Text("Project sponsor", "项目发起人"),
    "customer_acceptor": Text("Customer acceptor", "客户验收人"),
}
"""Who may approve, and what they are called."""


@frozen
class Waiver:
    """One waiver as it is written; what is not filled in, or cannot be read, is None.

    `check` is the id of a check or compound rule. It holds at the gate `gate`, from the day `granted_on` to the day
    `expires_on`, both included, by the calendar of `time_zone`. `fingerprint` names the facts that are waived.
    """

    id: str | None
    check: str | None
    project: str | None
    reason: str | None
    approver: str | None
    approver_role: str | None
    granted_on: date | None
    expires_on: date | None
    gate: str | None
    fingerprint: str | None
    compensating_control: str | None
    owner: str | None
    fix_due_on: date | None
    time_zone: str | None
    location: Location | None


class WaiverState(Enum):
    """What a waiver does. Only `relied_on` has a part in the verdict."""

    RELIED_ON = "relied_on"
    IN_FORCE = "in_force"
    PENDING = "pending"
    UNUSED = "unused"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    REFUSED = "refused"

    @property
    def holds(self) -> bool:
        """Whether it is in force."""
        return self in (WaiverState.RELIED_ON, WaiverState.IN_FORCE)


@frozen
class WaiverUse:
    """One waiver, judged: its state and why. `ends_soon`: it is in force, and for no more than 30 days.

    `fingerprint` is that of the facts as they are now; None if the check has nothing to waive.
    """

    waiver: Waiver
    state: WaiverState
    why: Text
    ends_soon: bool
    fingerprint: str | None


@frozen
class WaiverAccount:
    """All waivers of an assessment, and what the verdict would be without them.

    `file` and `sha256` are those of the file of waivers; None if they stand in the facts.
    """

    file: str | None
    sha256: str | None
    uses: tuple[WaiverUse, ...]
    verdict_without: Verdict
    reasons_without: tuple[Reason, ...]
    problems: tuple[InputProblem, ...]

    @property
    def lifted(self) -> frozenset[str]:
        """The checks and compound rules whose veto is lifted."""
        return frozenset(
            each.waiver.check for each in self.uses if each.state is WaiverState.RELIED_ON and each.waiver.check
        )
