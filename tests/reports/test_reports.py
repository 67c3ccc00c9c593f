"""Every report is a pure function of the assessment, in both languages, and hostile text stays text."""

from __future__ import annotations

import io
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Finding, Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text
from riskcheck.reports import FORMATS, Style, render
from riskcheck.reports.display import width, wrap
from riskcheck.reports.excellinks import to_input
from riskcheck.reports.excelsheet import lines_in
from riskcheck.reports.findingtext import limits_text, places_by_sheet
from tests.reports.examples import HOSTILE, assessment, finding, limited

LANGUAGES: tuple[Language, ...] = ("en", "zh")
REPORTS = Path(__file__).parents[2] / "samples" / "reports"
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


# ------------------------------------------------------------ the workbook as it is seen


@pytest.mark.parametrize("name", ["platform-en", "platform-zh"])
def test_titles_and_texts_show_whole_in_their_rows(name: str) -> None:
    """By the widths of a fixed font; no row of the samples has more to show than a row can be high."""
    for sheet in openpyxl.load_workbook(REPORTS / f"{name}.xlsx").worksheets[1:]:
        wide = widths_of(sheet)
        for row in sheet.iter_rows():
            height = sheet.row_dimensions[row[0].row].height or 15
            for cell in row:
                if isinstance(cell.value, str):
                    space = wide[cell.column] * 1.1
                    lines = sum(len(wrap(line, int(space))) for line in cell.value.split("\n"))
                    assert lines * 15 <= height, (sheet.title, cell.coordinate, cell.value)
                    assert cell.alignment.wrap_text or cell.value in ("none", "无")


@pytest.mark.parametrize("name", ["platform-en", "platform-zh"])
def test_no_word_of_a_title_breaks_and_ids_stand_on_one_line(name: str) -> None:
    book = openpyxl.load_workbook(REPORTS / f"{name}.xlsx")
    for sheet in book.worksheets[1:]:
        wide = widths_of(sheet)
        for cell in sheet[1]:
            assert max(width(word) for word in cell.value.split(" ")) + 3 <= wide[cell.column], cell.value
    ids = cells_below(book.worksheets[2], 0)
    assert max(map(len, ids)) < widths_of(book.worksheets[2])[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_findings_print_the_columns_that_are_read(language: Language) -> None:
    findings = workbook(language).worksheets[1]
    assert findings.print_title_rows == "$1:$1"
    assert findings.page_setup.orientation == "landscape"
    assert findings.sheet_properties.pageSetUpPr.fitToPage
    assert (findings.page_setup.fitToWidth or 1, findings.page_setup.fitToHeight) == (1, 0)
    assert findings.print_area.endswith("$A$1:$L$7")
    wide = widths_of(findings)
    assert sum(wide[column] for column in range(1, 13)) * 7 / 96 * 25.4 < 400 / 0.75, (
        "at least three quarters of its size on A3"
    )
    assert findings["M1"].value in ("Likelihood", "可能性")


def test_the_verdict_prints_on_one_page() -> None:
    page = workbook("en")["Verdict"]
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight or 1) == (1, 1)


def test_compound_risks_that_are_clear_come_last_and_are_short() -> None:
    seen = assessment()
    book = openpyxl.load_workbook(
        io.BytesIO(render("excel", replace(seen, compounds=tuple(reversed(seen.compounds))), Style()))
    )
    rows = [[cell.value for cell in row] for row in book["Compound risks"].iter_rows(min_row=2)]
    assert [row[0] for row in rows] == ["fired", "possible", "clear"]
    assert [bool(row[9]) for row in rows] == [True, True, False]
    assert rows[2][:3] == ["clear", "CH-3", "Two failures meet"]


def test_a_long_text_without_a_blank_takes_a_bounded_time() -> None:
    assert lines_in("x" * 32_000, 40) == lines_in("字" * 16_000, 40) == 28


def test_a_list_of_long_cells_is_cut_to_what_a_row_shows_and_says_so() -> None:
    long = replace(finding("A-1.a", Outcome.FAIL).evidence[0], shown=Text("word " * 30, "文字" * 40))
    seen = with_findings(replace(finding("A-1.a", Outcome.FAIL), evidence=(long,) * 20))
    for language in LANGUAGES:
        book = openpyxl.load_workbook(io.BytesIO(render("excel", seen, Style(language))))
        lines = cells_below(book.worksheets[1], 7)[0].split("\n")
        assert 1 < len(lines) < 10
        assert str(25 - (len(lines) - 1)) in lines[-1]
        assert book.worksheets[1].row_dimensions[2].height <= 409


def cells_below(sheet: Any, column: int) -> list[str]:
    """The texts of a column below its title."""
    return [row[column].value or "" for row in sheet.iter_rows(min_row=2)]


