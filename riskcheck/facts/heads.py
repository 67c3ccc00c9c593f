"""The header of a table on a sheet: its rows, and what each of its columns is called.

A first row that is filled from the first to the last column of the sheet, and of which more than half are names of
the table's fields, is the header; that is the usual case, and the quick one. All else is for `headersearch`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.names import Match, Names
from riskcheck.facts.rawcell import RawCell, raw_text
from riskcheck.facts.sheet import Position
from riskcheck.frozen import frozen


@frozen
class Head:
    """The header of one column: where its lowest cell stands, what is written, and the field that it names."""

    column: int
    row: int
    text: str
    match: Match | None
    above: tuple[Position, ...] = ()
    """The cells of the group heads over it, from the top; `text` holds what is written in them, too."""


@frozen
class Header:
    """The header of a table: its first and last row, and its columns from left to right, without comments."""

    top: int
    bottom: int
    heads: tuple[Head, ...]
    claimed: frozenset[int] = frozenset()
    """The columns that a mapping names: they are part of the table for sure."""

    @cached_property
    def fields(self) -> dict[int, str]:
        """The fields that are named, by column."""
        return {head.column: head.match.name for head in self.heads if head.match is not None}


def first_row(grid: Grid) -> int | None:
    """The first row of a sheet that is neither blank nor a comment."""
    for row in grid.rows:
        filled = grid.filled(row)
        if filled and not is_comment(filled[0][1]):
            return row
    return None


def plain_header(grid: Grid, names: Names, row: int) -> Header | None:
    """The header in the first row, `row`, if there is no doubt that it is one."""
    filled = grid.filled(row)
    if len(filled) != len(grid.columns):
        return None
    header = header_in_row(names, row, filled)
    named = sum(head.match is not None for head in header.heads)
    return header if 2 * named > len(filled) else None


def header_in_row(names: Names, row: int, filled: Sequence[tuple[int, RawCell]]) -> Header:
    """The row read as a header of one row; `filled` are its cells with content."""
    heads = []
    for column, raw in filled:
        if not is_comment(raw):
            text = raw_text(raw)
            heads.append(Head(column, row, text, names.match(text)))
    return Header(row, row, tuple(heads))


def is_header_row(names: Names, row: int, filled: Sequence[tuple[int, RawCell]]) -> bool:
    """Whether a row looks like a header: two cells side by side name different fields, and most of its cells names."""
    header = header_in_row(names, row, filled)
    side_by_side = any(
        left.match and right.match and left.match.name != right.match.name and left.column + 1 == right.column
        for left, right in pairwise(header.heads)
    )
    return side_by_side and 2 * len(header.fields) > len(filled)
