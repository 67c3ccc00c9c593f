"""Dropdowns and checks of what is typed into the cells of a template."""

from __future__ import annotations

from typing import Any

from riskcheck.model.place import cell_name
from riskcheck.model.schema import Field, FieldType
from riskcheck.model.text import Language, Text
from riskcheck.template.selection import Selection
from riskcheck.template.words import has_words, words_of

LAST_ROW = 2000
"""Dropdowns and formats reach down to this sheet row (from 1)."""
_MAX_LIST = 255
"""Excel takes at most this many characters in a dropdown's own list."""
_LISTS = "# lists"
_ERROR_TITLE = Text("Not in the list", "不在列表中")
_ERROR = Text("riskcheck reads only the words in the list.", "riskcheck 只识别列表中的词。")

Area = tuple[int, int, int, int]
"""First row, first column, last row and last column, all counted from 0."""


class Validation:
    """Writes the dropdowns of one workbook; the longest lists stand on a hidden sheet."""

    def __init__(self, selection: Selection, language: Language) -> None:
        self.language = language
        self.long = tuple(
            (table.name, field.name, words)
            for table in selection.tables
            for field in table.fields
            if field.type is FieldType.ENUM and len(",".join(words := words_of(field, language))) > _MAX_LIST
        )
        self.ranges = {
            (table, field): f"='{_LISTS}'!${letters}$1:${letters}${len(words)}"
            for column, (table, field, words) in enumerate(self.long)
            for letters in (cell_name(0, column)[:-1],)
        }

    def add(self, sheet: Any, table: str, field: Field, area: Area) -> None:
        """Let the cells of `area` take what `field` reads."""
        if not has_words(field):
            return
        options = {
            "validate": "list",
            "source": self.ranges.get((table, field.name)) or list(words_of(field, self.language)),
            "error_type": "warning",
            "error_title": _ERROR_TITLE.of(self.language),
            "error_message": _ERROR.of(self.language),
        }
        sheet.data_validation(*area, options)

    def write_lists(self, book: Any) -> None:
        """Write the hidden sheet, if a list is too long for a dropdown of its own."""
        if not self.long:
            return
        sheet = book.add_worksheet(_LISTS)
        sheet.hide()
        for column, (_, _, words) in enumerate(self.long):
            for row, word in enumerate(words):
                sheet.write_string(row, column, word)
