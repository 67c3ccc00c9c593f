"""Tables as people draw them: where the header is, what it means, which rows are rows, what is left out and told."""

from __future__ import annotations

from datetime import date

import pytest

from riskcheck.errors import FactsError
from riskcheck.model.factset import EMPTY, MISSING, FactSet
from tests.facts.smallschema import of_sheets, problems, sheet

D = date(2026, 3, 5)
HEADER = ["ID", "Owner", "Milestone", "Planned start"]
T1, T2 = ["T1", "张伟", "yes", D], ["T2", "李娜", "no", D]


def facts_of(*rows: list, **marks: object) -> FactSet:  # type: ignore[type-arg]
    """The facts on a sheet of tasks that is declared complete."""
    return of_sheets(sheet("Tasks", *rows, **marks), assume_complete=("tasks",))  # type: ignore[arg-type]


def ids(facts: FactSet) -> list[object]:
    """The ids of the tasks."""
    return list(facts.by_name["tasks"].columns["task_id"])


def place(facts: FactSet, row: int, field: str) -> str:
    """The cell of a field."""
    return str(facts.by_name["tasks"].origin.cell_location(row, field)).removeprefix("f.xlsx!Tasks!")


def told(facts: FactSet) -> list[str]:
    """What is told, each as `cell code severity`."""
    return [f"{each.location.cell} {each.code} {each.severity}" for each in facts.problems if each.location]


# ------------------------------------------------------------ above the header


@pytest.mark.parametrize("count", [1, 2, 8, 12, 18, 31, 63])
def test_titles_and_legends_above_the_header_are_left_out(count: int) -> None:
    above = [["Project plan"], ["1", "low"], ["", "Status: open, done"], []][:count] + [[]] * (count - 4)
    facts = facts_of(*above, HEADER, T1, T2)
    assert ids(facts) == ["T1", "T2"]
    assert place(facts, 1, "owner") == f"B{count + 3}"
    assert told(facts) == ["A1 above-header note"]
    assert facts.problems[0].text.en.startswith("A1")
    assert "stands above the header of the table Tasks" in facts.problems[0].text.en


def test_a_table_may_begin_in_another_column() -> None:
    facts = facts_of(["Title"], [], HEADER, T1, first=(1, 2))
    assert (ids(facts), place(facts, 0, "planned_start"), told(facts)) == (["T1"], "F5", ["C2 above-header note"])


def test_a_head_block_with_names_of_fields_is_no_header() -> None:
    facts = facts_of(["Owner:", "张伟", "Status:", "done"], [], HEADER, T1)
    assert (ids(facts), told(facts)) == (["T1"], ["A1 above-header note"])


def test_a_word_above_that_names_a_field_is_no_header() -> None:
    assert ids(facts_of(["Status"], HEADER, T1)) == ["T1"]


def test_two_rows_that_may_both_be_the_header_are_named() -> None:
    rows = [["Title"], ["ID", "Owner", "x"], ["T1", "a", "b"], [], ["Cost", "Load", "x"], [1.0, 2.0, "y"]]
    with pytest.raises(FactsError) as error:
        facts_of(*rows)
    message = str(error.value)
    assert message.startswith(
        "f.xlsx!Tasks!A2: the header of the table tasks may be row 2 or row 5: each holds 2 of its"
    )
    assert "begin the first cell of each of its rows with #" in message
    assert "“任务”表的列名行可能是第 2 行或第 5 行：各有 2 个列名" in error.value.diagnostics[0].render("zh")


def test_one_name_below_other_texts_is_no_header() -> None:
    with pytest.raises(FactsError) as error:
        facts_of(["Plan"], [], ["Step", "Person", "Owner"], ["1", "a", "b"])
    assert 'row 3 names "Owner" (C3); if it is the header, call further columns by their names' in str(error.value)


def test_a_row_of_a_table_with_foreign_names_is_no_header() -> None:
    """Row 3 names two fields, but stands in the middle of a wider table."""
    rows = [
        ["Step", "Person", "Result", "Remark"],
        ["1", "a", "b", "c"],
        ["2", "Owner", "Status"],
        ["3", "d", "e", "f"],
    ]
    with pytest.raises(FactsError, match="no row near the top holds its column names"):
        facts_of(*rows)


