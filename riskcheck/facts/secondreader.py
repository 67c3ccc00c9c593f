"""The second, independent reader of workbooks, openpyxl: for what the first refuses, and to compare the two.

It gets the parts of the package that hold cells and nothing else, after an XML parser has held them to bounds and seen
that none declares a document type. It is slow, and so is imported only where it is asked for.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import quoteattr

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import (
    ARC_CONTENT_TYPES,
    ARC_WORKBOOK,
    ARC_WORKBOOK_RELS,
    CONTYPES_NS,
    PKG_REL_NS,
    REL_NS,
    SHARED_STRINGS,
    SHEET_MAIN_NS,
    WORKSHEET_TYPE,
    XLSX,
)

from riskcheck.errors import FactsError
from riskcheck.facts.archive import stored
from riskcheck.facts.mergedcells import area_size
from riskcheck.facts.package import Package
from riskcheck.facts.partxml import Element, PartReader, elements
from riskcheck.facts.refusal import refusal
from riskcheck.facts.secondcells import CellStyles, SheetCells, shared_strings, styles_of
from riskcheck.facts.sheet import Area, Sheet
from riskcheck.facts.workbookparts import (
    is_true,
    main_part,
    no_worksheets,
    not_a_workbook,
    number_formats,
    relationships,
    target_of,
)
from riskcheck.facts.workbookscan import KEEP_ONLY_CHECKED, MAX_CELLS, MAX_MARKS, MAX_TEXT
from riskcheck.model.place import Location
from riskcheck.model.text import Text

MAX_ELEMENTS = 600_000
"""Most XML elements in all parts together: some 290,000 cells, for which openpyxl takes about six seconds."""

_WITH_CELLS = {"worksheet": WORKSHEET_TYPE, "sharedStrings": SHARED_STRINGS}
"""The kinds of parts that openpyxl reads, beside the workbook, and the types of their content."""
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_TRANSITIONAL = (
    (_STRICT_MAIN, SHEET_MAIN_NS),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", REL_NS),
)
"""Namespaces of Strict Open XML, which openpyxl does not know, and what they are called there otherwise."""


def read_with_openpyxl(package: Package) -> tuple[Sheet, ...]:
    """The worksheets of the .xlsx or .xlsm workbook in `package`, as openpyxl reads them.

    Raises FactsError if it cannot, and never gives less than all sheets.
    """
    main = main_part(package)
    listed = elements(package.read(main), main, package.at, ("workbook", "calcPr", "sheet"))
    if not listed or listed[0].name != "workbook":
        raise not_a_workbook(package)
    expected = sum(_is_worksheet(each, main, package) for each in listed)
    if not expected:
        raise no_worksheets(package.at)
    calculated = not any(is_true(each.attributes.get("fullCalcOnLoad")) for each in listed if each.name == "calcPr")
    parts, cells = _package(package, main)
    styles = styles_of(number_formats(package, main))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            sheets = tuple(_Reading(package.at, parts, cells, styles, calculated).sheets())
        except FactsError:
            raise
        except Exception as error:  # openpyxl raises errors of all kinds
            said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            raise _cannot(said, package.at) from None
    if len(sheets) != expected:
        raise _cannot(f"it sees {len(sheets)} of {expected} sheets", package.at)
    return sheets


def _is_worksheet(listed: Element, main: str, package: Package) -> bool:
    """Whether an element of the workbook is a sheet with cells, or one of which nothing is known."""
    if (listed.parent, listed.name) != ("sheets", "sheet"):
        return False
    named = {each.attributes.get("Id"): each.attributes.get("Type", "") for each in relationships(package, main)}
    return named.get(listed.attributes.get("r:id", ""), "/worksheet").endswith("/worksheet")


def _cannot(said: str, at: Location) -> FactsError:
    message = Text(f"openpyxl cannot read the workbook ({said})", f"openpyxl 无法读取该工作簿（{said}）")
    cure = Text(
        "leave out --reader openpyxl or --cross-check; the other reader may be able to read it",
        "请去掉 --reader openpyxl 或 --cross-check；另一个读取程序也许可以读取",
    )
    return refusal("second-reader-failed", message, cure, at=at)


# ------------------------------------------------------------ the package


def _package(package: Package, main: str) -> tuple[bytes, Mapping[str, int]]:
    """The parts that hold cells as a package of their own, in the transitional form of Open XML.

    openpyxl looks for some parts under fixed names, so all get usual ones; relationships and types are told anew. Told
    is also how many cells or texts each part holds.
    """
    bounds = _Bounds(package.at)
    parts = [(ARC_WORKBOOK, [bounds.held(main, package.read(main), ARC_WORKBOOK)])]
    types, related = [_override(ARC_WORKBOOK, XLSX)], []
    for number, each in enumerate(relationships(package, main)):
        kind = each.attributes.get("Type", "").rpartition("/")[2]
        target = target_of(main, each.attributes.get("Target", ""))
        name = f"{kind}{number}.xml"
        identifier = quoteattr(each.attributes.get("Id", ""))
        related.append(f"<Relationship Id={identifier} Type={quoteattr(f'{REL_NS}/{kind}')} Target={quoteattr(name)}/>")
        if kind in _WITH_CELLS and target in package.names:
            parts.append((f"xl/{name}", [bounds.held(target, package.read(target), f"xl/{name}")]))
            types.append(_override(f"xl/{name}", _WITH_CELLS[kind]))
    listed = f'<Relationships xmlns="{PKG_REL_NS}">{"".join(related)}</Relationships>'
    typed = f'<Types xmlns="{CONTYPES_NS}">{"".join(types)}</Types>'
    parts += [(ARC_CONTENT_TYPES, [typed.encode()]), (ARC_WORKBOOK_RELS, [listed.encode()])]
    return stored(parts), bounds.cells


def _override(part: str, content_type: str) -> str:
    return f'<Override PartName="/{part}" ContentType="{content_type}"/>'


class _Bounds:
    """Holds parts to the bounds of the second reader; their elements are counted together."""

    def __init__(self, at: Location) -> None:
        self._at, self._elements = at, 0
        self.cells: dict[str, int] = {}
        """How many cells or texts each part holds, by the name that it gets: openpyxl must see them all."""

    def held(self, name: str, content: bytes, called: str) -> bytes:
        """The part in the transitional form. Raises FactsError if it is no XML, too large, or has a document type."""
        for strict, transitional in _TRANSITIONAL:
            content = content.replace(strict.encode(), transitional.encode(), 1)  # the next may be the text of a cell
        reader = _BoundedPart(name, self._at)
        reader.run(content)
        self.cells[called] = reader.cells
        self._elements += reader.count
        if self._elements > MAX_ELEMENTS:
            raise _too_slow(self._at)
        return content


class _BoundedPart(PartReader):
    cells = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("c", "si"):
            self.cells += 1

    def too_large(self, what: Text) -> FactsError:
        return _too_slow(self.at)


def _too_slow(at: Location) -> FactsError:
    """The error for a workbook that openpyxl would take too long to read."""
    message = Text(
        f"the workbook is too large for openpyxl, which is slow: it has more than {MAX_ELEMENTS:,} XML elements "
        "(some 290,000 cells) or a part of more than 32 MiB",
        f"工作簿过大，openpyxl 读取过慢：XML 元素超过 {MAX_ELEMENTS:,} 个（约 29 万个单元格），或有部件超过 32 MiB",
    )
    return refusal("workbook-too-large", message, KEEP_ONLY_CHECKED, at=at)


# ------------------------------------------------------------ the sheets


class _Reading:
    """One workbook being read by openpyxl, with account kept of how much its sheets hold together."""

    def __init__(
        self, at: Location, parts: bytes, expected: Mapping[str, int], styles: CellStyles, calculated: bool
    ) -> None:
        self._at, self._expected, self._styles, self._calculated = at, expected, styles, calculated
        self._cells = self._marks = self._text = 0
        self._reader = ExcelReader(BytesIO(parts), read_only=True, data_only=True, keep_links=False)
        self._reader.read_manifest()
        self._reader.read_workbook()
        self._strings = self._shared_strings()

    def _shared_strings(self) -> Sequence[str]:
        part = self._reader.package.find(SHARED_STRINGS)
        if part is None or part.PartName[1:] not in self._reader.valid_files:
            return ()
        with self._reader.archive.open(part.PartName[1:]) as source:
            found = shared_strings(source)
        self._check_seen(len(found), part.PartName[1:], self._at)
        return found

    def sheets(self) -> Iterator[Sheet]:
        """The sheets that openpyxl sees, in the order of the tabs."""
        for sheet, related in self._reader.parser.find_sheets():
            if related.target in self._reader.valid_files:
                yield self._sheet(sheet.name, sheet.state == "visible", related.target)

    def _sheet(self, name: str, visible: bool, part: str) -> Sheet:
        at = Location(self._at.file, name)
        with self._reader.archive.open(part) as source:
            cells = SheetCells(source, self._reader.wb, self._strings, self._styles, self._calculated)
            for _ in cells.read():
                self._check_text(cells, at)
        self._check_seen(cells.count, part, at)
        merged = tuple(self._counted(cells, at))
        top, left, bottom, right = _used(cells)
        self._cells += max(0, bottom - top + 1) * max(0, right - left + 1)
        if self._cells > MAX_CELLS:
            raise _too_much(Text(f"more than {MAX_CELLS:,} cells", f"单元格超过 {MAX_CELLS:,} 个"), at)
        self._text += cells.characters
        columns, values = range(left, right + 1), cells.values
        return Sheet(
            name=name,
            visible=visible,
            rows=tuple(tuple(values.get((row, column), "") for column in columns) for row in range(top, bottom + 1)),
            first_row=max(top, 0),
            first_column=max(left, 0),
            errors=cells.errors,
            unstored=frozenset(cells.unstored),
            percent=frozenset(cells.percent),
            merged=merged,
        )

    def _check_seen(self, count: int, part: str, at: Location) -> None:
        """Refuse a part of which openpyxl passes something by."""
        if count != self._expected[part]:
            raise _cannot(f"of {self._expected[part]} cells or texts it sees {count}", at)

    def _check_text(self, cells: SheetCells, at: Location) -> None:
        if self._text + cells.characters > MAX_TEXT:
            size = f"{MAX_TEXT // 2**20} MiB"
            raise _too_much(Text(f"more than {size} of text in cells", f"单元格中的文本超过 {size}"), at)

    def _counted(self, cells: SheetCells, at: Location) -> Iterator[Area]:
        """The merged areas, with all marked cells counted."""
        self._marks += len(cells.errors) + len(cells.unstored) + len(cells.percent)
        for area in cells.areas():
            self._marks += area_size(area)
            if self._marks > MAX_MARKS:
                break
            yield area
        if self._marks > MAX_MARKS:
            what = "that are merged or hold a percentage, an error, or a formula without a result"
            raise _too_much(
                Text(
                    f"more than {MAX_MARKS:,} cells {what}",
                    f"合并的、含百分数或错误值的、公式没有结果的单元格超过 {MAX_MARKS:,} 个",
                ),
                at,
            )


def _used(cells: SheetCells) -> Area:
    """The area with something in it; it ends before it begins if there is none."""
    held = (*cells.values, *cells.errors, *cells.unstored)
    if not held:
        return 0, 0, -1, -1
    rows, columns = [row for row, _ in held], [column for _, column in held]
    return min(rows), min(columns), max(rows), max(columns)


def _too_much(what: Text, at: Location) -> FactsError:
    """The error for a workbook that holds `what`."""
    message = Text(f"the workbook is too large: it has {what.en}", f"工作簿过大：{what.zh}")
    return refusal("workbook-too-large", message, KEEP_ONLY_CHECKED, at=at)
