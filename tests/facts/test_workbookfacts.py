"""Facts in workbooks: which sheet is which table, where the header is, what is left out and what is refused."""

from __future__ import annotations

import pytest

from riskcheck.model.factset import EMPTY, MISSING, FactTable
from riskcheck.model.place import Location
from tests.facts.smallschema import of_sheets, of_yaml, problems, refused, sheet

PROJECT = sheet("Project", ["Field", "Value", "Note"], ["Project ID", "P-1", "as in the contract"])


def tasks(*rows: list, **marks: object) -> FactTable:  # type: ignore[type-arg]
    """The table of tasks on a sheet with `rows`."""
    return of_sheets(sheet("Tasks", *rows, **marks)).by_name["tasks"]  # type: ignore[arg-type]


# ------------------------------------------------------------ sheets


@pytest.mark.parametrize("name", ["tasks", "Tasks", "TASKS", "任务", "Task list", "任务清单", "任 务", "Tasks (2026)"])
def test_a_sheet_is_found_by_any_name_of_its_table(name: str) -> None:
    facts = of_sheets(sheet(name, ["ID"], ["T1"]))
    assert facts.by_name["tasks"].columns["task_id"] == ("T1",)
    assert facts.by_name["tasks"].origin.table_location() == Location("f.xlsx", name)


def test_absent_tables_are_open_and_without_rows() -> None:
    changes = of_sheets(PROJECT).by_name["changes"]
    assert (changes.present, changes.closed, changes.row_count, changes.columns["change_id"]) == (False, False, 0, ())


def test_unknown_sheets_are_reported_unless_they_are_empty_or_marked() -> None:
    facts = of_sheets(PROJECT, sheet("Taks", ["x"]), sheet("Sheet2"), sheet("# Help", ["x"]), sheet("＃说明", ["x"]))
    assert problems(facts) == ["f.xlsx!Taks unknown-sheet"]
    assert facts.problems[0].severity == "warning"
    assert 'did you mean "Tasks"?' in facts.problems[0].text.en
    assert "是否为“Tasks”？" in facts.problems[0].text.zh


def test_no_known_sheet() -> None:
    message = refused(sheet("Sheet1", ["x"]), sheet("Projet", ["x"]))
    assert message.startswith("f.xlsx: no sheet of the workbook is a table of facts\n")
    assert '"Sheet1", "Projet"' in message
    assert '"Projet": did you mean "Project"?' in message
    assert "Project (项目), Tasks (任务)" in message


def test_two_sheets_for_one_table() -> None:
    message = refused(sheet("Tasks", ["ID"], ["T1"]), sheet("任务", ["ID"]))
    assert 'f.xlsx!任务: two sheets for the table tasks: "Tasks" and "任务"' in message
    assert "begin its name with #" in message


def test_a_hidden_sheet_is_not_read_beside_a_visible_one_for_the_same_table() -> None:
    facts = of_sheets(sheet("Tasks", ["ID"], ["T1"], visible=False), sheet("任务", ["ID"], ["T2"]))
    assert facts.by_name["tasks"].columns["task_id"] == ("T2",)
    assert problems(facts) == ["f.xlsx!Tasks hidden-twin"]
    assert 'the hidden sheet "Tasks" is not read, as "任务" is for the table Tasks' in facts.problems[0].text.en
    assert "可见的“任务”也对应“任务”表" in facts.problems[0].text.zh


def test_a_hidden_sheet_is_named_and_not_read_and_its_table_stays_open() -> None:
    status = sheet("Table status", ["Table", "Complete"], ["tasks", "yes"])
    hidden = (sheet("Tasks", ["ID"], ["T1"], visible=False), sheet("# Lists", ["x"], visible=False))
    facts = of_sheets(*hidden, status, assume_complete=("tasks",))
    assert problems(facts) == ["f.xlsx!Tasks hidden-sheet"]
    assert facts.problems[0].severity == "warning"
    assert 'the hidden sheet "Tasks" bears the name of the table Tasks and is not read' in facts.problems[0].text.en
    assert "隐藏的工作表“Tasks”" in facts.problems[0].text.zh
    tasks = facts.by_name["tasks"]
    assert (tasks.row_count, tasks.closed, facts.partly_read) == (0, False, ("tasks",))


