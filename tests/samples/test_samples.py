"""The samples show what they are meant to, in Excel as in YAML, and the files in the repository are current."""

from __future__ import annotations

import importlib.util
import io
import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.model.finding import CompoundState, Outcome
from riskcheck.reports.json import document

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
MENDED_BY = "run: python samples/make.py"
EXIT_CODES = {"PASS": 0, "CONDITIONAL": 0, "FAIL": 1, "CANNOT_JUDGE": 4}
VERDICTS = {
    "conditional-en": ("G2", "CONDITIONAL"),
    "half-blank-zh": ("G2", "CANNOT_JUDGE"),
    "healthy-en": ("G3", "PASS"),
    "platform-en": ("G3", "CONDITIONAL"),
    "platform-zh": ("G3", "FAIL"),
    "unclear-sla-zh": ("G3", "FAIL"),
    "undeclared-en": ("G1", "CANNOT_JUDGE"),
}
UNREAD = {
    "half-blank-zh": Counter({"placeholder": 2}),
    "platform-zh": Counter({"unreadable-cell": 2, "placeholder": 2}),
    "unclear-sla-zh": Counter(
        {"placeholder": 5, "unreadable-cell": 2, "unknown-word": 1, "ambiguous-date": 1, "unknown-column": 1}
    ),
}
"""The input problems that are in the samples on purpose, by code."""
WRITTEN_SO = ["备注", "待定", "约40小时", "基本完成", "尽快", "04/05/2026", "/", "/", "/", "待补"]
"""What the unread cells of unclear-sla-zh hold, in the order of its sheets; the unknown column comes first."""


