"""The sheet of a one-row table: names on the left, values on the right."""

from __future__ import annotations

from riskcheck.model.schema import Table
from riskcheck.model.text import Text
from riskcheck.template.pen import Pen

_HEADERS = (Text("Field", "项目"), Text("Value", "值"), Text("Note", "说明"))
_WIDTHS = (34, 28, 60)


def write_key_sheet(pen: Pen, table: Table, gate: str | None) -> None:
    """Write the sheet, with `gate` filled in if the template is for one."""
    sheet, theme = pen.sheet_of(table), pen.theme
    for column, (title, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True)):
        sheet.write_string(0, column, pen.say(title), theme.header)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for row, field in enumerate(table.fields, 1):
        sheet.write_string(row, 0, pen.say(field.title), theme.label)
        sheet.write_blank(row, 1, None, theme.cell(field.type))
        if field.name == "gate" and gate is not None:
            sheet.write_string(row, 1, gate, theme.plain)
        sheet.write_string(row, 2, pen.hint(field), theme.help)
        pen.validation.add(sheet, table.name, field, (row, 1, row, 1))
