"""What the sheets of one template share: the workbook, its language, its formats and its dropdowns."""

from __future__ import annotations

from typing import Any

from riskcheck.facts.names import SHEET_NAME_LENGTH
from riskcheck.model.schema import Field, Table
from riskcheck.model.text import Language, Text
from riskcheck.packs.fieldhints import entry_hint
from riskcheck.template.theme import Theme
from riskcheck.template.validation import Validation

_A4 = 9


class Pen:
    """Writes text in one language, and sheets that look alike."""

    def __init__(self, book: Any, language: Language, theme: Theme, validation: Validation) -> None:
        self.book, self.language, self.theme, self.validation = book, language, theme, validation

    def say(self, text: Text) -> str:
        """The text in the language of the template."""
        return text.of(self.language)

    def hint(self, field: Field) -> str:
        """What is to be entered, in a few words."""
        return entry_hint(field, self.language)

    def sheet_of(self, table: Table) -> Any:
        """A new sheet for a table, named as the table."""
        sheet = self.book.add_worksheet(self.say(table.title)[:SHEET_NAME_LENGTH])
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        return sheet


def text_width(text: str) -> int:
    """How many columns of plain letters `text` takes."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)
