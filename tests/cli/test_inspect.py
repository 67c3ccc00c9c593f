"""`riskcheck inspect`: what it prints, in both languages and for machines, and its exit codes."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from riskcheck.reports.display import width

ROOT = Path(__file__).parent.parent.parent
PACK = ROOT / "docs" / "example-pack"
SAMPLES = sorted((ROOT / "samples").glob("*.xlsx"))


def run(*arguments: str) -> Result:
    from riskcheck.cli.group import cli

    return CliRunner().invoke(cli, ["inspect", *arguments], standalone_mode=False)


def workbook(path: Path, **sheets: list[list[Any]]) -> str:
    """A workbook with these rows on its sheets."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return str(path)


@pytest.fixture
def messy(tmp_path: Path) -> str:
    """A task list as people draw it, and a sheet that is called nothing."""
    tasks = [
        ["部署实施计划"],
        [],
        ["序号", "编号", "任务名称", "责任人", "备注"],
        [1, "T1", "安装", "张伟", "x"],
        ["合计", "", "", "", ""],
    ]
    team = [["成员", "角色", "知识等级"], ["张伟", "组长", 3]]
    return workbook(tmp_path / "f.xlsx", 任务=tasks, Sheet1=team)


def test_what_was_taken_as_what(messy: str) -> None:
    done = run(messy)
    assert done.return_value == 0
    text = done.output
    for line in (
        "任务 → Tasks (tasks)",
        " Header      A3:E3",
        " Rows        1 rows: 4",
        " Columns     A3    序号                       × running number",
        "             B3    编号                       → Task ID (task_id)",
        "             E3    备注                       × no field of the table",
        "Sheet1  not read: its name is no table",
        " Looks like  Team: 3 of 16 names in row 1 (Member, Role, Knowledge level)",
    ):
        assert line in text.splitlines()
    assert "A1 stands above the header of the table Tasks" in text
    assert 'row 5 begins with "合计"' in text
    assert '"Sheet1" looks like the table Team' in " ".join(text.split())


def test_in_chinese_and_within_80_columns(messy: str) -> None:
    text = run(messy, "--lang", "zh").output
    for line in ("任务 → 任务 (tasks)", " 列名行      A3:E3", "Sheet1  未读取：名称不是资料表"):
        assert line in text.splitlines()
    assert max(map(width, text.splitlines())) <= 80
    assert max(map(width, run(messy).output.splitlines())) <= 80


def test_a_file_that_cannot_be_judged_is_shown_and_ends_with_3(tmp_path: Path) -> None:
    rows = [["Task ID", "T1", "T2"], ["Owner", "a", "b"], ["Status", "Done", "Done"], ["Effort", 1, 2]]
    done = run(workbook(tmp_path / "f.xlsx", Tasks=rows))
    assert done.return_value == 3
    text = " ".join(done.output.split())
    assert "Tasks → Tasks cannot be read" in text
    assert (
        "Looks like Tasks: 4 of 20 names in column A (Task ID, Owner, Status, Effort); rows and columns are swapped"
        in text
    )
    assert "Errors 1 - Tasks!A1: the table tasks has no header" in text
    assert "Header? row 1 (1 names): " in text


def test_a_file_of_nothing_known_shows_what_it_is_like(tmp_path: Path) -> None:
    done = run(workbook(tmp_path / "f.xlsx", Sheet1=[["Risk ID", "Likelihood"], ["R1", 3]]))
    assert done.return_value == 3
    assert ' Header?     row 1: "Risk ID", "Likelihood"' in done.output.splitlines()
    assert "no sheet of the workbook is a table of facts" in " ".join(done.output.split())


def test_a_file_that_cannot_be_opened_is_an_error() -> None:
    from riskcheck.errors import FactsError

    assert isinstance(run("nothing.xlsx").exception, FactsError)


def test_yaml_is_inspected_too(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("tasks: [{ID: T1, Onwer: a}]\nproject: {gate: G1}\n", "utf-8")
    done = run(str(tmp_path / "f.yaml"))
    assert done.return_value == 0
    assert "tasks → Tasks (tasks)" in done.output
    assert 'did you mean "Owner"?' in " ".join(done.output.split())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_json_fits_its_schema(sample: Path) -> None:
    schema = json.loads(files("riskcheck.reports").joinpath("inspection.schema.json").read_text("utf-8"))
    done = run(str(sample), "--format", "json")
    document = json.loads(done.output)
    Draft202012Validator(schema).validate(document)
    assert (done.return_value, document["readable"], document["errors"]) == (0, True, [])


def test_json_of_messy_refused_and_yaml_files_fits_its_schema(messy: str, tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("tasks: [{ID: T1}]\n", "utf-8")
    refused = workbook(tmp_path / "r.xlsx", Tasks=[["a", "b"]], Sheet1=[["Task ID", "Owner", "Status"]])
    schema = json.loads(files("riskcheck.reports").joinpath("inspection.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    for file, code in ((messy, 0), (refused, 3), (str(tmp_path / "f.yaml"), 0)):
        done = run(file, "--format", "json")
        document = json.loads(done.output)
        Draft202012Validator(schema).validate(document)
        assert done.return_value == code
        assert set(document) == set(schema["properties"])
        for sheet in document["sheets"]:
            assert set(sheet) == set(schema["$defs"]["sheet"]["properties"])
            assert all(set(table) == set(schema["$defs"]["table"]["properties"]) for table in sheet["tables"])


def test_another_pack_has_other_tables(messy: str) -> None:
    done = run(messy, "--pack", str(PACK))
    assert done.return_value == 3
    assert "Rules supplier 1.0.0" in done.output
