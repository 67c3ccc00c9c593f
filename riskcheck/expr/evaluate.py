"""The definition of the language: what each construct means, one function for each.

Plain and obvious rather than fast; every other engine must agree with it. Here is all that concerns single values; rows
are in `sources` and `rowmeanings`, the arithmetic of what is only partly known in `intervals` and `aggregates`.
"""

from __future__ import annotations

from riskcheck.expr import rowmeanings  # noqa: F401  (gives the constructs over rows their meanings)
from riskcheck.expr.frame import Environment, Frame, environment_of, means, unsettled, value, value_of
from riskcheck.expr.frame import truth as _truth
from riskcheck.expr.functions import FUNCTIONS
from riskcheck.expr.intervals import (
    COMPARISONS,
    FALSE,
    NEGATION,
    TRUE,
    UNKNOWN,
    UNSETTLED,
    Value,
    add,
    day_number,
    divide,
    ends,
    is_in,
    multiply,
    negate,
    number,
    remainder,
    subtract,
    to_common_scale,
)
from riskcheck.expr.result import Explanation
from riskcheck.expr.sources import rows_of
from riskcheck.expr.tally import tally
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
    Kind,
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
    Variable,
)
from riskcheck.model.factset import EMPTY, MISSING
from riskcheck.model.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

__all__ = ["Environment", "environment_of", "explain", "explain_rows", "result", "rows_exist", "shown", "truth"]


def truth(expression: Expression, environment: Environment) -> Truth:
    """Whether a condition is true, false or unknown."""
    return _truth(expression, environment.frame())


def result(expression: Expression, environment: Environment) -> Value:
    """What an expression of any type comes to, as `riskcheck.expr.intervals` holds values."""
    return value(expression, environment.frame())


def rows_exist(source: Source, environment: Environment) -> Truth:
    """Whether `source` has a row: TRUE if surely some, FALSE if surely none."""
    return tally(rows_of(source, environment.frame())).some()


def shown(expression: Expression, environment: Environment) -> str | None:
    """The value of `expression` as text, as `explain` has it, without finding out why."""
    from riskcheck.expr.explain import value_text

    return value_text(value(expression, environment.frame()), expression.type)


def explain(expression: Expression, environment: Environment) -> Explanation:
    """Why an expression is what it is: the cells that decided it, and what would have to be known."""
    from riskcheck.expr.explain import explanation

    return explanation(expression, environment)


def explain_rows(source: Source, environment: Environment) -> Explanation:
    """Why `source` has rows or none, or what would have to be known to tell."""
    from riskcheck.expr.explain import explanation_of_rows

    return explanation_of_rows(source, environment)


# ---------------------------------------------------------------- values and cells


@means(Constant)
def _constant(node: Constant, frame: Frame, ranged: bool) -> Value:
    """A literal is its value."""
    return value_of(node.value, node.type)


@means(ListOf)
def _list(node: ListOf, frame: Frame, ranged: bool) -> Value:
    """A list literal holds its elements, of which some may be unknown."""
    return tuple([value(item, frame) for item in node.items])


@means(RowCell)
@means(SingleCell)
def _cell(node: RowCell | SingleCell, frame: Frame, ranged: bool) -> Value:
    """A value is itself; an empty or missing cell is unknown to every operator (see `value_of`)."""
    cell = frame.cell(node)
    return cell if type(cell) is str or type(cell) is int else value_of(cell, node.type, ranged, node.field)


@means(Variable)
def _variable(node: Variable, frame: Frame, ranged: bool) -> Value:
    """The element that a quantifier over a list is at, or what the caller bound to the name."""
    if node.name in frame.elements:
        return frame.elements[node.name]
    return value_of(frame.cell(node), node.type, ranged)


@means(AsOf)
def _as_of(node: AsOf, frame: Frame, ranged: bool) -> Value:
    """The review date, never the machine's clock."""
    return frame.environment.as_of.toordinal()


@means(LimitRef)
def _limit(node: LimitRef, frame: Frame, ranged: bool) -> Value:
    """A threshold of the check."""
    return value_of(frame.environment.limits[node.name], node.type)


@means(CellTest)
def _cell_test(node: CellTest, frame: Frame, ranged: bool) -> Truth:
    """`has` and `blank`: a cell with a value is not blank, a cell known to be empty is, a missing one may be either."""
    element = isinstance(node.cell, Variable) and node.cell.name in frame.elements
    cell = None if element else frame.cell(node.cell)
    if cell is MISSING:
        return UNKNOWN
    return TRUE if (cell is EMPTY or cell == ()) is not node.present else FALSE


# ---------------------------------------------------------------- logic


@means(Not)
def _not(node: Not, frame: Frame, ranged: bool) -> Truth:
    """!true is false, !false is true, !unknown is unknown."""
    return NEGATION[_truth(node.operand, frame)]


