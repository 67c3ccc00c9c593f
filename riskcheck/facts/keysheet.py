"""A sheet with names of fields and their values beside them. One-row tables are written so.

A header row (`Field | Value | Note`, `项目 | 值 | 说明`) may stand above; notes beside the values are passed by.
Without it names and values may stand in several columns, as forms have them. Other blocks on the sheet are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from riskcheck.facts import layout, leftout
from riskcheck.facts.grid import is_comment
from riskcheck.facts.headersheet import TableLayout, read_header_sheet
from riskcheck.facts.keycells import KeyCell, key_blocks, names_in_row
from riskcheck.facts.keyheader import blocks_below, key_header
from riskcheck.facts.keysurroundings import blocks_to_read, report_beside, with_unknown
from riskcheck.facts.names import Names, field_names
from riskcheck.facts.origins import CellsOrigin, with_derived
from riskcheck.facts.rawtable import RawTable
from riskcheck.facts.sheet import Area
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import InputProblem
from riskcheck.model.text import Text

SEARCHED_HEADERS = 64
"""In so many rows from the first a header with the fields side by side is looked for."""


@frozen
class KeyLayout:
    """What of a sheet was taken as what: the name of each field, those of them that are read, the header, if any."""

    keys: Mapping[str, KeyCell]
    read: tuple[str, ...]
    others: tuple[KeyCell, ...] = ()
    """Names beside values that mean no field, or one that is not read here."""
    header: Area | None = None

    def raw_table(self, reading: SheetReading) -> RawTable:
        """The raw cells of the one-row table."""
        columns = {name: self.keys[name].raws(reading.grid) for name in self.read}
        count = max((len(key.values) for key in self.keys.values()), default=1)
        return RawTable(reading.table, columns, count, self.origin(reading))

    def origin(self, reading: SheetReading) -> CellsOrigin:
        """Where its cells stand."""
        cells = with_derived(reading.table, {name: key.values for name, key in self.keys.items()})
        written = {name: key.written for name, key in self.keys.items() if key.written is not None}
        return CellsOrigin(reading.file, reading.grid, cells, written)


def read_key_sheet(reading: SheetReading, names: Names | None = None) -> KeyLayout | TableLayout | None:
    """How a one-row table is written on the sheet; None if it has no fields (then `reading` says why).

    `names` are those of its fields, unless they are the schema's.
    """
    grid, names = reading.grid, names or field_names(reading.table)
    header = key_header(grid, names)
    if header is not None:
        _report_above(reading, header.row)
        blocks = blocks_to_read(reading, blocks_below(grid, names, header))
        keys = tuple(key for block in blocks for key in block.keys)
        found = replace(choose_keys(reading, names, keys), header=grid.bounds((header.row,), grid.columns))
        report_beside(reading, blocks, keys, header.notes)
        return found
    blocks = key_blocks(grid, names, grid.rows)
    across = max((names_in_row(names, grid.filled(row)) for row in grid.rows[:SEARCHED_HEADERS]), default=0)
    count = sum(len(block.keys) for block in blocks)
    if not count or across > count:
        return read_header_sheet(reading)
    blocks = blocks_to_read(reading, blocks)
    keys = with_unknown(reading, blocks)
    found = choose_keys(reading, names, keys)
    report_beside(reading, blocks, keys)
    return found


def choose_keys(reading: SheetReading, names: Names, keys: Iterable[KeyCell]) -> KeyLayout:
    """The name of each field among `keys`; what is not read is told.

    Of several names of one field the only one with a value is read; if there is no such, none is.
    """
    grid, table = reading.grid, reading.table
    named: dict[str, list[KeyCell]] = {}
    unknown: list[KeyCell] = []
    others: list[KeyCell] = []
    for key in keys:
        if key.match is None:
            if key.holds_something(grid):  # else it is a heading
                unknown.append(key)
        elif table.by_name[key.match.name].derived is not None:
            others.append(key)
            if key.holds_something(grid):
                at, field = reading.at(key.row, key.column), table.by_name[key.match.name]
                reading.problems.append(layout.computed_column(key.text, field, at))
        else:
            named.setdefault(key.match.name, []).append(key)
    written = [(key.text, reading.at(key.row, key.column)) for key in unknown]
    reading.problems.extend(layout.unknown_columns(written, table, names))
    chosen: dict[str, KeyCell] = {}
    read: list[str] = []
    for name, places in named.items():
        filled = [key for key in places if key.holds_something(grid)]
        key = chosen[name] = filled[0] if filled else places[0]
        others.extend(other for other in places if other is not key)
        if len(filled) > 1:
            reading.problems.append(_twice(reading, name, filled))
        elif key.match and reading.can_be_read(key.text, key.match, key.row, key.column):
            read.append(name)
    return KeyLayout(chosen, tuple(read), (*unknown, *others))


def _twice(reading: SheetReading, name: str, keys: Sequence[KeyCell]) -> InputProblem:
    title, places = reading.table.by_name[name].title, reading.shown(*((key.row, key.column) for key in keys))
    return InputProblem(
        "two-values",
        "error",
        Text(
            f"{title.en} has a value in {len(keys)} places: {places.en}; which of them is meant is not known, so none "
            "is read and it counts as missing; delete what is not meant, or begin its name with # to leave it out",
            f"“{title.zh}”有 {len(keys)} 处填了值：{places.zh}；无法确定以哪处为准，均未读取，按缺失处理；"
            "请删除多余的一处，或在其名称前加 # 以忽略",
        ),
        reading.at(keys[1].row, keys[1].column),
    )


def _report_above(reading: SheetReading, header: int) -> None:
    grid = reading.grid
    rows = [
        row for row in range(grid.rows.start, header) if (cells := grid.filled(row)) and not is_comment(cells[0][1])
    ]
    if rows:
        reading.leave_out(leftout.above_header(reading.table, grid.bounds(rows, grid.columns)))
