"""One column of a listing while its rows are written: its cells as XML, how high they are, and how wide it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final
from xml.sax.saxutils import escape

from riskcheck.frozen import frozen
from riskcheck.model.place import column_letters
from riskcheck.model.text import Text
from riskcheck.reports.excelheight import points, shown_width
from riskcheck.reports.exceltheme import Theme

BUTTON: Final = 3
"""How many columns of text the filter button of a header takes."""
_GROWS_TO = 40
"""How wide a column may become so that its texts stand on one line."""
_REMEMBERED = 512
"""So many texts of a column, if they are not longer, are remembered as written: many rows share theirs."""
_DAY_ZERO = date(1899, 12, 30)
"""The day that Excel numbers 0, as far as days from March 1900 on are concerned."""
_LIKE_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)")


@frozen
class Linked:
    """A text that is a link."""

    text: str
    link: str


@frozen
class Late:
    """A day that has passed."""

    day: date


Cell = str | int | float | date | Linked | Late | None


def linked(text: str, link: str | None) -> Cell:
    """The text with a link, or without one if there is none or nothing to read."""
    return Linked(text, link) if link and text else text


@frozen
class Column:
    """One column of a listing.

    `width` is the least one, in digits. With `wrap` it stays so and long texts wrap; without, it grows with the longest
    text, within bounds. `percent`: numbers are shares. `printed` columns stand before those that are not. `fillable`:
    people write into it; `day`: a date.
    """

    title: Text
    width: int
    wrap: bool = False
    percent: bool = False
    printed: bool = True
    fillable: bool = False
    day: bool = False


class ColumnPen:
    """Writes the cells of one column.

    A cell is written in two parts with the number of its row between: `start`, and what its kind gives. Along with the
    latter comes how many points it takes.
    """

    def __init__(self, number: int, column: Column, title: str, theme: Theme, bounded: Callable[[str], str]) -> None:
        self.start = f'<c r="{column_letters(number)}'
        self._column, self._theme, self._bounded = column, theme, bounded
        self._least = max(column.width, BUTTON + 2 + max(map(shown_width, title.split(" "))))
        self._longest = 0
        # What is not wider than this stands on one line, since the column grows with it.
        self._wraps_at = self._least if column.wrap else max(self._least, _GROWS_TO)
        self._text = _style(self.format_of(""))

    @property
    def width(self) -> int:
        """How wide the column is: no word of its title breaks, and what does not wrap stands on one line if it can."""
        return self._least if self._column.wrap else max(self._least, min(_GROWS_TO, self._longest + 2))

    def format_of(self, cell: Cell) -> Any:
        """The format of a cell."""
        theme, column = self._theme, self._column
        if isinstance(cell, Late):
            return theme.late(fillable=column.fillable)
        if column.fillable:
            return theme.fillable_day if column.day else theme.fillable
        if isinstance(cell, Linked):
            return theme.link
        if isinstance(cell, str):
            return theme.wrapped
        if isinstance(cell, date):
            return theme.day
        return theme.percent if column.percent else theme.number

    def text(self, text: str) -> tuple[str, int]:
        """A text, as text whatever it begins with."""
        return self._known_text(text) if len(text) <= _REMEMBERED else self._as_text(text, self._text)

    def link(self, text: str) -> tuple[str, int]:
        """A text that is a link."""
        return self._as_text(text, self._link)

    def value(self, value: int | float | date | Late | None) -> tuple[str, int]:
        """A number, a day, or an empty cell."""
        style = _style(self.format_of(value))
        day = value.day if isinstance(value, Late) else value
        if day is None:
            return f'" s="{style}"/>', 0
        number = (day - _DAY_ZERO).days if isinstance(day, date) else day
        return f'" s="{style}"><v>{number:.16G}</v></c>', 0

    @cached_property
    def _known_text(self) -> Callable[[str], tuple[str, int]]:
        return lru_cache(_REMEMBERED)(lambda text: self._as_text(text, self._text))

    @cached_property
    def _link(self) -> int:
        return _style(self._theme.link)

    def _as_text(self, given: str, style: int) -> tuple[str, int]:
        text = self._bounded(given)
        if not text:
            return f'" s="{style}"/>', 0
        if not self._column.wrap:
            self._longest = max(self._longest, *map(shown_width, text.split("\n")))
        keep = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
        written = f'" s="{style}" t="inlineStr"><is><t{keep}>{_escaped(text)}</t></is></c>'
        return written, points(text, self._wraps_at)


def _style(chosen: Any) -> int:
    """The number of a format in the workbook; XlsxWriter knows it, and has no public name for it."""
    number: int = chosen._get_xf_index()
    return number


def _escaped(text: str) -> str:
    """The text in XML; what looks like an escape of Excel's (`_x000D_`) is shown as it is."""
    if "_x" in text:
        text = _LIKE_ESCAPE.sub("_x005F_", text)
    return escape(text) if "&" in text or "<" in text or ">" in text else text
