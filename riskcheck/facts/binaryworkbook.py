"""Binary workbooks of Excel (`.xlsb`): their cells, put down as .xlsx. Sources: [MS-XLSB] 2.3, 2.4 and 2.5.

The reader of values for the other formats takes errors for nothing in these files and tells no percentages and no
merged cells; their records are simple, so all is read here. The numbers of records are those of [MS-XLSB] 2.3.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from riskcheck.errors import FactsError
from riskcheck.facts.binaryparts import BadRecord, records, wide_text
from riskcheck.facts.package import Package
from riskcheck.facts.partxml import Element
from riskcheck.facts.plainbook import PlainBook, PlainSheet
from riskcheck.facts.refusal import damage
from riskcheck.facts.sheetscan import MAX_COLUMNS, MAX_ROWS
from riskcheck.facts.workbookparts import Styles, relationships, target_of
from riskcheck.model.place import Location
from riskcheck.model.text import Text

WORKBOOK = "xl/workbook.bin"
"""The part by which a binary workbook is known."""

_ROW, _BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = range(8)
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = range(8, 12)
_RICH_TEXT = 62
_STRING, _FORMAT, _STYLE = 19, 44, 47
_WORKBOOK_PROPERTIES, _SHEET, _MERGED = 153, 156, 176
_STYLES_BEGIN, _STYLES_END = 617, 618
_ROWS_BEGIN, _ROWS_END = 145, 146
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip

_U8, _U16, _U32, _F64 = struct.Struct("<B"), struct.Struct("<H"), struct.Struct("<I"), struct.Struct("<d")
_CELL, _AREA = struct.Struct("<II"), struct.Struct("<4I")


def converted(package: Package) -> bytes:
    """The binary workbook in `package` as .xlsx; raises FactsError if it is damaged or too large."""
    return _Reader(package).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.related = {each.attributes.get("Id", ""): each for each in relationships(package, WORKBOOK)}
        self.texts: list[int] = []
        self.book: PlainBook

    def read(self) -> bytes:
        part = WORKBOOK
        try:
            date_1904, sheets = self._workbook()
            styles = self._part("/styles")
            part = styles or part
            self.book = PlainBook(self.package.at, self._styles(styles) if styles else Styles(), date_1904)
            strings = self._part("/sharedStrings")
            part = strings or part
            self.texts = [self.book.index_of(text) for text in self._strings(strings)] if strings else []
            for name, visible, part in sheets:
                self._sheet(part, self.book.sheet(name, visible))
        except (BadRecord, struct.error):
            raise self._damaged(part) from None
        return self.book.to_xlsx()

    def _workbook(self) -> tuple[bool, list[tuple[str, bool, str]]]:
        """Whether days count from 1904, and name, visibility and part of each worksheet."""
        date_1904, sheets = False, []
        for kind, record in records(self.package, WORKBOOK):
            if kind == _WORKBOOK_PROPERTIES:
                date_1904 = bool(_U32.unpack_from(record)[0] & 1)
            elif kind == _SHEET:
                (state,) = _U32.unpack_from(record)
                identifier, offset = wide_text(record, 8)
                name, _ = wide_text(record, offset)
                related = self.related.get(identifier)
                if related is not None and _kind(related).endswith("/worksheet"):
                    sheets.append((name, state == 0, target_of(WORKBOOK, related.attributes.get("Target", ""))))
        return date_1904, sheets

    def _part(self, kind: str) -> str | None:
        for each in self.related.values():
            target = target_of(WORKBOOK, each.attributes.get("Target", ""))
            if _kind(each).endswith(kind) and target in self.package.names:
                return target
        return None

    def _styles(self, part: str) -> Styles:
        codes: dict[int, str] = {}
        ids: list[int] = []
        within = False
        for kind, record in records(self.package, part):
            if kind == _FORMAT:
                codes[_U16.unpack_from(record)[0]] = wide_text(record, 2)[0]
            elif kind in (_STYLES_BEGIN, _STYLES_END):
                within = kind == _STYLES_BEGIN
            elif kind == _STYLE and within:
                ids.append(_U16.unpack_from(record, 2)[0])
        return Styles(tuple(ids), codes)

    def _strings(self, part: str) -> Iterator[str]:
        return (wide_text(record, 1)[0] for kind, record in records(self.package, part) if kind == _STRING)

    def _sheet(self, part: str, sheet: PlainSheet) -> None:
        row, last, within = -1, (-1, -1), False
        for kind, record in records(self.package, part):
            if kind == _MERGED:
                self._merge(record, sheet)
            elif kind in (_ROWS_BEGIN, _ROWS_END):
                within = kind == _ROWS_BEGIN
            elif not within:
                continue
            elif kind == _ROW:
                (row,) = _U32.unpack_from(record)
            elif _RK <= kind <= _FORMULA_ERROR or kind == _RICH_TEXT:
                column, style = _CELL.unpack_from(record)
                if not last < (row, column) or row >= MAX_ROWS or column >= MAX_COLUMNS:
                    raise BadRecord
                last = (row, column)
                self._cell(sheet, last, kind, style & 0xFFFFFF, record)

    def _cell(self, sheet: PlainSheet, at: tuple[int, int], kind: int, style: int, record: bytes) -> None:
        if kind == _RK:
            sheet.number(*at, _rk(_U32.unpack_from(record, 8)[0]), style)
        elif kind in (_REAL, _FORMULA_NUMBER):
            sheet.number(*at, _F64.unpack_from(record, 8)[0], style)
        elif kind == _SHARED:
            (index,) = _U32.unpack_from(record, 8)
            if index >= len(self.texts):
                raise BadRecord
            sheet.shared(*at, self.texts[index])
        elif kind in (_TEXT, _FORMULA_TEXT):
            sheet.text(*at, wide_text(record, 8)[0])
        elif kind == _RICH_TEXT:
            sheet.text(*at, wide_text(record, 9)[0])
        elif kind in (_BOOL, _FORMULA_BOOL):
            sheet.truth(*at, bool(_U8.unpack_from(record, 8)[0]))
        else:
            sheet.error(*at, _ERRORS.get(_U8.unpack_from(record, 8)[0], "#ERROR"))

    def _merge(self, record: bytes, sheet: PlainSheet) -> None:
        top, bottom, left, right = _AREA.unpack_from(record)
        if top <= bottom < MAX_ROWS and left <= right < MAX_COLUMNS:
            sheet.merge((top, left, bottom, right))

    def _damaged(self, part: str) -> FactsError:
        what = Text(f'the part "{part}" holds a record that cannot be read', f"部件“{part}”中有无法读取的记录")
        return damage(what, at=Location(self.package.at.file))


def _kind(relationship: Element) -> str:
    return relationship.attributes.get("Type", "")


def _rk(packed: int) -> float:
    """A number in four bytes: the upper 30 bits of a double or a whole number, divided by 100 or not."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        (value,) = _F64.unpack(b"\0\0\0\0" + _U32.pack(packed & 0xFFFFFFFC))
    return value / 100 if packed & 1 else value
