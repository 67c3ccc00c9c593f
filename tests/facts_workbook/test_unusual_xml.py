"""XML that no spreadsheet program writes gives what it means, and both ways to read a sheet agree."""

from __future__ import annotations

import re

import pytest

from riskcheck.facts.sheet import Sheet
from riskcheck.facts.sheetscan import UnusualXml, is_plain_strings, scan_sheet
from riskcheck.facts.sheetxml import plain_sheet
from riskcheck.model.place import Location

from .packages import MAIN, parts, read_parts, read_rows, read_whole_sheet, sheet_xml, strings_xml, styles_xml

ORDINARY = (
    '<row r="1" spans="1:3" x14ac:dyDescent="0.25"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="n"><v>1.5E-3</v></c>'
    '<c r="C1" s="2"/></row>\n<row r="3" ht="15"/>'
    '<row collapsed="false" r="4"><c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C4"><f>A1</f></c>'
    '<c r="D4" s="1"><v>0.85</v></c><c r="E4" t="str"><f t="shared" si="1"/><v> a &amp; b </v></c>'
    '<c r="F4" t="b"><v>1</v></c><c r="G4" t="inlineStr"><is><r><rPr><b/></rPr><t>x</t></r></is></c>'
    '<c r="H4" t="d"><v>2026-03-05</v></c></row>'
)
SCAN = {"percent": frozenset({1}), "calculated": True, "most": 100}


def test_the_scan_and_the_parser_agree_on_an_ordinary_sheet() -> None:
    ordinary = sheet_xml(ORDINARY).replace(b"<worksheet ", b'<worksheet xmlns:x14ac="x" ')
    scan = scan_sheet(ordinary, **SCAN)  # type: ignore[arg-type]
    again = scan_sheet(plain_sheet(ordinary, "sheet", Location("f")), **SCAN)  # type: ignore[arg-type]
    assert (scan.errors, scan.unstored, scan.percent) == ({(3, 1): "#DIV/0!"}, {(3, 2)}, {(3, 3)})
    assert (scan.last_row, scan.last_column) == (4, 8)
    assert (again.errors, again.unstored, again.percent) == (scan.errors, scan.unstored, scan.percent)


def test_the_parser_gives_the_values_of_an_ordinary_sheet() -> None:
    strings, styles = strings_xml("shared"), styles_xml(0, 9, 0)
    ordinary = parts(ORDINARY, strings=strings, styles=styles)
    xml = ordinary["xl/worksheets/sheet1.xml"].replace(b"<worksheet ", b'<worksheet xmlns:x14ac="x" ')
    direct = read_parts(ordinary | {"xl/worksheets/sheet1.xml": xml})
    commented = xml.replace(b"<sheetData>", b"<sheetData><!-- unusual -->")
    assert read_parts(ordinary | {"xl/worksheets/sheet1.xml": commented}) == direct
    assert direct[0].rows[0][:2] == ("shared", 0.0015)


def values(rows: str) -> Sheet:
    with pytest.raises(UnusualXml):
        scan_sheet(sheet_xml(rows), **SCAN)  # type: ignore[arg-type]
    return read_rows(rows, strings=strings_xml("zero", "one"))


def test_cells_and_rows_without_a_place() -> None:
    sheet = values(
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/>"
        '<row><c r="C3"><v>4</v></c><c><v>5</v></c></row><row r="9"><c><f>1</f></c></row>'
        '<row><c t="e"><v>#N/A</v></c></row>'
    )
    assert sheet.rows[:3] == ((1.0, "", 3.0, ""), ("",) * 4, ("", "", 4.0, 5.0))
    assert (sheet.unstored, sheet.errors, len(sheet.rows)) == ({(8, 0)}, {(9, 0): "#N/A"}, 10)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>1<!-- x -->2</v></c>', 12.0),
        ('<c r="A1"><v><![CDATA[12]]></v></c>', 12.0),
        ('<c r="A1"><v>1&#50;</v></c>', 12.0),
        ('<c r="A1"><v> 12 </v></c>', 12.0),
        ("<c r='A1'><v>12</v></c>", 12.0),
        ('<c r="a1"><v>12</v></c>', 12.0),
        ('<c t="n" s="" r="A1"><v>12</v></c>', 12.0),
        ('<c r="A1"><v>12</v><f>6+6</f></c>', 12.0),
        ('<c r="A1" t="b"><v>true</v></c>', True),
        ('<c r="A1" t="b"><v>false</v></c>', False),
        ('<c r="A1" t="b"><v>maybe</v></c>', "maybe"),
        ('<c r="A1" t="n"><v>NaN</v></c>', "NaN"),
        ('<c r="A1"><v>INF</v></c>', "INF"),
        ('<c r="A1"><v>1,5</v></c>', "1,5"),
        ('<c r="A1" t="s"><v> 1 </v></c>', "one"),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[a < b]]></t></is></c>', "a < b"),
        ('<c r="A1" t="inlineStr"><is><t>a<!-- x -->b</t></is></c>', "ab"),
        ('<c r="A1"><is><t>no type</t></is></c>', "no type"),
        ('<c r="A1" t="str"><v xml:space="preserve"> a&#13;\n</v></c>', " a\r\n"),
    ],
)
def test_unusual_cells(cell: str, value: object) -> None:
    sheet = values(f'<row r="1">{cell}</row>')
    assert sheet.rows == ((value,),)
    assert not sheet.errors
    assert not sheet.unstored


