"""The facts of projects that are in memory, column by column, as the query reads them (see `tables`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, Final, NamedTuple

from riskcheck.engines import Project, reference
from riskcheck.engines.sql.tables import PROJECTS, CellColumn, Tables
from riskcheck.expr.frame import values_of_cells
from riskcheck.expr.intervals import TRUE, UNKNOWN, UNSETTLED
from riskcheck.expr.typed import ORDERED, TEXTS, Kind
from riskcheck.model.factset import EMPTY
from riskcheck.model.truth import Truth


class Held(Enum):
    """What a column holds."""

    NUMBER = "a number of a row, project or day, of 32 bits"
    WHOLE = "a whole number of 64 bits"
    TRUTH = "a truth"
    TEXT = "a text"
    TEXTS = "a list of texts"


class FactColumn(NamedTuple):
    """A column of a table, and its values."""

    name: str
    held: Held
    values: list[Any]


_HELD: Final = {
    Kind.BOOL: Held.TRUTH,
    Kind.LIST: Held.TEXTS,
    **dict.fromkeys(TEXTS, Held.TEXT),
    **dict.fromkeys(ORDERED, Held.WHOLE),
}
_TRUTHS: Final = {Truth.TRUE: True, Truth.UNKNOWN: None, Truth.FALSE: False}


def tables_of(tables: Tables, projects: Sequence[Project]) -> Iterator[tuple[str, list[FactColumn]]]:
    """Each table that a query reads, by name, with its columns."""
    yield PROJECTS, list(_of_projects(tables, projects))
    for table in tables.numbers:
        yield tables.name(table), list(_of_rows(tables, table, projects))


def _of_projects(tables: Tables, projects: Sequence[Project]) -> Iterator[FactColumn]:
    yield FactColumn("p", Held.NUMBER, list(range(len(projects))))
    yield FactColumn("d", Held.NUMBER, [each.as_of.toordinal() for each in projects])
    for table in tables.numbers:
        closed = [each.facts.by_name[table].closed for each in projects]
        yield FactColumn(tables.open(table), Held.TRUTH, [not each for each in closed])
    for table, name in tables.short.items():
        enough = [_TRUTHS[reference.enough_rows(table, each.facts)] for each in projects]
        yield FactColumn(name, Held.TRUTH, enough)
    for column, name in tables.singles.items():
        yield _column(name, column, [each.facts.single(column.table, column.field) for each in projects])


def _of_rows(tables: Tables, table: str, projects: Sequence[Project]) -> Iterator[FactColumn]:
    facts = [each.facts.by_name[table] for each in projects]
    yield FactColumn("p", Held.NUMBER, [number for number, each in enumerate(facts) for _ in range(each.row_count)])
    yield FactColumn("r", Held.NUMBER, [row for each in facts for row in range(each.row_count)])
    for column, name in tables.columns.items():
        if column.table == table:
            yield _column(name, column, [cell for each in facts for cell in each.columns[column.field]])


def _column(name: str, column: CellColumn, cells: Sequence[Any]) -> FactColumn:
    """The values of cells in a column."""
    kind = column.type.kind
    if column.emptiness:
        return FactColumn(name, Held.TRUTH, [cell is EMPTY for cell in cells])
    found = values_of_cells(cells, column.type)
    if kind is Kind.BOOL:
        return FactColumn(name, Held.TRUTH, [None if value is UNKNOWN else value is TRUE for value in found])
    if kind is Kind.LIST:
        return FactColumn(name, Held.TEXTS, [list(value) if isinstance(value, tuple) else None for value in found])
    return FactColumn(name, _HELD[kind], [None if value is UNSETTLED else value for value in found])
