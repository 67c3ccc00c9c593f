"""The typed trees of a check's conditions, and what they read."""

from __future__ import annotations

from typing import Protocol

from riskcheck.expr import typed, walk
from riskcheck.model.schema import Schema
from riskcheck.packs.rulepack import Condition, RowsJudged


class HasConditions(Protocol):
    """A check, or the conditions of one."""

    @property
    def applies_when(self) -> Condition | None: ...
    @property
    def rows(self) -> RowsJudged | None: ...
    @property
    def measure(self) -> Condition | None: ...
    @property
    def pass_if(self) -> Condition | None: ...
    @property
    def warn_if(self) -> Condition | None: ...


def trees_of(conditions: HasConditions) -> tuple[typed.Expression | typed.Source, ...]:
    """The typed trees of the conditions that there are."""
    given = (conditions.applies_when, conditions.measure, conditions.pass_if, conditions.warn_if)
    expressions = tuple(each.expression for each in given if each is not None)
    return expressions if conditions.rows is None else (conditions.rows.source, *expressions)


def fields_of(conditions: HasConditions) -> frozenset[tuple[str, str]]:
    """The fields that the conditions read, as pairs of table and field."""
    return frozenset[tuple[str, str]]().union(*(walk.fields_read(tree) for tree in trees_of(conditions)))


def derived_from(schema: Schema, read: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """What the derived fields in `read` are computed from."""
    return frozenset(
        (table.name, source)
        for table in schema.tables
        for field in table.fields
        if field.derived is not None and (table.name, field.name) in read
        for source in field.derived.fields
    )