@cache
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("samples_make", SAMPLES / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def judged(name: str) -> dict[str, Any]:
    """The JSON report on a file in samples/."""
    pack = make().deployment_pack()
    return document(assess(load_facts(SAMPLES / name, pack.schema), pack))


def riskcheck(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "riskcheck", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def without_places(value: Any) -> Any:
    """A part of a report without what tells the files apart: names, places, and the brackets of lists in YAML."""
    match value:
        case dict():
            told_apart = ("inputs", "location", "places")
            kept = {key: without_places(each) for key, each in value.items() if key not in told_apart}
            if isinstance(kept.get("raw"), str):
                kept["raw"] = kept["raw"].strip("[]")
            return kept
        case list():
            return [without_places(each) for each in value]
        case _:
            return value


def cells(workbook: bytes) -> list[Any]:
    """What a person sees in a workbook: sheets, values, number formats, fills, widths."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return [
        (
            sheet.title,
            [
                [(cell.value, cell.number_format, cell.fill.fgColor.rgb, cell.font.name) for cell in row]
                for row in sheet.iter_rows()
            ],
            [(letter, column.width) for letter, column in sheet.column_dimensions.items()],
            sheet.freeze_panes,
        )
        for sheet in book.worksheets
    ]


def test_every_yaml_has_its_workbook_and_its_verdict() -> None:
    assert sorted(VERDICTS) == sorted(each.stem for each in SAMPLES.glob("*.yaml"))
    assert sorted(VERDICTS) == sorted(each.stem for each in SAMPLES.glob("*.xlsx"))


@pytest.mark.parametrize("name", VERDICTS)
def test_the_verdict_is_the_intended_one(name: str) -> None:
    report = judged(f"{name}.xlsx")
    assert (report["gate"], report["verdict"]) == VERDICTS[name]


@pytest.mark.parametrize("name", VERDICTS)
def test_the_command_line_ends_with_the_exit_code_of_the_verdict(name: str) -> None:
    done = riskcheck("check", f"samples/{name}.xlsx", "-q")
    assert (done.returncode, done.stderr) == (EXIT_CODES[VERDICTS[name][1]], "")


@pytest.mark.parametrize("name", VERDICTS)
def test_the_same_facts_in_excel_and_yaml_give_the_same_result(name: str) -> None:
    assert without_places(judged(f"{name}.xlsx")) == without_places(judged(f"{name}.yaml"))


@pytest.mark.parametrize("name", VERDICTS)
def test_only_the_intended_cells_cannot_be_read(name: str) -> None:
    problems = judged(f"{name}.xlsx")["input_problems"]
    assert Counter(problem["code"] for problem in problems) == UNREAD.get(name, Counter())
    assert all(problem["location"]["sheet"] and problem["location"]["cell"] for problem in problems)


def test_the_messy_workbook_names_each_cell_that_it_cannot_read() -> None:
    problems = judged("unclear-sla-zh.xlsx")["input_problems"]
    assert [problem["text"]["zh"].split("“")[1].split("”")[0] for problem in problems] == WRITTEN_SO
    book = openpyxl.load_workbook(SAMPLES / "unclear-sla-zh.xlsx")
    places = [problem["location"] for problem in problems]
    assert [book[place["sheet"]][place["cell"]].value for place in places] == WRITTEN_SO


def test_every_outcome_occurs() -> None:
    found = {finding["outcome"] for name in VERDICTS for finding in judged(f"{name}.xlsx")["findings"]}
    assert found == {each.value for each in Outcome} - {"error"}


def test_the_healthy_project_passes_every_check_of_the_pack() -> None:
    outcomes = {finding["check"]: finding["outcome"] for finding in judged("healthy-en.xlsx")["findings"]}
    nothing_left_to_agree = {"EXE-RC-03.a": "not_applicable"}  # the customer has accepted every deliverable
    assert outcomes == {check.id: "pass" for check in make().deployment_pack().checks} | nothing_left_to_agree


def test_the_troubles_of_the_unclear_project_are_found_and_shut_the_gate() -> None:
    report = judged("unclear-sla-zh.xlsx")
    failed = {finding["check"] for finding in report["findings"] if finding["outcome"] == "fail"}
    scope = {"EXE-RC-04.a", "EXE-RC-04.b", "EXE-RC-04.c", "ACC-RC-01.a"}
    missing_reports = {"ACC-RC-03.a", "ACC-RC-03.c", "ACC-RC-05.a"}
    unstable_team = {"EXE-RC-08.a", "EXE-RC-08.b", "EXE-RC-08.c", "EXE-RC-06.a"}
    assert failed >= scope | missing_reports | unstable_team
    assert not any(check.startswith("PLN-") for check in failed)
    fired = {each["id"] for each in report["compounds"] if each["state"] == CompoundState.FIRED.value}
    assert fired == {"CH-01", "CH-02", "CH-07", "CH-08", "CH-17"}


def test_the_troubles_of_the_large_project_are_found_and_shut_the_gate() -> None:
    report = judged("platform-zh.xlsx")
    shut = {each["check"] for each in report["findings"] if each["must_meet"] and each["outcome"] == "fail"}
    assert shut == {"TEC-04.a", "ACC-PUR-01.a", "ACC-RC-04.b"}
    states = {each["id"]: each["state"] for each in report["compounds"] if each["state"] in ("fired", "possible")}
    assert states == {"CH-05": "fired", "CH-13": "fired", "CH-22": "fired", "CH-16": "possible"}
    unknown = {each["check"] for each in report["findings"] if each["outcome"] == "unknown"}
    assert unknown == {"EXE-RC-10.d", "EXE-RC-11.d", "RES-KB-02.a"}


@pytest.mark.parametrize("name", ["conditional-en", "platform-en"])
def test_a_project_with_conditions_fails_no_must_meet_check(name: str) -> None:
    findings = judged(f"{name}.xlsx")["findings"]
    open_ones = {finding["check"] for finding in findings if finding["outcome"] in ("fail", "warn", "unknown")}
    assert open_ones
    assert not any(finding["must_meet"] for finding in findings if finding["check"] in open_ones)


def test_the_undeclared_project_needs_only_the_command_that_its_report_begins_with() -> None:
    report = (SAMPLES / "reports" / "undeclared-en.txt").read_text("utf-8")
    head, _, _ = report.partition("\nWhy\n")
    command = next(line.split() for line in head.splitlines() if line.startswith("   riskcheck check"))
    assert command[2] == "samples/undeclared-en.xlsx"
    done = riskcheck(*command[1:])
    assert (done.returncode, done.stdout.split()[0]) == (0, "PASS")


@pytest.mark.parametrize("name", VERDICTS)
def test_the_workbook_in_the_repository_is_current(name: str) -> None:
    kept = (SAMPLES / f"{name}.xlsx").read_bytes()
    assert cells(kept) == cells(make().workbook_of(SAMPLES / f"{name}.yaml")), MENDED_BY


def test_the_same_yaml_gives_the_same_bytes() -> None:
    source = SAMPLES / "undeclared-en.yaml"
    assert make().workbook_of(source) == make().workbook_of(source)


@pytest.mark.parametrize("name", VERDICTS)
def test_the_reports_in_the_repository_are_current(name: str) -> None:
    for file, report in make().reports_of(SAMPLES / f"{name}.xlsx"):
        kept = (SAMPLES / "reports" / file).read_bytes()
        if file.endswith(".xlsx"):
            assert cells(kept) == cells(report), MENDED_BY
        elif file.endswith(".json"):
            assert json.loads(kept) == json.loads(report), MENDED_BY
        else:
            assert kept.decode() == report.decode(), MENDED_BY


def test_a_row_with_other_keys_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "odd-en.yaml"
    source.write_text("tasks:\n  - {task_id: T1, owner: A}\n  - {task_id: T2}\n", "utf-8")
    with pytest.raises(SystemExit, match=r"odd-en\.yaml:3: this row has other keys"):
        make().workbook_of(source)
