"""The fields of a pack that no check reads, so that people fill them in for nothing; and carried ones that some read.

A table's first field, if it is a text, counts as read: findings name a row by it.
"""

from __future__ import annotations

from riskcheck.errors import Diagnostic
from riskcheck.model.owntables import OWN_TABLES
from riskcheck.model.place import Location
from riskcheck.packs.excerpts import files_of
from riskcheck.packs.fieldneeds import FieldNeeds
from riskcheck.packs.rulepack import RulePack
from riskcheck.yamltree import YamlMapping, YamlNode, read_yaml

_FACTS_FILE = "facts.yaml"


def unread_fields(pack: RulePack) -> tuple[Diagnostic, ...]:
    """A note for each table with fields that no check reads, in the order of `facts.yaml`."""
    needs = FieldNeeds(pack, pack.checks)
    places = places_of_tables(pack)
    notes = []
    for table in pack.schema.tables:
        own = [field for field in table.fields if not needs.is_used(table.name, field.name)]
        unread = [field.name for field in own if not field.carried]
        if unread:
            message = f"no check reads these fields of {table.name}: {', '.join(unread)}"
            if not table.one_row and not needs.checks_of_table(table.name) and table.name not in OWN_TABLES:
                message = f"no check reads the table {table.name}"
            notes.append(Diagnostic("unread-field", message, places.get(table.name)))
        read = [field.name for field in table.fields if field.carried and needs.checks_of(table.name, field.name)]
        if read:
            message = f"checks read these fields of {table.name}, whose problems are not told: {', '.join(read)}"
            hints = ('take "carried" away from them',)
            notes.append(Diagnostic("carried-field-read", message, places.get(table.name), hints))
    return tuple(notes)


def places_of_tables(pack: RulePack) -> dict[str, Location]:
    """Where `facts.yaml` describes each table."""
    (file,) = (each for each in files_of(pack) if each.path == _FACTS_FILE)
    tables = _entry(read_yaml(file.data, file.name), "tables")
    if not isinstance(tables, YamlMapping):
        return {}
    return {name.text: Location(file.name, line=name.line, column=name.column) for name, _ in tables.entries}


def _entry(node: YamlNode, key: str) -> YamlNode | None:
    return node.get(key) if isinstance(node, YamlMapping) else None
