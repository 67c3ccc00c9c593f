"""A worksheet seen as raw cells, by sheet row and column (from 0): its values with their marks laid over them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import itemgetter

from riskcheck.celltext import clean
from riskcheck.facts.rawcell import ErrorValue, Merged, PercentNumber, RawCell, Unsaid, is_blank, raw_text
from riskcheck.facts.sheet import Area, Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_COMMENT = r"#(?!$|\d|N/A|REF!|DIV/0!|VALUE!|NAME\?|NULL!|NUM!)"


def is_comment(raw: RawCell) -> bool:
    """Whether the cell begins with `#`, the mark of what is not read (not `#` alone, `#12`, `#N/A`)."""
    return isinstance(raw, str) and ("#" in raw or "＃" in raw) and re.match(_COMMENT, clean(raw)) is not None


def is_help(raw: RawCell) -> bool:
    """Whether a comment begins as the template's help does: with a blank after the `#`."""
    return isinstance(raw, str) and clean(raw)[1:2].isspace()


class Grid:
    """One worksheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @cached_property
    def marks(self) -> dict[int, dict[int, RawCell]]:
        """By column and row the cells whose value alone does not say what they hold."""
        marks: dict[int, dict[int, RawCell]] = {}
        for row, column in self.sheet.percent:
            value = self._value(row, column)
            if isinstance(value, int | float) and not isinstance(value, bool):
                marks.setdefault(column, {})[row] = PercentNumber(value)
        for row, column in self.sheet.unstored:
            marks.setdefault(column, {})[row] = Unsaid.UNSTORED
        for (row, column), name in self.sheet.errors.items():
            marks.setdefault(column, {})[row] = ErrorValue(name)
        return marks

    @cached_property
    def merged(self) -> dict[int, dict[int, RawCell]]:
        """By column and row the cells that a merged cell before them covers, where that one holds something."""
        covered: dict[int, dict[int, RawCell]] = {}
        for top, left, bottom, right in self.sheet.merged:
            first = self.cell(top, left)
            if is_blank(first):
                continue
            for column in range(left, right + 1):
                below = top + 1 if column == left else top
                covered.setdefault(column, {}).update(dict.fromkeys(range(below, bottom + 1), Merged(raw_text(first))))
        return covered

    @cached_property
    def areas(self) -> dict[int, dict[int, Area]]:
        """The merged areas, by the row and column of their first cell."""
        found: dict[int, dict[int, Area]] = {}
        for area in self.sheet.merged:
            found.setdefault(area[0], {})[area[1]] = area
        return found

    @cached_property
    def rows(self) -> range:
        """The rows from the first to the last that may hold something."""
        sheet = self.sheet
        marked = [row for cells in self.marks.values() for row in cells]
        first = min(marked, default=sheet.first_row)
        last = max(marked, default=-1)
        if sheet.rows:
            first, last = min(first, sheet.first_row), max(last, sheet.first_row + len(sheet.rows) - 1)
        return range(first, last + 1)

    @cached_property
    def columns(self) -> range:
        """The columns from the first to the last that may hold something."""
        sheet = self.sheet
        first, last = min(self.marks, default=sheet.first_column), max(self.marks, default=-1)
        if sheet.rows:
            first, last = min(first, sheet.first_column), max(last, sheet.first_column + len(sheet.rows[0]) - 1)
        return range(first, last + 1)

    def cell(self, row: int, column: int) -> RawCell:
        """The cell, `""` if there is nothing."""
        marks = self.marks
        mark = marks[column].get(row) if column in marks else None
        return self._value(row, column) if mark is None else mark

    def filled(self, row: int) -> list[tuple[int, RawCell]]:
        """The columns of a row that hold something, and what."""
        values = enumerate(self.values(row), start=self.sheet.first_column)
        found = [(column, raw) for column, raw in values if raw != "" and not is_blank(raw)]
        marked = {column: cells[row] for column, cells in self.marks.items() if row in cells}
        return sorted((dict(found) | marked).items()) if marked else found

    def values(self, row: int) -> tuple[RawCell, ...]:
        """The values of a row, from the sheet's first column on, without the marks."""
        index = row - self.sheet.first_row
        return self.sheet.rows[index] if 0 <= index < len(self.sheet.rows) else ()

    def column(self, column: int, rows: Sequence[int]) -> Sequence[RawCell]:
        """The cells of one column in `rows`, with those that are merged with one before them marked."""
        index, first, values = column - self.sheet.first_column, self.sheet.first_row, self.sheet.rows
        width = len(values[0]) if values else 0
        if 0 <= index < width and rows and first <= rows[0] and rows[-1] < first + len(values):
            if rows[-1] - rows[0] + 1 == len(rows):
                wanted: Sequence[Any] = values[rows[0] - first : rows[-1] - first + 1]
            else:
                wanted = [values[row - first] for row in rows]
            return self._marked(column, rows, list(map(itemgetter(index), wanted)))
        return self._marked(column, rows, [self._value(row, column) for row in rows])

    def table(self, columns: Sequence[int], rows: range) -> list[Sequence[RawCell]]:
        """The cells of several columns in `rows`, each as `column` has it; quicker than one by one."""
        left, first, values = self.sheet.first_column, self.sheet.first_row, self.sheet.rows
        if not rows or rows[0] < first or rows[-1] >= first + len(values):
            return [self.column(column, rows) for column in columns]
        turned = list(zip(*values[rows[0] - first : rows[-1] - first + 1], strict=True))
        return [
            self._marked(column, rows, turned[column - left])
            if 0 <= column - left < len(turned)
            else self.column(column, rows)
            for column in columns
        ]

    def _marked(self, column: int, rows: Sequence[int], cells: Sequence[Any]) -> Sequence[RawCell]:
        marks = self.marks.get(column, {}) | self.merged.get(column, {})
        if marks:
            cells = [marks.get(row, cell) for row, cell in zip(rows, cells, strict=True)]
        return cells

    def values_of_row(self, row: int, columns: Sequence[int]) -> list[RawCell]:
        """The cells of one row in `columns`, with those that are merged with one before them marked."""
        return [self.merged.get(column, {}).get(row, self.cell(row, column)) for column in columns]

    def rows_of_column(self, column: int) -> Iterator[int]:
        """The rows in which `column` holds something."""
        return (row for row in self.rows if not is_blank(self.cell(row, column)))

    def bounds(self, rows: Sequence[int], columns: range) -> Area:
        """The smallest area that holds all that is filled in `rows` and `columns`, of which something must be."""
        found = [
            (row, filled[0], filled[-1])
            for row in rows
            if (filled := [column for column, _ in self.filled(row) if column in columns])
        ]
        return found[0][0], min(left for _, left, _ in found), found[-1][0], max(right for _, _, right in found)

    def _value(self, row: int, column: int) -> RawCell:
        sheet = self.sheet
        rows, down, across = sheet.rows, row - sheet.first_row, column - sheet.first_column
        return rows[down][across] if 0 <= down < len(rows) and 0 <= across < len(rows[down]) else ""
