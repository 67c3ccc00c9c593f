"""Random facts of a pack, and the ways to change them that the laws of the scoring model speak of."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from types import MappingProxyType

from riskcheck.assessment import assess
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import EMPTY, MISSING, Cell, FactSet, FactTable, close_table
from riskcheck.model.finding import Outcome
from riskcheck.model.schema import Field, FieldType, Table
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack

AS_OF = date(2026, 6, 30)
SMALL = Path(__file__).parent / "smallpack"


@cache
def small_pack() -> RulePack:
    return load_pack(SMALL)


def judge(facts: FactSet, pack: RulePack, gate: str = "G2") -> Assessment:
    return assess(facts, pack, gate=gate, as_of=AS_OF)


def random_value(field: Field, random: Random) -> Cell:
    low = field.minimum if field.minimum is not None else 0
    high = field.maximum if field.maximum is not None else low + 9
    match field.type:
        case FieldType.BOOL:
            return random.random() < 0.8
        case FieldType.INT | FieldType.DOUBLE | FieldType.PERCENT:
            return random.randint(low, high)
        case FieldType.ENUM:
            return random.choice(field.allowed).name
        case FieldType.DATE:
            return AS_OF + timedelta(days=random.randint(-60, 10))
        case FieldType.LIST:
            return (f"{field.name}-1",)
        case _:
            return f"{field.name}-{random.randint(1, 3)}"


def random_cell(field: Field, random: Random, absent: float) -> Cell:
    draw = random.random()
    if draw < absent:
        return MISSING
    if draw < 1.5 * absent and field.optional:
        return EMPTY
    return random_value(field, random)


def with_columns(facts: FactTable, columns: dict[str, tuple[Cell, ...]], row_count: int) -> FactTable:
    return replace(facts, columns=MappingProxyType(columns), row_count=row_count, nothing={})


def random_table(table: Table, random: Random, absent: float) -> FactTable:
    rows = 1 if table.one_row else random.randint(0, 4)
    columns = {f.name: tuple(random_cell(f, random, absent) for _ in range(rows)) for f in table.fields}
    return FactTable(table, MappingProxyType(columns), rows, closed=random.random() > absent)


def random_facts(pack: RulePack, random: Random) -> FactSet:
    """Facts with anything from no holes to many."""
    absent = random.choice((0.0, 0.03, 0.1, 0.3))
    return FactSet(pack.schema, tuple(random_table(table, random, absent) for table in pack.schema.tables))


def _change(facts: FactSet, name: str, changed: FactTable) -> FactSet:
    return replace(facts, tables=tuple(changed if t.table.name == name else t for t in facts.tables))


def _set_cell(facts: FactTable, row: int, field: str, cell: Cell) -> FactTable:
    column = list(facts.columns[field])
    column[row] = cell
    return with_columns(facts, {**facts.columns, field: tuple(column)}, facts.row_count)


def change_cells(facts: FactSet, random: Random, count: int) -> FactSet:
    """Give some cells another value."""
    for _ in range(count):
        table = random.choice(facts.tables)
        if table.row_count:
            field, row = random.choice(table.table.fields), random.randrange(table.row_count)
            facts = _change(facts, table.table.name, _set_cell(table, row, field.name, random_value(field, random)))
    return facts


def hide(facts: FactSet, random: Random) -> FactSet:
    """Hide something: a cell, or that a table is complete (with or without dropping a row)."""
    table = random.choice(facts.tables)
    name = table.table.name
    if table.row_count and random.random() < 0.6:
        field, row = random.choice(table.table.fields), random.randrange(table.row_count)
        return _change(facts, name, _set_cell(table, row, field.name, MISSING))
    if table.row_count and random.random() < 0.5 and not table.table.one_row:
        gone = random.randrange(table.row_count)
        columns = {key: cells[:gone] + cells[gone + 1 :] for key, cells in table.columns.items()}
        table = with_columns(table, columns, table.row_count - 1)
    return _change(facts, name, replace(table, closed=False))


def learn(facts: FactSet, random: Random) -> FactSet:
    """Learn one thing: a missing cell, a further row of an open table, or that a table is complete."""
    holes = [
        (table, row, field)
        for table in facts.tables
        for field in table.table.fields
        for row, cell in enumerate(table.columns[field.name])
        if cell is MISSING
    ]
    if holes and random.random() < 0.6:
        table, row, field = random.choice(holes)
        cell = EMPTY if field.optional and random.random() < 0.3 else random_value(field, random)
        return _change(facts, table.table.name, _set_cell(table, row, field.name, cell))
    opened = [table for table in facts.tables if not table.closed]
    if not opened:
        return facts
    table = random.choice(opened)
    if random.random() < 0.5 and not (table.table.one_row and table.row_count):
        return _change(facts, table.table.name, add_row(table, random))
    return _change(facts, table.table.name, close_table(table))


def add_row(table: FactTable, random: Random) -> FactTable:
    columns = {f.name: (*table.columns[f.name], random_cell(f, random, 0.1)) for f in table.table.fields}
    return with_columns(table, columns, table.row_count + 1)


def complete(facts: FactSet, random: Random) -> FactSet:
    """One way that everything unknown may turn out."""
    tables = []
    for table in facts.tables:
        for _ in range(0 if table.closed or table.table.one_row else random.randint(0, 2)):
            table = add_row(table, random)
        for field in table.table.fields:
            for row, cell in enumerate(table.columns[field.name]):
                if cell is MISSING:
                    none = field.optional and random.random() < 0.3
                    table = _set_cell(table, row, field.name, EMPTY if none else random_value(field, random))
        tables.append(replace(table, closed=True))
    return replace(facts, tables=tuple(tables))


def outcomes(assessment: Assessment) -> dict[str, Outcome]:
    return {finding.check: finding.outcome for finding in assessment.findings}
