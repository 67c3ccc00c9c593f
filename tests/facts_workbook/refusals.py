"""Files that are refused, by the name under which `refusals.txt` holds what is said about them."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from .packages import (
    MAIN,
    Parts,
    parts,
    relationships,
    sheet_xml,
    strings_xml,
    styles_xml,
    workbook_xml,
    zipped,
)

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET = "xl/worksheets/sheet1.xml"
BILLION_LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>'
).encode()


def ole2(stream: str) -> bytes:
    return OLE2 + stream.encode("utf-16-le") + bytes(64)


def with_parts(**changed: bytes | None) -> bytes:
    """The workbook with one sheet, with parts changed or (None) left out; a name's `__` means `/`, `_DOT_` a dot."""
    made: Parts = parts(ONE)
    for key, content in changed.items():
        name = key.replace("__", "/").replace("_DOT_", ".")
        if content is None:
            del made[name]
        else:
            made[name] = content
    return zipped(made)


def with_sheet(content: bytes) -> bytes:
    return zipped(parts() | {SHEET: content})


def with_rows(rows: str) -> bytes:
    return with_sheet(sheet_xml(rows))


def with_relationships(*listed: tuple[str, str, str]) -> bytes:
    return zipped(parts(ONE) | {"xl/_rels/workbook.xml.rels": relationships(*listed)})


def with_workbook(content: bytes) -> bytes:
    return zipped(parts(ONE) | {"xl/workbook.xml": content})


def twice() -> bytes:
    return zipped(parts(ONE) | {SHEET.upper(): sheet_xml(ONE)})


def patched(mark: bytes, offset: int, value: bytes, method: int = 8) -> bytes:
    """The workbook with bytes changed in each record that begins with `mark`."""
    data = bytearray(zipped(parts(ONE), method))
    start = data.find(mark)
    while start >= 0:
        data[start + offset : start + offset + len(value)] = value
        start = data.find(mark, start + 4)
    return bytes(data)


def declared(method: int, real: int = 8) -> bytes:
    """The workbook, packed by method `real` and declared to be packed by `method`."""
    return patched(b"PK\x01\x02", 10, method.to_bytes(2, "little"), real)


def flipped() -> bytes:
    """The workbook with one bit of a sheet changed."""
    data = bytearray(zipped(parts(ONE), method=0))
    data[data.find(b"sheetData")] ^= 1
    return bytes(data)