def test_a_table_that_lies_on_its_side_is_told() -> None:
    rows = [["Task ID", "T1", "T2"], ["Owner", "a", "b"], ["Milestone", "yes", "no"], ["Status", "done", "done"]]
    with pytest.raises(FactsError) as error:
        facts_of(*rows)
    assert "stand one below the other in column A: rows and columns are swapped" in str(error.value)
    assert "列名自上而下写在 A 列：行与列互换了" in error.value.diagnostics[0].render("zh")


# ------------------------------------------------------------ headers of several rows

PLAN_AND_ACTUAL = [
    ["ID", "Owner", "Planned", "", "Actual", ""],
    ["", "", "Start", "Finish", "Start", "Finish"],
    ["T1", "张伟", D, D, D, D],
]


def test_group_heads_are_read_with_the_heads_below_them() -> None:
    facts = facts_of(*PLAN_AND_ACTUAL, merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)])
    assert (ids(facts), place(facts, 0, "planned_start"), place(facts, 0, "actual_finish")) == (["T1"], "C3", "F3")
    assert told(facts) == ["D2 unknown-column warning", "E2 unknown-column warning"]
    assert facts.problems[1].text.en.startswith('"Actual / Start" is no field of the table Tasks')


def test_group_heads_that_say_planned_or_actual_need_not_be_merged() -> None:
    facts = facts_of(*PLAN_AND_ACTUAL)
    assert (place(facts, 0, "planned_start"), place(facts, 0, "actual_finish")) == ("C3", "F3")
    assert told(facts) == ["D2 unknown-column warning", "E2 unknown-column warning"]


def test_a_start_under_actual_is_no_planned_start() -> None:
    """In the pack `Start` alone is the planned start; here it is 开始时间, a field with a date."""
    rows = [["编号", "负责人", "实际", ""], ["", "", "开始时间", "完成日期"], ["T1", "张伟", D, D]]
    facts = facts_of(*rows, merged=[(0, 2, 0, 3)])
    assert facts.by_name["tasks"].columns["starts_at"] == (MISSING,)
    assert place(facts, 0, "actual_finish") == "D3"
    assert told(facts) == ["C2 unknown-column warning"]


def test_words_behind_planned_and_actual_come_after_the_lowest_head() -> None:
    rows = [
        ["编号", "负责人", "计划日期", "", "实际日期", ""],
        ["", "", "开始", "完成", "开始", "完成"],
        ["T1", "张伟", D, D, D, D],
    ]
    facts = facts_of(*rows, merged=[(0, 2, 0, 3), (0, 4, 0, 5)])
    assert (place(facts, 0, "planned_start"), place(facts, 0, "actual_finish")) == ("C3", "F3")


def test_other_group_heads_say_nothing() -> None:
    rows = [["基本信息", "", "其他", ""], ["编号", "负责人", "状态", "费用"], ["T1", "张伟", "done", 5.0]]
    facts = facts_of(*rows, merged=[(0, 0, 0, 1), (0, 2, 0, 3)])
    assert (ids(facts), place(facts, 0, "cost"), told(facts)) == (["T1"], "D3", [])


def test_a_header_of_three_rows() -> None:
    rows = [
        ["ID", "Owner", "Schedule", "", "", ""],
        ["", "", "Planned", "", "Actual", ""],
        ["", "", "Start", "Finish", "Start", "Finish"],
        ["T1", "张伟", D, D, D, D],
    ]
    facts = facts_of(["Title"], *rows, merged=[(1, 2, 1, 5), (2, 2, 2, 3), (2, 4, 2, 5)])
    assert (ids(facts), place(facts, 0, "planned_start"), place(facts, 0, "actual_finish")) == (["T1"], "C5", "F5")


def test_the_first_row_of_a_table_is_no_second_header_row() -> None:
    rows = [["ID", "Plan", "", "Status", "Owner"], ["Owner", "x", "y", "done", "ID"], ["T2", "z", "", "done", "b"]]
    assert ids(facts_of(*rows, merged=[(0, 1, 0, 2)])) == ["Owner", "T2"]


def test_a_title_that_is_merged_over_the_whole_table_is_no_group_head() -> None:
    facts = facts_of(["Actual", "", ""], ["ID", "Owner", "Planned start"], ["T1", "a", D], merged=[(0, 0, 0, 2)])
    assert (ids(facts), place(facts, 0, "planned_start")) == (["T1"], "C3")
    assert told(facts) == ["A1 above-header note"]


