"""The facts of projects that are in memory, as tables of a database (see `riskcheck.engines.sql.tables`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from riskcheck.database import Connection
from riskcheck.engines import Project
from riskcheck.engines.sql.facts import FactColumn, Held, tables_of
from riskcheck.engines.sql.tables import Tables

SQL_TYPES: Final = {
    Held.NUMBER: "INTEGER",
    Held.WHOLE: "BIGINT",
    Held.TRUTH: "BOOLEAN",
    Held.TEXT: "VARCHAR",
    Held.TEXTS: "VARCHAR[]",
}


def load(connection: Connection, tables: Tables, projects: Sequence[Project]) -> None:
    """Make the tables that a query reads, in place of those that are there."""
    for table, columns in tables_of(tables, projects):
        _create(connection, table, columns)


def _create(connection: Connection, table: str, columns: list[FactColumn]) -> None:
    read = ", ".join(
        f"unnest($a{number}::{SQL_TYPES[each.held]}[]) AS {each.name}" for number, each in enumerate(columns)
    )
    values = {f"a{number}": each.values for number, each in enumerate(columns)}
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT {read}", values)
