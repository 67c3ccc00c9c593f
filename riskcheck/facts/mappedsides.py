"""A table on its side, as a mapping says: the names of the fields one below the other, a column for each row."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.errors import Diagnostic
from riskcheck.facts import layout, leftout
from riskcheck.facts.cellslayout import CellsLayout, NamedLine
from riskcheck.facts.claims import ROWS, Claims, Written, claim, claimed_match, elsewhere, in_said_unit, names_with
from riskcheck.facts.datarows import is_total
from riskcheck.facts.grid import is_comment
from riskcheck.facts.headersearch import swapped_column
from riskcheck.facts.names import Match, Names, field_names
from riskcheck.facts.rawcell import is_blank, raw_text
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.spelling import shorten
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import InputProblem
from riskcheck.model.mapping import SheetEntry
from riskcheck.model.text import Text


@frozen
class _Named:
    """A row with a name: its place, the name as written, and what it means."""

    row: int
    column: int
    text: str
    match: Match | None


def read_mapped_sides(reading: SheetReading, entry: SheetEntry) -> CellsLayout | None:
    """How the table is drawn on the sheet; None if it is not as the mapping says (then `reading` says why)."""
    names = names_with(field_names(reading.table), entry)
    columns = entry.header
    if columns is None:
        column = swapped_column(reading.grid, names)
        columns = None if column is None else (column, column)
    if columns is None:
        _refuse_headless(reading, entry)
        return None
    named = _named(reading, field_names(reading.table), columns)
    before = len(reading.refusals)
    claims = claim(
        reading, entry, [Written(each.row, each.text, each.text, str(each.row + 1)) for each in named], kind=ROWS
    )
    if len(reading.refusals) > before:
        return None
    kept = _claimed(reading, entry, named, claims)
    read = _rows_to_read(reading, kept)
    records = _records(reading, entry, columns[1], [each.row for each in kept])
    lines = tuple(_line(each, read, records) for each in kept)
    cells = {name: tuple((row, column) for column in records) for name, row in read.items()}
    rows = [each.row for each in named] or [0]
    return CellsLayout("transposed", (min(rows), columns[0], max(rows), columns[1]), lines, cells, len(records))


def _line(each: _Named, read: dict[str, int], records: Sequence[int]) -> NamedLine:
    field = each.match.name if each.match and read.get(each.match.name) == each.row else None
    values = (each.row, records[0], each.row, records[-1]) if records else None
    return NamedLine((each.row, each.column), each.text, field, values)


def _named(reading: SheetReading, names: Names, columns: tuple[int, int]) -> list[_Named]:
    """The rows with a name in the header columns, from the top; comments are passed by."""
    grid, found = reading.grid, []
    for row in grid.rows:
        places = [column for column in range(columns[0], columns[1] + 1) if not is_blank(grid.cell(row, column))]
        if not places or is_comment(grid.cell(row, places[0])):
            continue
        texts = [raw_text(grid.cell(row, column)) for column in places]
        match = names.match(" ".join(texts)) or names.match(texts[-1])
        found.append(_Named(row, places[-1], " / ".join(texts), match))
    return found


def _claimed(reading: SheetReading, entry: SheetEntry, named: Sequence[_Named], claims: Claims) -> list[_Named]:
    told = claims.told(entry)
    by_row = {each.row: each for each in named}
    kept = []
    for row in sorted({*by_row, *claims.fed}):
        each = by_row.get(row) or _Named(row, (entry.header or (0, 0))[1], "", None)
        source = claims.fed.get(row)
        if source is not None:
            kept.append(_Named(row, each.column, each.text, claimed_match(source, each.text)))
        elif row in claims.ignored or entry.only:
            reading.unmapped.append(((row, each.column), each.text))
        elif each.match is not None and each.match.name in told:
            reading.problems.append(elsewhere(reading, entry, each.match.name, each.text, (row, each.column)))
        else:
            kept.append(each)
    return [replace(each, match=in_said_unit(entry, each.match)) for each in kept]


def _rows_to_read(reading: SheetReading, kept: Sequence[_Named]) -> dict[str, int]:
    """The row of each field that is read; names that mean none, or one twice, are told."""
    table = reading.table
    unknown = [(each.text, reading.at(each.row, each.column)) for each in kept if each.match is None and each.text]
    reading.problems.extend(layout.unknown_columns(unknown, table, field_names(table)))
    by_field: dict[str, list[_Named]] = {}
    for each in kept:
        if each.match is not None and table.by_name[each.match.name].derived is None:
            by_field.setdefault(each.match.name, []).append(each)
    read = {}
    for name, rows in by_field.items():
        if len(rows) > 1:
            reading.problems.append(_twins(reading, name, rows))
        elif rows[0].match and reading.can_be_read(rows[0].text, rows[0].match, rows[0].row, rows[0].column):
            read[name] = rows[0].row
    return read


def _twins(reading: SheetReading, name: str, rows: Sequence[_Named]) -> InputProblem:
    title, shown = reading.table.by_name[name].title, reading.shown(*((each.row, each.column) for each in rows))
    text = Text(
        f"{len(rows)} rows for {title.en}: {shown.en}; which of them is meant is not known, so none is read and "
        f"{title.en} counts as missing; say in the mapping which is meant: {{row: {rows[0].row + 1}}}",
        f"“{title.zh}”有 {len(rows)} 行：{shown.zh}；无法确定以哪行为准，均未读取，按缺失处理；"
        f"请在映射中写明：{{row: {rows[0].row + 1}}}",
    )
    return InputProblem("two-columns", "error", text, reading.at(rows[1].row, rows[1].column))


def _records(reading: SheetReading, entry: SheetEntry, header: int, rows: Sequence[int]) -> tuple[int, ...]:
    """The columns that hold something in the named rows, but for comments and totals."""
    grid = reading.grid
    first, last = (header + 1, None) if entry.rows is None else entry.rows
    found = []
    for column in range(max(first, grid.columns.start), min(grid.columns.stop, (last or grid.columns.stop) + 1)):
        filled = [row for row in rows if not is_blank(grid.cell(row, column))]
        if not filled:
            continue
        lead = grid.cell(filled[0], column)
        area = (filled[0], column, filled[-1], column)
        if is_comment(lead):
            reading.leave_out(leftout.comment_rows(1, area))
        elif is_total(lead):
            reading.leave_out(leftout.totals_row(reading.table, raw_text(lead), area))
        else:
            found.append(column)
    return tuple(found)


def _refuse_headless(reading: SheetReading, entry: SheetEntry) -> None:
    sheet = shorten(entry.sheet)
    message = Text(
        f'the mapping says that the sheet "{sheet}" is transposed, but no column near the left holds the names of '
        f"fields of the table {reading.table.name}",
        f"映射注明工作表“{sheet}”行列互换，但左侧没有任何一列是“{reading.table.title.zh}”表的字段名",
    )
    hint = Text('say which column does, such as "header: A"', "请写明字段名所在的列，如“header: A”")
    reading.refusals.append(Diagnostic("mapped-header-missing", message, entry.place, (hint,)))
