"""`riskcheck template --from`: what is refused, what is told, and that nothing is lost without a word."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from riskcheck.cli.group import cli
from riskcheck.errors import FactsError, UsageError
from riskcheck.facts.load import load_facts
from riskcheck.packs.load import load_pack
from tests.template.written import SMALL

FACTS = """\
project: {project_id: P-1, gate: G1, as_of: 2026-06-30, planned: 8, manager: M}
tasks:
  - {task_id: T1, owner: A, late: no, status: open, colour: red}
  - {task_id: T2, owner: "#B", late: perhaps, status: TBD}
parts: [{part_id: P1, tested: no, stock: 2}]
weather: [{rain: yes}]
table_status: [{table: tasks, complete: yes, declared_by: Li}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.yaml").write_text(FACTS, "utf-8")
    return tmp_path


def run(folder: Path, *options: str, output: str = "new.xlsx", older: str = "old.yaml") -> Result:
    with chdir(folder):
        return CliRunner().invoke(cli, ["template", "-o", output, "--from", older, "--pack", str(SMALL), *options])


def test_what_was_not_read_and_what_is_not_carried_over_is_told_cell_by_cell(folder: Path) -> None:
    done = run(folder)
    assert done.exit_code == 0
    lines = done.stderr.splitlines()
    for told in (
        'old.yaml:6:1: "weather" is no table of the facts and is not read',
        'old.yaml:3:53: "colour" is no field of the table Tasks and is not read',
        'old.yaml:4:38: Late: "perhaps" is neither yes nor no; write yes or no (also Y/N, TRUE/FALSE, √/×, 是/否)',
        "carried over from old.yaml: 3 tables, 4 rows, 16 cells",
        "wrote new.xlsx",
    ):
        assert told in lines, done.stderr
    pack = load_pack(SMALL)
    tasks = load_facts(folder / "new.xlsx", pack.schema).by_name["tasks"]
    assert tasks.columns["owner"] == ("A", "#B")
    assert tasks.closed
    assert tasks.origin.raw(1, "late") == "perhaps"


def test_columns_that_the_template_does_not_have_are_named(folder: Path) -> None:
    lines = run(folder, "--gate", "G1").stderr.splitlines()
    assert "old.yaml:1:1: these columns of Project are not in this template and not carried over: Planned" in lines
    assert "old.yaml:5:1: the table Parts is not in this template, and its rows (1) are not carried over" in lines


def test_the_gate_of_the_template_takes_the_place_of_the_older_one_with_a_word(folder: Path) -> None:
    done = run(folder, "--gate", "G2", "--lang", "zh")
    assert "old.yaml:1:1：关口原为 G1，现按模板适用的关口改为 G2" in done.stderr
    assert "读取结果与原文件不同" not in done.stderr
    assert load_facts(folder / "new.xlsx", load_pack(SMALL).schema).single("project", "gate") == "G2"


def test_columns_that_the_older_file_lacks_are_named(folder: Path) -> None:
    (folder / "old.yaml").write_text("tasks: [{task_id: T1}, {task_id: T2}]\n", "utf-8")
    lines = run(folder).stderr.splitlines()
    assert "old.yaml:1:1: Tasks has no column for these, so their cells say TBD, which is not known: Owner" in lines


def test_what_reads_otherwise_in_the_new_workbook_is_told(folder: Path) -> None:
    """A row that begins with a word for totals is no row of a workbook, but one of YAML."""
    (folder / "old.yaml").write_text(
        "tasks: [{task_id: T1, owner: A, late: no}, {task_id: Total, owner: B, late: no}]", "utf-8"
    )
    lines = run(folder).stderr.splitlines()
    assert "old.yaml:1:1: Tasks does not read in the new workbook as it did: 1 rows instead of 2" in lines


def test_the_workbook_that_facts_are_taken_from_is_not_written_over(folder: Path) -> None:
    assert run(folder).exit_code == 0
    before = (folder / "new.xlsx").read_bytes()
    for options in ((), ("--force",)):
        done = run(folder, *options, older="new.xlsx")
        assert isinstance(done.exception, UsageError)
        assert "never changed" in str(done.exception)
    assert isinstance(run(folder).exception, UsageError)
    assert (folder / "new.xlsx").read_bytes() == before
    assert run(folder, "--force").exit_code == 0


def test_a_file_that_cannot_be_read_leaves_nothing_behind(folder: Path) -> None:
    (folder / "old.yaml").write_text("just a text", "utf-8")
    done = run(folder)
    assert isinstance(done.exception, FactsError)
    assert not (folder / "new.xlsx").exists()


def test_an_older_template_of_one_gate_goes_on_as_that_of_the_next(folder: Path) -> None:
    assert run(folder, "--gate", "G1", output="one.xlsx").exit_code == 0
    done = run(folder, "--gate", "G2", older="one.xlsx", output="two.xlsx")
    assert done.exit_code == 0
    assert "one.xlsx: what begins with # (sheets, columns, rows)" in done.stderr
    facts = load_facts(folder / "two.xlsx", load_pack(SMALL).schema)
    assert facts.by_name["tasks"].columns["owner"] == ("A", "#B")
    assert "Parts" in openpyxl.load_workbook(folder / "two.xlsx").sheetnames


def test_the_same_facts_give_the_same_bytes(folder: Path) -> None:
    for output in ("one.xlsx", "two.xlsx"):
        assert run(folder, output=output).exit_code == 0
    assert (folder / "one.xlsx").read_bytes() == (folder / "two.xlsx").read_bytes()


def test_more_rows_than_the_template_has_room_for_make_room(folder: Path) -> None:
    rows = "".join(f"  - {{task_id: T{number}, owner: A}}\n" for number in range(2500))
    (folder / "old.yaml").write_text("tasks:\n" + rows, "utf-8")
    assert run(folder).exit_code == 0
    book = openpyxl.load_workbook(folder / "new.xlsx")
    assert all(str(each.sqref).endswith("3005") for each in book["Tasks"].data_validations.dataValidation)
    assert (
        next(row[4].value for row in book["Table status"] if row[0].value == "Tasks") == "=COUNTA('Tasks'!A5:A3005)-1"
    )
