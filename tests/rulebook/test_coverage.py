"""`riskcheck rules coverage`: from each item to the checks that judge it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from riskcheck.cli.group import cli
from riskcheck.reports.display import width


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ["rules", "coverage", *args], standalone_mode=False)


def test_each_item_with_the_checks_that_judge_it(pack: Path) -> None:
    done = run(str(pack))
    assert done.output == (
        """\
tiny 1.0 Tiny pack

Planning
 PLN-1  Tasks are owned
   risk control · Planning · People, Process
   PLN-1.a  G1  must-meet  Tasks
   PLN-1.b  G2             Project

All phases
 ACT-1  Sign
   activity · All phases · People · source lines 7, 9
   PLN-1.b  G2             Project

2 items   risk control 1, activity 1
          Planning 1, All phases 1
2 checks  G1 1 (1 must-meet), G2 1 (0 must-meet)
          1 must-meet, 2 tables read
Every item is judged by a check.
"""
    )
    assert done.return_value == 0


def test_an_item_without_a_check_is_named_and_makes_the_exit_code_1(pack: Path) -> None:
    item = (pack / "plan" / "ACT-1.yaml").read_text("utf-8")
    (pack / "plan" / "ACT-2.yaml").write_text(item.replace("ACT-1", "ACT-2"), "utf-8")
    done = run(str(pack))
    assert "   ! no check judges this item" in done.output
    assert done.output.endswith("No check judges 1 of the items: ACT-2\n")
    assert done.return_value == 1
    assert run(str(pack), "--lang", "zh").output.endswith("有 1 个条目没有检查判定：ACT-2\n")
    assert json.loads(run(str(pack), "--format", "json").output)["items_without_check"] == ["ACT-2"]
    assert run(str(pack), "--format", "csv").return_value == 1


def test_by_source_from_line_to_check(pack: Path) -> None:
    lines = run(str(pack), "--by", "source", "--lang", "zh").output.splitlines()
    assert [line for line in lines if line.startswith(("来源", "未"))] == ["来源第 7 行", "来源第 9 行", "未注明来源行"]
    assert lines[2:6] == [
        "来源第 7 行",
        " ACT-1  签署合同",
        "   活动 · 各阶段 · 人员 · 来源第 7、9 行",
        "   PLN-1.b  G2            项目",
    ]


def test_by_gate_only_what_is_due_there(pack: Path) -> None:
    text = run(str(pack), "--by", "gate").output
    first, second = text.split("\nG2 Gate 2\n")
    assert "PLN-1.a" in first
    assert "PLN-1.b" not in first
    assert "PLN-1.a" not in second
    assert second.count("PLN-1.b") == 2


def test_by_element_an_item_stands_under_each_of_its_own(pack: Path) -> None:
    text = run(str(pack), "--by", "element").output
    assert text.count(" PLN-1  Tasks are owned") == 2
    assert text.count(" ACT-1  Sign") == 1


def test_csv_has_a_line_for_each_item_and_check_and_no_formula(pack: Path) -> None:
    file = pack / "plan" / "ACT-1.yaml"
    file.write_text(file.read_text("utf-8").replace("en: Sign", 'en: "=1+1"'), "utf-8")
    rows = list(csv.DictReader(io.StringIO(run(str(pack), "--format", "csv").output)))
    assert [(row["item"], row["check"], row["own"]) for row in rows] == [
        ("PLN-1", "PLN-1.a", "true"),
        ("PLN-1", "PLN-1.b", "true"),
        ("ACT-1", "PLN-1.b", "false"),
    ]
    assert rows[2]["item_title_en"] == "'=1+1"
    assert (rows[2]["item_phase"], rows[2]["check_phase"], rows[2]["source_lines"]) == ("", "plan", "7 9")


def test_json_tells_the_same(pack: Path) -> None:
    document = json.loads(run(str(pack), "--format", "json").output)
    item = document["items"][1]
    assert (item["id"], item["phase"], item["source_lines"]) == ("ACT-1", None, [7, 9])
    assert [(check["id"], check["own"], check["gate"], check["tables"]) for check in item["checks"]] == [
        ("PLN-1.b", False, "G2", ["project"])
    ]
    assert document["totals"]["items_by_phase"] == {"plan": 1, "all": 1}
    assert document["totals"]["checks_by_gate"] == {
        "G1": {"checks": 1, "must_meet": 1},
        "G2": {"checks": 1, "must_meet": 0},
    }


def test_grouping_is_for_the_text(pack: Path) -> None:
    assert "--by groups the text" in str(run(str(pack), "--by", "gate", "--format", "csv").exception)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("by", ["item", "source", "gate", "element"])
def test_every_item_of_the_shipped_pack_is_covered_in_80_columns(language: str, by: str) -> None:
    done = run("--lang", language, "--by", by)
    assert done.return_value == 0
    assert max(map(width, done.output.splitlines())) <= 80
