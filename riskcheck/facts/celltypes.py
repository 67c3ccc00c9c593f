"""What each type of field reads: from cleaned text, and from the other values that a cell can hold.

Decisions that the types alone do not show:
an Excel TRUE in a text field is the text TRUE, as the sheet shows it, but a date there is a problem: Excel makes
dates of what people type as `3-1`. A plain number in a date field is a problem, too: no serial number is guessed.
A day in a datetime field is its beginning, since a workbook does not tell the two apart.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property

from riskcheck.celltext import clean, is_none
from riskcheck.facts import celldate, cellnumber
from riskcheck.facts.cellwords import BOOL_WORDS, is_placeholder
from riskcheck.facts.names import spellings_of
from riskcheck.facts.rawcell import Listed, PercentNumber, RawCell, raw_text
from riskcheck.facts.spelling import fold
from riskcheck.facts.unread import Doubted, Reason
from riskcheck.frozen import frozen
from riskcheck.model.factset import EMPTY, Absent, Value
from riskcheck.model.schema import EnumWord, Field, FieldType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Literal, TypeAlias

Typed: TypeAlias = "Value | Literal[Absent.EMPTY] | Reason | Doubted"

_ITEM_SEPARATORS = ",;、\n\r"
"""Between the items of a list in one cell. Not `/`, `&` or blanks: they may be part of an id."""
_EXCEL_KEEPS = 10**15
"""Excel keeps 15 digits of a number; of a longer one the last are lost."""


@frozen
class CellType:
    """How cells of one field are read: `words` first, then cleaned `text`; `other` reads what is no text."""

    text: Callable[[str], Typed]
    other: Callable[[RawCell], Typed]
    words: Words | None = None


def cell_type(field: Field) -> CellType:
    """How the cells of `field` are read."""
    match field.type:
        case FieldType.STRING:
            return CellType(_same_text, _text_of_other)
        case FieldType.LIST:
            return CellType(_list_of_text, _list_of_other)
        case FieldType.ENUM:
            return _enum_type(field)
        case FieldType.BOOL:
            return CellType(lambda text: BOOL_WORDS.get(text.casefold(), Reason.NOT_BOOL), _bool_of_other)
        case FieldType.DATE:
            return CellType(celldate.date_of_text, _date_of_other)
        case FieldType.DATETIME:
            return CellType(celldate.datetime_of_text, _datetime_of_other)
        case FieldType.INT | FieldType.DOUBLE | FieldType.PERCENT:
            return _number_type(field)


# ------------------------------------------------------------ text


def _same_text(text: str) -> Typed:
    return text


def _text_of_other(raw: RawCell) -> Typed:
    if isinstance(raw, bool):
        return raw_text(raw)
    if isinstance(raw, int | float):
        if abs(raw) >= _EXCEL_KEEPS:
            return Reason.DIGITS_LOST
        whole = cellnumber.int_of_float(float(raw))
        return Reason.FRACTION_IN_TEXT if isinstance(whole, Reason) else str(whole)
    return Reason.FRACTION_IN_TEXT if isinstance(raw, PercentNumber) else Reason.DATE_IN_TEXT


def _list_of_text(text: str) -> Typed:
    for mark in _ITEM_SEPARATORS[1:]:
        text = text.replace(mark, _ITEM_SEPARATORS[0])
    return _list_of_items(text.split(_ITEM_SEPARATORS[0]))


def _list_of_other(raw: RawCell) -> Typed:
    if isinstance(raw, Listed):
        return _list_of_items(raw.items) if raw.items else EMPTY
    text = _text_of_other(raw)
    return (text,) if isinstance(text, str) else text


def _list_of_items(written: tuple[str, ...] | list[str]) -> Typed:
    items = tuple(item for item in map(clean, written) if item)
    if len(items) == 1 and is_none(items[0]):
        return EMPTY
    if any(is_none(item) or is_placeholder(item) for item in items):
        return Reason.UNSURE_ITEM if len(items) > 1 else Reason.PLACEHOLDER
    return items or Reason.PLACEHOLDER


# ------------------------------------------------------------ words


class Words:
    """The words that a field allows, each with all its spellings."""

    def __init__(self, allowed: tuple[EnumWord, ...]) -> None:
        self.by_spelling: dict[str, str] = {}
        for word in allowed:
            for spelling in spellings_of(word):
                self.by_spelling.setdefault(spelling, word.name)

    @cached_property
    def by_folded(self) -> dict[str, str]:
        """The words by folded spelling; most cells need none, as they have a spelling as it is."""
        folded: dict[str, str] = {}
        for spelling, word in self.by_spelling.items():
            folded.setdefault(fold(spelling), word)
        return folded

    def meant(self, text: str) -> str | None:
        """The word that a cleaned text means."""
        return self.by_spelling.get(text) or self.by_folded.get(fold(text))


def _enum_type(field: Field) -> CellType:
    words = Words(field.allowed)

    def other(raw: RawCell) -> Typed:
        text = _text_of_other(raw)
        word = words.meant(text) if isinstance(text, str) else None
        return Reason.UNKNOWN_WORD if word is None else word

    return CellType(lambda text: Reason.UNKNOWN_WORD, other, words)


def _bool_of_other(raw: RawCell) -> Typed:
    if isinstance(raw, bool):
        return raw
    return bool(raw) if isinstance(raw, int | float) and raw in (0, 1) else Reason.NOT_BOOL


# ------------------------------------------------------------ dates


def _date_of_other(raw: RawCell) -> Typed:
    return celldate.date_of_moment(raw) if isinstance(raw, date) else _why_no_date(raw)


def _datetime_of_other(raw: RawCell) -> Typed:
    return celldate.datetime_of_moment(raw) if isinstance(raw, date) else _why_no_date(raw)


def _why_no_date(raw: RawCell) -> Reason:
    number = isinstance(raw, int | float | PercentNumber) and not isinstance(raw, bool)
    return Reason.NUMBER_AS_DATE if number else Reason.NOT_DATE


# ------------------------------------------------------------ numbers


def _number_type(field: Field) -> CellType:
    unit = field.unit
    low, high = field.minimum, field.maximum

    def bounded(number: int | Reason) -> Typed:
        if isinstance(number, Reason):
            return number
        below, above = low is not None and number < low, high is not None and number > high
        return Reason.OUT_OF_RANGE if below or above else number

    def with_unit(text: str, number: int | Reason, of_decimal: Callable[[Decimal], int | Reason]) -> Typed:
        """`number`, unless the text holds one with another word for a unit of time."""
        if number is not Reason.WITH_UNIT or not cellnumber.spellings_of_unit(unit):
            return bounded(number)
        from riskcheck.facts.durations import in_unit_of

        found = in_unit_of(field, text)
        if isinstance(found, Reason):
            return found
        value = bounded(of_decimal(found[0]))
        if found[1] and isinstance(value, int):
            return Doubted(value, text)
        return value

    match field.type:
        case FieldType.INT:
            return CellType(
                lambda text: with_unit(text, cellnumber.int_of_text(text, unit), cellnumber.int_of_decimal),
                lambda raw: bounded(_number_of_other(raw, cellnumber.int_of_float, None)),
            )
        case FieldType.PERCENT:
            return CellType(
                lambda text: bounded(cellnumber.percent_of_text(text, unit)),
                lambda raw: bounded(_number_of_other(raw, cellnumber.grid_of_float, cellnumber.percent_of_fraction)),
            )
        case _:
            return CellType(
                lambda text: with_unit(text, cellnumber.grid_of_text(text, unit), cellnumber.grid_of_decimal),
                lambda raw: bounded(_number_of_other(raw, cellnumber.grid_of_float, None)),
            )


def _number_of_other(
    raw: RawCell,
    of_float: Callable[[float], int | Reason],
    of_fraction: Callable[[float], int | Reason] | None,
) -> int | Reason:
    if type(raw) is float:  # as nearly all are
        return of_float(raw)
    if isinstance(raw, bool):
        return Reason.NOT_NUMBER
    if isinstance(raw, int | float):
        return of_float(float(raw))
    if isinstance(raw, PercentNumber):
        return of_fraction(raw.value) if of_fraction else Reason.PERCENT_FORMAT
    return Reason.DATE_AS_NUMBER
