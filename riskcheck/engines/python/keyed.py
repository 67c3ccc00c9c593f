"""Rows found by a key, where a condition inside another row's asks for equal keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from riskcheck.expr.intervals import TRUE, UNKNOWN, UNSETTLED
from riskcheck.model.truth import Truth

Found = tuple[int, Truth]
"""A row, and whether its key surely is the one sought."""
_FREE: Final = 100_000
_TIMES: Final = 20


class Crowded(Exception):  # noqa: N818 - a signal: the check is left to the reference evaluator
    """So many rows share keys, or have none, that looking at them one by one would take more than its share.

    The reference evaluator remembers what it found out about such rows.
    """


class Keyed:
    """The rows of a table by the value of a column."""

    def __init__(self, keys: Sequence[Any]) -> None:
        self._by_key: dict[Any, list[Found]] = {}
        self._possible: list[Found] = []
        for row, key in enumerate(keys):
            if key is UNSETTLED:
                self._possible.append((row, UNKNOWN))
            else:
                self._by_key.setdefault(key, []).append((row, TRUE))
        self._all = [(row, UNKNOWN) for row in range(len(keys))]
        self._left = _FREE + _TIMES * len(keys)

    def rows(self, key: Any) -> list[Found]:
        """The rows whose key is `key`, or may be. Raises Crowded where that gives too many too often."""
        if key is UNSETTLED:
            found = self._all
        else:
            found = self._by_key.get(key, [])
            if self._possible:
                found = found + self._possible
        self._left -= len(found)
        if self._left < 0:
            raise Crowded
        return found
