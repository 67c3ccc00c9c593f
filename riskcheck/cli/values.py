"""How texts of the command line become values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from riskcheck.model.number import Ratio, ratio

HIGHEST_SCORE = 100
_LONGEST = 12
"""Most digits of a score that are read."""


def day_of(text: str) -> date | None:
    """The day that `text` names as YYYY-MM-DD; None if it is written otherwise, or no day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if text == day.isoformat() else None


def score_of(text: str) -> Ratio | None:
    """The score, 0 to 100, that `text` gives in digits (`85`, `72.5`); None if it gives none."""
    whole, dot, part = text.partition(".")
    digits = whole + part
    if not (whole.isdecimal() and digits.isascii() and len(digits) <= _LONGEST) or (dot and not part.isdecimal()):
        return None
    score = ratio(int(digits), 10 ** len(part))
    return score if score.numerator <= HIGHEST_SCORE * score.denominator else None


def listed(texts: Iterable[str]) -> tuple[str, ...]:
    """What options list, each once: split at commas, blanks dropped."""
    parts = (part.strip() for text in texts for part in text.replace("，", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def table_names(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The table names in `--assume-complete` options, each once: split at commas, blanks dropped."""
    found = listed(texts)
    if texts and not found:
        from riskcheck.errors import Diagnostic, UsageError
        from riskcheck.model.text import Text

        message = Text(
            "--assume-complete names no table; write all, or TABLE,TABLE",
            "--assume-complete 没有写明任何表；请写 all，或用逗号列出表名",
        )
        raise UsageError(Diagnostic("no-table-named", message))
    return found


MOST_COUNTED = 999_999_999
"""The largest number that an option takes."""


def count_of(text: str) -> int | None:
    """The whole number from 0 that `text` spells, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_COUNTED)) else None
