"""What stands around a table on its sheet: above its header, and in columns without a header."""

from __future__ import annotations

from collections.abc import Iterable

from riskcheck.facts import leftout
from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.heads import Header, header_in_row, is_header_row
from riskcheck.facts.names import Names
from riskcheck.facts.rawcell import is_blank
from riskcheck.facts.sheetreading import SheetReading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from riskcheck.facts.headblock import HeadBlock


def read_above(reading: SheetReading, names: Names, header: Header) -> tuple[tuple[HeadBlock, ...], bool]:
    """What the rows above the header say of tables without a sheet; the other rows are told.

    Also whether they may be another part of the table, with a header of its own.
    """
    grid, table = reading.grid, reading.table
    rows = [
        row
        for row in range(grid.rows.start, header.top)
        if (filled := grid.filled(row)) and not is_comment(filled[0][1])
    ]
    other = next((row for row in rows if _begins_table(grid, names, row, row + 1 in rows)), None)
    heads: tuple[HeadBlock, ...] = ()
    above = [row for row in rows if other is None or row < other]
    if above and reading.absent:
        from riskcheck.facts.headblock import head_blocks

        heads = head_blocks(reading, above)
        above = [row for row in above if not any(row in head.rows for head in heads)]
    if above:
        reading.leave_out(leftout.above_header(table, grid.bounds(above, grid.columns)))
    if other is not None:
        reading.leave_out(leftout.other_table(table, other, grid.bounds(range(other, rows[-1] + 1), grid.columns)))
    return heads, other is not None


def _begins_table(grid: Grid, names: Names, row: int, has_next: bool) -> bool:
    """Whether a row looks like a header: by itself, or since it names two fields and a row like one of a table follows.

    A row of names and values is followed by another such, or by less.
    """
    filled = grid.filled(row)
    if is_header_row(names, row, filled):
        return True
    if not has_next or len(set(header_in_row(names, row, filled).fields.values())) < 2:
        return False
    below = grid.filled(row + 1)
    return 2 * len(below) >= len(filled) and not header_in_row(names, row + 1, below).fields


def report_unheaded(reading: SheetReading, header: Header) -> None:
    """Tell what stands below the header in columns without one, a range for columns side by side."""
    grid = reading.grid
    heads = range(header.top, header.bottom + 1)
    headed = {column for column in grid.columns if not all(is_blank(grid.cell(row, column)) for row in heads)}
    unheaded = [column for column in grid.columns if column not in headed]
    filled = [column for column in unheaded if any(row > header.bottom for row in grid.rows_of_column(column))]
    for columns in side_by_side(filled):
        area = grid.bounds(range(header.bottom + 1, grid.rows.stop), columns)
        touches = columns.start - 1 in headed or columns.stop in headed
        tell = leftout.column_without_header if touches else leftout.beside_table
        reading.leave_out(tell(reading.table, area))


def side_by_side(columns: Iterable[int]) -> list[range]:
    """Ascending columns, those that stand side by side together."""
    groups: list[range] = []
    for column in columns:
        if groups and groups[-1].stop == column:
            groups[-1] = range(groups[-1].start, column + 1)
        else:
            groups.append(range(column, column + 1))
    return groups
