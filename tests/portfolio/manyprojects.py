"""Workbooks of many projects, written from the facts of single ones: every table has a column `project_id`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from riskcheck.model.factset import EMPTY, MISSING, Cell, FactSet, FactTable, show_cell
from riskcheck.model.schema import Field, FieldType

Rows = list[list[Any]]
"""A header and rows."""


def written(cell: Cell, field: Field) -> str:
    """A cell as a person would write it: what is not known is yet to be said."""
    if cell is EMPTY:
        return "none"
    if cell is MISSING:
        return "TBD"
    if field.type is FieldType.BOOL:
        return "yes" if cell is True else "no"
    return (show_cell(field, cell) or "") + "%" * (field.type is FieldType.PERCENT)


def write_workbook(path: Path, projects: Mapping[str, FactSet]) -> None:
    """Write the facts of all projects, by id, into one workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in rows_by_table(projects).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def tables_of(projects: Mapping[str, FactSet]) -> dict[str, Rows]:
    """All tables as people write them, and `table_status` with what of each project is complete."""
    status = [
        [name, table.table.name, "yes"] for name, facts in projects.items() for table in facts.tables if table.closed
    ]
    return {**rows_by_table(projects), "table_status": [["project_id", "table", "complete"], *status]}


def rows_by_table(projects: Mapping[str, FactSet]) -> dict[str, Rows]:
    """The rows of all projects in each table that some project has."""
    found: dict[str, Rows] = {}
    for table in next(iter(projects.values())).tables:
        present = {name: facts.by_name[table.table.name] for name, facts in projects.items()}
        if any(each.present for each in present.values()):
            found[table.table.name] = _rows_of(present)
    return found


def _rows_of(tables: Mapping[str, FactTable]) -> Rows:
    fields = [field for field in next(iter(tables.values())).table.fields if field.derived is None]
    fields = [field for field in fields if field.name != "project_id"]
    rows: Rows = [["project_id", *(field.name for field in fields)]]
    for project, table in tables.items():
        for row in range(table.row_count):
            rows.append([project, *(written(table.columns[field.name][row], field) for field in fields)])
    return rows
