"""What of a file of facts was taken as what: sheets as tables, columns as fields, rows as rows, and what was left out.

Rows and columns are named as people see them: rows from 1, columns by letters, ranges as `A3:H16`.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from riskcheck.frozen import frozen
from riskcheck.model.factset import InputFile, InputProblem
from riskcheck.model.place import Location
from riskcheck.model.text import Text


class SheetState(Enum):
    """What became of a sheet."""

    READ = "read"
    """It was read as a table."""
    REFUSED = "refused"
    """Its name means a table, but no table, or more than one, is found on it."""
    TWIN = "twin"
    """Another sheet is for the same table."""
    EMPTY = "empty"
    """Its name means a table, and nothing is on it."""
    UNKNOWN = "unknown"
    """Its name means no table."""
    MARKED = "marked"
    """Its name begins with `#`: it is left out on purpose."""
    HIDDEN = "hidden"
    """Its name means a table, but it is hidden, and no mapping names it."""
    UNMAPPED = "unmapped"
    """The mapping leaves it out."""


class ColumnState(Enum):
    """What became of a column, or of a name beside a value."""

    READ = "read"
    UNKNOWN = "unknown"
    """Its header names no field of the table."""
    NUMBER = "running-number"
    """It holds the running numbers of the rows."""
    COMPUTED = "computed"
    """Its field is computed from other fields."""
    TWICE = "twice"
    """Several columns, or values, are there for its field, and which is meant is not known; or it is an empty twin."""
    OTHER_UNIT = "other-unit"
    """Its header names another unit than its field's."""
    UNMAPPED = "unmapped"
    """The mapping leaves it out."""
    BESIDE = "beside"
    """It stands beside the table, beyond a blank column."""


@frozen
class FieldTitle:
    """A field of a table."""

    name: str
    title: Text


@frozen
class InspectedColumn:
    """A column under a header, or a name beside a value.

    `cell` is the header's lowest cell, or the name's; `header` is its text, with those of the group heads above it
    before it (`Planned / Start`). `values` is the range of its values. In YAML there are no cells.
    """

    cell: str | None
    header: str
    state: ColumnState
    field: FieldTitle | None = None
    values: str | None = None


@frozen
class LeftOutRange:
    """A range that is not read, and why; `code` and `severity` are those of its input problem."""

    area: str
    code: str
    severity: Literal["error", "warning", "note"]
    text: Text


@frozen
class HeaderCandidate:
    """Rows that may be a header: their texts, and the fields of the table that they name, if the table is known."""

    first_row: int
    last_row: int
    texts: tuple[str, ...]
    fields: tuple[FieldTitle, ...]


@frozen
class NearTable:
    """A table that a sheet looks like: the fields of it that are named in one row or column, of how many it has.

    `line` is that row's number, or that column's letters; in a column, rows and columns are swapped, but for a
    one-row table, which is written so.
    """

    table: FieldTitle
    fields: tuple[FieldTitle, ...]
    of: int
    line: str
    swapped: bool


@frozen
class InspectedTable:
    """A table as it stands on a sheet.

    `form` is `rows` below a header, or `keys`: names beside values; with a mapping also `transposed` or `matrix`.
    """

    table: FieldTitle
    form: Literal["rows", "keys", "transposed", "matrix"]
    columns: tuple[InspectedColumn, ...]
    absent: tuple[FieldTitle, ...]
    """The fields that have no column or name, or none that is read."""
    row_count: int
    header: str | None = None
    """The range of the header."""
    rows: tuple[tuple[int, int], ...] = ()
    """The rows that were read, as first and last of those that stand together."""
    open: bool = False
    """Further rows may stand on the sheet that could not be read for sure."""


@frozen
class InspectedSheet:
    """One sheet of a workbook, a CSV file, or one table of a YAML file; `file` is the file that it is in."""

    name: str
    state: SheetState
    file: str
    visible: bool = True
    table: FieldTitle | None = None
    """The table that its name means."""
    read: tuple[InspectedTable, ...] = ()
    """The tables that were read from it: its own, and what its head block says of a table without a sheet."""
    left_out: tuple[LeftOutRange, ...] = ()
    candidates: tuple[HeaderCandidate, ...] = ()
    """If its table was not found: rows that may be the header."""
    nearest: tuple[NearTable, ...] = ()
    """If it was not read: the tables that it looks like."""


@frozen
class Refusal:
    """Why a file cannot be read as facts."""

    code: str
    text: Text
    hints: tuple[Text, ...]
    location: Location | None


@frozen
class InspectedFile:
    """A file that was read. `form` says how a CSV file is written (its encoding and what separates the columns), and
    what read a workbook, if not the first reader."""

    file: str
    sha256: str
    form: Text | None = None


@frozen
class CellDifference:
    """A cell that the two readers read otherwise: what the first says of it, and the second; `""` for nothing."""

    location: Location
    first: str
    second: str


@frozen
class CrossCheck:
    """How the second, independent reader agrees: of how many cells, and where it does not."""

    cells: int
    count: int
    """How many cells differ."""
    differences: tuple[CellDifference, ...]
    """Them, as far as they are listed."""


@frozen
class PackName:
    """The pack whose tables were looked for."""

    id: str
    version: str


@frozen
class Inspection:
    """One or several files of facts, taken apart. They are readable if nothing is refused."""

    tool_version: str
    pack: PackName
    files: tuple[InspectedFile, ...]
    sheets: tuple[InspectedSheet, ...]
    problems: tuple[InputProblem, ...]
    """All input problems, those of ranges left out among them."""
    refusals: tuple[Refusal, ...] = ()
    mapping: InputFile | None = None
    """The mapping file by which it was read."""

    cross_check: CrossCheck | None = None

    @property
    def readable(self) -> bool:
        """Whether `check` can read the files."""
        return not self.refusals
