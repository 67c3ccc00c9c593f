"""How numbers are held.

A double (and a percent) is held as the integer round_half_even(x * 10**6), so that sums are exact and
independent of order; this is called the grid. Every operation on doubles gives the correctly rounded value on the same
grid. Beyond `LARGEST` a number is unreadable (on reading) or undefined (as a result). An int is a CEL int: 64 bits.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext
from fractions import Fraction

SCALE = 10**6
_STEP = Decimal("0.000001")
LARGEST = 9 * 10**12
"""The largest absolute value that a double may have; its grid integer then fits into 63 bits."""
INT_MIN, INT_MAX = -(2**63), 2**63 - 1


def to_grid(value: str | int | float | Decimal) -> int | None:
    """The grid integer of `value`, or None if it is no finite number within `LARGEST`.

    A float is taken at its shortest decimal spelling, so that 0.1 is one tenth.
    """
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.copy_abs() > LARGEST:
        return None
    with localcontext() as context:
        context.prec = 60
        return int(number.quantize(_STEP, rounding=ROUND_HALF_EVEN).scaleb(6))


def divide_to_grid(numerator: int, denominator: int) -> int:
    """round_half_even(numerator / denominator * 10**6) for integers; `denominator` is not 0."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    quotient, rest = divmod(numerator * SCALE, denominator)
    double_rest = 2 * rest
    if double_rest > denominator or (double_rest == denominator and quotient % 2):
        quotient += 1
    return quotient


def grid_text(grid: int) -> str:
    """The shortest decimal spelling of a grid integer: `850000` prints as `0.85`, `2000000` as `2`."""
    sign = "-" if grid < 0 else ""
    whole, part = divmod(abs(grid), SCALE)
    return f"{sign}{whole}.{part:06d}".rstrip("0").rstrip(".") if part else f"{sign}{whole}"


def floor_text(value: Fraction) -> str:
    """`value` with at most two decimals, rounded down: a printed score never seems to reach a limit it missed."""
    hundredths = value * 100 // 1
    whole, part = divmod(int(hundredths), 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")
