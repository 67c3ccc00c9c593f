"""The marks on a sheet's cells, and how far its cells reach, from its XML as spreadsheet programs write it.

The reader of values tells none of this: it takes an error for nothing, drops formulas without a result, shows 85 %
as 0.85, and fails on a sheet that reaches to XFD1048576. The scan accepts only XML that it and that reader cannot
understand differently; for all other XML it raises UnusualXml, and `sheetxml` writes the sheet anew in this form.

One regular expression passes over all rows (150 MB a second), and since text cannot hold a `<`, simple expressions
then find the cells to be marked. Repetitions are possessive, so that no input takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from riskcheck.facts.sheet import Position

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_DECLARATION = (
    rb"(?:\xef\xbb\xbf)?+"
    rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["'][Uu][Tt][Ff]-8["'])?+(?:(?!encoding)[^<>?])*+\?>)?+\s*+"""
)
_HEAD = re.compile(_DECLARATION + rb"<worksheet[\s>]")
_SHEET_DATA = re.compile(rb"<sheetData(?:[\s/][^<>]*+)?+>\s*+")

# A formula or nothing; a number that no reader can mistake; a text, plain or rich; the ends of a cell by its type.
_FORMULA = rb"(?:<f(?: [^<>]*+)?+>(?:[^<]*+</f>)?+)?+"
_NUMBER = rb"-?[0-9]++(?:\.[0-9]*+)?+(?:[eE][-+]?+[0-9]++)?+"
_TEXT = rb'<t(?: xml:space="preserve")?+>[^<]*+</t>'
_RICH = (
    rb"(?:" + _TEXT + rb"|<t ?/>"
    rb"|<r>(?:<rPr>(?:<[A-Za-z]++(?: [^<>]*+)?+(?<=/)>)*+</rPr>|<rPr ?/>)?+(?:" + _TEXT + rb"|<t ?/>)</r>"
    rb"|<rPh [^<>]*+(?<!/)>" + _TEXT + rb"</rPh>|<phoneticPr [^<>]*+(?<=/)>)*+"
)
_META = rb'(?: [cv]m="[0-9]++")*+'
_CELL_ENDS = (
    rb'(?: t="n")?+META(?: ?/>|>FORMULA(?:<v>(?:NUMBER)?+</v>|<v ?/>)?+</c>)'
    rb'| t="s"META>FORMULA<v>[0-9]++</v></c>'
    rb'| t="str"META>FORMULA(?:<v>[^<]*+</v>|<v ?/>)?+</c>'
    rb'| t="inlineStr"META>FORMULA<is>RICH</is></c>'
    rb'| t="b"META>FORMULA<v>[01]</v></c>'
    rb'| t="e"META>FORMULA(?:<v>[^<&]*+</v>)?+</c>'
    rb'| t="d"META>FORMULA<v>[^<&]*+</v></c>'
)
for _name, _pattern in ((b"META", _META), (b"FORMULA", _FORMULA), (b"NUMBER", _NUMBER), (b"RICH", _RICH)):
    _CELL_ENDS = _CELL_ENDS.replace(_name, _pattern)
_ROW = rb'<row(?: [^<>]*?)?? r="([1-9][0-9]{0,6}+)"[^<>]*+'
_CELL = rb'<c r="[A-Z]{1,3}+\1"(?: s="[0-9]++")?+(?:' + _CELL_ENDS + rb")"
_ROWS = re.compile(rb"(?:" + _ROW + rb"(?:(?<=/)>|(?<!/)>\s*+(?:" + _CELL + rb")*+</row>)\s*+)*+(?=</sheetData>)")
_STRINGS = re.compile(
    _DECLARATION + rb"<sst(?: [^<>]*+)?+(?:(?<=/)>|(?<!/)>\s*+(?:(?:<si>" + _RICH + rb"</si>|<si ?/>)\s*+)*+</sst>)"
)

_START = rb'<c r="([A-Z]++)([0-9]++)"'
_ERROR = re.compile(_START + rb'(?: s="[0-9]++")?+ t="e"[^<>]*+>' + _FORMULA + rb"(?:<v>([^<]*+)<)?+")
_NO_RESULT = rb'(?: s="[0-9]++")?+(?:(?! t="str")[^<>]*+>(?=<f)' + _FORMULA + rb"(?:<v></v>|<v ?/>%s)?+</c>"
_UNSTORED = re.compile(_START + _NO_RESULT % b"" + rb'| t="str"[^<>]*+>(?=<f)' + _FORMULA + rb"</c>)")
_UNSTORED_OR_ZERO = re.compile(_UNSTORED.pattern.replace(b"|<v ?/>", b"|<v ?/>|<v>0</v>"))
_FILLED = re.compile(_START + rb"[^<>]*+(?<!/)><[^/]")
_ROW_NUMBERS = re.compile(rb'<row(?: [^<>]*?)?? r="([0-9]++)')
_COLUMNS = re.compile(rb'<c r="([A-Z]++)')

