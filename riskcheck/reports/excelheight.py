"""How many lines a text takes in a cell of the report workbook, and how high that makes its row.

Spreadsheet programs do not make the rows of a file higher on their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from riskcheck.reports.display import width, wrap

_HIGHEST = 409
"""The highest row that spreadsheet programs take, in points."""
_MAX_LINES = 28
"""More lines than the highest row shows."""
_LISTED_LINES = 23
"""How many lines of a list, also a Chinese one, the highest row shows."""
_SIZE, _CHINESE_SIZE = 91, 105
"""How wide a Latin letter is on average, and half a Chinese character: in hundredths of a digit."""
_LATIN, _CHINESE = 15, 17
"""The height of a line in points."""


def row_height(lines: int) -> int:
    """The height in points of a row of so many lines, Chinese ones too."""
    return min(_HIGHEST, _CHINESE * lines + 2)


def height_of(texts: Iterable[str], widths: Iterable[int]) -> int:
    """The height in points of a row that shows each text whole in a column of its width."""
    return height_for(max((points(text, wide) for text, wide in zip(texts, widths, strict=True)), default=0))


def height_for(highest: int) -> int:
    """The height in points of a row whose highest cell takes so many points; that of an empty one, if it takes none."""
    return min(_HIGHEST, max(highest, _LATIN) + 2)


def points(text: str, columns: int) -> int:
    """The points that a text takes in a column so wide; lines of Latin letters are lower than Chinese ones."""
    return lines_in(text, columns) * (_CHINESE if is_wide(text) else _LATIN) if text else 0


def lines_in(text: str, columns: int) -> int:
    """How many lines `text` takes in a column so wide; rather one too many than one too few, and bounded."""
    if len(text) > columns * 2 * _MAX_LINES:
        return _MAX_LINES
    return min(_MAX_LINES, sum(_lines_of(line, columns) for line in text.split("\n")))


def _lines_of(line: str, columns: int) -> int:
    """The same of one line. `_SIZE` of its letters tells how much of it stands in the column."""
    if line.isascii():
        return _broken(line, max(2, columns * 100 // _SIZE - 1))
    shown = width(line)
    wide = max(0, shown - len(line))
    size = 2 * wide * _CHINESE_SIZE + (shown - 2 * wide) * _SIZE
    space = max(2, columns * 100 * shown // max(size, 1) - 1)
    return 1 if shown <= space else len(wrap(line, space))


def _broken(line: str, space: int) -> int:
    """Into how many lines of at most `space` columns a line of ASCII breaks, as `wrap` breaks it."""
    lines, start, end = 1, 0, len(line.rstrip())
    while end - start > space:
        blank = line.rfind(" ", start, start + space + 1)
        start = blank + 1 if blank >= start else start + space
        while line.startswith(" ", start):
            start += 1
        lines += 1
    return lines


def fitting(entries: Sequence[str], columns: int) -> tuple[str, ...]:
    """The first entries of a list that the highest row shows in a column so wide, with a line left for `and more`."""
    lines, kept = 1, 0
    for entry in entries:
        lines += lines_in(entry, columns)
        if lines > _LISTED_LINES:
            break
        kept += 1
    return tuple(entries[:kept])


def shown_width(text: str) -> int:
    """How many digits wide `text` is shown: a Chinese character is a little wider than two digits."""
    shown = width(text)
    return shown if text.isascii() else shown * 21 // 20 + 1


def is_wide(text: str) -> bool:
    """Whether it has Chinese characters, or others as wide."""
    return not text.isascii() and width(text) > len(text)
