"""The cell formats of a template; each is made once."""

from __future__ import annotations

from typing import Any

from riskcheck.model.schema import FieldType

_NUMBER_FORMATS = {
    FieldType.STRING: "@",
    FieldType.LIST: "@",
    FieldType.ENUM: "@",
    FieldType.INT: "0",
    FieldType.DOUBLE: "General",
    FieldType.PERCENT: "General",
    FieldType.DATE: "yyyy-mm-dd",
    FieldType.DATETIME: "yyyy-mm-dd hh:mm",
}


class Theme:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        border = {"border": 1, "border_color": "#B7C4D1"}
        self.header = book.add_format({"bold": True, "bg_color": "#1F4E78", "font_color": "white", "valign": "top"})
        self.help = book.add_format({"italic": True, "font_color": "#5F6B76", "text_wrap": True, "valign": "top"})
        self.guide = book.add_format({"text_wrap": True, "valign": "top"})
        self.label = book.add_format({"bold": True, "bg_color": "#DCE6F1", "valign": "top", **border})
        self.plain = book.add_format({"valign": "top", **border})
        self._by_type = {
            kind: book.add_format({"num_format": code, "valign": "top", **border})
            for kind, code in _NUMBER_FORMATS.items()
        }

    def cell(self, kind: FieldType) -> Any:
        """The format of a cell to be filled in."""
        return self._by_type.get(kind, self.plain)
