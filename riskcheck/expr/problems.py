"""The problems of one condition, collected while it is read."""

from __future__ import annotations

from typing import Final

from riskcheck.errors import ConditionError, Diagnostic
from riskcheck.expr.source import SourceText
from riskcheck.expr.syntax import Span

MAX_PROBLEMS = 50
"""Most problems of one condition that are reported; what follows is probably no condition at all."""


class UnreadableError(Exception):
    """The condition cannot be read further; why is among its problems already."""


class Problems:
    """The problems found so far in one condition."""

    def __init__(self, source: SourceText) -> None:
        self.source: Final = source
        self._found: list[Diagnostic] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def report(self, code: str, message: str, span: Span, *hints: str) -> None:
        """Note a problem. Raises UnreadableError if there have been very many."""
        if len(self._found) == MAX_PROBLEMS:
            message, hints = "there may be more problems from here on; mend the others first", ()
        self._found.append(self.source.diagnostic(code, message, span, *hints))
        if len(self._found) > MAX_PROBLEMS:
            raise UnreadableError

    def error(self) -> ConditionError:
        """All problems, in the order of their places."""
        return ConditionError(sorted(self._found, key=_place))


def _place(problem: Diagnostic) -> tuple[int, int]:
    """Where a problem stands, to sort by."""
    line, column = (problem.location.line, problem.location.column) if problem.location else (None, None)
    return line or 0, column or (problem.caret[0] if problem.caret else 0)
