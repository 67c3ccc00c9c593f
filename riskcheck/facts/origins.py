"""Where tables came from: places are computed from row and field, not stored with each cell."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from riskcheck.facts.grid import Grid
from riskcheck.facts.names import Names
from riskcheck.facts.rawcell import raw_text
from riskcheck.facts.yamlcell import raw_of_node
from riskcheck.model.place import Location, cell_name
from riskcheck.model.schema import Table
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar


@dataclass(frozen=True)
class _SheetOrigin(ABC):
    file: str
    grid: Grid

    @abstractmethod
    def position(self, row: int, field: str) -> tuple[int, int] | None:
        """Sheet row and column (from 0) of a value, or None if the sheet has no place for it."""

    def table_location(self) -> Location:
        """The sheet."""
        return Location(self.file, self.grid.sheet.name)

    def cell_location(self, row: int, field: str) -> Location:
        """The cell; the sheet, if the column or key is not there."""
        position = self.position(row, field)
        return Location(self.file, self.grid.sheet.name, cell_name(*position)) if position else self.table_location()

    def raw(self, row: int, field: str) -> str | None:
        """The cell as the sheet shows it."""
        position = self.position(row, field)
        return raw_text(self.grid.cell(*position)) if position else None


@dataclass(frozen=True)
class ColumnsOrigin(_SheetOrigin):
    """A sheet with a header row: `rows` are the sheet rows (from 0) of the table's rows, `columns` those of fields."""

    rows: Sequence[int]
    columns: Mapping[str, int]

    def position(self, row: int, field: str) -> tuple[int, int] | None:
        """Where row and column cross."""
        column = self.columns.get(field)
        return (self.rows[row], column) if column is not None and 0 <= row < len(self.rows) else None


@dataclass(frozen=True)
class KeysOrigin(_SheetOrigin):
    """A sheet with one field in each row: `rows` are the sheet rows (from 0) of fields, `columns` those of values."""

    rows: Mapping[str, int]
    columns: tuple[int, ...]

    def position(self, row: int, field: str) -> tuple[int, int] | None:
        """The cell beside the key."""
        sheet_row = self.rows.get(field)
        return (sheet_row, self.columns[row]) if sheet_row is not None and 0 <= row < len(self.columns) else None


@dataclass(frozen=True)
class YamlOrigin:
    """A table in a YAML file: its `key`, and its rows as mappings, in which `names` tell the fields."""

    file: str
    key: YamlScalar
    rows: tuple[YamlMapping, ...]
    names: Names
    table: Table

    def table_location(self) -> Location:
        """The key of the table."""
        return Location(self.file, line=self.key.line, column=self.key.column)

    def cell_location(self, row: int, field: str) -> Location:
        """The value; its row, if the row has no such key."""
        if not 0 <= row < len(self.rows):
            return self.table_location()
        place = self._value(row, field) or self.rows[row]
        return Location(self.file, line=place.line, column=place.column)

    def raw(self, row: int, field: str) -> str | None:
        """The value as written."""
        value = self._value(row, field) if 0 <= row < len(self.rows) else None
        return None if value is None else raw_text(raw_of_node(value))

    def _value(self, row: int, field: str) -> YamlNode | None:
        source = source_field(self.table, field)
        for key, value in self.rows[row].entries:
            match = self.names.match(key.text)
            if match is not None and match.name == source:
                return value
        return None


def source_field(table: Table, field: str) -> str:
    """The field that has the place of `field` in a file: for a derived one the first of its texts."""
    known = table.by_name.get(field)
    return known.derived.fields[0] if known and known.derived else field


def with_derived(table: Table, places: Mapping[str, int]) -> dict[str, int]:
    """`places` of fields, with the derived fields at the place of the first of their texts."""
    derived = {each.name: places.get(source_field(table, each.name)) for each in table.fields if each.derived}
    return dict(places) | {name: place for name, place in derived.items() if place is not None}
