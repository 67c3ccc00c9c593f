"""How numbers are held.

A double (and a percent) is held as the integer round_half_even(x * 10**6), so that sums are exact and
independent of order; this is called the grid. Every operation on doubles gives the correctly rounded value on the same
grid. Beyond `LARGEST` a number is unreadable (on reading) or undefined (as a result). An int is a CEL int: 64 bits.
`decimal` and `fractions` are imported only where digits alone do not tell: importing them takes as long as judging.
"""

from __future__ import annotations

from math import gcd

from riskcheck.frozen import frozen
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

SCALE = 10**6
LARGEST = 9 * 10**12
"""The largest absolute value that a double may have; its grid integer then fits into 63 bits."""
INT_MIN, INT_MAX = -(2**63), 2**63 - 1


def to_grid(value: str | int | float | Decimal) -> int | None:
    """The grid integer of `value`, or None if it is no finite number within `LARGEST`.

    A float is taken at its shortest decimal spelling, so that 0.1 is one tenth.
    """
    from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext

    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.copy_abs() > LARGEST:
        return None
    with localcontext() as context:
        context.prec = 60
        return int(number.quantize(Decimal("0.000001"), rounding=ROUND_HALF_EVEN).scaleb(6))


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


@frozen
class Ratio:
    """An exact quotient of two whole numbers without a common divisor, the lower one above 0."""

    numerator: int
    denominator: int

    def __lt__(self, limit: int | Ratio | Fraction) -> bool:
        return self.numerator * limit.denominator < limit.numerator * self.denominator

    def floor(self, steps: int) -> int:
        """How many whole steps of 1/steps there are in it: 2/3 has 66 of a hundredth."""
        return self.numerator * steps // self.denominator

    @property
    def exact(self) -> Fraction:
        """The same as a number to calculate with."""
        from fractions import Fraction

        return Fraction(self.numerator, self.denominator)


def ratio(numerator: int, denominator: int) -> Ratio:
    """numerator / denominator; `denominator` is above 0."""
    common = gcd(numerator, denominator)
    return Ratio(numerator // common, denominator // common)


def floor_text(value: Ratio | Fraction, scale: int = 1) -> str:
    """`value` times `scale` with at most two decimals, rounded down: a printed score never seems to reach a limit it
    missed."""
    whole, part = divmod(value.numerator * scale * 100 // value.denominator, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


class DecimalText(str):
    """A double as a person writes it, exactly: `0.05`. Reports print it, and machines read it as a number."""

    __slots__ = ()


def percent_text(spelled: str) -> str:
    """A number, spelled as `grid_text` does, in percent: with its own decimals, or rounded half to even to four digits.

    `0.25` is `25.00`, `0.123450` is `12.34`: what `decimal` makes of `format(100 * number, ".4g")`.
    """
    sign = "-" if spelled.startswith("-") else ""
    whole, _, part = spelled.removeprefix("-").partition(".")
    digits, decimals = int(whole + part) * 100, len(part)
    excess = max(len(str(digits)) - 4, 0)
    kept, rest = divmod(digits, 10**excess)
    kept += 2 * rest > 10**excess or (2 * rest == 10**excess and kept % 2)
    decimals -= excess
    if kept == 10_000 or decimals < 0:
        from decimal import Decimal

        return f"{Decimal(spelled) * 100:.4g}"
    text = str(kept).rjust(decimals + 1, "0")
    return f"{sign}{text[:-decimals]}.{text[-decimals:]}" if decimals else sign + text


def with_percent(spelled: str) -> Text:
    """A share as people read it, with its percentage beside it: `0.333333 (33.33 %)`, `0.05 (5 %)`."""
    percentage = percent_text(spelled)
    plain = percentage.rstrip("0").rstrip(".") if "." in percentage else percentage
    return Text(f"{spelled} ({plain} %)", f"{spelled}（{plain}%）")
