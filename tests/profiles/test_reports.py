"""Every report shows the profile, its digest and all that it changes, in both languages."""

from __future__ import annotations

import io
import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from riskcheck.model.assessment import Assessment
from riskcheck.model.text import Language
from riskcheck.reports import Style, render
from riskcheck.reports.display import width
from tests.profiles.written import COMPLETE, FACTS, judge

LANGUAGES: tuple[Language, ...] = ("en", "zh")
CHINESE = re.compile("[\u4e00-\u9fff]")
SAID = """\
limits:
  A-1.b: {late: {value: 0.3, origin: sourced, sources: [HB], reason: {en: Two people, zh: 仅两人}}}
  B-1.a: {pace: {value: 0.95, origin: judgement, reason: {en: As the pack, zh: 与规则包一致}}}
weights: {items: {A-1: 0.5}, elements: {people: 1.5}}
drop:
  - {tables: [parts], reason: {en: No parts, zh: 无部件}}
  - {checks: [B-1.d], reason: {en: Not asked, zh: 不要求}}
complete: [project, tasks]
max_age_days: {tasks: 30}
sources: {HB: {title: {en: Handbook, zh: 手册}, where: chapter 3}}
"""
DATED = "table_status: [{table: tasks, complete: no, as_of: 2026-05-01}]\n"
SHOWN = {
    "en": [
        "mine Small project: 1 limit changed, 2 weights multiplied, 1 table dropped, 3 checks dropped, "
        "2 tables declared complete, 1 table that ages",
        "A-1.b share of late tasks, at most: 0.25 (25 %) → 0.3 (30 %) (sourced HB)",
        "Two people",
        "A-1 The plan holds: × 0.5",
        "people People: × 1.5",
        "parts (Parts)",
        "No parts",
        "B-1.b, B-1.c",
        "B-1.d",
        "Not asked",
        "CH-2",
        "project Project",
        "tasks Tasks",
        "stays open: the facts say that it is not complete",
        "at most 30 days old",
        "of 2026-05-01, 60 days old; taken as unknown",
        "HB Handbook",
        "chapter 3",
    ],
    "zh": [
        "mine 小型项目：1 项限值变更，2 项权重调整，1 张表剔除，3 项检查剔除，2 张表声明完整，1 张表设有时效",
        "A-1.b 延期任务占比上限：0.25（25%） → 0.3（30%）（有出处 HB）",
        "仅两人",
        "parts（部件）",
        "无部件",
        "不要求",
        "仍按不完整处理",
        "截至 2026-05-01，已有 60 天，按未知处理",
    ],
}


@pytest.fixture
def judged(tmp_path: Path) -> Assessment:
    return judge(tmp_path, FACTS + DATED, SAID)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_shows_all(language: Language, judged: Assessment) -> None:
    assert judged.profile is not None
    text = render("terminal", judged, Style(language)).decode()
    for expected in (*SHOWN[language], judged.profile.sha256):
        assert squeezed(expected) in squeezed(text), expected
    assert [line for line in text.splitlines() if width(line) > 80] == []
    assert language == "zh" or CHINESE.search(text) is None
    assert "B-1.a pace" not in text, "what is as in the pack is no change"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_shows_all(language: Language, judged: Assessment) -> None:
    assert judged.profile is not None
    book = openpyxl.load_workbook(io.BytesIO(render("excel", judged, Style(language))))
    assert book.sheetnames[-1] == {"en": "Profile", "zh": "裁剪方案"}[language]
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    text = "\n".join(cells)
    for expected in (*SHOWN[language], judged.profile.sha256):
        assert expected in text, expected
    assert language == "zh" or CHINESE.search(text) is None
    limit = {
        "en": "share of late tasks, at most 0.3 (30 %), sourced, by the profile",
        "zh": "延期任务占比上限 0.3（30%），有出处，裁剪方案设定",
    }
    assert limit[language] in text


def test_json_has_all_and_holds_to_the_schema(judged: Assessment) -> None:
    schema = json.loads(files("riskcheck.reports").joinpath("report.schema.json").read_text("utf-8"))
    document = json.loads(render("json", judged, Style()))
    jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())
    found = document["profile"]
    assert list(found) == list(schema["properties"]["profile"]["properties"])
    assert found["limits"] == [
        {
            "check": "A-1.b",
            "name": "late",
            "title": {"en": "share of late tasks, at most", "zh": "延期任务占比上限"},
            "pack_value": 0.25,
            "value": 0.3,
            "origin": "sourced",
            "sources": ["HB"],
            "reason": {"en": "Two people", "zh": "仅两人"},
        }
    ]
    assert found["weights"] == [
        {"kind": "item", "id": "A-1", "multiplier": 0.5},
        {"kind": "element", "id": "people", "multiplier": 1.5},
    ]
    assert [each["table"] for each in found["dropped_tables"]] == ["parts"]
    assert [(each["check"], each["tables"]) for each in found["dropped_checks"]] == [
        ("B-1.b", ["parts"]),
        ("B-1.c", ["parts"]),
        ("B-1.d", []),
    ]
    assert found["dropped_compounds"] == ["CH-2"]
    assert found["complete"] == [{"table": "project", "kept_open": False}, {"table": "tasks", "kept_open": True}]
    assert found["ages"] == [{"table": "tasks", "max_days": 30, "as_of": "2026-05-01", "days": 60, "too_old": True}]
    assert found["evidence_floor"] is None
    assert [(each["id"], each["title"]["zh"]) for each in found["sources"]] == [("HB", "手册")]


def test_without_a_profile_no_report_speaks_of_one(tmp_path: Path) -> None:
    judged = judge(tmp_path, FACTS + COMPLETE, None)
    assert "Profile" not in render("terminal", judged, Style()).decode()
    assert json.loads(render("json", judged, Style()))["profile"] is None
    book = openpyxl.load_workbook(io.BytesIO(render("excel", judged, Style())))
    assert "Profile" not in book.sheetnames
    assert "Evidence grade" not in [cell.value for cell in book["Findings"][1]]


def test_texts_of_a_profile_cannot_steer_a_terminal_or_a_sheet(tmp_path: Path) -> None:
    said = 'drop: [{checks: [B-1.d], reason: "=HYPERLINK(1)"}]\n'
    judged = judge(tmp_path, FACTS + COMPLETE, said)
    book = openpyxl.load_workbook(io.BytesIO(render("excel", judged, Style())))
    assert [cell.data_type for row in book["Profile"].iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"] == [
        "s"
    ]
