"""Names of fields with their values beside them, wherever they stand: `Project ID | P-1 | Gate | G2`, `Gate: G2`.

A name's value is the cell to its right, beyond the cells that the name is merged with, or what stands behind its
colon. A row in which names stand side by side is the header of some list, and no row of names and values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.names import Match, Names
from riskcheck.facts.rawcell import RawCell, is_blank
from riskcheck.facts.sheet import Position
from riskcheck.frozen import frozen

SEARCHED_ROWS, SEARCHED_CELLS = 1000, 50
"""Names are looked for in the first rows, and in the first cells of each."""
_SIDE_BY_SIDE = 3
"""So many names side by side are the header of a list."""
_NAME_AND_VALUE = r"(?P<name>[^:：]{1,60})[:：]\s*(?P<value>\S.*)"


@frozen
class KeyCell:
    """A name beside values: where it stands, the field it means, if any, and where its values stand.

    There is one value, unless the sheet has several columns for them. `written` is a value that stands behind the name.
    """

    row: int
    column: int
    text: str
    match: Match | None
    values: tuple[Position, ...]
    written: str | None = None

    def raws(self, grid: Grid) -> list[RawCell]:
        """The values."""
        if self.written is not None:
            return [self.written]
        return [grid.values_of_row(row, (column,))[0] for row, column in self.values]

    def holds_something(self, grid: Grid) -> bool:
        """Whether a value is filled in."""
        return self.written is not None or not all(is_blank(grid.cell(*position)) for position in self.values)


@frozen
class KeyBlock:
    """Filled rows without a blank row between them, and the names in them."""

    rows: range
    keys: tuple[KeyCell, ...]


def key_blocks(grid: Grid, names: Names, rows: Iterable[int]) -> tuple[KeyBlock, ...]:
    """The blocks of filled rows among `rows`, from the top."""
    blocks: list[KeyBlock] = []
    for row in rows:
        filled = grid.filled(row)
        if not filled:
            continue
        searched = filled[:SEARCHED_CELLS] if row < grid.rows.start + SEARCHED_ROWS else []
        add_row(blocks, row, tuple(_keys_in_row(grid, names, row, searched)))
    return tuple(blocks)


def add_row(blocks: list[KeyBlock], row: int, keys: tuple[KeyCell, ...]) -> None:
    """Add a filled row to the last block, or begin a new one after a blank row."""
    if blocks and blocks[-1].rows.stop == row:
        before = blocks.pop()
        blocks.append(KeyBlock(range(before.rows.start, row + 1), before.keys + keys))
    else:
        blocks.append(KeyBlock(range(row, row + 1), keys))


def main_columns(blocks: Sequence[KeyBlock]) -> frozenset[int]:
    """The columns in which most names stand, or at least two."""
    counts = Counter(key.column for block in blocks for key in block.keys)
    most = max(counts.values(), default=0)
    return frozenset(column for column, count in counts.items() if count == most or count > 1)


def name_and_value(text: str) -> tuple[str, str] | None:
    """The parts of `Gate: G2`; None if the text is nothing of the kind."""
    if ":" not in text and "：" not in text:
        return None
    found = re.fullmatch(_NAME_AND_VALUE, text.strip(), re.DOTALL)
    return (found["name"], found["value"]) if found else None


def names_in_row(names: Names, filled: Sequence[tuple[int, RawCell]]) -> int:
    """How many cells of a row are names of fields."""
    return sum(isinstance(raw, str) and names.match(raw) is not None for _, raw in filled[:SEARCHED_CELLS])


def _keys_in_row(grid: Grid, names: Names, row: int, filled: Sequence[tuple[int, RawCell]]) -> Iterator[KeyCell]:
    if not filled or is_comment(filled[0][1]):
        return
    matches = {column: match for column, raw in filled if isinstance(raw, str) and (match := names.match(raw))}
    if any(all(column + step in matches for step in range(_SIDE_BY_SIDE)) for column in matches):
        return
    taken = -1
    for column, raw in filled:
        if column <= taken or not isinstance(raw, str):
            continue
        area = grid.areas.get(row, {}).get(column)
        beside = (area[3] if area else column) + 1
        if column in matches:
            yield KeyCell(row, column, raw, matches[column], ((row, beside),))
            taken = beside
        elif inline := name_and_value(raw):
            match = names.match(inline[0])
            if match is not None:
                yield KeyCell(row, column, inline[0], match, ((row, column),), inline[1])
