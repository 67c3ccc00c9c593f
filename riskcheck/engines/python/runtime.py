"""What compiled conditions call: the reference's own arithmetic, and the reference itself for what is not compiled."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sized
from datetime import date
from typing import Any, Final, TypeVar

from riskcheck.engines.python.keyed import Crowded, Found
from riskcheck.expr import aggregates
from riskcheck.expr.evaluate import Environment, environment_of
from riskcheck.expr.frame import Frame, Member, unsettled, value
from riskcheck.expr.functions import FUNCTIONS
from riskcheck.expr.intervals import (
    COMPARISONS,
    FALSE,
    NEGATION,
    TRUE,
    UNKNOWN,
    UNSETTLED,
    Number,
    Value,
    add,
    day_number,
    divide,
    ends,
    equal,
    is_in,
    multiply,
    negate,
    remainder,
    spanning,
    subtract,
    to_common_scale,
)
from riskcheck.expr.peaks import NOTHING, LoadedRows, Loads, extent
from riskcheck.expr.relations import Keys, Links, References, references
from riskcheck.expr.sources import rows_of
from riskcheck.expr.tally import Tally
from riskcheck.expr.typed import Aggregate, Expression, Function, Kind
from riskcheck.model.factset import EMPTY, MISSING, FactSet
from riskcheck.model.truth import Truth

MOST_STEPS: Final = 200_000
"""So many rows inner loops may look at, for one check and project."""
_Surroundings = tuple[dict[str, int | None], dict[str, Value], dict[str, list[Found]]]
_SomeRows = TypeVar("_SomeRows", bound=Sized)


class Context:
    """One check and one project, for what is left to the reference evaluator."""

    def __init__(self, facts: FactSet, as_of: date, limits: Mapping[str, bool | int | str | date]) -> None:
        self._given = facts, as_of, limits
        self._known: Environment | None = None
        self._left = MOST_STEPS

    @property
    def environment(self) -> Environment:
        """The environment of the reference evaluator; `explain` meets the same one later."""
        if self._known is None:
            self._known = environment_of(*self._given)
        return self._known

    def spent(self, rows: _SomeRows) -> _SomeRows:
        """The rows that an inner loop goes over. Raises Crowded where that are too many too often."""
        self._left -= len(rows)
        if self._left < 0:
            raise Crowded
        return rows

    def value(self, node: Expression, around: _Surroundings, ranged: bool) -> Value:
        """What `node` comes to by the reference evaluator, with its names standing for what is around it."""
        rows, elements, groups = around
        if groups:
            raise Crowded
        return value(node, Frame(self.environment, rows, elements, {}), ranged)

    def further(self, node: Aggregate, argument: Expression, around: _Surroundings) -> Value:
        """The value that a further row of an open table may have."""
        rows, elements, groups = around
        return self.value(argument, ({**rows, node.variable: None}, elements, groups), True)

    def references(self, node: Aggregate) -> References:
        """What the rows of a `linked` refer to."""
        frame = self.environment.frame()
        return references(node, rows_of(node.source, frame), frame)


def _counted(low: int, high: int, is_open: bool) -> Number:
    """A number of rows: sure ones, all that may be, and whether there may be further ones."""
    return spanning(low, math.inf if is_open else high)


def _share(sure: list[Truth], maybe: list[Truth], is_open: bool, tolerant_below: int) -> Number:
    return Tally(
        *(sure.count(TRUE), sure.count(UNKNOWN), sure.count(FALSE)),
        *(maybe.count(TRUE), maybe.count(UNKNOWN), maybe.count(FALSE)),
        is_open,
    ).share(tolerant_below)


def _latest(entries: list[aggregates.Dated], further: Value | None, kind: Kind) -> Value:
    found = aggregates.latest(entries, further)
    return unsettled(kind) if found is UNSETTLED else found


def _joined(left: Any, right: Any) -> Value:
    """Two texts or two lists, one after the other."""
    joined: Value = UNSETTLED if left is UNSETTLED or right is UNSETTLED else left + right
    return joined


def _days(start: Number, end: Number, of_start: Kind, of_end: Kind) -> Number:
    return subtract(day_number(end, of_end), day_number(start, of_start), Kind.INT)


def _age(moment: Number, kind: Kind, as_of: int) -> Number:
    day = day_number(moment, kind)
    return UNSETTLED if day is UNSETTLED or ends(day)[1] > as_of else subtract(as_of, day, Kind.INT)


def _called(node: Function, *args: Any) -> Value:
    if any(each is UNSETTLED or each is UNKNOWN for each in args):
        return unsettled(node.type.kind)
    return FUNCTIONS[node.name](node, *args)


def _exactly_one(truths: list[Truth]) -> Truth:
    if UNKNOWN in truths:
        return UNKNOWN
    return TRUE if truths.count(TRUE) == 1 else FALSE


def _peak(
    entries: list[tuple[Truth, Number, Number, Number]],
    further: tuple[Number, Number, Number],
    times: Kind,
    loads: Kind,
    is_open: bool,
) -> Number:
    extents = tuple([extent(*entry, times, loads) for entry in entries])
    start, finish, load = further
    more = extent(UNKNOWN, start, finish, load, times, loads) if is_open else NOTHING
    return LoadedRows(Loads(extents), Loads(()), more).peak()


def _by_key(entries: Iterable[tuple[Truth, Any]]) -> tuple[dict[Any, list[Member]], tuple[Member, ...]]:
    """Members by key, and those of which it is missing; the number of a row does not matter."""
    by_key: dict[Any, list[Member]] = {}
    missing = []
    for member, key in entries:
        if key is UNSETTLED:
            missing.append((0, member))
        elif key is not EMPTY:
            by_key.setdefault(key, []).append((0, member))
    return by_key, tuple(missing)


def _unique(entries: list[tuple[Truth, Any]], is_open: bool) -> Truth:
    return Keys(*_by_key(entries), is_open).unique()


def _acyclic(entries: list[tuple[Truth, Any, Any]], is_open: bool) -> Truth:
    sure: dict[Any, list[Any]] = {}
    possible: dict[Any, list[Any]] = {}
    missing = []
    for member, key, refs in entries:
        if key is UNSETTLED or refs is UNSETTLED or (type(refs) is tuple and UNSETTLED in refs):
            missing.append((0, member))
        elif key is not EMPTY:
            found = () if refs is EMPTY else refs if type(refs) is tuple else (refs,)
            for graph in (sure, possible) if member is TRUE else (possible,):
                graph.setdefault(key, []).extend(found)
    return Links(sure, possible, {}, tuple(missing), is_open).acyclic()


def _groups(entries: list[tuple[int, Truth, Any]], is_open: bool) -> tuple[list[tuple[list[Found], Truth]], bool]:
    """The groups, each a list of rows and whether it exists; and whether there may be groups of other keys."""
    by_key: dict[Any, list[Found]] = {}
    shared: list[Found] = []
    for row, member, key in entries:
        if key is UNSETTLED:
            shared.append((row, UNKNOWN))
        elif key is not EMPTY:
            by_key.setdefault(key, []).append((row, member))
    found = [(rows + shared, max(member for _, member in rows)) for rows in by_key.values()]
    return found, bool(shared) or is_open


def _all_groups(truths: list[tuple[Truth, Truth]], uncertain: bool) -> Truth:
    met = min((max(met, NEGATION[exists]) for exists, met in truths), default=TRUE)
    return min(met, UNKNOWN) if uncertain else met


def _some_group(truths: list[tuple[Truth, Truth]], uncertain: bool) -> Truth:
    met = max((min(met, exists) for exists, met in truths), default=FALSE)
    return max(met, UNKNOWN) if uncertain else met


NAMES: Final[dict[str, Any]] = {
    "T": TRUE,
    "F": FALSE,
    "K": UNKNOWN,
    "U": UNSETTLED,
    "E": EMPTY,
    "M": MISSING,
    "equal": COMPARISONS["=="],
    "unequal": COMPARISONS["!="],
    "less": COMPARISONS["<"],
    "at_most": COMPARISONS["<="],
    "more": COMPARISONS[">"],
    "at_least": COMPARISONS[">="],
    "add": add,
    "subtract": subtract,
    "multiply": multiply,
    "divide": divide,
    "remainder": remainder,
    "negate": negate,
    "joined": _joined,
    "days": _days,
    "age": _age,
    "called": _called,
    "is_in": is_in,
    "scaled": to_common_scale,
    "exactly_one": _exactly_one,
    "is_one": lambda n: equal(n, 1),
    "counted": _counted,
    "share": _share,
    "latest": _latest,
    "total": aggregates.total,
    "least": aggregates.least,
    "greatest": aggregates.greatest,
    "average": aggregates.average,
    "peak": _peak,
    "unique": _unique,
    "acyclic": _acyclic,
    "groups": _groups,
    "all_groups": _all_groups,
    "some_group": _some_group,
}
"""What the text may name beside its own names and constants."""
