"""A workbook in another format than Office Open XML, cell by cell, as the .xlsx workbook that says the same.

Readers of `.xls`, `.xlsb` and `.ods` files put down here what they find. From there on it is read as every workbook is:
the same bounds, the same marks (errors, percentages, merged cells), the same reader of values and of dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isfinite

from riskcheck.errors import FactsError
from riskcheck.facts.plainworkbook import named_workbook
from riskcheck.facts.refusal import refusal
from riskcheck.facts.sheet import Area
from riskcheck.facts.workbookparts import Styles, no_worksheets
from riskcheck.facts.workbookscan import KEEP_ONLY_CHECKED, MAX_CELLS
from riskcheck.model.place import Location, area_name, column_letters
from riskcheck.model.text import Text

MAX_TEXT = 128 * 2**20
"""Most characters in the texts of all cells, each different text counted once."""

_NO_STYLES = Styles()
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class PlainSheet:
    """One worksheet being written down: rows from above, in each row cells from the left."""

    def __init__(self, book: PlainBook, name: str, visible: bool) -> None:
        self.name, self.visible = name, visible
        self.merged: list[Area] = []
        self._book, self._row = book, -1
        self._out: list[str] = []

    def number(self, row: int, column: int, value: float, style: int = 0) -> None:
        """A number, or the day that it counts; `style` is an index into the book's styles."""
        if not isfinite(value):
            self.error(row, column, "#NUM!")
            return
        self._cell(row, column, style, f"><v>{value!r}</v>")

    def text(self, row: int, column: int, text: str) -> None:
        """A text."""
        self._cell(row, column, 0, f' t="s"><v>{self._book.index_of(text)}</v>')

    def shared(self, row: int, column: int, index: int) -> None:
        """A text that the book has by this number."""
        self._cell(row, column, 0, f' t="s"><v>{index}</v>')

    def truth(self, row: int, column: int, value: bool) -> None:
        """TRUE or FALSE."""
        self._cell(row, column, 0, f' t="b"><v>{int(value)}</v>')

    def error(self, row: int, column: int, name: str) -> None:
        """An error such as `#N/A`."""
        self._cell(row, column, 0, f' t="e"><v>{re.sub("[<>&]", "", name)[:40]}</v>')

    def unstored(self, row: int, column: int) -> None:
        """A formula whose result is not in the file."""
        self._cell(row, column, 0, "><f></f>")

    def merge(self, area: Area) -> None:
        """Some cells are merged."""
        if len(self.merged) < MAX_CELLS:
            self.merged.append(area)

    def _cell(self, row: int, column: int, style: int, content: str) -> None:
        self._book.count_cell(self.name)
        if row != self._row:
            self._out.append(f'{"</row>" if self._out else ""}<row r="{row + 1}">')
            self._row = row
        shown = f' s="{style}"' if style else ""
        self._out.append(f'<c r="{column_letters(column)}{row + 1}"{shown}{content}</c>')

    def xml(self) -> tuple[bytes, bytes]:
        """The rows, and what stands behind them."""
        rows = "".join((*self._out, "</row>")) if self._out else ""
        merged = "".join(f'<mergeCell ref="{area_name(area)}"/>' for area in self.merged)
        return rows.encode(), f"<mergeCells>{merged}</mergeCells>".encode() if merged else b""


class PlainBook:
    """A workbook being written down."""

    def __init__(self, at: Location, styles: Styles = _NO_STYLES, date_1904: bool = False) -> None:
        self.at, self.styles, self.date_1904 = at, styles, date_1904
        self._sheets: list[PlainSheet] = []
        self._texts: dict[str, int] = {}
        self._cells = self._length = 0

    def sheet(self, name: str, visible: bool) -> PlainSheet:
        """The next worksheet."""
        sheet = PlainSheet(self, name, visible)
        self._sheets.append(sheet)
        return sheet

    def index_of(self, text: str) -> int:
        """The number of a text that cells may share."""
        index = self._texts.get(text)
        if index is None:
            index = self._texts[text] = len(self._texts)
            self._length += len(text)
            if self._length > MAX_TEXT:
                size = f"{MAX_TEXT // 2**20} MiB"
                raise too_large(Text(f"more than {size} of text", f"超过 {size} 的文本"), self.at)
        return index

    def count_cell(self, sheet: str) -> None:
        """Refuse more cells than a workbook may have."""
        self._cells += 1
        if self._cells > MAX_CELLS:
            what = Text(f"more than {MAX_CELLS:,} cells with content", f"超过 {MAX_CELLS:,} 个有内容的单元格")
            raise too_large(what, Location(self.at.file, sheet))

    def to_xlsx(self) -> bytes:
        """The bytes of the workbook; raises FactsError if it has no worksheets."""
        if not self._sheets:
            raise no_worksheets(self.at)
        sheets = [(each.name, each.visible, *each.xml()) for each in self._sheets]
        return named_workbook(sheets, _strings(list(self._texts)), self.styles, self.date_1904)


def too_large(what: Text, at: Location) -> FactsError:
    """The error for a workbook that has `what`."""
    message = Text(f"the workbook is too large: it has {what.en}", f"工作簿过大：{what.zh}")
    return refusal("workbook-too-large", message, KEEP_ONLY_CHECKED, at=at)


def _strings(texts: Sequence[str]) -> Sequence[bytes]:
    return [f'<si><t xml:space="preserve">{_escaped(text)}</t></si>'.encode("utf-8", "replace") for text in texts]


def _escaped(text: str) -> str:
    """A text in a shared string, in which `_x000D_` means a character and must not if it is meant as it stands."""
    shown = _LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
