"""The sheet of a table with many rows: title, gates, help and an example above the header, and rows to fill in below.

What stands above the header begins with #, so that it is not read. The header stands just above the rows, so that they
can be filtered and sorted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from riskcheck.model.schema import FieldType, Table
from riskcheck.model.text import Text
from riskcheck.template.carriedcell import CarriedCell
from riskcheck.template.cells import write_cell
from riskcheck.template.examples import MARK
from riskcheck.template.fieldnames import holds_id, names_person
from riskcheck.template.fieldtext import FieldText
from riskcheck.template.pen import Pen, lines_of, text_width
from riskcheck.template.protection import protect
from riskcheck.template.words import has_words, words_of

GATE, HELP, EXAMPLE, HEADER, FIRST = 1, 2, 3, 4, 5
"""Rows of the sheet, from 0; the title stands in row 0."""
_LAST_ROW, _SPARE = 2000, 500
"""Dropdowns and filters reach down to this sheet row (from 1), and at least so many rows below what is filled in."""
_WIDTHS = {
    FieldType.STRING: 20,
    FieldType.LIST: 20,
    FieldType.ENUM: 12,
    FieldType.INT: 11,
    FieldType.DOUBLE: 12,
    FieldType.PERCENT: 11,
    FieldType.DATE: 13,
    FieldType.DATETIME: 18,
    FieldType.BOOL: 10,
}
_NARROW = 14
"""The width of ids and of names of people."""
_MOST_LINES_OF_TEXT = 12
"""A row is made no higher than for so many lines."""
_WIDEST, _MOST_LINES = 32, 4
"""A column is made wider, up to `_WIDEST` letters, until its help fits into so many lines."""


def title_of(table: Table) -> Text:
    """The line on top of a table's sheet."""
    if table.note is None:
        return table.title
    return Text(f"{table.title.en}: {table.note.en}", f"{table.title.zh}：{table.note.zh}")


def write_row_sheet(pen: Pen, table: Table) -> None:
    """Write the sheet, with what is filled in already."""
    sheet, theme = pen.sheet(pen.sheet_name(table), title_of(table)), pen.theme
    about = [pen.about(table, field) for field in table.fields]
    widths = [_width(pen, each) for each in about]
    rows, examples = filled_rows(pen, table), pen.examples.of(table)
    last = last_row(len(rows))
    sheet.set_row(0, None, theme.title)
    for column, (text, width, example) in enumerate(zip(about, widths, examples, strict=True)):
        sheet.set_column(column, column, width, theme.cell(text.field.type))
        comment = "# " if column == 0 else ""
        sheet.write_string(GATE, column, comment + text.mark, theme.mark(text.gate, required=text.is_required))
        sheet.write_string(HELP, column, comment + text.hint, theme.help)
        sheet.write_string(EXAMPLE, column, (pen.say(MARK) if column == 0 else "") + example, theme.example)
        sheet.write_string(HEADER, column, pen.heading(text.field), theme.header(text.gate))
        pen.validation.add(sheet, table.name, text, (FIRST, column, last - 1, column))
    sheet.set_row(HELP, pen.height([text.hint for text in about], [1.1 * width for width in widths], small=True))
    sheet.set_row(HEADER, pen.height(list(map(pen.heading, table.fields)), [width - 2 for width in widths]))
    sheet.freeze_panes(FIRST, 1)
    sheet.set_tab_color(theme.shade(pen.needs.first_gate_of_table(table.name)).dark)
    sheet.autofilter(HEADER, 0, last - 1, len(widths) - 1)
    pen.set_print(sheet, widths, HEADER)
    protect(sheet)
    for row, cells in enumerate(rows, FIRST):
        _write_row(pen, sheet, table, widths, row, cells)


def _write_row(
    pen: Pen, sheet: Any, table: Table, widths: Sequence[int], row: int, cells: Mapping[str, CarriedCell]
) -> None:
    """Write a row that is filled in, high enough for its longest text."""
    height = 1
    for column, (field, width) in enumerate(zip(table.fields, widths, strict=True)):
        cell = cells.get(field.name)
        if cell is not None:
            write_cell(pen, sheet, row, column, field.type, cell)
            if isinstance(cell.raw, str) and len(cell.raw) > width // 2:
                height = max(height, min(_MOST_LINES_OF_TEXT, lines_of(cell.raw, width)))
    if height > 1:
        sheet.set_row(row, pen.height_of(height))


def last_row(filled: int) -> int:
    """The last sheet row (from 1) with dropdowns, where so many rows are filled in."""
    return max(_LAST_ROW, FIRST + filled + _SPARE)


def filled_rows(pen: Pen, table: Table) -> Sequence[Mapping[str, CarriedCell]]:
    """The rows that are filled in from the beginning: those of an older file, else those that the table must have."""
    carried = pen.carried.tables.get(table.name)
    if carried is not None:
        return [carried.row(number) for number in range(carried.row_count)]
    for field in table.fields:
        if field.allowed and len(field.allowed) == table.min_rows:
            return [{field.name: CarriedCell(pen.say(word.title))} for word in field.allowed]
    return []


def _width(pen: Pen, text: FieldText) -> int:
    """The width of a column: as its type needs, wide enough for its title and words, wider for a long help."""
    field = text.field
    narrow = holds_id(field) or names_person(field)
    least = [
        _NARROW if narrow else _WIDTHS[field.type],
        min(18, text_width(pen.heading(field)) + 4),
        text_width(text.mark) + 1,
    ]
    if has_words(field):
        least.append(min(26, max(map(text_width, words_of(field, pen.language))) + 4))
    width = max(least)
    while width < _WIDEST and lines_of(text.hint, 1.1 * width) > _MOST_LINES:
        width += 1
    return width
