"""The findings sheet: verdict, findings in order, links to the cells, and no text that could run."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskcheck.annotate import annotate
from riskcheck.annotate.items import fair_share
from riskcheck.frozen import replace
from riskcheck.model.finding import Outcome
from riskcheck.model.place import Location
from tests.annotate.marking import FILE, load_workbook, marked, marking, of_findings, package
from tests.facts_workbook.packages import OFFICE, Parts, relationships, sheet_xml, unzipped, workbook_xml, zipped
from tests.reports import examples

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'


def two_sheets(second: str = "任务", state: str = "") -> Parts:
    """A workbook with the sheets `Risks` and `second`."""
    parts = package(ROWS) | {"xl/worksheets/sheet9.xml": sheet_xml(ROWS)}
    parts["xl/workbook.xml"] = workbook_xml("Risks", second).replace(b'sheetId="2"', b'sheetId="2"' + state.encode())
    parts["xl/_rels/workbook.xml.rels"] = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "worksheet", "worksheets/sheet9.xml"),
        ("rId3", "styles", "styles.xml"),
    )
    assert OFFICE.encode() in parts["xl/workbook.xml"]
    return parts


def test_everything_of_an_assessment_is_told() -> None:
    book = load_workbook(BytesIO(annotate(zipped(two_sheets()), FILE, examples.assessment(), "en")))
    sheet = book["# Findings"]
    assert sheet["A1"].value == "FAIL  G1 Gate 1: the gate stays shut"
    rows = [[cell.value for cell in row[:9]] for row in sheet.iter_rows(min_row=7)]
    checks = ["A-1.a"] * 2 + ["A-1.b"] + ["A-1.c"] * 3 + ["A-1.d"]
    assert [row[1] for row in rows] == [*checks, "CH-1", "CH-2", "unreadable-cell"]
    assert rows[0][:7] == [
        "fail",
        "A-1.a",
        "Title of A-1.a",
        "The requirement is not met.",
        "Name one person.",
        "Lead",
        "2026-07-14",
    ]
    assert rows[1][8] == "… and 24 more, not marked"
    assert rows[4][7:] == ["任务", "Tasks: declare the table complete"]
    assert "; 24 further places are not listed" in sheet["A4"].value


def test_links_lead_to_the_cells_and_back() -> None:
    name = "it's a 'sheet'"
    book = load_workbook(BytesIO(marked(two_sheets(name), "A1", sheet=name)))
    assert book["# Findings"]["H7"].hyperlink.location == "'it''s a ''sheet'''!A1"
    assert book[name]["A1"].hyperlink.location == "'# Findings'!A7"


def test_no_link_leads_to_a_hidden_sheet() -> None:
    book = load_workbook(BytesIO(marked(two_sheets(state=' state="hidden"'), "A1", sheet="任务")))
    cell = book["# Findings"]["H7"]
    assert (cell.value, cell.hyperlink) == ("任务!A1 (hidden)", None)
    assert book["任务"]["A1"].comment is not None


def test_places_in_other_files_and_cells_that_are_not_there_are_told_without_a_link() -> None:
    seen = marking({"Risks": ["A1", "B1"]})
    evidence = seen.findings[0].evidence
    elsewhere = replace(evidence[0], location=Location("other.xlsx", "Risks", "C3"))
    nowhere = replace(evidence[1], location=None)
    finding = replace(seen.findings[0], evidence=(elsewhere, nowhere))
    copy = annotate(zipped(package(ROWS)), FILE, of_findings(finding), "en")
    cells = [load_workbook(BytesIO(copy))["# Findings"][name] for name in ("H7", "H8")]
    assert [(cell.value, cell.hyperlink) for cell in cells] == [("(not in the file)", None)] * 2
    assert b"<comment " not in b"".join(unzipped(copy).values())


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "_x003D_1", "<f>1</f>", "a\x00b\x1b[31m\ud800"]
)
def test_text_from_the_facts_stays_text(text: str) -> None:
    seen = marking({"Risks": ["A1"]}, says=text)
    parts = unzipped(annotate(zipped(package(ROWS)), FILE, seen, "en"))
    made = parts["xl/worksheets/sheet2.xml"]
    assert b"<f>" not in made
    assert made.count(b"<v>") == 0
    cell = load_workbook(BytesIO(zipped(parts)))["# Findings"]["I7"]
    assert cell.data_type == "s"
    kept = text.translate({0: None, 0x1B: None, 0xD800: None, 9: None}).replace("_x003D_", "_x005F_x003D_")
    assert cell.value == f"T1  Due = {kept}"


def test_all_cells_are_marked_up_to_a_bound_that_is_shared_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("riskcheck.annotate.items.MAX_PLACES", 10)
    few = marking({"Risks": ["A1", "A2"]}, check="A-1.a").findings
    many = marking({"Risks": [f"B{row}" for row in range(1, 31)]}, check="A-1.b").findings
    sheet = load_workbook(BytesIO(annotate(zipped(package(ROWS)), FILE, of_findings(*few, *many), "en")))
    places = [row[0].value for row in sheet["# Findings"]["H7:H17"]]
    assert places == ["Risks!A1", "Risks!A2", *(f"Risks!B{row}" for row in range(1, 9)), None]
    assert sheet["# Findings"]["I17"].value == "… and 22 more, not marked"
    assert sum(cell.comment is not None for row in sheet["Risks"].iter_rows() for cell in row) == 10


@given(st.lists(st.integers(0, 50), max_size=20), st.integers(0, 300))
def test_a_fair_share_is_the_largest_that_fits(counts: list[int], most: int) -> None:
    share = fair_share(counts, most)
    total = sum(min(count, share) for count in counts)
    assert total <= most or share == 1
    larger = sum(min(count, share + 1) for count in counts)
    assert larger > most or larger == total == sum(counts)


def test_a_column_that_is_not_there_is_one_line() -> None:
    unknown = examples.finding("A-1.c", Outcome.UNKNOWN)
    column = replace(unknown.missing[1], location=Location(FILE, "Risks"))
    cell = replace(column, location=Location(FILE, "Risks", "A1"))
    missing = (*(replace(column, row=row) for row in range(1, 41)), cell)
    finding = replace(unknown, evidence=(), evidence_count=0, missing=missing, missing_count=41)
    sheet = load_workbook(BytesIO(annotate(zipped(package(ROWS)), FILE, of_findings(finding), "en")))["# Findings"]
    assert sheet["I7"].value == "Owner: fill in; there is no such column yet (40 rows)"
    assert sheet["H7"].hyperlink.location == "'Risks'!A1"
    assert [sheet[name].value for name in ("H8", "H9")] == ["Risks!A1", None]


def test_findings_without_cells_and_errors_are_listed() -> None:
    finding = replace(examples.finding("A-1.a", Outcome.ERROR), evidence=(), evidence_count=0)
    copy = annotate(zipped(package(ROWS)), FILE, of_findings(finding), "zh")
    sheet = load_workbook(BytesIO(copy))["# 检查结果"]
    assert [cell.value for cell in sheet[7]][:9] == [
        "出错", "A-1.a", "A-1.a的标题", "要求未满足。", "指定一名负责人。", "负责人", "2026-07-14", None, None,
    ]  # fmt: skip
