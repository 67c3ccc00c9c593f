"""Cells of every kind are marked, and all else in their sheets stays."""

from __future__ import annotations

from io import BytesIO

import pytest

from riskcheck.errors import FactsError
from riskcheck.facts.sheet import Sheet
from riskcheck.frozen import replace
from tests.annotate.lossless import assert_lossless, changed_parts
from tests.annotate.marking import FILE, facts_of, load_workbook, marked, package, worksheet
from tests.facts_workbook.packages import MAIN, OFFICE, Parts, unzipped, zipped

SHEET = "xl/worksheets/sheet1.xml"
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Id</t></is></c><c r="C1" s="2"><v>1</v></c></row>'
    '<row r="3" spans="1:3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3" s="1"><v>0.5</v></c></row><row r="5"/>'
)


def of_sheet(inside: str) -> Parts:
    return package() | {SHEET: worksheet(inside)}


def check(parts: Parts, *cells: str) -> bytes:
    """Mark cells, and assert that nothing is lost and that the copy says what the workbook says."""
    before = zipped(parts)
    copy = marked(parts, *cells)
    assert_lossless(before, copy)
    assert says(copy) == says(before)
    assert marked(copy, *cells) == copy
    return copy


def says(data: bytes) -> list[Sheet]:
    """What facts are read from. Merged cells count as far as the used area goes, which marks may widen."""
    return [replace(sheet, merged=()) for sheet in facts_of(data)]


def seen(copy: bytes, cell: str, sheet: str = "Risks") -> tuple[str, str, str | None]:
    """How openpyxl sees a marked cell: its fill, its comment, where its link leads."""
    found = load_workbook(BytesIO(copy))[sheet][cell]
    link = found.hyperlink.location if found.hyperlink else None
    return found.fill.fgColor.rgb, found.comment.text, link


def is_red(color: str) -> bool:
    """Whether it is the colour of what failed; the last bits tell the fill below."""
    return [int(color[place : place + 2], 16) >> 3 for place in (2, 4, 6)] == [0xF5 >> 3, 0xB7 >> 3, 0xB1 >> 3]


@pytest.mark.parametrize(
    "cell", ["A1", "C1", "B1", "D1", "XFD1", "A2", "C2", "A3", "B3", "C3", "A4", "A5", "Z5", "A6", "B1048576"]
)
def test_a_cell_is_marked_wherever_it_is(cell: str) -> None:
    copy = check(package(ROWS), cell)
    color, comment, link = seen(copy, cell)
    assert is_red(color)
    assert "[fail] A-1.a  Title of A-1.a" in comment
    assert "→ Name one person. (Lead, 2026-07-14)" in comment
    assert link == ("'# Findings'!A7" if cell in ("A1", "C1", "A3", "B3") else None)


def test_all_cells_at_once() -> None:
    cells = [f"{column}{row}" for row in range(1, 8) for column in "ABCDE"]
    copy = check(package(ROWS), *cells)
    assert all(is_red(seen(copy, cell)[0]) for cell in cells)
    assert len({seen(copy, cell)[0] for cell in cells}) == 2, "the fill below has a colour of its own"


def test_only_what_must_change_does() -> None:
    before = package(ROWS)
    assert changed_parts(before, unzipped(marked(before, "A1"))) == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        SHEET,
    }


def test_a_cell_keeps_number_format_font_alignment_and_protection() -> None:
    cell = load_workbook(BytesIO(check(package(ROWS), "C1")))["Risks"]["C1"]
    assert (cell.number_format, cell.font.b, cell.alignment.horizontal) == ("mm-dd-yy", True, "center")
    assert (cell.protection.locked, cell.fill.fgColor.rgb) == (False, "FFF5B7B1")


def test_a_new_cell_takes_the_style_of_its_row_or_column() -> None:
    rows = '<row r="1" s="2" customFormat="1"><c r="A1"/></row><row r="2" s="2"><c r="A2"/></row>'
    parts = of_sheet(f'<cols><col min="2" max="3" style="1"/></cols><sheetData>{rows}</sheetData>')
    sheet = load_workbook(BytesIO(check(parts, "B1", "B2", "B3", "D3")))["Risks"]
    assert [sheet[cell].number_format for cell in ("B1", "B2", "B3", "D3")] == ["mm-dd-yy", "0.0%", "0.0%", "General"]


