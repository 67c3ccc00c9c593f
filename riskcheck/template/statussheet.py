"""The sheet `table_status`: every table, to be declared complete. These are the cheapest facts there are."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.model.schema import FieldType, Table
from riskcheck.model.text import Text
from riskcheck.template.pen import Pen
from riskcheck.template.words import NO, YES

_COLUMNS = (
    (
        Text("table", "表"),
        Text(
            "# one row for each table; * stands for all tables in this workbook",
            "# 每张表一行；* 表示本工作簿中的所有表",
        ),
    ),
    (
        Text("complete", "完整"),
        Text("yes: no row is left out, and an empty optional cell means none", "是：没有遗漏的行，可选栏为空即表示无"),
    ),
    (Text("as_of", "截至日期"), Text("the day this holds for", "该声明对应的日期")),
    (Text("declared_by", "声明人"), Text("who says so", "由谁声明")),
)


def write_status_sheet(pen: Pen, tables: Sequence[Table]) -> None:
    """Write the sheet, with a row for each of `tables`."""
    sheet, theme = pen.book.add_worksheet("table_status"), pen.theme
    for column, (title, hint) in enumerate(_COLUMNS):
        sheet.write_string(0, column, pen.say(title), theme.header)
        sheet.write_string(1, column, pen.say(hint), theme.help)
    for row, table in enumerate(tables, 2):
        sheet.write_string(row, 0, pen.say(table.title), theme.label)
    sheet.data_validation(2, 1, len(tables) + 10, 1, {"validate": "list", "source": [pen.say(YES), pen.say(NO)]})
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 3, 26)
    sheet.set_column(2, 2, 26, theme.cell(FieldType.DATE))
    sheet.set_row(1, 48)
    sheet.freeze_panes(2, 1)
