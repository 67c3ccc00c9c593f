"""Sheets, headers, columns and forms as a mapping says them; what it does not say is found as ever."""

from __future__ import annotations

from datetime import date

import pytest

from riskcheck.errors import FactsError
from riskcheck.model.factset import EMPTY, MISSING
from tests.facts.smallschema import sheet
from tests.mapping.mapped import column, facts_of, place, refusals, told

D = date(2026, 3, 5)
LIST = sheet(
    "Sheet1", ["Plan of work"], ["No.", "Who", "Begin", "State"], ["T1", "张伟", D, "○"], ["T2", "李娜", D, "完成"]
)
LIST_MAPPED = """
sheets:
  - sheet: Sheet1
    table: tasks
    header: 2
    fields:
      task_id: No.
      owner: Who
      planned_start: {column: C}
      status: {header: State, words: {○: in_progress}}
"""


def test_a_sheet_of_any_name_is_read_for_the_table_that_the_mapping_says() -> None:
    facts = facts_of(LIST_MAPPED, LIST)
    assert column(facts, "task_id") == ["T1", "T2"]
    assert column(facts, "owner") == ["张伟", "李娜"]
    assert column(facts, "planned_start") == [D, D]
    assert column(facts, "status") == ["in_progress", "done"]
    assert place(facts, 1, "status") == "f.xlsx!Sheet1!D4"
    assert facts.by_name["tasks"].origin.raw(0, "status") == "○"
    assert told(facts) == ["A1 above-header note"]


def test_the_header_is_found_by_the_columns_that_the_mapping_names() -> None:
    facts = facts_of(LIST_MAPPED.replace("    header: 2\n", ""), LIST)
    assert (column(facts, "task_id"), column(facts, "status")) == (["T1", "T2"], ["in_progress", "done"])


def test_what_the_mapping_does_not_say_is_found_as_ever() -> None:
    facts = facts_of(
        "sheets: [{sheet: Plan, table: tasks, fields: {owner: PIC}}]",
        sheet("Plan", ["ID", "PIC", "Level", "Rubbish"], ["T1", "张伟", 3, "x"]),
        sheet("Changes", ["Change ID"], ["C1"]),
        sheet("Nonsense", ["x"]),
    )
    assert (column(facts, "owner"), column(facts, "level")) == (["张伟"], [3])
    assert column(facts, "change_id", "changes") == ["C1"]
    assert told(facts) == ["None unknown-sheet warning", "D1 unknown-column warning"]


def test_a_column_that_the_mapping_names_wins_over_the_one_that_bears_the_name() -> None:
    facts = facts_of(
        "sheets: [{sheet: Tasks, table: tasks, fields: {owner: Real owner}}]",
        sheet("Tasks", ["ID", "Owner", "Real owner"], ["T1", "nobody", "张伟"]),
    )
    assert column(facts, "owner") == ["张伟"]
    assert told(facts) == ["B1 mapped-elsewhere note"]


def test_a_header_that_bears_the_name_of_another_field_is_read_as_the_mapping_says() -> None:
    facts = facts_of(
        "sheets: [{sheet: Tasks, table: tasks, fields: {owner: ID, task_id: Owner}}]",
        sheet("Tasks", ["ID", "Owner"], ["张伟", "T1"]),
    )
    assert (column(facts, "task_id"), column(facts, "owner")) == (["T1"], ["张伟"])


def test_columns_and_sheets_are_left_out_without_a_word_where_the_mapping_says_so() -> None:
    text = """
sheets:
  - {sheet: Tasks, table: tasks, ignore: [Rubbish, {column: D}]}
  - {sheet: Notes, ignore: true}
"""
    facts = facts_of(text, sheet("Tasks", ["ID", "Owner", "Rubbish", "Junk"], ["T1", "x", 1, 2]), sheet("Notes", ["a"]))
    assert told(facts) == []


def test_only_what_the_mapping_names_is_read_if_it_says_so() -> None:
    text = "only: true\nsheets: [{sheet: Tasks, table: tasks, only: true, fields: {task_id: ID}}]"
    facts = facts_of(
        text, sheet("Tasks", ["ID", "Owner", "Junk"], ["T1", "张伟", 1]), sheet("Changes", ["Change ID"], ["C"])
    )
    assert column(facts, "owner") == [MISSING]
    assert not facts.by_name["changes"].present
    assert told(facts) == []


def test_a_hidden_sheet_is_read_because_it_is_mapped() -> None:
    hidden = sheet("Old", ["ID"], ["T1"], visible=False)
    assert told(facts_of("sheets: [{sheet: Old, table: tasks}]", hidden)) == []


def test_rows_say_which_rows_are_read_and_nothing_around_them_is_looked_at() -> None:
    raid = sheet("RAID", ["ID", "Owner"], ["T1", "张伟"], ["T2", "李娜"], [], ["Change ID"], ["C1"], ["C2"])
    text = """
sheets:
  - {sheet: RAID, table: tasks, header: 1, rows: 2-3}
  - {sheet: RAID, table: changes, header: 5, rows: 6-}
"""
    facts = facts_of(text, raid)
    assert column(facts, "task_id") == ["T1", "T2"]
    assert column(facts, "change_id", "changes") == ["C1", "C2"]
    assert place(facts, 1, "change_id", "changes") == "f.xlsx!RAID!A7"
    assert (told(facts), facts.partly_read) == ([], ())


