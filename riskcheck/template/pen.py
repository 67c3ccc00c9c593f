"""What the sheets of one template share: the workbook, its language, its formats, and what is said of a field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from typing import Any

from riskcheck.facts.grid import is_comment
from riskcheck.facts.names import SHEET_NAME_LENGTH
from riskcheck.model.schema import Field, Table
from riskcheck.model.text import Language, Text
from riskcheck.packs.fieldneeds import FieldNeeds
from riskcheck.packs.rulepack import RulePack
from riskcheck.template.carried import Carried
from riskcheck.template.examples import Examples
from riskcheck.template.fieldtext import FieldText
from riskcheck.template.selection import Selection
from riskcheck.template.theme import Theme
from riskcheck.template.validation import Validation

COVER = Text("# How to fill in", "# 填写说明")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")
_RESERVED = "history"
"""Excel has a sheet of this name."""
_A4, _A3 = 9, 8
_WIDEST_ON_A4 = 170
"""A table that is wider, in letters, is printed on A3."""
_LINE = {"en": 15.0, "zh": 16.5}
"""The height of a line of text in points."""
_FOOTER = Text("&CPage &P of &N", "&C第 &P 页，共 &N 页")


class Pen:
    """Writes text in one language, and sheets that look alike."""

    def __init__(self, book: Any, pack: RulePack, selection: Selection, language: Language, carried: Carried) -> None:
        self.book, self.pack, self.selection, self.language = book, pack, selection, language
        self.carried = carried
        self.theme = Theme(book, language, [gate.id for gate in pack.gates])
        self.validation = Validation(selection, language)
        self.needs = FieldNeeds(pack, selection.checks)
        self.examples = Examples(selection.tables, selection.checks, language)

    def say(self, text: Text) -> str:
        """The text in the language of the template."""
        return text.of(self.language)

    def about(self, table: Table, field: Field) -> FieldText:
        """What is said of a field."""
        gate = self.needs.first_gate(table.name, field.name)
        for_report = gate is None and self.needs.is_used(table.name, field.name)
        return FieldText(field, gate, for_report, self.needs.checks_of(table.name, field.name), self.language)

    def sheet_name(self, table: Table) -> str:
        """The name of the sheet of a table: its title, or its own name if Excel or riskcheck would not take that."""
        title = self.say(table.title)[:SHEET_NAME_LENGTH]
        refused = is_comment(title) or _NO_SHEET_NAME.search(title) or title.casefold() == _RESERVED
        return table.name[:SHEET_NAME_LENGTH] if refused else title

    def heading(self, field: Field) -> str:
        """The header of a field: its title, or its own name if the title would be taken for a comment."""
        title = self.say(field.title)
        return field.name if is_comment(title) else title

    def sheet(self, name: str, title: Text | None = None) -> Any:
        """A new sheet, with a line of help on top that leads back to the cover."""
        sheet = self.book.add_worksheet(name)
        if title is not None:
            sheet.write_url(0, 0, f"internal:'{self.say(COVER)}'!A1", self.theme.title, f"# {self.say(title)}")
        return sheet

    def set_print(self, sheet: Any, widths: Sequence[float], repeat: int | None = None) -> None:
        """Set up printing: landscape, as wide as the page, with the name of the sheet and page numbers.

        `repeat` is the row that every page begins with.
        """
        sheet.set_landscape()
        sheet.set_paper(_A3 if sum(widths) > _WIDEST_ON_A4 else _A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.set_header(f"&L{self.say(self.pack.title).replace('&', '&&')}&R&A")
        sheet.set_footer(self.say(_FOOTER))
        if repeat is not None:
            sheet.repeat_rows(repeat)

    def height(self, texts: Sequence[str], widths: Sequence[float], *, small: bool = False) -> float:
        """The height in points of a row that shows each text whole in a column of its width."""
        lines = max((lines_of(text, width) for text, width in zip(texts, widths, strict=True)), default=1)
        return self.height_of(lines, small=small)

    def height_of(self, lines: int, *, small: bool = False) -> float:
        """The height in points of a row of so many lines."""
        return lines * (_LINE[self.language] - small) + 2


def lines_of(text: str, width: float) -> int:
    """How many lines `text` takes in a column that is `width` letters wide."""
    return sum(max(1, ceil(text_width(line) / max(1.0, width - 1))) for line in text.split("\n"))


def text_width(text: str) -> int:
    """How many columns of plain letters `text` takes."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)
