"""Where the box of a note lies on its sheet: as wide and high as its text needs, whatever columns and rows are like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from riskcheck.annotate.sheetcells import SheetXml
from riskcheck.facts.sheet import Position
from riskcheck.facts.sheetscan import MAX_COLUMNS, MAX_ROWS

_WIDE = 340
"""Width of a box in pixels."""
_LINE, _MARGIN, _HIGHEST = 15, 12, 420
"""Height of a line, of the margins together, and of the highest box, in pixels."""
_CHARACTERS = 54
"""How many narrow characters a line of a box takes."""
_COLUMN, _ROW = 64, 20
"""Width of a column and height of a row that nothing is said of, in pixels."""
_BESIDE = 12
_FARTHEST = 500
"""A box reaches over no more columns or rows than this."""
_REMEMBERED = 1000
"""Of so many lines the size is remembered: many marks say the same."""


class NoteBoxes:
    """Gives the boxes of one sheet's notes."""

    def __init__(self, sheet: SheetXml) -> None:
        formats = [each.attributes for each in sheet.named("sheetFormatPr")][:1]
        self._column = _pixels_of_width(formats[0].get("defaultColWidth"), _COLUMN) if formats else _COLUMN
        self._row = _pixels_of_height(formats[0].get("defaultRowHeight"), _ROW) if formats else _ROW
        self._heights: Mapping[int, float] = sheet.heights()
        self._widths: dict[int, int] = {}
        self._right: dict[int, tuple[int, int]] = {}
        self._down: dict[int, tuple[int, int]] = {}
        for each in sheet.named("col"):
            first, last = each.attributes.get("min", ""), each.attributes.get("max", "")
            if first.isdigit() and last.isdigit() and len(first) < 6 and len(last) < 6:
                hidden = each.attributes.get("hidden") in ("1", "true")
                wide = 0 if hidden else _pixels_of_width(each.attributes.get("width"), self._column)
                columns = range(int(first) - 1, min(int(last), MAX_COLUMNS))
                self._widths.update(dict.fromkeys(columns, wide))

    def anchor(self, position: Position, height: int) -> str:
        """First column, offset, first row, offset, last column, offset, last row, offset, as a box is anchored."""
        row, column = position
        top = max(row - 1, 0)
        left = column + 1 if column + 8 < MAX_COLUMNS else max(column - 8, 0)
        if left not in self._right:
            self._right[left] = self._reach(left, _BESIDE + _WIDE, self._width, MAX_COLUMNS)
        right, right_rest = self._right[left]
        if self._heights or top + _FARTHEST > MAX_ROWS:
            bottom, bottom_rest = self._reach(top, 4 + height, self._height, MAX_ROWS)
        else:  # all rows are alike
            if height not in self._down:
                self._down[height] = self._reach(0, 4 + height, self._height, MAX_ROWS)
            bottom, bottom_rest = top + self._down[height][0], self._down[height][1]
        return f"{left}, {_BESIDE}, {top}, 4, {right}, {right_rest}, {bottom}, {bottom_rest}"

    def _width(self, column: int) -> int:
        return self._widths.get(column, self._column)

    def _height(self, row: int) -> int:
        height = self._heights.get(row)
        return self._row if height is None else int(height * 4 / 3)

    @staticmethod
    def _reach(start: int, pixels: int, size: Callable[[int], int], most: int) -> tuple[int, int]:
        place = start
        last = min(most - 1, start + _FARTHEST)
        while place < last and pixels > (step := size(place)):
            pixels -= step
            place += 1
        return place, max(0, pixels)


def height_of(text: str) -> int:
    """The height of a box for `text` in pixels."""
    return min(_HIGHEST, lines_of(text, _CHARACTERS) * _LINE + _MARGIN)


def lines_of(text: str, columns: int) -> int:
    """How many lines of so many narrow characters `text` takes, roughly: what has three bytes in UTF-8 is wide."""
    return sum([_lines_of_one(line, columns) for line in text.split("\n")])


@lru_cache(maxsize=_REMEMBERED)
def _lines_of_one(line: str, columns: int) -> int:
    return 1 + max(0, len(line.encode()) + len(line) - 1) // (2 * columns)


def _pixels_of_width(written: str | None, otherwise: int) -> int:
    number = _number(written)
    return otherwise if number is None else min(int(number * 7 + 5), 2000)


def _pixels_of_height(written: str | None, otherwise: int) -> int:
    number = _number(written)
    return otherwise if number is None else min(int(number * 4 / 3), 600)


def _number(written: str | None) -> float | None:
    try:
        number = float(written) if written and len(written) < 30 else -1.0
    except ValueError:
        return None
    return number if 0 <= number < 10_000 else None