REFUSALS: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "zeros": lambda: bytes(5000),
    "noise": lambda: zlib.compress(b"x" * 100)[:7] + bytes(range(256)),
    "csv": lambda: "编号,风险\n1,延期\n".encode("gb18030"),
    "csv utf-8": lambda: "\ufeff编号,风险\n1,延期\n".encode(),
    "utf-16 text": lambda: "编号\t风险\n".encode("utf-16"),
    "pdf": lambda: b"%PDF-1.7\n%\xe2\xe3",
    "rtf": lambda: b"{\\rtf1\\ansi",
    "html": lambda: b"\xef\xbb\xbf \n<HTML><table><tr><td>1</td></tr></table>",
    "mhtml": lambda: b"MIME-Version: 1.0\nX-Document-Type: Workbook",
    "spreadsheet 2003": lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "xml": lambda: b'<?xml version="1.0"?><a/>',
    "gzip": lambda: b"\x1f\x8b\x08\x00",
    "picture": lambda: b"\x89PNG\r\n\x1a\n",
    "lfs pointer": lambda: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
    "document protection": lambda: b"b\x14#e\x00\x00E-SafeNet\x00\x00LOCK\x00\x00" + bytes(range(256)),
    "xls": lambda: ole2("Workbook"),
    "encrypted": lambda: ole2("EncryptedPackage"),
    "doc": lambda: ole2("WordDocument"),
    "ppt": lambda: ole2("PowerPoint Document"),
    "other ole2": lambda: OLE2,
    "docx": lambda: zipped(
        {
            "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": b'<w:document xmlns:w="http://w"/>',
        }
    ),
    "pptx": lambda: zipped({"ppt/presentation.xml": b"<x/>"}),
    "xlsb": lambda: zipped(
        {
            "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": b"\x83\x01\x00",
        }
    ),
    "ods": lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
    "numbers": lambda: zipped({"Index/Document.iwa": b"x"}),
    "zipped workbook": lambda: zipped({"facts/project.xlsx": zipped(parts(ONE))}),
    "zip": lambda: zipped({"readme.txt": b"x"}),
    "empty zip": lambda: zipped({}),
    "no main part": lambda: with_parts(_rels___DOT_rels=None),
    "main part missing": lambda: with_parts(xl__workbook_DOT_xml=None),
    "sheet missing": lambda: with_parts(xl__worksheets__sheet1_DOT_xml=None),
    "sheet without content": lambda: with_relationships(("rId7", "worksheet", "worksheets/sheet1.xml")),
    "styles missing": lambda: with_relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")
    ),
    "sheets of the same content": lambda: zipped(
        parts(ONE)
        | {
            "xl/workbook.xml": workbook_xml("A", "B"),
            "xl/_rels/workbook.xml.rels": relationships(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "./worksheets/sheet1.xml")
            ),
        }
    ),
    "no worksheets": lambda: with_relationships(("rId1", "chartsheet", "chartsheets/sheet1.xml")),
    "workbook is no workbook": lambda: with_workbook(f'<styleSheet xmlns="{MAIN}"/>'.encode()),
    "workbook is no xml": lambda: with_workbook(b"<workbook"),
    "workbook with document type": lambda: with_workbook(b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'),
    "entity bomb": lambda: with_sheet(BILLION_LAUGHS),
    "entity bomb in strings": lambda: zipped(parts(ONE, strings=BILLION_LAUGHS)),
    "part twice": twice,
    "encrypted zip": lambda: patched(b"PK\x01\x02", 8, b"\x01\x00"),
    "odd compression": lambda: declared(14),
    "bit flipped": flipped,
    "stored but deflated": lambda: declared(0),
    "deflated but stored": lambda: declared(8, real=0),
    "cut in the middle": lambda: zipped(parts(ONE))[:700],
    "cut at the end": lambda: zipped(parts(ONE))[:-30],
    "directory off": lambda: patched(b"PK\x05\x06", 16, b"\xff\xff\xff\x00"),
    "parts off": lambda: patched(b"PK\x01\x02", 42, b"\x01\x00\x00\x00"),
    "sheet cut off": lambda: with_sheet(sheet_xml(ONE)[:-60]),
    "sheet is no worksheet": lambda: with_sheet(f'<worksheet xmlns="{MAIN}"/>'.encode()),
    "sheet of another namespace": lambda: with_sheet(
        sheet_xml(ONE).replace(b"<sheetData", b"<!-- --><sheetData").replace(b"main", b"other")
    ),
    "styles of another namespace": lambda: zipped(parts(ONE, styles=b'<styleSheet xmlns="x"/>')),
    "row beyond the last": lambda: with_rows('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
    "row number": lambda: with_rows('<row r="x"/>'),
    "cell beyond the last": lambda: with_rows('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
    "cell in another row": lambda: with_rows('<row r="3"><c r="B1"><v>1</v></c></row>'),
    "cell without row": lambda: with_rows('<c r="B1"><v>1</v></c>'),
    "cell in a cell": lambda: with_rows('<row r="1"><c r="A1"><c r="B1"><row r="2"/></c></c></row>'),
    "cell place": lambda: with_rows('<row r="1"><c r="1A"><v>1</v></c></row>'),
    "cell type": lambda: with_rows('<row r="1"><c r="B1" t="x"><v>1</v></c></row>'),
    "string index": lambda: with_rows('<row r="1"><c r="B1" t="s"><v>abc</v></c></row>'),
    "string unknown": lambda: with_rows('<row r="1"><c r="B1" t="s"><v>7</v></c></row>'),
    "unknown entity in strings": lambda: zipped(parts(ONE, strings=strings_xml("a", "b&c"))),
    "unknown entity": lambda: with_rows('<row r="1"><c r="B1" t="str"><v>&nbsp;</v></c></row>'),
    "not utf-8": lambda: with_sheet(
        sheet_xml('<row r="1"><c r="B1" t="str"><v>X</v></c></row>').replace(b"X", b"\xe9")
    ),
    "encoding": lambda: with_sheet(b'<?xml version="1.0" encoding="gbk"?>' + sheet_xml(ONE).partition(b"?>")[2]),
    "two cells far apart": lambda: with_rows(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>'
    ),
    "a far row and a far column": lambda: with_rows(
        '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    ),
    "far without places": lambda: with_rows('<row r="1048576">' + "<c/>" * 16383 + "<c><v>1</v></c></row>"),
    "duration": lambda: zipped(parts('<row r="1"><c r="A1" s="0"><v>1e10</v></c></row>', styles=styles_xml(46))),
    "strings missing": lambda: zipped(parts('<row r="1"><c r="A1" t="s"><v>2</v></c></row>', strings=strings_xml("a"))),
}
