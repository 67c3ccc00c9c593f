"""Rectangles of cells on a sheet: reading them, and which of them cover certain cells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator

from riskcheck.facts.sheet import Area, Position, column_number

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6}))?")
_MOST_STEPS = 5_000_000


class TooManyAreas(Exception):  # noqa: N818 - a signal, for the caller to word
    """Areas lie over each other by the million."""


def area_of(reference: str) -> Area | None:
    """The area that `B2:D4` or `B2` means; None if it means none."""
    found = _REFERENCE.fullmatch(reference.strip())
    if found is None:
        return None
    left, top = column_number(found[1].upper().encode()) - 1, int(found[2]) - 1
    if found[3] is None:
        return top, left, top, left
    right, bottom = column_number(found[3].upper().encode()) - 1, int(found[4]) - 1
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def position_of(reference: str) -> Position | None:
    """The place of the cell that `B2` means; None if it means none."""
    area = area_of(reference)
    return area[:2] if area is not None and area[:2] == area[2:] else None


def covering(areas: Iterable[Area], positions: Collection[Position]) -> dict[Position, Area]:
    """For each of `positions` that one of `areas` covers, the first of them. Raises TooManyAreas."""
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(positions):
        by_row.setdefault(row, []).append(column)
    rows = sorted(by_row)
    found: dict[Position, Area] = {}
    for step, (area, position) in enumerate(_covered(areas, rows, by_row)):
        if position is not None:
            found.setdefault(position, area)
        if step > _MOST_STEPS:
            raise TooManyAreas
    return found


def _covered(
    areas: Iterable[Area], rows: list[int], by_row: dict[int, list[int]]
) -> Iterator[tuple[Area, Position | None]]:
    """Each area with each position in it, or with None for a row in which it covers none."""
    for area in areas:
        top, left, bottom, right = area
        for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
            columns = by_row[row]
            within = columns[bisect_left(columns, left) : bisect_right(columns, right)]
            yield from ((area, (row, column)) for column in within) if within else ((area, None),)
