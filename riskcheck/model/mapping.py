"""A mapping: how sheets that were not made for riskcheck are read as tables of facts.

Rows and columns count from 0, as in the readers; `place` is always where the thing is said in the mapping file.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from riskcheck.frozen import frozen
from riskcheck.model.place import Location

if TYPE_CHECKING:
    from decimal import Decimal


class DateOrder(Enum):
    """In which order dates of digits alone are written: `03/05/2026` is 3 May in `dmy`."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class PercentScale(Enum):
    """What a bare number in a column of percent means: 0.85 is 85 percent on the scale 0-1."""

    FRACTION = "0-1"
    WHOLE = "0-100"


@frozen
class UnitScale:
    """The unit in which numbers are written, and by how much they are multiplied to have the field's own unit."""

    word: str
    factor: Decimal


@frozen
class CellReading:
    """How the cells of one field are understood before they are typed.

    `words` are texts of cells, each with the text that it stands for in the field: `("进行中", "open")`.
    """

    words: tuple[tuple[str, str], ...] = ()
    dates: DateOrder | None = None
    unit: UnitScale | None = None
    percent: PercentScale | None = None


AS_WRITTEN = CellReading()


@frozen
class ColumnRef:
    """A column by its header, or by its letters; in a table that lies on its side, a row by its name or its number.

    Of a one-row table `header` is the name beside the value, and `cell` the value's own row and column.
    """

    place: Location
    header: str | None = None
    line: int | None = None
    cell: tuple[int, int] | None = None


@frozen
class FieldSource:
    """Where the values of one field come from: a column, or one `value` that holds for every row."""

    field: str
    place: Location
    column: ColumnRef | None = None
    value: str | None = None
    reading: CellReading = AS_WRITTEN


@frozen
class MatrixColumn:
    """A column of a matrix, and what it stands for: the text of its header, unless `name` says it otherwise."""

    column: ColumnRef
    name: str | None = None


@frozen
class Matrix:
    """A cross table, such as a RACI matrix: each filled cell of its columns is a row of the table.

    The column's name goes into the field `across`, the letters of the cell into the field `cells`. Without `columns`
    these are all columns to the right of those that other fields take.
    """

    place: Location
    across: str
    cells: str
    reading: CellReading = AS_WRITTEN
    columns: tuple[MatrixColumn, ...] = ()


@frozen
class SheetEntry:
    """What the mapping says of one sheet. Without `table` the sheet is left out.

    `header` is the first and the last row of the header, `rows` the first and the last row that may be rows of the
    table (None: to the end); if the table is `transposed`, both are columns. `only`: columns that no field takes are
    not read. `file` is the file that has the sheet, if it matters.
    """

    place: Location
    sheet: str
    table: str | None = None
    file: str | None = None
    header: tuple[int, int] | None = None
    rows: tuple[int, int | None] | None = None
    sources: tuple[FieldSource, ...] = ()
    ignored: tuple[ColumnRef, ...] = ()
    only: bool = False
    transposed: bool = False
    matrix: Matrix | None = None
    dates: DateOrder | None = None


@frozen
class Constant:
    """A value that no sheet has: it holds for every row of the table."""

    table: str
    field: str
    value: str
    place: Location


@frozen
class DeclaredComplete:
    """A table declared complete: by whom, and on which day."""

    table: str
    by: str
    on: date
    place: Location


@frozen
class Mapping:
    """One mapping file; `sha256` is over its bytes. `only`: sheets that it does not name are not read."""

    file: str
    sha256: str
    sheets: tuple[SheetEntry, ...] = ()
    constants: tuple[Constant, ...] = ()
    complete: tuple[DeclaredComplete, ...] = ()
    dates: DateOrder | None = None
    only: bool = False
