"""The sheet of a table with many rows: title, gates, help and an example above the header, and rows to fill in below.

What stands above the header begins with #, so that it is not read. The header stands just above the rows, so that they
can be filtered and sorted.
"""

from __future__ import annotations

from typing import Any

from riskcheck.model.schema import Field, FieldType, Table
from riskcheck.model.text import Text
from riskcheck.template.examples import MARK
from riskcheck.template.fieldnames import holds_id, names_person
from riskcheck.template.fieldtext import FieldText
from riskcheck.template.pen import Pen, lines_of, text_width
from riskcheck.template.protection import protect
from riskcheck.template.words import has_words, words_of

GATE, HELP, EXAMPLE, HEADER, FIRST = 1, 2, 3, 4, 5
"""Rows of the sheet, from 0; the title stands in row 0."""
LAST_ROW = 2000
"""Dropdowns and filters reach down to this sheet row (from 1)."""
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
_WIDEST, _MOST_LINES = 32, 4
"""A column is made wider, up to `_WIDEST` letters, until its help fits into so many lines."""


def title_of(table: Table) -> Text:
    """The line on top of a table's sheet."""
    if table.note is None:
        return table.title
    return Text(f"{table.title.en}: {table.note.en}", f"{table.title.zh}：{table.note.zh}")


def write_row_sheet(pen: Pen, table: Table) -> None:
    """Write the sheet, with the rows that the table must have if it needs one for each word of an enum field."""
    sheet, theme = pen.sheet(pen.sheet_name(table), title_of(table)), pen.theme
    about = [pen.about(table, field) for field in table.fields]
    widths = [_width(pen, each) for each in about]
    examples = pen.examples.of(table)
    sheet.set_row(0, None, theme.title)
    for column, (text, width, example) in enumerate(zip(about, widths, examples, strict=True)):
        sheet.set_column(column, column, width, theme.cell(text.field.type))
        comment = "# " if column == 0 else ""
        sheet.write_string(GATE, column, comment + text.mark, theme.mark(text.gate, required=text.is_required))
        sheet.write_string(HELP, column, comment + text.hint, theme.help)
        sheet.write_string(EXAMPLE, column, (pen.say(MARK) if column == 0 else "") + example, theme.example)
        sheet.write_string(HEADER, column, pen.heading(text.field), theme.header(text.gate))
        pen.validation.add(sheet, table.name, text, (FIRST, column, LAST_ROW - 1, column))
    sheet.set_row(HELP, pen.height([text.hint for text in about], [1.1 * width for width in widths], small=True))
    sheet.set_row(HEADER, pen.height(list(map(pen.heading, table.fields)), [width - 2 for width in widths]))
    sheet.freeze_panes(FIRST, 1)
    sheet.set_tab_color(theme.shade(pen.needs.first_gate_of_table(table.name)).dark)
    sheet.autofilter(HEADER, 0, LAST_ROW - 1, len(widths) - 1)
    pen.set_print(sheet, widths, HEADER)
    protect(sheet)
    _write_expected_rows(pen, sheet, table)


def expected_count(pen: Pen, table: Table) -> int:
    """How many rows the sheet has from the beginning."""
    return len(_expected_rows(pen, table))


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


def _write_expected_rows(pen: Pen, sheet: Any, table: Table) -> None:
    for row, (column, field, word) in enumerate(_expected_rows(pen, table), FIRST):
        sheet.write_string(row, column, word, pen.theme.cell(field.type))


def _expected_rows(pen: Pen, table: Table) -> list[tuple[int, Field, str]]:
    """Column, field and word of each row that the table must have."""
    for column, field in enumerate(table.fields):
        if field.allowed and len(field.allowed) == table.min_rows:
            return [(column, field, pen.say(word.title)) for word in field.allowed]
    return []
