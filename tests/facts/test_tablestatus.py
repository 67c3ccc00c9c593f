"""Which tables are closed, by whom, and what closing does to cells with nothing in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from riskcheck.errors import UsageError
from riskcheck.model.factset import EMPTY, MISSING, Cell, FactSet, close_table
from tests.facts.smallschema import of_sheets, of_yaml, sheet

FACTS = "project: {project_id: P}\ntasks: [{task_id: T1, owner: , level: }]\n"


def with_status(*rows: str, assume_complete: tuple[str, ...] = ()) -> FactSet:
    """The facts with rows of table_status."""
    return of_yaml(FACTS + "table_status:\n" + "".join(f"  - {row}\n" for row in rows), assume_complete)


def closed(facts: FactSet) -> list[str]:
    """The names of the closed tables."""
    return [table.table.name for table in facts.tables if table.closed]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("{table: tasks, complete: yes}",), ["tasks"]),
        (("{表: 任务, 完整: 是}",), ["tasks"]),
        (("{table: Task list, complete: √}",), ["tasks"]),
        (("{table: changes, complete: yes}",), ["changes"]),
        (("{table: '*', complete: yes}",), ["project", "tasks"]),
        (("{table: ＊, complete: yes}",), ["project", "tasks"]),
        (("{table: '*', complete: yes}", "{table: changes, complete: yes}"), ["project", "tasks", "changes"]),
        (("{table: '*', complete: yes}", "{table: tasks, complete: 否}"), ["project"]),
        (("{table: tasks, complete: no}", "{table: '*', complete: yes}"), ["project"]),
        (("{table: tasks, complete: no}",), []),
        (("{table: tasks, complete: }",), []),
        (("{table: tasks, complete: none}",), []),
        (("{table: tasks}",), []),
        (("{table: tasks, complete: yes}", "{table: 任务, complete: yes}"), ["tasks"]),
    ],
)
def test_declarations(rows: tuple[str, ...], expected: list[str]) -> None:
    facts = with_status(*rows)
    assert closed(facts) == expected
    assert facts.problems == ()
    assert facts.assumed_complete == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("{table: taks, complete: yes}", "unknown-word"),
        ("{table: tasks, complete: perhaps}", "unreadable-cell"),
        ("{table: tasks, complete: TBD}", "placeholder"),
        ("{complete: yes}", "nameless-declaration"),
        ("{table: TBD, complete: yes}", "placeholder"),
    ],
)
def test_declarations_that_cannot_be_followed(row: str, code: str) -> None:
    facts = with_status(row)
    assert closed(facts) == []
    assert [problem.code for problem in facts.problems] == [code]


@pytest.mark.parametrize("word", ["部分", "partly", "TBD", "none"])
def test_what_all_tables_are_said_to_be_is_not_said_of_one_with_an_answer_of_its_own(word: str) -> None:
    """`tasks: partly` is no yes, whatever the row for all tables says."""
    assert closed(with_status("{table: '*', complete: yes}", f"{{table: tasks, complete: {word}}}")) == ["project"]
    assert closed(with_status(f"{{table: tasks, complete: {word}}}", "{table: '*', complete: yes}")) == ["project"]


@pytest.mark.parametrize(
    "marks",
    [{"unstored": [(2, 1)]}, {"errors": {(2, 1): "#REF!"}}, {"merged": [(1, 1, 2, 1)]}],
    ids=lambda each: next(iter(each)),
)
def test_an_answer_that_cannot_be_seen_leaves_its_table_open(marks: dict[str, Any]) -> None:
    """A formula without a stored value may say no, whatever the row for all tables says."""
    rows = [["table", "complete"], ["*", "yes"], ["tasks", ""]]
    facts = of_sheets(
        sheet("Tasks", ["ID"], ["T1"]), sheet("Changes", ["Change ID"]), sheet("table_status", *rows, **marks)
    )
    assert closed(facts) == ["changes"]
    assert len(facts.problems) == 1


def test_a_row_with_nothing_after_its_table_leaves_it_to_all_tables() -> None:
    """As in the template, which names every table."""
    facts = with_status("{table: '*', complete: yes}", "{table: tasks, complete: }")
    assert closed(facts) == ["project", "tasks"]


def test_an_unknown_table_is_told_with_the_nearest() -> None:
    (problem,) = with_status("{table: taks, complete: yes}").problems
    assert 'did you mean "tasks"?' in problem.text.en
    assert "allowed: *, Project, Tasks, Changes" in problem.text.en


def test_contradictory_rows_close_nothing() -> None:
    facts = with_status("{table: tasks, complete: yes}", "{table: 任务, complete: no}", "{table: tasks, complete: yes}")
    assert closed(facts) == []
    assert [(each.code, each.location.line) for each in facts.problems if each.location] == [
        ("contradictory-declaration", 5),
        ("contradictory-declaration", 6),
    ]


def test_who_declared_it_and_where() -> None:
    facts = of_sheets(
        sheet("Tasks", ["ID"], ["T1"]),
        sheet(
            "表状态",
            ["表", "完整", "截至日期", "声明人"],
            ["# one row for each table"],
            ["*", "是", date(2026, 6, 30), "张伟"],
            ["变更", True, "", ""],
        ),
    )
    assert facts.problems == ()
    assert [(each.table, each.by, each.declared_by, str(each.location)) for each in facts.closures] == [
        ("tasks", "table_status", "张伟", "f.xlsx!表状态!B3"),
        ("changes", "table_status", None, "f.xlsx!表状态!B4"),
    ]


def test_the_command_line_closes_tables_and_it_is_recorded() -> None:
    facts = with_status("{table: tasks, complete: yes}", assume_complete=("任务", "changes"))
    assert closed(facts) == ["tasks", "changes"]
    assert facts.assumed_complete == ("changes",)
    assert [(each.table, each.by) for each in facts.closures] == [
        ("tasks", "table_status"),
        ("changes", "command line"),
    ]


def test_all_closes_the_tables_that_the_file_has() -> None:
    facts = of_yaml(FACTS, ("all",))
    assert closed(facts) == ["project", "tasks"]
    assert facts.assumed_complete == ("project", "tasks")
    assert closed(of_yaml(FACTS, ("all", "changes"))) == ["project", "tasks", "changes"]


def test_the_command_line_overrides_a_no_of_the_file() -> None:
    facts = with_status("{table: tasks, complete: no}", assume_complete=("all",))
    assert closed(facts) == ["project", "tasks"]
    assert facts.assumed_complete == ("project", "tasks")


def test_unknown_names_on_the_command_line() -> None:
    with pytest.raises(UsageError) as error:
        of_yaml(FACTS, ("taks", "tasks", "risks"))
    text = str(error.value)
    assert '--assume-complete: no table is called "taks"; did you mean "tasks"?' in text
    assert '"risks"' in text
    assert "all, or some of: project, tasks, changes" in text


STATES: list[tuple[str, str, bool, Cell]] = [
    ("value", "owner", False, "张伟"),
    ("value", "owner", True, "张伟"),
    ("none", "owner", False, EMPTY),
    ("none", "owner", True, EMPTY),
    ("nothing", "owner", False, MISSING),
    ("nothing", "owner", True, EMPTY),
    ("nothing", "level", False, MISSING),
    ("nothing", "level", True, MISSING),
    ("nothing", "open_actions", True, MISSING),
    ("none", "open_actions", True, 0),
    ("placeholder", "owner", True, MISSING),
    ("unreadable", "actual_finish", True, MISSING),
    ("outside", "level", True, MISSING),
    ("absent", "owner", True, MISSING),
]
WRITTEN = {"value": "张伟", "none": "无", "nothing": "", "placeholder": "待定", "unreadable": "soon", "outside": "9"}


@pytest.mark.parametrize(("written", "field", "is_closed", "expected"), STATES)
def test_the_states_of_a_cell(written: str, field: str, is_closed: bool, expected: Cell) -> None:
    assume = ("tasks",) if is_closed else ()
    header, row = (["ID"], ["T1"]) if written == "absent" else (["ID", field], ["T1", WRITTEN[written]])
    in_workbook = of_sheets(sheet("tasks", header, row), assume_complete=assume)
    cell = "" if written == "absent" else f", {field}: {WRITTEN[written]}"
    in_yaml = of_yaml(f"tasks: [{{ID: T1{cell}}}]", assume)
    for facts in (in_workbook, in_yaml):
        assert facts.by_name["tasks"].columns[field] == (expected,)


def test_closing_later_gives_what_closing_at_once_gives() -> None:
    later = close_table(of_yaml(FACTS).by_name["tasks"])
    at_once = of_yaml(FACTS, ("tasks",)).by_name["tasks"]
    assert later.columns == at_once.columns
    assert later.closed
