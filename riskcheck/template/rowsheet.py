"""The sheet of a table with many rows: a header, and help below it."""

from __future__ import annotations

from riskcheck.model.schema import Table
from riskcheck.template.pen import Pen, text_width
from riskcheck.template.validation import LAST_ROW


def write_row_sheet(pen: Pen, table: Table) -> None:
    """Write the sheet, with the rows that the table must have if it needs one for each word of an enum field."""
    sheet, theme = pen.sheet_of(table), pen.theme
    for column, field in enumerate(table.fields):
        title, hint = pen.say(field.title), pen.hint(field)
        sheet.write_string(0, column, title, theme.header)
        sheet.write_string(1, column, f"# {hint}" if column == 0 else hint, theme.help)
        sheet.set_column(column, column, max(14, min(30, text_width(title) + 4)), theme.cell(field.type))
        pen.validation.add(sheet, table.name, field, (2, column, LAST_ROW - 1, column))
    sheet.freeze_panes(2, 1)
    sheet.set_row(1, 62)
    for row, (column, word) in enumerate(_expected_rows(pen, table), 2):
        sheet.write_string(row, column, word)


def _expected_rows(pen: Pen, table: Table) -> list[tuple[int, str]]:
    """Column and word of each row that the table must have."""
    for column, field in enumerate(table.fields):
        if field.allowed and len(field.allowed) == table.min_rows:
            return [(column, pen.say(word.title)) for word in field.allowed]
    return []
