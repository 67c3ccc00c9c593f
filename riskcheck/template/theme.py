"""The colours and cell formats of a template; each format is made once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from riskcheck.model.schema import FieldType
from riskcheck.model.text import Language

DEFAULTS: dict[Language, dict[str, Any]] = {
    "en": {"font_name": "Calibri", "font_size": 11, "locked": False},
    "zh": {"font_name": "微软雅黑", "font_size": 10, "locked": False},
}
"""The format of cells that nothing is said of. They are unlocked, for Excel deletes only rows without a locked cell."""
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
_CENTRED = (FieldType.DATE, FieldType.DATETIME, FieldType.BOOL, FieldType.ENUM, FieldType.INT)
_PERCENT = "0.######%"
_LINE = {"border": 1, "border_color": "#B7C4D1"}
_GREY_TEXT = "#5F6B76"


class Shade(NamedTuple):
    """A dark colour for headers with white text, and a light one for what belongs to them."""

    dark: str
    light: str


NOT_JUDGED = Shade("#76828C", "#EEF1F3")
_OF_GATES = (
    Shade("#1F4E78", "#DCE6F1"),
    Shade("#1E6B52", "#DBEFE7"),
    Shade("#8A5A00", "#F8EBD0"),
    Shade("#6A3D7C", "#EBDFF0"),
    Shade("#8C3B3B", "#F5DEDE"),
)
"""The shades of the gates in their order; they begin again if there are more gates."""


class Theme:
    """The formats of one workbook in one language."""

    def __init__(self, book: Any, language: Language, gates: Sequence[str]) -> None:
        self._book, self._font = book, DEFAULTS[language]
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._gates = {gate: _OF_GATES[number % len(_OF_GATES)] for number, gate in enumerate(gates)}

    def make(self, **properties: Any) -> Any:
        """A format with the font of the workbook; text stands at the top. It is locked, unless that is said."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**self._font, "valign": "top", "locked": True, **properties})
        return self._made[key]

    def framed(self, **properties: Any) -> Any:
        """Text that wraps, in a frame."""
        return self.make(text_wrap=True, **properties, **_LINE)

    def shade(self, gate: str | None) -> Shade:
        """The shade of what `gate` needs first, or no gate at all."""
        return NOT_JUDGED if gate is None else self._gates[gate]

    def header(self, gate: str | None = None, *, plain: bool = False) -> Any:
        """The header of a column that `gate` needs first; `plain`: of no field."""
        shade = _OF_GATES[0] if plain else self.shade(gate)
        return self.make(bold=True, font_color="white", bg_color=shade.dark, text_wrap=True, **_LINE)

    def mark(self, gate: str | None, *, required: bool) -> Any:
        """Which gate needs a column, and whether it must be filled in."""
        small = self._font["font_size"] - 1
        return self.make(bold=required, font_size=small, bg_color=self.shade(gate).light, **_LINE)

    def label(self, gate: str | None) -> Any:
        """The name of a field that stands left of its value."""
        return self.make(bold=True, bg_color=self.shade(gate).light, text_wrap=True, **_LINE)

    @property
    def help(self) -> Any:
        """What to enter."""
        return self.make(font_size=self._font["font_size"] - 1, font_color=_GREY_TEXT, text_wrap=True, **_LINE)

    @property
    def example(self) -> Any:
        """An example, as text."""
        small = self._font["font_size"] - 1
        return self.make(
            italic=True, font_size=small, font_color=_GREY_TEXT, bg_color="#F7F7F7", num_format="@", **_LINE
        )

    @property
    def title(self) -> Any:
        """The line above a table."""
        return self.make(bold=True, font_color="#1F4E78")

    def cell(self, kind: FieldType, *, percent: bool = False, left: bool = False) -> Any:
        """A cell to be filled in; `percent` shows 0.85 as 85 %, `left` puts all values at the left."""
        code = _PERCENT if percent else _NUMBER_FORMATS.get(kind)
        number_format = {} if code is None else {"num_format": code}
        align = {"align": "left"} if left else {"align": "center"} if kind in _CENTRED else {}
        wrap = kind in (FieldType.STRING, FieldType.LIST)
        return self.make(locked=False, text_wrap=wrap, **align, **number_format, **_LINE)