_FIRST_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_LATER_ERROR = re.compile(
    rb'( t="e"[^<>]*+>' + _FORMULA + rb"<v>)(?!(?:" + "|".join(map(re.escape, _FIRST_ERRORS)).encode() + rb")<)[^<]++"
)
_SHARED = re.compile(rb' t="s"[^<>]*+>' + _FORMULA + rb"<v>([0-9]{1,9}+)<")
_MANY_STYLES = 50
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


def scan_sheet(data: bytes, percent: frozenset[int], calculated: bool) -> SheetScan:
    """Scan the XML of a worksheet; raises UnusualXml.

    `percent` are the styles that show percentages. `calculated` tells whether the program that wrote the sheet
    calculated its formulas: if not, the result 0 of a formula is a placeholder.
    """
    rows = _rows(data)
    last_row = max(map(int, _ROW_NUMBERS.findall(rows)), default=0)
    last_column = _last_column(rows)
    if last_row > MAX_ROWS or last_column > MAX_COLUMNS:
        raise UnusualXml
    return SheetScan(_errors(rows), _unstored(rows, calculated), _percent(rows, percent), rows, last_row, last_column)


def _rows(data: bytes) -> bytes:
    head = _HEAD.match(data)
    found = _SHEET_DATA.search(data, head.end()) if head else None
    if head is None or found is None or any(mark in data[head.end() : found.start()] for mark in (b"<!", b"<?")):
        raise UnusualXml
    if found.group().rstrip().endswith(b"/>"):
        return b""
    rows = _ROWS.match(data, found.end())
    if rows is None:
        raise UnusualXml
    return rows.group()


def _errors(rows: bytes) -> dict[Position, str]:
    if b' t="e"' not in rows:
        return {}
    cells = _ERROR.finditer(rows)
    return {_position(*cell.group(1, 2)): _error_name(cell.group(3)) for cell in cells}


def _error_name(value: bytes | None) -> str:
    return value.decode("utf-8", "replace")[:40] if value else "#ERROR"


def _unstored(rows: bytes, calculated: bool) -> frozenset[Position]:
    """Formulas without a result. The empty text is a result."""
    if b"<f" not in rows:
        return frozenset()
    pattern = _UNSTORED if calculated else _UNSTORED_OR_ZERO
    return frozenset(_position(*cell.group(1, 2)) for cell in pattern.finditer(rows))


def _percent(rows: bytes, styles: frozenset[int]) -> frozenset[Position]:
    """Numbers with one of `styles`."""
    if not styles:
        return frozenset()
    names = frozenset(b"%d" % style for style in styles)
    style = b"|".join(sorted(names)) if len(names) <= _MANY_STYLES else b"[0-9]++"
    pattern = re.compile(_START + rb' s="(' + style + rb')"(?: t="n")?+(?: [cv]m[^<>]*+)?+>' + _FORMULA + rb"<v>[^<]")
    cells = pattern.finditer(rows)
    return frozenset(_position(*cell.group(1, 2)) for cell in cells if cell.group(3) in names)


def _last_column(rows: bytes) -> int:
    """The number of the last column with a cell, from 1; 0 if there is none."""
    seen: set[bytes] = set()
    for piece in range(0, len(rows), _PIECE):
        # A cell that lies across the end of a piece is found in the piece in which it begins.
        seen.update(_COLUMNS.findall(rows, piece, piece + _PIECE + 16))
    return max(map(column_number, seen), default=0)


def farthest_cells(rows: bytes) -> tuple[Position, Position]:
    """The cells with content in the last row and in the last column of scanned rows; (0, 0) if there is none."""
    lowest = rightmost = (0, 0)
    for cell in _FILLED.finditer(rows):
        position = _position(*cell.group(1, 2))
        lowest = max(lowest, position)
        if position[1] > rightmost[1]:
            rightmost = position
    return lowest, rightmost


def shared_text(rows: bytes, lengths: Sequence[int]) -> int:
    """How many bytes of text scanned rows hold in shared strings, which have `lengths`."""
    known = (int(index) for index in _SHARED.findall(rows))
    return sum(lengths[index] for index in known if index < len(lengths))


def with_first_errors_only(rows: bytes, errors: Iterable[str]) -> bytes:
    """Scanned rows with `#N/A` for each error, among the `errors` in them, that came with later versions of Excel.

    The reader of values refuses sheets with an error such as `#SPILL!`.
    """
    if set(errors) <= _FIRST_ERRORS:
        return rows
    return _LATER_ERROR.sub(rb"\1#N/A", rows)


def is_plain_strings(data: bytes) -> bool:
    """Whether the shared strings in `data` are written as spreadsheet programs write them."""
    return _STRINGS.match(data) is not None


def _position(letters: bytes, row: bytes) -> Position:
    return int(row) - 1, column_number(letters) - 1


@cache
def column_number(letters: bytes) -> int:
    """The number of a column from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
