"""`--reader`: what reads workbooks, in every command that reads facts, and what is told of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from riskcheck.errors import FactsError
from tests.facts_workbook.formats import FILES
from tests.facts_workbook.packages import parts, styles_xml, workbook_xml, zipped

ROOT = Path(__file__).parent.parent.parent
SAMPLE = str(ROOT / "samples" / "conditional-en.xlsx")
TOLD = "second-reader"


def run(*arguments: str) -> Result:
    from riskcheck.cli.group import cli

    return CliRunner().invoke(cli, arguments, standalone_mode=False)


def report(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("check", *arguments, "--format", "json").output)
    return found


def without_telling(found: dict[str, Any]) -> dict[str, Any]:
    inputs = [{key: value for key, value in each.items() if key != "reader"} for each in found["inputs"]]
    problems = [each for each in found["input_problems"] if each["code"] != TOLD]
    return found | {"inputs": inputs, "input_problems": problems}


@pytest.fixture
def damaged(tmp_path: Path) -> str:
    """Tasks of which one duration is too large for a span of time; the first reader refuses the workbook."""
    head = ("Task ID", "Task name", "Duration (days)")
    cells = "".join(f'<c r="{"ABC"[n]}1" t="str"><v>{text}</v></c>' for n, text in enumerate(head))
    rows = (
        f'<row r="1">{cells}</row><row r="2"><c r="A2" t="str"><v>T1</v></c><c r="B2" t="str"><v>Install</v></c>'
        '<c r="C2" s="1"><v>1e300</v></c></row>'
    )
    made = parts(rows, styles=styles_xml(0, 46)) | {"xl/workbook.xml": workbook_xml("Tasks")}
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(zipped(made))
    return str(path)


def test_a_report_is_the_same_and_says_what_read_the_workbook() -> None:
    first, second = report(SAMPLE), report(SAMPLE, "--reader", "openpyxl")
    assert without_telling(second) == first
    told = [each for each in second["input_problems"] if each["code"] == TOLD]
    assert [(each["severity"], each["location"]["file"]) for each in told] == [("note", SAMPLE)]
    assert [each["reader"] for each in second["inputs"]] == ["openpyxl"]
    said = " ".join(run("check", SAMPLE, "--reader", "openpyxl").output.split())
    assert "), read with openpyxl" in said
    assert "this workbook was read with openpyxl (--reader)" in said
    assert report(SAMPLE, "--reader", "auto") == first


def test_auto_reads_what_the_first_reader_refuses_and_says_why(damaged: str) -> None:
    refused = run("inspect", damaged)
    assert isinstance(refused.exception, FactsError)
    assert "or read it with --reader openpyxl" in str(refused.exception)
    text = " ".join(run("inspect", damaged, "--reader", "auto").output.split())
    assert "warning: this workbook was read with openpyxl, as the first reader refuses it" in text
    assert "Tasks!C2: error:" in text
    assert "该工作簿由 openpyxl 读取" in run("inspect", damaged, "--reader", "openpyxl", "--lang", "zh").output


def test_files_that_no_reader_should_read_stay_refused(tmp_path: Path) -> None:
    bomb = parts() | {"xl/worksheets/sheet1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'}
    path = tmp_path / "f.xlsx"
    path.write_bytes(zipped(bomb))
    for reader in ("auto", "openpyxl"):
        error = run("inspect", str(path), "--reader", reader).exception
        assert isinstance(error, FactsError)
        assert error.diagnostics[0].code == "workbook-doctype"


@pytest.mark.parametrize("name", ["plan.xls", "plan.ods"])
def test_openpyxl_does_not_know_other_formats_and_auto_does(name: str) -> None:
    error = run("inspect", str(FILES / name), "--reader", "openpyxl").exception
    assert isinstance(error, FactsError)
    assert "--reader auto reads each format" in str(error)
    assert run("inspect", str(FILES / name), "--reader", "auto").output == run("inspect", str(FILES / name)).output


def test_every_command_that_reads_facts_has_it(damaged: str, tmp_path: Path) -> None:
    asked = ("--reader", "openpyxl")
    judged = ("--gate", "G1", "--as-of", "2026-06-30")
    mapping, baseline = str(tmp_path / "m.yaml"), str(tmp_path / "b.json")
    for arguments in (
        ("map", damaged, "-o", mapping),
        ("eval", "tasks.count(task, task.task_id == 'T1')", damaged, *judged[2:]),
        ("baseline", damaged, "-o", baseline, *judged),
        ("compare", damaged, damaged, "--gate", "G1"),
        ("portfolio", damaged, *judged),
    ):
        without = run(*arguments)
        assert isinstance(without.exception, FactsError) or "0 projects judged" in without.output, arguments
        done = run(*arguments, *asked)
        assert not isinstance(done.exception, FactsError), arguments
        assert "0 projects judged" not in done.output
    assert Path(mapping).exists()
    assert Path(baseline).exists()


def test_openpyxl_is_imported_only_when_it_is_asked_for() -> None:
    for more, imported in (([], False), (["--reader", "auto"], False), (["--reader", "openpyxl"], True)):
        script = (
            "import sys; from riskcheck.cli.group import cli\n"
            f"cli({['check', SAMPLE, '-q', *more]!r}, standalone_mode=False)\n"
            "print('openpyxl' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
        assert done.stdout.strip() == str(imported)
