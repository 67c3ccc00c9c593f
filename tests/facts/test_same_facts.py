"""The same facts in a workbook and in YAML are the same facts: on random tables, good and bad cells alike."""

from __future__ import annotations

import json
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.facts.sheet import CellValue, Sheet
from riskcheck.model.factset import FactSet
from riskcheck.model.schema import Field, FieldType
from tests.facts.smallschema import FIELDS, PROJECT, of_sheets, of_yaml

Pair = tuple[CellValue, str, bool]
"""A cell as a workbook holds it, as YAML writes it, and whether its format is percent."""


def same(text: str) -> Pair:
    """A text that both write alike."""
    return text, json.dumps(text, ensure_ascii=False), False


COMMON = [("", "", False), *map(same, ("none", "无", "TBD", "待定", "/", " ", "?"))]
CELLS: dict[FieldType, list[Pair]] = {
    FieldType.STRING: [
        *map(same, ("张伟", " Ａ1 ", "1.10", "no", "a, b", "等")),
        (3.0, "3", False),
        (12.0, "12", False),
    ],
    FieldType.INT: [(3.0, "3", False), (9.0, "9", False), (3.5, "3.5", False), *map(same, ("3", "three", "3级"))],
    FieldType.DOUBLE: [
        (0.5, "0.5", False),
        (1200.0, "1200", False),
        *map(same, ("1,200", "2天", "1,2", "85%", "≥5")),
    ],
    FieldType.PERCENT: [
        (0.85, "85%", True),
        (85.0, "85", False),
        (0.5, "0.5", False),
        *map(same, ("85%", "0.9", "x%")),
    ],
    FieldType.BOOL: [(True, "yes", False), (False, "否", False), (1.0, "1", False), *map(same, ("√", "N", "x"))],
    FieldType.DATE: [
        (date(2026, 3, 5), "2026-03-05", False),
        (datetime(2026, 3, 5, 14, 30), "2026-03-05 14:30:00", False),
        (46086.0, "46086", False),
        *map(same, ("2026年3月5日", "03/05/2026", "2026-02-30")),
    ],
    FieldType.DATETIME: [
        (date(2026, 3, 5), "2026-03-05", False),
        (datetime(2026, 3, 5, 14, 30), "2026-03-05T14:30", False),
        *map(same, ("2026/3/5 8:00", "now")),
    ],
    FieldType.ENUM: list(map(same, ("done", "进行中", "In-Progress", "DONE", "finished"))),
    FieldType.LIST: [
        ("T1, T2", "[T1, T2]", False),
        ("T1", "[T1]", False),
        (3.0, "[3]", False),
        ("none", "[]", False),
        *map(same, ("T1、T2", "T1；TBD")),
    ],
}
TYPED_IN = [field for field in FIELDS.values() if field.derived is None]
NAMES = st.sampled_from(("name", "en", "zh"))


def spelling(field: Field, name: str) -> str:
    """The field's name, or its title in one language."""
    return field.name if name == "name" else field.title.of("zh" if name == "zh" else "en")


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[str], list[list[Pair]]]:
    """Headers for the sheet, keys for YAML, and rows of cells."""
    fields = draw(st.lists(st.sampled_from(TYPED_IN), min_size=1, unique_by=lambda field: field.name))
    headers = [spelling(field, draw(NAMES)) for field in fields]
    keys = [spelling(field, draw(NAMES)) for field in fields]
    row = st.tuples(*(st.sampled_from(COMMON + CELLS[field.type]) for field in fields))
    return headers, keys, [list(cells) for cells in draw(st.lists(row, max_size=4))]


def as_sheet(name: str, headers: list[str], rows: list[list[Pair]]) -> Sheet:
    percent = frozenset(
        (at_row, column) for at_row, row in enumerate(rows, 1) for column, cell in enumerate(row) if cell[2]
    )
    values = tuple(tuple(cell[0] for cell in row) for row in rows)
    return Sheet(name, True, (tuple(headers), *values), percent=percent)


def as_yaml(keys: list[str], row: list[Pair]) -> str:
    return (
        "{"
        + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {cell[1]}" for key, cell in zip(keys, row, strict=True))
        + "}"
    )


def typed(facts: FactSet) -> list[object]:
    """What a rule sees of the facts, and how many problems of which kind a person sees."""
    return [
        [(table.columns, table.row_count, table.closed, table.present, table.nothing) for table in facts.tables],
        [(problem.code, problem.severity, problem.text) for problem in facts.problems],
        facts.assumed_complete,
        [(each.table, each.by, each.declared_by) for each in facts.closures],
    ]


@settings(derandomize=True, max_examples=150)
@given(tables(), st.booleans())
def test_tables(table: tuple[list[str], list[str], list[list[Pair]]], closed: bool) -> None:
    headers, keys, rows = table
    blank = [all(isinstance(cell[0], str) and not cell[0].strip() for cell in row) for row in rows]
    has_row_for_keys = not rows or not all(blank)
    assume = ("all",) if closed else ()
    in_yaml = of_yaml("tasks: [" + ", ".join(as_yaml(keys, row) for row in rows) + "]", assume)
    in_workbook = of_sheets(as_sheet("任务", headers, rows), assume_complete=assume)
    if has_row_for_keys:
        assert typed(in_workbook) == typed(in_yaml)


@settings(derandomize=True, max_examples=80)
@given(st.data(), st.booleans())
def test_one_row_tables(data: st.DataObject, declared: bool) -> None:
    fields = data.draw(st.lists(st.sampled_from(PROJECT.fields), min_size=1, unique_by=lambda field: field.name))
    row = [data.draw(st.sampled_from(COMMON + CELLS[field.type])) for field in fields]
    rows = tuple((spelling(field, data.draw(NAMES)), cell[0]) for field, cell in zip(fields, row, strict=True))
    percent = frozenset((index, 1) for index, cell in enumerate(row) if cell[2])
    status = Sheet("table_status", True, (("table", "complete", "declared_by"), ("*", declared, "李娜")))
    in_workbook = of_sheets(Sheet("project", True, rows, percent=percent), status)
    in_yaml = of_yaml(
        f"project: {as_yaml([field.name for field in fields], row)}\n"
        f"table_status: [{{table: '*', complete: {'yes' if declared else 'no'}, declared_by: 李娜}}]\n"
    )
    assert typed(in_workbook) == typed(in_yaml)
