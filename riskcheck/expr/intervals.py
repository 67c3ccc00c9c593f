"""The values that conditions come to, and arithmetic and comparison of what is known of them.

A value is known as itself, a number within an interval, or not at all. What is ordered is held as an integer, so that
one arithmetic serves all: a double as grid integer (see `riskcheck.model.number`), a date as day number, a datetime as
microseconds since the year 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum

from riskcheck.expr.typed import Kind, Type
from riskcheck.frozen import frozen
from riskcheck.model.number import INT_MAX, INT_MIN, LARGEST, SCALE, divide_to_grid
from riskcheck.model.schema import Field
from riskcheck.model.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, TypeGuard


class Unsettled(Enum):
    """The one value of which nothing is known: it may be anything of its type, or undefined."""

    UNSETTLED = "unsettled"


UNSETTLED: Final = Unsettled.UNSETTLED

End = int | float
"""An end of an interval. The only floats are the infinities: what is counted in an open table has no upper end."""


@frozen
class Interval:
    """A number of which it is only known that it lies within `low` and `high`, both included; `low < high`."""

    low: End
    high: End


Value = Truth | int | str | tuple["Value", ...] | Interval | Unsettled
"""What an expression comes to. A condition is a Truth, never Unsettled."""
Number = int | Interval | Unsettled

TRUE, UNKNOWN, FALSE = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE
NEGATION: Final = (TRUE, UNKNOWN, FALSE)
"""The negation of each truth, by its value."""

FURTHEST_SUM: Final = 2**127
"""The end of a sum that further rows may carry as far as they like: sums are exact in 128 bits."""

_MOST_ROWS: Final = 2**24
"""More rows than facts ever have, if not all that may be."""

_EPOCH: Final = datetime.min
_MICROSECOND: Final = timedelta(microseconds=1)
MICROSECONDS_A_DAY: Final = 86_400 * SCALE


def instant(moment: datetime) -> int:
    """A datetime as microseconds since the year 1; a zone is left aside."""
    return (moment.replace(tzinfo=None) - _EPOCH) // _MICROSECOND


def moment_of(microseconds: int) -> datetime:
    """The datetime that `instant` made microseconds of."""
    return _EPOCH + timedelta(microseconds=microseconds)


_RANGES: Final = {
    Kind.INT: (INT_MIN, INT_MAX),
    Kind.DOUBLE: (-LARGEST * SCALE, LARGEST * SCALE),
    Kind.DATE: (date.min.toordinal(), date.max.toordinal()),
    Kind.DATETIME: (0, instant(datetime.max)),
}


def range_of(kind: Kind) -> tuple[int, int]:
    """The least and the greatest value of an ordered kind."""
    return _RANGES[kind]


def whole_range(kind: Kind, field: Field | None = None) -> Value:
    """All that a value may be: the field's min..max, as far as declared, or all values of the kind."""
    if kind not in _RANGES:
        return UNSETTLED
    low, high = _RANGES[kind]
    if field is not None:
        low = low if field.minimum is None else field.minimum
        high = high if field.maximum is None else field.maximum
    return spanning(low, high)


def spanning(low: End, high: End) -> int | Interval:
    """The number between `low` and `high`: itself, where these are one."""
    return int(low) if low == high else Interval(low, high)


def ends(value: int | Interval) -> tuple[End, End]:
    """The least and the greatest that a number may be."""
    return (value.low, value.high) if isinstance(value, Interval) else (value, value)


def is_number(value: Value) -> TypeGuard[int | Interval]:
    """Whether the value is a number of which something is known."""
    return isinstance(value, Interval) or type(value) is int


# ---------------------------------------------------------------- arithmetic


def within(low: End, high: End, kind: Kind) -> Number:
    """The number between `low` and `high`; unsettled, as it may be undefined, if that leaves the kind's range.

    An infinite end stays one: it comes from counting (see `_may_overflow`).
    """
    least, greatest = _RANGES[kind]
    if not (least <= low <= greatest or low == -math.inf) or not (least <= high <= greatest or high == math.inf):
        return UNSETTLED
    return spanning(low, high)


def _may_overflow(operation: Callable[[Number, Number, Kind], Number], left: Number, right: Number, kind: Kind) -> bool:
    """Whether counting further rows may carry the result of an operation beyond the range of its kind."""
    if not (_is_endless(left) or _is_endless(right)):
        return False
    return operation(_of_most_rows(left), _of_most_rows(right), kind) is UNSETTLED


def _is_endless(value: Number) -> bool:
    return isinstance(value, Interval) and (isinstance(value.low, float) or isinstance(value.high, float))


def _of_most_rows(value: Number) -> Number:
    """What is counted, as it would be of as many rows as facts may have."""
    if not isinstance(value, Interval):
        return value
    low, high = (end if isinstance(end, int) else _MOST_ROWS if end > 0 else -_MOST_ROWS for end in ends(value))
    return spanning(min(low, high), max(low, high))


def rising(function: Callable[[int], int], value: Number, kind: Kind) -> Number:
    """A function of a number that never falls; the result has kind `kind`."""
    if value is UNSETTLED:
        return UNSETTLED
    low, high = (end if isinstance(end, float) else function(end) for end in ends(value))
    return within(low, high, kind)


def negate(value: Number, kind: Kind) -> Number:
    """-value"""
    if value is UNSETTLED:
        return UNSETTLED
    low, high = ends(value)
    return within(-high, -low, kind)


def add(left: Number, right: Number, kind: Kind) -> Number:
    """left + right"""
    if left is UNSETTLED or right is UNSETTLED or _may_overflow(add, left, right, kind):
        return UNSETTLED
    (a, b), (c, d) = ends(left), ends(right)
    return within(a + c, b + d, kind)


