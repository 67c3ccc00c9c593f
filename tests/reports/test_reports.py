"""Every report is a pure function of the assessment, in both languages, and hostile text stays text."""

from __future__ import annotations

import io
import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from riskcheck.frozen import replace
from riskcheck.model.finding import Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text
from riskcheck.reports import FORMATS, Style, render
from riskcheck.reports.display import width
from riskcheck.reports.findingtext import limits_text, places_by_sheet
from tests.reports.examples import HOSTILE, assessment, finding, limited
from tests.reports.reportworkbook import cells_below, with_findings, workbook

LANGUAGES: tuple[Language, ...] = ("en", "zh")
REPORTS = Path(__file__).parents[2] / "samples" / "reports"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def terminal(language: Language, **style: object) -> str:
    return render("terminal", assessment(), Style(language, **style)).decode()  # type: ignore[arg-type]


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
        "Cells",
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


# ------------------------------------------------------------ nothing is cut without saying so


@pytest.mark.parametrize(("language", "more"), [("en", "… and 24 more"), ("zh", "……另有 24 处")])
def test_the_workbook_says_how_many_cells_it_does_not_list(language: Language, more: str) -> None:
    book = workbook(language)
    assert more in cells_below(book.worksheets[1], 7)[0].split("\n")
    assert more in cells_below(book.worksheets[2], 5)[0].split("\n")


def test_nothing_is_said_of_lists_that_are_whole() -> None:
    book = workbook("en")
    assert [text for text in cells_below(book["Findings"], 7)[1:] if "more" in text] == []
    assert [text for text in cells_below(book["Actions"], 5)[1:] if "more" in text] == []


def test_what_is_to_be_supplied_beyond_what_findings_list_is_told() -> None:
    cut = with_findings(replace(finding("A-1.c", Outcome.UNKNOWN), missing_count=50))
    book = openpyxl.load_workbook(io.BytesIO(render("excel", cut, Style())))
    assert cells_below(book["Missing facts"], 0)[-1].startswith("… and 48 more places")
    assert "… and 48 more" in cells_below(book["Findings"], 8)[0].split("\n")
    text = render("terminal", cut, Style()).decode()
    assert " … and 48 more places: of one check only the first places are counted here\n" in text
    assert json.loads(render("json", cut, Style()))["findings"][0]["missing_count"] == 50
    assert "more places" not in terminal("en")


def test_the_actions_name_the_cells_of_a_sheet_on_one_line() -> None:
    places = (Location("p.xlsx", "Tasks"), *(Location("p.xlsx", "Tasks", f"D{row}") for row in (4, 4, 5)))
    others = (Location("p.xlsx", "Risks", "A2"), Location("f.yaml", line=3, column=5), None)
    assert places_by_sheet((*places, *others)) == ("Tasks", "Tasks!D4, D5", "Risks!A2", "f.yaml:3:5")


# ------------------------------------------------------------ limits, overview


@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.WARN, Outcome.UNKNOWN])
def test_limits_of_open_findings_are_told_if_no_measure_stands_beside_them(outcome: Outcome) -> None:
    seen = with_findings(replace(limited("A-1.a"), outcome=outcome, measure=None))
    said = limits_text(limited("A-1.a").limits).en
    assert "0.05" in said
    assert f"         {said}\n" in render("terminal", seen, Style()).decode()
    book = openpyxl.load_workbook(io.BytesIO(render("excel", seen, Style())))
    assert said in cells_below(book["Findings"], 6)[0]
    assert said in cells_below(book["Actions"], 4)[0]


def test_limits_are_not_told_twice_nor_of_what_is_met() -> None:
    met = replace(limited("A-1.a"), outcome=Outcome.PASS, measure=None)
    for seen in (assessment(), with_findings(met)):
        assert limits_text(limited("A-1.a").limits).en not in render("terminal", seen, Style()).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_than_ten_open_findings_have_an_overview_of_one_line_each(language: Language) -> None:
    long = Text("A title that goes on and on " * 4, "一个很长很长的标题" * 8)
    many = [replace(finding(f"A-1.{number}", Outcome.FAIL), title=long) for number in range(11)]
    lines = render("terminal", with_findings(*many), Style(language)).decode().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(("Findings", "发现项")))
    overview = lines[start + 1 : start + 12]
    outcome = "fail" if language == "en" else "不通过"
    assert [line.split()[:2] for line in overview] == [[outcome, each.check] for each in many]
    assert [line for line in overview if width(line) > 80 or not line.endswith("…")] == []
    assert lines[start + 12] == ""


def test_ten_open_findings_need_no_overview() -> None:
    ten = [finding(f"A-1.{number}", Outcome.FAIL) for number in range(10)]
    lines = render("terminal", with_findings(*ten), Style()).decode().splitlines()
    assert len([line for line in lines if "A-1.3  " in line]) == 1
