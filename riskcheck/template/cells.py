"""Writing a raw cell of any kind into a sheet; text stays text, whatever it begins with."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from riskcheck.facts.rawcell import ErrorValue, PercentNumber, is_blank
from riskcheck.model.schema import FieldType
from riskcheck.model.text import Text
from riskcheck.template.carriedcell import NO_CHARACTER, CarriedCell
from riskcheck.template.pen import Pen

_WAS = Text("In the older file: ", "原文件内容：")
_DATES = (FieldType.DATE, FieldType.DATETIME)
_LONGEST_COMMENT = 32_000
_MORE = Text(" … ({count} characters in all)", " ……（共 {count} 个字符）")


def write_cell(
    pen: Pen, sheet: Any, row: int, column: int, kind: FieldType, cell: CarriedCell, *, left: bool = False
) -> None:
    """Write a cell of a field of type `kind`, with a comment if something else stood there.

    `left` puts all values at the left.
    """
    chosen = pen.theme.cell(kind, left=left)
    match cell.raw:
        case str() as text if is_blank(text):
            sheet.write_blank(row, column, None, chosen)
        case str() as text:
            sheet.write_string(row, column, text, chosen)
        case date() as moment:
            dated = kind if kind in _DATES else FieldType.DATE if _is_day(moment) else FieldType.DATETIME
            sheet.write_datetime(row, column, moment, pen.theme.cell(dated, left=left))
        case PercentNumber(value):
            sheet.write_number(row, column, value, pen.theme.cell(kind, percent=True, left=left))
        case ErrorValue(name):
            sheet.write_formula(row, column, f"={name}", chosen, name)
        case float() | int() as number:
            sheet.write_number(row, column, number, chosen)
        case other:
            raise AssertionError(f"no cell of a template: {other!r}")
    if cell.remark is not None:
        sheet.write_comment(row, column, pen.say(_WAS) + _bounded(pen, cell.remark))


def _is_day(moment: date) -> bool:
    return not isinstance(moment, datetime) or moment.time() == time()


def _bounded(pen: Pen, remark: str) -> str:
    """A remark as a comment can hold it; what is cut, and what XML has not, is seen to be."""
    shown = NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", remark)
    if len(shown) <= _LONGEST_COMMENT:
        return shown
    return shown[:_LONGEST_COMMENT] + pen.say(_MORE).format(count=len(shown))
