"""Sheets and shared strings that are written in an unusual way, written anew as spreadsheet programs write them.

XML allows much that no spreadsheet program does: any namespace prefix, comments and CDATA in the middle of a value,
other encodings, cells without a place. Here it is read by a full XML parser and written in the one form that
`sheetscan` and the reader of values understand alike. It keeps cells and texts and drops everything else.
"""

from __future__ import annotations

import re

from riskcheck.errors import FactsError
from riskcheck.facts.partxml import PartReader
from riskcheck.facts.refusal import SAVE_AGAIN, TRY_SECOND_READER, damage
from riskcheck.facts.sheet import column_number
from riskcheck.facts.sheetscan import MAX_COLUMNS, MAX_ROWS
from riskcheck.model.place import Location, cell_name
from riskcheck.model.text import Text

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_AREA = re.compile(r"[A-Za-z]{1,3}[1-9][0-9]{0,6}:[A-Za-z]{1,3}[1-9][0-9]{0,6}")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?")
_BOOLEANS = {"0": "0", "1": "1", "false": "0", "true": "1"}
_BLANKS = " \t\r\n"


def plain_sheet(data: bytes, part: str, at: Location) -> bytes:
    """The worksheet in `data` in plain form; raises FactsError if it is damaged or too large."""
    writer = _SheetWriter(part, at)
    writer.run(data)
    if not writer.is_worksheet:
        raise damage(Text(f'the part "{part}" is no worksheet', f"部件“{part}”不是工作表"), at=at)
    rows, merged = "".join(writer.out), "".join(f'<mergeCell ref="{each}"/>' for each in writer.merged)
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{merged}</worksheet>'.encode()


def plain_strings(data: bytes, part: str, at: Location) -> bytes:
    """The shared strings in `data` in plain form; raises FactsError if they are damaged or too large."""
    writer = _StringsWriter(part, at)
    writer.run(data)
    return f'<sst xmlns="{_MAIN}">{"".join(writer.out)}</sst>'.encode()


class _TextReader(PartReader):
    """Collects the text of plain and rich strings; phonetic guides are not part of a text."""

    def __init__(self, part: str, at: Location) -> None:
        super().__init__(part, at)
        self.out: list[str] = []
        self.texts: list[str] = []
        self._collected: list[str] | None = None
        self._preserve = False
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "rPh":
            self._phonetic += 1
        elif name == "t" and not self._phonetic:
            self.collect()
            self._preserve = attributes.get("http://www.w3.org/XML/1998/namespace space") == "preserve"

    def end(self, name: str) -> None:
        if name == "rPh":
            self._phonetic -= 1
        elif name == "t" and not self._phonetic:
            text = self.collected()
            self.texts.append(text if self._preserve else text.strip(_BLANKS))

    def text(self, characters: str) -> None:
        if self._collected is not None:
            self._collected.append(characters)

    def collect(self) -> None:
        """Collect the characters from here on."""
        self._collected = []

    def collected(self) -> str:
        """The characters collected, and stop."""
        text, self._collected = "".join(self._collected or ()), None
        return text

    def take_text(self) -> str:
        """The text of the string that ends here, as an element."""
        text = "".join(self.texts)
        self.texts.clear()
        return f'<t xml:space="preserve">{_escaped(text)}</t>'


class _StringsWriter(_TextReader):
    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.out.append(f"<si>{self.take_text()}</si>")


