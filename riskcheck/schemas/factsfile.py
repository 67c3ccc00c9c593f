"""The schema of a file of facts in YAML, for one pack.

Cells may hold more than their type: `none`, a word for what is not known, another spelling. So the schema suggests what
a cell may be, and refuses only what is no cell. Other names of tables and fields, which are read, too, stay allowed.
"""

from __future__ import annotations

from collections.abc import Iterable

from riskcheck.model.schema import Field, FieldType, Table
from riskcheck.model.text import Text
from riskcheck.schemas import DRAFT
from riskcheck.schemas.parts import Schema, told

_CELL: Schema = {"type": ["string", "number", "boolean", "null"]}
_LIST: Schema = {"type": "array", "items": _CELL}


def facts_schema(pack: str, tables: Iterable[Table]) -> Schema:
    """The schema of facts for the pack called `pack`, whose tables these are."""
    return {
        "$schema": DRAFT,
        "title": f'Facts for the riskcheck rule pack "{pack}"',
        "type": "object",
        "properties": {table.name: _table(table) for table in tables},
    }


def _table(table: Table) -> Schema:
    row: Schema = {
        "type": "object",
        "properties": {field.name: _field(field) for field in table.fields if field.derived is None},
        "additionalProperties": {"anyOf": [_CELL, _LIST]},
    }
    rows: Schema = {"type": ["array", "null"], "items": row}
    return told({"anyOf": [row, rows]} if table.one_row else rows, _help(table.title, table.note))


def _field(field: Field) -> Schema:
    described = _help(field.title, field.note)
    if field.type is FieldType.ENUM:
        words = [each.name for each in field.allowed]
        return told({"anyOf": [{"enum": words}, _CELL]}, described)
    if field.type is FieldType.BOOL:
        return told({"anyOf": [{"enum": [True, False, "yes", "no"]}, _CELL]}, described)
    if field.type is FieldType.LIST:
        return told({"anyOf": [_LIST, _CELL]}, described)
    return told(_CELL, f"{described} [{field.type.value}]")


def _help(title: Text, note: Text | None) -> str:
    named = f"{title.en} / {title.zh}"
    return f"{named}: {note.en} / {note.zh}" if note else named
