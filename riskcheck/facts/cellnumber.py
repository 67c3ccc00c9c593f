"""Reading numbers: nothing is guessed about separators, units and percent signs.

A comma or blank separates thousands in well-formed groups of three and means nothing else; the decimal mark is a
point. The only unit read is the field's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from riskcheck.facts.spelling import fold
from riskcheck.facts.unread import Reason
from riskcheck.model.number import LARGEST, SCALE, to_grid
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal

_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?"
WITH_UNIT = rf"(?P<before>[^0-9+.-]*?) ?(?=[+-]?\.?[0-9])(?P<number>{_NUMBER}) ?(?P<after>[^0-9].*)?"
"""A number with something before or behind it."""
_SEPARATED = r"[+-]?[0-9]+[0-9., ']*"
COMPARISON = r"^(?:[<>≤≥≦≧⩽⩾]=?|=[<>])\s*"
"""A comparison sign before a number: what is promised at least or at most."""
_LONGEST = 80
_EXACT = 10**9
"""Below it a grid integer has at most 15 digits. So many digits make different floats, whatever they are: if a quotient
of such an integer is the float, its digits are the shortest spelling, and no spelling need be made."""


def int_of_text(text: str, unit: Text | None) -> int | Reason:
    """The whole number that a cleaned text means."""
    if text.isascii() and text.isdigit() and len(text) <= 12:
        return int(text)
    number = _spelled(text, unit)
    if isinstance(number, Reason):
        return number
    return int(number) if number.isdigit() and len(number) <= 12 else int_of_decimal(_decimal(number))


def int_of_decimal(number: Decimal) -> int | Reason:
    """`number` as a whole number."""
    if number != number.to_integral_value():
        return Reason.NOT_WHOLE
    return int(number) if abs(number) <= LARGEST else Reason.TOO_LARGE


def grid_of_text(text: str, unit: Text | None) -> int | Reason:
    """The grid integer of the number that a cleaned text means."""
    grid = _plain_grid(text)
    if grid is not None:
        return grid
    number = _spelled(text, unit)
    if isinstance(number, Reason):
        return number
    grid = _plain_grid(number)
    return grid_of_decimal(_decimal(number)) if grid is None else grid


def _plain_grid(text: str) -> int | None:
    """The grid integer of digits with at most six decimals; None of any other text, be it a number or not."""
    whole, point, part = text.partition(".")
    if text.isascii() and whole.isdigit() and len(whole) <= 12 and len(part) <= 6 and (part.isdigit() or not point):
        return int(whole + part.ljust(6, "0"))
    return None


def percent_of_text(text: str, unit: Text | None) -> int | Reason:
    """The number of percent that a cleaned text means, with or without a sign, as grid integer."""
    return grid_of_text(text.removesuffix("%").rstrip(), unit)


def is_bare(text: str) -> bool:
    """Whether a cleaned text is a number and nothing else: no percent sign, no unit."""
    return re.fullmatch(_NUMBER, text) is not None


def int_of_float(value: float) -> int | Reason:
    """The whole number in a cell, to the 15 digits that Excel keeps."""
    if not value.is_integer():
        value = float(f"{value:.15g}")
    if not value.is_integer():
        return Reason.NOT_WHOLE
    return int(value) if abs(value) <= LARGEST else Reason.TOO_LARGE


def grid_of_float(value: float) -> int | Reason:
    """The grid integer of the number in a cell, taken at its shortest decimal spelling."""
    if -_EXACT < value < _EXACT:
        nearest = round(value * SCALE)
        if nearest / SCALE == value:
            return nearest
    if value.is_integer() and abs(value) <= LARGEST:
        return int(value) * SCALE
    whole, _, part = repr(value).partition(".")
    if len(part) <= 6 and part.isdigit() and len(whole) <= 12:
        return int(whole + part.ljust(6, "0"))
    grid = to_grid(value)
    return Reason.TOO_LARGE if grid is None else grid


def plain_grids(values: Iterable[float], low: float, high: float) -> dict[float, int]:
    """Those numbers of which `grid_of_float` needs but one look, if their grid integers are from `low` to `high`."""
    return {
        each: nearest
        for each in values
        if -_EXACT < each < _EXACT and (nearest := round(each * SCALE)) / SCALE == each and low <= nearest <= high
    }


def plain_ints(values: Iterable[float], low: float, high: float) -> dict[float, int]:
    """Those numbers that are whole as they stand, with what `int_of_float` makes of them, from `low` to `high`."""
    return {
        each: int(each) for each in values if each.is_integer() and abs(each) <= LARGEST and low <= int(each) <= high
    }


def percent_of_fraction(value: float) -> int | Reason:
    """The number of percent of a fraction that its sheet shows as a percentage: 0.85 is 85."""
    whole, _, part = repr(value).partition(".")
    if part.isdigit() and len(part) <= 8 and len(whole) <= 10:
        return int(whole + part.ljust(8, "0"))
    from decimal import Decimal

    return grid_of_decimal(Decimal(repr(value)) * 100)


@cache
def spellings_of_unit(unit: Text | None) -> frozenset[str]:
    """How a unit may be written beside a number."""
    if unit is None:
        return frozenset()
    names = {fold(unit.en), fold(unit.zh)}
    return frozenset(names | {name.removesuffix("s") for name in names if name.isascii()}) - {"", "%"}


def _spelled(text: str, unit: Text | None) -> str | Reason:
    """The number in a cleaned text, without what separates thousands."""
    text = text.replace("\N{MINUS SIGN}", "-")
    match = re.fullmatch(WITH_UNIT, text) if len(text) <= _LONGEST else None
    if match is None:
        return _why_no_number(text)
    before, number, after = match["before"], match["number"], match["after"] or ""
    if (before or after) and ((before and after) or fold(before + after) not in spellings_of_unit(unit)):
        return _why_no_number(text)
    return number.replace(",", "").replace(" ", "")


def _decimal(number: str) -> Decimal:
    from decimal import Decimal

    return Decimal(number)


def _why_no_number(text: str) -> Reason:
    if re.match(COMPARISON + r"[+-]?\.?[0-9]", text):
        return Reason.COMPARED
    if text.isdigit():
        return Reason.TOO_LARGE
    if re.fullmatch(_SEPARATED, text):
        return Reason.SEPARATORS
    if text.endswith("%") and is_bare(text[:-1].rstrip()):
        return Reason.PERCENT_SIGN
    return Reason.WITH_UNIT if re.search("[0-9]", text) else Reason.NOT_NUMBER


def grid_of_decimal(number: Decimal) -> int | Reason:
    """The grid integer of `number`."""
    grid = to_grid(number)
    return Reason.TOO_LARGE if grid is None else grid
