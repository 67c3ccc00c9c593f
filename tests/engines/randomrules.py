"""Random well-typed checks, and random facts that lie at the edges: what engines are compared on."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from types import MappingProxyType
from typing import Any, Final

from riskcheck.engines import Project
from riskcheck.expr.checker import Scope, check_condition, check_rows
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import DOUBLE, INT, Expression
from riskcheck.frozen import replace
from riskcheck.model.factset import EMPTY, MISSING, Cell, FactSet, FactTable
from riskcheck.model.number import LARGEST, SCALE
from riskcheck.model.schema import Field, FieldType
from riskcheck.packs.rulepack import Check
from tests.engines.conformance import Parts, check_of
from tests.laws.conditions import Conditions
from tests.laws.worlds import AS_OF, SCHEMA, random_facts, random_row, table_of

LIMITS: Final = {"some": (INT, 1), "part": (DOUBLE, SCALE // 2), "third": (DOUBLE, 333_333)}
_AS_LIMITS: Final = {"1": "limit.some", "0.5": "limit.part", "0.333333": "limit.third"}
_EDGES: Final[dict[FieldType, tuple[Cell, ...]]] = {
    FieldType.INT: (0, 1, -1, 2**63 - 1, -(2**63), 2**53 + 1),
    FieldType.DOUBLE: (0, 1, -1, LARGEST * SCALE, -LARGEST * SCALE, LARGEST * SCALE - 1, SCALE + 1),
    FieldType.DATE: (date.min, date.max, AS_OF, date(2024, 2, 29), date(1970, 1, 1), date(1, 12, 31)),
    FieldType.DATETIME: (datetime.min, datetime.max, datetime(2026, 6, 30), datetime(2026, 6, 30, 23, 59, 59, 999_999)),
    FieldType.STRING: (
        "A",
        "",
        "甲方",
        "é",
        "e\u0301",
        "𝄞clef",
        "ß",
        "A ",
        "'; DROP TABLE tasks; --",
        '"',
        "\\",
        "%",
        "a\tb\x00",
    ),
    FieldType.LIST: (("A",), ("A", "B"), ("甲方", "𝄞clef"), ("", "A"), ("B", "B")),
}


class _WithLimits(Conditions):
    """Draws conditions in which a number may be a limit of the check."""

    def plain_number(self, kind: str) -> str:
        drawn = super().plain_number(kind)
        return _AS_LIMITS.get(drawn, drawn) if self.random.random() < 0.5 else drawn


def random_check(random: Random) -> Check:
    """A check of one condition or several, typed against the schema of `tests.laws.worlds`; its text is its title."""
    drawn = _WithLimits(random)
    depth = random.choice((0, 1, 1, 2, 2, 3))
    texts = {"pass_if": drawn.condition(depth)}
    if random.random() < 0.15:
        texts["warn_if"] = drawn.condition(1)
    if random.random() < 0.15:
        texts["applies_when"] = drawn.condition(1)
    scope = Scope(SCHEMA, limits={name: of for name, (of, _) in LIMITS.items()})
    rows = f"tasks.filter(r0, {_of_row(drawn, 'r0')})" if random.random() < 0.2 else None
    parts = Parts(
        rows=check_rows(SourceText(rows), scope) if rows else None,
        limits=LIMITS,
        **{key: _typed(text, scope) for key, text in texts.items()},
    )
    return check_of(" | ".join(f"{key}: {text}" for key, text in {**texts, "rows": rows}.items() if text), parts)


def _of_row(drawn: Conditions, row: str) -> str:
    drawn.rows.append(row)
    text = drawn.condition(1)
    drawn.rows.pop()
    return text


def _typed(text: str, scope: Scope) -> Expression:
    return check_condition(SourceText(text), scope)


def random_checks(random: Random, count: int) -> tuple[Check, ...]:
    """So many random checks."""
    return tuple(random_check(random) for _ in range(count))


def random_project(random: Random) -> Project:
    """Random facts: any mix of values, empty and missing cells; no rows, many rows; columns of nothing; edges."""
    facts = random_facts(random, missing=random.choice((0, 0.05, 0.2, 0.6)), empty=random.choice((0, 0.1)))
    as_of = random.choice((AS_OF, AS_OF, AS_OF, date.min, date.max))
    draw = random.random()
    if draw < 0.1:
        facts = _with_many_rows(facts, random)
    elif draw < 0.35:
        facts = _changed(facts, random, _with_edges)
    elif draw < 0.45:
        facts = _changed(facts, random, _with_nothing_in_columns)
    return Project(facts, as_of)


def random_projects(random: Random, count: int) -> tuple[Project, ...]:
    """So many random projects."""
    return tuple(random_project(random) for _ in range(count))


def _changed(facts: FactSet, random: Random, change: Any) -> FactSet:
    return FactSet(facts.schema, tuple(change(table, random) for table in facts.tables))


def _with_edges(table: FactTable, random: Random) -> FactTable:
    columns = dict(table.columns)
    for field in table.table.fields:
        edges = [each for each in _EDGES.get(field.type, ()) if _within(each, field)]
        if edges and random.random() < 0.7:
            columns[field.name] = tuple(
                random.choice(edges) if random.random() < 0.6 else cell for cell in columns[field.name]
            )
    return replace(table, columns=MappingProxyType(columns))


def _within(cell: Any, field: Field) -> bool:
    return field.minimum is None or field.maximum is None or field.minimum <= cell <= field.maximum


def _with_nothing_in_columns(table: FactTable, random: Random) -> FactTable:
    columns = {
        name: (random.choice((MISSING, EMPTY)),) * table.row_count if random.random() < 0.4 else cells
        for name, cells in table.columns.items()
    }
    return replace(table, columns=MappingProxyType(columns))


def _with_many_rows(facts: FactSet, random: Random) -> FactSet:
    missing = random.choice((0, 0.02, 0.2))
    tables = [
        table
        if table.table.one_row
        else table_of(
            table.table, [random_row(table.table, random, missing) for _ in range(random.randint(5, 30))], table.closed
        )
        for table in facts.tables
    ]
    return FactSet(facts.schema, tuple(tables))
