"""Tables on their side, and matrices with letters in their cells."""

from __future__ import annotations

from datetime import date

import pytest

from riskcheck.model.factset import MISSING
from tests.facts.smallschema import sheet
from tests.mapping.mapped import column, facts_of, place, refusals, told

D = date(2026, 3, 5)
SIDE = sheet("Data", ["Name", "T1", "T2", ""], ["Owner", "张伟", "李娜", ""], ["Begin", D, "", ""], ["Junk", 1, 2, ""])


def test_a_table_on_its_side_is_read_column_by_column() -> None:
    text = """
sheets:
  - sheet: Data
    table: tasks
    transposed: true
    header: A
    fields: {task_id: Name, planned_start: {row: 3}}
"""
    facts = facts_of(text, SIDE)
    assert column(facts, "task_id") == ["T1", "T2"]
    assert column(facts, "owner") == ["张伟", "李娜"]
    assert column(facts, "planned_start") == [D, MISSING]
    assert place(facts, 1, "owner") == "f.xlsx!Data!C2"
    assert facts.by_name["tasks"].origin.raw(0, "owner") == "张伟"
    assert told(facts) == ["A4 unknown-column warning"]


def test_the_columns_that_are_rows_may_be_said() -> None:
    how = "transposed: true, header: A, columns: C-, only: true, fields: {task_id: Name}"
    text = f"sheets: [{{sheet: Data, table: tasks, {how}}}]"
    facts = facts_of(text, SIDE)
    assert (column(facts, "task_id"), column(facts, "owner"), told(facts)) == (["T2"], [MISSING], [])


def test_the_column_of_names_is_found_if_it_holds_names_of_fields() -> None:
    drawn = sheet("Data", ["ID", "T1", "Total"], ["Owner", "张伟", ""], ["Level", 3, 9], ["Status", "done", ""])
    facts = facts_of("sheets: [{sheet: Data, table: tasks, transposed: true}]", drawn)
    assert (column(facts, "task_id"), column(facts, "level")) == (["T1"], [3])
    assert told(facts) == ["C1 totals-row note"]
    assert refusals("sheets: [{sheet: Data, table: tasks, transposed: true}]", SIDE) == ["2 mapped-header-missing"]


def test_two_rows_for_one_field_are_not_guessed() -> None:
    drawn = sheet("Data", ["ID", "T1"], ["Owner", "a"], ["责任人", "b"])
    facts = facts_of("sheets: [{sheet: Data, table: tasks, transposed: true, header: A}]", drawn)
    assert (column(facts, "owner"), told(facts)) == ([MISSING], ["A3 two-columns error"])


def test_cells_of_a_table_on_its_side_are_meant_as_the_mapping_says() -> None:
    drawn = sheet("Data", ["ID", "T1"], ["Planned start", "03/05/2026"], ["Status", "○"])
    text = """
sheets:
  - {sheet: Data, table: tasks, transposed: true, header: A, dates: mdy, fields: {status: {words: {○: done}}}}
"""
    facts = facts_of(text, drawn)
    assert (column(facts, "planned_start"), column(facts, "status")) == ([D], ["done"])


def test_names_that_the_mapping_takes_from_elsewhere_or_that_stand_twice() -> None:
    drawn = sheet("Data", ["ID", "T1"], ["Owner", "a"], ["Real", "b"], ["Twice", 1], ["Twice", 2])
    text = "sheets: [{sheet: Data, table: tasks, transposed: true, header: A, fields: {owner: Real}, ignore: [ID]}]"
    facts = facts_of(text, drawn)
    assert column(facts, "owner") == ["b"]
    assert told(facts)[0] == "A2 mapped-elsewhere note"
    text = text.replace("owner: Real", "level: Twice")
    assert refusals(text, drawn) == ["2 mapped-column-unclear"]


# ------------------------------------------------------------ matrices

MATRIX = sheet(
    "Duties",
    ["Who does what"],
    ["Step", "Activity", "PM", "Dev", "Ops"],
    [1, "Design", "A/R", "C", ""],
    [2, "Build", "A", "R, C", "-"],
    [3, "Run", "I", "", "AR"],
)
RACI = """
sheets:
  - sheet: Duties
    table: raci
    header: 2
    fields: {work_package: Activity}
    matrix: {across: role, cells: code}
    ignore: [Step]
"""


def rows(facts: object) -> list[tuple[object, object, object]]:
    """The rows of the table."""
    return list(zip(*(column(facts, name, "raci") for name in ("work_package", "role", "code")), strict=True))  # type: ignore[arg-type]


