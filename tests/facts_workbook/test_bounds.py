"""Workbooks that would take all time or memory are refused before they do; harmless ones that look alike are read."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest

from riskcheck.errors import FactsError
from riskcheck.facts import package, partxml, workbookscan
from riskcheck.facts.workbook import read_workbook

from .packages import MAIN, parts, read_parts, read_rows, relationships, sheet_xml, strings_xml, workbook_xml, zipped

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def refused(data: bytes) -> str:
    with pytest.raises(FactsError) as error:
        read_workbook(data, "facts.xlsx")
    return str(error.value)


def test_formatted_cells_far_away_are_harmless() -> None:
    sheet = read_rows(f'{ONE}<row r="1048576" ht="3"><c r="XFD1048576" s="1"/></row>')
    assert sheet.rows == ((1.0,),)


def test_cell_at_the_far_end_of_a_real_workbook() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = 1
    book.worksheets[0]["XFD1048576"] = "x"
    out = BytesIO()
    book.save(out)
    assert refused(out.getvalue()).startswith("facts.xlsx!Sheet!XFD1048576: the sheet is used from A1 to XFD1048576")


def test_the_cells_of_all_sheets_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbookscan, "MAX_CELLS", 30)
    made = parts('<row r="5"><c r="D5"><v>1</v></c></row>')
    assert len(read_parts(made)) == 1
    content = made["xl/workbook.xml"].replace(b"</sheets>", b'<sheet name="Tasks" sheetId="9" r:id="rId9"/></sheets>')
    made |= {
        "xl/workbook.xml": content,
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "worksheet", "worksheets/sheet9.xml")
        ),
        "xl/worksheets/sheet9.xml": sheet_xml('<row r="2"><c r="F2"><v>1</v></c></row>'),
    }
    assert (
        "facts.xlsx!Tasks!F2: the sheet is used from A1 to F2 (12 cells); all sheets together may have 30"
        in refused(zipped(made))
    )


def test_marks_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbookscan, "MAX_MARKS", 2)
    cells = "".join(f'<c r="A{n}" t="e"><v>#N/A</v></c></row><row r="{n + 1}">' for n in range(1, 4))
    made = zipped(parts(f'<row r="1">{cells}</row>'))
    assert "more than 2 cells are merged or hold a percentage, an error, or a formula without a result" in refused(made)


def test_cells_that_are_written_twice_count_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbookscan, "MAX_MARKS", 9)
    cell = '<c r="A1" t="e"><v>#N/A</v></c>'
    assert read_rows(f'<row r="1">{cell * 9}</row>').errors == {(0, 0): "#N/A"}
    assert "more than 9 cells are merged or" in refused(zipped(parts(f'<row r="1">{cell * 10}</row>')))


def test_shared_texts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbookscan, "MAX_CELLS", 9)
    assert "more than 9 texts" in refused(zipped(parts(ONE, strings=strings_xml(*"abcdefghij"))))


def test_zip_bomb() -> None:
    bomb = sheet_xml("").replace(b"<sheetData>", b"<sheetData>" + b" " * (package.MAX_INFLATED + 1))
    data = zipped(parts() | {"xl/worksheets/sheet1.xml": bomb})
    assert len(data) < 200_000
    assert "its sheets have more than 128 MiB when unpacked" in refused(data)


def test_parts_that_hold_no_facts_may_be_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_INFLATED", 10_000)
    assert read_parts(parts(ONE) | {"xl/media/picture.png": bytes(20_000), "xl/vbaProject.bin": bytes(20_000)})


def test_declared_sizes_are_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_INFLATED", 10_000)
    data = bytearray(zipped(parts() | {"xl/worksheets/sheet1.xml": sheet_xml(" " * 20_000)}))
    size = len(sheet_xml(" " * 20_000)).to_bytes(4, "little")
    assert data.count(size) == 2
    assert "more than" in refused(bytes(data).replace(size, b"\x01\x00\x00\x00"))


def test_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_ENTRIES", 20)
    assert read_parts(parts(ONE))
    assert "more than 20 parts" in refused(zipped(parts(ONE) | {f"xl/media/{n}": b"" for n in range(20)}))


def test_large_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_FILE", 2**20)
    assert "the file has more than 1 MiB" in refused(bytes(2**20 + 1))


def test_a_long_text_that_many_cells_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbookscan, "MAX_TEXT", 100_000)
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(1, 101))
    assert len(read_rows(rows, strings=strings_xml("y" * 2_000, "x" * 500)).rows) == 100
    assert "the cells hold more than" in refused(zipped(parts(rows, strings=strings_xml("y", "x" * 2_000))))
    disguised = f'<sst xmlns="{MAIN}"><si/><si><t>{"x" * 2_000}</t></si></sst>'.encode()
    assert "the cells hold more than" in refused(zipped(parts(rows, strings=disguised)))


def test_a_long_text_that_many_sheets_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbookscan, "MAX_TEXT", 100_000)
    made = parts(strings=strings_xml("x" * 10_000))
    numbers = range(1, 21)
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    made |= {f"xl/worksheets/sheet{n}.xml": sheet_xml(rows) for n in numbers}
    made["xl/workbook.xml"] = workbook_xml(*(f"S{n}" for n in numbers))
    made["xl/_rels/workbook.xml.rels"] = relationships(
        ("rIdT", "sharedStrings", "sharedStrings.xml"),
        *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
    )
    assert "the cells hold more than" in refused(zipped(made))


def test_unusual_xml_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbookscan, "MAX_UNUSUAL", 2_000)
    assert read_rows(f"<!-- {'x' * 1_000} -->{ONE}").rows == ((1.0,),)
    assert "more than 0 MiB of unusual XML" in refused(zipped(parts(f"<!-- {'x' * 2_000} -->{ONE}")))


@pytest.mark.parametrize("unusual", ["<x>" * 200, "<x/>" * 2_000])
def test_elements_are_bounded(unusual: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partxml, "MAX_ELEMENTS", 1_000)
    assert "has too many elements" in refused(zipped(parts(unusual)))


def test_styles_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partxml, "MAX_FOUND", 100)
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 101}</cellXfs></styleSheet>'.encode()
    assert "has too many elements" in refused(zipped(parts(ONE, styles=styles)))


def test_elements_around_the_cells_do_not_reach_the_reader_of_values() -> None:
    nested = b"<x>" * 100_000
    xml = sheet_xml(ONE)
    for content in (xml.replace(b"<sheetData>", nested + b"<sheetData>"), xml.replace(b"<pageMargins", nested)):
        assert read_parts(parts() | {"xl/worksheets/sheet1.xml": content})[0].rows == ((1.0,),)


def test_an_archive_in_an_archive_does_not_hide_parts() -> None:
    inner = zipped(parts(ONE))
    assert read_parts(parts(ONE) | {"xl/embeddings/book.xlsx": inner})
    out = BytesIO(b"MZ junk before the archive" + inner)
    assert zipfile.is_zipfile(out)
    assert "is not an .xlsx workbook" in refused(out.getvalue())
