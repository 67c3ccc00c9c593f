"""Which checks judge each item of a pack: the trace from a line of the source to the gate at which it is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, Literal

from riskcheck.frozen import frozen, replace
from riskcheck.model.text import Text
from riskcheck.packs.rulepack import Check, Item, RulePack
from riskcheck.packs.rulewords import RULE_WORDS

By = Literal["item", "source", "gate", "element"]
"""What the lines of a coverage may be grouped by; by item they are phase by phase."""


@frozen
class CoveredItem:
    """An item, and the checks that judge it: its own first, then those of other items that name it."""

    item: Item
    checks: tuple[Check, ...]


@frozen
class Group:
    """Items under a heading, each with those of its checks that belong there."""

    title: Text
    items: tuple[CoveredItem, ...]


@frozen
class Totals:
    """How many there are: by id of kind, phase (None: items of all phases) and gate, in the pack's order."""

    items: int
    by_kind: tuple[tuple[str, int], ...]
    by_phase: tuple[tuple[str | None, int], ...]
    checks: int
    must_meet: int
    by_gate: tuple[tuple[str, int, int], ...]
    """Gates, each with its checks and how many of them are must-meet."""
    tables: int
    """How many tables the checks read."""


def coverage(pack: RulePack) -> tuple[CoveredItem, ...]:
    """Every item of the pack with the checks that judge it, in the pack's order."""
    return tuple(CoveredItem(item, pack.judges(item.id)) for item in pack.items)


def not_covered(covered: Iterable[CoveredItem]) -> tuple[Item, ...]:
    """The items that no check judges."""
    return tuple(each.item for each in covered if not each.checks)


def totals(pack: RulePack, covered: tuple[CoveredItem, ...]) -> Totals:
    """The numbers below a coverage."""
    kinds = Counter(each.item.kind for each in covered)
    phases = Counter(each.item.phase for each in covered)
    due = {gate.id: [check for check in pack.checks if check.due_gate == gate.id] for gate in pack.gates}
    return Totals(
        items=len(covered),
        by_kind=tuple(kinds.items()),
        by_phase=tuple((phase, phases[phase]) for phase in _phases(pack) if phases[phase]),
        checks=len(pack.checks),
        must_meet=sum(check.must_meet for check in pack.checks),
        by_gate=tuple((gate, len(checks), sum(each.must_meet for each in checks)) for gate, checks in due.items()),
        tables=len({table for check in pack.checks for table in check.reads}),
    )


def _phases(pack: RulePack) -> tuple[str | None, ...]:
    return (*(phase.id for phase in pack.phases), None)


# ---------------------------------------------------------------- groups


def grouped(pack: RulePack, covered: tuple[CoveredItem, ...], by: By) -> tuple[Group, ...]:
    """The coverage under headings: no item is left out; by gate, one without checks comes last."""
    return tuple(group for group in _GROUPERS[by](pack, covered) if group.items)


def _by_phase(pack: RulePack, covered: tuple[CoveredItem, ...]) -> Iterable[Group]:
    titles = {phase.id: phase.title for phase in pack.phases}
    for phase in _phases(pack):
        title = titles[phase] if phase is not None else RULE_WORDS["all_phases"]
        yield Group(title, tuple(each for each in covered if each.item.phase == phase))


def _by_source(pack: RulePack, covered: tuple[CoveredItem, ...]) -> Iterable[Group]:
    for line in sorted({line for each in covered for line in each.item.source_lines}):
        title = Text(f"Line {line} of the source", f"来源第 {line} 行")
        yield Group(title, tuple(each for each in covered if line in each.item.source_lines))
    title = Text("No line of the source", "未注明来源行")
    yield Group(title, tuple(each for each in covered if not each.item.source_lines))


def _by_gate(pack: RulePack, covered: tuple[CoveredItem, ...]) -> Iterable[Group]:
    for gate in pack.gates:
        title = Text(f"{gate.id} {gate.title.en}", f"{gate.id} {gate.title.zh}")
        due = tuple(_with_checks(each, lambda check, gate=gate: check.due_gate == gate.id) for each in covered)
        yield Group(title, tuple(each for each in due if each.checks))
    yield Group(Text("No gate", "无关口"), tuple(each for each in covered if not each.checks))


def _by_element(pack: RulePack, covered: tuple[CoveredItem, ...]) -> Iterable[Group]:
    for element in pack.elements:
        yield Group(element.title, tuple(each for each in covered if element.id in each.item.elements))


def _with_checks(covered: CoveredItem, belongs: Callable[..., bool]) -> CoveredItem:
    return replace(covered, checks=tuple(check for check in covered.checks if belongs(check)))


_GROUPERS: Final[dict[By, Callable[[RulePack, tuple[CoveredItem, ...]], Iterable[Group]]]] = {
    "item": _by_phase,
    "source": _by_source,
    "gate": _by_gate,
    "element": _by_element,
}
