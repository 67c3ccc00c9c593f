"""The fields of a pack that no check reads: people fill them in for nothing, but to tell rows apart."""

from __future__ import annotations

from riskcheck.errors import Diagnostic
from riskcheck.expr import walk
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema
from riskcheck.packs.conditions import trees_of
from riskcheck.packs.excerpts import files_of
from riskcheck.packs.rulepack import RulePack
from riskcheck.yamltree import YamlMapping, YamlNode, read_yaml

_FACTS_FILE = "facts.yaml"
_OF_THE_TOOL = frozenset((("project", "project_id"), ("project", "as_of"), ("project", "gate")))
"""Fields that riskcheck reads whatever the checks are."""


def unread_fields(pack: RulePack) -> tuple[Diagnostic, ...]:
    """A note for each table with fields that no check reads, in the order of `facts.yaml`."""
    read = _fields_read(pack)
    places = _places(pack)
    notes = []
    for table in pack.schema.tables:
        unread = [field.name for field in table.fields if (table.name, field.name) not in read]
        if unread:
            listed = ", ".join(unread)
            message = f"no check reads the table {table.name}" if len(unread) == len(table.fields) else ""
            message = message or f"no check reads these fields of {table.name}: {listed}"
            notes.append(Diagnostic("unread-field", message, places.get(table.name)))
    return tuple(notes)


def _fields_read(pack: RulePack) -> frozenset[tuple[str, str]]:
    """What conditions read, and what the derived fields among that are computed from."""
    read = set(_OF_THE_TOOL)
    for check in pack.checks:
        for tree in trees_of(check):
            read |= walk.fields_read(tree)
    return frozenset(read | _derived_from(pack.schema, read))


def _derived_from(schema: Schema, read: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {
        (table.name, source)
        for table in schema.tables
        for field in table.fields
        if field.derived is not None and (table.name, field.name) in read
        for source in field.derived.fields
    }


def _places(pack: RulePack) -> dict[str, Location]:
    """Where `facts.yaml` describes each table."""
    (file,) = (each for each in files_of(pack) if each.path == _FACTS_FILE)
    tables = _entry(read_yaml(file.data, file.name), "tables")
    if not isinstance(tables, YamlMapping):
        return {}
    return {name.text: Location(file.name, line=name.line, column=name.column) for name, _ in tables.entries}


def _entry(node: YamlNode, key: str) -> YamlNode | None:
    return node.get(key) if isinstance(node, YamlMapping) else None
