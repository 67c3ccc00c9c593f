"""The colours and formats of the report workbook."""

from __future__ import annotations

from typing import Any, Final

from riskcheck.model.assessment import Verdict
from riskcheck.model.finding import Band, Outcome

VERDICT_COLORS: Final = {
    Verdict.PASS: "#2E7D32",
    Verdict.CONDITIONAL: "#F9A825",
    Verdict.FAIL: "#C62828",
    Verdict.CANNOT_JUDGE: "#616161",
}
OUTCOME_COLORS: Final = {
    Outcome.PASS: "#C8E6C9",
    Outcome.WARN: "#FFE0A3",
    Outcome.FAIL: "#F5B7B1",
    Outcome.UNKNOWN: "#D5D8DC",
    Outcome.ERROR: "#F1948A",
    Outcome.NOT_APPLICABLE: "#F2F3F4",
}
BAND_COLORS: Final = {
    Band.LOW: "#C8E6C9",
    Band.MEDIUM: "#FFF3B0",
    Band.HIGH: "#FFCC99",
    Band.CRITICAL: "#F19C99",
}
_FREE = {"locked": False}
"""Cells that people may change on a sheet whose headers are protected."""
_TO_FILL = {"bg_color": "#FFFBE6"}
_DAY = {"num_format": "yyyy-mm-dd", "align": "center", "valign": "top", "text_wrap": True}
_LINE = {"border": 1, "border_color": "#C9D3DD"}


class Theme:
    """The formats of one workbook; each is made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        make = book.add_format
        blue = {"bg_color": "#1F4E78", "font_color": "white", "bold": True}
        green = {"bg_color": "#2E6B4F", "font_color": "white", "bold": True}
        self.header = make({**blue, "text_wrap": True, "valign": "top", **_LINE})
        self.fillable_header = make({**green, "text_wrap": True, "valign": "top", **_LINE})
        self.label = make({"bold": True, "bg_color": "#E8EEF4", "valign": "top", **_LINE})
        self.value = make({"text_wrap": True, "valign": "top", **_LINE})
        self.cell = make({"valign": "top", **_LINE})
        self.wrapped = make({"valign": "top", "text_wrap": True, **_FREE, **_LINE})
        self.number = make({"valign": "top", "align": "center", **_FREE, **_LINE})
        blue_line = {"font_color": "#1A56A0", "underline": 1}
        self.link = make({"valign": "top", "text_wrap": True, **blue_line, **_FREE, **_LINE})
        self.day = make({**_DAY, **_FREE, **_LINE})
        self.note = make({"italic": True})
        self.unlocked = make(_FREE)
        self.fillable = make({"valign": "top", "text_wrap": True, **_TO_FILL, **_FREE, **_LINE})
        self.fillable_day = make({**_DAY, **_TO_FILL, **_FREE, **_LINE})
        self.score = make({"num_format": "0.##", "align": "right", "valign": "top", **_LINE})
        self.percent = make({"num_format": "0.##%", "align": "right", "valign": "top", **_LINE})
        self.dash = make({"align": "right", "valign": "top", **_LINE})
        self._late: dict[bool, Any] = {}
        self._banners: dict[str, Any] = {}
        self._heats: dict[tuple[str, bool], Any] = {}
        self._fills: dict[str, Any] = {}

    def late(self, *, fillable: bool) -> Any:
        """A day that has passed."""
        if fillable not in self._late:
            red = {"font_color": "#B71C1C", "bold": True}
            self._late[fillable] = self.book.add_format(
                {**_DAY, **(_TO_FILL if fillable else {}), **red, **_FREE, **_LINE}
            )
        return self._late[fillable]

    def banner(self, color: str) -> Any:
        """The headline, white on `color`."""
        if color not in self._banners:
            self._banners[color] = self.book.add_format(
                {
                    "bold": True,
                    "font_size": 20,
                    "font_color": "white",
                    "bg_color": color,
                    "valign": "vcenter",
                    "indent": 1,
                }
            )
        return self._banners[color]

    def heat(self, color: str, *, strong: bool) -> Any:
        """A cell of the heat map; `strong` if something is in it."""
        if (color, strong) not in self._heats:
            self._heats[color, strong] = self.book.add_format(
                {"bg_color": color, "bold": strong, "font_size": 12, "align": "center", "valign": "vcenter", **_LINE}
            )
        return self._heats[color, strong]

    def fill(self, color: str) -> Any:
        """The fill of a conditional format."""
        if color not in self._fills:
            self._fills[color] = self.book.add_format({"bg_color": color})
        return self._fills[color]
