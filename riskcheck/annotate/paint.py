"""The colours of marked cells, and the styles that show them: a cell's own style in all else.

Each colour stands for one kind of mark over one fill, and is one that no other cell has. So a colour alone says which
fill a cell had before, wherever the cell was moved, and whatever program saved the workbook since.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from riskcheck.annotate.items import Kind
from riskcheck.annotate.stylebook import StyleBook
from riskcheck.facts.refusal import refusal
from riskcheck.model.text import Text

COLORS: Final = {
    Kind.FAIL: 0xF5B7B1,
    Kind.ERROR: 0xF1948A,
    Kind.UNKNOWN: 0xBBDEFB,
    Kind.WARN: 0xFFE0A3,
    Kind.PROBLEM: 0xE1D5F0,
    Kind.RISK: 0xF5CBA7,
    Kind.NOTE: 0xF2F3F4,
}
"""Red, green and blue of each kind of item."""
_SHADES = 512
"""How many colours look like one: the last three bits of red, green and blue do not show."""
_FILL: Final = (
    '<fill><patternFill patternType="solid"><fgColor rgb="FF{color:06X}"/><bgColor indexed="64"/></patternFill></fill>'
)
_COLOR_OF_FILL = re.compile(rb'<[\w.:-]*fgColor\s[^<>]*?\brgb="(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})"')
_SIMPLE_FILL = re.compile(
    r"<fill>(?:<patternFill [^<>&]*/>"
    r"|<patternFill [^<>&]*>(?:<(?:fg|bg)Color [^<>&]*/>){1,2}</patternFill>"
    r"|<gradientFill [^<>&]*>(?:<stop [^<>&]*><color [^<>&]*/></stop>){1,20}</gradientFill>)</fill>"
)


class Paint:
    """Gives marked cells their styles, and remembers which colour stands for which fill."""

    def __init__(self, styles: StyleBook) -> None:
        self.styles = styles
        self._taken = styles.data.upper()
        self._colors: dict[tuple[Kind, bytes], int] = {}
        self._chosen: set[int] = set()
        self._marked: dict[tuple[int, Kind], int] = {}

    def marked(self, style: int, kind: Kind) -> int:
        """The style `style` with the colour of a mark."""
        key = (style, kind)
        if key not in self._marked:
            color = self._color(kind, self.styles.fill_of(style))
            self._marked[key] = self.styles.add_filled(style, self.fill(color))
        return self._marked[key]

    def fill(self, color: int) -> int:
        """The fill of one colour."""
        return self.styles.add("fills", _FILL.format(color=color))

    def colors(self) -> dict[str, str]:
        """Each colour of a mark and the fill below it as XML without prefixes; empty for none."""
        return {f"{color:06X}": _plain_fill(fill) for (_, fill), color in self._colors.items()}

    def _color(self, kind: Kind, fill: bytes) -> int:
        key = (kind, fill)
        if key not in self._colors:
            self._colors[key] = self._free_color(COLORS[kind])
            self._chosen.add(self._colors[key])
        return self._colors[key]

    def _free_color(self, base: int) -> int:
        for shade in range(_SHADES):
            color = base ^ ((shade & 7) | (shade & 0o70) << 5 | (shade & 0o700) << 10)
            if color not in self._chosen and b"%06X" % color not in self._taken:
                return color
        message = Text(
            f"the cells to mark have more than {_SHADES} different fills", f"待标记单元格的填充样式超过 {_SHADES} 种"
        )
        cure = Text("use fewer fill colours", "请减少填充颜色的种类")
        raise refusal("cannot-annotate", message, cure, at=self.styles.draft.at)


def unpaint(styles: StyleBook, colors: Mapping[str, str]) -> None:
    """Give the cells with one of `colors` the fills that they had. The formats change, so all their cells do."""
    fills = {number: color for number, color in enumerate(map(_color_of, _fills(styles))) if color in colors}
    for span in styles.formats:
        number = span.attributes.get("fillId", "")
        color = fills.get(int(number)) if number.isdigit() and len(number) < 10 else None
        if color is not None:
            fill = colors[color]
            styles.change_fill(span, styles.add("fills", fill) if _SIMPLE_FILL.fullmatch(fill) else 0)


def _fills(styles: StyleBook) -> list[bytes]:
    return [styles.data[each.start : each.end] for each in styles.fills]


def _color_of(fill: bytes) -> str:
    found = _COLOR_OF_FILL.search(fill)
    return found.group(1).decode().upper() if found else ""


def _plain_fill(fill: bytes) -> str:
    """A fill without namespace prefixes; empty if it is none, or too special to be told."""
    text = re.sub(r"<(/?)[\w.-]+:", r"<\1", fill.decode("utf-8", "replace"))
    text = re.sub(r">\s+<", "><", text)
    return text if _SIMPLE_FILL.fullmatch(text) else ""
