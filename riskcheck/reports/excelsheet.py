"""Writing into the report workbook: text as text, in one language, bounded as Excel bounds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from riskcheck.frozen import frozen
from riskcheck.model.assessment import Assessment
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.reports import Style
from riskcheck.reports.display import printable
from riskcheck.reports.excelbook import ReportBook
from riskcheck.reports.excelcolumn import BUTTON, Cell, Column, ColumnPen, Linked
from riskcheck.reports.excelheight import height_for, height_of
from riskcheck.reports.excelplaces import Places
from riskcheck.reports.excelrows import MAX_LISTED, ListedRows

_MAX_CELL = 32_000
"""Excel takes 32,767 characters in a cell; a longer text is cut, and says so."""
_A3 = 8

Row = tuple[Cell, ...]
_Writer = TypeVar("_Writer", bound="SheetWriter")


@frozen
class Listing:
    """A sheet with a row for each entry, and how many rows there are below its header."""

    sheet: Any
    count: int


class SheetWriter:
    """What the sheets of one report workbook share."""

    def __init__(self, book: ReportBook, assessment: Assessment, style: Style, places: Places) -> None:
        self.book, self.seen, self.language, self.theme = book, assessment, style.language, book.theme
        self.style, self.target, self.places = style, style.target, places

    def part(self, writer: type[_Writer]) -> _Writer:
        """The writer of another sheet of the same workbook."""
        return writer(self.book, self.seen, self.style, self.places)

    def say(self, text: Text) -> str:
        """The text in the report's language."""
        return text.of(self.language)

    def say_all(self, texts: Iterable[Text]) -> list[str]:
        return [self.say(each) for each in texts]

    def t(self, en: str, zh: str) -> str:
        """The one of two texts that is in the report's language."""
        return zh if self.language == "zh" else en

    def listing(self, name: str, columns: Sequence[Column], rows: Iterable[Row], *, freeze_columns: int) -> Listing:
        """A sheet with a frozen, filtered header row and one row for each entry, high enough to show it whole.

        Each row is written as it comes. If there are more than a sheet can have, the last row says how many.
        """
        sheet = self.book.writer.add_worksheet(name)
        titles = [self.say(column.title) for column in columns]
        pens = [
            ColumnPen(number, column, title, self.theme, self.bounded)
            for number, (column, title) in enumerate(zip(columns, titles, strict=True))
        ]
        count = self.write_rows(self.book.listed(sheet), pens, rows)
        sheet.freeze_panes(1, freeze_columns)
        self.set_up_print(sheet, max(1, count), sum(column.printed for column in columns) - 1)
        for number, (column, pen) in enumerate(zip(columns, pens, strict=True)):
            sheet.set_column(number, number, pen.width)
            header = self.theme.fillable_header if column.fillable else self.theme.header
            self.text(sheet, 0, number, titles[number], header)
        sheet.set_row(0, height_of(titles, [pen.width - BUTTON for pen in pens]))
        sheet.autofilter(0, 0, max(1, count), len(columns) - 1)
        if not count:
            self.text(sheet, 1, 0, self.t("none", "无"), self.theme.cell)
        return Listing(sheet, count)

    def write_rows(self, listed: ListedRows, pens: Sequence[ColumnPen], rows: Iterable[Row]) -> int:
        """Write the rows of a listing; returns how many it has now."""
        more = 0
        for row in rows:
            if listed.count < MAX_LISTED:
                _write_row(listed, pens, row)
            else:
                more += 1
        if more:
            text = Text(f"… and {more:,} more than a sheet has rows for", f"……另有 {more:,} 行，超出工作表行数上限")
            _write_row(listed, pens, (self.say(text), *[""] * (len(pens) - 1)))
        listed.end()
        return listed.count

    def color_equal(self, listing: Listing, column: int, word: str, color: str) -> None:
        """Colour the cells of a listing's column that hold `word`."""
        if listing.count:
            criterion = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.theme.fill(color)}
            listing.sheet.conditional_format(1, column, listing.count, column, criterion)

    def set_up_print(self, sheet: Any, last_row: int, last_column: int) -> None:
        """Landscape pages as wide as the printed columns, each with the header row and its number."""
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&R&P / &N")
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, last_row, last_column)

    def text(self, sheet: Any, row: int, column: int, value: str, chosen: Any) -> None:
        """Write text as text, whatever it begins with."""
        sheet.write_string(row, column, self.bounded(value), chosen)

    def link(self, sheet: Any, row: int, column: int, value: Linked) -> None:
        sheet.write_url(row, column, value.link, self.theme.link, self.bounded(value.text))

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


def _write_row(listed: ListedRows, pens: Sequence[ColumnPen], row: Row) -> None:
    number, highest = listed.next_row, 0
    cells = []
    for column, (pen, cell) in enumerate(zip(pens, row, strict=True)):
        if isinstance(cell, str):
            written, points = pen.text(cell)
        elif not isinstance(cell, Linked):
            written, points = pen.value(cell)
        elif listed.link(column, cell.link):
            written, points = pen.link(cell.text)
        else:
            written, points = pen.text(cell.text)
        cells.append(f"{pen.start}{number}{written}")
        highest = max(highest, points)
    listed.add("".join(cells), height_for(highest))


def place_text(location: Location | None) -> str:
    """`Tasks!D14`, `facts.yaml:3:5`, or nothing."""
    return "" if location is None else location.within_file
