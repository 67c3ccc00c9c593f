"""What can be waived: a check or a compound rule as it came out, with the rank that may accept it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from riskcheck.frozen import frozen
from riskcheck.model.finding import Band, CompoundFinding, CompoundState, Finding, Outcome, band_of
from riskcheck.waivers import fingerprint
from riskcheck.waivers.fingerprint import Whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

ACCEPTANCE: Final = "acceptance"
"""In this phase the customer's acceptor must approve, too."""
CUSTOMER: Final = "customer_acceptor"
_RANKS: Final = {
    Band.LOW: ("risk_owner", "pmo_head", "sponsor"),
    Band.MEDIUM: ("risk_owner", "pmo_head", "sponsor"),
    Band.HIGH: ("pmo_head", "sponsor"),
    Band.CRITICAL: ("sponsor",),
}
_SPONSOR: Final = ("sponsor",)


@frozen
class Subject:
    """A check or compound rule. `open` is True if it fails, warns or fired, False if not, None if that is not known.

    `vetoes`: it keeps the gate shut. `roles` may waive it; `by_customer`: with the customer's acceptor only.
    """

    id: str
    open: bool | None
    vetoes: bool
    roles: tuple[str, ...]
    by_customer: bool
    fingerprint: str | None


def checks_behind(names: Iterable[str], compounds: Iterable[CompoundFinding]) -> frozenset[str]:
    """The checks of `names`, and those that the compound rules among them rest on."""
    failing = {each.id: each.failing for each in compounds}
    found: set[str] = set()
    seen: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in failing:
            left.extend(failing[name])
        else:
            found.add(name)
    return frozenset(found)


def subjects(
    findings: Iterable[Finding], compounds: Iterable[CompoundFinding], whole: Mapping[str, Whole], project: str
) -> dict[str, Subject]:
    """All that may be waived, by id. `whole` are what is waived with all cells, by check."""
    found = {each.check: _of_finding(each, whole.get(each.check)) for each in findings}
    rules = tuple(compounds)
    for compound in rules:
        behind = checks_behind((compound.id,), rules)
        members = [whole[each] for each in sorted(behind) if each in whole]
        found[compound.id] = _of_compound(compound, members if len(members) == len(behind) else [], project)
    return found


def _of_finding(finding: Finding, whole: Whole | None) -> Subject:
    state = {Outcome.FAIL: True, Outcome.WARN: True, Outcome.UNKNOWN: None, Outcome.ERROR: None}
    is_open = state.get(finding.outcome, False)
    return Subject(
        id=finding.check,
        open=is_open,
        vetoes=finding.must_meet and finding.outcome is Outcome.FAIL,
        roles=_SPONSOR if finding.must_meet else _RANKS[finding.band],
        by_customer=finding.phase == ACCEPTANCE,
        fingerprint=fingerprint.of_finding(whole) if is_open and whole is not None else None,
    )


def _of_compound(compound: CompoundFinding, members: list[Whole], project: str) -> Subject:
    """The compound rule; `members` are the failed checks behind it, none if not all are at hand."""
    is_open = {CompoundState.FIRED: True, CompoundState.POSSIBLE: None}.get(compound.state, False)
    return Subject(
        id=compound.id,
        open=is_open,
        vetoes=compound.blocks_gate and compound.state is CompoundState.FIRED,
        roles=_SPONSOR if compound.blocks_gate else _RANKS[band_of(compound.likelihood, compound.impact)],
        by_customer=False,
        fingerprint=fingerprint.of_compound(compound, project, members) if is_open and members else None,
    )
