"""What of a workbook is taken as what, as a value: enough to propose a mapping from it."""

from __future__ import annotations

from datetime import date

from riskcheck.facts.inspected import inspected_sheets
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.workbookfacts import read_sheets
from riskcheck.model.inspection import ColumnState, InspectedSheet, SheetState
from tests.facts.smallschema import SCHEMA, sheet

D = date(2026, 3, 5)
PROJECT = sheet("Project", ["Field", "Value"], ["Project ID", "P-1"])


def inspected(*sheets: Sheet) -> list[InspectedSheet]:
    """The sheets, inspected."""
    return list(inspected_sheets(read_sheets(sheets, "f.xlsx", SCHEMA).sheets, "f.xlsx", SCHEMA))


def columns(found: InspectedSheet) -> list[tuple[str | None, str, str, str | None, str | None]]:
    """The columns of the only table: cell, header, state, field, values."""
    (table,) = found.read
    return [
        (each.cell, each.header, each.state.value, each.field and each.field.name, each.values)
        for each in table.columns
    ]


def test_a_table_its_header_columns_and_rows() -> None:
    rows = [
        ["Project plan", "", "", "", "", "", ""],
        ["No.", "ID", "Planned", "", "Remark", "", "Level"],
        ["", "", "Start", "Finish", "", "", ""],
        [1.0, "T1", D, D, "x", "", ""],
        ["Total", "", "", "", "", "", ""],
        [2.0, "T2", D, D, "", "", ""],
        ["", "", "", "", "", "", 5.0],
    ]
    found = inspected(PROJECT, sheet("Tasks", *rows, first=(1, 1), merged=[(2, 3, 2, 4)]))[1]
    assert (found.name, found.state, found.table and found.table.name) == ("Tasks", SheetState.READ, "tasks")
    assert columns(found) == [
        ("B3", "No.", "running-number", None, "B5:B7"),
        ("C3", "ID", "read", "task_id", "C5:C7"),
        ("D4", "Planned / Start", "read", "planned_start", "D5:D7"),
        ("E4", "Planned / Finish", "unknown", None, "E5:E7"),
        ("F3", "Remark", "unknown", None, "F5:F7"),
        ("H3", "Level", "beside", "level", "H5:H7"),
    ]
    (table,) = found.read
    assert (table.form, table.header, table.row_count, table.open) == ("rows", "B3:H4", 2, False)
    assert table.rows == ((5, 5), (7, 7))
    assert "owner" in {field.name for field in table.absent}
    assert "vague" not in {field.name for field in table.absent}
    assert [(left.area, left.code) for left in found.left_out] == [
        ("B2", "above-header"),
        ("H3:H8", "beside-table"),
        ("B6:F6", "totals-row"),
    ]


def test_two_columns_other_units_and_computed_fields() -> None:
    header = ["ID", "Owner", "负责人", "Status", "状态", "工期（小时）", "Vague words"]
    found = inspected(sheet("Tasks", header, ["T1", "a", "b", "", "done", 3.0, 1.0]))[0]
    assert [(cell, state) for cell, _, state, _, _ in columns(found)] == [
        ("A1", "read"),
        ("B1", "twice"),
        ("C1", "twice"),
        ("D1", "twice"),
        ("E1", "read"),
        ("F1", "other-unit"),
        ("G1", "computed"),
    ]


def test_names_beside_values() -> None:
    rows = [
        ["项目编号", "P-1", "项目名称", "试点"],
        ["备注", "x", "数据截止日期：2026-03-05", ""],
        ["项目名称", "另一个"],
    ]
    found = inspected(sheet("Project", *rows))[0]
    assert columns(found) == [
        ("A1", "项目编号", "read", "project_id", "B1"),
        ("C1", "项目名称", "twice", "name", "D1"),
        ("A2", "备注", "unknown", None, "B2"),
        ("C2", "数据截止日期", "read", "as_of", "C2"),
        ("A3", "项目名称", "twice", "name", "B3"),
    ]
    assert (found.read[0].form, found.read[0].header) == ("keys", None)
    assert inspected(PROJECT)[0].read[0].header == "A1:B1"


def test_a_head_block_is_a_table_of_its_sheet() -> None:
    rows = [["项目编号", "P-1", "编制人", "张伟"], ["项目名称", "试点"], [], ["编号", "负责人"], ["T1", "a"]]
    found = inspected(sheet("任务", *rows))[0]
    assert [(each.table.name, each.form) for each in found.read] == [("project", "keys"), ("tasks", "rows")]
    assert [each.cell for each in found.read[0].columns] == ["A1", "C1", "A2"]


def test_what_became_of_sheets() -> None:
    found = inspected(
        PROJECT, sheet("Tasks"), sheet("任务"), sheet("Cover", ["x"]), sheet("# Help", ["x"]), sheet("Changes", ["x"])
    )
    assert [each.state.value for each in found] == ["read", "empty", "twin", "unknown", "marked", "refused"]


def test_a_sheet_that_was_not_read_shows_candidates_and_the_tables_that_it_looks_like() -> None:
    rows = [["Plan"], ["Task ID", "Owner", "Status", "x"], ["T1", "a", "done", "y"]]
    found = inspected(PROJECT, sheet("Sheet1", *rows))[1]
    (near,) = found.nearest
    assert (near.table.name, [field.name for field in near.fields], near.of, near.line, near.swapped) == (
        "tasks",
        ["task_id", "owner", "status"],
        15,
        "2",
        False,
    )
    (candidate,) = found.candidates
    assert (candidate.first_row, candidate.texts, candidate.fields) == (2, ("Task ID", "Owner", "Status", "x"), ())


def test_a_refused_sheet_shows_the_rows_that_name_fields() -> None:
    rows = [["Plan", ""], ["ID", "Owner"], ["T1", "a"], ["Owner", "Cost"], ["a", "1"]]
    found = inspected(sheet("Tasks", *rows))[0]
    assert found.state is SheetState.REFUSED
    assert [(each.first_row, [field.name for field in each.fields]) for each in found.candidates] == [
        (2, ["task_id", "owner"]),
        (4, ["owner", "cost"]),
    ]


def test_a_swapped_sheet_is_known_by_its_column() -> None:
    rows = [["Task ID", "T1", "T2"], ["Owner", "a", "b"], ["Status", "done", "done"], ["Level", 1.0, 2.0]]
    for name in ("Sheet1", "Tasks"):
        found = inspected(PROJECT, sheet(name, *rows))[1]
        near = found.nearest[0]
        assert (near.table.name, len(near.fields), near.line, near.swapped) == ("tasks", 4, "A", True)


def test_all_states_of_columns_are_told_apart() -> None:
    assert len({state.value for state in ColumnState}) == len(ColumnState)
