"""Number formats of cells: which of them show a number as a percentage."""

from __future__ import annotations

import re

BUILTIN_PERCENT = frozenset({9, 10})
"""Ids of the formats `0%` and `0.00%`, which a workbook need not spell out."""

# What stands for itself in a format code: quoted and escaped text, a skipped width, a fill, and bracketed conditions.
_LITERALS = re.compile(r'"[^"]*"?|[\\_*].?|\[[^\]]*\]?', re.DOTALL)


def is_percent(code: str) -> bool:
    """Whether the format code multiplies by a hundred for display, in any of its sections."""
    return "%" in code and "%" in _LITERALS.sub("", code)
