"""What the cells of ordinary workbooks give."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from riskcheck.facts.sheet import Sheet
from riskcheck.facts.workbook import read_workbook

from .packages import (
    MAIN,
    parts,
    read_parts,
    read_rows,
    read_whole_sheet,
    relationships,
    strings_xml,
    styles_xml,
    workbook_xml,
)


def saved(book: openpyxl.Workbook) -> tuple[Sheet, ...]:
    out = BytesIO()
    book.save(out)
    return read_workbook(out.getvalue(), "book.xlsx")


def written(*cells: tuple[str, Any], options: dict[str, Any] | None = None) -> Sheet:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True} | (options or {})) as book:
        sheet = book.add_worksheet()
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, value in cells:
            if isinstance(value, date):
                sheet.write_datetime(place, value, dates)
            else:
                sheet.write(place, value)
    return read_workbook(out.getvalue(), "book.xlsx")[0]


def test_values_of_all_types() -> None:
    sheet = saved_one(
        ["text", 1, 2.5, True, False, date(2026, 3, 5), datetime(2026, 3, 5, 14, 30), time(8, 15), timedelta(hours=30)],
        [None, "风险登记册", None, -1e-7, 1e11, None, None, None, None],
    )
    assert sheet.rows == (
        (
            "text",
            1.0,
            2.5,
            True,
            False,
            date(2026, 3, 5),
            datetime(2026, 3, 5, 14, 30),
            time(8, 15),
            timedelta(hours=30),
        ),
        ("", "风险登记册", "", -1e-7, 1e11, "", "", "", ""),
    )
    assert (sheet.first_row, sheet.first_column) == (0, 0)
    assert (sheet.errors, sheet.unstored, sheet.percent) == ({}, frozenset(), frozenset())


def saved_one(*rows: list[Any]) -> Sheet:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    return saved(book)[0]


def test_both_writers_give_the_same_values() -> None:
    cells = (("A1", "任务"), ("B1", 3), ("A2", date(2026, 3, 5)), ("B2", " a < b & c "))
    expected = (("任务", 3.0), (date(2026, 3, 5), " a < b & c "))
    assert written(*cells).rows == expected
    assert written(*cells, options={"constant_memory": True}).rows == expected
    assert saved_one(["任务", 3], [date(2026, 3, 5), " a < b & c "]).rows == expected


def test_rows_begin_where_the_first_value_stands() -> None:
    sheet = written(("C5", "x"), ("D7", 1))
    assert (sheet.first_row, sheet.first_column) == (4, 2)
    assert sheet.rows == (("x", ""), ("", ""), ("", 1.0))


def test_an_empty_sheet_has_no_rows() -> None:
    assert saved_one().rows == ()
    assert read_whole_sheet(f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()).rows == ()


def test_days_counted_from_1904() -> None:
    sheet = written(("A1", date(2021, 1, 1)), options={"date_1904": True})
    assert sheet.rows == ((date(2021, 1, 1),),)


def test_formulas_give_their_stored_result() -> None:
    sheet = read_rows(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>'
        '<c r="C1" t="b"><f>TRUE()</f><v>1</v></c><c r="D1"><f t="shared" si="0"/><v>7</v></c>'
        '<c r="E1" cm="1"><f t="array" ref="E1">X()</f><v>8</v></c></row>'
    )
    assert sheet.rows == ((2.0, "ab", True, 7.0, 8.0),)
    assert not sheet.unstored


def test_hidden_sheets_are_read_and_marked() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "项目"
    for name, state in (("hidden", "hidden"), ("very", "veryHidden")):
        book.create_sheet(name).sheet_state = state
    assert [(sheet.name, sheet.visible) for sheet in saved(book)] == [
        ("项目", True),
        ("hidden", False),
        ("very", False),
    ]


def test_sheets_that_are_no_worksheets_are_passed_over() -> None:
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    made["xl/workbook.xml"] = workbook_xml("Chart", "Dialog", "Macro", "Facts")
    made["xl/_rels/workbook.xml.rels"] = relationships(
        ("rId1", "chartsheet", "chartsheets/sheet1.xml"),
        ("rId2", "dialogsheet", "dialogsheets/sheet1.xml"),
        ("rId3", "xlMacrosheet", "macrosheets/sheet1.xml"),
        ("rId4", "worksheet", "/xl/worksheets/sheet1.xml"),
    )
    (sheet,) = read_parts(made)
    assert (sheet.name, sheet.rows) == ("Facts", ((1.0,),))


def test_of_merged_cells_the_first_has_the_value() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "both"
    book.worksheets[0]["B2"] = 1
    book.worksheets[0].merge_cells("A1:B1")
    assert saved(book)[0].rows == (("both", ""), ("", 1.0))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<t>plain</t>", "plain"),
        ("<t> outer blanks </t>", "outer blanks"),
        ('<t xml:space="preserve"> kept </t>', " kept "),
        ("<t>line_x000D_\nbreak</t>", "line\r\nbreak"),
        ("<t>1 &lt; 2 &amp; 3</t>", "1 < 2 & 3"),
        ("<r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r>", "richtext"),
        ('<r><t xml:space="preserve">rich </t></r><r><rPr><b/><sz val="9"/></rPr><t>text</t></r>', "rich text"),
        ('<t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/>', "課"),
        ("", ""),
    ],
)
def test_texts(written: str, read: str) -> None:
    shared = f'<sst xmlns="{MAIN}"><si>{written}</si></sst>'.encode()
    sheet = read_rows(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="s"><v>0</v></c>'
        f'<c r="C1" t="inlineStr"><is>{written}</is></c></row>',
        strings=shared,
    )
    # A reader may drop a last column that holds nothing.
    assert (*sheet.rows[0], "", "")[1:3] == (read, read)


def test_dates_written_as_text_by_their_standard() -> None:
    sheet = read_rows(
        '<row r="1"><c r="A1" t="d"><v>2026-03-05</v></c><c r="B1" t="d"><v>2026-03-05T14:30:00</v></c></row>'
    )
    assert sheet.rows == ((date(2026, 3, 5), datetime(2026, 3, 5, 14, 30)),)


@pytest.mark.parametrize("number", [14, 31, 57, 58])
def test_dates_in_formats_that_chinese_excel_does_not_spell_out(number: int) -> None:
    sheet = read_rows('<row r="1"><c r="A1" s="1"><v>46086</v></c></row>', styles=styles_xml(0, number))
    assert sheet.rows == ((date(2026, 3, 5),),)


def test_strict_open_xml() -> None:
    strict = {
        MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }
    made = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings_xml("strict"))
    for old, new in strict.items():
        made = {name: content.replace(old.encode(), new.encode()) for name, content in made.items()}
    assert read_parts(made)[0].rows == (("strict",),)


def test_part_names_differ_in_case_and_slashes() -> None:
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    made["XL\\Worksheets\\Sheet1.XML"] = made.pop("xl/worksheets/sheet1.xml")
    assert read_parts(made)[0].rows == ((1.0,),)
