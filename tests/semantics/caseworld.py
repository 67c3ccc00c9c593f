"""Facts and conditions as case files write them.

`tables` and `records` (one-row tables) map each table to its fields, each field to its type: `string`, `int 0..10`
(with min..max), `double`, `percent`, `bool`, `date`, `datetime`, `list`, or an enum's words `a | b`; `optional` may
follow. Rows are lists in the order of the fields, or mappings in which an absent field is missing. `?` is a missing
cell, `none` an empty one. Tables are closed unless named under `open` (`all`: every one).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from riskcheck.expr import evaluate
from riskcheck.expr.checker import Scope, check_rows, check_value
from riskcheck.expr.evaluate import Environment
from riskcheck.expr.result import Explanation
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import DATE, DOUBLE, INT, STRING, Expression, Type
from riskcheck.model.factset import EMPTY, MISSING, Cell, FactSet, FactTable
from riskcheck.model.number import to_grid
from riskcheck.model.schema import EnumWord, Field, FieldType, Schema, Table
from riskcheck.model.text import Text
from riskcheck.model.truth import Truth

AS_OF = date(2026, 6, 30)


def text(words: str) -> Text:
    return Text(words, words)


def field_of(name: str, spec: str) -> Field:
    """`int 0..10 optional` and the like as a field."""
    optional = spec.endswith(" optional")
    spec = spec.removesuffix(" optional")
    if "|" in spec:
        words = tuple(EnumWord(word.strip(), text(word.strip())) for word in spec.split("|"))
        return Field(name, FieldType.ENUM, text(name), allowed=words, optional=optional)
    kind, _, bounds = spec.partition(" ")
    type_ = FieldType(kind)
    low, _, high = bounds.partition("..")
    return Field(
        name,
        type_,
        text(name),
        optional=optional,
        minimum=int_or_grid(low, type_) if low else None,
        maximum=int_or_grid(high, type_) if high else None,
    )


def int_or_grid(number: str, type_: FieldType) -> int:
    grid = to_grid(number) if type_.on_grid else int(number)
    assert grid is not None, f"{number} is no double"
    return grid


def schema_of(case: Mapping[str, Any]) -> Schema:
    tables = [
        Table(name, text(name), tuple(field_of(*item) for item in fields.items()), one_row=key == "records")
        for key in ("records", "tables")
        for name, fields in (case.get(key) or {}).items()
    ]
    return Schema(tuple(tables))


def cell_of(written: Any, field: Field) -> Cell:
    if isinstance(written, list):
        return tuple(written) or EMPTY
    if written in ("?", "none"):
        return MISSING if written == "?" else EMPTY
    match field.type:
        case FieldType.BOOL:
            return {"true": True, "false": False}[written]
        case FieldType.INT | FieldType.DOUBLE | FieldType.PERCENT:
            return int_or_grid(written, field.type)
        case FieldType.DATE:
            return date.fromisoformat(written)
        case FieldType.DATETIME:
            return datetime.fromisoformat(written)
        case FieldType.LIST:
            return tuple(word for word in written.split())
        case _:
            return str(written)


def table_of(table: Table, rows: Any, closed: bool) -> FactTable:
    rows = [rows] if isinstance(rows, dict) else [row if isinstance(row, list | dict) else [row] for row in rows]
    named = [row if isinstance(row, dict) else dict(zip(table.by_name, row, strict=False)) for row in rows]
    unknown = {name for row in named for name in row} - set(table.by_name)
    assert not unknown, f"{table.name} has no {unknown}"
    columns = {field.name: tuple(cell_of(row.get(field.name, "?"), field) for row in named) for field in table.fields}
    nothing = (
        {}
        if closed
        else {
            field.name: tuple(at for at, row in enumerate(named) if row.get(field.name) == "?")
            for field in table.fields
            if field.optional
        }
    )
    return FactTable(table, MappingProxyType(columns), len(named), closed, nothing=nothing)


def facts_of(schema: Schema, facts: Mapping[str, Any], open_tables: Any) -> FactSet:
    is_open = {table.name for table in schema.tables} if open_tables == "all" else set(open_tables)
    tables = tuple(table_of(table, facts.get(table.name, []), table.name not in is_open) for table in schema.tables)
    return FactSet(schema, tables)


def limit_of(written: str) -> tuple[Type, Any]:
    """A limit's type is that of its spelling."""
    if written[0] in "-0123456789":
        if "-" in written[1:]:
            return DATE, date.fromisoformat(written)
        return (DOUBLE, to_grid(written)) if "." in written else (INT, int(written))
    return STRING, written


@dataclass(frozen=True)
class World:
    """An expression of a case, typed, and the environment to evaluate it in."""

    expression: Expression
    environment: Environment


def world_of(case: Mapping[str, Any]) -> World:
    """The world of a case that has an `expression`."""
    scope, environment = surroundings_of(case)
    return World(check_value(SourceText(case["expression"]), scope), environment)


def explained(case: Mapping[str, Any]) -> Explanation:
    """The explanation of a case's `expression`, or of the existence of its `rows`."""
    if "rows" in case:
        scope, environment = surroundings_of(case)
        return evaluate.explain_rows(check_rows(SourceText(case["rows"]), scope), environment)
    world = world_of(case)
    return evaluate.explain(world.expression, world.environment)


def truth_of(case: Mapping[str, Any]) -> Truth:
    """The truth of a case's condition, or of the existence of its rows, without explanation."""
    if "rows" in case:
        scope, environment = surroundings_of(case)
        return evaluate.rows_exist(check_rows(SourceText(case["rows"]), scope), environment)
    world = world_of(case)
    return evaluate.truth(world.expression, world.environment)


def surroundings_of(case: Mapping[str, Any]) -> tuple[Scope, Environment]:
    """What the names of a case stand for, for the checker and for the evaluator."""
    schema = schema_of(case)
    facts = facts_of(schema, case.get("facts") or {}, case.get("open", ()))
    limits = {name: limit_of(written) for name, written in (case.get("limits") or {}).items()}
    scope = Scope(schema, limits={name: type_ for name, (type_, _) in limits.items()})
    as_of = date.fromisoformat(case["as_of"]) if "as_of" in case else AS_OF
    return scope, Environment(facts, as_of, {name: value for name, (_, value) in limits.items()})