def test_several_hidden_sheets_for_one_table_are_named() -> None:
    changes = sheet("Changes", ["Change ID"])
    facts = of_sheets(sheet("Tasks", ["ID"], visible=False), sheet("任务", ["ID"], visible=False), changes)
    assert problems(facts) == ["f.xlsx!Tasks hidden-sheet", "f.xlsx!任务 hidden-sheet"]


def test_a_hidden_sheet_that_says_what_is_complete_leaves_all_open() -> None:
    status = sheet("Table status", ["Table", "Complete"], ["tasks", "no"], visible=False)
    facts = of_sheets(sheet("Tasks", ["ID"], ["T1"]), status)
    assert problems(facts) == ["f.xlsx!Table status hidden-sheet"]
    assert not facts.by_name["tasks"].closed


def test_a_bracket_on_the_name_of_a_table_is_told() -> None:
    facts = of_sheets(sheet("任务（旧）", ["ID"], ["T1"]))
    assert facts.by_name["tasks"].columns["task_id"] == ("T1",)
    assert problems(facts) == ["f.xlsx!任务（旧） table-note"]
    assert facts.problems[0].severity == "warning"
    assert problems(of_yaml("tasks (old): [{ID: T1}]")) == ["f.yaml:1:1 table-note"]


def test_a_sheet_with_a_bracket_beside_the_plain_one_is_refused_with_the_reason() -> None:
    message = refused(sheet("任务", ["ID"], ["T1"]), sheet("任务（旧）", ["ID"], ["T2"]))
    assert 'two sheets for the table tasks: "任务" and "任务（旧）"' in message
    assert "begin its name with #" in message


def test_an_empty_sheet_counts_as_absent() -> None:
    facts = of_sheets(PROJECT, sheet("Tasks"), sheet("Changes", [" "], [""]))
    assert problems(facts) == ["f.xlsx!Tasks empty-table", "f.xlsx!Changes empty-table"]
    assert not facts.by_name["tasks"].present


def test_all_refusals_are_told_at_once() -> None:
    message = refused(
        sheet("Tasks", ["ID"]), sheet("任务", ["ID"]), sheet("Changes", ["x"]), sheet("Project", ["a", "b"])
    )
    assert [line.split(":")[0] for line in message.splitlines() if line.startswith("f.xlsx")] == [
        "f.xlsx!任务",
        "f.xlsx!Changes!A1",
        "f.xlsx!Project!A1",
    ]


# ------------------------------------------------------------ merged cells


def test_what_a_merged_cell_covers_is_not_known() -> None:
    """The sheet shows the owner beside all three tasks; that two of them have none would be a guess."""
    facts = of_sheets(
        sheet("Tasks", ["ID", "Owner"], ["T1", "张伟"], ["T2", ""], ["T3", ""], ["T4", ""], merged=[(1, 1, 3, 1)]),
        assume_complete=("tasks",),
    )
    assert facts.by_name["tasks"].columns["owner"] == ("张伟", MISSING, MISSING, EMPTY)
    assert problems(facts) == ["f.xlsx!Tasks!B3 merged-cell", "f.xlsx!Tasks!B4 merged-cell"]
    assert '"张伟" stands in merged cells' in facts.problems[0].text.en


def test_merged_cells_in_a_row_cover_those_to_the_right() -> None:
    facts = of_sheets(sheet("Tasks", ["ID", "Owner", "Status"], ["T1", "done", ""], merged=[(1, 1, 1, 2)]))
    assert problems(facts) == ["f.xlsx!Tasks!C2 merged-cell"]


def test_merged_cells_with_nothing_in_them_hold_nothing() -> None:
    facts = of_sheets(
        sheet("Tasks", ["ID", "Owner"], ["T1", ""], ["T2", ""], merged=[(1, 1, 2, 1)]), assume_complete=("tasks",)
    )
    assert facts.by_name["tasks"].columns["owner"] == (EMPTY, EMPTY)
    assert facts.problems == ()


def test_merged_headers_and_rows_that_are_all_merged_add_nothing() -> None:
    area = [(0, 1, 0, 2), (1, 0, 2, 0), (1, 1, 2, 1)]
    facts = of_sheets(sheet("Tasks", ["ID", "Owner", ""], ["T1", "张伟", ""], ["", "", ""], merged=area))
    assert facts.by_name["tasks"].columns["task_id"] == ("T1",)
    assert facts.problems == ()


