"""The facts of one project, typed, each cell traceable to its place."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cached_property
from types import MappingProxyType

from riskcheck.frozen import frozen, replace
from riskcheck.model.number import grid_text
from riskcheck.model.place import Location
from riskcheck.model.schema import Field, Schema, Table
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, Literal, Protocol, TypeAlias

    from riskcheck.model.mapping import DeclaredComplete
else:
    Protocol = object


class Absent(Enum):
    """The two states of a cell that holds no value."""

    __hash__ = object.__hash__

    EMPTY = "empty"
    """Known to be empty: `none` / `无` was written, or nothing in an optional cell of a closed table."""
    MISSING = "missing"
    """Not known: nothing there, or something that cannot be read as the field's type."""

    def __repr__(self) -> str:
        return f"riskcheck.{self.name}"


EMPTY: Final = Absent.EMPTY
MISSING: Final = Absent.MISSING

Value = bool | int | str | date | datetime | tuple[str, ...]
"""A typed value: grid integer for double and percent, canonical name for an enum, tuple for a list."""
Cell: TypeAlias = "Value | Literal[Absent.EMPTY, Absent.MISSING]"


class Origin(Protocol):
    """Knows where a table came from; computes places, stores none."""

    def table_location(self) -> Location | None:
        """Where the table stands, or None if it is in no file."""

    def cell_location(self, row: int, field: str) -> Location | None:
        """Where the value of `field` in row `row` (from 0) stands, or would have to be written; None if unknown."""

    def raw(self, row: int, field: str) -> str | None:
        """The cell as it is written in the file; None if there is no such cell."""


@frozen
class NoOrigin:
    """The origin of a table that is in no file."""

    def table_location(self) -> Location | None:
        """None."""
        return None

    def cell_location(self, row: int, field: str) -> Location | None:
        """None."""
        return None

    def raw(self, row: int, field: str) -> str | None:
        """None."""
        return None


@frozen
class FactTable:
    """One table's rows, held by column.

    `columns` maps every field of the schema to a tuple of `row_count` cells. A field whose column is absent
    from the file is all MISSING. `closed`: no further rows exist. `present`: the file has the table. `nothing`
    lists, for each optional field of an open table, the rows whose cell is there and has nothing in it: MISSING
    now, EMPTY once the table is closed.
    """

    table: Table
    columns: Mapping[str, tuple[Cell, ...]]
    row_count: int
    closed: bool
    present: bool = True
    origin: Origin = NoOrigin()
    nothing: Mapping[str, tuple[int, ...]] = MappingProxyType({})

    @cached_property
    def _nothing_in(self) -> dict[str, frozenset[int]]:
        return {name: frozenset(rows) for name, rows in self.nothing.items()}

    def nothing_in(self, name: str) -> frozenset[int]:
        """The rows of `nothing` for one field."""
        return self._nothing_in.get(name, frozenset())

    def cell(self, row: int, name: str) -> Cell:
        """The cell of field `name` in row `row` (from 0)."""
        return self.columns[name][row]


def close_table(facts: FactTable) -> FactTable:
    """The table declared complete: nothing in an optional cell is now an answer."""
    if facts.closed:
        return facts
    columns = dict(facts.columns)
    for name, rows in facts.nothing.items():
        cells = list(columns[name])
        for row in rows:
            cells[row] = EMPTY
        columns[name] = tuple(cells)
    return replace(facts, columns=MappingProxyType(columns), closed=True, nothing={})


def empty_table(table: Table, *, closed: bool) -> FactTable:
    """A table that no file has: no rows."""
    columns: dict[str, tuple[Cell, ...]] = {each.name: () for each in table.fields}
    return FactTable(table, MappingProxyType(columns), 0, closed, present=False)


@frozen
class InputProblem:
    """Something in the input that could not be taken as it stands; the facts were read all the same.

    `code` is a stable word with hyphens (`unreadable-cell`, `placeholder`, `unknown-sheet` …). `severity` is
    `error` where a value was lost by it, `warning` where something was left out, `note` for a placeholder or a hidden
    sheet.
    """

    code: str
    severity: Literal["error", "warning", "note"]
    text: Text
    location: Location | None


@frozen
class InputFile:
    """One file that was read, and the SHA-256 of its bytes in hexadecimal digits.

    `reader` is what read a workbook, if it was not the first reader of workbooks.
    """

    file: str
    sha256: str
    reader: str | None = None


BY_MAPPING: Final = "mapping"


@frozen
class Closure:
    """Who declared a table complete: `by` is `table_status`, `command line`, `mapping` or another source's name."""

    table: str
    by: str
    declared_by: str | None = None
    location: Location | None = None


@frozen
class FactSet:
    """The typed facts of one project. Holds every table of the schema; absent ones are open and without rows."""

    schema: Schema
    tables: tuple[FactTable, ...]
    problems: tuple[InputProblem, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    closures: tuple[Closure, ...] = ()
    assumed_complete: tuple[str, ...] = ()
    """The tables that `--assume-complete` closed and the file did not."""
    declared_open: tuple[str, ...] = ()
    """The tables that the file says are not complete."""
    partly_read: tuple[str, ...] = ()
    """The tables of which the file may hold rows that were not read: they stay open whatever is declared."""
    status_dates: tuple[tuple[str, date], ...] = ()
    """For which day each table holds, where `table_status` says so."""
    declared: tuple[DeclaredComplete, ...] = ()
    """The tables that the mapping closed and the file did not, with who declared them and when."""
    mapping: InputFile | None = None
    """The mapping file by which the input was read."""
    outdated: tuple[str, ...] = ()
    """The tables that a profile took to be unknown, as their facts are too old or of no known day."""

    @cached_property
    def by_name(self) -> dict[str, FactTable]:
        """The tables by name."""
        return {each.table.name: each for each in self.tables}

    @property
    def kept_open(self) -> tuple[str, ...]:
        """The tables that no profile closes."""
        return (*self.declared_open, *self.partly_read)

    @cached_property
    def remembered(self) -> dict[Hashable, Any]:
        """What evaluators found out about these facts and would otherwise find out again; no part of their value."""
        return {}

    @cached_property
    def cell_count(self) -> int:
        """How many cells there are."""
        return sum(table.row_count * len(table.columns) for table in self.tables)

    def single(self, table: str, name: str) -> Cell:
        """The cell of field `name` of a one-row table; MISSING unless it has exactly one row."""
        facts = self.by_name[table]
        return facts.cell(0, name) if facts.row_count == 1 else MISSING


def show_cell(schema_field: Field, cell: Cell) -> str | None:
    """A cell as reports and JSON print it: canonical text, ISO dates, `true`/`false`; None unless it is a value."""
    if isinstance(cell, Absent):
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        return ", ".join(cell)
    if schema_field.type.on_grid and isinstance(cell, int):
        return grid_text(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def show_in_words(schema_field: Field, cell: Cell) -> Text | None:
    """A cell as people read it: an enum word's title, yes or no, else as `show_cell` has it; None unless a value."""
    text = show_cell(schema_field, cell)
    if text is None:
        return None
    if isinstance(cell, bool):
        return _YES if cell else _NO
    return next((word.title for word in schema_field.allowed if word.name == text), Text(text, text))


_YES, _NO = Text("yes", "是"), Text("no", "否")
