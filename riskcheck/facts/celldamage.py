"""Which cell is to blame when the values of a sheet cannot be read."""

from __future__ import annotations

import re

from riskcheck.facts import sheetgrammar

_UNKNOWN_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)[^<;\s]{0,20};?")
_CELL = re.compile(rb'<c r="([A-Z]++[0-9]++)"')


def find_damage(rows: bytes, strings: bytes) -> tuple[str | None, str] | None:
    """The cell (None: a text that cells share) and what is wrong in it; None if nothing is found.

    `rows` are scanned rows, `strings` the shared strings that they refer to.
    """
    for xml, subject in ((strings, "a text that cells share"), (rows, "the cell")):
        found = _wrong_text(xml)
        if found is not None:
            cell = _cell_before(rows, found[0]) if xml is rows else None
            return cell, f"{subject} {found[1]}"
    return _unknown_string(rows, strings)


def _wrong_text(xml: bytes) -> tuple[int, str] | None:
    """Where text is wrong, and how."""
    try:
        xml.decode()
    except UnicodeDecodeError as error:
        return error.start, "holds bytes that are no UTF-8 text"
    entity = _UNKNOWN_ENTITY.search(xml)
    if entity is None:
        return None
    return entity.start(), f'holds "{entity.group().decode("utf-8", "replace")}", which XML does not know'


def _unknown_string(rows: bytes, strings: bytes) -> tuple[str | None, str] | None:
    count = len(re.split(sheetgrammar.STRING_END, strings)) - 1
    for found in re.finditer(sheetgrammar.SHARED_STRING, rows):
        if int(found.group(1)) >= count:
            number = found.group(1).decode()
            return _cell_before(
                rows, found.end()
            ), f"the cell refers to text {number}, and the file holds {count} texts"
    return None


def _cell_before(rows: bytes, position: int) -> str | None:
    cell = _CELL.match(rows, max(rows.rfind(b"<c ", 0, position), 0))
    return cell.group(1).decode() if cell else None
