"""Writing into the report workbook: text as text, in one language, bounded as Excel bounds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from riskcheck.frozen import frozen
from riskcheck.model.assessment import Assessment
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.reports import Style
from riskcheck.reports.display import printable, width
from riskcheck.reports.exceltheme import Theme

_MAX_CELL = 32_000
"""Excel takes 32,767 characters in a cell; a longer text is cut, and says so."""
_A3 = 8
_MAX_LINES = 20
"""The most lines that a row is made high for."""

Cell = str | int | float | None


@frozen
class Column:
    """One column of a listing: its title, width, whether its text wraps, and whether its numbers are percentages."""

    title: Text
    width: int
    wrap: bool = False
    percent: bool = False


class SheetWriter:
    """What the sheets of one report workbook share."""

    def __init__(self, book: Any, assessment: Assessment, style: Style, theme: Theme) -> None:
        self.book, self.seen, self.language, self.theme = book, assessment, style.language, theme

    def say(self, text: Text) -> str:
        """The text in the report's language."""
        return text.of(self.language)

    def t(self, en: str, zh: str) -> str:
        """The one of two texts that is in the report's language."""
        return zh if self.language == "zh" else en

    def listing(
        self, name: str, columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], *, freeze_columns: int
    ) -> Any:
        """A sheet with a frozen, filtered header row and one row for each entry."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, freeze_columns)
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            self.text(sheet, 0, number, self.say(column.title), self.theme.header)
        for line, row in enumerate(rows, 1):
            for number, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self.cell(sheet, line, number, cell, self.format_of(column))
            sheet.set_row(line, row_height(self.lines_of(columns, row)))
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        if not rows:
            self.text(sheet, 1, 0, self.t("none", "无"), self.theme.cell)
        return sheet

    def format_of(self, column: Column) -> Any:
        """The format of a column's cells."""
        if column.percent:
            return self.theme.percent
        return self.theme.wrapped if column.wrap else self.theme.cell

    def lines_of(self, columns: Sequence[Column], row: tuple[Cell, ...]) -> int:
        """How many lines the row needs, 20 at most: spreadsheet programs do not grow rows on their own."""
        wrapped = ((column.width, cell) for column, cell in zip(columns, row, strict=True) if column.wrap)
        counts = [
            sum(1 + width(line) // wide for line in cell.split("\n")) for wide, cell in wrapped if isinstance(cell, str)
        ]
        return min(_MAX_LINES, max(counts, default=1))

    def cell(self, sheet: Any, row: int, column: int, value: Cell, chosen: Any) -> None:
        if isinstance(value, str):
            self.text(sheet, row, column, value, chosen)
        elif value is not None:
            sheet.write_number(row, column, value, chosen)
        else:
            sheet.write_blank(row, column, None, chosen)

    def text(self, sheet: Any, row: int, column: int, value: str, chosen: Any) -> None:
        """Write text as text, whatever it begins with."""
        sheet.write_string(row, column, self.bounded(value), chosen)

    def merged(
        self, sheet: Any, row: int, column: int, last_row: int, last_column: int, value: str, chosen: Any
    ) -> None:
        sheet.merge_range(row, column, last_row, last_column, "", chosen)
        self.text(sheet, row, column, value, chosen)

    def bounded(self, value: str) -> str:
        clean = printable(value)
        if len(clean) <= _MAX_CELL:
            return clean
        return clean[:_MAX_CELL] + self.t(f" … ({len(clean)} characters in all)", f" ……（共 {len(clean)} 个字符）")


def row_height(lines: int) -> int:
    """The height in points of a row of so many lines, Chinese ones too."""
    return 17 * lines + 2


def place_text(location: Location | None) -> str:
    """`Tasks!D14`, `facts.yaml:3:5`, or nothing."""
    return "" if location is None else location.within_file
