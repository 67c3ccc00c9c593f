"""The drawing (VML) that shows the notes of a sheet: one shape for each, beside all that is drawn there already.

Excel itself writes drawings that are no valid XML, so they are read by their shapes only.
"""

from __future__ import annotations

import re

from riskcheck.annotate.splice import Splice
from riskcheck.facts.sheet import Position

_SHAPE = re.compile(rb"<((?:[\w.-]+:)?shape)(?=[\s>]).*?</\1\s*>", re.DOTALL)
_IDENTIFIER = re.compile(rb"_x0000_s([0-9]{1,9})(?![0-9])")
_ROW = re.compile(rb"<(?:[\w.-]+:)?Row>\s*([0-9]{1,7})\s*<")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column>\s*([0-9]{1,5})\s*<")
_ROOT_END = re.compile(rb"</[^<>]*>\s*\Z")
_SPACES = (
    b' xmlns:v="urn:schemas-microsoft-com:vml"',
    b' xmlns:o="urn:schemas-microsoft-com:office:office"',
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
_TYPE = b"_x0000_t202"
_SHAPE_TYPE = (
    b'<v:shapetype%b id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BLOCK = 1024
"""Excel numbers shapes in blocks; a drawing says which blocks it uses."""
_BLOCKS_OF_A_SHEET = 32

Note = tuple[Position, str, int]
"""A note's cell, the anchor of its box, and the height of the box in pixels."""


def new_drawing(notes: list[Note], sheet_number: int) -> bytes:
    """A drawing with these notes, for the sheet that is the `sheet_number`th from 0."""
    first = 1 + sheet_number * _BLOCKS_OF_A_SHEET
    blocks = ",".join(str(first + number) for number in range(1 + (len(notes) + 1) // _BLOCK))
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'.encode()
    shapes = _shapes(notes, first * _BLOCK + 1, b"")
    return b"<xml" + b"".join(_SPACES) + b">" + layout + _SHAPE_TYPE % b"" + shapes + b"</xml>"


def with_notes(drawing: bytes, notes: list[Note]) -> Splice | None:
    """The splice that adds notes to a drawing; None if it has no end."""
    end = _ROOT_END.search(drawing)
    if end is None:
        return None
    head = drawing[:2000]
    spaces = b"".join(each for each in _SPACES if each not in head)
    last = max((int(number) for number in _IDENTIFIER.findall(drawing)), default=_BLOCK)
    shape_type = b"" if b'id="' + _TYPE + b'"' in drawing else _SHAPE_TYPE % spaces
    return Splice(end.start(), end.start(), shape_type + _shapes(notes, last + 1, spaces))


def note_shapes(drawing: bytes) -> dict[Position, Splice]:
    """For each cell that has a note in the drawing, the splice that removes its shape."""
    found = {}
    for shape in _SHAPE.finditer(drawing):
        row, column = _ROW.search(shape.group()), _COLUMN.search(shape.group())
        if row and column and b'ObjectType="Note"' in shape.group():
            found[int(row.group(1)), int(column.group(1))] = Splice(shape.start(), shape.end(), b"")
    return found


def _shapes(notes: list[Note], first: int, spaces: bytes) -> bytes:
    declared = spaces.decode()
    return "".join(
        f'<v:shape{declared} id="_x0000_s{first + order}" type="#_x0000_t202" style="position:absolute;'
        "margin-left:60pt;"
        f'margin-top:2pt;width:255pt;height:{height * 3 // 4}pt;z-index:{order + 1};visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        for order, ((row, column), anchor, height) in enumerate(notes)
    ).encode()
