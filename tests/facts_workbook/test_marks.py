"""The marks on cells: errors, formulas without a result, percentages."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from riskcheck.facts.numberformat import is_percent
from riskcheck.facts.workbook import read_workbook

from .packages import parts, read_parts, read_rows, read_whole_sheet, sheet_xml, styles_xml, workbook_xml


@pytest.mark.parametrize(
    "name", ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "Err:508"]
)
def test_error_cells(name: str) -> None:
    sheet = read_rows(
        f'<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0" t="e"><f>1/0</f><v>{name}</v></c>'
        f'<c r="C1" t="e" vm="1"><v>{name}</v></c></row>'
    )
    assert sheet.errors == {(0, 1): name, (0, 2): name}
    assert sheet.rows == ((1.0, "", ""),)
    assert not sheet.unstored


def test_only_cells_have_the_type_of_an_error() -> None:
    sheet = read_rows(
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="str"><f t="e" si="1"/><v>text</v></c></row>'
    )
    assert (sheet.errors, sheet.rows) == ({(0, 0): "#N/A"}, (("", "text"),))


def test_error_without_a_name() -> None:
    assert read_rows('<row r="1"><c r="A1" t="e"><v></v></c></row>').errors == {(0, 0): "#ERROR"}


def test_text_that_looks_like_an_error_is_text() -> None:
    sheet = read_rows('<row r="1"><c r="A1" t="str"><v>#N/A</v></c></row>')
    assert (sheet.errors, sheet.rows) == ({}, (("#N/A",),))


@pytest.mark.parametrize(
    "cell",
    [
        "<f>A1</f></c>",
        "<f>A1</f><v></v></c>",
        "<f>A1</f><v/></c>",
        "<f>A1</f><v /></c>",
        '<f t="shared" si="0"/></c>',
        '<f t="shared" ref="B1:B9" si="0">A1</f></c>',
    ],
)
@pytest.mark.parametrize("attributes", ["", ' s="0"', ' t="n"', ' s="0" t="n" cm="1"'])
def test_formula_without_a_result(cell: str, attributes: str) -> None:
    sheet = read_rows(f'<row r="1"><c r="A1"><v>1</v></c><c r="B1"{attributes}>{cell}<c r="C1"><v>2</v></c></row>')
    assert sheet.unstored == {(0, 1)}
    assert sheet.rows == ((1.0, "", 2.0),)


def test_the_empty_text_is_a_result() -> None:
    sheet = read_rows(
        '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1" t="str"><f>""</f><v/></c>'
        '<c r="C1" t="str"><f>""</f></c></row>'
    )
    assert sheet.unstored == {(0, 2)}


def test_zero_is_a_placeholder_where_the_writer_did_not_calculate() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1")
        sheet.write_formula("B1", "=1+1", None, 2)
        sheet.write("C1", 0)
        sheet.write_formula("D1", "=1>2", None, False)
    read = read_workbook(out.getvalue(), "book.xlsx")[0]
    assert read.unstored == {(0, 0)}
    assert read.rows[0][1:] == (2.0, 0.0, False)


def test_zero_is_a_result_where_the_writer_calculated() -> None:
    made = parts('<row r="1"><c r="A1"><f>1-1</f><v>0</v></c></row>')
    made["xl/workbook.xml"] = workbook_xml("Risks", calculation='<calcPr calcId="191029"/>')
    assert not read_parts(made)[0].unstored


def test_formulas_of_openpyxl_have_no_result() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["a", "=A1", "b"])
    out = BytesIO()
    book.save(out)
    assert read_workbook(out.getvalue(), "book.xlsx")[0].unstored == {(0, 1)}


def test_marked_cells_lie_within_the_rows() -> None:
    formula = "<f>1</f></c>"
    sheet = read_rows(
        f'<row r="2"><c r="B2">{formula}</row>'
        f'<row r="3"><c r="C3"><v>3</v></c><c r="E3">{formula}</row>'
        f'<row r="5"><c r="C5">{formula}</row>'
    )
    assert (sheet.first_row, sheet.first_column) == (1, 1)
    assert sheet.rows == (("",) * 4, ("", 3.0, "", ""), ("",) * 4, ("",) * 4)
    assert sheet.unstored == {(1, 1), (2, 4), (4, 2)}


def test_a_sheet_of_nothing_but_marks_has_rows() -> None:
    sheet = read_rows('<row r="2"><c r="B2"><f>1</f></c></row><row r="3"><c r="C3" t="e"><v>#N/A</v></c></row>')
    assert (sheet.first_row, sheet.first_column, sheet.rows) == (1, 1, (("", ""), ("", "")))


def test_percent_formats() -> None:
    styles = styles_xml(0, 9, 10, 164, 165, 166, f164="0.0%", f165="0.0&quot;%&quot;", f166="#,##0")
    cells = "".join(f'<c r="{column}1" s="{style}"><v>0.85</v></c>' for style, column in enumerate("ABCDEF"))
    rows = (
        f'<row r="1">{cells}</row>'
        '<row r="2"><c r="A2" s="1"/><c r="B2" s="1" t="str"><v>85</v></c><c r="C2" s="1"><f>A1</f><v>1</v></c>'
        '<c r="D2" s="2" t="n"><v>1</v></c></row>'
    )
    sheet = read_rows(rows, styles=styles)
    assert sheet.percent == {(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)}
    assert sheet.rows[0] == (0.85,) * 6


def test_a_workbook_may_redefine_a_builtin_format() -> None:
    sheet = read_rows('<row r="1"><c r="A1" s="0"><v>1</v></c></row>', styles=styles_xml(9, f9="0.00"))
    assert not sheet.percent


def test_many_percent_styles() -> None:
    styles = styles_xml(*[9] * 300, 0)
    cells = '<c r="A1" s="299"><v>1</v></c><c r="B1" s="300"><v>1</v></c><c r="C1"><v>1</v></c>'
    assert read_rows(f'<row r="1">{cells}</row>', styles=styles).percent == {(0, 0)}


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("0%", True),
        ("0.00%;[Red]-0.00%", True),
        ("[<1]0.0%;0", True),
        ("0 %", True),
        ('0"%"', False),
        (r"0\%", False),
        ("0_%", False),
        ("0*%", False),
        ("General", False),
        ('0"a', False),
        ('"100%"0%', True),
    ],
)
def test_number_formats(code: str, percent: bool) -> None:
    assert is_percent(code) is percent


def test_merged_cells() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>'
    merged = '<mergeCells count="3"><mergeCell ref="A1:A2"/><mergeCell ref="B3:XFD1048576"/><mergeCell ref="B2:Z3"/>'
    xml = sheet_xml(rows).replace(b"</sheetData>", b"</sheetData>" + merged.encode() + b"</mergeCells>")
    for each in (xml, xml.replace(b"<sheetData>", b"<sheetData><!-- unusual -->")):
        assert read_whole_sheet(each).merged == ((0, 0, 1, 0), (1, 1, 2, 1))


def test_merged_cells_of_openpyxl() -> None:
    book = openpyxl.Workbook()
    book.active["C3"], book.active["D5"] = "x", "y"
    book.active.merge_cells("C3:C5")
    out = BytesIO()
    book.save(out)
    assert read_workbook(out.getvalue(), "f.xlsx")[0].merged == ((2, 2, 4, 2),)
