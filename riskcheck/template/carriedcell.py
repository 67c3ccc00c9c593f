"""How a fact of an older file is written anew, so that it reads as it did.

A value is written in the spelling of the template. What could not be read stands as it stood, as long as that still
cannot be read: where the text alone would become a value (a date that Excel made in a text column, 1.1 that may have
been 1.10), the number, date or error is written. Where nothing does, a placeholder stands, with what was there as a
remark.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from riskcheck.facts.cellnumber import grid_of_float, percent_of_fraction
from riskcheck.facts.cellvalue import reader_for
from riskcheck.facts.column import read_column
from riskcheck.facts.rawcell import ErrorValue, PercentNumber, RawCell, is_blank
from riskcheck.facts.unread import Unread
from riskcheck.frozen import frozen
from riskcheck.model.factset import EMPTY, MISSING, Cell, FactTable
from riskcheck.model.number import grid_text
from riskcheck.model.schema import Field, FieldType
from riskcheck.model.text import Language, Text
from riskcheck.template.words import NO, NONE, YES

PLACEHOLDER = Text("TBD", "待补")
"""Stands where a blank might come to mean none, though the older file did not say so."""
_LONGEST = 32_767
"""Excel takes so many characters in a cell, and in a comment."""
_FIRST_SURE_DAY = date(1900, 3, 1)
"""Excel counts a day too many before: it takes 1900 for a leap year."""
NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML has not, or takes for a line end."""
_ESCAPED_ESCAPE = re.compile("_x005F_", re.IGNORECASE)
"""By this workbooks write a text that looks like one of their escapes; as a text of its own it would not come back."""
_BETWEEN = Text(", ", "、")
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


@frozen
class CarriedCell:
    """What is written into a cell, `""` for nothing, and what stood there if that could not be written."""

    raw: RawCell
    remark: str | None = None


NOTHING_CARRIED = CarriedCell("")


def carried_column(field: Field, facts: FactTable, language: Language) -> tuple[CarriedCell, ...]:
    """The cells of a field, such that they read as `facts` has them once the table is closed as it is there."""
    blank = set(facts.nothing.get(field.name, ()))
    writer = _Writer(field, language)
    written = [facts.origin.raw(row, field.name) for row in range(facts.row_count)]
    cells = [
        writer.cell(cell, text, row in blank)
        for row, (cell, text) in enumerate(zip(facts.columns[field.name], written, strict=True))
    ]
    return tuple(_that_read_as(field, facts.columns[field.name], cells, written, writer))


def _that_read_as(
    field: Field, expected: Sequence[Cell], cells: list[CarriedCell], written: Sequence[str | None], writer: _Writer
) -> Iterator[CarriedCell]:
    """`cells`, with a placeholder for those that would read as something else than `expected` in their column."""
    column = read_column(field, [each.raw for each in cells])
    for wanted, cell, text, found in zip(expected, cells, written, column.cells, strict=True):
        same = found is MISSING if is_blank(cell.raw) else type(found) is type(wanted) and found == wanted
        yield cell if same else writer.placeholder(text)


class _Writer:
    """Writes the cells of one field."""

    def __init__(self, field: Field, language: Language) -> None:
        self.field, self.language = field, language
        self.read = reader_for(field)

    def cell(self, cell: Cell, text: str | None, is_nothing: bool) -> CarriedCell:
        """What to write for a fact that stands as `text` in its file; None: it has no such cell."""
        has_text = text is not None and not is_blank(text)
        if cell is MISSING:
            if has_text:
                return self.unread(text or "")
            return self.placeholder(None) if self.field.optional and not is_nothing else NOTHING_CARRIED
        if cell is EMPTY:
            return CarriedCell(NONE.of(self.language)) if has_text else NOTHING_CARRIED
        for raw in self.spellings(cell):
            if _can_be_written(raw) and self.read(raw) == cell:
                return CarriedCell(raw)
        return self.placeholder(text)

    def unread(self, text: str) -> CarriedCell:
        """What to write for what could not be read."""
        for raw in _candidates(text):
            if _can_be_written(raw) and isinstance(self.read(raw), Unread):
                return CarriedCell(raw)
        return self.placeholder(text)

    def placeholder(self, text: str | None) -> CarriedCell:
        """A word that no field reads, with what stood there as a remark."""
        return CarriedCell(PLACEHOLDER.of(self.language), text if text is None or not is_blank(text) else None)

    def spellings(self, cell: Cell) -> Iterator[RawCell]:
        """How a value may be written, the best first."""
        match self.field.type:
            case FieldType.BOOL:
                yield (YES if cell else NO).of(self.language)
            case FieldType.ENUM:
                titles = [word.title for word in self.field.allowed if word.name == cell]
                yield from (title.of(self.language) for title in titles)
                yield str(cell)
            case FieldType.LIST if isinstance(cell, tuple):
                yield from (between.join(cell) for between in (_BETWEEN.of(self.language), "; "))
            case FieldType.DATE | FieldType.DATETIME if isinstance(cell, date):
                if (cell.date() if isinstance(cell, datetime) else cell) >= _FIRST_SURE_DAY:
                    yield cell
                yield cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
            case FieldType.INT | FieldType.DOUBLE | FieldType.PERCENT if isinstance(cell, int):
                yield from _numbers(self.field.type, cell)
            case _:
                yield str(cell)


def _numbers(kind: FieldType, value: int) -> Iterator[RawCell]:
    """How a number may be written; a number of percent with its sign, since 0.5 alone may mean either."""
    text = grid_text(value) if kind.on_grid else str(value)
    if kind is FieldType.PERCENT:
        fraction = float(f"{float(text) / 100:.15g}")
        if percent_of_fraction(fraction) == value:
            yield PercentNumber(fraction)
        yield f"{text}%"
    else:
        if kind is FieldType.INT or grid_of_float(float(text)) == value:
            yield float(text)
        yield text


def _candidates(text: str) -> Iterator[RawCell]:
    """What a cell may have held that is shown as `text`."""
    yield text
    number = _number(text)
    if number is not None:
        yield number
    percent = _number(text[:-1]) if text.endswith("%") else None
    if percent is not None:
        yield PercentNumber(percent / 100)
    moment = _moment(text)
    if moment is not None:
        yield moment
    if text in _ERRORS:
        yield ErrorValue(text)


def _number(text: str) -> float | None:
    try:
        number = float(text) if len(text) < 40 and text.isascii() else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if len(text) < 40 else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is None and moment.date() >= _FIRST_SURE_DAY else None


def _can_be_written(raw: RawCell) -> bool:
    if not isinstance(raw, str):
        return True
    return len(raw) <= _LONGEST and not NO_CHARACTER.search(raw) and not _ESCAPED_ESCAPE.search(raw)