def widths_of(sheet: Any) -> dict[int, float]:
    """The width of each column, counted from 1; the file tells equal neighbours together."""
    dimensions = sheet.column_dimensions.values()
    return {number: each.width for each in dimensions for number in range(each.min, each.max + 1)}


def with_findings(*findings: Finding) -> Assessment:
    return replace(assessment(), findings=findings)


# ------------------------------------------------------------ links and charts


def links_of(sheet: Any) -> dict[str, str]:
    """The links of a sheet by cell: the file, if there is one, and the place in it."""
    found = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.hyperlink is not None:
                found[cell.coordinate] = f"{cell.hyperlink.target or ''}#{cell.hyperlink.location}"
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_findings_actions_and_cells_link_to_each_other(language: Language) -> None:
    book = workbook(language)
    verdict, findings, actions, cells = book.worksheets[:4]
    (reason,) = links_of(verdict).values()
    assert reason == f"#'{findings.title}'!B2"
    assert links_of(findings)["B2"] == f"#'{actions.title}'!A2"
    assert links_of(findings)["A2"] == f"#'{cells.title}'!A2"
    assert "B6" not in links_of(findings), "what passes has no action"
    for sheet in (actions, cells):
        column = "B" if sheet is actions else "A"
        for row in range(2, sheet.max_row + 1):
            place = links_of(sheet)[f"{column}{row}"].rpartition("!")[2]
            assert findings[place].value == sheet[f"{column}{row}"].value


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_linked_text_has_several_lines_since_some_programs_show_but_one(language: Language) -> None:
    several = replace(assessment().findings[0].evidence[0], key="another")
    finding = replace(
        assessment().findings[0], evidence=(*assessment().findings[0].evidence, several), evidence_count=2
    )
    data = render("excel", with_findings(finding), Style(language, target="r.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    linked = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert linked
    assert not [text for text in linked if "\n" in str(text)]
    assert "\n" in book.worksheets[1]["H2"].value


def test_each_cell_links_to_the_workbook_that_was_checked() -> None:
    cells = workbook("en")["Cells"]
    assert links_of(cells)["D2"] == "plan.xlsx#'任务'!D14"
    assert cells["D2"].value == "任务!D14"


@pytest.mark.parametrize(
    ("file", "report", "target"),
    [
        ("plan.xlsx", "r.xlsx", "plan.xlsx"),
        ("data/plan.xlsx", "out/r.xlsx", "../data/plan.xlsx"),
        ("./plan.xlsx", "out/july/r.xlsx", "../../plan.xlsx"),
        ("../plan.xlsx", "r.xlsx", "../plan.xlsx"),
        ("/data/p/plan.xlsx", "/data/r.xlsx", "p/plan.xlsx"),
        ("/data/p/plan.xlsx", "/data/out/r.xlsx", "../p/plan.xlsx"),
        ("/data/p/plan.xlsx", "/home/r.xlsx", None),
        ("plan.xlsx", "/nowhere/r.xlsx", None),
        ("50%25 #1 'a' <b>.xlsx", "r.xlsx", "50%2525%20%231%20'a'%20%3cb%3e.xlsx"),
        ("计划 7月.xlsx", "r.xlsx", "计划%207月.xlsx"),
        ("a:b.xlsx", "r.xlsx", None),
    ],
)
def test_links_to_files_are_relative_and_tell_no_folders(file: str, report: str, target: str | None) -> None:
    link = to_input(Location(file, "It's a plan", "C4"), report)
    assert link == (None if target is None else f"external:{target}#'It''s a plan'!C4")


def test_places_in_text_files_are_no_links() -> None:
    assert to_input(Location("facts.yaml", line=3, column=4), "r.xlsx") is None
    assert to_input(Location("plan.xlsx", "Tasks"), "r.xlsx") is None
    assert to_input(None, "r.xlsx") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts_of_outcomes_count_every_check(language: Language) -> None:
    book = workbook(language)
    parts = book.worksheets[5]
    bands = {row[0].value: [cell.value for cell in row[4:]] for row in parts.iter_rows(min_row=6)}
    assert (
        list(bands)
        == {
            "en": [f"Risk band: {word}" for word in ("critical", "high", "medium", "low")],
            "zh": [f"风险等级：{word}" for word in ("极高", "高", "中", "低")],
        }[language]
    )
    assert sum(map(sum, bands.values())) == len(assessment().findings)
    chart = book.worksheets[0]._charts[1]
    reference = chart.series[0].cat.numRef or chart.series[0].cat.strRef
    assert reference.f.replace("'", "") == f"{parts.title}!$A$6:$A$9"
    titles = [parts[re.search(r"\$([A-Z])\$", series.val.numRef.f)[1] + "1"].value for series in chart.series]  # type: ignore[index]
    assert titles == [series.tx.v for series in chart.series]
