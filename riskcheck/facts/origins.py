"""Where the tables of a workbook came from: places are computed from row and field, not stored with each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from riskcheck.facts.grid import Grid
from riskcheck.facts.rawcell import raw_text
from riskcheck.facts.sheet import Position
from riskcheck.frozen import frozen
from riskcheck.model.place import Location, cell_name
from riskcheck.model.schema import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _Place = TypeVar("_Place")

_NONE: Mapping[Position, Position] = MappingProxyType({})


@frozen
class SheetOrigin:
    """A table on a sheet: the sheet rows (from 0) of its rows and the sheet columns of its fields."""

    file: str
    grid: Grid
    rows: Sequence[int]
    fields: Mapping[str, int]
    anchors: Mapping[Position, Position] = _NONE
    """Cells that a merged cell covers which holds for them, too, each with the cell that has its value."""

    def table_location(self) -> Location:
        """The sheet."""
        return Location(self.file, self.grid.sheet.name)

    def cell_location(self, row: int, field: str) -> Location:
        """The cell; the sheet, if the column or key is not there."""
        position = self._position(row, field)
        return Location(self.file, self.grid.sheet.name, cell_name(*position)) if position else self.table_location()

    def raw(self, row: int, field: str) -> str | None:
        """The cell as the sheet shows it."""
        position = self._position(row, field)
        return raw_text(self.grid.cell(*position)) if position else None

    def _position(self, row: int, field: str) -> tuple[int, int] | None:
        place = self.fields.get(field)
        if place is None or not 0 <= row < len(self.rows):
            return None
        position = (self.rows[row], place)
        return self.anchors.get(position, position)


@frozen
class CellsOrigin:
    """A table whose cells stand anywhere on a sheet: for each field the cells of its rows.

    `written` are values that stand behind the name of their field, in the same cell.
    """

    file: str
    grid: Grid
    cells: Mapping[str, Sequence[Position]]
    written: Mapping[str, str]

    def table_location(self) -> Location:
        """The sheet."""
        return Location(self.file, self.grid.sheet.name)

    def cell_location(self, row: int, field: str) -> Location:
        """The cell; the sheet, if the name is not there."""
        cells = self.cells.get(field, ())
        if not 0 <= row < len(cells):
            return self.table_location()
        return Location(self.file, self.grid.sheet.name, cell_name(*cells[row]))

    def raw(self, row: int, field: str) -> str | None:
        """The value as the sheet shows it."""
        cells = self.cells.get(field, ())
        if not 0 <= row < len(cells):
            return None
        return self.written.get(field) or raw_text(self.grid.cell(*cells[row]))


@frozen
class SeveralOrigins:
    """A one-row table whose fields stand on several sheets; `table` is where the first of them stands."""

    table: Location
    fields: Mapping[str, CellsOrigin]

    def table_location(self) -> Location:
        """Where the first field stands."""
        return self.table

    def cell_location(self, row: int, field: str) -> Location:
        """The cell; where the table begins, if the name is not there."""
        origin = self.fields.get(field)
        return origin.cell_location(row, field) if origin else self.table

    def raw(self, row: int, field: str) -> str | None:
        """The value as its sheet shows it."""
        origin = self.fields.get(field)
        return origin.raw(row, field) if origin else None


def source_field(table: Table, field: str) -> str:
    """The field that has the place of `field` in a file: for a derived one the first of its texts."""
    known = table.by_name.get(field)
    return known.derived.fields[0] if known and known.derived else field


def with_derived(table: Table, places: Mapping[str, _Place]) -> dict[str, _Place]:
    """`places` of fields, with the derived fields at the place of the first of their texts."""
    derived = {each.name: places.get(source_field(table, each.name)) for each in table.fields if each.derived}
    return dict(places) | {name: place for name, place in derived.items() if place is not None}
