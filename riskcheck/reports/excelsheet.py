"""Writing into the report workbook: text as text, in one language, bounded as Excel bounds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from riskcheck.frozen import frozen
from riskcheck.model.assessment import Assessment
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.reports import Style
from riskcheck.reports.display import printable, width, wrap
from riskcheck.reports.excellinks import MAX_LINKS
from riskcheck.reports.exceltheme import Theme

_MAX_CELL = 32_000
"""Excel takes 32,767 characters in a cell; a longer text is cut, and says so."""
_A3 = 8
_HIGHEST = 409
"""The highest row that spreadsheet programs take, in points."""
_MAX_LINES = 28
"""More lines than the highest row shows."""
_LISTED_LINES = 23
"""How many lines of a list, also a Chinese one, the highest row shows."""
_REMEMBERED = 1_000
"""How long a text may be of which it is remembered how many lines it takes: longer ones are hardly met twice."""
_GROWS_TO = 40
"""How wide a column may become so that its texts stand on one line."""
_BUTTON = 3
"""How many columns of text the filter button of a header takes."""


_Writer = TypeVar("_Writer", bound="SheetWriter")


@frozen
class Linked:
    """A text that is a link."""

    text: str
    link: str


Cell = str | int | float | date | Linked | None


def linked(text: str, link: str | None) -> Cell:
    """The text with a link, or without one if there is none or nothing to read."""
    return Linked(text, link) if link and text else text


@frozen
class Column:
    """One column of a listing.

    `width` is the least one, in digits. With `wrap` it stays so and long texts wrap; without, it grows with the longest
    text, within bounds. `percent`: numbers are shares. `printed` columns stand before those that are not. `fillable`:
    people write into it; `day`: a date.
    """

    title: Text
    width: int
    wrap: bool = False
    percent: bool = False
    printed: bool = True
    fillable: bool = False
    day: bool = False


class SheetWriter:
    """What the sheets of one report workbook share."""

    def __init__(self, book: Any, assessment: Assessment, style: Style, theme: Theme) -> None:
        self.book, self.seen, self.language, self.theme = book, assessment, style.language, theme
        self.style, self.target = style, style.target
        self.link_counts: dict[str, int] = {}

    def part(self, writer: type[_Writer]) -> _Writer:
        """The writer of another sheet of the same workbook."""
        return writer(self.book, self.seen, self.style, self.theme)

    def say(self, text: Text) -> str:
        """The text in the report's language."""
        return text.of(self.language)

    def say_all(self, texts: Iterable[Text]) -> list[str]:
        return [self.say(each) for each in texts]

    def t(self, en: str, zh: str) -> str:
        """The one of two texts that is in the report's language."""
        return zh if self.language == "zh" else en

    def listing(
        self, name: str, columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], *, freeze_columns: int
    ) -> Any:
        """A sheet with a frozen, filtered header row and one row for each entry, high enough to show it whole."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, freeze_columns)
        printed = sum(column.printed for column in columns)
        self.set_up_print(sheet, max(1, len(rows)), printed - 1)
        widths = [self.width_of(column, [row[number] for row in rows]) for number, column in enumerate(columns)]
        for number, column in enumerate(columns):
            sheet.set_column(number, number, widths[number])
            header = self.theme.fillable_header if column.fillable else self.theme.header
            self.text(sheet, 0, number, self.say(column.title), header)
        titles = [self.say(column.title) for column in columns]
        sheet.set_row(0, height_of(titles, [wide - _BUTTON for wide in widths]))
        for line, row in enumerate(rows, 1):
            for number, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self.cell(sheet, line, number, cell, self.format_of(column, cell))
            sheet.set_row(line, height_of(row, widths))
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        if not rows:
            self.text(sheet, 1, 0, self.t("none", "无"), self.theme.cell)
        return sheet

    def set_up_print(self, sheet: Any, last_row: int, last_column: int) -> None:
        """Landscape pages as wide as the printed columns, each with the header row and its number."""
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&R&P / &N")
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, last_row, last_column)

    def format_of(self, column: Column, cell: Cell) -> Any:
        """The format of a cell in a column."""
        if column.fillable:
            return self.theme.fillable_day if column.day else self.theme.fillable
        if isinstance(cell, Linked):
            return self.theme.link
        if isinstance(cell, str):
            return self.theme.wrapped
        if isinstance(cell, date):
            return self.theme.day
        return self.theme.percent if column.percent else self.theme.number

    def width_of(self, column: Column, cells: Sequence[Cell]) -> int:
        """How wide the column is: no word of its title breaks, and what does not wrap stands on one line if it can."""
        words = self.say(column.title).split(" ")
        least = max(column.width, _BUTTON + 2 + max(map(_text_width, words)))
        if column.wrap:
            return least
        longest = max((_text_width(line) for cell in cells for line in _text_of(cell).split("\n")), default=0)
        return max(least, min(_GROWS_TO, longest + 2))

    def cell(self, sheet: Any, row: int, column: int, value: Cell, chosen: Any) -> None:
        if isinstance(value, str):
            self.text(sheet, row, column, value, chosen)
        elif isinstance(value, Linked):
            self.link(sheet, row, column, value, chosen)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, chosen)
        elif value is not None:
            sheet.write_number(row, column, value, chosen)
        else:
            sheet.write_blank(row, column, None, chosen)

    def text(self, sheet: Any, row: int, column: int, value: str, chosen: Any) -> None:
        """Write text as text, whatever it begins with."""
        sheet.write_string(row, column, self.bounded(value), chosen)

    def link(self, sheet: Any, row: int, column: int, value: Linked, chosen: Any) -> None:
        """Write a link, or plain text once the sheet has as many links as Excel takes."""
        count = self.link_counts[sheet.name] = self.link_counts.get(sheet.name, 0) + 1
        if count > MAX_LINKS:
            self.text(sheet, row, column, value.text, self.theme.wrapped)
        else:
            sheet.write_url(row, column, value.link, chosen, self.bounded(value.text))

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
    return min(_HIGHEST, 17 * lines + 2)


def height_of(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """The height in points that shows each text whole in a column of its width.

    Spreadsheet programs do not make rows of a file higher on their own. Lines of Latin letters are lower than Chinese.
    """
    texts = [(text, wide) for cell, wide in zip(cells, widths, strict=True) if (text := _text_of(cell))]
    lines = max((_lines_of_cell(text, wide) for text, wide in texts), default=1)
    return row_height(lines) if any(_is_wide(text) for text, _ in texts) else min(_HIGHEST, 15 * lines + 2)


def _lines_of_cell(text: str, columns: int) -> int:
    """`lines_in`, remembered for the texts that many rows share: titles, controls, owners."""
    return _lines_remembered(text, columns) if len(text) <= _REMEMBERED else lines_in(text, columns)


def lines_in(text: str, columns: int) -> int:
    """How many lines `text` takes in a column so wide; rather one too many than one too few, and bounded.

    A Chinese character is a little wider than two digits, a Latin letter on average a little narrower than one.
    """
    space = max(2, (columns * 20 // 21 if _is_wide(text) else columns * 11 // 10) - 1)
    if len(text) > space * _MAX_LINES:
        return _MAX_LINES
    return sum(1 if width(line) <= space else len(wrap(line, space)) for line in text.split("\n"))


_lines_remembered = lru_cache(4096)(lines_in)


def fitting(entries: Sequence[str], columns: int) -> tuple[str, ...]:
    """The first entries of a list that the highest row shows in a column so wide, with a line left for `and more`."""
    lines, kept = 1, 0
    for entry in entries:
        lines += lines_in(entry, columns)
        if lines > _LISTED_LINES:
            break
        kept += 1
    return tuple(entries[:kept])


def _text_of(cell: Cell) -> str:
    """The text of a cell; nothing if it holds a number or a day."""
    if isinstance(cell, Linked):
        return cell.text
    return cell if isinstance(cell, str) else ""


def _text_width(text: str) -> int:
    """How many digits wide `text` is shown: a Chinese character is a little wider than two digits."""
    shown = width(text)
    return shown if text.isascii() else shown * 21 // 20 + 1


def _is_wide(text: str) -> bool:
    return not text.isascii() and width(text) > len(text)


def place_text(location: Location | None) -> str:
    """`Tasks!D14`, `facts.yaml:3:5`, or nothing."""
    return "" if location is None else location.within_file
