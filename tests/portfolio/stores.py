"""Stores of many projects, written from the facts of single ones or from rows: Parquet, CSV and DuckDB files."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from riskcheck.model.factset import EMPTY, MISSING, Cell, FactSet, FactTable, InputProblem, show_cell
from riskcheck.model.portfolio import Portfolio
from riskcheck.model.schema import Field, FieldType, Schema
from riskcheck.packs.rulepack import RulePack
from riskcheck.portfolio import PortfolioOptions, judge_portfolio
from riskcheck.projectstore.store import open_store
from tests.portfolio.manyprojects import Rows, tables_of, written

PROJECT = [
    ["project_id", "name", "gate", "as_of"],
    ["P1", "One", "G1", "2026-06-30"],
    ["P2", "Two", "G1", "2026-06-30"],
]
RISKS = [
    ["project_id", "risk_id", "likelihood", "impact", "owner", "status"],
    ["P1", "R1", "3", "4", "Li", "open"],
    ["P2", "R1", "2", "2", "Wu", "open"],
]
"""A row for each of two projects."""
_TYPES = {
    FieldType.INT: "BIGINT",
    FieldType.DOUBLE: "DECIMAL(18, 6)",
    FieldType.BOOL: "BOOLEAN",
    FieldType.DATE: "DATE",
    FieldType.DATETIME: "TIMESTAMP",
    FieldType.LIST: "VARCHAR[]",
}


def write_parquet(folder: Path, tables: Mapping[str, Rows]) -> None:
    """A Parquet file of texts for each table."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        copy(folder / f"{name}.parquet", rows, ["VARCHAR"] * len(rows[0]))


def write_csv(folder: Path, tables: Mapping[str, Rows]) -> None:
    """A CSV file for each table."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def write_database(path: Path, tables: Mapping[str, Rows]) -> None:
    """A DuckDB file with all tables, as texts."""
    with duckdb.connect(str(path)) as connection:
        for name, rows in tables.items():
            connection.execute(f"CREATE TABLE {name} AS {select(rows, ['VARCHAR'] * len(rows[0]))}", values(rows))


def write_typed(folder: Path, projects: Mapping[str, FactSet], schema: Schema) -> None:
    """Parquet files whose columns have the types of the fields, where a type can say what the cells say."""
    folder.mkdir(exist_ok=True)
    write_parquet(folder, {"table_status": tables_of(projects)["table_status"]})
    for table in schema.tables:
        present = {name: facts.by_name[table.name] for name, facts in projects.items()}
        if not any(each.present for each in present.values()):
            continue
        ids = [name for name, each in present.items() for _ in range(each.row_count)]
        header, types, columns = ["project_id"], ["VARCHAR"], [ids]
        for field in table.fields:
            if field.derived is None and field.name != "project_id":
                cells = [cell for each in present.values() for cell in each.columns[field.name]]
                kind, found = _typed_column(field, cells)
                header.append(field.name)
                types.append(kind)
                columns.append(found)
        copy(folder / f"{table.name}.parquet", [header, *map(list, zip(*columns, strict=True))], types)


def _typed_column(field: Field, cells: Sequence[Cell]) -> tuple[str, list[Any]]:
    kind = _TYPES.get(field.type)
    if kind is None or EMPTY in cells or (MISSING in cells and field.optional):
        return "VARCHAR", [written(cell, field) for cell in cells]
    if field.type is FieldType.DOUBLE:
        return kind, [None if cell is MISSING else Decimal(show_cell(field, cell) or "0") for cell in cells]
    return kind, [None if cell is MISSING else list(cell) if isinstance(cell, tuple) else cell for cell in cells]


def copy(path: Path, rows: Rows, types: Sequence[str]) -> None:
    """Write a Parquet file."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t AS {select(rows, types)}", values(rows))
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")


def select(rows: Rows, types: Sequence[str]) -> str:
    named = zip(rows[0], types, strict=True)
    return "SELECT " + ", ".join(f'unnest($a{i}::{kind}[]) AS "{name}"' for i, (name, kind) in enumerate(named))


def values(rows: Rows) -> dict[str, list[Any]]:
    return {f"a{i}": [row[i] for row in rows[1:]] for i in range(len(rows[0]))}


def read(path: Path, pack: RulePack) -> tuple[dict[str, FactSet], tuple[InputProblem, ...]]:
    """The facts of each project in a store, and what is wrong with it."""
    files = [str(each) for each in sorted(path.iterdir())] if path.is_dir() else [str(path)]
    with open_store(files, pack.schema, (), str(path)) as store:
        found = {name: facts for block in store.blocks() for name, facts in block}
        return found, store.problems()


def judged(path: Path, pack: RulePack, **options: Any) -> Portfolio:
    """The portfolio of a store, or of a folder of them."""
    return judge_portfolio([str(path)], pack, PortfolioOptions(**options))


def errors(found: Portfolio) -> list[str]:
    """What is told of the files that is an error."""
    return [each.text.en for each in found.notes if each.is_error]


def facts_differ(one: FactTable, other: FactTable) -> list[str]:
    """The fields in which two tables differ."""
    return [name for name, cells in one.columns.items() if cells != other.columns[name]]
