"""Which rows of a sheet are rows of its table: those below the header that hold something and are nothing else.

Comments, totals, headings across the table, the header written again, and at the end rows that nobody has filled in
are no rows. What stands below a blank row is looked at more closely (`rowblocks`). All that is left out is told.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from riskcheck.celltext import clean
from riskcheck.facts import leftout
from riskcheck.facts.grid import Grid, is_comment, is_help
from riskcheck.facts.heads import Header
from riskcheck.facts.names import Names
from riskcheck.facts.rawcell import RawCell, is_blank, raw_text
from riskcheck.facts.sheet import Area
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.spelling import fold
from riskcheck.model.schema import FieldType

_TOTALS_EN = ("total", "totals", "subtotal", "sub-total", "grand total", "sum")
_TOTALS_ZH = ("合计", "总计", "小计", "共计", "总和", "汇总")
_TOTALS = frozenset(map(fold, (*_TOTALS_EN, *_TOTALS_ZH)))
_AS_WRITTEN = frozenset(
    written + colon
    for word in (
        *(form for word in _TOTALS_EN for form in (word, word.capitalize(), word.upper(), word.title())),
        *(blank.join(word) for word in _TOTALS_ZH for blank in ("", " ", "  ", "   ", "\u3000")),
    )
    for written in (word,)
    for colon in ("", ":", "：")
)
"""The usual ways to write a word for totals, to find them quickly among many rows."""
_LEADING = 3
"""In so many columns from the left a word for totals or a header is looked for, and where each header row begins."""

_PRESET = (FieldType.ENUM, FieldType.BOOL, FieldType.INT, FieldType.DOUBLE, FieldType.PERCENT)
"""Types of which a form may hold a first answer (`Open`, `0 %`) in rows that are not used."""


def data_rows(reading: SheetReading, names: Names, header: Header, own: tuple[int, ...]) -> tuple[Sequence[int], bool]:
    """The sheet rows of the table with `header` and the columns `own`; whether it may have more that are not read."""
    rows, starts = _filled_rows(reading, header, own)
    rows = _without_bands(reading, header, own, rows)
    special = _special_rows(reading, names, header, own, rows)
    is_open = False
    if starts or special:
        from riskcheck.facts.rowblocks import sort_out

        rows, is_open = sort_out(reading, names, header, own, rows, starts, special)
    rows = _without_unused(reading, header, own, rows)
    gapless = range(rows[0], rows[-1] + 1) if rows else range(0)
    return (gapless if len(gapless) == len(rows) else rows), is_open


def row_area(row: int, own: Sequence[int], last: int | None = None) -> Area:
    """The area of the table's columns from `row` to the row `last`."""
    return row, own[0], row if last is None else last, own[-1]


def is_total(raw: RawCell) -> bool:
    """Whether a cell holds nothing but a word for totals."""
    return isinstance(raw, str) and len(raw) < 20 and fold(raw).rstrip(":") in _TOTALS


def _filled_rows(reading: SheetReading, header: Header, own: tuple[int, ...]) -> tuple[list[int], frozenset[int]]:
    """The rows with something in the table's columns that is no comment, and those of them that follow a blank row."""
    grid, lead = reading.grid, own[0]
    marked = {row for column in own for row in grid.marks.get(column, ())}
    rows: list[int] = []
    comments: list[int] = []
    below = range(header.bottom + 1, grid.rows.stop)
    leads = grid.column(lead, below)
    plain = {value for value in set(leads) if _is_plain(value)}
    for row, value in zip(below, leads, strict=True):
        if value in plain and row not in marked:
            rows.append(row)
            continue
        values = grid.values(row)
        if values.count("") == len(values) and row not in marked:
            continue
        first = grid.cell(row, lead)
        if is_comment(first):
            comments.append(row)
        elif not is_blank(first) or not all(is_blank(grid.cell(row, column)) for column in own):
            rows.append(row)
    stray = [row for row in comments if row != header.bottom + 1 or not is_help(grid.cell(row, lead))]
    if stray:
        reading.leave_out(leftout.comment_rows(len(stray), row_area(stray[0], own)))
    taken = sorted(rows + comments) if comments else rows
    if not taken or taken[-1] - taken[0] + 1 == len(taken):
        return rows, frozenset()
    return rows, frozenset(row for before, row in pairwise(taken) if row != before + 1)


def _is_plain(value: RawCell) -> bool:
    """Whether a value is surely neither blank nor a comment, at a glance: most rows begin with an id or a number."""
    return value[:1].isalnum() if isinstance(value, str) else isinstance(value, float)


