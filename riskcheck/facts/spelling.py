"""How names and numbers may be spelled in files, and how messages quote what is written there."""

from __future__ import annotations

import re
from itertools import pairwise
from unicodedata import category, normalize

from riskcheck.celltext import INVISIBLE, clean

_LONGEST_NUMBER = 200
"""No longer text is read as a number or date."""
_SEPARATORS = r"(?<=\w)[\s_\-\u2010-\u2015\u2212]+(?=\w)"


def fold(text: str) -> str:
    """`text` as names are compared: whatever its case, and the blanks, line breaks, underscores and hyphens in it."""
    cleaned = clean(text)
    folded = cleaned.casefold()
    if folded != cleaned and not folded.isascii():
        folded = normalize("NFKC", folded)
    return folded if folded.isalnum() else re.sub(_SEPARATORS, "", folded)


def has_raised_digit(text: str) -> bool:
    """Whether a raised, lowered or circled digit stands beside a digit: `35①`, `10²`.

    NFKC makes a plain digit of it, and 351 of 35 with the mark of a note.
    """
    if text.isascii():
        return False
    text = text.strip(INVISIBLE)[:_LONGEST_NUMBER]
    return any({category(one), category(other)} in ({"No"}, {"Nd", "No"}) for one, other in pairwise(text))


def shorten(text: str, longest: int = 60) -> str:
    """`text` as messages show it: on one line, and cut with an ellipsis if it is long."""
    if len(text) > 4 * longest:
        text = text[: 4 * longest] + "…"
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