def test_several_sheets_for_one_table_are_read_one_after_the_other() -> None:
    text = """
sheets:
  - {sheet: Open, table: tasks}
  - {sheet: Closed, table: tasks, fields: {status: {value: done}}}
"""
    facts = facts_of(text, sheet("Open", ["ID", "Owner"], ["T1", "张伟"]), sheet("Closed", ["ID", "Level"], ["T2", 4]))
    assert column(facts, "task_id") == ["T1", "T2"]
    assert column(facts, "owner") == ["张伟", MISSING]
    assert column(facts, "status") == [MISSING, "done"]
    assert [place(facts, row, "task_id") for row in (0, 1)] == ["f.xlsx!Open!A2", "f.xlsx!Closed!A2"]
    assert place(facts, 1, "status") == "map.yaml:5:60"


def test_a_sheet_that_bears_the_name_of_a_table_which_another_is_mapped_to_is_refused() -> None:
    text = "sheets: [{sheet: Sheet1, table: tasks}]"
    with pytest.raises(FactsError, match=r'two sheets for the table tasks: "Sheet1" and "Tasks"'):
        facts_of(text, sheet("Tasks", ["ID"], ["T1"]), sheet("Sheet1", ["ID"], ["T2"]))


def test_two_header_rows_are_joined() -> None:
    drawn = sheet("Plan", ["ID", "Plan", ""], ["", "Start", "End"], ["T1", D, D], merged=((0, 1, 0, 2),))
    text = (
        "sheets: [{sheet: Plan, table: tasks, header: 1-2, fields: {planned_start: Plan / Start, actual_finish: End}}]"
    )
    facts = facts_of(text, drawn)
    assert (column(facts, "planned_start"), column(facts, "actual_finish")) == ([D], [D])


def test_a_mapped_column_beyond_a_blank_one_belongs_to_the_table() -> None:
    drawn = sheet("Tasks", ["ID", "Owner", "", "Zzz"], ["T1", "张伟", "", 3])
    facts = facts_of("sheets: [{sheet: Tasks, table: tasks, fields: {level: Zzz}}]", drawn)
    assert (column(facts, "level"), told(facts)) == ([3], [])


def test_a_column_without_a_header_is_named_by_its_letter() -> None:
    drawn = sheet("Tasks", ["ID", ""], ["T1", "张伟"])
    facts = facts_of("sheets: [{sheet: Tasks, table: tasks, header: 1, fields: {owner: {column: B}}}]", drawn)
    assert (column(facts, "owner"), told(facts)) == (["张伟"], [])


# ------------------------------------------------------------ what fits nothing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sheets:\n- {sheet: Task, table: tasks}", ["3 mapped-sheet-missing"]),
        ("sheets:\n- {sheet: Tasks, table: tasks, file: g.xlsx}", ["3 mapped-file-missing"]),
        ("sheets:\n- {sheet: Tasks, table: tasks, header: 9}", ["3 mapped-header-missing"]),
        ("sheets:\n- {sheet: Tasks, table: tasks, fields: {owner: Ownr}}", ["3 mapped-column-missing"]),
        ("sheets:\n- {sheet: Tasks, table: tasks, fields: {owner: {column: Z}}}", ["3 mapped-column-missing"]),
        ("sheets:\n- {sheet: Tasks, table: tasks, ignore: [Nix]}", ["3 mapped-column-missing"]),
        ("sheets:\n- {sheet: Tasks, table: tasks, fields: {owner: Twice}}", ["3 mapped-column-unclear"]),
        ("sheets:\n- {sheet: Tasks, table: tasks, fields: {owner: ID, level: ID}}", ["3 mapped-column-twice"]),
        ("sheets:\n- {sheet: Tasks, table: tasks, fields: {status: {words: {x: done}}}}", ["3 mapped-column-missing"]),
        ("constants: {changes: {change_id: C1}}", ["2 mapped-table-missing"]),
        ("sheets:\n- {sheet: Tasks, table: tasks, fields: {task_id: ID}, only: true, ignore: [ID]}", []),
    ],
)
def test_what_of_the_mapping_fits_nothing_is_refused(text: str, expected: list[str]) -> None:
    assert refusals(text, sheet("Tasks", ["ID", "Owner", "Twice", "Twice"], ["T1", "张伟", 1, 2])) == expected


def test_the_nearest_sheet_and_header_are_named() -> None:
    with pytest.raises(FactsError) as error:
        facts_of("sheets: [{sheet: Taks, table: tasks}]", sheet("Tasks", ["ID"], ["T1"]))
    assert 'which is not there; did you mean "Tasks"?' in str(error.value)
    with pytest.raises(FactsError) as error:
        facts_of(
            "sheets: [{sheet: Tasks, table: tasks, fields: {owner: Ownr}}]", sheet("Tasks", ["ID", "Owner"], ["T1"])
        )
    assert 'the mapping names "Ownr"' in str(error.value)
    assert 'did you mean "Owner"?' in str(error.value)


