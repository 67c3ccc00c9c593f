"""The words by which the answer of a cell is still owed, and those for yes and no.

A word of an enum field is read before placeholders are, so a pack may allow `N/A` as an answer. `none` and `无` (see
`riskcheck.celltext`) are read before everything.
"""

from __future__ import annotations

import re

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
_ONLY_MARKS = re.compile(r"[-/\\_.·•。~*?!…‐‑‒–—―−\s]+")
"""A text of nothing but such marks is no answer. `%`, `#`, `°` and the like may be units."""

TRUE_WORDS = ("yes", "y", "true", "1", "是", "对", "真", "√", "✓", "✔", "✅", "☑")
FALSE_WORDS = ("no", "n", "false", "0", "否", "错", "假", "×", "✗", "✘", "✕", "✖", "❌")
"""How people write yes and no. Not among them: `x` (a mark for either), `有` (`无` is none), `○`, `☐`."""
BOOL_WORDS = {**dict.fromkeys(TRUE_WORDS, True), **dict.fromkeys(FALSE_WORDS, False)}


def is_placeholder(text: str) -> bool:
    """Whether a cleaned cell says that its answer is still owed."""
    if len(text) > 20:
        return False
    return "".join(text.casefold().split()).rstrip(".。") in _PLACEHOLDERS or _ONLY_MARKS.fullmatch(text) is not None
