"""How text from files is normalised: once, on reading, so that equality is exact afterwards."""

from __future__ import annotations

import re
from itertools import pairwise
from unicodedata import category, normalize

_INVISIBLE = (
    "".join(map(chr, range(0x21)))
    + "\x7f\x85\xa0\xad\u115f\u1160\u1680\u180e\u2028\u2029\u205f\u2800\u3000\ufe0f\ufeff"
    + "".join(map(chr, [*range(0x2000, 0x2010), *range(0x202A, 0x2030), *range(0x2060, 0x2070)]))
)
"""Characters that show nothing: a cell of such characters holds nothing."""
_LONGEST_NUMBER = 200
"""No longer text is read as a number or date."""
_SEPARATORS = re.compile(r"(?<=\w)[\s_\-\u2010-\u2015\u2212]+(?=\w)")


def clean(text: str) -> str:
    """`text` as a value: NFKC-normalised (full-width digits and letters become plain), without blanks around it."""
    return (text if text.isascii() else normalize("NFKC", text)).strip(_INVISIBLE)


def fold(text: str) -> str:
    """`text` as names are compared: whatever its case, and the blanks, line breaks, underscores and hyphens in it."""
    cleaned = clean(text)
    folded = cleaned.casefold()
    if folded != cleaned and not folded.isascii():
        folded = normalize("NFKC", folded)
    return folded if folded.isalnum() else _SEPARATORS.sub("", folded)


def has_raised_digit(text: str) -> bool:
    """Whether a raised, lowered or circled digit stands beside a digit: `35①`, `10²`.

    NFKC makes a plain digit of it, and 351 of 35 with the mark of a note.
    """
    if text.isascii():
        return False
    text = text.strip(_INVISIBLE)[:_LONGEST_NUMBER]
    return any({category(one), category(other)} in ({"No"}, {"Nd", "No"}) for one, other in pairwise(text))


def shorten(text: str, longest: int = 60) -> str:
    """`text` as messages show it: on one line, and cut with an ellipsis if it is long."""
    if len(text) > 4 * longest:
        text = text[: 4 * longest] + "…"
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
