"""Merged cells of a worksheet. The first shows its value for all of them; in the file the others hold nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from riskcheck.facts.sheet import Area, column_number

_ROWS_END = b"</sheetData>"
_MERGED = rb"""<mergeCell\s[^<>]*?ref=["']([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})["']"""


def merged_areas(sheet: bytes, last_row: int, last_column: int, most: int) -> tuple[Area, ...]:
    """The merged areas in the XML of a sheet, as far as they lie in its used area and have two cells there.

    `last_row` and `last_column` end the used area, from 1. It stops when the areas have `most` cells.
    """
    after = sheet.find(_ROWS_END)
    if after < 0 or sheet.find(b"<mergeCell", after) < 0:
        return ()
    found = []
    for area in _areas(sheet, after, last_row - 1, last_column - 1):
        if area_size(area) > 1:
            found.append(area)
            most -= area_size(area)
        if most <= 0:
            break
    return tuple(found)


def area_size(area: Area) -> int:
    """How many cells the area has; 0 if it ends before it begins."""
    top, left, bottom, right = area
    return max(0, bottom - top + 1) * max(0, right - left + 1)


def _areas(sheet: bytes, after: int, last_row: int, last_column: int) -> Iterator[Area]:
    for left, top, right, bottom in re.compile(_MERGED).findall(sheet, after):
        yield (
            int(top) - 1,
            column_number(left) - 1,
            min(int(bottom) - 1, last_row),
            min(column_number(right) - 1, last_column),
        )
