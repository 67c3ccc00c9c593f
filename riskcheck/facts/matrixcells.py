"""The cells of a matrix: the letters that one holds, each by itself, and the texts that stand for others.

Cells with several letters make several rows: `A/R`, `A, R`, `A R`, or `AR` where each character is a word of the field.
Blank cells, and cells of nothing but a dash or the like, say that there is no such row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from riskcheck.celltext import clean, is_none
from riskcheck.facts.celltypes import Words
from riskcheck.facts.rawcell import RawCell, is_blank, raw_text
from riskcheck.facts.spelling import fold
from riskcheck.model.schema import Field, FieldType

_BETWEEN = re.compile(r"[\s/|\\,;、+&·.]+|\band\b|和|及")
_LONGEST, _MOST_PARTS = 100, 10
"""A longer text, or one of more parts, is no cell of letters and is not taken apart."""
_DASHES = re.compile(r"[-‐-―−/\\.·~]*")
Said = Mapping[str, str]
"""By folded text of a cell the text that it stands for."""


def in_words(raw: RawCell, said: Said) -> RawCell:
    """The text that a cell stands for, if the mapping says one."""
    return said.get(fold(raw_text(raw)), raw) if said and raw != "" else raw


def parts_of(raw: RawCell, field: Field, words: Words, said: Said) -> Iterator[RawCell]:
    """What a cell of a matrix holds: a raw cell for each row that it stands for."""
    raw = in_words(raw, said)
    if not isinstance(raw, str):
        if not is_blank(raw):
            yield raw
        return
    text = clean(raw)
    if _DASHES.fullmatch(text) or is_none(text):
        return
    if field.type is not FieldType.ENUM or words.meant(text) is not None or len(text) > _LONGEST:
        yield text
        return
    parts = dict.fromkeys(part for whole in _BETWEEN.split(text) if whole for part in _letters(whole, words, said))
    yield from (text,) if len(parts) > _MOST_PARTS else parts


def _letters(whole: str, words: Words, said: Said) -> Iterator[str]:
    """The parts of a text without separators: `AR` is two, if each of its characters is a word."""
    written = str(in_words(whole, said))
    if words.meant(written) is None and all(words.meant(char) is not None for char in written):
        yield from written
    else:
        yield written
