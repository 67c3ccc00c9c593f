"""What stands on a key sheet beside names and values: other blocks, names that mean nothing, stray cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from riskcheck.facts import leftout
from riskcheck.facts.grid import is_comment
from riskcheck.facts.keycells import KeyBlock, KeyCell, main_columns, name_and_value
from riskcheck.facts.rawcell import is_blank
from riskcheck.facts.sheet import Position
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.surroundings import side_by_side


def blocks_to_read(reading: SheetReading, blocks: Sequence[KeyBlock]) -> tuple[KeyBlock, ...]:
    """The blocks with names of fields in the columns where most of these stand; the others are told."""
    main = main_columns(blocks)
    kept = []
    for block in blocks:
        if any(key.match is not None and key.column in main for key in block.keys):
            kept.append(block)
        else:
            rows = [row for row in block.rows if not is_comment(reading.grid.filled(row)[0][1])]
            if rows:
                area = reading.grid.bounds(rows, reading.grid.columns)
                reading.leave_out(leftout.beside_keys(reading.table, area))
    return tuple(kept)


def with_unknown(reading: SheetReading, blocks: Sequence[KeyBlock]) -> tuple[KeyCell, ...]:
    """The keys of the blocks, and with them what looks like a name beside a value but means no field."""
    main = main_columns(blocks)
    return tuple(key for block in blocks for key in (*block.keys, *_unknown(reading, block, main)))


def _unknown(reading: SheetReading, block: KeyBlock, main: Set[int]) -> Iterator[KeyCell]:
    """Texts in the `main` columns, or beside another name and its value, with something beside them."""
    grid = reading.grid
    taken = {(key.row, key.column) for key in block.keys} | {place for key in block.keys for place in key.values}
    for row in block.rows:
        if is_comment(grid.filled(row)[0][1]):
            continue
        for column, raw in grid.filled(row):
            if not isinstance(raw, str) or (row, column) in taken:
                continue
            inline = name_and_value(raw)
            if inline is not None:
                yield KeyCell(row, column, inline[0], None, ((row, column),), inline[1])
            elif column in main or ((row, column - 1) in taken and not is_blank(grid.cell(row, column + 1))):
                value = (row, column + 1)
                if value not in taken:
                    taken.update(((row, column), value))
                    yield KeyCell(row, column, raw, None, (value,))


def report_beside(
    reading: SheetReading, blocks: Sequence[KeyBlock], keys: Sequence[KeyCell], notes: Set[int] = frozenset()
) -> None:
    """Tell which cells are neither names nor values nor in a column of `notes`, a range for columns side by side."""
    grid = reading.grid
    taken: set[Position] = {(key.row, key.column) for key in keys} | {place for key in keys for place in key.values}
    stray = [
        (row, column)
        for block in blocks
        for row in block.rows
        for column, _ in ([] if is_comment(grid.filled(row)[0][1]) else grid.filled(row))
        if (row, column) not in taken and column not in notes
    ]
    for columns in side_by_side(sorted({column for _, column in stray})):
        rows = [row for row, column in stray if column in columns]
        area = min(rows), columns.start, max(rows), columns.stop - 1
        reading.leave_out(leftout.cell_without_name(reading.table, area, len(rows)))