def test_line_breaks_blanks_and_full_width_characters_in_headers() -> None:
    facts = facts_of(
        ["Task\nID ", " Ｏwner ", "实际完成\n日期", "负荷（％）"], ["T1", "a", "２０２６年３月５日", "８５％"]
    )
    columns = facts.by_name["tasks"].columns
    assert (columns["task_id"], columns["owner"], columns["actual_finish"]) == (("T1",), ("a",), (D,))
    assert (columns["load"], facts.problems) == ((85_000_000,), ())


# ------------------------------------------------------------ rows that are none


def test_a_header_that_is_written_again_is_no_row() -> None:
    facts = facts_of(HEADER, T1, [], HEADER, T2)
    assert (ids(facts), place(facts, 1, "owner")) == (["T1", "T2"], "B5")
    assert told(facts) == ["A4 repeated-header note"]


def test_a_second_header_row_in_another_language_is_no_row() -> None:
    facts = facts_of(HEADER, ["编号", "负责人", "里程碑", "计划开始日期"], T1)
    assert (ids(facts), told(facts)) == (["T1"], ["A2 repeated-header note"])


def test_both_rows_of_a_header_may_be_repeated() -> None:
    head = PLAN_AND_ACTUAL[:2]
    facts = facts_of(*PLAN_AND_ACTUAL, *head, ["T2", "a", D, D, D, D], merged=[(0, 2, 0, 3), (0, 4, 0, 5)])
    assert ids(facts) == ["T1", "T2"]
    assert [line for line in told(facts) if "header" in line] == ["A4 repeated-header note", "A5 repeated-header note"]


@pytest.mark.parametrize("word", ["合计", "总 计", "小计：", "Total", "TOTAL:", "Grand total", "合　计"])
def test_totals_are_no_rows(word: str) -> None:
    facts = facts_of(HEADER, T1, [word, "", "", ""], T2, ["", word, "2", ""])
    assert ids(facts) == ["T1", "T2"]
    assert told(facts) == ["A3 totals-row note", "A5 totals-row note"]


def test_a_task_with_a_word_for_totals_beside_its_id_is_a_row() -> None:
    assert ids(facts_of(HEADER, T1, ["T2", "合计", "", ""])) == ["T1", "T2"]


def test_running_numbers_with_nothing_beside_them_are_no_rows() -> None:
    rows = [["序号", "ID", "Owner"], [1.0, "T1", "a"], [2.0, "T2", "b"], *([float(n), "", " "] for n in range(3, 40))]
    facts = facts_of(*rows)
    assert ids(facts) == ["T1", "T2"]
    assert told(facts) == ["A1 running-number note", "A4 numbered-rows note"]
    assert "rows 4 to 40 hold nothing but a running number" in facts.problems[1].text.en


def test_numbers_written_in_advance_do_not_make_a_sentence_below_them_doubtful() -> None:
    rows = [["序号", "ID", "Owner"], [1.0, "T1", "a"], [2.0], [3.0], [], ["The dates were agreed with the customer."]]
    facts = facts_of(*rows)
    assert told(facts) == ["A1 running-number note", "A6 notes-below note", "A3 numbered-rows note"]
    assert facts.by_name["tasks"].closed


@pytest.mark.parametrize("numbers", [True, False])
def test_rows_that_hold_only_what_a_form_has_set_are_no_rows(numbers: bool) -> None:
    rows = [["No.", "ID", "Owner", "Status"], [1.0, "T1", "a", "done"], [2.0, "T2", "b", "Not started"]]
    facts = facts_of(*rows, *([float(n) if numbers else "", "", "", "Not started"] for n in range(3, 9)))
    assert ids(facts) == ["T1", "T2"]
    assert told(facts) == ["A1 running-number note", "A4 preset-rows warning"]
    assert 'A4:D9 hold nothing but "Not started" in each' in facts.problems[1].text.en


@pytest.mark.parametrize(
    "rows",
    [
        [["T1", "a", "done"], ["", "", "Not started"]],  # one row alone
        [["T1", "a", "done"], ["", "", "Not started"], ["", "", "done"]],  # not the same
        [["T1", "a", "done"], ["", "b", "Not started"], ["", "b", "Not started"]],  # a text
        [["T1", "", "done"], ["", "a", "done"], ["", "", "done"], ["", "", "done"]],  # rows above lack texts, too
    ],
)
def test_rows_with_something_of_their_own_are_rows(rows: list[list[str]]) -> None:
    assert len(ids(facts_of(["ID", "Owner", "Status"], *rows))) == len(rows)


