"""A workbook as sheets of values and marks, read safely whatever the file holds.

The package is opened within bounds, its sheets are scanned for what the values alone do not show, and only then does
python-calamine read the values, from a package that holds nothing but the scanned parts. Formulas give the results
that are stored in the file; of merged cells the first has the value and the others are marked. Macros are not touched.
Workbooks in other formats are put down as .xlsx first, cell by cell, and then read in the same way.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence, Set
from io import BytesIO

import python_calamine

from riskcheck.facts.package import Package
from riskcheck.facts.plainworkbook import plain_workbook
from riskcheck.facts.refusal import TRY_SECOND_READER, damage, refusal
from riskcheck.facts.sheet import CellValue, Position, Sheet
from riskcheck.facts.sheetscan import SheetScan
from riskcheck.facts.workbookparts import SheetPart, WorkbookParts, read_parts
from riskcheck.facts.workbookscan import WorkbookScanner
from riskcheck.model.place import Location
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _Made = TypeVar("_Made")

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"

Rows = tuple[tuple[CellValue, ...], ...]


def read_workbook(data: bytes, file: str) -> tuple[Sheet, ...]:
    """The worksheets of the workbook `data`, in the order of their tabs; chart sheets are passed over.

    What it is (.xlsx or .xlsm, .xls, .xlsb, .ods) is seen from `data`; `file` is the name used in messages. Every
    FactsError names the place, the cause and the cure.
    """
    package = _package(data, file)
    converted = _converted(package)
    return read_package(package if converted is None else Package(converted, file, len(converted)))


def _package(data: bytes, file: str) -> Package:
    """The workbook as a package, which all formats are but for the oldest."""
    if data.startswith(_OLD_OFFICE):
        from riskcheck.facts.oldworkbook import converted, is_old_workbook

        if is_old_workbook(data):
            data = converted(data, file)
            return Package(data, file, len(data))
    return Package(data, file)


def _converted(package: Package) -> bytes | None:
    """The workbook in `package` as .xlsx, if it is in another format."""
    names = package.names
    if "xl/workbook.bin" in names:
        from riskcheck.facts import binaryworkbook

        return binaryworkbook.converted(package)
    if "content.xml" in names and "mimetype" in names:
        from riskcheck.facts import opendocument

        return opendocument.converted(package)
    return None


def read_package(package: Package) -> tuple[Sheet, ...]:
    """The worksheets of the workbook in `package`."""
    parts = read_parts(package)
    scanner = WorkbookScanner(package, parts)
    scans = [scanner.scan(sheet) for sheet in parts.sheets]
    reader = _ValueReader(parts, scans, scanner.strings, package.at)
    return tuple(
        _sheet(*each, *reader.read(number)) for number, each in enumerate(zip(parts.sheets, scans, strict=True))
    )


class _ValueReader:
    """Lets python-calamine read the values of the scanned sheets."""

    def __init__(self, parts: WorkbookParts, scans: Sequence[SheetScan], strings: bytes, at: Location) -> None:
        self._sheets, self._scans, self._strings, self._at = parts.sheets, scans, strings, at
        plain = plain_workbook([scan.rows for scan in scans], strings, parts.styles, parts.date_1904)
        try:
            self._workbook = python_calamine.load_workbook(BytesIO(plain))
        except BaseException as error:
            raise self._unreadable(error, None) from None

    def read(self, number: int) -> tuple[Rows, Position]:
        """The rows of a sheet, and the place of their first cell."""
        try:
            sheet = self._workbook.get_sheet_by_index(number)
            return uncollected(lambda: tuple(map(tuple, sheet.to_python()))), sheet.start or (0, 0)
        except BaseException as error:
            raise self._unreadable(error, number) from None

    def _unreadable(self, error: BaseException, number: int | None) -> BaseException:
        """The error for values that cannot be read. A panic of the reader is no Exception in Python."""
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            return error
        from riskcheck.facts.celldamage import find_damage

        sheet = None if number is None else self._sheets[number].name
        if isinstance(error, OverflowError):
            message = Text(
                "a cell that is formatted as a duration, such as [h]:mm, holds a number that is too large for one",
                "有单元格设为时长格式（如 [h]:mm），但其中的数字过大",
            )
            cure = Text("correct the number, or give the cell a number format", "请更正数字，或把单元格改为数字格式")
            cures = (cure, TRY_SECOND_READER) if self._at.file.lower().endswith((".xlsx", ".xlsm")) else (cure,)
            return refusal("sheet-unreadable", message, *cures, at=Location(self._at.file, sheet))
        found = find_damage(b"" if number is None else self._scans[number].rows, self._strings)
        said = str(error) or type(error).__name__
        cell, cause = found or (None, Text(said, f"无法读取单元格的值（{said}）"))
        return damage(cause, at=Location(self._at.file, sheet, cell))


def uncollected(work: Callable[[], _Made]) -> _Made:
    """What `work` makes, while no cycles are collected.

    It must make none: a collector would look through all that is there again and again, and find nothing.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return work()
    finally:
        if collects:
            gc.enable()


def _sheet(sheet: SheetPart, scan: SheetScan, rows: Rows, start: Position) -> Sheet:
    rows, (first_row, first_column) = _covering(rows, start, scan.errors.keys() | scan.unstored)
    return Sheet(
        name=sheet.name,
        visible=sheet.visible,
        rows=rows,
        first_row=first_row,
        first_column=first_column,
        errors=scan.errors,
        unstored=scan.unstored,
        percent=scan.percent,
        merged=scan.merged,
    )


def _covering(rows: Rows, start: Position, marked: Set[Position]) -> tuple[Rows, Position]:
    """`rows` widened so that all marked cells lie in them (the reader of values drops what it takes for empty)."""
    if not marked:
        return rows, start
    marked_rows, marked_columns = {row for row, _ in marked}, {column for _, column in marked}
    if not rows:
        start = (min(marked_rows), min(marked_columns))
    end = (start[0] + len(rows), start[1] + (len(rows[0]) if rows else 0))
    top, left = min(start[0], *marked_rows), min(start[1], *marked_columns)
    bottom, right = max(end[0] - 1, *marked_rows) + 1, max(end[1] - 1, *marked_columns) + 1
    if (top, left, bottom, right) == (*start, *end):
        return rows, start
    before, after = ("",) * (start[1] - left), ("",) * (right - end[1])
    nothing = (("",) * (right - left),)
    wider = tuple((*before, *row, *after) for row in rows)
    return nothing * (start[0] - top) + wider + nothing * (bottom - end[0]), (top, left)
