"""Merged group heads and group cells, from a file in each format to the cells of the findings."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from riskcheck import load_facts
from riskcheck.cli.group import cli
from riskcheck.model.factset import EMPTY
from tests.layouts.world import PACK

from .grouped import BOOKS, TASKS

RULES = Path(__file__).parents[1] / "layouts" / "pack"
PHASES = ("design", "design", "design", "extra", "extra")
ANCHORS = ("C5", "C5", "C5", "C8", "C8")


@pytest.fixture(params=BOOKS)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / request.param
    path.write_bytes(BOOKS[request.param]())
    return path


def test_groups_hold_for_their_rows_and_columns_in_every_format(file: Path) -> None:
    tasks = load_facts(file, PACK).by_name["tasks"]
    assert (tasks.row_count, tasks.closed) == (5, True)
    assert tasks.columns["phase"] == PHASES
    assert tasks.columns["task_id"] == tuple(row[2] for row in TASKS[3:])
    assert tasks.columns["planned_start"] == tuple(row[4] for row in TASKS[3:])
    assert tasks.columns["planned_finish"] == tuple(row[5] for row in TASKS[3:])
    assert tasks.columns["actual_finish"] == (date(2026, 3, 6), EMPTY, EMPTY, EMPTY, EMPTY)
    places = [tasks.origin.cell_location(row, "phase") for row in range(5)]
    assert tuple(at.cell for at in places if at is not None) == ANCHORS


def test_what_was_filled_is_told_and_findings_name_the_merged_cells(file: Path) -> None:
    found = checked(file)
    told = {each["code"]: each["location"]["cell"] for each in found["input_problems"] if each["location"]["sheet"]}
    assert told["merged-group"] == "C5"
    assert told["above-header"] == "B2"
    cells = {finding["check"]: deciding(finding) for finding in found["findings"] if finding["outcome"] == "fail"}
    assert cells == {"L-1.a": {"任务!E7"}, "L-1.b": {"任务!F6", "任务!G6"}, "L-1.g": {"任务!C8"}}


def test_every_format_gives_the_same_report(tmp_path: Path) -> None:
    reports = set()
    for name, make in BOOKS.items():
        path = tmp_path / name
        path.write_bytes(make())
        text = json.dumps(checked(path))
        reports.add(text.replace(json.loads(text)["inputs"][0]["sha256"], "").replace(str(path), "plan"))
    assert len(reports) == 1


def checked(file: Path) -> dict[str, Any]:
    done = CliRunner().invoke(
        cli, ["check", str(file), "--pack", str(RULES), "--format", "json"], standalone_mode=False
    )
    assert done.exception is None
    found: dict[str, Any] = json.loads(done.output)
    return found


def deciding(finding: dict[str, Any]) -> set[str]:
    return {f"{each['location']['sheet']}!{each['location']['cell']}" for each in finding["evidence"]}