def subtract(left: Number, right: Number, kind: Kind) -> Number:
    """left - right"""
    if left is UNSETTLED or right is UNSETTLED or _may_overflow(subtract, left, right, kind):
        return UNSETTLED
    (a, b), (c, d) = ends(left), ends(right)
    return within(a - d, b - c, kind)


def multiply(left: Number, right: Number, kind: Kind) -> Number:
    """left * right; on the grid, each product is rounded."""
    if left is UNSETTLED or right is UNSETTLED or _may_overflow(multiply, left, right, kind):
        return UNSETTLED
    corners = [_product(x, y, kind) for x in ends(left) for y in ends(right)]
    return within(min(corners), max(corners), kind)


def _product(left: End, right: End, kind: Kind) -> End:
    if not (left and right):
        return 0
    if isinstance(left, float) or isinstance(right, float):
        return math.inf if (left > 0) == (right > 0) else -math.inf
    return divide_to_grid(left * right, SCALE * SCALE) if kind is Kind.DOUBLE else left * right


def divide(left: Number, right: Number) -> Number:
    """left / right on the grid, of two ints or two grid integers; unsettled if the divisor may be 0."""
    if left is UNSETTLED or right is UNSETTLED:
        return UNSETTLED
    low, high = ends(right)
    if low <= 0 <= high:
        return UNSETTLED
    corners = [_quotient(x, y) for x in ends(left) for y in (low, high)]
    return within(min(corners), max(corners), Kind.DOUBLE)


def _quotient(left: End, right: End) -> End:
    if isinstance(right, float):
        return 0
    if isinstance(left, float):
        return math.inf if (left > 0) == (right > 0) else -math.inf
    return divide_to_grid(left, right)


def remainder(left: Number, right: Number) -> Number:
    """left % right of ints, with the sign of `left`; unsettled if the divisor may be 0 or the division overflows."""
    if left is UNSETTLED or right is UNSETTLED:
        return UNSETTLED
    (low, high), (least, greatest) = ends(left), ends(right)
    if least <= 0 <= greatest or (low == INT_MIN and least <= -1 <= greatest):
        return UNSETTLED
    if not isinstance(left, Interval) and not isinstance(right, Interval):
        return abs(left) % abs(right) * (1 if left >= 0 else -1)
    bound = max(abs(least), abs(greatest)) - 1
    return within(max(min(low, 0), -bound), min(max(high, 0), bound), Kind.INT)


# ---------------------------------------------------------------- comparison


def to_common_scale(left: Value, right: Value, left_kind: Kind, right_kind: Kind) -> tuple[Value, Value]:
    """Both numbers in the unit of the grid, where one is an int and the other a double; else as they are."""
    if left_kind is Kind.INT and right_kind is Kind.DOUBLE:
        return _scaled(left), right
    if left_kind is Kind.DOUBLE and right_kind is Kind.INT:
        return left, _scaled(right)
    return left, right


def _scaled(value: Value) -> Value:
    if isinstance(value, Interval):
        return Interval(value.low * SCALE, value.high * SCALE)
    return value * SCALE if type(value) is int else value


def equal(left: Value, right: Value) -> Truth:
    """left == right, for whatever both may be."""
    if type(left) is type(right) and (type(left) is str or type(left) is int):
        return TRUE if left == right else FALSE
    if left is UNSETTLED or right is UNSETTLED or left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if isinstance(left, Interval) or isinstance(right, Interval):
        apart = is_number(left) and is_number(right) and (less(left, right) is TRUE or less(right, left) is TRUE)
        return FALSE if apart else UNKNOWN
    if isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            return FALSE
        return min(map(equal, left, right), default=TRUE)
    return TRUE if left == right else FALSE


def is_in(item: Value, container: Value, of_item: Type, of_container: Type) -> Truth:
    """Whether a list holds an item: OR over its elements of their equality with the item."""
    if not isinstance(container, tuple):
        return UNKNOWN
    if type(item) is str:
        return TRUE if item in container else UNKNOWN if UNSETTLED in container else FALSE
    kind = of_item.kind
    of_elements = of_container.item.kind if of_container.item is not None else kind
    return max((equal(*to_common_scale(item, each, kind, of_elements)) for each in container), default=FALSE)


def less(left: Number, right: Number) -> Truth:
    """left < right, for whatever both may be."""
    if type(left) is int and type(right) is int:
        return TRUE if left < right else FALSE
    if left is UNSETTLED or right is UNSETTLED:
        return UNKNOWN
    (a, b), (c, d) = ends(left), ends(right)
    return TRUE if b < c else FALSE if a >= d else UNKNOWN


COMPARISONS: Final[dict[str, Callable[[Any, Any], Truth]]] = {
    "==": equal,
    "!=": lambda left, right: NEGATION[equal(left, right)],
    "<": less,
    "<=": lambda left, right: NEGATION[less(right, left)],
    ">": lambda left, right: less(right, left),
    ">=": lambda left, right: NEGATION[less(left, right)],
}

# ---------------------------------------------------------------- days


def day_number(moment: Number, kind: Kind) -> Number:
    """The day on which a date or datetime lies."""
    if kind is Kind.DATE:
        return moment
    return rising(lambda microseconds: microseconds // MICROSECONDS_A_DAY + 1, moment, Kind.DATE)


def number(value: Value) -> Number:
    """A value that the checker knows to be ordered, as such."""
    if value is UNSETTLED or is_number(value):
        return value
    raise TypeError(f"no number: {value}")
