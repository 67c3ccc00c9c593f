"""Names of sheets, columns and keys: found in either language, and never guessed."""

from __future__ import annotations

import pytest

from riskcheck.errors import nearest
from riskcheck.facts.names import Match, Names, field_names, table_names
from riskcheck.model.schema import Table
from riskcheck.model.text import Text
from tests.facts.smallschema import SCHEMA, TASKS

FIELDS = field_names(TASKS)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "task_id",
            "Task ID",
            "TASK-ID",
            "task id",
            "TaskId",
            "Task\nID",
            " Task  ID ",
            "Ｔａｓｋ　ＩＤ",
            "任务编号",
            "任务\n编号",
        ),
        *("编号", "ID", "id"),
        *(
            "Task ID *",
            "* Task ID",
            "任务编号：",
            "任务编号:",
            "Task ID #",
            "Task ID (text)",
            "任务编号（必填）",
            "任务编号【唯一】 *",
            "ID [x] (y):",
        ),
    ],
)
def test_spellings_of_one_name(written: str) -> None:
    match = FIELDS.match(written)
    assert match is not None
    assert match.name == "task_id"


@pytest.mark.parametrize(
    "written", ["", "*", "Task", "Task ID 2", "任务编", "(Task ID)", "Owner/ID", "x" * 100_000, "(" * 100]
)
def test_what_is_near_is_not_taken(written: str) -> None:
    assert FIELDS.match(written) is None


def test_a_name_as_it_stands_comes_before_one_without_brackets() -> None:
    names = Names((("plain", ("Review",)), ("person", ("Review (person)",))))
    assert names.match("Review (person)") == Match("person")
    assert names.match("Review (day)") == Match("plain", "(day)")


@pytest.mark.parametrize(
    ("written", "near"), [("Onwer", "Owner"), ("负责", "负责人"), ("Plannedstrat", "planned_start"), ("zzz", None)]
)
def test_the_nearest_spelling(written: str, near: str | None) -> None:
    assert FIELDS.nearest(written) == near


def test_a_spelling_of_two_names_means_neither() -> None:
    names = Names((("a", ("a", "both")), ("b", ("b", "both", "A"))))
    assert names.match("both") is None
    assert names.match("A") == Match("a")


def test_tables_are_found_by_the_names_that_excel_cuts() -> None:
    long = Table("long", Text("A title of more than thirty-one characters", "长"), ())
    names = table_names((*SCHEMA.tables, long))
    assert names.match("A title of more than thirty-one") == Match("long")
    assert names.match("任务清单") == Match("tasks")
    assert names.match("Sheet1") is None


@pytest.mark.parametrize(
    ("word", "allowed"),
    [("未提交", ("提交", "已提交")), ("基本完成", ("完成",)), ("不通过", ("通过",)), ("非关键", ("关键",))],
)
def test_no_word_is_suggested_that_says_the_opposite(word: str, allowed: tuple[str, ...]) -> None:
    assert nearest(word, allowed) is None
    assert nearest(word, (*allowed, word + "的")) == word + "的"
