"""The marks on a sheet's cells, and how far its cells reach, from its XML.

The reader of values tells none of this: it takes an error for nothing, drops formulas without a result, shows 85 %
as 0.85, and fails on a sheet that reaches to XFD1048576. The scan accepts only XML in the form of `sheetgrammar`, at
about 100 MB a second; for all other XML it raises UnusualXml, and `sheetxml` writes the sheet anew in this form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from riskcheck.facts import sheetgrammar
from riskcheck.facts.mergedcells import area_size, merged_areas
from riskcheck.facts.sheet import Area, Position, column_number
from riskcheck.frozen import frozen
from riskcheck.model.place import column_letters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_PIECE = 2**20
_SMALL = 2**20
"""So many bytes are read more quickly than the whole grammar of sheets is compiled: they may be read twice."""
_TRIES = 20
"""So often a farther column is looked for before all are collected."""


class UnusualXml(Exception):  # noqa: N818 - a signal between the two ways to read a sheet
    """The sheet is not written as spreadsheet programs write it."""


@frozen
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
    marks: int
    """How many marks were found, a cell that is written twice counted twice."""
    merged: tuple[Area, ...] = ()
    """Merged cells."""


def scan_sheet(data: bytes, percent: frozenset[int], calculated: bool, most: int) -> SheetScan:
    """Scan the XML of a worksheet; raises UnusualXml.

    `percent` are the styles that show percentages. `calculated` tells whether the program that wrote the sheet
    calculated its formulas: if not, the result 0 of a formula is a placeholder. Of each kind of mark at most `most`
    are collected.
    """
    rows = _rows(data)
    last_row = max(map(int, _found(sheetgrammar.ROW_NUMBER, rows)), default=0)
    last_column = _last_column(rows)
    if last_row > MAX_ROWS or last_column > MAX_COLUMNS:
        raise UnusualXml
    errors = list(islice(_errors(rows), most))
    unstored = list(islice(_unstored(rows, calculated), most))
    percents = list(islice(_percent(rows, percent), most))
    merged = merged_areas(data, last_row, last_column, most)
    return SheetScan(
        errors=dict(errors),
        unstored=frozenset(unstored),
        percent=frozenset(percents),
        rows=rows,
        last_row=last_row,
        last_column=last_column,
        marks=len(errors) + len(unstored) + len(percents) + sum(map(area_size, merged)),
        merged=merged,
    )


def _rows(data: bytes) -> bytes:
    head = re.match(sheetgrammar.SHEET_HEAD, data)
    found = re.compile(sheetgrammar.SHEET_DATA).search(data, head.end()) if head else None
    if head is None or found is None or any(mark in data[head.end() : found.start()] for mark in (b"<!", b"<?")):
        raise UnusualXml
    if found.group().rstrip().endswith(b"/>"):
        return b""
    rows = None
    if len(data) <= _SMALL:
        rows = re.compile(sheetgrammar.USUAL_ROWS).match(data, found.end())
    rows = rows or re.compile(sheetgrammar.ROWS).match(data, found.end())
    if rows is None:
        raise UnusualXml
    return rows.group()


def _pieces(rows: bytes) -> Iterator[tuple[int, int]]:
    """Begin and end of pieces of whole rows, so that what is found in one does not fill the memory."""
    start = 0
    while start < len(rows):
        row_end = rows.find(b"</row>", start + _PIECE)
        end = row_end if row_end >= 0 else len(rows)
        yield start, end
        start = end


def _found(pattern: bytes, rows: bytes) -> Iterator[Any]:
    """The groups of each place where `pattern` is found."""
    compiled = re.compile(pattern)
    return chain.from_iterable(compiled.findall(rows, start, end) for start, end in _pieces(rows))


def _last_column(rows: bytes) -> int:
    """The last column with a cell, from 1: looked for in the first piece, and then beyond what was found so far.

    Most sheets have nothing beyond, and looking for that is much quicker than collecting the column of each cell.
    """
    _, end = next(_pieces(rows), (0, 0))
    last = max(map(column_number, set(re.compile(sheetgrammar.COLUMN).findall(rows, 0, end))), default=0)
    for _ in range(_TRIES):
        if end == len(rows):
            return last
        beyond = re.compile(sheetgrammar.cell_beyond(column_letters(last - 1))).search(rows, end)
        if beyond is None:
            return last
        last, end = column_number(beyond.group(1)), beyond.end()
    return max(last, *map(column_number, set(_found(sheetgrammar.COLUMN, rows))))


def _errors(rows: bytes) -> Iterator[tuple[Position, str]]:
    if b' t="e"' in rows:
        for letters, row, name in _found(sheetgrammar.ERROR, rows):
            yield (int(row) - 1, column_number(letters) - 1), name.strip().decode("utf-8", "replace")[:40] or "#ERROR"


def _unstored(rows: bytes, calculated: bool) -> Iterator[Position]:
    if b"<f" in rows:
        found = _found(sheetgrammar.UNSTORED if calculated else sheetgrammar.UNSTORED_OR_ZERO, rows)
        return ((int(row) - 1, column_number(letters) - 1) for letters, row in found)
    return iter(())


def _percent(rows: bytes, styles: frozenset[int]) -> Iterator[Position]:
    if styles:
        names = frozenset(b"%d" % style for style in styles)
        found = _found(sheetgrammar.number_with_style(names), rows)
        return ((int(row) - 1, column_number(letters) - 1) for letters, row, style in found if style in names)
    return iter(())


def farthest_cells(rows: bytes) -> tuple[Position, Position]:
    """The cells with content in the last row and in the last column of scanned rows; (0, 0) if there is none."""
    lowest = rightmost = (0, 0)
    for letters, row in _found(sheetgrammar.FILLED, rows):
        position = (int(row) - 1, column_number(letters) - 1)
        lowest = max(lowest, position)
        if position[1] > rightmost[1]:
            rightmost = position
    return lowest, rightmost


def text_lengths(strings: bytes) -> list[int]:
    """The bytes that each of the shared `strings` takes, counted generously."""
    return list(map(len, re.split(sheetgrammar.STRING_END, strings[max(strings.find(b"<si"), 0) :])))


def text_cells(rows: bytes) -> int:
    """At most so many cells of scanned rows hold shared strings."""
    return rows.count(b' t="s"')


def shared_text(rows: bytes, lengths: Sequence[int]) -> int:
    """How many bytes of text the cells of scanned rows hold in shared strings of `lengths`, each cell counted."""
    numbers = list(map(int, _found(sheetgrammar.SHARED_STRING, rows)))
    if max(numbers, default=-1) < len(lengths):
        return sum(map(lengths.__getitem__, numbers))
    return sum(lengths[number] for number in numbers if number < len(lengths))


def without_later_errors(scan: SheetScan) -> bytes:
    """The scanned rows with `#N/A` for an error such as `#SPILL!`, which the reader of values does not know."""
    return re.sub(sheetgrammar.LATER_ERROR, rb"\1#N/A", scan.rows) if scan.errors else scan.rows


def is_plain_strings(data: bytes) -> bool:
    """Whether the shared strings in `data` are written as spreadsheet programs write them."""
    if len(data) <= _SMALL and re.match(sheetgrammar.USUAL_STRINGS, data):
        return True
    return re.match(sheetgrammar.STRINGS, data) is not None
