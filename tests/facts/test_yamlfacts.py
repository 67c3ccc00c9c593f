"""Facts in YAML: shapes, names, places, and what is refused."""

from __future__ import annotations

import pytest

from riskcheck.errors import FactsError
from riskcheck.model.factset import EMPTY, MISSING
from tests.facts.smallschema import of_yaml, problems

TASKS = """\
project: {project_id: P-1, sla_version: 1.10, as_of: 2026-06-30}
任务:
  - {task_id: T1, predecessors: [T0, T2], 负责人: none, milestone: 否}
  - task_id: 010
    predecessors: T0、T2
    owner:
    status: 进行中
"""


def refused(text: str) -> str:
    """Why the text is refused."""
    with pytest.raises(FactsError) as error:
        of_yaml(text)
    return str(error.value)


def test_tables_as_lists_and_a_one_row_table_as_mapping() -> None:
    facts = of_yaml(TASKS)
    tasks = facts.by_name["tasks"]
    assert facts.problems == ()
    assert facts.single("project", "sla_version") == "1.10"
    assert tasks.columns["task_id"] == ("T1", "010")
    assert tasks.columns["predecessors"] == (("T0", "T2"), ("T0", "T2"))
    assert tasks.columns["owner"] == (EMPTY, MISSING)
    assert tasks.columns["is_milestone"] == (False, MISSING)
    assert tasks.columns["status"] == (MISSING, "in_progress")


def test_places_of_values_rows_and_tables() -> None:
    origin = of_yaml(TASKS).by_name["tasks"].origin
    assert str(origin.table_location()) == "f.yaml:2:1"
    assert str(origin.cell_location(0, "owner")) == f"f.yaml:3:{TASKS.splitlines()[2].index('none') + 1}"
    assert str(origin.cell_location(1, "status")) == "f.yaml:7:13"
    assert str(origin.cell_location(1, "is_milestone")) == "f.yaml:4:5"
    assert (origin.raw(0, "predecessors"), origin.raw(1, "owner"), origin.raw(1, "level")) == ("[T0, T2]", "", None)


@pytest.mark.parametrize("text", ["no", "on", "1.10", "010", "12:30", "2026-02-30", "1_000", "0x1F", "=", "yes", "1e3"])
def test_text_is_taken_as_written(text: str) -> None:
    facts = of_yaml(f"tasks: [{{task_id: {text}, owner: '{text}'}}]")
    assert facts.by_name["tasks"].columns["task_id"] == facts.by_name["tasks"].columns["owner"] == (text,)


def test_a_key_that_is_absent_is_missing_and_one_with_nothing_is_empty_once_closed() -> None:
    text = "tasks: [{task_id: T1, owner: }, {task_id: T2}, {task_id: T3, owner: none}]"
    assert of_yaml(text).by_name["tasks"].columns["owner"] == (MISSING, MISSING, EMPTY)
    assert of_yaml(text).by_name["tasks"].nothing == {"owner": (0,)}
    assert of_yaml(text, ("tasks",)).by_name["tasks"].columns["owner"] == (EMPTY, MISSING, EMPTY)


@pytest.mark.parametrize("nothing", ["", "~", "null", "''", '" "'])
def test_ways_to_write_nothing(nothing: str) -> None:
    facts = of_yaml(f"tasks:\n  - task_id: T1\n    owner: {nothing}\n", ("all",))
    assert facts.by_name["tasks"].columns["owner"] == (EMPTY,)
    assert facts.problems == ()


@pytest.mark.parametrize("text", ["tasks: []", "tasks: none", "任务: 无", "tasks: [{}, ~, {owner: }]"])
def test_a_table_without_rows(text: str) -> None:
    tasks = of_yaml(text).by_name["tasks"]
    assert (tasks.present, tasks.row_count, tasks.closed) == (True, 0, False)


def test_a_table_with_nothing_at_all_counts_as_absent() -> None:
    facts = of_yaml("project: {project_id: P}\ntasks:\n", ("all",))
    assert problems(facts) == ["f.yaml:2:1 empty-table"]
    assert not facts.by_name["tasks"].present
    assert not facts.by_name["tasks"].closed


def test_one_row_tables_as_lists() -> None:
    assert of_yaml("project: [{project_id: P}]").single("project", "project_id") == "P"
    facts = of_yaml("project:\n  - {project_id: P}\n  - {project_id: Q}\n")
    assert facts.single("project", "project_id") is MISSING
    assert problems(facts) == ["f.yaml:3:18 second-row"]


def test_unknown_names_are_reported_once_with_the_nearest() -> None:
    facts = of_yaml("taks: []\nproject: {projct_id: P}\ntasks: [{ID: 1, onwer: x}, {ID: 2, onwer: y, vague: 3}]\n")
    assert problems(facts) == [
        "f.yaml:1:1 unknown-table",
        "f.yaml:2:11 unknown-column",
        "f.yaml:3:46 computed-column",
        "f.yaml:3:17 unknown-column",
    ]
    assert 'did you mean "tasks"?' in facts.problems[0].text.en
    assert "是否为“owner”？" in facts.problems[3].text.zh


def test_what_is_no_cell_is_a_problem() -> None:
    facts = of_yaml("tasks: [{ID: {a: b}, owner: [x], predecessors: [[T1]], status: []}]")
    columns = facts.by_name["tasks"].columns
    assert columns["task_id"] == columns["owner"] == columns["predecessors"] == columns["status"] == (MISSING,)
    assert [problem.code for problem in facts.problems] == ["unreadable-cell"] * 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n", "f.yaml:1:1: the file holds a list, but facts are a mapping of tables"),
        ("just text\n", "f.yaml:1:1: the file holds one text, but facts are a mapping of tables"),
        ("task: 1\nfoo: 2\n", 'f.yaml: no key of the file is a table of facts\n  found: "task", "foo"'),
        ("task: 1\nfoo: 2\n", '"task": did you mean "tasks"?'),
        ("tasks: {task_id: T1}\n", "f.yaml:1:8: the table tasks must be a list of rows"),
        ("tasks: T1\n", "f.yaml:1:8: the table tasks must be a list of rows"),
        ("project: P-1\n", "f.yaml:1:10: the table project must be a mapping of its fields"),
        ("tasks: [T1, T2]\n", "f.yaml:1:9: a row of the table tasks must be a mapping of its fields"),
        (
            "tasks: []\n任务: []\n",
            'f.yaml:2:1: the table tasks stands in two places: "tasks" in line 1 and "任务" here',
        ),
        ("tasks: [{owner: a, 负责人: b}]\n", "f.yaml:1:20: the field owner of this row of tasks stands in two places"),
    ],
)
def test_refused(text: str, message: str) -> None:
    assert message in refused(text)


def test_many_refusals_are_not_all_listed() -> None:
    assert refused("tasks: [" + "T, " * 1000 + "]").count("f.yaml:") == 20


def test_many_unread_cells_are_counted() -> None:
    facts = of_yaml("tasks:\n" + "  - {task_id: T, level: x}\n" * 250)
    assert len(facts.problems) == 101
    assert "150 further cells" in facts.problems[-1].text.en
    assert str(facts.problems[-1].location) == "f.yaml:102:25"
