"""A workbook rewritten in Strict Open XML, as Excel saves it: other namespaces, and days as ISO 8601 texts."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from .packages import Parts, unzipped, zipped

_NAMES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}
_NUMBER = re.compile(r'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"(?: t="n")?><v>([0-9.]+)</v></c>')
_DATE_CODE = re.compile(r"[ymdh]", re.IGNORECASE)
_BUILTIN_DATES = frozenset(range(14, 23))


def strict(data: bytes) -> bytes:
    """The transitional workbook `data` in Strict Open XML. It must be written as openpyxl and xlsxwriter write."""
    made = unzipped(data)
    dates = _date_styles(made["xl/styles.xml"].decode())
    epoch = datetime(1904, 1, 1) if b'date1904="1"' in made["xl/workbook.xml"] else datetime(1899, 12, 30)

    def as_iso(cell: re.Match[str]) -> str:
        place, style, value = cell.groups()
        return (
            f'<c r="{place}" s="{style}" t="d"><v>{_iso(float(value), epoch)}</v></c>'
            if int(style) in dates
            else cell[0]
        )

    rewritten: Parts = {}
    for name, content in made.items():
        text = content.decode()
        if name.startswith("xl/worksheets/sheet"):
            text = _NUMBER.sub(as_iso, text)
        for transitional, named in _NAMES.items():
            text = text.replace(transitional, named)
        rewritten[name] = text.encode()
    rewritten["xl/workbook.xml"] = rewritten["xl/workbook.xml"].replace(
        b"<workbook ", b'<workbook conformance="strict" ', 1
    )
    return zipped(rewritten)


def _iso(value: float, epoch: datetime) -> str:
    moment = epoch + timedelta(seconds=round(value * 86400))
    if value < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if value == int(value) else moment.isoformat()


def _date_styles(styles: str) -> frozenset[int]:
    """The styles of cells whose number format shows a day or a time."""
    codes = {
        int(number): code for number, code in re.findall(r'<numFmt numFmtId="([0-9]+)" formatCode="([^"]*)"', styles)
    }
    formats = re.findall(r'<xf numFmtId="([0-9]+)"', styles.partition("<cellXfs")[2].partition("</cellXfs>")[0])
    return frozenset(
        style
        for style, number in enumerate(map(int, formats))
        if number in _BUILTIN_DATES or (number in codes and _DATE_CODE.search(codes[number]))
    )
