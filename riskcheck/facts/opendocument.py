"""OpenDocument spreadsheets (`.ods`), read by a full XML parser and put down as .xlsx.

The file says what it is at every cell (a date, a percentage, an error), so no number format is looked at. Rows and
cells that are repeated count as often as they are: a file of a thousand bytes may have 17 billion cells.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from math import isfinite

from riskcheck.errors import FactsError
from riskcheck.facts.package import Package
from riskcheck.facts.partxml import PartReader
from riskcheck.facts.plainbook import PlainBook, PlainSheet, too_large
from riskcheck.facts.refusal import refusal
from riskcheck.facts.sheetscan import MAX_COLUMNS, MAX_ROWS
from riskcheck.facts.workbookparts import Styles
from riskcheck.facts.workbookscan import MAX_CELLS
from riskcheck.frozen import frozen
from riskcheck.model.place import Location, cell_name
from riskcheck.model.text import Text

CONTENT = "content.xml"
"""The part that holds the sheets."""

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = frozenset(f"{_ODF}{name}:1.0" for name in ("office", "table", "text", "style", "drawing"))
_OFFICE, _TABLE, _TEXT, _STYLE = (f"{_ODF}{name}:1.0 " for name in ("office", "table", "text", "style"))
_CALC_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"

_CELLS = frozenset({"table-cell", "covered-table-cell"})
_SHAPES = "frame rect line polyline polygon path circle ellipse g connector caption measure control custom-shape"
_NOT_IN_CELLS = frozenset({"annotation", "note", "ruby-text", "tracked-changes", "shapes", *_SHAPES.split()})
"""What stands in a sheet or cell and is none of its text."""

_STYLES = Styles((0, 10, 14, 22, 21, 46))
_PERCENT, _DAY, _MOMENT, _TIME, _DURATION = range(1, 6)

_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?|Err:[0-9]+")
_PERIOD = re.compile(r"(-?)P(?:([0-9]+)D)?T?(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:[.,][0-9]+)?)S)?")
_FIRST_DAY, _LEAP_DAY = date(1900, 1, 1), date(1900, 3, 1)
_MOST_SPACES = 100_000


def converted(package: Package) -> bytes:
    """The spreadsheet in `package` as .xlsx; raises FactsError if it is none, encrypted, damaged or too large."""
    at = package.at
    manifest = "meta-inf/manifest.xml"
    if manifest in package.names and b"encryption-data" in package.read(manifest):
        message = Text("the workbook is encrypted with a password", "工作簿已用密码加密")
        cure = Text("open it in LibreOffice, and save it without a password", "请用 LibreOffice 打开，取消密码后保存")
        raise refusal("workbook-encrypted", message, cure, at=at)
    reader = _ContentReader(at)
    reader.run(package.read(CONTENT))
    if not reader.is_spreadsheet:
        from riskcheck.facts.filekind import not_a_workbook

        raise not_a_workbook(package.names, at.file)
    return reader.book.to_xlsx()


@frozen
class _Cell:
    """A cell of a row: how often it stands there, its attributes, and its text."""

    column: int
    repeated: int
    attributes: dict[str, str]
    text: str


class _ContentReader(PartReader):
    """Writes down the sheets of a content part."""

    most_bytes = 64 * 2**20

    def __init__(self, at: Location) -> None:
        super().__init__(CONTENT, at, _NAMESPACES)
        self.book = PlainBook(at, _STYLES)
        self.is_spreadsheet = False
        self._hidden: set[str] = set()
        self._style = ""
        self._passed = 0
        """The depth of the element that is passed over, 0 if none is."""
        self._sheet: PlainSheet | None = None
        self._row = self._column = self._rows_repeated = 0
        self._cells: list[_Cell] = []
        self._attributes: dict[str, str] | None = None
        self._paragraphs: list[list[str]] = []
        self._within_paragraph = 0

    def too_large(self, what: Text) -> FactsError:
        return too_large(what, self.at)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._passed:
            return
        if name in _NOT_IN_CELLS or (name == "table" and self._sheet is not None):
            self._passed = self.depth
        elif self._attributes is not None:
            self._start_in_cell(name, attributes)
        elif name in _CELLS and self._sheet is not None:
            self._attributes = attributes
        elif name == "table-row":
            self._rows_repeated = _count(attributes.get(_TABLE + "number-rows-repeated"))
            self._cells, self._column = [], 0
        elif name == "table" and self.is_spreadsheet:
            hidden = attributes.get(_TABLE + "style-name") in self._hidden
            self._sheet, self._row = self.book.sheet(attributes.get(_TABLE + "name", ""), not hidden), 0
        elif name == "spreadsheet":
            self.is_spreadsheet = True
        elif name == "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif name == "table-properties" and attributes.get(_TABLE + "display") == "false":
            self._hidden.add(self._style)

    def _start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self._within_paragraph += 1
            self._paragraphs.append([])
        elif not self._within_paragraph:
            return
        elif name == "s":
            spaces = _count(attributes.get(_TEXT + "c"))
            if spaces > _MOST_SPACES:
                raise self.too_large(Text(f"{spaces} blanks in a row in one cell", f"单元格中连续 {spaces} 个空格"))
            self._paragraphs[-1].append(" " * spaces)
        elif name in ("tab", "line-break"):
            self._paragraphs[-1].append("\t" if name == "tab" else "\n")

    def text(self, characters: str) -> None:
        if self._within_paragraph and not self._passed:
            self._paragraphs[-1].append(characters)

    def end(self, name: str) -> None:
        if self._passed:
            self._passed = 0 if self.depth == self._passed else self._passed
        elif name in _CELLS and self._attributes is not None:
            self._end_cell(self._attributes)
        elif name == "p" and self._within_paragraph:
            self._within_paragraph -= 1
        elif name == "table-row" and self._sheet is not None:
            self._end_row(self._sheet)
        elif name == "table":
            self._sheet = None

    def _end_cell(self, attributes: dict[str, str]) -> None:
        repeated = _count(attributes.get(_TABLE + "number-columns-repeated"))
        text = "\n".join("".join(each) for each in self._paragraphs)
        if text or _OFFICE + "value-type" in attributes or _TABLE + "formula" in attributes:
            self._cells.append(_Cell(self._column, repeated, attributes, text))
        self._merge(attributes)
        self._column += repeated
        self._attributes, self._within_paragraph = None, 0
        self._paragraphs.clear()

    def _merge(self, attributes: dict[str, str]) -> None:
        across = _count(attributes.get(_TABLE + "number-columns-spanned"))
        down = _count(attributes.get(_TABLE + "number-rows-spanned"))
        if across * down > 1 and self._sheet is not None:
            bottom, right = min(self._row + down, MAX_ROWS) - 1, min(self._column + across, MAX_COLUMNS) - 1
            if self._row < MAX_ROWS and self._column < MAX_COLUMNS:
                self._sheet.merge((self._row, self._column, bottom, right))

    def _end_row(self, sheet: PlainSheet) -> None:
        """Write the row as often as it is repeated, if anything stands in it."""
        filled = sum(each.repeated for each in self._cells)
        if self._cells:
            last_row = self._row + self._rows_repeated
            last_column = self._cells[-1].column + self._cells[-1].repeated
            at = Location(self.at.file, sheet.name, cell_name(self._row, self._cells[0].column))
            if filled * self._rows_repeated > MAX_CELLS or last_row > MAX_ROWS or last_column > MAX_COLUMNS:
                count = f"{filled * self._rows_repeated:,}"
                what = Text(
                    f"{count} cells that repeat from here on, up to row {last_row:,} and column {last_column:,}",
                    f"从此处起重复的单元格 {count} 个，直至第 {last_row:,} 行、第 {last_column:,} 列",
                )
                raise too_large(what, at)
            for row in range(self._row, last_row):
                for cell in self._cells:
                    for column in range(cell.column, cell.column + cell.repeated):
                        _write(sheet, row, column, cell)
        self._row += self._rows_repeated


def _write(sheet: PlainSheet, row: int, column: int, cell: _Cell) -> None:
    kind = cell.attributes.get(_OFFICE + "value-type")
    formula = _TABLE + "formula" in cell.attributes
    if cell.attributes.get(_CALC_TYPE) == "error" or (formula and _ERROR.fullmatch(cell.text)):
        sheet.error(row, column, cell.text if cell.text.startswith("#") else "#ERROR")
    elif kind is None and formula and not cell.text:
        sheet.unstored(row, column)
    elif kind == "boolean":
        sheet.truth(row, column, cell.attributes.get(_OFFICE + "boolean-value") == "true")
    else:
        number = _number(kind, cell.attributes)
        if number is None:
            sheet.text(row, column, cell.attributes.get(_OFFICE + "string-value") or cell.text)
        else:
            sheet.number(row, column, *number)


def _number(kind: str | None, attributes: dict[str, str]) -> tuple[float, int] | None:
    """The number in a cell, and its style; None if it holds none."""
    if kind in ("float", "currency", "percentage"):
        value = _float(attributes.get(_OFFICE + "value", ""))
        return None if value is None else (value, _PERCENT if kind == "percentage" else 0)
    if kind == "date":
        return _day_number(attributes.get(_OFFICE + "date-value", ""))
    if kind == "time":
        period = _PERIOD.fullmatch(attributes.get(_OFFICE + "time-value", ""))
        days = None if period is None else _days(period)
        return None if days is None else (days, _TIME if 0 <= days < 1 else _DURATION)
    return None


def _float(written: str) -> float | None:
    try:
        value = float(written)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _days(period: re.Match[str]) -> float | None:
    sign, *parts = period.groups()
    days, hours, minutes, seconds = (float((part or "0").replace(",", ".")[:20]) for part in parts)
    try:
        length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds) / timedelta(days=1)
    except OverflowError:
        return None
    return -length if sign else length


def _day_number(written: str) -> tuple[float, int] | None:
    """The number of a day, from 1 for the first of 1900, which a sheet takes for a leap year. None before that."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    day, time = moment.date(), moment.replace(tzinfo=None) - datetime.combine(moment.date(), datetime.min.time())
    if day < _FIRST_DAY:
        return None
    whole = (day - _FIRST_DAY).days + (1 if day < _LEAP_DAY else 2)
    return (float(whole), _DAY) if not time else (whole + time / timedelta(days=1), _MOMENT)


def _count(written: str | None) -> int:
    """How often something is repeated; anything that is no number counts as once."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 12 else 1
