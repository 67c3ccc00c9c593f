"""Who is loaded by several projects at once: what checks ask of one project, asked of all of them together.

A check such as `loads.groups(a, a.member).all(g, g.peak(a, a.start, a.finish, a.load) <= limit.overload)` sums up, for
each member, what one project asks of them. Here the rows of all projects are summed up by the same key, with the same
meaning of what is not known. The same key in two projects is taken for the same person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from riskcheck.expr import typed, walk
from riskcheck.expr.evaluate import Environment, environment_of
from riskcheck.expr.explain import value_text
from riskcheck.expr.frame import value
from riskcheck.expr.intervals import COMPARISONS, TRUE, UNSETTLED, Interval, Number, number, to_common_scale
from riskcheck.expr.peaks import NOTHING, Extent, LoadedRows, Loads, extent
from riskcheck.expr.relations import key_of
from riskcheck.expr.sources import rows_of
from riskcheck.frozen import frozen
from riskcheck.model.factset import FactSet
from riskcheck.model.finding import Outcome
from riskcheck.model.portfolio import SharedLoad
from riskcheck.model.truth import Truth
from riskcheck.packs.rulepack import Check

_OUTCOMES = {Truth.FALSE: Outcome.FAIL, Truth.UNKNOWN: Outcome.UNKNOWN, Truth.TRUE: Outcome.PASS}
_WORST_FIRST = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS)


@frozen
class _LoadRule:
    """A check that holds the peak of each group to a limit."""

    check: Check
    groups: typed.GroupQuantifier
    peak: typed.Aggregate
    compared: typed.Compare


class SharedLoads:
    """Sums up loads over projects, as these are added."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self._rules = [rule for check in checks for rule in _rules_of(check)]
        self._loads: list[dict[str, dict[str, list[Extent | None]]]] = [{} for _ in self._rules]
        self._unsure = [False] * len(self._rules)

    @property
    def are_asked(self) -> bool:
        """Whether any check asks for loads."""
        return bool(self._rules)

    def add(self, project: str, facts: FactSet, as_of: date, due: frozenset[str]) -> None:
        """Add what a project asks of people, as far as the checks `due` ask for it."""
        for number_of_rule, rule in enumerate(self._rules):
            if rule.check.id in due:
                environment = environment_of(facts, as_of, rule.check.limit_values)
                self._unsure[number_of_rule] |= self._added(rule, self._loads[number_of_rule], project, environment)

    def _added(
        self, rule: _LoadRule, loads: dict[str, dict[str, list[Extent | None]]], project: str, environment: Environment
    ) -> bool:
        """Add the rows of a project; says whether there may be more than what is added."""
        frame = environment.frame()
        rows = rows_of(rule.groups.source, frame)
        unsure = rows.open
        for row, member in rows.all_members():
            inner = frame.with_row(rule.groups.variable, row)
            inner.rows[rule.peak.variable] = row
            who = key_of(rule.groups.key, inner)
            if not isinstance(who, str):
                unsure = unsure or who is UNSETTLED
                continue
            start, finish, load = [number(value(argument, inner, True)) for argument in rule.peak.args]
            kinds = rule.peak.args[0].type.kind, rule.peak.type.kind
            loads.setdefault(who, {}).setdefault(project, []).append(extent(member, start, finish, load, *kinds))
        return unsure

    def found(self) -> tuple[SharedLoad, ...]:
        """All whom more than one project loads, those above their limit first, then the most loaded."""
        found = [
            (_WORST_FIRST.index(shared.over), -_low(total), shared)
            for rule, loads, unsure in zip(self._rules, self._loads, self._unsure, strict=True)
            for who, of_projects in loads.items()
            if len(of_projects) > 1
            for total, shared in (_shared(rule, who, of_projects, unsure),)
        ]
        return tuple(shared for _, _, shared in sorted(found, key=lambda each: each[:2]))


def _rules_of(check: Check) -> Iterator[_LoadRule]:
    for node in walk.parts(check.pass_if.expression):
        if not isinstance(node, typed.GroupQuantifier) or node.name != "all":
            continue
        compared = node.condition
        if not isinstance(compared, typed.Compare) or compared.operator not in ("<", "<="):
            continue
        peak, limit = compared.left, compared.right
        if not isinstance(peak, typed.Aggregate) or peak.name is not typed.AggregateName.PEAK:
            continue
        if isinstance(peak.source, typed.GroupRows) and isinstance(limit, typed.LimitRef | typed.Constant):
            yield _LoadRule(check, node, peak, compared)


def _peak(extents: Sequence[Extent | None]) -> Number:
    return LoadedRows(Loads(tuple(extents)), Loads(()), NOTHING).peak()


def _low(total: Number) -> int:
    return int(total.low) if isinstance(total, Interval) else total if isinstance(total, int) else 0


def _shared(
    rule: _LoadRule, who: str, of_projects: dict[str, list[Extent | None]], unsure: bool
) -> tuple[Number, SharedLoad]:
    total = _peak([each for extents in of_projects.values() for each in extents])
    limit = _limit(rule)
    kinds = rule.peak.type.kind, rule.compared.right.type.kind
    met = COMPARISONS[rule.compared.operator](*to_common_scale(total, limit, *kinds))
    if met is TRUE and unsure:
        met = Truth.UNKNOWN
    high = None if unsure or total is UNSETTLED else total.high if isinstance(total, Interval) else total
    of = rule.peak.type
    each = tuple((project, _text(_low(_peak(extents)), of)) for project, extents in of_projects.items())
    shared = SharedLoad(
        check=rule.check.id,
        who=who,
        low=_text(_low(total), of),
        high=None if high is None else _text(int(high), of),
        limit=_text(limit, rule.compared.right.type),
        over=_OUTCOMES[met],
        projects=each,
    )
    return total, shared


def _limit(rule: _LoadRule) -> int:
    limit = rule.compared.right
    if isinstance(limit, typed.LimitRef):
        found = rule.check.limit_values[limit.name]
        return found if isinstance(found, int) else 0
    assert isinstance(limit, typed.Constant)
    return limit.value if isinstance(limit.value, int) else 0


def _text(amount: int, of: typed.Type) -> str:
    return value_text(amount, of) or "0"
