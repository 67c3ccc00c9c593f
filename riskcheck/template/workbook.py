"""A template as a workbook."""

from __future__ import annotations

import datetime
import io

import xlsxwriter

from riskcheck.model.text import Language
from riskcheck.packs.rulepack import RulePack
from riskcheck.template.cover import write_cover
from riskcheck.template.keysheet import write_key_sheet
from riskcheck.template.pen import Pen
from riskcheck.template.rowsheet import write_row_sheet
from riskcheck.template.selection import Selection
from riskcheck.template.statussheet import write_status_sheet
from riskcheck.template.theme import Theme
from riskcheck.template.validation import Validation

_CREATED = datetime.datetime(2000, 1, 1)


def render_template(pack: RulePack, selection: Selection, language: Language) -> bytes:
    """The workbook with the tables of `selection`, as bytes: the same for the same arguments."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED, "title": pack.title.of(language)})
        validation = Validation(selection, language)
        pen = Pen(book, language, Theme(book), validation)
        write_cover(pen, selection.profile)
        for table in selection.tables:
            if table.one_row:
                write_key_sheet(pen, table, selection.gate)
            else:
                write_row_sheet(pen, table)
        write_status_sheet(pen, selection.to_declare)
        validation.write_lists(book)
    return buffer.getvalue()
