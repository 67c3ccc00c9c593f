"""The sheet `table_status`: every table, to be declared complete. These are the cheapest facts there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from riskcheck.facts.rawcell import is_blank
from riskcheck.model.place import cell_name
from riskcheck.model.schema import FieldType, Table
from riskcheck.model.text import Text
from riskcheck.template import rowsheet
from riskcheck.template.carriedcell import CarriedCell
from riskcheck.template.cells import write_cell
from riskcheck.template.pen import Pen
from riskcheck.template.protection import protect
from riskcheck.template.words import NO, YES

NAME = Text("Table status", "表状态")
_TITLE = Text(
    "Table status: say here which tables have all their rows",
    "表状态：在此声明哪些表的行已填全",
)
_COLUMNS = (
    (
        Text("Table", "表"),
        Text("# one row for each table; a row with * stands for all of them", "# 每张表一行；* 行代表全部各表"),
        34,
        FieldType.STRING,
    ),
    (
        Text("Complete", "完整"),
        Text(
            "yes: no row is left out, and a blank where “blank = none” means none; until then leave it empty",
            "是：没有遗漏的行，且标明“空=无”的空格确实表示“无”；在此之前请留空",
        ),
        22,
        FieldType.BOOL,
    ),
    (Text("As of", "截至日期"), Text("the day for which this holds", "该声明对应的日期"), 16, FieldType.DATE),
    (Text("Declared by", "声明人"), Text("who says so", "由谁声明"), 20, FieldType.STRING),
)
_COUNT = (Text("# Rows", "# 已填行数"), Text("filled in so far", "目前已填的行数"), 14)
_HELP, _HEADER, _FIRST = 1, 2, 3
_SPARE = 10
"""So many rows below the last table may be filled in, too."""
_ANSWER = Text(
    "yes only if every row of the table is there and blanks in the columns that say so mean none. An empty table with "
    "yes says that there is nothing of the kind.",
    "表中所有行均已填入，且标明“空=无”的空格确实表示“无”时，才填“是”。空表填“是”表示确实没有此类内容。",
)


def write_status_sheet(pen: Pen) -> None:
    """Write the sheet, with a row for each table that can be declared complete."""
    sheet, theme, tables = pen.sheet(pen.say(NAME), _TITLE), pen.theme, _tables(pen)
    columns = [(title, hint, width) for title, hint, width, _ in _COLUMNS] + [_COUNT]
    for column, (title, hint, width) in enumerate(columns):
        sheet.write_string(_HELP, column, pen.say(hint), theme.help)
        sheet.write_string(_HEADER, column, pen.say(title), theme.header(plain=True))
        sheet.set_column(column, column, width)
    for row in range(_FIRST, _FIRST + len(tables) + _SPARE):
        for column, (_, _, _, kind) in enumerate(_COLUMNS):
            sheet.write_blank(row, column, None, theme.cell(kind))
    for row, table in enumerate(tables, _FIRST):
        _write_table(pen, sheet, row, table)
    _add_dropdown(pen, sheet, len(tables))
    hints, widths = [pen.say(hint) for _, hint, _ in columns], [width for _, _, width in columns]
    sheet.set_row(_HELP, pen.height(hints, [1.1 * width for width in widths], small=True))
    sheet.freeze_panes(_FIRST, 1)
    pen.set_print(sheet, widths, _HEADER)
    protect(sheet)


def _tables(pen: Pen) -> list[Table]:
    """The tables that can be declared complete, and others of which an older file says something."""
    declared = {table.name for table in pen.selection.to_declare} | pen.carried.declarations.keys()
    return [table for table in pen.selection.tables if table.name in declared]


def _write_table(pen: Pen, sheet: Any, row: int, table: Table) -> None:
    name, gate = pen.sheet_name(table), pen.needs.first_gate_of_table(table.name)
    sheet.write_url(row, 0, f"internal:{quoted(name)}!A1", pen.theme.label(gate), pen.say(table.title))
    said = pen.carried.declarations.get(table.name)
    if said is not None:
        answer = "" if said.complete is None else pen.say(YES if said.complete else NO)
        values = (answer, said.as_of or "", said.declared_by or "")
        for column, value in enumerate(values, 1):
            write_cell(pen, sheet, row, column, _COLUMNS[column][3], CarriedCell(value))
    if table.one_row:
        sheet.write_blank(row, len(_COLUMNS), None, pen.theme.help)
        return
    rows = rowsheet.filled_rows(pen, table)
    first, last = cell_name(rowsheet.HEADER, 0), cell_name(rowsheet.last_row(len(rows)) - 1, 0)
    formula = f"=COUNTA({quoted(name)}!{first}:{last})-1"
    sheet.write_formula(row, len(_COLUMNS), formula, pen.theme.help, _count(table, rows))


def _count(table: Table, rows: Sequence[Mapping[str, CarriedCell]]) -> int:
    """How many rows have something in their first column."""
    lead = table.fields[0].name
    cells = (row.get(lead) for row in rows)
    return sum(cell is not None and not is_blank(cell.raw) for cell in cells)


def _add_dropdown(pen: Pen, sheet: Any, count: int) -> None:
    options = {
        "validate": "list",
        "source": [pen.say(YES), pen.say(NO)],
        "input_title": pen.say(_COLUMNS[1][0]),
        "input_message": pen.say(_ANSWER),
    }
    sheet.data_validation(_FIRST, 1, _FIRST + count + _SPARE - 1, 1, options)


def quoted(name: str) -> str:
    """The name of a sheet as formulas and links spell it."""
    return "'" + name.replace("'", "''") + "'"