@means(And)
def _and(node: And, frame: Frame, ranged: bool) -> Truth:
    """False if any part is false, else unknown if any is unknown, else true."""
    found = TRUE
    for part in node.parts:
        met = _truth(part, frame)
        if met is FALSE:
            return FALSE
        if met is UNKNOWN:
            found = UNKNOWN
    return found


@means(Or)
def _or(node: Or, frame: Frame, ranged: bool) -> Truth:
    """True if any part is true, else unknown if any is unknown, else false."""
    found = FALSE
    for part in node.parts:
        met = _truth(part, frame)
        if met is TRUE:
            return TRUE
        if met is UNKNOWN:
            found = UNKNOWN
    return found


@means(If)
def _if(node: If, frame: Frame, ranged: bool) -> Value:
    """The branch that the test chooses; unknown if the test is, whatever the branches are."""
    test = _truth(node.test, frame)
    if test is UNKNOWN:
        return unsettled(node.type.kind)
    return value(node.then if test is TRUE else node.otherwise, frame, ranged)


@means(ListQuantifier)
def _list_quantifier(node: ListQuantifier, frame: Frame, ranged: bool) -> Truth:
    """`all` is AND over the elements, `exists` OR; `exists_one` counts, and any unknown makes it unknown, as in CEL."""
    container = value(node.container, frame)
    if not isinstance(container, tuple):
        return UNKNOWN
    truths = [_truth(node.condition, frame.with_element(node.variable, element)) for element in container]
    if node.name == "all":
        return min(truths, default=TRUE)
    if node.name == "exists":
        return max(truths, default=FALSE)
    if UNKNOWN in truths:
        return UNKNOWN
    return TRUE if truths.count(TRUE) == 1 else FALSE


# ---------------------------------------------------------------- comparison


@means(Compare)
def _compare(node: Compare, frame: Frame, ranged: bool) -> Truth:
    """True or false if it is so for all that both sides may be; an int and a double compare exactly."""
    left, right = value(node.left, frame), value(node.right, frame)
    kind, other = node.left.type.kind, node.right.type.kind
    if kind is not other:
        left, right = to_common_scale(left, right, kind, other)
    return COMPARISONS[node.operator](left, right)


@means(In)
def _in(node: In, frame: Frame, ranged: bool) -> Truth:
    """OR over the elements of their equality with the item."""
    return is_in(value(node.item, frame), value(node.container, frame), node.item.type, node.container.type)


# ---------------------------------------------------------------- numbers, texts, dates

_OPERATIONS: Final = {"+": add, "-": subtract, "*": multiply}


@means(Arithmetic)
def _arithmetic(node: Arithmetic, frame: Frame, ranged: bool) -> Value:
    """Interval arithmetic, each double result rounded to the grid; undefined beyond the range of the type.

    Division by what may be 0 is undefined. `+` also joins texts and lists.
    """
    left, right = value(node.left, frame, ranged), value(node.right, frame, ranged)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return left + right
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if left is UNSETTLED or right is UNSETTLED:
        return UNSETTLED
    if node.operator == "/":
        return divide(number(left), number(right))
    if node.operator == "%":
        return remainder(number(left), number(right))
    return _OPERATIONS[node.operator](number(left), number(right), node.type.kind)


@means(Negate)
def _negate(node: Negate, frame: Frame, ranged: bool) -> Value:
    """-operand; undefined for the least int."""
    return negate(number(value(node.operand, frame, ranged)), node.type.kind)


@means(Ratio)
def _ratio(node: Ratio, frame: Frame, ranged: bool) -> Value:
    """numerator / denominator as double, correctly rounded; undefined if the denominator may be 0."""
    return divide(number(value(node.numerator, frame, ranged)), number(value(node.denominator, frame, ranged)))


@means(Days)
def _days(node: Days, frame: Frame, ranged: bool) -> Value:
    """Calendar days from start to end."""
    start = day_number(number(value(node.start, frame, ranged)), node.start.type.kind)
    end = day_number(number(value(node.end, frame, ranged)), node.end.type.kind)
    return subtract(end, start, Kind.INT)


@means(Age)
def _age(node: Age, frame: Frame, ranged: bool) -> Value:
    """Calendar days from the moment to the review date; undefined if the moment may be later."""
    moment = day_number(number(value(node.moment, frame, ranged)), node.moment.type.kind)
    as_of = frame.environment.as_of.toordinal()
    if moment is UNSETTLED or ends(moment)[1] > as_of:
        return UNSETTLED
    return subtract(as_of, moment, Kind.INT)


@means(Function)
def _function(node: Function, frame: Frame, ranged: bool) -> Value:
    """A function of CEL (see `functions`); unknown if an argument is."""
    args = [value(argument, frame, ranged) for argument in node.args]
    if any(argument is UNSETTLED or argument is UNKNOWN for argument in args):
        return unsettled(node.type.kind)
    return FUNCTIONS[node.name](node, *args)