def test_any_namespace_prefix() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v><y:v>2</y:v></c><c r="B1"><f>1</f></c></row>'
    xml = (
        f'<worksheet xmlns:x="{MAIN}" xmlns:y="other"><sheetData>{rows}</sheetData>'
        '<extLst><row r="1"><c r="Z1"/></row></extLst></worksheet>'
    )
    for name in ("worksheet", "sheetData", "extLst", "row", "c", "v", "f"):
        xml = re.sub(rf"<(/?){name}(?=[ />])", rf"<\1x:{name}", xml)
    sheet = read_whole_sheet(xml.encode())
    assert (sheet.rows, sheet.unstored) == (((1.0, ""),), {(0, 1)})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_other_encodings(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    xml = (
        f'<?xml version="1.0" encoding="{declared}"?><worksheet xmlns="{MAIN}"><sheetData><row r="1">'
        '<c r="A1" t="str"><v>é</v></c></row></sheetData></worksheet>'
    )
    assert read_whole_sheet(xml.encode(encoding)).rows == (("é",),)


def test_an_encoding_that_is_declared_late_is_not_overlooked() -> None:
    declaration = '<?xml version="1.0" standalone="yes" encoding="iso-8859-1"?>'
    xml = f'{declaration}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    with pytest.raises(UnusualXml):
        scan_sheet(xml.encode(), **SCAN)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "strings",
    [
        f'<y:sst xmlns:y="{MAIN}"><y:si><y:t>a</y:t></y:si><y:si><y:r><y:t>b</y:t></y:r></y:si></y:sst>',
        f'<sst xmlns="{MAIN}"><!-- x --><si><t>a</t></si><si><t><![CDATA[b]]></t></si></sst>',
        f'<sst xmlns="{MAIN}"><si ><t>a</t></si><si><t>b</t><rPh sb="0" eb="1"><r><t>c</t></r></rPh></si></sst>',
    ],
)
def test_unusual_shared_strings(strings: str) -> None:
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    assert read_rows(f'<row r="1">{cells}</row>', strings=strings.encode()).rows == (("a", "b"),)


RICH = '<r><t>a </t></r><r><rPr><b/><sz val="9"/><rFont val="宋体"/></rPr><t xml:space="preserve"> b</t></r>'


@pytest.mark.parametrize(
    "strings",
    [
        "",
        "<si><t>a</t></si>\n<si/>\n",
        f"<si>{RICH}</si><si><t/></si><si><r><rPr/><t/></r></si>",
        '<si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/></si>',
        '<si><t xml:space="preserve"> a </t></si><si></si>',
    ],
)
def test_ordinary_shared_strings_are_not_rewritten(strings: str) -> None:
    assert is_plain_strings(
        f'<?xml version="1.0" encoding="UTF-8"?>\r\n<sst xmlns="x" count="2">{strings}</sst>'.encode()
    )


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
        "<?xml version='1.0' encoding='utf-8'?>\n",
        '\ufeff<?xml version="1.0"?>',
    ],
)
@pytest.mark.parametrize(
    "rows",
    [
        "<sheetData/>",
        '<sheetData xmlns:x="y"></sheetData>',
        f"<sheetData>{ORDINARY}</sheetData>",
        '<sheetData>\n<row r="1">\n<c r="A1" s="1" /></row>\n<row r="2" ht="3" />\n</sheetData>',
        f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is>{RICH}</is></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1" t="n"><v></v></c><c r="B1" s="3"></c></row></sheetData>',
        '<sheetData><row r="1"><c r="C1"><f>1</f><v /></c></row></sheetData>',
    ],
)
def test_ordinary_sheets_are_not_rewritten(head: str, rows: str) -> None:
    scan_sheet(f'{head}<worksheet xmlns="{MAIN}"><cols><col min="1"/></cols>{rows}</worksheet>'.encode(), **SCAN)  # type: ignore[arg-type]