def test_merged_values_of_a_key_sheet() -> None:
    rows = [["Field", "Value"], ["Project ID", "P-1"], ["Project name", ""], ["SLA version", "2"]]
    facts = of_sheets(sheet("Project", *rows, merged=[(1, 1, 2, 1)]), assume_complete=("project",))
    assert facts.by_name["project"].columns["name"] == (MISSING,)
    assert problems(facts) == ["f.xlsx!Project!B3 merged-cell"]


# ------------------------------------------------------------ headers and columns


def test_the_header_is_the_first_row_with_content() -> None:
    facts = tasks([], ["", ""], ["", "负责人：", "Task\nID *"], ["", "张伟", "T1"], first=(4, 1))
    assert facts.columns["owner"] == ("张伟",)
    assert str(facts.origin.cell_location(0, "task_id")) == "f.xlsx!Tasks!D8"


def test_comments_above_the_header_and_the_help_row_are_passed_by() -> None:
    facts = of_sheets(sheet("Tasks", ["# fill this in"], ["ID", "Owner"], ["# the id", "a person"], ["T1", "张伟"]))
    assert facts.by_name["tasks"].columns["task_id"] == ("T1",)
    assert facts.problems == ()


def test_comment_rows_among_the_rows_are_reported() -> None:
    facts = of_sheets(sheet("Tasks", ["ID"], ["# help"], ["T1"], ["# T2"], ["＃ T3"]))
    assert facts.by_name["tasks"].row_count == 1
    assert problems(facts) == ["f.xlsx!Tasks!A4 comment-row"]
    assert "rows here: 2" in facts.problems[0].text.en


def test_ids_that_begin_with_a_hash_are_not_dropped_silently() -> None:
    """Rows of bugs #BUG-1, #BUG-2 below the header are no help rows of a template."""
    facts = of_sheets(sheet("Tasks", ["ID", "Owner"], ["#BUG-1", ""], ["#BUG-2", "PM"]))
    assert facts.by_name["tasks"].row_count == 0
    assert problems(facts) == ["f.xlsx!Tasks!A2 comment-row"]
    assert "(rows here: 2)" in facts.problems[0].text.en


def test_only_one_help_row_is_passed_by_silently() -> None:
    facts = of_sheets(sheet("Tasks", ["ID", "Owner"], ["# text", "text"], ["# T1", ""], ["T2", "PM"]))
    assert facts.by_name["tasks"].columns["task_id"] == ("T2",)
    assert problems(facts) == ["f.xlsx!Tasks!A3 comment-row"]


@pytest.mark.parametrize("number", ["#12", "#N/A"])
def test_numbers_with_a_hash_are_no_comments(number: str) -> None:
    assert tasks(["ID"], [number]).row_count == 1


def test_blank_rows_are_no_rows_and_places_still_hold() -> None:
    facts = tasks(["ID", "Owner"], ["T1", ""], ["", " "], [], ["T2", "李娜"], ["", "王芳"])
    assert facts.columns["task_id"] == ("T1", "T2", MISSING)
    assert str(facts.origin.cell_location(1, "owner")) == "f.xlsx!Tasks!B5"


def test_a_row_with_content_in_unknown_columns_is_a_row() -> None:
    assert tasks(["ID", "Remark"], ["T1", "x"], ["", "y"]).columns["task_id"] == ("T1", MISSING)


def test_unknown_columns_are_reported_with_the_nearest_name() -> None:
    facts = of_sheets(sheet("Tasks", ["ID", "Onwer", "# note"], ["T1", "x", "y"]))
    assert problems(facts) == ["f.xlsx!Tasks!B1 unknown-column"]
    assert facts.problems[0].text.en == (
        '"Onwer" is no field of the table Tasks and is not read; did you mean "Owner"?'
    )
    assert facts.problems[0].text.zh == "“Onwer”不是“任务”表的字段，未读取（是否为“Owner”？）"


def test_very_many_unknown_columns_are_counted() -> None:
    facts = of_sheets(sheet("Tasks", ["ID", *(f"column {n}" for n in range(300))]))
    assert len(facts.problems) == 51
    assert "250 further names" in facts.problems[-1].text.en


