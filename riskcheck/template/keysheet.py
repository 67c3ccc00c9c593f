"""The sheet of a one-row table: names on the left, values beside them, then what is said of each."""

from __future__ import annotations

from typing import Any

from riskcheck.model.schema import Field, Table
from riskcheck.model.text import Text
from riskcheck.template.carriedcell import NOTHING_CARRIED, CarriedCell
from riskcheck.template.cells import write_cell
from riskcheck.template.fieldtext import FieldText
from riskcheck.template.pen import Pen
from riskcheck.template.protection import protect
from riskcheck.template.rowsheet import title_of

_COLUMNS = (
    (Text("Field", "项目"), 32),
    (Text("Value", "值"), 28),
    (Text("# Gate", "# 关口"), 22),
    (Text("Note", "说明"), 60),
    (Text("Example", "示例"), 20),
)
"""Titles and widths. What begins with # is not read; notes and examples are known as such."""
_HEADER, _FIRST = 1, 2
"""Rows of the sheet, from 0; the title stands in row 0."""


def write_key_sheet(pen: Pen, table: Table) -> None:
    """Write the sheet, with what is filled in already, and the gate if the template is for one."""
    sheet, widths = pen.sheet(pen.sheet_name(table), title_of(table)), [width for _, width in _COLUMNS]
    for column, (title, width) in enumerate(_COLUMNS):
        sheet.write_string(_HEADER, column, pen.say(title), pen.theme.header(plain=True))
        sheet.set_column(column, column, width)
    about = [pen.about(table, field) for field in table.fields]
    for row, (text, example) in enumerate(zip(about, pen.examples.of(table), strict=True), _FIRST):
        _write_field(pen, sheet, row, text, example)
        write_cell(pen, sheet, row, 1, text.field.type, _value(pen, table, text.field), left=True)
        pen.validation.add(sheet, table.name, text, (row, 1, row, 1))
    sheet.freeze_panes(_FIRST, 2)
    sheet.set_tab_color(pen.theme.shade(pen.needs.first_gate_of_table(table.name)).dark)
    pen.set_print(sheet, widths, _HEADER)
    protect(sheet)


def _value(pen: Pen, table: Table, field: Field) -> CarriedCell:
    if field.name == "gate" and pen.selection.gate is not None:
        return CarriedCell(pen.selection.gate)
    carried = pen.carried.tables.get(table.name)
    return carried.row(0)[field.name] if carried else NOTHING_CARRIED


def _write_field(pen: Pen, sheet: Any, row: int, text: FieldText, example: str) -> None:
    theme, title = pen.theme, pen.heading(text.field)
    sheet.set_row(row, pen.height([title, text.hint], [_COLUMNS[0][1] - 2, 1.1 * _COLUMNS[3][1]]))
    sheet.write_string(row, 0, title, theme.label(text.gate))
    sheet.write_string(row, 2, text.mark, theme.mark(text.gate, required=text.is_required))
    sheet.write_string(row, 3, text.hint, theme.help)
    sheet.write_string(row, 4, example, theme.example)
