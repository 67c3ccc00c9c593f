"""Dropdowns, input messages and checks of what is typed into the cells of a template.

None of them forbids: a warning says what riskcheck would not read, and the user may go on. Excel and LibreOffice know
no check of dates or numbers that admits a word, so these are formulas.
"""

from __future__ import annotations

from typing import Any

from riskcheck.facts.celldate import FIRST_YEAR
from riskcheck.model.number import grid_text
from riskcheck.model.place import cell_name
from riskcheck.model.schema import Field, FieldType
from riskcheck.model.text import Language, Text
from riskcheck.template.fieldtext import FieldText
from riskcheck.template.selection import Selection
from riskcheck.template.words import has_words, words_of

_MAX_LIST = 255
"""Excel takes at most this many characters in a dropdown's own list."""
_MAX_TITLE = 32
"""Excel takes at most this many characters in the title of a message."""
_LISTS = "# lists"
_TITLE = Text("Will not be read", "无法识别")
_NOT_IN_LIST = Text(
    "riskcheck reads the words in the list, in English or Chinese, and none. Leave the cell empty if the answer is not "
    "known. Keep what you typed all the same?",
    "riskcheck 只识别列表中的词（中英文均可）和“无”；尚不清楚时请留空。仍要保留吗？",
)
_NO_DATE = Text(
    "Write a date, for example 2026-03-31, or none. Leave the cell empty if the day is not known. Keep what you typed "
    "all the same?",
    "请填日期（如 2026-03-31）或“无”；尚不清楚时请留空。仍要保留吗？",
)
_NO_NUMBER = Text(
    "Write {kind}{bounds} without its unit, or none. Leave the cell empty if it is not known. Keep what you typed all "
    "the same?",
    "请只填{kind}{bounds}，不带单位，或填“无”；尚不清楚时请留空。仍要保留吗？",
)
_KINDS = {
    FieldType.INT: Text("a whole number", "整数"),
    FieldType.DOUBLE: Text("a number", "数字"),
    FieldType.PERCENT: Text("a number of percent", "百分数"),
}
_BRACKETS = Text(" ({})", "（{}）")

Area = tuple[int, int, int, int]
"""First row, first column, last row and last column, all counted from 0."""


class Validation:
    """Writes the validations of one workbook; the longest lists stand on a hidden sheet."""

    def __init__(self, selection: Selection, language: Language) -> None:
        self.language = language
        self.long = tuple(
            (table.name, field.name, words)
            for table in selection.tables
            for field in table.fields
            if field.type is FieldType.ENUM and not _fits_in_cell(words := words_of(field, language))
        )
        self.ranges = {
            (table, field): f"='{_LISTS}'!${letters}$1:${letters}${len(words)}"
            for column, (table, field, words) in enumerate(self.long)
            for letters in (cell_name(0, column)[:-1],)
        }

    def add(self, sheet: Any, table: str, text: FieldText, area: Area) -> None:
        """Let the cells of `area` take what the field reads, and say beside them what that is."""
        title = text.field.title.of(self.language)
        options = {
            "input_title": title if len(title) <= _MAX_TITLE else title[: _MAX_TITLE - 1] + "…",
            "input_message": text.prompt,
            "error_type": "warning",
            "error_title": _TITLE.of(self.language),
            **self._criterion(table, text, cell_name(area[0], area[1])),
        }
        sheet.data_validation(*area, options)

    def _criterion(self, table: str, text: FieldText, cell: str) -> dict[str, Any]:
        """What is valid in the area that begins at `cell`, and what is said of the rest."""
        field = text.field
        if has_words(field):
            words = self.ranges.get((table, field.name)) or list(words_of(field, self.language))
            return {"validate": "list", "source": words, "error_message": _NOT_IN_LIST.of(self.language)}
        condition = _condition(field, cell)
        if condition is None:
            return {"validate": "any"}
        formula = f'=IF(ISNUMBER({cell}),{condition},OR(TRIM({cell})="none",TRIM({cell})="无"))'
        return {"validate": "custom", "value": formula, "error_message": self._why_invalid(text)}

    def _why_invalid(self, text: FieldText) -> str:
        kind = _KINDS.get(text.field.type)
        if kind is None:
            return _NO_DATE.of(self.language)
        bounds = _BRACKETS.of(self.language).format(text.bounds) if text.bounds else ""
        return _NO_NUMBER.of(self.language).format(kind=kind.of(self.language), bounds=bounds)

    def write_lists(self, book: Any) -> None:
        """Write the hidden sheet, if a list does not fit into a dropdown of its own."""
        if not self.long:
            return
        sheet = book.add_worksheet(_LISTS)
        sheet.hide()
        for column, (_, _, words) in enumerate(self.long):
            for row, word in enumerate(words):
                sheet.write_string(row, column, word)


def _fits_in_cell(words: tuple[str, ...]) -> bool:
    return len(",".join(words)) <= _MAX_LIST and not any("," in word or '"' in word for word in words)


def _condition(field: Field, cell: str) -> str | None:
    """What must hold of a number in `cell`, as a formula; None if the field takes text."""
    whole = f"{cell}=INT({cell})"
    match field.type:
        case FieldType.DATE:
            return f"AND({whole},YEAR({cell})>={FIRST_YEAR})"
        case FieldType.DATETIME:
            return f"YEAR({cell})>={FIRST_YEAR}"
        case FieldType.INT | FieldType.DOUBLE | FieldType.PERCENT:
            parts = [whole] if field.type is FieldType.INT else []
            for sign, bound in ((">=", field.minimum), ("<=", field.maximum)):
                if bound is not None:
                    parts.append(f"{cell}{sign}{grid_text(bound) if field.type.on_grid else bound}")
            return f"AND({','.join(parts)})" if parts else "TRUE"
        case _:
            return None
