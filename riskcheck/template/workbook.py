"""A template as a workbook."""

from __future__ import annotations

import datetime
import io

import xlsxwriter

from riskcheck.model.text import Language
from riskcheck.packs.rulepack import RulePack
from riskcheck.template import fieldlist
from riskcheck.template.carried import NOTHING_TO_CARRY, Carried
from riskcheck.template.cover import write_cover
from riskcheck.template.keysheet import write_key_sheet
from riskcheck.template.pen import Pen
from riskcheck.template.rowsheet import write_row_sheet
from riskcheck.template.selection import Selection
from riskcheck.template.statussheet import write_status_sheet
from riskcheck.template.theme import DEFAULTS

_CREATED = datetime.datetime(2000, 1, 1)


def render_template(
    pack: RulePack, selection: Selection, language: Language, carried: Carried = NOTHING_TO_CARRY
) -> bytes:
    """The workbook with the tables of `selection`, as bytes: the same for the same arguments.

    `carried` is what is filled in already.
    """
    buffer = io.BytesIO()
    # A copy, since the library changes what it is given, and the next workbook would come out otherwise.
    options = {"in_memory": True, "default_format_properties": dict(DEFAULTS[language])}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": _CREATED, "title": pack.title.of(language)})
        pen = Pen(book, pack, selection, language, carried)
        write_cover(pen, fieldlist.NAME)
        for table in selection.tables:
            if table.one_row:
                write_key_sheet(pen, table)
            else:
                write_row_sheet(pen, table)
        write_status_sheet(pen)
        fieldlist.write_field_list(pen)
        pen.validation.write_lists(book)
    return buffer.getvalue()
