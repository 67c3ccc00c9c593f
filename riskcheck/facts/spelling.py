"""How text from files is normalised: once, on reading, so that equality is exact afterwards."""

from __future__ import annotations

import re
from unicodedata import normalize

_INVISIBLE = (
    "".join(map(chr, range(0x21)))
    + "\x7f\x85\xa0\xad\u115f\u1160\u1680\u180e\u2028\u2029\u205f\u2800\u3000\ufe0f\ufeff"
    + "".join(map(chr, [*range(0x2000, 0x2010), *range(0x202A, 0x2030), *range(0x2060, 0x2070)]))
)
"""Characters that show nothing: a cell of such characters holds nothing."""
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


def shorten(text: str, longest: int = 60) -> str:
    """`text` as messages show it: on one line, and cut with an ellipsis if it is long."""
    if len(text) > 4 * longest:
        text = text[: 4 * longest] + "…"
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