def _without_bands(reading: SheetReading, header: Header, own: tuple[int, ...], rows: list[int]) -> list[int]:
    """`rows` without those that hold one cell only, merged across several columns: headings of what follows."""
    grid = reading.grid
    wide = {
        row for row, areas in grid.areas.items() if row > header.bottom and any(a[1] < a[3] for a in areas.values())
    }
    if not wide:
        return rows
    bands = set()
    for row in rows:
        filled = [column for column, _ in grid.filled(row) if own[0] <= column <= own[-1]] if row in wide else []
        if len(filled) == 1 and (area := grid.areas[row].get(filled[0])):
            across = sum(area[1] <= column <= area[3] for column in own)
            if across > 1 and 2 * across >= len(own):
                bands.add(row)
                reading.leave_out(
                    leftout.section_row(reading.table, raw_text(grid.cell(row, filled[0])), row_area(row, own))
                )
    return [row for row in rows if row not in bands] if bands else rows


def _special_rows(
    reading: SheetReading, names: Names, header: Header, own: tuple[int, ...], rows: list[int]
) -> frozenset[int]:
    """Rows that may be totals or headers: one of their first cells is a word for totals or the name of a field."""
    grid = reading.grid
    filled = [grid.filled(row) for row in range(header.top, header.bottom + 1)]
    words = {raw for cells in filled for _, raw in cells}.union(names.by_spelling, _AS_WRITTEN)
    leading = dict.fromkeys((*own[:_LEADING], *(cells[0][0] for cells in filled[:-1])))
    found: set[int] = set()
    for column in leading:
        cells = grid.column(column, rows)
        if not words.isdisjoint(cells):
            found.update(row for row, raw in zip(rows, cells, strict=True) if raw in words)
    return frozenset(found)


def _without_unused(reading: SheetReading, header: Header, own: tuple[int, ...], rows: list[int]) -> list[int]:
    """`rows` without those at the end that nobody has filled in; these are told."""
    kept = before_unused(reading, header, own, rows)
    if kept == len(rows):
        return rows
    area = row_area(rows[kept], own, rows[-1])
    preset = [raw_text(raw) for column, raw in _beside_number(reading.grid, rows[kept], own)]
    told = leftout.preset_rows(reading.table, preset, area) if preset else leftout.numbered_rows(reading.table, area)
    reading.leave_out(told)
    return rows[:kept]


def before_unused(reading: SheetReading, header: Header, own: tuple[int, ...], rows: Sequence[int]) -> int:
    """How many of `rows` come before those at the end that nobody has filled in.

    These hold the next running number in the first column and nothing else, or the same words in all of them where the
    rows above have their texts and dates, too: words that a form has set in advance.
    """
    grid, kept = reading.grid, len(rows)
    if len(own) < 2 or not kept:
        return kept
    preset = _beside_number(grid, rows[-1], own)
    numbered = _number(grid.cell(rows[-1], own[0])) is not None
    while kept and _beside_number(grid, rows[kept - 1], own) == preset:
        if (_number(grid.cell(rows[kept - 1], own[0])) is not None) != numbered:
            break
        kept -= 1
    if preset and not (
        len(rows) - kept > 1 and _may_be_preset(reading, header, {column for column, _ in preset}, rows[:kept])
    ):
        return len(rows)
    return kept if not numbered or _run_on(grid, own[0], rows[max(0, kept - 1) :], kept) else len(rows)


def _beside_number(grid: Grid, row: int, own: tuple[int, ...]) -> list[tuple[int, RawCell]]:
    """The cells of a row that hold something, but for a number in the first column."""
    filled = [(column, raw) for column in own if not is_blank(raw := grid.cell(row, column))]
    return filled[1:] if filled and filled[0][0] == own[0] and _number(filled[0][1]) is not None else filled


def _may_be_preset(reading: SheetReading, header: Header, columns: Set[int], above: Sequence[int]) -> bool:
    """Whether a form may have set the words in `columns`: they are no texts or dates, and rows above have such."""
    types = {column: reading.table.by_name[name].type for column, name in header.fields.items()}
    if not above or any(types.get(column, FieldType.STRING) not in _PRESET for column in columns):
        return False
    written = [column for column, kind in types.items() if kind not in _PRESET]
    return any(not any(map(is_blank, reading.grid.column(column, above))) for column in written)


def _run_on(grid: Grid, column: int, rows: Sequence[int], above: int) -> bool:
    """Whether the numbers in `column` are one after the other; without rows above they begin with 1."""
    numbers = [_number(grid.cell(row, column)) for row in rows]
    return all(after == (before or 0) + 1 for before, after in pairwise(numbers if above else [0, *numbers]))


def _number(raw: RawCell) -> int | None:
    """The whole number in a cell, if it holds nothing else."""
    if isinstance(raw, str):
        text = clean(raw).rstrip(".")
        return int(text) if text.isdecimal() and len(text) < 7 else None
    whole = isinstance(raw, int | float) and not isinstance(raw, bool) and float(raw).is_integer()
    return int(raw) if whole else None  # type: ignore[arg-type]