UNUSUAL = {
    "no rows": "<sheetData/>",
    "empty rows": "<sheetData></sheetData>",
    "rows without numbers": "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row/>"
    "<row><c><v>3</v></c></row></sheetData>",
    "rows out of order": '<sheetData><row r="5"><c r="B5"><v>1</v></c></row>'
    '<row r="2"><c r="A2"><v>2</v></c></row></sheetData>',
    "cells out of order": '<sheetData><row r="2"><c r="C2"><v>1</v></c><c r="A2"><v>2</v></c></row></sheetData>',
    "a row in two": '<sheetData><row r="2"><c r="A2"><v>1</v></c></row>'
    '<row r="2"><c r="B2"><v>2</v></c></row></sheetData>',
    "a style in single quotes": "<sheetData><row r='2'><c r='B2' s='1'><v>1</v></c></row></sheetData>",
    "an empty style": '<sheetData><row r="2"><c r="B2" s=""><v>1</v></c></row></sheetData>',
    "a style that is not there": '<sheetData><row r="2"><c r="B2" s="99"><v>1</v></c></row></sheetData>',
    "a style before the place": '<sheetData><row r="2"><c s="1" t="n" r="B2"><v>1</v></c></row></sheetData>',
    "remarks": '<sheetData><!-- <row r="2"><c r="B2"/></row> --><row r="2"><c r="A2"><v>1</v></c>'
    "<!-- </row> --></row></sheetData>",
    "CDATA": '<sheetData><row r="2"><c r="A2" t="str"><v><![CDATA[<c r="B2"/>]]></v></c></row></sheetData>',
    "a bracket in an attribute": '<sheetData><row r="2" x="a>b"><c r="A2" y=\' s="1">\'><v>1</v></c></row></sheetData>',
    "shared formulas": '<sheetData><row r="2"><c r="A2"><f t="shared" ref="A2:B2" si="0">1</f><v>1</v></c></row>'
    "</sheetData>",
    "an extension in a row": '<sheetData><row r="2"><c r="A2"><v>1</v></c><extLst><ext uri="x"/></extLst></row>'
    "</sheetData>",
    "lower case": '<sheetData><row r="2"><c r="b2"><v>1</v></c></row></sheetData>',
    "merged cells": '<sheetData><row r="2"><c r="A2"><v>1</v></c></row></sheetData>'
    '<mergeCells count="1"><mergeCell ref="A2:C2"/></mergeCells>',
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_sheets_are_taken_as_they_come(name: str) -> None:
    check(of_sheet(UNUSUAL[name]), "A2", "B2", "C2", "A3", "A4", "D7")


def test_a_prefix_is_kept() -> None:
    parts = package()
    rows = '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    parts[SHEET] = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'.encode()
    styles = parts["xl/styles.xml"].decode().replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    parts["xl/styles.xml"] = styles.encode()
    workbook = (
        parts["xl/workbook.xml"].decode().replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    )
    parts["xl/workbook.xml"] = workbook.encode()
    copy = check(parts, "A1", "B2")
    assert seen(copy, "A1")[0] == "FFF5B7B1"
    assert b'<x:c r="B2" s="' in unzipped(copy)[SHEET]
    assert b'<x:legacyDrawing xmlns:r="' in unzipped(copy)[SHEET]


def test_mixed_prefixes_are_refused() -> None:
    inside = f'<sheetData><x:row xmlns:x="{MAIN}" r="1"><x:c r="A1"/></x:row></sheetData>'
    with pytest.raises(FactsError, match="mixes namespace prefixes"):
        marked(of_sheet(inside), "A1")


def test_another_encoding_is_refused_with_the_reason() -> None:
    parts = package()
    for name, text in (("UTF-16", "utf-16"), ("ISO-8859-1", "latin-1")):
        xml = f'<?xml version="1.0" encoding="{name}"?>' + parts[SHEET].decode().partition("?>")[2]
        with pytest.raises(FactsError, match=f"written in the encoding {name}"):
            marked(parts | {SHEET: xml.encode(text)}, "A1")


def test_new_elements_stand_where_a_worksheet_has_them() -> None:
    inside = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><sheetProtection sheet="1"/>'
        '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>1</formula></cfRule>'
        '</conditionalFormatting><dataValidations count="1"><dataValidation type="list" sqref="A1"><formula1>"a"'
        '</formula1></dataValidation></dataValidations><pageMargins left="1" right="1" top="1" bottom="1" header="1" '
        'footer="1"/><drawing r:id="rId9"/><tableParts count="0"/><extLst><ext uri="{1}"><x14:sparklineGroups '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"/></ext></extLst>'
    )
    xml = unzipped(check(of_sheet(inside), "A1"))[SHEET].decode()
    order = [
        "</dataValidations><hyperlinks>",
        "</hyperlinks><pageMargins",
        "<drawing ",
        "<legacyDrawing ",
        "<tableParts",
    ]
    places = [xml.index(each) for each in order]
    assert places == sorted(places)


def test_links_that_are_there_stay_and_count() -> None:
    inside = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c><c r="C1"><v>2</v></c></row></sheetData>'
        '<hyperlinks><hyperlink ref="A1:B1" location="Risks!C9"/></hyperlinks>'
    )
    sheet = load_workbook(BytesIO(check(of_sheet(inside), "B1", "C1")))["Risks"]
    assert sheet["A1"].hyperlink.location == "Risks!C9"
    assert sheet["B1"].hyperlink is None or sheet["B1"].hyperlink.location == "Risks!C9"
    assert sheet["C1"].hyperlink.location == "'# Findings'!A8"


def test_what_is_said_of_merged_cells_is_said_of_the_one_that_is_seen() -> None:
    copy = check(of_sheet(UNUSUAL["merged cells"]), "B2")
    assert "B2: T1  Due = late" in seen(copy, "A2")[1]
    assert load_workbook(BytesIO(copy))["Risks"]["B2"].comment is None


def test_one_sheet_is_enough_for_two_with_marks_in_one() -> None:
    parts = package(ROWS)
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Risks" sheetId="7" r:id="rId1"/>'
        '</sheets><definedNames><definedName name="X">Risks!$A$1</definedName></definedNames></workbook>'
    ).encode()
    book = load_workbook(BytesIO(check(parts, "A1")))
    assert book.sheetnames == ["Risks", "# Findings"]
    assert b'name="# Findings" sheetId="8"' in unzipped(marked(parts, "A1"))["xl/workbook.xml"]
    assert FILE not in book.sheetnames