# ------------------------------------------------------------ constants, declarations


def test_a_value_for_every_row_stands_in_the_mapping() -> None:
    facts = facts_of("constants: {tasks: {owner: 张伟}}", sheet("Tasks", ["ID"], ["T1"], ["T2"]))
    assert column(facts, "owner") == ["张伟", "张伟"]
    assert place(facts, 1, "owner") == "map.yaml:2:28"
    assert place(facts, 1, "task_id") == "f.xlsx!Tasks!A3"


def test_a_one_row_table_may_stand_in_the_mapping_alone() -> None:
    facts = facts_of("constants: {project: {项目编号: P-1, as_of: 2026-03-05}}", sheet("Tasks", ["ID"], ["T1"]))
    assert facts.single("project", "project_id") == "P-1"
    assert facts.single("project", "as_of") == D
    assert facts.single("project", "name") is MISSING


def test_a_constant_wins_over_the_file_and_that_is_told() -> None:
    facts = facts_of(
        "constants: {project: {project_id: P-2}}",
        sheet("Project", ["Project ID", "P-1"], ["Project name", "Pilot"]),
        sheet("Tasks", ["ID"], ["T1"]),
    )
    assert (facts.single("project", "project_id"), facts.single("project", "name")) == ("P-2", "Pilot")
    assert told(facts) == ["B1 mapped-elsewhere note"]


COMPLETE = "complete: {tasks: {by: 张伟, on: 2026-06-30}}\n"


def test_a_table_declared_complete_is_closed_by_a_person_on_a_day() -> None:
    facts = facts_of(COMPLETE, sheet("Tasks", ["ID", "Owner"], ["T1", ""]))
    assert column(facts, "owner") == [EMPTY]
    (closure,) = facts.closures
    assert (closure.table, closure.by, closure.declared_by) == ("tasks", "mapping", "张伟")
    assert facts.status_dates == (("tasks", date(2026, 6, 30)),)
    assert [(each.table, each.by, str(each.on)) for each in facts.declared] == [("tasks", "张伟", "2026-06-30")]


def test_what_the_file_says_of_its_completeness_counts_more() -> None:
    status = sheet("Table status", ["Table", "Complete"], ["tasks", "no"])
    facts = facts_of(COMPLETE, sheet("Tasks", ["ID"], ["T1"]), status)
    assert not facts.by_name["tasks"].closed
    assert told(facts) == ["None declared-stays-open warning"]
    status = sheet("Table status", ["Table", "Complete"], ["tasks", "yes"])
    facts = facts_of(COMPLETE, sheet("Tasks", ["ID"], ["T1"]), status)
    assert facts.by_name["tasks"].closed
    assert (facts.declared, told(facts)) == ((), [])


def test_a_table_with_rows_that_may_be_left_out_stays_open() -> None:
    drawn = sheet("Tasks", ["ID", "Owner"], ["T1", "x"], [], ["Level", "Status"], [3, "done"])
    facts = facts_of(COMPLETE, drawn)
    assert not facts.by_name["tasks"].closed
    assert "None declared-stays-open warning" in told(facts)


# ------------------------------------------------------------ names beside values


FORM = sheet("Form", ["Our number", "P-1", "Called", "Pilot"], ["Value of it (万元)", 12], ["Junk", "x"])


def test_labels_of_a_form_are_mapped_by_their_text_or_cell() -> None:
    text = """
sheets:
  - sheet: Form
    table: project
    fields:
      project_id: Our number
      name: {cell: D1}
      amount: {header: Value of it (万元), unit: 万元}
    ignore: [Junk]
"""
    facts = facts_of(text, FORM, sheet("Tasks", ["ID"], ["T1"]))
    assert facts.single("project", "project_id") == "P-1"
    assert facts.single("project", "name") == "Pilot"
    assert facts.single("project", "amount") == 120_000 * 10**6
    assert place(facts, 0, "name", "project") == "f.xlsx!Form!D1"


def test_a_label_that_is_not_there_is_refused() -> None:
    assert refusals("sheets: [{sheet: Form, table: project, fields: {name: Nix}}]", FORM) == ["2 mapped-column-missing"]
    text = "sheets: [{sheet: Form, table: project, fields: {name: {cell: B99}}}]"
    assert refusals(text, FORM) == ["2 mapped-cell-missing"]


def test_a_label_that_stands_twice_is_told_apart_by_the_cell_of_its_value() -> None:
    drawn = sheet("Form", ["Code", "P-1"], ["Project name", "Pilot"], ["Code", "P-2"])
    text = "sheets: [{sheet: Form, table: project, fields: {project_id: Code}}]"
    with pytest.raises(FactsError) as error:
        facts_of(text, drawn)
    assert '"Code" stands 2 times on the sheet "Form" (cells B1, B3)' in str(error.value)
    assert "say which is meant, such as {cell: B1}" in str(error.value)
    facts = facts_of(text.replace("Code", "{cell: B3}"), drawn)
    assert facts.single("project", "project_id") == "P-2"
    assert facts.single("project", "name") == "Pilot"
