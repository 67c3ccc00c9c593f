"""The marks on a sheet's cells, and how far its cells reach, from its XML.

The reader of values tells none of this: it takes an error for nothing, drops formulas without a result, shows 85 %
as 0.85, and fails on a sheet that reaches to XFD1048576. The scan accepts only XML in the form of `sheetgrammar`, at
about 100 MB a second; for all other XML it raises UnusualXml, and `sheetxml` writes the sheet anew in this form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from riskcheck.facts import sheetgrammar
from riskcheck.facts.sheet import Position

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_PIECE = 2**20


class UnusualXml(Exception):  # noqa: N818 - a signal between the two ways to read a sheet
    """The sheet is not written as spreadsheet programs write it."""


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What a scan found. Positions count from 0."""

    errors: Mapping[Position, str]
    unstored: frozenset[Position]
    percent: frozenset[Position]
    rows: bytes
    """The rows as XML, every byte of them understood."""
    last_row: int
    """The last row that is written, from 1, even if it holds nothing; 0 if there is none."""
    last_column: int
    """The last column with a cell, from 1, even if it holds nothing; 0 if there is none."""


def scan_sheet(data: bytes, percent: frozenset[int], calculated: bool, most: int) -> SheetScan:
    """Scan the XML of a worksheet; raises UnusualXml.

    `percent` are the styles that show percentages. `calculated` tells whether the program that wrote the sheet
    calculated its formulas: if not, the result 0 of a formula is a placeholder. Of each kind of mark at most `most`
    are collected.
    """
    rows = _rows(data)
    last_row = max(map(int, sheetgrammar.ROW_NUMBER.findall(rows)), default=0)
    last_column = _last_column(rows)
    if last_row > MAX_ROWS or last_column > MAX_COLUMNS:
        raise UnusualXml
    return SheetScan(
        errors=dict(islice(_errors(rows), most)),
        unstored=frozenset(islice(_unstored(rows, calculated), most)),
        percent=frozenset(islice(_percent(rows, percent), most)),
        rows=rows,
        last_row=last_row,
        last_column=last_column,
    )


def _rows(data: bytes) -> bytes:
    head = sheetgrammar.SHEET_HEAD.match(data)
    found = sheetgrammar.SHEET_DATA.search(data, head.end()) if head else None
    if head is None or found is None or any(mark in data[head.end() : found.start()] for mark in (b"<!", b"<?")):
        raise UnusualXml
    if found.group().rstrip().endswith(b"/>"):
        return b""
    rows = sheetgrammar.ROWS.match(data, found.end())
    if rows is None:
        raise UnusualXml
    return rows.group()


def _errors(rows: bytes) -> Iterator[tuple[Position, str]]:
    if b' t="e"' in rows:
        for cell in sheetgrammar.ERROR.finditer(rows):
            name = cell.group(3)
            yield _position(*cell.group(1, 2)), name.decode("utf-8", "replace")[:40] if name else "#ERROR"


def _unstored(rows: bytes, calculated: bool) -> Iterator[Position]:
    if b"<f" in rows:
        pattern = sheetgrammar.UNSTORED if calculated else sheetgrammar.UNSTORED_OR_ZERO
        for cell in pattern.finditer(rows):
            yield _position(*cell.group(1, 2))


def _percent(rows: bytes, styles: frozenset[int]) -> Iterator[Position]:
    if styles:
        names = frozenset(b"%d" % style for style in styles)
        for cell in sheetgrammar.number_with_style(names).finditer(rows):
            if cell.group(3) in names:
                yield _position(*cell.group(1, 2))


def _last_column(rows: bytes) -> int:
    seen: set[bytes] = set()
    for start in range(0, len(rows), _PIECE):
        # A cell that lies across the end of a piece is found in the piece in which it begins.
        seen.update(sheetgrammar.COLUMN.findall(rows, start, start + _PIECE + 16))
    return max(map(column_number, seen), default=0)


def farthest_cells(rows: bytes) -> tuple[Position, Position]:
    """The cells with content in the last row and in the last column of scanned rows; (0, 0) if there is none."""
    lowest = rightmost = (0, 0)
    for cell in sheetgrammar.FILLED.finditer(rows):
        position = _position(*cell.group(1, 2))
        lowest = max(lowest, position)
        if position[1] > rightmost[1]:
            rightmost = position
    return lowest, rightmost


def shared_text(rows: bytes, strings: bytes) -> int:
    """How many bytes of the shared `strings` the cells of scanned rows hold, each cell counted."""
    lengths = [len(each) for each in sheetgrammar.STRING_END.split(strings)]
    known = (int(number) for number in sheetgrammar.SHARED_STRING.findall(rows))
    return sum(lengths[number] for number in known if number < len(lengths))


def without_later_errors(scan: SheetScan) -> bytes:
    """The scanned rows with `#N/A` for an error such as `#SPILL!`, which the reader of values does not know."""
    return sheetgrammar.LATER_ERROR.sub(rb"\1#N/A", scan.rows) if scan.errors else scan.rows


def is_plain_strings(data: bytes) -> bool:
    """Whether the shared strings in `data` are written as spreadsheet programs write them."""
    return sheetgrammar.STRINGS.match(data) is not None


def _position(letters: bytes, row: bytes) -> Position:
    return int(row) - 1, column_number(letters) - 1


@cache
def column_number(letters: bytes) -> int:
    """The number of a column from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
