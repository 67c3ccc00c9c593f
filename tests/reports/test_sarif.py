"""SARIF: what is graded how, which places are named, and which fingerprints stay."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.frozen import replace
from riskcheck.model.finding import Evidence, Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.packs.load import load_pack
from riskcheck.reports import Style
from tests.reports.examples import SAMPLES, assessment, finding
from tests.reports.pipelinereports import sarif


def test_sarif_grades_what_is_open_and_nothing_else() -> None:
    results = {each["ruleId"]: (each["kind"], each["level"]) for each in sarif(assessment())["results"]}
    assert results == {
        "A-1.a": ("fail", "error"),
        "A-1.b": ("open", "none"),
        "A-1.c": ("open", "none"),
        "A-1.d": ("fail", "warning"),
        "A-1.e": ("pass", "none"),
        "A-1.f": ("notApplicable", "none"),
        **{each["ruleId"]: (each["kind"], each["level"]) for each in sarif(assessment())["results"][6:]},
    }


def test_a_check_that_could_not_be_judged_makes_the_run_unsuccessful() -> None:
    run = sarif(assessment())
    assert run["invocations"][0]["executionSuccessful"] is False
    told = [each["associatedRule"]["id"] for each in run["invocations"][0]["toolExecutionNotifications"][:1]]
    assert told == ["A-1.b"]


def test_fingerprints_stay_when_rows_move_and_change_with_project_and_facts() -> None:
    here = Evidence("t.f", Text("F", "字段"), 3, "T3", "empty", None, None, None, Location("a.xlsx", "S", "B4"))
    moved = replace(here, row=9, location=Location("b.xlsx", "S", "B10"))
    other = replace(here, key="T4")

    def prints(project: str, *cells: Evidence) -> dict[str, str]:
        one = replace(finding("A-1.a", Outcome.FAIL), id=f"A-1.a@{project}", evidence=cells, evidence_count=len(cells))
        found: dict[str, str] = sarif(replace(assessment(), findings=(one,)))["results"][0]["partialFingerprints"]
        return found

    base = prints("P-1", here)
    assert prints("P-1", moved) == base
    assert prints("P-1", here, other)["finding/v1"] == base["finding/v1"]
    assert prints("P-1", here, other)["facts/v1"] != base["facts/v1"]
    assert prints("P-2", here)["finding/v1"] != base["finding/v1"]


def test_fingerprints_stay_when_rows_are_put_in_and_turned_round(tmp_path: Path) -> None:
    """Through the whole product: a sample with a row more at the top of a table, and with its rows in another order."""
    text = (SAMPLES / "conditional-en.yaml").read_text("utf-8")
    head, rows = text.split("\ntasks:\n", 1)
    first, rest = rows.split("\n", 1)
    assert first.startswith("  - {task_id: ")
    more = re.sub(r"task_id: [^,]+", "task_id: NEW-1", first)
    second, tail = rest.split("\n", 1)
    pack = load_pack("deployment")
    found = []
    for name, changed in (("more", [more, first, second, tail]), ("turned", [second, first, tail]), ("same", [rows])):
        file = tmp_path / f"{name}.yaml"
        file.write_text(head + "\ntasks:\n" + "\n".join(changed), "utf-8")
        log = sarif(assess(load_facts(file, pack.schema), pack))
        found.append({each["ruleId"]: each["partialFingerprints"] for each in log["results"]})
    assert found[0] == found[1] == found[2]
    assert any("facts/v1" in each for each in found[0].values())


def test_a_finding_that_does_not_list_all_cells_has_no_fingerprint_of_them() -> None:
    results = {each["ruleId"]: each for each in sarif(assessment())["results"]}
    assert "facts/v1" not in results["A-1.a"]["partialFingerprints"]


def test_a_cell_is_a_place_in_the_file_and_a_logical_one() -> None:
    (place,) = next(each["locations"] for each in sarif(assessment())["results"] if each["ruleId"] == "A-1.a")
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "plan.xlsx", "index": 0},
        "region": {"startLine": 14, "startColumn": 4},
    }
    assert place["logicalLocations"][0] == {"name": "D14", "fullyQualifiedName": "任务!D14", "kind": "cell"}
    assert place["logicalLocations"][1]["kind"] == "property"


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a b/计划.xlsx", "a%20b/%E8%AE%A1%E5%88%92.xlsx"),
        ("/tmp/a.xlsx", "file:///tmp/a.xlsx"),
        ("C:\\x\\a.xlsx", "file:///C:/x/a.xlsx"),
        ("sub\\a.xlsx", "sub/a.xlsx"),
        ("javascript:alert(1)", "javascript%3Aalert(1)"),
    ],
)
def test_files_are_named_by_relative_references_where_they_can_be(file: str, uri: str) -> None:
    seen = replace(assessment(), inputs=(replace(assessment().inputs[0], file=file),))
    assert sarif(seen)["artifacts"][0]["location"]["uri"] == uri


def test_security_severity_is_there_only_when_asked_for() -> None:
    def rule(style: Style) -> dict[str, Any]:
        return dict(sarif(assessment(), style)["tool"]["driver"]["rules"][0]["properties"])

    assert "security-severity" not in rule(Style())
    assert "security" not in rule(Style())["tags"]
    assert rule(Style(security_severity=True))["security-severity"] == "4.8"
    assert "security" in rule(Style(security_severity=True))["tags"]
