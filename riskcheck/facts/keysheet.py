"""A sheet with one field in each row: its name on the left, its value beside it. One-row tables are written so.

A header row (`Field | Value | Note`, `项目 | 值 | 说明`) may stand above; notes beside the values are passed by.
"""

from __future__ import annotations

from collections import Counter

from riskcheck.errors import Diagnostic
from riskcheck.facts import layout
from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.headersheet import SheetReading, first_row, read_header_sheet
from riskcheck.facts.names import Names, field_names
from riskcheck.facts.origins import SheetOrigin, with_derived
from riskcheck.facts.rawcell import is_blank, raw_text
from riskcheck.facts.rawtable import RawTable
from riskcheck.facts.spelling import fold
from riskcheck.frozen import frozen
from riskcheck.model.place import Location
from riskcheck.model.text import Text

_KEY_WORDS = frozenset(
    ["field", "fields", "key", "item", "name", "fact", "字段", "字段名", "项目", "项", "事项", "名称", "键"]
)
_VALUE_WORDS = frozenset(["value", "values", "content", "answer", "值", "取值", "内容", "填写内容", "填写"])
_NOTE_WORDS = frozenset(
    [
        "note",
        "notes",
        "remark",
        "remarks",
        "comment",
        "comments",
        "help",
        "hint",
        "example",
        "unit",
        "type",
        "no",
        "no.",
        "id",
        "group",
        "category",
        "说明",
        "填写说明",
        "备注",
        "注释",
        "提示",
        "示例",
        "单位",
        "类型",
        "序号",
        "编号",
        "分组",
        "分类",
        "类别",
    ]
)
_SEARCHED_ROWS, _SEARCHED_CELLS = 1000, 50
"""The column of keys is looked for in the first rows, and in the first cells of each."""


@frozen
class _Columns:
    """Where keys and values stand; rows begin at `top`. More than one column of values is one row too many."""

    keys: int
    values: tuple[int, ...]
    notes: frozenset[int]
    top: int


def read_key_sheet(reading: SheetReading) -> RawTable | None:
    """The one-row table on the sheet, or None if it has no fields (then `reading` says why)."""
    names = field_names(reading.table)
    top = first_row(reading.grid)
    columns = None if top is None else _find_columns(reading.grid, names, top)
    if columns is None:
        return read_header_sheet(reading)
    rows, read = _rows_of_fields(reading, names, columns)
    _report_beside(reading, columns, rows)
    values = {name: reading.grid.values_of_row(rows[name], columns.values) for name in read}
    fields = with_derived(reading.table, rows)
    origin = SheetOrigin(reading.file, reading.grid, columns.values, fields, transposed=True)
    return RawTable(reading.table, values, len(columns.values), origin)


def _find_columns(grid: Grid, names: Names, top: int) -> _Columns | None:
    """Where keys and values stand; None if no column holds keys, or more of them stand in the first row."""
    counts = Counter(
        column
        for row in grid.rows[:_SEARCHED_ROWS]
        for column, raw in grid.filled(row)[:_SEARCHED_CELLS]
        if isinstance(raw, str) and names.match(raw)
    )
    words = {column: fold(raw_text(raw)) for column, raw in grid.filled(top)}
    values = tuple(column for column, word in words.items() if word in _VALUE_WORDS)
    if values and any(word in _KEY_WORDS for column, word in words.items() if column < values[0]):
        keys = max(range(values[0]), key=lambda column: (counts[column], words.get(column) in _KEY_WORDS))
        notes = (column for column, raw in grid.filled(top) if words[column] in _NOTE_WORDS or is_comment(raw))
        return _Columns(keys, values, frozenset(notes), top + 1)
    across = sum(names.match(raw_text(raw)) is not None for _, raw in grid.filled(top))
    keys, down = max(counts.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    return None if across > down or not down else _Columns(keys, (keys + 1,), frozenset(), grid.rows.start)


def _rows_of_fields(reading: SheetReading, names: Names, columns: _Columns) -> tuple[dict[str, int], list[str]]:
    """The sheet row of each field, and the fields whose values can be read."""
    rows: dict[str, int] = {}
    read: list[str] = []
    unknown: list[tuple[str, Location]] = []
    for row in range(columns.top, reading.grid.rows.stop):
        raw = reading.grid.cell(row, columns.keys)
        if is_blank(raw) or is_comment(raw):
            continue
        written, at = raw_text(raw), reading.at(row, columns.keys)
        match = names.match(written)
        filled = not all(map(is_blank, reading.grid.cells_of_row(row, columns.values)))
        if match is None:
            if filled:  # else it is a heading
                unknown.append((written, at))
        elif reading.table.by_name[match.name].derived is not None:
            if filled:
                reading.problems.append(layout.computed_column(written, reading.table.by_name[match.name], at))
        elif match.name in rows:
            table, places = reading.table, reading.both((rows[match.name], columns.keys), (row, columns.keys))
            message = Text(
                f"the table {table.name} has two rows for {match.name}: {places.en}",
                f"“{table.title.zh}”表中有两行对应“{table.by_name[match.name].title.zh}”：{places.zh}",
            )
            cure = Text(
                "delete one of them, or begin its name with # to leave it out",
                "请删除其中一行，或在其名称前加 # 以忽略",
            )
            reading.refusals.append(Diagnostic("duplicate-field", message, at, (cure,)))
        else:
            rows[match.name] = row
            if reading.can_be_read(row, columns.keys, match):
                read.append(match.name)
    reading.problems.extend(layout.unknown_columns(unknown, reading.table, names))
    return rows, read


def _report_beside(reading: SheetReading, columns: _Columns, rows: dict[str, int]) -> None:
    """Report the first cell that is neither key, value nor note: right of a field's value, or a value without key."""
    read = {columns.keys, *columns.values, *columns.notes}
    named = set(rows.values())
    for row in range(columns.top, reading.grid.rows.stop):
        nameless = is_blank(reading.grid.cell(row, columns.keys))
        for column, _ in reading.grid.filled(row):
            if (row in named and column not in read) or (nameless and column in columns.values):
                reading.problems.append(layout.cells_beside_values(reading.table, reading.at(row, column)))
                return
