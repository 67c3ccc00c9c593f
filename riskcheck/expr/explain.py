"""Why an expression is what it is: the cells that decided it and what would have to be known.

Only parts that decide are looked at: the false parts of a false `&&`, the failing rows of a false `all`, the rows that
were counted where a count is too high. What is needed is told in two steps, as closing a table is the cheapest: the
tables to close, and what is still needed once they are.
"""

from __future__ import annotations

from collections.abc import Callable

from riskcheck.expr import relationreasons, rowreasons  # noqa: F401  (give the constructs over rows their reasons)
from riskcheck.expr.evaluate import Environment, environment_of, rows_exist
from riskcheck.expr.frame import Frame, truth, value
from riskcheck.expr.functions import spelled
from riskcheck.expr.intervals import (
    FALSE,
    TRUE,
    UNKNOWN,
    UNSETTLED,
    Interval,
    Value,
    less,
    number,
    range_of,
    to_common_scale,
)
from riskcheck.expr.result import CellRef, Explanation, Need
from riskcheck.expr.rowreasons import give_reasons_for_rows
from riskcheck.expr.typed import (
    Age,
    And,
    Arithmetic,
    AsOf,
    CellTest,
    Compare,
    Constant,
    Days,
    Expression,
    Function,
    If,
    In,
    LimitRef,
    ListOf,
    ListQuantifier,
    Negate,
    Not,
    Or,
    Ratio,
    RowCell,
    SingleCell,
    Source,
    Type,
    Variable,
)
from riskcheck.expr.why import OPPOSITE, Side, Why, explains, give_reasons, settled
from riskcheck.frozen import replace
from riskcheck.model.factset import FactSet, FactTable, close_table
from riskcheck.model.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def explanation(expression: Expression, environment: Environment) -> Explanation:
    """Why `expression` is what it is."""

    def ask(world: Environment) -> tuple[Value, Why]:
        frame, why = world.frame(), Why(world.facts)
        found = value(expression, frame)
        give_reasons(expression, frame, why, not settled(found))
        return found, why

    found, why = ask(environment)
    needs = _needs(why, environment, ask)
    text = value_text(found, expression.type)
    return Explanation(
        found if isinstance(found, Truth) else None, text, _in_order(why.cells, environment.facts), needs
    )


def explanation_of_rows(source: Source, environment: Environment) -> Explanation:
    """Why `source` has rows or none."""

    def ask(world: Environment) -> tuple[Value, Why]:
        why = Why(world.facts)
        found = rows_exist(source, world)
        give_reasons_for_rows(source, world.frame(), why, found)
        return found, why

    found, why = ask(environment)
    assert isinstance(found, Truth)
    needs = _needs(why, environment, ask)
    return Explanation(found, found.name.lower(), _in_order(why.cells, environment.facts), needs)


def _needs(why: Why, environment: Environment, ask: Any) -> tuple[Need, ...]:
    """The tables to close, and what is needed besides once they are.

    Nothing in an optional cell becomes an answer when its table is closed. Where that answer would be false, the cells
    are named too: they had better be filled in before.
    """
    needs, facts, found = why.needs, environment.facts, Truth.UNKNOWN
    closes: set[Need] = set()
    while new := {need for need in needs if need.kind == "close"} - closes:
        closes |= new
        facts = _with_closed(facts, frozenset([need.table for need in new]))
        found, then = ask(_in_world(environment, facts))
        needs = then.needs
    if found is Truth.FALSE:
        needs = needs | {need for need in why.needs if need.kind == "fill"}
    return _needs_in_order(closes | needs, environment.facts)


def _with_closed(facts: FactSet, names: frozenset[str]) -> FactSet:
    """The facts with these tables closed; made once for all checks that ask for the same."""
    known: FactSet | None = facts.remembered.get(("closed", names))
    if known is None:
        tables = tuple([_closed(facts, each) if each.table.name in names else each for each in facts.tables])
        known = facts.remembered["closed", names] = replace(facts, tables=tables)
    return known


def _closed(facts: FactSet, table: FactTable) -> FactTable:
    """The table closed, once for all sets of tables to close."""
    known: FactTable | None = facts.remembered.get(("closed table", table.table.name))
    if known is None:
        known = facts.remembered["closed table", table.table.name] = close_table(table)
    return known


