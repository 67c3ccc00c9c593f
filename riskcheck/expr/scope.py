"""The names that a condition may use, and what each stands for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from riskcheck.expr.typed import BOOL, DATE, DATETIME, DOUBLE, INT, STRING, Constant, Expression, Kind, Source, Type
from riskcheck.frozen import frozen
from riskcheck.model.schema import Field, FieldType, Schema, Table

RESERVED_NAMES = ("as_of", "limit", "measure", "rows")
"""The names that the language itself gives a meaning."""


@frozen
class Scope:
    """What a condition sees.

    `limits` are the limits of the check by name, `rows` and `measure` its keys of that name, typed before (None if it
    has none). `variables` are names that the caller binds to values himself; a dotted name such as `vendor.rating` is
    written like a field. `broken` are names (`rows`, `measure`, `limit.x`) whose definition has problems that were
    reported already, so that what uses them is left alone; a condition with no other problem then raises a
    ConditionError without diagnostics.
    """

    schema: Schema
    limits: Mapping[str, Type] = MappingProxyType({})
    rows: Source | None = None
    measure: Expression | None = None
    variables: Mapping[str, Type] = MappingProxyType({})
    broken: frozenset[str] = frozenset()


class Mistake(Exception):  # noqa: N818 - not an error of the program
    """A part of the condition has no type; why has been reported."""


class RowName(NamedTuple):
    """A macro's variable that stands for a row of a table."""

    table: Table


class GroupName(NamedTuple):
    """A macro's variable that stands for the rows of a group."""

    table: Table


class ElementName(NamedTuple):
    """A macro's variable that stands for an element of a list; `literals` are its elements if all are literal texts."""

    type: Type
    literals: tuple[Constant, ...]


LocalName = RowName | GroupName | ElementName

_TYPES = {
    FieldType.STRING: STRING,
    FieldType.INT: INT,
    FieldType.DOUBLE: DOUBLE,
    FieldType.PERCENT: DOUBLE,
    FieldType.BOOL: BOOL,
    FieldType.DATE: DATE,
    FieldType.DATETIME: DATETIME,
    FieldType.LIST: Type(Kind.LIST, item=STRING),
}


def type_of(schema_field: Field) -> Type:
    """The type that a field's values have in a condition; a percent is a double."""
    if schema_field.type is FieldType.ENUM:
        return Type(Kind.ENUM, words=tuple([word.name for word in schema_field.allowed]))
    return _TYPES[schema_field.type]
