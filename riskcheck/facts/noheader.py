"""Why a sheet is refused on which no header of its table is found, or more than one, and what to do about it."""

from __future__ import annotations

from riskcheck.errors import Diagnostic
from riskcheck.facts import layout
from riskcheck.facts.crosstab import find_crosstab
from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.headersearch import SEARCHED_ROWS, Search, row_with_most_texts, swapped_column
from riskcheck.facts.names import Names
from riskcheck.facts.rawcell import raw_text
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.model.place import column_letters
from riskcheck.model.text import Text


def refuse_header(reading: SheetReading, names: Names, search: Search) -> None:
    """Refuse the sheet."""
    if search.rivals:
        _refuse_rivals(reading, search)
    else:
        _refuse_headless(reading, names, search)


def _refuse_rivals(reading: SheetReading, search: Search) -> None:
    table, rows = reading.table, [each.header.top + 1 for each in search.rivals[:5]]
    count = search.rivals[0].score
    first = search.rivals[0].header.heads[0]
    message = Text(
        f"the header of the table {table.name} may be row {' or row '.join(map(str, rows))}: each holds {count} of its "
        "column names",
        f"“{table.title.zh}”表的列名行可能是第 {' 行或第 '.join(map(str, rows))} 行：各有 {count} 个列名",
    )
    cure = Text(
        "move what is no part of the table to another sheet, or begin the first cell of each of its rows with #",
        "请将不属于该表的内容移到其他工作表，或在其各行第一个单元格前加 #",
    )
    told = Text(f"or say in a mapping which it is: header: {rows[0]}", f"或在映射中写明：header: {rows[0]}")
    reading.refusals.append(Diagnostic("two-headers", message, reading.at(first.row, first.column), (cure, told)))


def _refuse_headless(reading: SheetReading, names: Names, search: Search) -> None:
    grid, table = reading.grid, reading.table
    row = row_with_most_texts(grid)
    filled = grid.filled(row)
    titles = [each.title for each in table.fields if each.derived is None]
    expected = [Text(f"{title.en} ({title.zh})", title.zh) for title in titles]
    hints = layout.no_known_names([raw_text(raw) for _, raw in filled], names, expected)
    message = Text(
        f"the table {table.name} has no header: no row near the top holds its column names",
        f"“{table.title.zh}”表没有列名行：工作表上部没有任何一行是该表的列名",
    )
    if table.one_row:
        message = Text(f"the table {table.name} has none of its fields", f"“{table.title.zh}”表中没有该表的任何字段")
    note = () if table.note is None or table.one_row else (_note(table.note),)
    cure = _cure(reading, names, search)
    at = reading.at(row, filled[0][0])
    reading.refusals.append(
        Diagnostic("no-header", message, at, (cure, layout.mapping_hint(reading.file), *note, *hints))
    )


def _note(note: Text) -> Text:
    return Text(f"what belongs there: {note.en}", f"应填内容：{note.zh}")


def _cure(reading: SheetReading, names: Names, search: Search) -> Text:
    """What to do: the most likely cause first."""
    grid, table = reading.grid, reading.table
    commented = _header_in_comments(grid, names)
    column = None if table.one_row else swapped_column(grid, names)
    if commented is not None:
        return Text(
            f"row {commented + 1} looks like the header, but begins with #, the mark of comments; take that away",
            f"第 {commented + 1} 行像是列名行，但以注释标记 # 开头；请去掉该标记",
        )
    if column is not None:
        letters = column_letters(column)
        return Text(
            f"its column names stand one below the other in column {letters}: rows and columns are swapped; copy the "
            "table, and paste it with Paste Special, Transpose, or say transposed: true in a mapping",
            f"列名自上而下写在 {letters} 列：行与列互换了；请复制该表，用“选择性粘贴”中的“转置”粘贴，"
            "或在映射中写 transposed: true",
        )
    if find_crosstab(grid, (table,)) is not None:
        return Text(
            "it looks like a matrix, with names across and letters in the cells; a mapping reads it as such",
            "像是矩阵（名称横排，单元格中为字母）；可用映射按矩阵读取",
        )
    if table.one_row:
        return Text(
            "write the name of each field in one column and its value beside it",
            "请在一列中填写字段名，在其右侧填写对应的值",
        )
    if search.candidates:
        best = max(search.candidates, key=lambda each: each.score)
        named = reading.shown(*((head.row, head.column) for head in best.header.heads if head.match))
        return Text(
            f"row {best.header.top + 1} names {named.en}; if it is the header, call further columns by their names, or "
            "delete the rows above it",
            f"第 {best.header.top + 1} 行有列名{named.zh}；如其为列名行，请将其他列也改为该表的列名，或删除其上方各行",
        )
    return Text("write the column names in one row, above the rows of the table", "请在数据行上方用一行填写列名")


def _header_in_comments(grid: Grid, names: Names) -> int | None:
    """The row near the top that begins with # and holds at least two column names."""
    for row in grid.rows[:SEARCHED_ROWS]:
        filled = grid.filled(row)[:200]
        if filled and is_comment(filled[0][1]) and sum(names.match(raw_text(raw)) is not None for _, raw in filled) > 1:
            return row
    return None