def test_ids_and_numbers_that_do_not_run_on_are_rows() -> None:
    assert ids(facts_of(["ID", "Owner"], ["1", "a"], ["7", ""])) == ["1", "7"]
    assert ids(facts_of(["ID", "Owner"], ["T1", "a"], ["T2", ""])) == ["T1", "T2"]
    assert ids(facts_of(["ID", "Owner"], ["1", "a"], ["2", ""], ["3", "b"])) == ["1", "2", "3"]


def test_a_heading_that_is_merged_across_the_table_is_no_row() -> None:
    facts = facts_of(
        HEADER, ["第一阶段", "", "", ""], T1, ["第二阶段", "", "", ""], T2, merged=[(1, 0, 1, 3), (3, 0, 3, 3)]
    )
    assert (ids(facts), place(facts, 1, "task_id")) == (["T1", "T2"], "A5")
    assert told(facts) == ["A2 section-row note", "A4 section-row note"]


@pytest.mark.parametrize(
    "below",
    [
        [["Notes:", ""], ["1. dates are agreed", ""]],
        [["说明：以上日期已确认"]],
        [["编制人：张伟", "审核人：李娜"]],
        [["The dates of this plan were agreed with the customer in May."]],
        [["1、日期须经客户确认"], ["2、负责人只填一人"]],
        [["图例", "含义"], ["R", "延期"]],
    ],
)
def test_notes_below_the_table_are_no_rows(below: list) -> None:  # type: ignore[type-arg]
    facts = facts_of(HEADER, T1, [], *below)
    assert (ids(facts), told(facts)) == (["T1"], ["A4 notes-below note"])


@pytest.mark.parametrize(
    "below", [["Not started", "done"], ["Status", "未开始", "进行中", "已完成"], ["里程碑", "是", "否"]]
)
def test_a_list_of_the_words_of_a_field_below_the_table_is_left_out(below: list[str]) -> None:
    facts = facts_of(HEADER, T1, [], *([each] for each in below))
    assert (ids(facts), told(facts)) == (["T1"], ["A4 list-below note"])


def test_rows_below_a_blank_row_are_rows() -> None:
    facts = facts_of(HEADER, T1, [], T2, [], ["T3", "Done", "", ""])
    assert (ids(facts), told(facts)) == (["T1", "T2", "T3"], [])


@pytest.mark.parametrize("below", [["", "Person", "Phone"], ["Contact of the PMO"]])
def test_rows_that_look_different_are_not_read_and_the_table_stays_open(below: list[str]) -> None:
    facts = facts_of(HEADER, T1, [], below)
    assert ids(facts) == ["T1"]
    assert told(facts) == ["A4 doubtful-rows error"]
    assert not facts.by_name["tasks"].closed
    assert facts.assumed_complete == ()


def test_another_table_below_is_not_read_and_the_table_stays_open() -> None:
    facts = facts_of(HEADER, T1, [], ["Owner", "Status", "Cost", ""], ["a", "done", 5.0, ""])
    assert (ids(facts), facts.by_name["tasks"].closed) == (["T1"], False)
    assert told(facts) == ["A4 other-table error"]
    assert "row 4 looks like the header of another table; A4:D5 is not read" in facts.problems[0].text.en


def test_another_table_above_is_not_read_and_the_table_stays_open() -> None:
    facts = facts_of(["Closed"], ["ID", "Owner"], ["T0", "b"], [], HEADER, T1)
    assert (ids(facts), facts.by_name["tasks"].closed) == (["T1"], False)
    assert told(facts) == ["A1 above-header note", "A2 other-table error"]


def test_a_declaration_in_the_file_does_not_close_a_table_of_which_rows_are_left_out() -> None:
    status = sheet("table_status", ["table", "complete"], ["*", "yes"])
    facts = of_sheets(sheet("Tasks", HEADER, T1, [], ["Contact of the PMO"]), status)
    assert [each.table for each in facts.closures] == []
    assert not facts.by_name["tasks"].closed


