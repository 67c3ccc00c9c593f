"""What a text in a cell means, whatever its field: how it is normalised, and the words by which a cell is empty.

Facts are read so, and literals of conditions are held to it: one that no cell can hold is an error.
"""

from __future__ import annotations

from unicodedata import normalize

INVISIBLE = (
    "".join(map(chr, range(0x21)))
    + "\x7f\x85\xa0\xad\u115f\u1160\u1680\u180e\u2028\u2029\u205f\u2800\u3000\ufe0f\ufeff"
    + "".join(map(chr, [*range(0x2000, 0x2010), *range(0x202A, 0x2030), *range(0x2060, 0x2070)]))
)
"""Characters that show nothing: a cell of such characters holds nothing."""
_INVISIBLE = frozenset(INVISIBLE)
NONE_WORDS = frozenset({"none", "无"})
"""Words (in lower case) by which a cell is known to be empty."""
LONGEST_NONE = max(map(len, NONE_WORDS))


def clean(text: str) -> str:
    """`text` as a value: NFKC-normalised (full-width digits and letters become plain), without blanks around it."""
    if not text.isascii():
        text = normalize("NFKC", text)
    if text and text[0] not in _INVISIBLE and text[-1] not in _INVISIBLE:
        return text
    return text.strip(INVISIBLE)


def is_none(text: str) -> bool:
    """Whether a cleaned cell says that there is nothing."""
    return text.casefold() in NONE_WORDS if len(text) <= LONGEST_NONE else False
