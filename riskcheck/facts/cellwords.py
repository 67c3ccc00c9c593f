"""The words by which the answer of a cell is still owed, and those for yes and no.

A word of an enum field is read before placeholders are, so a pack may allow `N/A` as an answer. `none` and `无` (see
`riskcheck.celltext`) are read before everything.
"""

from __future__ import annotations

_PLACEHOLDERS = frozenset(
    [
        "n/a",
        "na",
        "n.a",
        "#n/a",
        "tbd",
        "tba",
        "tbc",
        "t.b.d",
        "tobedetermined",
        "tobedefined",
        "tobeconfirmed",
        "tobeannounced",
        "unknown",
        "notknown",
        "null",
        "nil",
        "nan",
        "xxx",
        "待定",
        "待补",
        "待补充",
        "待填",
        "待填写",
        "待完善",
        "待确认",
        "待确定",
        "待明确",
        "待提供",
        "未定",
        "未知",
        "不详",
        "不明",
        "暂无",
        "暂缺",
        "暂未确定",
    ]
)
"""Without blanks and a final stop, in lower case."""
_MARKS = "-/\\_.·•。~*?!…‐‑‒–—―−"
"""A text of nothing but such marks and blanks is no answer. `%`, `#`, `°` and the like may be units."""

_FIRST = frozenset(word[0] for word in _PLACEHOLDERS) | frozenset(_MARKS)
BEGIN_PLACEHOLDERS = _FIRST | frozenset(map(str.upper, _FIRST))
"""How a text begins that says that its answer is still owed: most texts need not be looked at further."""

TRUE_WORDS = ("yes", "y", "true", "1", "是", "对", "真", "√", "✓", "✔", "✅", "☑")
FALSE_WORDS = ("no", "n", "false", "0", "否", "错", "假", "×", "✗", "✘", "✕", "✖", "❌")
"""How people write yes and no. Not among them: `x` (a mark for either), `有` (`无` is none), `○`, `☐`."""
BOOL_WORDS = {**dict.fromkeys(TRUE_WORDS, True), **dict.fromkeys(FALSE_WORDS, False)}


def is_placeholder(text: str) -> bool:
    """Whether a cleaned cell says that its answer is still owed."""
    if len(text) > 20 or text[:1] not in BEGIN_PLACEHOLDERS:
        return False
    squeezed = "".join(text.casefold().split())
    return squeezed.rstrip(".。") in _PLACEHOLDERS or not squeezed.strip(_MARKS)
