"""A worksheet as it was read: its values, and the marks on cells that the values alone do not show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType

from riskcheck.frozen import frozen

Position = tuple[int, int]
"""Row and column of a cell on its sheet, both counted from 0: (0, 0) is A1."""

Area = tuple[int, int, int, int]
"""First row, first column, last row and last column of a rectangle of cells, all counted from 0."""

CellValue = str | float | int | bool | date | datetime | time | timedelta
"""What a cell holds; `""` where there is nothing."""

_NO_ERRORS: Mapping[Position, str] = MappingProxyType({})


@frozen
class Sheet:
    """One worksheet. `rows` begins at (`first_row`, `first_column`); the marks have positions on the sheet itself.

    Rows are of equal length, and all marked cells lie in them. A mark counts more than the value below it: a cell with
    an error has none, and one in `unstored` may have a placeholder. Of merged cells the first has the value.
    """

    name: str
    visible: bool
    rows: tuple[tuple[CellValue, ...], ...] = ()
    first_row: int = 0
    """Sheet row (from 0) of `rows[0]`."""
    first_column: int = 0
    """Sheet column (from 0) of `rows[0][0]`."""
    errors: Mapping[Position, str] = _NO_ERRORS
    """Cells that hold an error, with its name: `#DIV/0!`, `#N/A` …"""
    unstored: frozenset[Position] = frozenset()
    """Formulas whose result is not stored in the file: the value is not known until a program calculates it."""
    percent: frozenset[Position] = frozenset()
    """Cells with a percent number format: 85 % is stored as 0.85."""
    merged: tuple[Area, ...] = ()
    """Merged cells, as far as they lie in the used area."""


@cache
def column_number(letters: bytes) -> int:
    """The number of a column from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