def test_another_table_above_is_known_by_its_rows_even_if_it_has_few_names() -> None:
    above = [["Closed", "", "", "", ""], ["ID", "Text", "Owner", "Remark", "Place"], ["T0", "x", "b", "y", "z"], []]
    facts = facts_of(*above, [*HEADER, "Status"], [*T1, "done"])
    assert (ids(facts), facts.by_name["tasks"].closed) == (["T1"], False)
    assert told(facts) == ["A1 above-header note", "A2 other-table error"]


@pytest.mark.parametrize("name", ["Key user training", "说明会准备", "Comments to be collected", "编制人员计划"])
def test_rows_whose_names_begin_like_notes_are_rows(name: str) -> None:
    """They stand below a blank row and are filled in only in part."""
    rows = [["Remark", "Owner", "ID", "Status"], ["Install", "a", "T1", "done"], [], [name, "b", "T2", ""]]
    assert ids(facts_of(*rows)) == ["T1", "T2"]


def test_a_long_name_alone_below_a_blank_row_is_no_sentence_where_rows_may_have_one_cell() -> None:
    rows = [["ID", "Owner"], ["T1", ""], [], ["A name that is as long as a sentence that somebody wrote below"]]
    facts = facts_of(*rows)
    assert told(facts) == ["A4 doubtful-rows error"]
    assert not facts.by_name["tasks"].closed


def test_rows_that_lack_what_may_be_left_out_are_rows() -> None:
    rows = [["Owner", "ID", "Status"], ["a", "T1", "done"], [], ["", "T2", "done"], [], ["b", "T3", "done"]]
    assert ids(facts_of(*rows)) == ["T1", "T2", "T3"]


def test_ids_that_are_words_for_yes_and_no_are_no_list_of_them() -> None:
    rows = [["ID", "Owner", "Milestone"], ["7", "a", "yes"], [], ["1", "a", ""], ["0", "b", ""]]
    assert ids(facts_of(*rows)) == ["7", "1", "0"]


# ------------------------------------------------------------ beside the table


def test_a_list_beside_the_table_is_left_out_and_makes_no_rows() -> None:
    rows = [[*HEADER, "", "Level", "Meaning"], [*T1, "", "1", "low"], ["", "", "", "", "", "2", "high"]]
    facts = facts_of(*rows)
    assert ids(facts) == ["T1"]
    assert told(facts) == ["F1 beside-table warning"]


def test_a_list_beside_that_names_a_field_again_is_left_out() -> None:
    rows = [[*HEADER, "", "Milestone"], [*T1, "", "yes"], [*T2, "", "no"], ["", "", "", "", "", "none"]]
    facts = facts_of(*rows)
    assert facts.by_name["tasks"].columns["is_milestone"] == (True, False)
    assert (ids(facts), told(facts)) == (["T1", "T2"], ["F1 beside-table warning"])


def test_lists_beside_without_names_of_fields_are_one_range() -> None:
    facts = facts_of([*HEADER, "", "Jan", "", "", "Feb", ""], [*T1, "", "", "", "", "", ""])
    assert told(facts) == ["F1 beside-table note"]
    assert facts.problems[0].text.en.startswith("F1:I1 stands beside the table Tasks, beyond a blank column")


def test_a_misspelt_name_beyond_a_blank_column_is_told_as_such() -> None:
    assert told(facts_of([*HEADER, "", "Statuss"], [*T1, "", "done"])) == ["F1 unknown-column warning"]


def test_a_blank_column_in_a_table_parts_nothing() -> None:
    facts = facts_of(["ID", "Owner", "", "Status"], ["T1", "a", "", "done"])
    assert (facts.by_name["tasks"].columns["status"], facts.problems) == (("done",), ())


def test_a_column_below_a_merged_header_parts_nothing() -> None:
    rows = [["ID", "Owner", "", "Cost"], ["T1", "a", "", 5.0]]
    facts = facts_of(*rows, merged=[(0, 1, 0, 2), (1, 1, 1, 2)])
    assert (facts.by_name["tasks"].columns["cost"], facts.problems) == ((5_000_000,), ())


def test_running_numbers_are_no_field() -> None:
    assert told(facts_of(["序号", *HEADER], [1.0, *T1])) == ["A1 running-number note"]


# ------------------------------------------------------------ group cells


