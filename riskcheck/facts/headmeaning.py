"""What a column is called whose header stands in several rows: `Plan` over `Start` is the planned start.

The texts from the group head down to the lowest head are joined, and the first of these that names a field counts: all
of them, all but the highest, and so on down to the lowest alone. Heads that say of which kind a date or number is
(planned, actual, forecast, baseline) are never left out so: `Actual` over `Start` is no planned start, though `Start`
alone would be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from riskcheck.celltext import clean
from riskcheck.facts.names import Match, Names
from riskcheck.facts.spelling import fold
from riskcheck.model.schema import FieldType, Table

_KINDS = (
    ("Planned", "Plan", "Scheduled", "Target", "计划", "预定"),
    ("Baseline", "Baselined", "基线", "基准"),
    ("Actual", "Actuals", "实际"),
    ("Forecast", "Expected", "Estimated", "预计", "预测", "预期"),
)
"""Words that say of which kind a date or number is; those of one line mean the same."""
_KIND_OF = {fold(word): words for words in _KINDS for word in words}
_REST = r"(?:[\s_-]*(?:dates?|times?|日期|时间|进度|工期|情况))?"
_KIND_HEAD = re.compile(
    rf"(?P<kind>{'|'.join(sorted(_KIND_OF, key=len, reverse=True))})(?P<rest>{_REST})", re.IGNORECASE
)
_BY_KIND = (FieldType.DATE, FieldType.DATETIME, FieldType.INT, FieldType.DOUBLE, FieldType.PERCENT)
"""The types of which a table may have a planned and an actual one."""


def says_kind(head: str) -> bool:
    """Whether a group head says of which kind what is below it is, and nothing else: `Plan`, `实际`, `计划时间`."""
    return _KIND_HEAD.fullmatch(clean(head)) is not None


def meaning(table: Table, names: Names, texts: Sequence[str]) -> Match | None:
    """The field that heads over each other name together; `texts` are theirs, from the top."""
    lowest = texts[-1]
    for first in range(len(texts)):
        left_out, used = texts[:first], texts[first:]
        for joined in _joined(used):
            match = names.match(joined)
            if match is not None:
                return None if _misses_kind(table, match, left_out, lowest) else match
    return None


def _joined(texts: Sequence[str]) -> Iterator[str]:
    """The texts as one: as they stand, then with each word for their kind, and with what follows it (`时间`) behind."""
    yield " ".join(texts)
    kinds = [_KIND_HEAD.fullmatch(clean(text)) for text in texts[:-1]]
    if not any(kinds):
        return
    choices = [
        [(word, match["rest"]) for word in _KIND_OF[fold(match["kind"])]] if match else [(text, "")]
        for text, match in zip(texts[:-1], kinds, strict=True)
    ]
    for chosen in product(*choices):
        words = [word for word, _ in chosen]
        yield " ".join((*words, texts[-1]))
        yield " ".join((*words, texts[-1], *(rest for _, rest in chosen if rest)))


def _misses_kind(table: Table, match: Match, left_out: Sequence[str], lowest: str) -> bool:
    """Whether a head that was left out says of which kind the date or number is, and the lowest does not."""
    if table.by_name[match.name].type not in _BY_KIND or not any(map(says_kind, left_out)):
        return False
    return not any(fold(lowest).startswith(word) for word in _KIND_OF)
