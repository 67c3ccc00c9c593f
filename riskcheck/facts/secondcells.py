"""What openpyxl reads in the cells of one worksheet.

Its own way of taking a worksheet apart also builds filters, validations and conditional formats, and fails on many that
Excel opens; here it gets rows and merged cells, and everything else is let go. Of a formula without a stored result it
tells nothing, so that is looked for in the XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from datetime import datetime, time
from math import isfinite
from typing import Any, BinaryIO

from openpyxl.cell.text import Text as OpenpyxlText
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import CELL_TAG, FORMULA_TAG, INLINE_STRING, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from riskcheck.facts.numberformat import EAST_ASIAN_DATES, is_percent
from riskcheck.facts.sheet import Area, CellValue, Position
from riskcheck.facts.sheetscan import MAX_COLUMNS, MAX_ROWS
from riskcheck.facts.workbookparts import Styles
from riskcheck.frozen import frozen

_WITHIN_ROWS = frozenset(f"{{{SHEET_MAIN_NS}}}{name}" for name in ("c", "f", "is", "r", "t", "v"))
_WORKSHEET, _MERGED, _STRINGS, _STRING = (
    f"{{{SHEET_MAIN_NS}}}{name}" for name in ("worksheet", "mergeCell", "sst", "si")
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@frozen
class CellStyles:
    """The styles of a workbook that show dates, spans of time, and percentages."""

    dates: frozenset[int]
    spans: frozenset[int]
    percent: frozenset[int]


def styles_of(styles: Styles) -> CellStyles:
    """What openpyxl takes the number formats of `styles` for, and the dates of East Asia."""
    codes = {**BUILTIN_FORMATS, **styles.codes}
    dates = {number for number, code in codes.items() if is_date_format(code)} | (
        EAST_ASIAN_DATES - styles.codes.keys()
    )
    spans = {number for number, code in codes.items() if is_timedelta_format(code)}
    percent = {number for number, code in codes.items() if is_percent(code)}
    return CellStyles(*(_with(each, styles) for each in (dates | spans, spans, percent)))


def _with(formats: Set[int], styles: Styles) -> frozenset[int]:
    return frozenset(style for style, number in enumerate(styles.format_ids) if number in formats)


def shared_strings(source: BinaryIO) -> list[str]:
    """The texts that cells share."""
    found, tag = [], None
    for _, element in iterparse(source):
        tag = element.tag
        if tag == _STRING:
            found.append(_text(element))
            element.clear()
    if tag != _STRINGS:
        raise ValueError("the part of shared texts holds none")
    return found


def _text(element: Any) -> str:
    """The text of a plain or rich string. In files `_x000D_` stands for a character, and `_x005F_` for `_`."""
    text = OpenpyxlText.from_tree(element).content
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    return chr(int(found.group(1), 16))


class SheetCells(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """The cells of one worksheet; read them once with `read`.

    Positions count from 0. `values` holds what is neither nothing nor an error; `last_row` and `last_column` (from 1)
    are the last that are written, whether they hold something or not.
    """

    def __init__(self, source: BinaryIO, book: Workbook, strings: Sequence[str], styles: CellStyles, calculated: bool):
        super().__init__(source, strings, True, book.epoch, styles.dates, styles.spans)
        self._styles, self._calculated = styles, calculated
        self.values: dict[Position, CellValue] = {}
        self.errors: dict[Position, str] = {}
        self.unstored: set[Position] = set()
        self.percent: set[Position] = set()
        self.merged: list[str] = []
        self.last_row = self.last_column = self.characters = self.count = 0

    def read(self) -> Iterator[None]:
        """Read row by row, so that the caller can look at how much there is. Raises errors of all kinds."""
        tag = None
        for _, element in iterparse(self.source):
            tag = element.tag
            if tag == ROW_TAG:
                self.last_row = max(self.last_row, self.parse_row(element)[0])
                self.row_dimensions.clear()
                element.clear()
                yield
            elif tag == _MERGED:
                self.merged.append(element.get("ref", ""))
            if tag not in _WITHIN_ROWS:
                element.clear()
        if tag != _WORKSHEET:
            raise ValueError("a part that should be a worksheet is none")

    def areas(self) -> Iterator[Area]:
        """The merged cells, as far as they lie in what is written and have two cells there."""
        for ref in self.merged:
            left, top, right, bottom = range_boundaries(ref)
            area = top - 1, left - 1, min(bottom, self.last_row) - 1, min(right, self.last_column) - 1
            if area[2] >= area[0] and area[3] >= area[1] and area[:2] != area[2:]:
                yield area

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Note what the cell holds."""
        cell: dict[str, Any] = super().parse_cell(element)
        row, column = cell["row"], cell["column"]
        self.count += element.tag == CELL_TAG
        if not (0 < row <= MAX_ROWS and 0 < column <= MAX_COLUMNS):
            raise ValueError(f"row {row}, column {column} is no place of a sheet")
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
        self._note((row - 1, column - 1), element, cell)
        return cell

    def _note(self, at: Position, element: Any, cell: dict[str, Any]) -> None:
        value, formula, stored = cell["value"], element.find(FORMULA_TAG) is not None, element.find(VALUE_TAG)
        if cell["data_type"] == "e" and (value is not None or stored is not None):
            self.errors[at] = str(value or "").strip()[:40] or "#ERROR"
        elif formula and self._is_unstored(element, value, stored is not None):
            self.unstored.add(at)
            if value is not None:
                self.values[at] = float(value)
        elif value is not None and value != "":
            inline = element.find(INLINE_STRING)
            self._note_value(at, value if inline is None else _text(inline), cell)

    def _is_unstored(self, element: Any, value: Any, stored: bool) -> bool:
        """Whether a formula has no result: none, or the 0 of a program that leaves calculating to others."""
        if value is None:
            return not stored or element.get("t", "n") in ("n", "b", "s")
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and value == 0 and not self._calculated

    def _note_value(self, at: Position, value: Any, cell: dict[str, Any]) -> None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = float(value)
            if not isfinite(value):
                self.errors[at] = "#NUM!"
                return
            if cell["style_id"] in self._styles.percent:
                self.percent.add(at)
        elif isinstance(value, datetime) and value.time() == time():
            value = value.date()
        elif isinstance(value, str):
            self.characters += len(value)
        self.values[at] = value
