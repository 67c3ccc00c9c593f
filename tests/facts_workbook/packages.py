"""Workbooks for tests: written by hand, part by part, so that they can be as wrong as a test needs."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from riskcheck.facts.sheet import Sheet
from riskcheck.facts.workbook import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

Parts = dict[str, bytes]


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of `parts`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def unzipped(data: bytes) -> Parts:
    """The parts in a zip archive; one with a wrong checksum is an error."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relationships(*listed: tuple[str, str, str]) -> bytes:
    """A relationships part of (id, kind, target)."""
    content = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in listed)
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATIONSHIPS}">{content}</Relationships>'.encode()


def sheet_xml(rows: str) -> bytes:
    """A worksheet with `rows` as XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        f'<dimension ref="A1"/><sheetData>{rows}</sheetData><pageMargins left="0.7"/></worksheet>'
    ).encode()


def styles_xml(*format_ids: int, **codes: str) -> bytes:
    """Styles with these number formats; `codes` spells out formats as `f164="0.0%"`."""
    listed = "".join(f'<numFmt numFmtId="{name[1:]}" formatCode="{code}"/>' for name, code in codes.items())
    formats = "".join(f'<xf numFmtId="{number}" fontId="0"/>' for number in format_ids)
    other = '<xf numFmtId="10"/>'
    dxfs = '<dxfs><dxf><numFmt numFmtId="164" formatCode="0.00%"/></dxf></dxfs>'
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{listed}</numFmts><cellStyleXfs>{other}</cellStyleXfs>'
        f"<cellXfs>{formats}</cellXfs>{dxfs}</styleSheet>"
    ).encode()


def strings_xml(*texts: str) -> bytes:
    """Shared strings; each text is XML."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>'.encode()


def workbook_xml(*names: str, properties: str = "", calculation: str = "") -> bytes:
    """The workbook part for sheets with `names`."""
    sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, start=1))
    content = f"{properties}<sheets>{sheets}</sheets>{calculation}"
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{content}</workbook>'.encode()


def parts(rows: str = "", *, strings: bytes | None = None, styles: bytes | None = None) -> Parts:
    """The parts of a workbook with one sheet, `Risks`, that holds `rows`."""
    more = [("rIdT", "sharedStrings", "sharedStrings.xml")] if strings else []
    more += [("rIdS", "styles", "styles.xml")] if styles else []
    found = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_xml("Risks"),
        "xl/_rels/workbook.xml.rels": relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), *more),
        "xl/worksheets/sheet1.xml": sheet_xml(rows),
    }
    if strings:
        found["xl/sharedStrings.xml"] = strings
    if styles:
        found["xl/styles.xml"] = styles
    return found


def read_parts(made: Mapping[str, bytes]) -> tuple[Sheet, ...]:
    """Read a workbook of these parts."""
    return read_workbook(zipped(made), "made.xlsx")


def read_rows(rows: str, *, strings: bytes | None = None, styles: bytes | None = None) -> Sheet:
    """Read a workbook with one sheet of `rows`."""
    return read_parts(parts(rows, strings=strings, styles=styles))[0]


def read_whole_sheet(xml: bytes) -> Sheet:
    """Read a workbook whose only sheet is `xml`."""
    return read_parts(parts() | {"xl/worksheets/sheet1.xml": xml})[0]
