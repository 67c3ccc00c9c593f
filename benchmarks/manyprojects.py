"""A workbook of many projects with child sheets, drawn at random, and the schema by which it is read.

It has the shape of a portfolio that was exported from a planning tool: a sheet of projects with 62 columns, and three
sheets with a row for each deliverable, team member and change. A project has about 10, 8 and 5 of these; one in fifty
has none. One cell in twenty-five is blank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from riskcheck.facts.manyprojects import schema_of_many
from riskcheck.model.schema import EnumWord, Field, FieldType, Schema, Table
from riskcheck.model.text import Text

FIRST_DAY = datetime(2024, 1, 1)
WITHOUT_CHILDREN, BLANK = 0.02, 0.04
Draw = Callable[[Random], object]
Column = tuple[Field, Draw]


def _field(name: str, kind: FieldType, words: Sequence[str] = ()) -> Field:
    title = name.replace("_", " ").capitalize()
    allowed = tuple(EnumWord(word, Text(word.capitalize(), word.capitalize())) for word in words)
    return Field(name, kind, Text(title, title), allowed=allowed)


def _texts(names: str, different: int) -> list[Column]:
    """Columns with so many different texts."""
    return [
        (_field(name, FieldType.STRING), lambda rng, name=name: f"{name} {rng.randrange(different)}")  # type: ignore[misc]
        for name in names.split()
    ]


def _words(name: str, words: str) -> Column:
    allowed = words.split()
    return _field(name, FieldType.ENUM, allowed), lambda rng: rng.choice(allowed).capitalize()


def _counts(names: str, most: int) -> list[Column]:
    return [(_field(name, FieldType.INT), lambda rng: rng.randrange(most)) for name in names.split()]


def _amounts(names: str, most: float, kind: FieldType = FieldType.DOUBLE) -> list[Column]:
    return [(_field(name, kind), lambda rng: round(rng.uniform(0, most), 2)) for name in names.split()]


def _days(names: str) -> list[Column]:
    return [
        (_field(name, FieldType.DATE), lambda rng: FIRST_DAY + timedelta(rng.randrange(1000))) for name in names.split()
    ]


def _truths(names: str) -> list[Column]:
    return [(_field(name, FieldType.BOOL), lambda rng: rng.random() < 0.8) for name in names.split()]


_PROJECT = (
    *_texts("title client manager sponsor", 2000),
    *_texts("remarks", 40),
    _words("contract_type", "fixed materials retainer"),
    _words("phase", "plan build test release closed"),
    _words("region", "north south east west"),
    _words("currency", "cny usd eur"),
    _words("method", "agile waterfall mixed"),
    _words("industry", "bank retail public energy health"),
    _words("light", "green amber red"),
    *_counts("scope_items scope_changes open_issues grave_issues vendors late_payments staff_planned staff_actual", 60),
    *_counts("stakeholders complexity satisfaction open_invoices overdue_invoices risks open_risks releases", 12),
    *_amounts("penalty contingency defect_density velocity_planned velocity_actual reserve budget spent", 1e6),
    *_amounts("done tested margin", 100, FieldType.PERCENT),
    *_days("signed_on started_on planned_end expected_end last_board last_restore insured_until audited_on"),
    *_truths("exclusions penalties privacy acceptance escalation deputy kickoff risk_list security_review"),
    *_truths("subcontractors rights insured change_control handover"),
)
TABLES: dict[str, tuple[Column, ...]] = {
    "project": _PROJECT,
    "deliverables": (
        *_texts("title", 50),
        *_days("due_on accepted_on"),
        *_truths("accepted"),
        *_counts("quality", 6),
        *_amounts("done", 100, FieldType.PERCENT),
    ),
    "team": (
        *_texts("person", 20_000),
        _words("role", "dev test analyst lead operations"),
        *_days("joined_on left_on"),
        *_amounts("share", 100, FieldType.PERCENT),
    ),
    "changes": (
        _words("kind", "scope cost schedule"),
        *_truths("approved"),
        *_amounts("amount", 90_000),
        *_days("asked_on"),
    ),
}
MEAN_ROWS = {"deliverables": 10, "team": 8, "changes": 5}


def schema() -> Schema:
    """The schema with the column of the project in every table, by which the workbook is read as a whole."""
    tables = (
        Table(name, Text(name.capitalize(), name.capitalize()), tuple(field for field, _ in columns))
        for name, columns in TABLES.items()
    )
    return schema_of_many(Schema(tuple(tables)))


def write_workbook(path: Path, projects: int) -> int:
    """Write the workbook, and give the number of its rows. The same number of projects gives the same workbook."""
    rng, rows = Random(7), 0
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, columns in TABLES.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ("Project ID", *(field.title.en for field, _ in columns)))
            for number, project in enumerate(_projects_of_rows(name, projects, rng), start=1):
                sheet.write_string(number, 0, project)
                for column, (_, draw) in enumerate(columns, start=1):
                    if rng.random() < BLANK:
                        continue
                    value = draw(rng)
                    if isinstance(value, datetime):
                        sheet.write_datetime(number, column, value, day)
                    else:
                        sheet.write(number, column, value)
                rows += 1
    return rows


def _projects_of_rows(table: str, projects: int, rng: Random) -> Iterator[str]:
    """The id of the project of each row."""
    mean = MEAN_ROWS.get(table)
    for number in range(projects):
        count = 1 if mean is None else 0 if rng.random() < WITHOUT_CHILDREN else rng.randrange(2 * mean + 1)
        yield from [f"P{number:05}"] * count