def test_each_letter_of_a_matrix_is_a_row() -> None:
    facts = facts_of(RACI, MATRIX)
    assert rows(facts) == [
        ("Design", "PM", "A"),
        ("Design", "PM", "R"),
        ("Design", "Dev", "C"),
        ("Build", "PM", "A"),
        ("Build", "Dev", "R"),
        ("Build", "Dev", "C"),
        ("Run", "PM", "I"),
        ("Run", "Ops", "A"),
        ("Run", "Ops", "R"),
    ]
    assert place(facts, 8, "code", "raci") == "f.xlsx!Duties!E5"
    assert place(facts, 8, "role", "raci") == "f.xlsx!Duties!E2"
    assert place(facts, 8, "work_package", "raci") == "f.xlsx!Duties!B5"
    assert facts.by_name["raci"].origin.raw(8, "code") == "AR"
    assert told(facts) == []


def test_the_header_of_a_matrix_is_the_row_that_holds_what_the_mapping_names() -> None:
    assert rows(facts_of(RACI.replace("    header: 2\n", ""), MATRIX)) == rows(facts_of(RACI, MATRIX))


@pytest.mark.parametrize("columns", ["C-D", "[PM, Dev]", "[{column: C}, Dev]"])
def test_the_columns_across_may_be_said(columns: str) -> None:
    facts = facts_of(RACI.replace("cells: code", f"cells: code, columns: {columns}"), MATRIX)
    assert {role for _, role, _ in rows(facts)} == {"PM", "Dev"}
    assert told(facts) == ["E2 unknown-column warning"]


def test_columns_may_stand_for_other_names() -> None:
    text = RACI.replace("cells: code", "cells: code, columns: {PM: Project manager, Ops: 运维}")
    facts = facts_of(text, MATRIX)
    assert {role for _, role, _ in rows(facts)} == {"Project manager", "运维"}


def test_one_column_of_letters_is_a_matrix_of_one_role() -> None:
    drawn = sheet("Duties", ["Area", "Step", "Role"], ["Planning", "Refine", "A"], ["", "Specify", "A/R"])
    text = """
sheets:
  - {sheet: Duties, table: raci, header: 1, fields: {work_package: Step}, ignore: [Area],
     matrix: {across: role, cells: code, columns: {Role: TPM}}}
"""
    assert rows(facts_of(text, drawn)) == [("Refine", "TPM", "A"), ("Specify", "TPM", "A"), ("Specify", "TPM", "R")]


def test_letters_in_other_words_and_what_cannot_be_read() -> None:
    drawn = sheet("Duties", ["Task", "PM", "Dev"], ["Design", "√", "R*"], ["Build", "主/√", "TBD"])
    text = """
sheets:
  - {sheet: Duties, table: raci, header: 1, matrix: {across: role, cells: {field: code, words: {√: R, 主: A}}}}
"""
    facts = facts_of(text, drawn)
    assert rows(facts) == [
        ("Design", "PM", "R"),
        ("Design", "Dev", MISSING),
        ("Build", "PM", "A"),
        ("Build", "PM", "R"),
        ("Build", "Dev", MISSING),
    ]
    assert told(facts) == ["C2 unknown-word error", "C3 placeholder note"]


def test_a_matrix_without_names_of_its_rows_is_refused() -> None:
    drawn = sheet("Duties", ["PM", "Dev"], ["A", "R"])
    text = "sheets: [{sheet: Duties, table: raci, header: 1, matrix: {across: role, cells: code}}]"
    assert refusals(text, drawn) == ["2 mapped-matrix"]
    text = "sheets: [{sheet: Duties, table: raci, matrix: {across: role, cells: code}}]"
    assert refusals(text, drawn) == ["2 mapped-header-missing"]


def test_totals_and_notes_below_a_matrix_are_no_rows() -> None:
    drawn = sheet(
        "Duties", ["Task", "PM", "Dev"], ["Design", "A", "R"], [], ["注：A 为负责"], ["R 为执行的人，请逐项填写。"]
    )
    text = "sheets: [{sheet: Duties, table: raci, header: 1, matrix: {across: role, cells: code}}]"
    facts = facts_of(text, drawn)
    assert rows(facts) == [("Design", "PM", "A"), ("Design", "Dev", "R")]


def test_a_letter_twice_in_a_cell_is_one_row_and_long_texts_are_not_taken_apart() -> None:
    many = "a b c d e f g h i j k l"
    drawn = sheet("Duties", ["Task", "PM"], ["Design", "A, A / A"], ["Build", "A," * 60], ["Run", many])
    text = "sheets: [{sheet: Duties, table: raci, header: 1, matrix: {across: role, cells: code}}]"
    facts = facts_of(text, drawn)
    assert rows(facts) == [("Design", "PM", "A"), ("Build", "PM", MISSING), ("Run", "PM", MISSING)]
