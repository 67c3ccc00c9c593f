"""Text as a proposed mapping holds it: YAML scalars that are read back as they are, and comments on one line."""

from __future__ import annotations

import re

from riskcheck.facts.spelling import shorten

_PLAIN = re.compile(r"[^\W\d_][\w ./()（）+-]*")
"""Texts that need no quotes wherever they stand; what follows a letter may be no mark of YAML."""
_WORDS = frozenset(["null", "none", "true", "false", "yes", "no", "on", "off", "y", "n"])


def scalar(text: str) -> str:
    """`text` on one line as a YAML scalar, in quotes unless it plainly needs none."""
    text = " ".join(text.split())
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS and len(text) < 100:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def comment(text: str) -> str:
    """`text` as a comment, without the mark: on one line and printable."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in shorten(text, 160))


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable():
        return char
    return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"
