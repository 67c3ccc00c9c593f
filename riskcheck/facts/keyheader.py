"""The header over names of fields and their values: `Field | Value | Note`, `项目 | 值 | 说明`."""

from __future__ import annotations

from collections import Counter

from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.heads import first_row
from riskcheck.facts.keycells import SEARCHED_CELLS, SEARCHED_ROWS, KeyBlock, KeyCell, add_row
from riskcheck.facts.names import Names
from riskcheck.facts.rawcell import is_blank, raw_text
from riskcheck.facts.spelling import fold
from riskcheck.frozen import frozen

_KEYS = "field, fields, key, item, name, fact, 字段, 字段名, 项目, 项, 事项, 名称, 键"
_VALUES = "value, values, content, answer, 值, 取值, 内容, 填写内容, 填写"
_NOTES = (
    "note, notes, remark, remarks, comment, comments, help, hint, example, unit, type, no, no., id, group, category, "
    "说明, 填写说明, 备注, 注释, 提示, 示例, 单位, 类型, 序号, 编号, 分组, 分类, 类别"
)
_KEY_WORDS, _VALUE_WORDS, _NOTE_WORDS = (frozenset(words.split(", ")) for words in (_KEYS, _VALUES, _NOTES))
_WORDS = _KEY_WORDS | _VALUE_WORDS | _NOTE_WORDS
_HEADER_ROWS = 64
"""In so many rows from the first the header is looked for."""


@frozen
class KeyHeader:
    """The row of the header, and its columns. More than one column of values is one row too many."""

    row: int
    keys: int
    values: tuple[int, ...]
    notes: frozenset[int]


def key_header(grid: Grid, names: Names) -> KeyHeader | None:
    """The header on a sheet, or None if there is none. Below the first row it holds such words alone."""
    first = first_row(grid)
    for row in grid.rows[:_HEADER_ROWS]:
        filled = grid.filled(row)[:SEARCHED_CELLS]
        words = {column: fold(raw_text(raw)) for column, raw in filled}
        values = tuple(column for column, word in words.items() if word in _VALUE_WORDS)
        only = row == first or all(words[column] in _WORDS or is_comment(raw) for column, raw in filled)
        if values and only and any(word in _KEY_WORDS for column, word in words.items() if column < values[0]):
            counts = Counter(
                column
                for below in grid.rows[:SEARCHED_ROWS]
                for column, raw in grid.filled(below)[:SEARCHED_CELLS]
                if isinstance(raw, str) and names.match(raw)
            )
            keys = max(range(values[0]), key=lambda column: (counts[column], words.get(column) in _KEY_WORDS))
            notes = (column for column, raw in grid.filled(row) if words.get(column) in _NOTE_WORDS or is_comment(raw))
            return KeyHeader(row, keys, values, frozenset(notes))
    return None


def blocks_below(grid: Grid, names: Names, header: KeyHeader) -> tuple[KeyBlock, ...]:
    """The blocks of filled rows below the header, and what stands in the column of names there, fields or not."""
    blocks: list[KeyBlock] = []
    for row in range(header.row + 1, grid.rows.stop):
        if not grid.filled(row):
            continue
        raw = grid.cell(row, header.keys)
        keys: tuple[KeyCell, ...] = ()
        if not is_blank(raw) and not is_comment(raw):
            written, values = raw_text(raw), tuple((row, column) for column in header.values)
            keys = (KeyCell(row, header.keys, written, names.match(written), values),)
        add_row(blocks, row, keys)
    return tuple(blocks)
