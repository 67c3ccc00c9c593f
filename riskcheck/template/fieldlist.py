"""The sheet that lists every column of the workbook: what it is, what to enter, and which checks read it."""

from __future__ import annotations

from typing import Any

from riskcheck.model.schema import Table
from riskcheck.model.text import Text
from riskcheck.template.fieldtext import FieldText
from riskcheck.template.pen import Pen
from riskcheck.template.statussheet import quoted

NAME = Text("# Columns", "# 栏目说明")
_TITLE = Text("All columns: what to enter, and why", "全部栏目：填什么、为什么要填")
_COLUMNS = (
    (Text("Table", "表"), 20),
    (Text("Column", "栏目"), 26),
    (Text("Gate", "关口"), 22),
    (Text("What to enter", "填写内容"), 44),
    (Text("Words to choose from", "可选词"), 34),
    (Text("Read by the checks", "用于检查"), 60),
)
_HEADER, _FIRST = 1, 2


def write_field_list(pen: Pen) -> None:
    """Write the sheet, in the order of the other sheets."""
    sheet = pen.sheet(pen.say(NAME), _TITLE)
    for column, (title, width) in enumerate(_COLUMNS):
        sheet.write_string(_HEADER, column, pen.say(title), pen.theme.header(plain=True))
        sheet.set_column(column, column, width)
    row = _FIRST
    for table in pen.selection.tables:
        for field in table.fields:
            _write_line(pen, sheet, row, table, pen.about(table, field))
            row += 1
    sheet.freeze_panes(_FIRST, 2)
    sheet.autofilter(_HEADER, 0, max(_FIRST, row - 1), len(_COLUMNS) - 1)
    pen.set_print(sheet, [width for _, width in _COLUMNS], _HEADER)


def _write_line(pen: Pen, sheet: Any, row: int, table: Table, text: FieldText) -> None:
    theme, between = pen.theme, pen.say(Text(", ", "、"))
    words = between.join(pen.say(word.title) for word in text.field.allowed)
    checks = "\n".join(f"{check.id} {pen.say(check.title)}" for check in text.checks)
    shown = (pen.say(table.title), pen.say(text.field.title), text.mark, text.hint, words, checks)
    plain = theme.framed()
    sheet.write_url(row, 0, f"internal:{quoted(pen.sheet_name(table))}!A1", plain, shown[0])
    sheet.write_string(row, 1, shown[1], theme.label(text.gate))
    sheet.write_string(row, 2, shown[2], theme.mark(text.gate, required=text.is_required))
    for column in range(3, len(shown)):
        sheet.write_string(row, column, shown[column], plain)
    sheet.set_row(row, pen.height(shown, [width for _, width in _COLUMNS]))
