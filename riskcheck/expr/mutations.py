"""The small changes that make a condition wrong: what a rule's cases have to notice.

Each is a slip that a person can make and a type checker does not see: a limit missed by one, `<` for `<=`, `and` for
`or`, a clause forgotten. A changed part has the type of the part that it replaces, so nothing is typed again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from typing import Any, Final

from riskcheck.expr import typed, walk
from riskcheck.expr.typed import AggregateName, Expression, Kind, Type
from riskcheck.expr.untyped import to_text
from riskcheck.expr.walk import Part
from riskcheck.frozen import frozen, replace
from riskcheck.model.number import INT_MAX, INT_MIN, LARGEST, SCALE

Value = bool | int | str | date


@frozen
class Mutation:
    """`part` of a condition becomes `instead`; `what` says so in words."""

    part: Part
    instead: Part
    what: str


def mutations(root: Part, whole: Collection[int] = ()) -> Iterator[Mutation]:
    """Every mutation of a typed tree, in the order of the text. Parts whose `id` is in `whole` are left alone."""
    plain = _plain_truths(root, whole)
    for part in walk.parts(root, whole):
        for instead, what in _CHANGES.get(type(part), _unchanged)(part):
            yield Mutation(part, instead, what)
        if id(part) in plain:
            yield Mutation(part, typed.Not(part.span, plain[id(part)]), f"{to_text(part)} became its contrary")


def neighbours(value: Value, type_: Type) -> tuple[Value, ...]:
    """The values one step below and above a limit: what its cases must tell apart from it.

    An int moves by 1, a date by a day; true and false change places. A double has no next value that cases could
    show, so it moves by a tenth of its distance from the nearer end of 0 to 1 if it lies between these, as shares and
    ratios do (0.05 to 0.045 and 0.055, 0.95 to 0.945 and 0.955), else by a tenth of itself; 0 and 1 move by 0.01.
    """
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, date):
        return value - timedelta(1), value + timedelta(1)
    if isinstance(value, str):
        return ()
    low, high, step = (INT_MIN, INT_MAX, 1)
    if type_.kind is Kind.DOUBLE:
        low, high, step = -LARGEST * SCALE, LARGEST * SCALE, _double_step(value)
    return tuple(each for each in (value - step, value + step) if low <= each <= high)


def _double_step(grid: int) -> int:
    """How far a double moves, as a grid integer."""
    if grid in (0, SCALE):
        return SCALE // 100
    distance = min(grid, SCALE - grid) if 0 < grid < SCALE else abs(grid)
    return max(distance // 10, 1)


# ---------------------------------------------------------------- changes by kind of node

_Changes = Iterator[tuple[Part, str]]
_OTHER_OPERATORS: Final[dict[str, tuple[str, ...]]] = {
    "==": ("!=",),
    "!=": ("==",),
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
}
_SWAPPED: Final = {
    AggregateName.ALL: AggregateName.EXISTS,
    AggregateName.EXISTS: AggregateName.ALL,
    AggregateName.EXISTS_ONE: AggregateName.EXISTS,
    AggregateName.MIN: AggregateName.MAX,
    AggregateName.MAX: AggregateName.MIN,
}


def _unchanged(part: Part) -> _Changes:
    return iter(())


def _comparison(node: typed.Compare) -> _Changes:
    for operator in _OTHER_OPERATORS[node.operator]:
        yield replace(node, operator=operator), f"{node.operator} became {operator}"


def _joined(node: typed.And | typed.Or) -> _Changes:
    """`&&` for `||` and the reverse; each clause forgotten."""
    conjunction = isinstance(node, typed.And)
    swapped = typed.Or(node.span, node.parts) if conjunction else typed.And(node.span, node.parts)
    yield swapped, "&& became ||" if conjunction else "|| became &&"
    for at, part in enumerate(node.parts):
        rest = node.parts[:at] + node.parts[at + 1 :]
        yield rest[0] if len(rest) == 1 else replace(node, parts=rest), f"the clause {to_text(part)} was dropped"


def _negation(node: typed.Not) -> _Changes:
    yield node.operand, "the ! was dropped"


def _membership(node: typed.In) -> _Changes:
    yield typed.Not(node.span, node), "in became not in"


def _list(node: typed.ListOf) -> _Changes:
    for at, item in enumerate(node.items):
        yield replace(node, items=node.items[:at] + node.items[at + 1 :]), f"{to_text(item)} was dropped from the list"


def _cell_test(node: typed.CellTest) -> _Changes:
    yield replace(node, present=not node.present), "has became blank" if node.present else "blank became has"


def _quantifier(node: typed.ListQuantifier | typed.GroupQuantifier) -> _Changes:
    other = "all" if node.name == "exists" else "exists"
    yield replace(node, name=other), f"{node.name} became {other}"


def _aggregate(node: typed.Aggregate) -> _Changes:
    other = _SWAPPED.get(node.name)
    if other is not None:
        yield replace(node, name=other), f"{node.name.value} became {other.value}"
    if node.name is AggregateName.COUNT:
        yield replace(node, name=AggregateName.SIZE, variable="", args=()), "count became size"
    if node.name is AggregateName.SHARE and len(node.args) == 2:
        yield replace(node, args=node.args[:1]), "the tolerance for few rows was dropped"
    if node.name is AggregateName.PEAK:
        start, finish, load = node.args
        yield replace(node, name=AggregateName.SUM, args=(load,)), "peak became sum"
        yield replace(node, name=AggregateName.MAX, args=(load,)), "peak became max"
        yield replace(node, args=(finish, start, load)), "the dates changed places"


def _filter(node: typed.FilterRows) -> _Changes:
    yield node.source, "the filter was dropped"


def _constant(node: typed.Constant) -> _Changes:
    for value in neighbours(node.value, node.type) if node.type.kind is not Kind.ENUM else ():
        moved = replace(node, value=value)
        yield moved, f"{to_text(node)} became {to_text(moved)}"


def _choice(node: typed.If) -> _Changes:
    yield replace(node, then=node.otherwise, otherwise=node.then), "the branches changed places"


def _arithmetic(node: typed.Arithmetic) -> _Changes:
    other = {"+": "-", "-": "+"}.get(node.operator)
    if other is not None and node.type.kind in (Kind.INT, Kind.DOUBLE):
        yield replace(node, operator=other), f"{node.operator} became {other}"


def _days(node: typed.Days) -> _Changes:
    yield replace(node, start=node.end, end=node.start), "the dates changed places"


def _ratio(node: typed.Ratio) -> _Changes:
    yield replace(node, numerator=node.denominator, denominator=node.numerator), "the numbers changed places"


_CHANGES: Final[dict[type, Callable[[Any], _Changes]]] = {
    typed.Compare: _comparison,
    typed.And: _joined,
    typed.Or: _joined,
    typed.Not: _negation,
    typed.In: _membership,
    typed.ListOf: _list,
    typed.CellTest: _cell_test,
    typed.ListQuantifier: _quantifier,
    typed.GroupQuantifier: _quantifier,
    typed.Aggregate: _aggregate,
    typed.FilterRows: _filter,
    typed.Constant: _constant,
    typed.If: _choice,
    typed.Arithmetic: _arithmetic,
    typed.Days: _days,
    typed.Ratio: _ratio,
}


def _plain_truths(root: Part, whole: Collection[int]) -> dict[int, Expression]:
    """The cells that stand as conditions by themselves, by `id`; below a `!`, dropping that is the same mutation."""
    found: dict[int, Expression] = {}
    for part in walk.parts(root, whole):
        if isinstance(part, typed.RowCell | typed.SingleCell) and part.type.kind is Kind.BOOL:
            found[id(part)] = part
    for part in walk.parts(root, whole):
        if isinstance(part, typed.Not):
            found.pop(id(part.operand), None)
        elif isinstance(part, typed.CellTest):
            found.pop(id(part.cell), None)
    return found
