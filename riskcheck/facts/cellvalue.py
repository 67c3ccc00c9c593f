"""Typing one cell: what a raw cell means in a field. The same for workbooks and YAML.

| in the file | read as |
|---|---|
| nothing (blanks, invisible characters) | NOTHING: empty or missing, as the table is closed or not |
| `none`, `无` | EMPTY, or the field's `none_is` |
| a word of the field, if it is an enum | that word |
| a placeholder (`/`, `-`, `TBD`, `待定` …) | Unread: missing, with a note |
| what the field's type reads, within min and max | a value |
| everything else | Unread: missing, with a problem |

Where a cell could be read in two ways it is a problem, not a guess. Quotes in YAML make no difference.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum

from riskcheck.celltext import LONGEST_NONE, clean, is_none
from riskcheck.facts.celltypes import cell_type
from riskcheck.facts.cellwords import BEGIN_PLACEHOLDERS, is_placeholder
from riskcheck.facts.rawcell import ErrorValue, Listed, Merged, RawCell, Structure, Unsaid, raw_text
from riskcheck.facts.spelling import has_raised_digit
from riskcheck.facts.unread import Doubted, Reason, Unread
from riskcheck.model.factset import EMPTY, MISSING, Cell
from riskcheck.model.schema import Field, FieldType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final, Literal, TypeAlias


class Blank(Enum):
    """The state of a cell with nothing in it, before it is known whether its table is closed."""

    NOTHING = "nothing"


NOTHING: Final = Blank.NOTHING
Read: TypeAlias = "Cell | Literal[Blank.NOTHING] | Unread | Doubted"
Reader: TypeAlias = "Callable[[RawCell], Read]"


_PLAIN_VALUES = (int, float, date)
_OF_DIGITS = (FieldType.INT, FieldType.DOUBLE, FieldType.PERCENT, FieldType.DATE, FieldType.DATETIME)


def reader_for(field: Field) -> Reader:
    """The function that types the cells of `field`; chosen once for a column."""
    cells = cell_type(field)
    written_none: Cell = EMPTY if field.none_is is None else field.none_is
    takes_lists = field.type is FieldType.LIST
    of_digits = field.type in _OF_DIGITS
    words, read_text, read_other = cells.words, cells.text, cells.other

    def read(raw: RawCell) -> Read:
        if type(raw) is float:  # a column may have many different ones
            typed = read_other(raw)
        elif isinstance(raw, str):
            text = clean(raw)
            if not text:
                return NOTHING
            if len(text) <= LONGEST_NONE and is_none(text):
                return written_none
            if words is not None and (word := words.meant(text)) is not None:
                return word
            if of_digits and has_raised_digit(raw):
                return Unread(Reason.RAISED_DIGIT, raw)
            owed = text[0] in BEGIN_PLACEHOLDERS and is_placeholder(text)
            typed = Reason.PLACEHOLDER if owed else read_text(text)
        elif raw is Unsaid.NO_CELL:
            return MISSING
        else:
            typed = _no_value(raw, takes_lists) or read_other(raw)
        return Unread(typed, raw_text(raw)) if isinstance(typed, Reason) else typed

    return read


def _no_value(raw: RawCell, takes_lists: bool) -> Reason | None:
    """Why `raw` is no value of any field, or None if it may be one."""
    if isinstance(raw, _PLAIN_VALUES):
        return None
    match raw:
        case ErrorValue():
            return Reason.ERROR_VALUE
        case Merged():
            return Reason.MERGED
        case Unsaid.UNSTORED:
            return Reason.NOT_STORED
        case Structure():
            return Reason.STRUCTURE
        case Listed() if not takes_lists:
            return Reason.LIST_FOR_VALUE
        case _:
            return None
