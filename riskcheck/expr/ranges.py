"""Between which numbers the value of an expression must lie, whatever the facts are: interval analysis.

As in `riskcheck.expr.intervals`, doubles are grid integers and dates day numbers; here an int is on the grid, too, so
that all numbers compare. What is not known to be bounded ranges over all values.
"""

from __future__ import annotations

import math
from datetime import date
from typing import Final

from riskcheck.expr import typed
from riskcheck.expr.canonical import Limits
from riskcheck.expr.intervals import End
from riskcheck.expr.typed import ORDERED, AggregateName, Expression, Kind
from riskcheck.model.number import LARGEST, SCALE
from riskcheck.model.schema import Field

Range = tuple[End, End]
"""The least and the greatest that a value may be; either may be infinite."""

EVERYTHING: Final[Range] = (-math.inf, math.inf)
_NOT_NEGATIVE: Final[Range] = (0, math.inf)


def is_ordered(node: Expression) -> bool:
    """Whether the value is a number or a moment."""
    return node.type.kind in ORDERED


def range_of(node: Expression, limits: Limits) -> Range:
    """The range of a number or moment; everything for other values."""
    match node:
        case typed.Constant(value=value):
            return _point(value, node)
        case typed.LimitRef(name=name) if name in limits:
            return _point(limits[name], node)
        case typed.RowCell(field=field) | typed.SingleCell(field=field) if is_ordered(node):
            return _of_field(field, node)
        case typed.Negate(operand=operand):
            low, high = range_of(operand, limits)
            return -high, -low
        case typed.Age():
            return _NOT_NEGATIVE
        case typed.If(then=then, otherwise=otherwise):
            (a, b), (c, d) = range_of(then, limits), range_of(otherwise, limits)
            return min(a, c), max(b, d)
        case typed.Function(name="size"):
            return _NOT_NEGATIVE
        case typed.Arithmetic():
            return _arithmetic(node, limits)
        case typed.Ratio(numerator=above, denominator=below):
            positive = range_of(above, limits)[0] >= 0 and range_of(below, limits)[0] >= 0
            return (0, LARGEST * SCALE) if positive else EVERYTHING
        case typed.Aggregate():
            return _aggregate(node, limits)
    return EVERYTHING


def _point(value: bool | int | str | date, node: Expression) -> Range:
    if isinstance(value, date):
        return value.toordinal(), value.toordinal()
    if isinstance(value, bool) or not isinstance(value, int):
        return EVERYTHING
    return _on_grid((value, value), node)


def _of_field(field: Field, node: Expression) -> Range:
    """The field's min..max, as far as declared; a derived field counts words."""
    low: End = 0 if field.derived else -math.inf
    low = low if field.minimum is None else field.minimum
    return _on_grid((low, math.inf if field.maximum is None else field.maximum), node)


def _on_grid(ends: Range, node: Expression) -> Range:
    factor = SCALE if node.type.kind is Kind.INT else 1
    return ends[0] * factor, ends[1] * factor


def _arithmetic(node: typed.Arithmetic, limits: Limits) -> Range:
    """Sums and differences; a product or quotient is only known not to be negative."""
    (a, b), (c, d) = range_of(node.left, limits), range_of(node.right, limits)
    if node.operator == "+":
        return a + c, b + d
    if node.operator == "-":
        return a - d, b - c
    return _NOT_NEGATIVE if a >= 0 and c >= 0 else EVERYTHING


def _aggregate(node: typed.Aggregate, limits: Limits) -> Range:
    match node.name:
        case AggregateName.COUNT | AggregateName.SIZE:
            return _NOT_NEGATIVE
        case AggregateName.SHARE:
            return 0, SCALE
        case AggregateName.MIN | AggregateName.MAX | AggregateName.AVG | AggregateName.LATEST:
            return range_of(node.args[-1], limits)
        case AggregateName.PEAK:
            return 0, (0 if range_of(node.args[-1], limits)[1] <= 0 else math.inf)
        case AggregateName.SUM:
            low, high = range_of(node.args[0], limits)
            return (0 if low >= 0 else -math.inf), (0 if high <= 0 else math.inf)
    return EVERYTHING
