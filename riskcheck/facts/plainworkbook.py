"""A workbook in the shortest form: the package that is handed to the reader of values.

It holds the cells and texts that were scanned and the number formats, and nothing else of the file: no names,
drawings, macros or links that could upset, slow or swell that reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from riskcheck.facts.archive import stored
from riskcheck.facts.numberformat import EAST_ASIAN_DATES
from riskcheck.facts.workbookparts import Styles

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET_START, _ROWS_START = f'<worksheet xmlns="{_MAIN}">'.encode(), b"<sheetData>"
_NONE_MERGED = b"<mergeCells></mergeCells>"
"""Before the rows: python-calamine looks for merged cells whenever it reads a sheet, and goes through all rows a second
time unless it finds the element before. Which cells are merged has been scanned already."""
_ROWS_END, _SHEET_END = b"</sheetData>", b"</worksheet>"
_HIDDEN = ' state="hidden"'
_STRINGS_START, _STRINGS_END = f'<sst xmlns="{_MAIN}">'.encode(), b"</sst>"

NO_STRINGS = _STRINGS_START + _STRINGS_END
"""A part for a workbook without shared strings."""

NamedSheet = tuple[str, bool, bytes, bytes]
"""A worksheet: its name, whether it is shown, its rows as XML, and the XML that stands behind them."""
_Sheet = tuple[str, bool, Sequence[bytes]]
"""A worksheet: its name, whether it is shown, and what stands in it, piece by piece."""

_DATE = 14


def plain_workbook(sheets: Sequence[bytes], shared_strings: bytes, styles: Styles, date_1904: bool) -> bytes:
    """A workbook of worksheets called 1, 2 and so on; `sheets` are their rows as XML. It is not compressed."""
    numbered = [
        (str(number), True, (_NONE_MERGED, _ROWS_START, rows, _ROWS_END)) for number, rows in enumerate(sheets, start=1)
    ]
    return _stored(numbered, [shared_strings], styles, date_1904)


def named_workbook(
    sheets: Sequence[NamedSheet], shared_strings: Sequence[bytes], styles: Styles, date_1904: bool
) -> bytes:
    """A workbook of worksheets with names of their own; `shared_strings` are the elements of its texts."""
    strings = [_STRINGS_START, *shared_strings, _STRINGS_END]
    named = [(name, visible, (_ROWS_START, rows, _ROWS_END, behind)) for name, visible, rows, behind in sheets]
    return _stored(named, strings, styles, date_1904)


def _stored(sheets: Sequence[_Sheet], shared_strings: Sequence[bytes], styles: Styles, date_1904: bool) -> bytes:
    count = len(sheets)
    return stored(
        (
            ("_rels/.rels", [_relationships([("w", "officeDocument", "xl/workbook.xml")])]),
            ("xl/workbook.xml", [_workbook(sheets, date_1904)]),
            ("xl/_rels/workbook.xml.rels", [_relationships(_parts(count))]),
            ("xl/styles.xml", [_styles(styles)]),
            ("xl/sharedStrings.xml", shared_strings),
            *(
                (f"xl/worksheets/{number}.xml", [_SHEET_START, *pieces, _SHEET_END])
                for number, (_, _, pieces) in enumerate(sheets, start=1)
            ),
        )
    )


def _workbook(sheets: Sequence[_Sheet], date_1904: bool) -> bytes:
    listed = "".join(
        f'<sheet name="{_escaped(name)}" sheetId="{each}"{"" if visible else _HIDDEN} r:id="r{each}"/>'
        for each, (name, visible, _) in enumerate(sheets, start=1)
    )
    content = f'<workbookPr date1904="{int(date_1904)}"/><sheets>{listed}</sheets>'
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE_RELATIONSHIPS}">{content}</workbook>'.encode()


def _parts(sheets: int) -> Iterable[tuple[str, str, str]]:
    """Identifier, kind and place of each part that the workbook refers to."""
    yield "s", "styles", "styles.xml"
    yield "t", "sharedStrings", "sharedStrings.xml"
    for number in range(1, sheets + 1):
        yield f"r{number}", "worksheet", f"worksheets/{number}.xml"


def _relationships(relationships: Iterable[tuple[str, str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{identifier}" Type="{_OFFICE_RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for identifier, kind, target in relationships
    )
    return f'<Relationships xmlns="{_PACKAGE_RELATIONSHIPS}">{listed}</Relationships>'.encode()


def _styles(styles: Styles) -> bytes:
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{_escaped(code)}"/>' for number, code in styles.codes.items()
    )
    formats = "".join(f'<xf numFmtId="{_spelled_out(number, styles)}"/>' for number in styles.format_ids)
    content = f"<numFmts>{codes}</numFmts><cellXfs>{formats}</cellXfs>"
    return f'<styleSheet xmlns="{_MAIN}">{content}</styleSheet>'.encode()


def _spelled_out(number: int, styles: Styles) -> int:
    """A number format that means the same everywhere: in Chinese, Japanese and Korean Excel some more are dates."""
    return _DATE if number in EAST_ASIAN_DATES and number not in styles.codes else number


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
