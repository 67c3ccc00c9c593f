"""Which rows below the header of a table are rows of it, and which are left out and told."""

from __future__ import annotations

import pytest

from tests.facts.laidout import HEADER, PLAN_AND_ACTUAL, T1, T2, D, facts_of, ids, place, told
from tests.facts.smallschema import of_sheets, sheet


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
