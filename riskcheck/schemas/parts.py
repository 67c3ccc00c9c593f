"""The parts that schemas are made of."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number"], "description": "A text."}
FLAG: Schema = {"type": "boolean"}
BOTH: Schema = {"$ref": "#/$defs/both"}
NAME: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
ID: Schema = {"type": ["string", "integer"], "description": "Letters, digits, dot, hyphen and underscore."}
WHOLE: Schema = {"type": "integer"}
DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
CONDITION: Schema = {"type": ["string", "boolean", "number"], "description": "A condition, see docs/conditions.md."}


def mapping(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """An object with these keys and no others."""
    properties = {**required, **(optional or {})}
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": list(required)} if required else made


def named(value: Schema, names: Schema | None = None) -> Schema:
    """An object from names to values of one kind; there is at least one."""
    made: Schema = {"type": "object", "additionalProperties": value, "minProperties": 1}
    return {**made, "propertyNames": names} if names else made


def listed(items: Schema) -> Schema:
    """A list of values of one kind."""
    return {"type": "array", "items": items}


def within(low: float, high: float, kind: str = "integer") -> Schema:
    """A number from `low` to `high`."""
    return {"type": kind, "minimum": low, "maximum": high}


def one_of(*words: str) -> Schema:
    """One of these words."""
    return {"enum": list(words)}


def told(schema: Schema, description: str) -> Schema:
    """The schema with a description, which editors show."""
    return {**schema, "description": description}
