"""The report workbook as people see it: what its rows show, how it prints, and where its links lead."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from riskcheck.frozen import replace
from riskcheck.model.finding import Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text
from riskcheck.reports import Style, render
from riskcheck.reports.display import width, wrap
from riskcheck.reports.excelheight import lines_in
from riskcheck.reports.excellinks import to_input
from tests.reports.examples import assessment, finding
from tests.reports.reportworkbook import cells_below, widths_of, with_findings, workbook

LANGUAGES: tuple[Language, ...] = ("en", "zh")
REPORTS = Path(__file__).parents[2] / "samples" / "reports"


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
