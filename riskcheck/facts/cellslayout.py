"""A table whose cells stand otherwise than in columns below a header: on its side, or as a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from riskcheck.facts.origins import CellsOrigin, with_derived
from riskcheck.facts.rawcell import RawCell
from riskcheck.facts.rawtable import RawTable
from riskcheck.facts.sheet import Area, Position
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.frozen import frozen


@frozen
class NamedLine:
    """A row of a table on its side, or a column of a matrix: where its name stands, and the field it is read for."""

    cell: Position
    text: str
    field: str | None
    values: Area | None = None


@frozen
class CellsLayout:
    """What of a sheet was taken as what: for each field that is read the cells of its rows, one after the other.

    `texts` are cells whose value is only a part of what stands there (`A/R`), and names that the mapping gives: by
    field the raw cells of all rows.
    """

    form: Literal["transposed", "matrix"]
    header: Area
    lines: tuple[NamedLine, ...]
    cells: Mapping[str, Sequence[Position]]
    row_count: int
    texts: Mapping[str, Sequence[RawCell]] = MappingProxyType({})
    open: bool = False
    """Further rows may stand on the sheet that could not be read for sure."""

    @property
    def read(self) -> tuple[str, ...]:
        """The fields that are read."""
        return tuple(self.cells)

    def raw_table(self, reading: SheetReading) -> RawTable:
        """The raw cells of the table."""
        columns: dict[str, Sequence[RawCell]] = {}
        for field, places in self.cells.items():
            columns[field] = self.texts.get(field) or [
                reading.grid.values_of_row(row, (column,))[0] for row, column in places
            ]
        origin = CellsOrigin(reading.file, reading.grid, with_derived(reading.table, self.cells), {})
        return RawTable(reading.table, columns, self.row_count, origin, self.open)
