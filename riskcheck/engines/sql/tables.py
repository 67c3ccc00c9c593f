"""The tables that the query reads: what conditions ask of facts, and what it is called there.

`projects` has a row for each project: its number `p`, the review date `d` as day number, for table n whether it is open
(`o<n>`) and, where somebody asks, whether it has its min_rows (`m<n>`), and the cells of one-row tables. Table `f<n>`
has the rows of table n: the project `p`, the row's number `r` in it, and cells. A cell's column holds its value as the
reference holds it (a double on the grid, a date as day number), NULL where there is none; beside it, where somebody
asks, another says whether the cell is known to be empty.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from riskcheck.expr.typed import RowCell, SingleCell, Type
from riskcheck.model.schema import Field

PROJECTS: Final = "projects"


class CellColumn(NamedTuple):
    """A column of cells: their values, or whether they are known to be empty (`emptiness`)."""

    table: str
    field: str
    type: Type
    emptiness: bool


class Tables:
    """The columns that conditions read, each with the name that it has in SQL."""

    def __init__(self) -> None:
        self.singles: dict[CellColumn, str] = {}
        self.columns: dict[CellColumn, str] = {}
        self.short: dict[str, str] = {}
        self.numbers: dict[str, int] = {}

    def number(self, table: str) -> int:
        """The number of a table."""
        return self.numbers.setdefault(table, len(self.numbers))

    def open(self, table: str) -> str:
        """The column of `projects` that says whether a table is open."""
        return f"o{self.number(table)}"

    def enough(self, table: str) -> str:
        """The column of `projects` that says whether a table has its min_rows; NULL if it may yet have."""
        self.short[table] = f"m{self.number(table)}"
        return self.short[table]

    def name(self, table: str) -> str:
        """The SQL table of the rows of a table."""
        return f"f{self.number(table)}"

    def column(self, cell: RowCell | SingleCell, *, emptiness: bool = False) -> str:
        """The column of a cell of a row, or of a one-row table."""
        single = isinstance(cell, SingleCell)
        known, letter = (self.singles, "s") if single else (self.columns, "c")
        self.number(cell.table)
        return known.setdefault(CellColumn(cell.table, cell.field.name, cell.type, emptiness), f"{letter}{len(known)}")


def range_of_field(field: Field, least: int, greatest: int) -> tuple[int, int]:
    """All that a number may be whose cell has none."""
    return (
        least if field.minimum is None else field.minimum,
        greatest if field.maximum is None else field.maximum,
    )