def test_cells_in_columns_without_header_are_reported() -> None:
    facts = of_sheets(sheet("Tasks", ["ID", "", ""], ["T1", "", ""], ["T2", "x", "legend"], ["", "", "more"]))
    assert facts.by_name["tasks"].row_count == 2
    assert problems(facts) == ["f.xlsx!Tasks!B3 column-without-header"]
    assert facts.problems[0].text.en.startswith("B3:C4 has no header in the table Tasks and is not read")


def test_a_derived_field_is_not_read() -> None:
    facts = of_sheets(sheet("Tasks", ["ID", "In scope", "Out of scope", "Vague words"], ["T1", "等", "none", 0.0]))
    assert facts.by_name["tasks"].columns["vague"] == (1,)
    assert problems(facts) == ["f.xlsx!Tasks!D1 computed-column"]


def test_a_column_in_another_unit_than_its_field_is_not_read() -> None:
    assert of_sheets(sheet("Tasks", ["ID", "工期(天)"], ["T1", 3.0])).problems == ()
    facts = of_sheets(
        sheet("Tasks", ["ID", "工期（小时）", "Cost (RMB)"], ["T1", 3.0, 5.0], ["T2", "无", ""]),
        assume_complete=("tasks",),
    )
    assert facts.by_name["tasks"].columns["duration_days"] == (MISSING, MISSING)
    assert facts.by_name["tasks"].columns["cost"] == (5_000_000, MISSING)
    assert str(facts.by_name["tasks"].origin.cell_location(0, "duration_days")) == "f.xlsx!Tasks!B2"
    assert problems(facts) == ["f.xlsx!Tasks!B1 other-unit"]
    assert facts.problems[0].severity == "error"
    assert facts.problems[0].text.en == (
        'the header "工期（小时）" names the unit "小时", but Duration is needed in days; nothing under it is read, '
        "and it counts as missing; convert the values and write (days) in the header"
    )
    assert facts.problems[0].text.zh == (
        "列名“工期（小时）”中的单位是“小时”，而“工期”须以“天”为单位；其下内容未读取，按缺失处理；请换算数值，并将列名中的单位改为“天”"
    )


def test_a_bracket_that_is_no_unit_is_told() -> None:
    facts = of_sheets(
        sheet("Tasks", ["ID", "工期（估算）", "Cost (required)", "负责人（必填）"], ["T1", 3.0, 5.0, "x"])
    )
    assert facts.by_name["tasks"].columns["duration_days"] == (3_000_000,)
    assert problems(facts) == ["f.xlsx!Tasks!B1 header-note", "f.xlsx!Tasks!C1 header-note"]


def test_a_percentage_in_another_unit_is_not_read() -> None:
    facts = of_sheets(sheet("Tasks", ["ID", "Load (%)"], ["T1", 85.0]))
    assert (facts.by_name["tasks"].columns["load"], facts.problems) == ((85_000_000,), ())
    facts = of_sheets(sheet("Tasks", ["ID", "负荷（小时）"], ["T1", 85.0]))
    assert (facts.by_name["tasks"].columns["load"], problems(facts)) == ((MISSING,), ["f.xlsx!Tasks!B1 other-unit"])


def test_of_two_columns_for_one_field_none_is_read_whatever_their_units() -> None:
    facts = of_sheets(sheet("Tasks", ["ID", "工期（小时）", "工期"], ["T1", 8.0, 1.0]))
    assert facts.by_name["tasks"].columns["duration_days"] == (MISSING,)
    assert problems(facts) == ["f.xlsx!Tasks!C1 two-columns"]


def test_units_of_another_size_on_key_sheets_and_in_yaml() -> None:
    own = of_sheets(sheet("Project", ["Project ID", "P"], ["合同金额（元）", 100.0]))
    other = of_sheets(sheet("Project", ["Project ID", "P"], ["合同金额（单位：万元）", 100.0]))
    assert (own.single("project", "amount"), other.single("project", "amount")) == (100_000_000, MISSING)
    assert (problems(own), problems(other)) == ([], ["f.xlsx!Project!A2 other-unit"])
    in_yaml = of_yaml("project: {合同金额（万元）: 100}")
    assert (in_yaml.single("project", "amount"), problems(in_yaml)) == (MISSING, ["f.yaml:1:11 other-unit"])
    rows = of_yaml("tasks: [{工期(小时): 3}, {工期(小时): 4}, {工期: 1}]")
    assert rows.by_name["tasks"].columns["duration_days"] == (MISSING, MISSING, 1_000_000)
    assert problems(rows) == ["f.yaml:1:10 other-unit"]


