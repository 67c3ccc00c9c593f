"""Every report is a pure function of the assessment, in both languages, and hostile text stays text."""

from __future__ import annotations

import io
import json
import re
from importlib.resources import files

import jsonschema
import openpyxl
import pytest

from riskcheck.model.text import Language
from riskcheck.reports import FORMATS, Style, render
from riskcheck.reports.display import width
from tests.reports.examples import HOSTILE, assessment

LANGUAGES: tuple[Language, ...] = ("en", "zh")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def terminal(language: Language, **style: object) -> str:
    return render("terminal", assessment(), Style(language, **style)).decode()  # type: ignore[arg-type]


def workbook(language: Language) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render("excel", assessment(), Style(language))))


def test_json_holds_to_its_published_schema() -> None:
    schema = json.loads(files("riskcheck.reports").joinpath("report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(render("json", assessment(), Style()))
    jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())


def test_the_schema_names_every_key_that_is_written() -> None:
    schema = json.loads(files("riskcheck.reports").joinpath("report.schema.json").read_text("utf-8"))
    document = json.loads(render("json", assessment(), Style()))
    assert list(document) == list(schema["properties"])
    assert list(document["findings"][0]) == list(schema["$defs"]["finding"]["properties"])
    assert list(document["compounds"][0]) == list(schema["$defs"]["compound"]["properties"])


def test_json_rounds_down_and_says_null_over_nothing() -> None:
    document = json.loads(render("json", assessment(), Style()))
    assert document["score"] == {"low": 66.66, "high": 83.33}
    assert document["coverage"] == 0.8333
    assert document["phases"][1]["score"] is None
    assert document["phases"][1]["coverage"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_report_leads_with_the_verdict_and_fits_eighty_columns(language: Language) -> None:
    lines = terminal(language).splitlines()
    assert ("FAIL" if language == "en" else "不通过") in lines[0]
    command = [line for line in lines if "--assume-complete" in line]
    assert len(command) == 1
    assert [line for line in lines if width(line) > 80 and line not in command] == []


def test_the_terminal_report_shows_cells_and_what_to_fill_in() -> None:
    text = terminal("en")
    assert "任务!D14  =HYPERLINK" in text
    assert "Owner" in text
    assert "… and 21 more" in text
    assert "riskcheck check plan.xlsx --assume-complete tasks" in text
    assert "Fill in next" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_control_and_direction_characters_never_reach_the_terminal(language: Language) -> None:
    text = terminal(language)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\x1b[" in terminal(language, color=True)
    assert "\x1b[31m\u202e" not in terminal(language, color=True)


def test_the_english_report_has_no_chinese_but_for_quoted_facts() -> None:
    assert CHINESE.search("".join(terminal("en").split()).replace("任务", "")) is None


def test_the_workbook_has_its_sheets_in_both_languages() -> None:
    assert workbook("en").sheetnames == [
        "Verdict",
        "Findings",
        "Actions",
        "Compound risks",
        "Phases and elements",
        "Missing facts",
        "Input problems",
    ]
    assert all(CHINESE.search(name) for name in workbook("zh").sheetnames)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_the_workbook_is_a_formula(language: Language) -> None:
    book = workbook(language)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    clean = HOSTILE.replace("\x1b", "").replace("\u202e", "")
    assert any(isinstance(cell.value, str) and clean in cell.value for cell in cells)


def test_the_workbook_lists_every_finding_and_filters() -> None:
    book = workbook("en")
    findings = book["Findings"]
    assert [cell.value for cell in findings["B"]][1:] == ["A-1.a", "A-1.b", "A-1.c", "A-1.d", "A-1.e", "A-1.f"]
    assert findings.freeze_panes == "C2"
    assert findings.auto_filter.ref is not None
    assert findings.conditional_formatting
    assert [cell.value for cell in book["Actions"]["B"]][1:] == ["A-1.a", "A-1.b", "A-1.c", "A-1.d"]


def test_the_verdict_page_has_the_heat_map_and_a_chart_of_the_right_cells() -> None:
    page = workbook("en")["Verdict"]
    assert page["A1"].value == "FAIL  the gate stays shut"
    counts = {cell.coordinate: cell.value for row in page["I4:M8"] for cell in row if cell.value is not None}
    assert counts == {"L6": 4}, "four open findings of likelihood 3 and impact 4"
    chart = page._charts[0]
    reference = chart.series[0].cat.numRef or chart.series[0].cat.strRef
    first, last = re.findall(r"\$A\$(\d+)", reference.f)
    assert page[f"A{first}"].value == "Planning"
    assert page[f"A{last}"].value == "Process"


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
def test_the_same_assessment_gives_the_same_bytes(each: object) -> None:
    name = each.name  # type: ignore[attr-defined]
    assert render(name, assessment(), Style()) == render(name, assessment(), Style())
