"""Where the tables of a workbook came from: places are computed from row and field, not stored with each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from riskcheck.facts.grid import Grid
from riskcheck.facts.rawcell import raw_text
from riskcheck.frozen import frozen
from riskcheck.model.place import Location, cell_name
from riskcheck.model.schema import Table


@frozen
class SheetOrigin:
    """A table on a sheet: the sheet rows (from 0) of its rows and the sheet columns of its fields.

    On a key/value sheet it lies `transposed`: `rows` are then sheet columns and `fields` sheet rows.
    """

    file: str
    grid: Grid
    rows: Sequence[int]
    fields: Mapping[str, int]
    transposed: bool = False

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
        return (place, self.rows[row]) if self.transposed else (self.rows[row], place)


def source_field(table: Table, field: str) -> str:
    """The field that has the place of `field` in a file: for a derived one the first of its texts."""
    known = table.by_name.get(field)
    return known.derived.fields[0] if known and known.derived else field


def with_derived(table: Table, places: Mapping[str, int]) -> dict[str, int]:
    """`places` of fields, with the derived fields at the place of the first of their texts."""
    derived = {each.name: places.get(source_field(table, each.name)) for each in table.fields if each.derived}
    return dict(places) | {name: place for name, place in derived.items() if place is not None}
