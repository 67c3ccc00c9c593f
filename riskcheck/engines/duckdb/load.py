"""The facts of projects that are in memory, as tables of a database (see `riskcheck.engines.sql.tables`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from riskcheck.database import Connection
from riskcheck.engines import Project, reference
from riskcheck.engines.sql.tables import PROJECTS, CellColumn, Tables
from riskcheck.expr.frame import values_of_cells
from riskcheck.expr.intervals import TRUE, UNKNOWN, UNSETTLED
from riskcheck.expr.typed import Kind
from riskcheck.model.factset import EMPTY
from riskcheck.model.truth import Truth

SQL_TYPES: Final = {
    Kind.BOOL: "BOOLEAN",
    Kind.STRING: "VARCHAR",
    Kind.ENUM: "VARCHAR",
    Kind.LIST: "VARCHAR[]",
    **dict.fromkeys((Kind.INT, Kind.DOUBLE, Kind.DATE, Kind.DATETIME), "BIGINT"),
}
_TRUTHS: Final = {Truth.TRUE: True, Truth.UNKNOWN: None, Truth.FALSE: False}


class _Column(NamedTuple):
    name: str
    type: str
    values: list[Any]


def load(connection: Connection, tables: Tables, projects: Sequence[Project]) -> None:
    """Make the tables that a query reads, in place of those that are there."""
    _create(connection, PROJECTS, list(_of_projects(tables, projects)))
    for table in tables.numbers:
        _create(connection, tables.name(table), list(_of_rows(tables, table, projects)))


def _of_projects(tables: Tables, projects: Sequence[Project]) -> Iterator[_Column]:
    yield _Column("p", "INTEGER", list(range(len(projects))))
    yield _Column("d", "INTEGER", [each.as_of.toordinal() for each in projects])
    for table in tables.numbers:
        closed = [each.facts.by_name[table].closed for each in projects]
        yield _Column(tables.open(table), "BOOLEAN", [not each for each in closed])
    for table, name in tables.short.items():
        yield _Column(name, "BOOLEAN", [_TRUTHS[reference.enough_rows(table, each.facts)] for each in projects])
    for column, name in tables.singles.items():
        yield _column(name, column, [each.facts.single(column.table, column.field) for each in projects])


def _of_rows(tables: Tables, table: str, projects: Sequence[Project]) -> Iterator[_Column]:
    facts = [each.facts.by_name[table] for each in projects]
    yield _Column("p", "INTEGER", [number for number, each in enumerate(facts) for _ in range(each.row_count)])
    yield _Column("r", "INTEGER", [row for each in facts for row in range(each.row_count)])
    for column, name in tables.columns.items():
        if column.table == table:
            yield _column(name, column, [cell for each in facts for cell in each.columns[column.field]])


def _column(name: str, column: CellColumn, cells: Sequence[Any]) -> _Column:
    """The values of cells in a column."""
    kind = column.type.kind
    if column.emptiness:
        return _Column(name, "BOOLEAN", [cell is EMPTY for cell in cells])
    found = values_of_cells(cells, column.type)
    if kind is Kind.BOOL:
        return _Column(name, "BOOLEAN", [None if value is UNKNOWN else value is TRUE for value in found])
    if kind is Kind.LIST:
        return _Column(name, SQL_TYPES[kind], [list(value) if isinstance(value, tuple) else None for value in found])
    return _Column(name, SQL_TYPES[kind], [None if value is UNSETTLED else value for value in found])


def _create(connection: Connection, table: str, columns: list[_Column]) -> None:
    read = ", ".join(f"unnest($a{number}::{each.type}[]) AS {each.name}" for number, each in enumerate(columns))
    values = {f"a{number}": each.values for number, each in enumerate(columns)}
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT {read}", values)
