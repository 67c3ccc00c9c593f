"""Group cells that are merged down beside the rows of their group: a phase, a process area.

The leading columns of a table are such, as long as their cells are words or running numbers and are merged over several
rows. Their value holds for each of these rows. In all other columns it is not known whether what is merged is
meant for each row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from riskcheck.facts.grid import Grid
from riskcheck.facts.rawcell import RawCell, is_blank
from riskcheck.facts.sheet import Position
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import area_name
from riskcheck.model.schema import FieldType
from riskcheck.model.text import Text

_GROUPED_BY = (FieldType.STRING, FieldType.ENUM)


def group_cells(
    reading: SheetReading, fields: Mapping[int, str], own: Sequence[int], rows: Sequence[int]
) -> dict[Position, Position]:
    """The cells in `rows` that group cells cover, each with the position of the cell that has its value.

    `fields` are the fields that are read, by column. Each column of group cells is told.
    """
    grid, anchors = reading.grid, {}
    among = frozenset(rows)
    for column in own:
        covered = {row for row in grid.merged.get(column, ()) if row in among}
        field = fields.get(column)
        is_group = field is None or reading.table.by_name[field].type in _GROUPED_BY
        if not covered or not is_group:
            if field is None and not covered and _is_numbered(grid.column(column, rows)):
                continue
            break
        areas = [
            area
            for by_column in grid.areas.values()
            if (area := by_column.get(column)) and area[1] == area[3] and not is_blank(grid.cell(area[0], column))
        ]
        filled = {(row, column): area[:2] for area in areas for row in range(area[0] + 1, area[2] + 1) if row in among}
        anchors.update(filled)
        if field is not None and filled:
            reading.problems.append(_told(reading, field, min(area for area in areas if area[:2] in filled.values())))
    return anchors


def _is_numbered(cells: Sequence[RawCell]) -> bool:
    return all(isinstance(raw, int | float) or is_blank(raw) for raw in cells)


def _told(reading: SheetReading, name: str, area: tuple[int, int, int, int]) -> InputProblem:
    title = reading.table.by_name[name].title
    return InputProblem(
        "merged-group",
        "note",
        Text(
            f"{title.en}: merged cells in this column are read for each of their rows (the first: {area_name(area)})",
            f"{title.zh}：此列的合并单元格按其所跨的每一行读取（第一处为 {area_name(area)}）",
        ),
        reading.at(*area[:2]),
    )


def filled_down(grid: Grid, column: int, rows: Sequence[int], anchors: Mapping[Position, Position]) -> list[RawCell]:
    """The cells of one column in `rows`; what a group cell covers has its value."""
    return [
        grid.cell(*anchors[row, column]) if (row, column) in anchors else raw
        for row, raw in zip(rows, grid.column(column, rows), strict=True)
    ]
