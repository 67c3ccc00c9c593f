"""Headers of two or three rows: group heads, merged or written once over the columns of their group.

A row belongs to the header above it if a merged head, or a head that says planned, actual or the like, stands over its
cells. In the last row of the header at least one cell names a field, alone or together with the heads over it, and two
do if no head is merged. Below a head that names a field on its own nothing may stand: that would be a row of the table.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import chain

from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.headmeaning import meaning, says_kind
from riskcheck.facts.heads import Head, Header
from riskcheck.facts.names import LONGEST_NAME, Names
from riskcheck.facts.sheet import Position
from riskcheck.frozen import frozen
from riskcheck.model.schema import Table

MOST_ROWS = 3
"""A header has at most so many rows."""
MOST_CELLS = 400
"""No row with more cells is taken for a row of such a header."""


@frozen
class _Cell:
    """A cell of a header row, and the last column over which it stands."""

    row: int
    column: int
    right: int
    text: str
    merged: bool


_Over = dict[int, tuple[_Cell, ...]]
"""The heads over each column, from the top."""


def grouped_header(grid: Grid, table: Table, names: Names, top: int) -> Header | None:
    """The header of several rows that begins with row `top`, or None if there is none."""
    levels = [_cells(grid, top, frozenset())]
    while levels[-1] and len(levels) < MOST_ROWS:
        bottom = top + len(levels) - 1
        heads = {cell.column for cell in chain.from_iterable(levels)}
        below = _cells(grid, bottom + 1, heads | _covered(grid, top, bottom))
        if not below or not _stands_over(levels[-1], below):
            break
        levels.append(below)
    for count in range(len(levels), 1, -1):
        over = _over(levels[: count - 1])
        if _names_fields(table, names, over, levels[count - 1]):
            return Header(top, top + count - 1, tuple(_heads(table, names, over, levels[count - 1])))
    return None


def _cells(grid: Grid, row: int, stops: Set[int]) -> tuple[_Cell, ...]:
    """The cells of a header row; none if it holds anything but names.

    In a row without merged heads a head stands over the blank cells to its right, too, as far as to the next of the
    columns `stops`, where another head above begins or covers this row.
    """
    filled = [(column, raw) for column, raw in grid.filled(row) if not is_comment(raw)]
    if len(filled) > MOST_CELLS or not all(isinstance(raw, str) and len(raw) <= LONGEST_NAME for _, raw in filled):
        return ()
    areas = grid.areas.get(row, {})
    ends = {column: areas[column][3] if column in areas else column for column, _ in filled}
    merged = {column for column, end in ends.items() if end > column}
    if not merged:
        stops = {*ends, *stops, grid.columns.stop}
        ends = {column: min(stop for stop in stops if stop > column) - 1 for column in ends}
    return tuple(_Cell(row, column, ends[column], str(raw), column in merged) for column, raw in filled)


def _covered(grid: Grid, top: int, bottom: int) -> frozenset[int]:
    """The columns whose cell in the row after `bottom` is merged with one in the rows from `top`."""
    return frozenset(
        column
        for row in range(top, bottom + 1)
        for _, left, last, right in grid.areas.get(row, {}).values()
        if last > bottom
        for column in range(left, right + 1)
    )


def _stands_over(cells: tuple[_Cell, ...], below: tuple[_Cell, ...]) -> bool:
    """Whether `cells` are heads over the groups of cells `below`: one is merged over two of them, or says their kind.

    One head over all of them is the title of the table.
    """
    columns = [cell.column for cell in below]
    if len(cells) == 1 and cells[0].column <= columns[0] and columns[-1] <= cells[0].right:
        return False
    return any(
        says_kind(cell.text) if not cell.merged else sum(cell.column <= column <= cell.right for column in columns) > 1
        for cell in cells
    )


def _over(levels: Sequence[tuple[_Cell, ...]]) -> _Over:
    over: _Over = {}
    for cell in chain.from_iterable(levels):
        for column in range(cell.column, cell.right + 1):
            over[column] = (*over.get(column, ()), cell)
    return over


def _names_fields(table: Table, names: Names, over: _Over, below: tuple[_Cell, ...]) -> bool:
    """Whether the cells `below` are heads under those `over` them, and no row of the table."""
    named = 0
    for cell in below:
        heads = over.get(cell.column, ())
        alone = names.match(cell.text) is not None
        known = alone or meaning(table, names, [*(head.text for head in heads), cell.text]) is not None
        named += known
        under = heads[-1] if heads and heads[-1].column == cell.column and not heads[-1].merged else None
        if under is not None and names.match(under.text) and (alone or not known):
            return False
    merged = any(cell.merged for cells in over.values() for cell in cells)
    return named >= (1 if merged else min(2, len(below)))


def _heads(table: Table, names: Names, over: _Over, last: tuple[_Cell, ...]) -> list[Head]:
    """The heads of all columns: the cells of the `last` row under those `over` them, and the others alone."""
    heads = []
    lowest_cells = {cell.column: cell for cell in last}
    for column in sorted({*over, *lowest_cells}):
        cells = (*over.get(column, ()), *([lowest_cells[column]] if column in lowest_cells else []))
        lowest = cells[-1]
        if lowest.column != column:  # a group head, with nothing below it here
            continue
        texts = [cell.text for cell in cells]
        above: tuple[Position, ...] = tuple((cell.row, cell.column) for cell in cells[:-1])
        heads.append(Head(column, lowest.row, " / ".join(texts), meaning(table, names, texts), above))
    return heads