def test_leading_merged_cells_hold_for_all_their_rows() -> None:
    rows = [["状态", "ID", "Owner"], ["进行中", "T1", "a"], ["", "T2", "b"], ["已完成", "T3", "c"], ["", "T4", ""]]
    facts = facts_of(*rows, merged=[(1, 0, 2, 0), (3, 0, 4, 0)])
    assert facts.by_name["tasks"].columns["status"] == ("in_progress", "in_progress", "done", "done")
    assert facts.by_name["tasks"].columns["owner"] == ("a", "b", "c", EMPTY)
    assert (place(facts, 1, "status"), place(facts, 3, "status")) == ("A2", "A4")
    assert facts.by_name["tasks"].origin.raw(3, "status") == "已完成"
    assert told(facts) == ["A2 merged-group note"]


def test_group_cells_may_follow_running_numbers_and_each_other() -> None:
    rows = [["No.", "区域", "状态", "ID"], [1.0, "甲", "进行中", "T1"], [2.0, "", "", "T2"], [3.0, "", "已完成", "T3"]]
    facts = facts_of(*rows, merged=[(1, 1, 3, 1), (1, 2, 2, 2)])
    assert facts.by_name["tasks"].columns["status"] == ("in_progress", "in_progress", "done")


def test_cells_merged_beside_the_id_are_still_not_known() -> None:
    facts = facts_of(["ID", "Owner"], ["T1", "a"], ["T2", ""], merged=[(1, 1, 2, 1)])
    assert facts.by_name["tasks"].columns["owner"] == ("a", MISSING)
    assert told(facts) == ["B3 merged-cell error"]


# ------------------------------------------------------------ names and values

FORM = [
    ["项目基本信息表", "", "", ""],
    [],
    ["项目编号", "P-1", "项目名称", "试点"],
    ["数据截止日期", D, "SLA版本", "2"],
]


def project(*rows: list, **marks: object) -> FactSet:  # type: ignore[type-arg]
    """The facts on a sheet for the project."""
    return of_sheets(sheet("项目", *rows, **marks))  # type: ignore[arg-type]


def values(facts: FactSet) -> list[object]:
    """The values of the project's fields that are written on the form."""
    return [facts.single("project", name) for name in ("project_id", "name", "as_of", "sla_version")]


def test_names_and_values_in_several_columns_below_a_title() -> None:
    facts = project(*FORM, merged=[(0, 0, 0, 3)])
    assert values(facts) == ["P-1", "试点", D, "2"]
    assert str(facts.by_name["project"].origin.cell_location(0, "sla_version")) == "f.xlsx!项目!D4"
    assert problems(facts) == ["f.xlsx!项目!A1 beside-keys"]


def test_values_stand_beyond_the_cells_that_a_name_is_merged_with() -> None:
    rows = [["项目编号", "", "P-1", "项目名称", "试点"], ["数据截止日期", "", D, "SLA版本", "2"]]
    assert values(project(*rows, merged=[(0, 0, 0, 1), (1, 0, 1, 1)])) == ["P-1", "试点", D, "2"]


def test_a_value_may_stand_behind_its_name() -> None:
    facts = project(["项目编号：P-1", "项目名称: 试点"], ["数据截止日期：2026-03-05", "SLA版本：2"])
    assert values(facts) == ["P-1", "试点", D, "2"]
    origin = facts.by_name["project"].origin
    assert (str(origin.cell_location(0, "name")), origin.raw(0, "name")) == ("f.xlsx!项目!B1", "试点")


def test_a_list_below_names_and_values_is_no_part_of_them() -> None:
    rows = [*FORM[2:], [], ["里程碑", "数据截止日期", "负责人"], ["上线", D, "张伟"]]
    facts = project(*rows)
    assert values(facts) == ["P-1", "试点", D, "2"]
    assert problems(facts) == ["f.xlsx!项目!A4 beside-keys"]


def test_a_list_beside_names_and_values_is_told_as_one_range() -> None:
    rows = [
        ["Field", "Value", "", "Member", "Role"],
        ["项目编号", "P-1", "", "a", "b"],
        ["项目名称", "试点", "", "c", "d"],
    ]
    facts = project(*rows)
    assert values(facts)[:2] == ["P-1", "试点"]
    assert problems(facts) == ["f.xlsx!项目!D2 cell-without-name"]
    assert "D2:E3 (cells: 4)" in facts.problems[0].text.en