def _in_world(environment: Environment, facts: FactSet) -> Environment:
    """The environment with other facts; it remembers for all who ask, unless it has variables of its own."""
    if environment.variables:
        return Environment(facts, environment.as_of, environment.limits, environment.variables)
    return environment_of(facts, environment.as_of, environment.limits)


def _in_order(cells: set[CellRef], facts: FactSet) -> tuple[CellRef, ...]:
    place = _places(facts)
    return tuple(sorted(cells, key=lambda cell: place(cell.table, cell)))


def _needs_in_order(needs: set[Need], facts: FactSet) -> tuple[Need, ...]:
    place = _places(facts)
    return tuple(sorted(needs, key=lambda need: (*place(need.table, need.cell), need.kind, need.detail or "")))


def _places(facts: FactSet) -> Callable[[str, CellRef | None], tuple[int, int, int, str]]:
    """A sort key for cells: the order of tables, rows and fields; a table as a whole before its cells."""
    tables, by_name = facts.schema.positions, facts.schema.by_name

    def place(table: str, cell: CellRef | None) -> tuple[int, int, int, str]:
        position = tables.get(table, -1)
        if cell is None:
            return position, -1, -1, ""
        of_fields = by_name[table].positions if table in by_name else {}
        return position, cell.row, of_fields.get(cell.field, -1), cell.field

    return place


# ---------------------------------------------------------------- values as text


def value_text(found: Value, type_: Type) -> str | None:
    """A value as text: `0.0833`, `2026-03-31`; `[3, 5]` for 3 to 5, `[3, no end]`; None if unknown."""
    if isinstance(found, Truth):
        return found.name.lower()
    if found is UNSETTLED:
        return None
    if isinstance(found, tuple):
        item = type_.item
        texts = [value_text(each, item) if item else None for each in found]
        return "[" + ", ".join("unknown" if text is None else text for text in texts) + "]"
    if not isinstance(found, Interval):
        return spelled(found, type_.kind)
    least, greatest = range_of(type_.kind)
    low = "no end" if found.low <= least else spelled(found.low, type_.kind)
    high = "no end" if found.high >= greatest else spelled(found.high, type_.kind)
    return None if low == high else f"[{low}, {high}]"


# ---------------------------------------------------------------- cells and parts


