"""A sheet with a header row: which columns are fields, which rows are rows of the table.

The header is the first row that is neither blank nor a comment. Rows that begin with `#` are comments and columns whose
header begins with `#` are passed by. Blank rows are no rows. Comments below the header are reported, since people write
ids so, too; only the template's help row, just below the header and with a blank after its `#`, is not.
"""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.errors import Diagnostic
from riskcheck.facts import layout
from riskcheck.facts.grid import Grid, is_comment, is_help
from riskcheck.facts.names import Match, Names, field_names
from riskcheck.facts.origins import SheetOrigin, with_derived
from riskcheck.facts.rawcell import is_blank, raw_text
from riskcheck.facts.rawtable import RawTable
from riskcheck.facts.spelling import shorten
from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location, cell_name
from riskcheck.model.schema import Table
from riskcheck.model.text import Text

_SEARCHED = 50
"""So many rows below the first are searched for a header, for the message if the first row is none."""


@frozen
class SheetReading:
    """One sheet being read for one table: what is left out is added to `problems`, what is refused to `refusals`."""

    file: str
    grid: Grid
    table: Table
    problems: list[InputProblem]
    refusals: list[Diagnostic]

    def at(self, row: int, column: int) -> Location:
        """The place of a cell."""
        return Location(self.file, self.grid.sheet.name, cell_name(row, column))

    def both(self, first: tuple[int, int], second: tuple[int, int]) -> Text:
        """Two headers or keys as messages show them: `"Owner" (C1) and "PIC" (E1)`."""
        (one, one_at), (other, other_at) = (
            (shorten(raw_text(self.grid.cell(*place))), cell_name(*place)) for place in (first, second)
        )
        return Text(f'"{one}" ({one_at}) and "{other}" ({other_at})', f"“{one}”（{one_at}）和“{other}”（{other_at}）")

    def can_be_read(self, row: int, column: int, match: Match) -> bool:
        """Whether the bracket of a header or key, if it has one, lets the values be read; else that is told."""
        written, field = raw_text(self.grid.cell(row, column)), self.table.by_name[match.name]
        problem = layout.bracket_problem(written, match.note, field, self.at(row, column))
        if problem is not None:
            self.problems.append(problem)
        return problem is None or problem.severity != "error"


@frozen
class _Header:
    """The header row: columns by field, those of them that are read, and all with a header that is no comment."""

    row: int
    columns: dict[str, int]
    read: tuple[str, ...]
    headed: tuple[int, ...]


def read_header_sheet(reading: SheetReading) -> RawTable | None:
    """The table on the sheet, or None if it has no columns (then `reading` says why)."""
    names = field_names(reading.table)
    header_row = first_row(reading.grid)
    if header_row is None:
        where = Location(reading.file, reading.grid.sheet.name)
        reading.problems.append(layout.empty_sheet(reading.table, where))
        return None
    header = _header(reading, names, header_row)
    if not header.columns:
        _refuse_header(reading, names, header_row)
        return None
    rows = _data_rows(reading, header)
    _report_unheaded(reading, header)
    columns = {name: reading.grid.column(header.columns[name], rows) for name in header.read}
    origin = SheetOrigin(reading.file, reading.grid, rows, with_derived(reading.table, header.columns))
    return RawTable(reading.table, columns, len(rows), origin)


def first_row(grid: Grid) -> int | None:
    """The first row of a sheet that is neither blank nor a comment."""
    for row in grid.rows:
        filled = grid.filled(row)
        if filled and not is_comment(filled[0][1]):
            return row
    return None


def _header(reading: SheetReading, names: Names, row: int) -> _Header:
    columns: dict[str, int] = {}
    headed: list[int] = []
    read: list[str] = []
    unknown: list[tuple[str, Location]] = []
    for column, raw in reading.grid.filled(row):
        if is_comment(raw):
            continue
        headed.append(column)
        written, at = raw_text(raw), reading.at(row, column)
        match = names.match(written)
        if match is None:
            unknown.append((written, at))
            continue
        known = reading.table.by_name[match.name]
        if known.derived is not None:
            reading.problems.append(layout.computed_column(written, known, at))
        elif match.name in columns:
            places = reading.both((row, columns[match.name]), (row, column))
            message = Text(
                f"the table {reading.table.name} has two columns for {match.name}: {places.en}",
                f"“{reading.table.title.zh}”表中有两列对应“{known.title.zh}”：{places.zh}",
            )
            cure = Text(
                "delete one of them, or begin its header with # to leave it out",
                "请删除其中一列，或在其列名前加 # 以忽略",
            )
            reading.refusals.append(Diagnostic("duplicate-header", message, at, (cure,)))
        else:
            columns[match.name] = column
            if reading.can_be_read(row, column, match):
                read.append(match.name)
    if columns:
        reading.problems.extend(layout.unknown_columns(unknown, reading.table, names))
    return _Header(row, columns, tuple(read), tuple(headed))


