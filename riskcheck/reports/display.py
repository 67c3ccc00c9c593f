"""Text on a terminal: what is safe to print, how wide it is, and how to wrap it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_AT_LINE_START = frozenset("，。、；：！？）】》”’,.;:!?)]}%")
_NOT_AT_LINE_END = frozenset("（【《“‘([{")


def clean(text: str) -> str:
    """`text` on one line without what could steer a terminal: control, direction and unpaired surrogate characters."""
    return printable(" ".join(text.split()))


def printable(text: str) -> str:
    """`text` without control (but for line ends), direction, unpaired surrogate and unassigned characters."""
    if text.replace("\n", "").isprintable():  # all printable characters are kept
        return text
    return "".join(
        c for c in text if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs", "Cn") and c not in _BIDI)
    )


def width(text: str) -> int:
    """How many columns `text` takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(map(_char_width, text))


@lru_cache(8192)
def _char_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """`text` filled with blanks to `columns`."""
    return text + " " * max(0, columns - width(text))


def shorten(text: str, columns: int) -> str:
    """`text` cut to `columns`, with … where something was cut."""
    if width(text) <= columns:
        return text
    kept, used = "", 0
    for char in text:
        used += _char_width(char)
        if used > columns - 1:
            break
        kept += char
    return kept + "…"


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`: broken at blanks, and between Chinese characters. At least one line."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(line) + width(piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
        while width(line.rstrip()) > columns:
            head = _head(line, columns)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def fold(text: str, columns: int) -> str:
    """`text` with its longer lines broken: what goes on is indented by two more than the line that it continues."""
    return "\n".join(part for line in text.split("\n") for part in _folded(line, columns))


def _folded(line: str, columns: int) -> list[str]:
    if width(line) <= columns:
        return [line]
    indent = " " * min(len(line) - len(line.lstrip()), columns // 2)
    first, *rest = wrap(line.lstrip(), columns - len(indent))
    if not rest:
        return [indent + first]
    following = wrap(line.lstrip()[len(first) :].lstrip(), columns - len(indent) - 2)
    return [indent + first, *(f"{indent}  {each}" for each in following)]


def _pieces(text: str) -> Iterator[str]:
    """What stays on one line if it can: words and wide characters, each with its punctuation and blanks."""
    piece = ""
    for char in text:
        if piece and _may_break(piece[-1], char):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _may_break(left: str, right: str) -> bool:
    if right == " " or left in _NOT_AT_LINE_END or _char_width(right) == 0:
        return False
    if left == " ":
        return True
    return right not in _NOT_AT_LINE_START and 2 in (_char_width(left), _char_width(right))


def _head(text: str, columns: int) -> str:
    used, count = 0, 0
    for char in text:
        used += _char_width(char)
        if used > columns:
            break
        count += 1
    return text[: max(1, count)]
