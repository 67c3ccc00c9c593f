"""Which cell is to blame when the values of a sheet cannot be read."""

from __future__ import annotations

import re

from riskcheck.facts import sheetgrammar
from riskcheck.model.text import Text

_SHARED_TEXT, _THE_CELL = Text("a text that cells share", "多个单元格共用的文本"), Text("the cell", "单元格")

_UNKNOWN_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)[^<;\s]{0,20};?")
_CELL = re.compile(rb'<c r="([A-Z]++[0-9]++)"')


def find_damage(rows: bytes, strings: bytes) -> tuple[str | None, Text] | None:
    """The cell (None: a text that cells share) and what is wrong in it; None if nothing is found.

    `rows` are scanned rows, `strings` the shared strings that they refer to.
    """
    for xml, subject in ((strings, _SHARED_TEXT), (rows, _THE_CELL)):
        found = _wrong_text(xml)
        if found is not None:
            cell = _cell_before(rows, found[0]) if xml is rows else None
            return cell, Text(f"{subject.en} {found[1].en}", f"{subject.zh}{found[1].zh}")
    return _unknown_string(rows, strings)


def _wrong_text(xml: bytes) -> tuple[int, Text] | None:
    """Where text is wrong, and how."""
    try:
        xml.decode()
    except UnicodeDecodeError as error:
        return error.start, Text("holds bytes that are no UTF-8 text", "含有不是 UTF-8 文本的字节")
    entity = _UNKNOWN_ENTITY.search(xml)
    if entity is None:
        return None
    shown = entity.group().decode("utf-8", "replace")
    return entity.start(), Text(f'holds "{shown}", which XML does not know', f"含有 XML 中没有定义的“{shown}”")


def _unknown_string(rows: bytes, strings: bytes) -> tuple[str | None, Text] | None:
    count = len(re.split(sheetgrammar.STRING_END, strings)) - 1
    for found in re.finditer(sheetgrammar.SHARED_STRING, rows):
        if int(found.group(1)) >= count:
            number = found.group(1).decode()
            what = Text(
                f"the cell refers to text {number}, and the file holds {count} texts",
                f"单元格引用第 {number} 号文本，而文件中只有 {count} 个文本",
            )
            return _cell_before(rows, found.end()), what
    return None


def _cell_before(rows: bytes, position: int) -> str | None:
    cell = _CELL.match(rows, max(rows.rfind(b"<c ", 0, position), 0))
    return cell.group(1).decode() if cell else None