def _data_rows(reading: SheetReading, header: _Header) -> Sequence[int]:
    """The sheet rows of the table: those below the header that are neither blank nor comments."""
    grid, lead = reading.grid, header.headed[0]
    marked = {row for column in header.headed for row in grid.marks.get(column, ())}
    rows: list[int] = []
    comments: list[int] = []
    for row in range(header.row + 1, grid.rows.stop):
        values = grid.values(row)
        if values.count("") == len(values) and row not in marked:
            continue
        first = grid.cell(row, lead)
        if is_comment(first):
            comments.append(row)
        elif not is_blank(first) or not all(is_blank(grid.cell(row, column)) for column in header.headed):
            rows.append(row)
    stray = [row for row in comments if row != header.row + 1 or not is_help(grid.cell(row, lead))]
    if stray:
        reading.problems.append(layout.comment_rows(len(stray), reading.at(stray[0], lead)))
    gapless = range(rows[0], rows[-1] + 1) if rows else range(0)
    return gapless if len(gapless) == len(rows) else rows


def _report_unheaded(reading: SheetReading, header: _Header) -> None:
    """Report the first cell below the header row that stands in a column without a header."""
    for column in reading.grid.columns:
        if is_blank(reading.grid.cell(header.row, column)):
            below = (row for row in reading.grid.rows_of_column(column) if row > header.row)
            first = next(below, None)
            if first is not None:
                reading.problems.append(layout.column_without_header(reading.table, reading.at(first, column)))
                return


def _refuse_header(reading: SheetReading, names: Names, row: int) -> None:
    filled = reading.grid.filled(row)
    titles = [each.title for each in reading.table.fields if each.derived is None]
    expected = [Text(f"{title.en} ({title.zh})", title.zh) for title in titles]
    hints = layout.no_known_names([raw_text(raw) for _, raw in filled], names, expected)
    likely = _likely_header(reading.grid, names)
    table = reading.table
    message = Text(
        f"the table {table.name} has no header: row {row + 1} holds none of its column names",
        f"“{table.title.zh}”表没有列名行：第 {row + 1} 行没有该表的任何列名",
    )
    if table.one_row:
        message = Text(f"the table {table.name} has none of its fields", f"“{table.title.zh}”表中没有该表的任何字段")
    cure = _header_cure(table, row, likely)
    reading.refusals.append(Diagnostic("no-header", message, reading.at(row, filled[0][0]), (cure, *hints)))


def _header_cure(table: Table, row: int, likely: int | None) -> Text:
    """What to do where `row` is no header; `likely` is the row that looks like one, if there is any."""
    if likely is not None and likely < row:
        return Text(
            f"row {likely + 1} looks like the header, but begins with #, the mark of comments; take that away",
            f"第 {likely + 1} 行像是列名行，但以注释标记 # 开头；请去掉该标记",
        )
    if likely is not None:
        return Text(
            f"row {likely + 1} looks like the header; delete the rows above it, or begin each of them with #",
            f"第 {likely + 1} 行像是列名行；请删除其上方各行，或在各行开头加 #",
        )
    if table.one_row:
        return Text(
            "write the name of each field in one column and its value beside it",
            "请在一列中填写字段名，在其右侧填写对应的值",
        )
    return Text("write the column names in the first row that is not blank", "请在第一个非空行填写列名")


def _likely_header(grid: Grid, names: Names) -> int | None:
    """The row near the top that holds most column names, if any holds two."""
    best, most = None, 1
    for row in grid.rows[:_SEARCHED]:
        known = sum(names.match(raw_text(raw)) is not None for _, raw in grid.filled(row)[:200])
        if known > most:
            best, most = row, known
    return best
