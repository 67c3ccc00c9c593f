"""Where the tables of a YAML file came from: places are looked up in its tree when they are asked for."""

from __future__ import annotations

from riskcheck.facts.names import Names
from riskcheck.facts.origins import source_field
from riskcheck.facts.rawcell import raw_text
from riskcheck.facts.yamlcell import raw_of_node
from riskcheck.frozen import frozen
from riskcheck.model.place import Location
from riskcheck.model.schema import Table
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar


@frozen
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