def test_two_columns_for_one_field() -> None:
    """Which of them is meant is not known; all else is read."""
    facts = of_sheets(sheet("Tasks", ["Owner", "ID", "负责人"], ["a", "T1", "b"]), assume_complete=("tasks",))
    assert facts.by_name["tasks"].columns["owner"] == (MISSING,)
    assert facts.by_name["tasks"].columns["task_id"] == ("T1",)
    assert problems(facts) == ["f.xlsx!Tasks!C1 two-columns"]
    assert facts.problems[0].severity == "error"
    assert '2 columns for Owner: "Owner" (A1) and "负责人" (C1); which of them is meant' in facts.problems[0].text.en
    assert "begin its header with #" in facts.problems[0].text.en
    assert "“负责人”有 2 列：“Owner”（A1）和“负责人”（C1）" in facts.problems[0].text.zh
    assert tasks(["Owner", "ID", "# 负责人"], ["a", "T1", "b"]).columns["owner"] == ("a",)


def test_of_two_columns_for_one_field_the_only_one_with_anything_in_it_is_read() -> None:
    facts = of_sheets(sheet("Tasks", ["负责人", "ID", "Owner"], ["", "T1", "b"], [" ", "T2", ""]))
    assert facts.by_name["tasks"].columns["owner"] == ("b", MISSING)
    assert str(facts.by_name["tasks"].origin.cell_location(1, "owner")) == "f.xlsx!Tasks!C3"
    assert problems(facts) == ["f.xlsx!Tasks!C1 two-columns"]
    assert facts.problems[0].severity == "warning"
    empty = of_sheets(sheet("Tasks", ["负责人", "ID", "Owner"], ["", "T1", ""]), assume_complete=("tasks",))
    assert empty.by_name["tasks"].columns["owner"] == (MISSING,)


def test_a_table_without_header() -> None:
    message = refused(sheet("Tasks", ["T1", "张伟", "yes"], ["T2", "李娜", "no"]))
    assert "f.xlsx!Tasks!A1: the table tasks has no header: no row near the top holds its column names" in message
    assert "write the column names in one row, above the rows of the table" in message
    assert 'found: "T1", "张伟", "yes"' in message
    assert "Task ID (任务编号), Owner (负责人)" in message
    assert "Vague words" not in message


def test_a_header_that_looks_like_a_comment_is_told() -> None:
    message = refused(sheet("Tasks", ["#No", "ID", "Owner"], [1.0, "T1", "x"]))
    assert "row 1 looks like the header, but begins with #, the mark of comments; take that away" in message
    assert tasks(["#", "ID", "Owner"], ["1", "T1", "x"]).columns["task_id"] == ("T1",)


# ------------------------------------------------------------ marks on cells


def test_errors_and_formulas_without_value_are_missing_never_empty() -> None:
    facts = of_sheets(
        sheet(
            "Tasks",
            ["ID", "Owner", "Load", "Cost"],
            ["T1", "", 0.85, 0.85],
            ["T2", "", 0.9, 2.0],
            errors={(1, 1): "#DIV/0!"},
            unstored=[(2, 1)],
            percent=[(1, 2), (2, 2), (1, 3)],
        ),
        sheet("table_status", ["table", "complete"], ["*", "yes"]),
    )
    columns = facts.by_name["tasks"].columns
    assert columns["owner"] == (MISSING, MISSING)
    assert columns["load"] == (85_000_000, 90_000_000)
    assert columns["cost"] == (MISSING, 2_000_000)
    assert problems(facts) == [
        "f.xlsx!Tasks!B2 error-value",
        "f.xlsx!Tasks!B3 formula-without-value",
        "f.xlsx!Tasks!D2 unreadable-cell",
    ]
    origin = facts.by_name["tasks"].origin
    assert [origin.raw(0, name) for name in ("owner", "load", "cost")] == ["#DIV/0!", "85%", "85%"]


def test_marked_cells_outside_the_values_are_rows_too() -> None:
    facts = tasks(["ID", "Owner"], ["T1", "x"], errors={(4, 0): "#REF!"}, unstored=[(6, 1)])
    assert facts.row_count == 3
    assert str(facts.origin.cell_location(2, "owner")) == "f.xlsx!Tasks!B7"
    assert facts.origin.raw(1, "task_id") == "#REF!"
