"""The fields of a pack that no check reads, so that people fill them in for nothing.

A table's first field, if it is a text, counts as read: findings name a row by it.
"""

from __future__ import annotations

from riskcheck.errors import Diagnostic
from riskcheck.model.owntables import OWN_TABLES
from riskcheck.model.place import Location
from riskcheck.model.schema import FieldType, Schema
from riskcheck.packs.excerpts import files_of
from riskcheck.packs.rulepack import RulePack
from riskcheck.packs.trees import derived_from, fields_of
from riskcheck.yamltree import YamlMapping, YamlNode, read_yaml

_FACTS_FILE = "facts.yaml"
_OF_THE_TOOL = frozenset(
    (table, name)
    for table, names in {"project": ("project_id", "name", "gate", "as_of"), **OWN_TABLES}.items()
    for name in names
)
"""Fields that riskcheck reads whatever the checks are."""


def unread_fields(pack: RulePack) -> tuple[Diagnostic, ...]:
    """A note for each table with fields that no check reads, in the order of `facts.yaml`."""
    used = _fields_used(pack)
    read = used | _OF_THE_TOOL | derived_from(pack.schema, used) | _names_of_rows(pack.schema)
    tables = frozenset(name for check in pack.checks for name in check.reads)
    places = places_of_tables(pack)
    notes = []
    for table in pack.schema.tables:
        unread = [field.name for field in table.fields if (table.name, field.name) not in read]
        if unread:
            message = f"no check reads these fields of {table.name}: {', '.join(unread)}"
            if not table.one_row and table.name not in tables and table.name not in OWN_TABLES:
                message = f"no check reads the table {table.name}"
            notes.append(Diagnostic("unread-field", message, places.get(table.name)))
    return tuple(notes)


def _fields_used(pack: RulePack) -> frozenset[tuple[str, str]]:
    """The fields that conditions read."""
    return frozenset[tuple[str, str]]().union(*map(fields_of, pack.checks))


def _names_of_rows(schema: Schema) -> frozenset[tuple[str, str]]:
    first = ((table, table.fields[0]) for table in schema.tables if table.fields and not table.one_row)
    return frozenset((table.name, field.name) for table, field in first if field.type is FieldType.STRING)


def places_of_tables(pack: RulePack) -> dict[str, Location]:
    """Where `facts.yaml` describes each table."""
    (file,) = (each for each in files_of(pack) if each.path == _FACTS_FILE)
    tables = _entry(read_yaml(file.data, file.name), "tables")
    if not isinstance(tables, YamlMapping):
        return {}
    return {name.text: Location(file.name, line=name.line, column=name.column) for name, _ in tables.entries}


def _entry(node: YamlNode, key: str) -> YamlNode | None:
    return node.get(key) if isinstance(node, YamlMapping) else None