class _SheetWriter(_TextReader):
    """Writes rows and cells, each with its place. A cell without one follows the cell before it, a row the row."""

    def __init__(self, part: str, at: Location) -> None:
        super().__init__(part, at)
        self.merged: list[str] = []
        self._row = self._column = 0
        self._cell: dict[str, str] | None = None
        self._value: str | None = None
        self._formula = self._inline = self._within = self.is_worksheet = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheetData":
            self._within = self.is_worksheet = True
        elif self._within:
            self._start_within(name, attributes)
        elif name == "mergeCell" and (area := _AREA.fullmatch(attributes.get("ref", ""))):
            self.merged.append(area.group().upper())

    def _start_within(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == "row":
            self._start_row(attributes.get("r"))
        elif name == "c":
            self._start_cell(attributes)
        elif name == "v" and self._cell is not None:
            self.collect()
        elif name == "f":
            self._formula = True
        elif name == "is":
            self._inline = True

    def end(self, name: str) -> None:
        if not self._within:
            return
        super().end(name)
        if name == "v" and self._cell is not None:
            self._value = self.collected()
        elif name == "c" and self._cell is not None:
            self._write_cell(self._cell)
        elif name == "row":
            self.out.append("</row>")
            self._column = 0
        elif name == "sheetData":
            self._within = False

    def _start_row(self, number: str | None) -> None:
        if number is None:
            self._row += 1
        elif number.isascii() and number.isdigit() and len(number) < 10:
            self._row = int(number)
        else:
            raise self._misplaced(f'a row has the number "{number[:20]}"', f"有一行的行号是“{number[:20]}”")
        if not 0 < self._row <= MAX_ROWS:
            raise self._misplaced(
                f"row {self._row} is beyond the last row of a sheet", f"第 {self._row} 行超出工作表的最后一行"
            )
        self.out.append(f'<row r="{self._row}">')

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if not self._row:
            raise self._misplaced("a cell stands outside of a row", "有单元格不在任何一行中")
        reference = attributes.get("r")
        self._column += 1
        if reference is not None:
            match = _REFERENCE.fullmatch(reference)
            if match is None:
                raise self._misplaced(
                    f'a cell has the place "{reference[:20]}"', f"有单元格的位置写为“{reference[:20]}”"
                )
            if int(match.group(2)) != self._row:
                what = Text(
                    f"cell {reference} stands in row {self._row}", f"单元格 {reference} 出现在第 {self._row} 行中"
                )
                raise damage(what, SAVE_AGAIN, TRY_SECOND_READER, at=self.at)
            self._column = column_number(match.group(1).upper().encode())
        if self._column > MAX_COLUMNS:
            raise self._misplaced(
                f"a cell of row {self._row} is beyond column XFD, the last of a sheet",
                f"第 {self._row} 行有单元格超出工作表的最后一列 XFD",
            )
        self._cell, self._value, self._formula, self._inline = attributes, None, False, False
        self.texts.clear()

    def _write_cell(self, attributes: dict[str, str]) -> None:
        self._cell = None
        if not (self._formula or self._inline or self._value is not None):
            return
        name = cell_name(self._row - 1, self._column - 1)
        style = attributes.get("s", "")
        shown = f' s="{style}"' if style.isascii() and style.isdigit() else ""
        self.out.append(f'<c r="{name}"{shown}{self._content(attributes.get("t", "n"), name)}')

    def _content(self, kind: str, name: str) -> str:
        """The rest of a cell: its type, formula and value."""
        formula = "<f></f>" if self._formula else ""
        if kind == "inlineStr" or (self._inline and self._value is None):
            return f' t="inlineStr">{formula}<is>{self.take_text()}</is></c>'
        if self._value is None or (not self._value and kind not in ("d", "e", "str")):
            return f">{formula}</c>"
        typed = _typed(kind, self._value)
        if typed is None:
            what = Text(
                f'the cell has the type "{kind[:20]}" and the value "{self._value[:20]}"',
                f"单元格的类型是“{kind[:20]}”，值却是“{self._value[:20]}”",
            )
            at = Location(self.at.file, self.at.sheet, name)
            raise damage(what, SAVE_AGAIN, TRY_SECOND_READER, at=at)
        return f' t="{typed[0]}">{formula}<v>{_escaped(typed[1])}</v></c>'

    def _misplaced(self, en: str, zh: str) -> FactsError:
        return damage(Text(en, zh), at=self.at)


def _typed(kind: str, value: str) -> tuple[str, str] | None:
    """Type and value of a cell in plain form; None if there is none. What is no number or boolean becomes text."""
    word = value.strip(_BLANKS)
    if kind == "n":
        return ("n", word) if _PLAIN_NUMBER.fullmatch(word) else ("str", value)
    if kind == "b":
        return ("b", _BOOLEANS[word]) if word in _BOOLEANS else ("str", value)
    if kind == "s":
        return ("s", word) if word.isascii() and word.isdigit() else None
    if kind in ("d", "e"):
        return (kind, re.sub("[<>&]", "", value))
    return ("str", value) if kind == "str" else None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