@explains(Constant)
@explains(AsOf)
@explains(LimitRef)
def _nothing(node: Expression, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """It reads no cell."""


@explains(RowCell)
@explains(SingleCell)
@explains(Variable)
def _cell(node: RowCell | SingleCell | Variable, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    why.read(node, frame, needed)


@explains(CellTest)
def _cell_test(node: CellTest, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    why.read(node.cell, frame, needed, test=True)


@explains(Not)
def _not(node: Not, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    give_reasons(node.operand, frame, why, needed)


@explains(And)
def _and(node: And, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    _connected(node.parts, min, FALSE, frame, why, needed)


@explains(Or)
def _or(node: Or, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    _connected(node.parts, max, TRUE, frame, why, needed)


def _connected(
    parts: tuple[Expression, ...], connect: Any, strongest: Truth, frame: Frame, why: Why, needed: bool
) -> None:
    """Of a connection that came to its strongest value, or to unknown, only the parts that made it so count."""
    truths = [truth(part, frame) for part in parts]
    found = connect(truths)
    for part, each in zip(parts, truths, strict=True):
        if each is found or found not in (strongest, UNKNOWN):
            give_reasons(part, frame, why, needed)


@explains(If)
def _if(node: If, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    test = truth(node.test, frame)
    give_reasons(node.test, frame, why, needed)
    if test is not UNKNOWN:
        give_reasons(node.then if test is TRUE else node.otherwise, frame, why, needed, side)


@explains(ListOf)
@explains(In)
@explains(Days)
def _all_parts(node: ListOf | In | Days, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """Every part counts."""
    for part in _operands(node):
        give_reasons(part, frame, why, needed)


@explains(ListQuantifier)
def _list_quantifier(node: ListQuantifier, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    give_reasons(node.container, frame, why, needed)
    container = value(node.container, frame)
    if not isinstance(container, tuple):
        return
    why.containers[node.variable] = node.container
    inner = [frame.with_element(node.variable, element) for element in container]
    truths = [truth(node.condition, each) for each in inner]
    found = truth(node, frame)
    decisive = {"all": FALSE, "exists": TRUE}.get(node.name)
    for each, met in zip(inner, truths, strict=True):
        if met is found or found not in (decisive, UNKNOWN):
            give_reasons(node.condition, each, why, needed)


# ---------------------------------------------------------------- comparison


@explains(Compare)
def _compare(node: Compare, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    left, right = _sides(node, frame)
    give_reasons(node.left, frame, why, needed, left)
    give_reasons(node.right, frame, why, needed, right)


def _sides(node: Compare, frame: Frame) -> tuple[Side, Side]:
    """On which side each operand decided: the greater one was high, the lesser one low."""
    found = truth(node, frame)
    if found is UNKNOWN:
        return Side.BOTH, Side.BOTH
    if node.operator in ("==", "!="):
        return _sides_of_unequal(node, frame) if (found is TRUE) == (node.operator == "!=") else (Side.BOTH, Side.BOTH)
    left_is_less = (node.operator in ("<", "<=")) == (found is TRUE)
    return (Side.LOW, Side.HIGH) if left_is_less else (Side.HIGH, Side.LOW)


def _sides_of_unequal(node: Compare, frame: Frame) -> tuple[Side, Side]:
    left, right = to_common_scale(
        value(node.left, frame), value(node.right, frame), node.left.type.kind, node.right.type.kind
    )
    if not isinstance(left, int | Interval) or isinstance(left, Truth):
        return Side.BOTH, Side.BOTH
    return (Side.LOW, Side.HIGH) if less(number(left), number(right)) is TRUE else (Side.HIGH, Side.LOW)


# ---------------------------------------------------------------- what may be undefined


def _operands(node: Any) -> tuple[Expression, ...]:
    match node:
        case ListOf():
            return node.items
        case In():
            return node.item, node.container
        case Days():
            return node.start, node.end
        case Ratio():
            return node.numerator, node.denominator
        case Arithmetic():
            return node.left, node.right
        case Function():
            return node.args
        case Negate():
            return (node.operand,)
    raise TypeError(node)


@explains(Arithmetic)
@explains(Ratio)
def _arithmetic(node: Arithmetic | Ratio, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """The first operand draws the result its own way, a subtrahend or divisor the other way."""
    first, second = _operands(node)
    operator = "/" if isinstance(node, Ratio) else node.operator
    sides = {"+": (side, side), "*": (side, side), "-": (side, OPPOSITE[side]), "/": (side, OPPOSITE[side])}
    of_first, of_second = sides.get(operator, (Side.BOTH, Side.BOTH))
    give_reasons(first, frame, why, needed, of_first)
    give_reasons(second, frame, why, needed, of_second)
    by_zero = operator in ("/", "%") and value(second, frame) == 0
    _undefined(node, (first, second), frame, why, needed, "zero-divisor" if by_zero else "overflow", second)


@explains(Negate)
def _negate(node: Negate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    give_reasons(node.operand, frame, why, needed, OPPOSITE[side])
    _undefined(node, (node.operand,), frame, why, needed, "overflow", node.operand)


@explains(Age)
def _age(node: Age, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    give_reasons(node.moment, frame, why, needed, OPPOSITE[side])
    _undefined(node, (node.moment,), frame, why, needed, "future-date", node.moment)


@explains(Function)
def _function(node: Function, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    for part in node.args:
        give_reasons(part, frame, why, needed, side)
    first = node.args[0]
    detail = "not-a-number" if isinstance(value(first, frame), str) else "overflow"
    _undefined(node, node.args, frame, why, needed, detail, first)


def _undefined(
    node: Expression,
    operands: tuple[Expression, ...],
    frame: Frame,
    why: Why,
    needed: bool,
    detail: str,
    culprit: Expression,
) -> None:
    """What is not known although all its operands are is undefined."""
    if not needed or value(node, frame) is not UNSETTLED:
        return
    if all(settled(value(operand, frame)) for operand in operands):
        why.define(detail, node, culprit, frame)
