"""Several files as one project: rows joined, contradictions told with both places, declarations kept to their files."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from riskcheck.errors import FactsError
from riskcheck.facts.inspectfile import inspect_facts
from riskcheck.facts.load import load_facts
from riskcheck.model.factset import MISSING, FactSet
from riskcheck.model.inspection import PackName
from tests.facts.smallschema import SCHEMA


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def workbook(name: str, **sheets: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(name)


def told(facts: FactSet) -> list[str]:
    return [f"{each.location.within_file if each.location else ''} {each.code}" for each in facts.problems]


def test_rows_of_one_table_are_joined(folder: Path) -> None:
    workbook("plan.xlsx", Project=[["Project ID", "P-1"]], Tasks=[["Task ID", "Owner"], ["T1", "a"], ["T2", "TBD"]])
    Path("任务.csv").write_text("编号,等级\nT3,3\n", "utf-8")
    Path("facts.yaml").write_text("tasks:\n- {task_id: T4, owner: none}\n", "utf-8")
    facts = load_facts(["plan.xlsx", "任务.csv", "facts.yaml"], SCHEMA, assume_complete=("all",))
    tasks = facts.by_name["tasks"]
    assert tasks.columns["task_id"] == ("T1", "T2", "T3", "T4")
    assert tasks.columns["level"] == (MISSING, MISSING, 3, MISSING)
    assert tasks.columns["owner"][2] is MISSING, "a file without the column says nothing, even if the table is complete"
    places = [tasks.origin.cell_location(row, "task_id") for row in range(4)]
    assert [each.within_file for each in places if each] == [
        "plan.xlsx!Tasks!A2",
        "plan.xlsx!Tasks!A3",
        "任务.csv!A2",
        "facts.yaml:2:13",
    ]
    assert [tasks.origin.raw(row, "owner") for row in (0, 1)] == ["a", "TBD"]
    assert [each.file for each in facts.inputs] == ["plan.xlsx", "任务.csv", "facts.yaml"]
    assert sorted(told(facts)) == ["plan.xlsx!Tasks!B3 placeholder", "任务.csv table-in-several-files"]
    (joined,) = (each for each in facts.problems if each.code == "table-in-several-files")
    assert joined.text.en.endswith(": plan.xlsx!Tasks (2), 任务.csv (1), facts.yaml:1:1 (1)")


def test_an_id_in_two_files_keeps_the_table_open(folder: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        Path(name).write_text("tasks: [{task_id: T1}]\n", "utf-8")
    facts = load_facts(["one.yaml", "two.yaml"], SCHEMA, assume_complete=("all",))
    assert facts.by_name["tasks"].row_count == 2
    assert not facts.by_name["tasks"].closed
    assert facts.partly_read == ("tasks",)
    (problem,) = (each for each in facts.problems if each.code == "id-in-two-files")
    assert "one.yaml:1:19 and two.yaml:1:19" in problem.text.en


def test_two_values_for_one_field(folder: Path) -> None:
    workbook("a.xlsx", Project=[["Project ID", "P-1"], ["Facts as of", "2026-03-05"], ["Name", "x"], ["Share", "TBD"]])
    Path("b.yaml").write_text(
        "project: {project_id: P-1, as_of: 2026年3月5日, name: y, share: 85%, amount: 7}\n", "utf-8"
    )
    facts = load_facts(["a.xlsx", "b.yaml"], SCHEMA)
    assert facts.single("project", "project_id") == "P-1"
    assert facts.single("project", "as_of") is not MISSING, "the same day, written otherwise"
    assert facts.single("project", "name") is MISSING
    assert facts.single("project", "share") is not MISSING, "a placeholder contradicts nothing"
    contradiction, passed_over = (each for each in facts.problems if each.code == "two-values")
    assert '"x" in a.xlsx!Project!B3 and "y" in b.yaml:1:52' in contradiction.text.en
    assert str(passed_over.location) == "a.xlsx!Project!B4"
    assert 'read from b.yaml:1:62; "TBD" here is no value' in passed_over.text.en
    place = facts.by_name["project"].origin.cell_location(0, "amount")
    assert place is not None
    assert place.file == "b.yaml"


STATUS = "table_status: [{table: '*', complete: yes, declared_by: 王芳}]\n"


@pytest.mark.parametrize(
    ("one", "two", "closed"),
    [
        (STATUS + "tasks: [{task_id: T1}]\n", "changes: [{change_id: C1}]\n", ["tasks"]),
        (STATUS + "tasks: [{task_id: T1}]\n", "tasks: [{task_id: T2}]\n", []),
        (STATUS + "tasks: [{task_id: T1}]\n", STATUS + "tasks: [{task_id: T2}]\n", ["tasks"]),
        ("table_status: [{table: tasks, complete: yes}]\n", "tasks: [{task_id: T2}]\n", ["tasks"]),
        (
            STATUS + "tasks: [{task_id: T1}]\n",
            "table_status: [{table: tasks, complete: no}]\ntasks: [{task_id: T2}]\n",
            [],
        ),
        (
            STATUS.replace("]\n", ", {table: tasks, complete: no}]\n") + "tasks: [{task_id: T1}]\n",
            "changes: [{change_id: C1}]\n",
            [],
        ),
    ],
)
def test_a_star_declares_what_its_own_file_has(folder: Path, one: str, two: str, closed: list[str]) -> None:
    Path("one.yaml").write_text(one, "utf-8")
    Path("two.yaml").write_text(two, "utf-8")
    facts = load_facts(["one.yaml", "two.yaml"], SCHEMA)
    assert [table.table.name for table in facts.tables if table.closed] == closed
    expected = "declaration-of-one-file" if "T2" in two and "table_status" not in two and "'*'" in one else None
    assert [code for code in ("declaration-of-one-file",) if any(code in each for each in told(facts))] == (
        [expected] if expected else []
    )
    for closure in facts.closures:
        assert closure.location is not None
        assert closure.location.file == "one.yaml"


def test_files_of_one_name_are_told_apart_by_their_folders(folder: Path) -> None:
    for name in ("x", "y"):
        Path(name).mkdir()
        Path(name, "tasks.csv").write_text(f"编号\n{name}\n", "utf-8")
    facts = load_facts(["x/tasks.csv", "y"], SCHEMA)
    place = facts.by_name["tasks"].origin.cell_location(1, "task_id")
    assert place is not None
    assert place.within_file == "y/tasks.csv!A2"


def test_every_refusal_of_every_file_is_told(folder: Path) -> None:
    workbook("a.xlsx", Tasks=[["x", "y"], ["1", "2"]])
    workbook("b.xlsx", Nothing=[["x", "y"]])
    with pytest.raises(FactsError) as error:
        load_facts(["a.xlsx", "b.xlsx"], SCHEMA)
    assert [each.location.file for each in error.value.diagnostics if each.location] == ["a.xlsx", "b.xlsx"]
    inspection = inspect_facts(("a.xlsx", "b.xlsx"), SCHEMA, PackName("small", "1"))
    assert [each.file for each in inspection.sheets] == ["a.xlsx", "b.xlsx"]
    assert len(inspection.refusals) == 2


def test_a_file_is_named_once(folder: Path) -> None:
    Path("a.yaml").write_text("tasks: []\n", "utf-8")
    with pytest.raises(FactsError, match="named twice"):
        load_facts(["a.yaml", str(folder / "a.yaml")], SCHEMA)
