"""What spreadsheet programs put into workbooks is all in the copy: drawings, rules, macros, parts nobody knows."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.annotate.lossless import assert_lossless, changed_parts
from tests.annotate.marking import facts_of, load_workbook, marked
from tests.facts_workbook.packages import unzipped, zipped

OPAQUE = {
    "xl/vbaProject.bin": bytes(range(256)) * 9,
    "xl/pivotTables/pivotTable1.xml": b"<pivotTableDefinition/>",
    "xl/pivotCache/pivotCacheDefinition1.xml": b"<pivotCacheDefinition/>",
    "xl/slicers/slicer1.xml": b"<slicers/>",
    "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
    "customXml/item1.xml": b"<any>\r\n</any>",
    "xl/calcChain.xml": b'<calcChain><c r="D2" i="1"/></calcChain>',
}


def picture() -> BytesIO:
    """A picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    return BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def workbook(*, date_1904: bool = False) -> bytes:
    """A workbook with nearly everything that xlsxwriter writes, and parts that it does not."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": date_1904}) as book:
        money = book.add_format({"num_format": "#,##0.00 €", "bold": True, "bg_color": "#FFF2CC", "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd", "locked": False})
        sheet = book.add_worksheet("Tasks")
        sheet.write_row(0, 0, ["Id", "Due", "Cost", "Sum", "Trend", "文本"])
        for row in range(1, 12):
            sheet.write_string(row, 0, f"T{row}")
            sheet.write_datetime(row, 1, date(2026, 1, row), day)
            sheet.write_number(row, 2, row * 1.5, money)
            sheet.write_formula(row, 3, f"=C{row + 1}*2", money, row * 3)
            sheet.write_rich_string(row, 5, "plain ", book.add_format({"bold": True}), "富 <bold> & more")
        sheet.merge_range("H2:J4", "merged", money)
        sheet.conditional_format("C2:C12", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("A2:A12", {"validate": "list", "source": ["T1", "T2"]})
        sheet.add_sparkline("E2", {"range": "Tasks!C2:C12"})
        sheet.add_table("L1:M5", {"name": "Own"})
        sheet.insert_image("O2", "one.png", {"image_data": picture()})
        sheet.insert_textbox("O9", "a box")
        sheet.insert_button("O14", {"caption": "press"})
        sheet.write_url("A12", "https://example.org/", string="T11")
        sheet.write_comment("B3", "mine", {"author": "Ann", "visible": True})
        sheet.protect("secret", {"insert_rows": True})
        sheet.freeze_panes(1, 0)
        sheet.set_header("&L&G", {"image_left": "one.png", "image_data_left": picture()})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Tasks!$C$2:$C$12", "trendline": {"type": "linear"}})
        sheet.insert_chart("O20", chart)
        book.add_worksheet("hidden").hide()
        bars = book.add_chart({"type": "bar"})
        bars.add_series({"values": "=Tasks!$C$2:$C$12"})
        book.add_chartsheet("Chart").set_chart(bars)
        book.define_name("Costs", "=Tasks!$C$2:$C$12")
    return zipped(unzipped(out.getvalue()) | OPAQUE)


CELLS = ("A1", "A12", "B3", "B7", "C5", "D2", "E9", "F4", "G30", "I3", "AA40")


@pytest.mark.parametrize("date_1904", [False, True])
def test_everything_is_kept(date_1904: bool) -> None:
    before = workbook(date_1904=date_1904)
    copy = marked(before, *CELLS, sheet="Tasks")
    assert_lossless(before, copy)
    assert facts_of(copy) == facts_of(before)
    assert marked(copy, *CELLS, sheet="Tasks") == copy
    assert changed_parts(unzipped(before), unzipped(copy)) == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }


def test_readers_find_values_results_and_comments() -> None:
    before = workbook()
    copy = marked(before, *CELLS, sheet="Tasks")
    sheet = load_workbook(BytesIO(copy))["Tasks"]
    assert all("▼ riskcheck" in sheet[cell].comment.text for cell in CELLS if cell != "I3")
    assert "I3: T1  Due = late" in sheet["H2"].comment.text
    assert sheet["C5"].number_format == "#,##0.00 €"
    assert sheet["A12"].hyperlink.target == "https://example.org/"
    was, now = (CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("Tasks") for data in (before, copy))
    wide = len(was.to_python()[0])
    assert [row[:wide] for row in now.to_python()][: was.height] == was.to_python()


@pytest.mark.parametrize("name", ["unclear-sla-zh", "half-blank-zh", "conditional-en", "healthy-en", "undeclared-en"])
def test_the_samples_give_the_same_result_again(name: str) -> None:
    import riskcheck
    from riskcheck.annotate import annotate

    pack = riskcheck.load_pack("deployment")
    source = Path(__file__).parent.parent.parent / "samples" / f"{name}.xlsx"
    facts = riskcheck.load_facts(source, pack)
    first = riskcheck.assess(facts, pack)
    copy = annotate(source.read_bytes(), str(source), first, "zh")
    assert_lossless(source.read_bytes(), copy)
    from riskcheck.facts.workbook import read_workbook
    from riskcheck.facts.workbookfacts import facts_from_sheets
    from riskcheck.frozen import replace

    again = facts_from_sheets(read_workbook(copy, facts.inputs[0].file), facts.inputs[0].file, pack.schema)
    second = riskcheck.assess(again, pack)
    assert replace(second, inputs=first.inputs) == first
