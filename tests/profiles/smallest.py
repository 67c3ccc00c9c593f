"""The smallest sets of tables by which each risk control is still judged: what the profile `core` must be one of."""

from __future__ import annotations

from collections.abc import Iterable

from riskcheck.packs.rulepack import Check, RulePack

Tables = frozenset[str]


def smallest_covers(pack: RulePack) -> set[Tables]:
    """Every smallest set of tables with which each risk control keeps a check of its own.

    A search over all ways to choose one check for each risk control: the tables of a smallest set are all read by
    some such choice, so none is missed. Ways that already need more tables than the best so far are given up.
    """
    controls = [item.id for item in pack.items if item.kind == "risk_control"]
    options = [_least(frozenset(check.reads) for check in pack.checks if check.item == name) for name in controls]
    best: set[Tables] = set()
    seen: set[tuple[int, Tables]] = set()
    size = len(pack.schema.tables)

    def search(chosen: int, tables: Tables) -> None:
        nonlocal best, size
        if len(tables) > size or (chosen, tables) in seen:
            return
        seen.add((chosen, tables))
        if chosen == len(options):
            best = {tables} if len(tables) < size else best | {tables}
            size = len(tables)
            return
        for option in options[chosen]:
            search(chosen + 1, tables | option)

    options.sort(key=len)
    search(0, frozenset())
    return best


def _least(sets: Iterable[Tables]) -> list[Tables]:
    """The sets that hold no other of them, small ones first."""
    found = sorted(set(sets), key=lambda each: (len(each), sorted(each)))
    return [each for number, each in enumerate(found) if not any(other <= each for other in found[:number])]


def kept(pack: RulePack, tables: Iterable[str]) -> tuple[Check, ...]:
    """The checks that read none but these tables."""
    there = set(tables)
    return tuple(check for check in pack.checks if there.issuperset(check.reads))


def worth(pack: RulePack, tables: Iterable[str]) -> tuple[int, int]:
    """How many must-meet checks these tables keep, and what all checks that they keep weigh."""
    left, weights = kept(pack, tables), dict(pack.scoring.weights)
    return sum(check.must_meet for check in left), sum(weights[check.band] for check in left)
