"""Random facts of a small schema, in every state of cells and tables, and the ways to learn more about them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from types import MappingProxyType

from riskcheck.frozen import replace
from riskcheck.model.factset import EMPTY, MISSING, Cell, FactSet, FactTable, close_table
from riskcheck.model.number import SCALE
from riskcheck.model.schema import EnumWord, Field, FieldType, Schema, Table
from riskcheck.model.text import Text

AS_OF = date(2026, 6, 30)
KINDS = ("open", "done", "dropped")
NAMES = ("A", "B", "C")


def _text(words: str) -> Text:
    return Text(words, words)


def _fields() -> tuple[Field, ...]:
    """One field of each type; numbers with and without bounds; few values, so that keys meet."""
    words = tuple(EnumWord(word, _text(word)) for word in KINDS)
    return tuple(
        replace(field, title=_text(field.name))
        for field in (
            Field("name", FieldType.STRING, _text("")),
            Field("ref", FieldType.STRING, _text(""), optional=True),
            Field("refs", FieldType.LIST, _text(""), optional=True),
            Field("few", FieldType.INT, _text(""), minimum=0, maximum=3),
            Field("any", FieldType.INT, _text("")),
            Field("part", FieldType.DOUBLE, _text(""), minimum=0, maximum=2 * SCALE),
            Field("amount", FieldType.DOUBLE, _text(""), optional=True),
            Field("flag", FieldType.BOOL, _text("")),
            Field("kind", FieldType.ENUM, _text(""), allowed=words),
            Field("due", FieldType.DATE, _text(""), optional=True),
            Field("moment", FieldType.DATETIME, _text("")),
            Field("until", FieldType.DATE, _text(""), optional=True),
            Field("over", FieldType.DATETIME, _text("")),
        )
    )


SCHEMA = Schema(
    (
        Table("project", _text("project"), _fields(), one_row=True, min_rows=1),
        Table("tasks", _text("tasks"), _fields()),
        Table("items", _text("items"), _fields()),
    )
)


def random_value(field: Field, random: Random) -> Cell:
    match field.type:
        case FieldType.BOOL:
            return random.random() < 0.5
        case FieldType.INT if field.maximum is None:
            return random.choice((-2, -1, 0, 1, 1, 2, 3, 5, 2**63 - 1, -(2**63)))
        case FieldType.INT:
            return random.randint(0, 3)
        case FieldType.DOUBLE if field.maximum is None:
            return random.choice((-SCALE, 0, 0, 1, SCALE // 3, SCALE, 5 * SCALE // 2, 9 * 10**12 * SCALE))
        case FieldType.DOUBLE:
            return random.choice((0, 1, SCALE // 2, SCALE, 2 * SCALE))
        case FieldType.ENUM:
            return random.choice(KINDS)
        case FieldType.DATE:
            return AS_OF + timedelta(days=random.choice((-40, -1, 0, 0, 1)))
        case FieldType.DATETIME:
            return datetime(2026, 6, 30, 9, 30) + timedelta(hours=random.choice((-40, -1, 0, 20)))
        case FieldType.LIST:
            return tuple(sorted(set(random.choices(NAMES, k=random.randint(1, 2)))))
        case _:
            return random.choice(NAMES)


def random_cell(field: Field, random: Random, missing: float = 0.2, empty: float = 0.1) -> Cell:
    draw = random.random()
    if draw < missing:
        return MISSING
    return EMPTY if draw < missing + empty else random_value(field, random)


def random_row(table: Table, random: Random, missing: float = 0.2, empty: float = 0.1) -> dict[str, Cell]:
    return {field.name: random_cell(field, random, missing, empty) for field in table.fields}


def table_of(table: Table, rows: list[dict[str, Cell]], closed: bool) -> FactTable:
    columns = {field.name: tuple(row[field.name] for row in rows) for field in table.fields}
    return FactTable(table, MappingProxyType(columns), len(rows), closed)


def random_facts(random: Random, missing: float = 0.2, empty: float = 0.1) -> FactSet:
    tables = []
    for table in SCHEMA.tables:
        count = random.randint(0, 1) if table.one_row else random.choice((0, 1, 1, 2, 3, 4))
        rows = [random_row(table, random, missing, empty) for _ in range(count)]
        tables.append(table_of(table, rows, closed=random.random() < 0.6))
    return FactSet(SCHEMA, tuple(tables))


# ---------------------------------------------------------------- learning


def rows_of(facts: FactTable) -> list[dict[str, Cell]]:
    return [{name: cells[row] for name, cells in facts.columns.items()} for row in range(facts.row_count)]


def missing_cells(facts: FactSet) -> list[tuple[str, int, str]]:
    return [
        (table.table.name, row, field)
        for table in facts.tables
        for field, cells in table.columns.items()
        for row, cell in enumerate(cells)
        if cell is MISSING
    ]


def with_table(facts: FactSet, changed: FactTable) -> FactSet:
    tables = tuple(changed if each.table.name == changed.table.name else each for each in facts.tables)
    return FactSet(facts.schema, tables)


def with_cell(facts: FactSet, place: tuple[str, int, str], cell: Cell) -> FactSet:
    table, row, field = place
    found = facts.by_name[table]
    rows = rows_of(found)
    rows[row] = {**rows[row], field: cell}
    return with_table(facts, table_of(found.table, rows, found.closed))


def with_random_row(facts: FactSet, table: FactTable, random: Random) -> FactSet:
    rows = [*rows_of(table), random_row(table.table, random)]
    return with_table(facts, table_of(table.table, rows, table.closed))


def lessons(facts: FactSet, random: Random, steps: int) -> Iterator[FactSet]:
    """Facts about which more and more is known: cells filled or found empty, rows added, tables closed."""
    for _ in range(steps):
        missing = missing_cells(facts)
        growing = [table for table in facts.tables if not table.closed]
        addable = [table for table in growing if not table.table.one_row or table.row_count == 0]
        draw = random.random()
        if missing and draw < 0.6:
            facts = filled(facts, random.choice(missing), random)
        elif addable and draw < 0.8:
            facts = with_random_row(facts, random.choice(addable), random)
        elif growing:
            facts = with_table(facts, close_table(random.choice(growing)))
        yield facts


def filled(facts: FactSet, place: tuple[str, int, str], random: Random, empty: float = 0.15) -> FactSet:
    field = facts.schema.by_name[place[0]].by_name[place[2]]
    return with_cell(facts, place, random_cell(field, random, 0, empty))


def completed(facts: FactSet, random: Random, empty: float = 0.1) -> FactSet:
    """All that is unknown settled at random: rows added to open tables, tables closed, missing cells filled."""
    for table in facts.tables:
        most = (1 - table.row_count if table.table.one_row else 3) if not table.closed else 0
        for _ in range(random.randint(0, max(0, most))):
            facts = with_random_row(facts, facts.by_name[table.table.name], random)
        facts = with_table(facts, close_table(facts.by_name[table.table.name]))
    for place in missing_cells(facts):
        facts = filled(facts, place, random, empty)
    return facts