def test_a_title_above_the_header_of_names_and_values() -> None:
    facts = project(["项目信息"], ["2026年"], ["字段", "值"], ["项目编号", "P-1"])
    assert (values(facts)[0], problems(facts)) == ("P-1", ["f.xlsx!项目!A1 above-header"])


# ------------------------------------------------------------ head blocks of tables without a sheet


def test_facts_of_the_project_above_another_table_are_read_if_it_has_no_sheet() -> None:
    head = [["试点计划"], ["项目名称：", "试点", "编制人：", "张伟"], ["项目编号", "P-1"], []]
    facts = facts_of(*head, HEADER, T1)
    assert [facts.single("project", name) for name in ("name", "project_id")] == ["试点", "P-1"]
    origin = facts.by_name["project"].origin
    assert (str(origin.cell_location(0, "name")), origin.raw(0, "name")) == ("f.xlsx!Tasks!B2", "试点")
    assert str(origin.cell_location(0, "as_of")) == "f.xlsx!Tasks"
    assert origin.raw(0, "as_of") is None
    assert told(facts) == ["C2 unknown-column warning", "A2 head-block note", "A1 above-header note"]
    assert facts.problems[1].text.en.endswith(
        "what stands above the header here is read as such: Project name, Project ID"
    )


def test_one_name_without_a_colon_is_no_head_block() -> None:
    facts = facts_of(["项目编号", "P-1"], [], HEADER, T1)
    assert (facts.by_name["project"].present, told(facts)) == (False, ["A1 above-header note"])
    assert facts_of(["项目编号：P-1"], [], HEADER, T1).single("project", "project_id") == "P-1"


def test_a_project_with_a_sheet_of_its_own_is_read_there_alone() -> None:
    rows = [["项目编号：", "P-2"], [], HEADER, T1]
    facts = of_sheets(sheet("Tasks", *rows), sheet("Project", ["Project ID", "P-1"]))
    assert (facts.single("project", "project_id"), told(facts)) == ("P-1", ["A1 above-header note"])


def test_head_blocks_of_several_sheets_are_one() -> None:
    tasks = sheet("Tasks", ["项目编号：P-1", "项目名称：试点"], [], HEADER, T1)
    changes = sheet("Changes", ["项目编号：P-1", "SLA版本：2", "数据截止日期：2026-03-05"], [], ["Change ID"], ["C1"])
    facts = of_sheets(tasks, changes)
    assert values(facts) == ["P-1", "试点", D, "2"]
    assert str(facts.by_name["project"].origin.cell_location(0, "sla_version")) == "f.xlsx!Changes!B1"


def test_what_head_blocks_say_differently_is_not_known() -> None:
    tasks = sheet("Tasks", ["项目编号：P-1", "项目名称：试点"], [], HEADER, T1)
    changes = sheet("Changes", ["项目编号：P-2"], [], ["Change ID"], ["C1"])
    facts = of_sheets(tasks, changes)
    assert values(facts) == [MISSING, "试点", MISSING, MISSING]
    assert [each for each in problems(facts) if "two" in each] == ["f.xlsx!Changes!A1 two-values"]
    (problem,) = (each for each in facts.problems if each.code == "two-values")
    assert "above several tables (Tasks!A1, Changes!A1)" in problem.text.en
    assert "填写不一致（Tasks!A1、Changes!A1）" in problem.text.zh


# ------------------------------------------------------------ sheets whose names are no tables


def test_a_sheet_that_looks_like_a_table_is_told_so() -> None:
    rows = [["Weekly"], HEADER, T1]
    facts = of_sheets(sheet("Project", ["Project ID", "P-1"]), sheet("Sheet1", *rows))
    assert problems(facts) == ["f.xlsx!Sheet1 unknown-sheet"]
    assert '"Sheet1" looks like the table Tasks (4 of its names in row 2)' in facts.problems[0].text.en
    assert "“Sheet1”像是“任务”表（第 2 行有其 4 个名称）" in facts.problems[0].text.zh


def test_a_sheet_that_looks_like_a_swapped_table_is_told_so() -> None:
    rows = [["Task ID", "T1"], ["Owner", "a"], ["Status", "done"], ["Level", 1.0]]
    with pytest.raises(FactsError) as error:
        of_sheets(sheet("Sheet1", *rows))
    message = str(error.value)
    assert '"Sheet1" looks like the table Tasks (4 of its column names in column A) with rows and columns' in message
