"""Tables as people draw them: where the header is, what it means, what lies beside a table, and cells for groups."""

from __future__ import annotations

import pytest

from riskcheck.errors import FactsError
from riskcheck.model.factset import EMPTY, MISSING
from tests.facts.laidout import HEADER, PLAN_AND_ACTUAL, T1, T2, D, facts_of, ids, place, told
from tests.facts.smallschema import of_sheets, problems, sheet

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
