"""Workbooks of many projects, written from the facts of single ones: every table has a column `project_id`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl

from riskcheck.model.factset import EMPTY, MISSING, Cell, FactSet, FactTable, show_cell
from riskcheck.model.schema import Field, FieldType


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
    tables = next(iter(projects.values())).tables
    for table in tables:
        present = {name: facts.by_name[table.table.name] for name, facts in projects.items()}
        if any(each.present for each in present.values()):
            sheet = book.create_sheet(table.table.name)
            for row in rows_of(present):
                sheet.append(row)
    book.save(path)


def rows_of(tables: Mapping[str, FactTable]) -> list[list[str]]:
    fields = [field for field in next(iter(tables.values())).table.fields if field.derived is None]
    fields = [field for field in fields if field.name != "project_id"]
    rows = [["project_id", *(field.name for field in fields)]]
    for project, table in tables.items():
        for row in range(table.row_count):
            rows.append([project, *(written(table.columns[field.name][row], field) for field in fields)])
    return rows
