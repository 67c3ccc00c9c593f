"""Number formats of cells: which of them show a number as a percentage, and which are dates in some countries."""

from __future__ import annotations

import re

BUILTIN_PERCENT = frozenset({9, 10})
"""Ids of the formats `0%` and `0.00%`, which a workbook need not spell out."""
EAST_ASIAN_DATES = frozenset({*range(27, 37), *range(50, 59)})
"""Ids that are dates in Chinese, Japanese and Korean Excel, which a workbook need not spell out either."""

# What stands for itself in a format code: quoted and escaped text, a skipped width, a fill, and bracketed conditions.
_LITERALS = r'(?s:"[^"]*"?|[\\_*].?|\[[^\]]*\]?)'
_PLAIN = "0#.,?% "


def is_percent(code: str) -> bool:
    """Whether the format code multiplies by a hundred for display, in any of its sections."""
    return "%" in code and (not code.strip(_PLAIN) or "%" in re.sub(_LITERALS, "", code))
