"""What a portfolio keeps of its projects: in memory, or, of very many, on the disk as plain numbers and texts."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any, Generic, TypeVar

from riskcheck.kept import Kept, Rank
from riskcheck.model.assessment import Reason, Score
from riskcheck.model.number import Ratio
from riskcheck.model.portfolio import WORST_FIRST, CheckOutcome, NotJudged, ProjectResult
from riskcheck.model.text import Text

_H = TypeVar("_H", bound=Hashable)


def results_kept() -> Kept[ProjectResult]:
    """Keeps projects, the worst first."""
    packing = _Packing()
    return Kept(_worst_first, packing.pack, packing.unpack)


def not_judged_kept() -> Kept[NotJudged]:
    """Keeps what could not be judged, in the order in which it came."""
    return Kept(_as_they_came, _pack_not_judged, _unpack_not_judged)


def _worst_first(result: ProjectResult) -> Rank:
    low = result.score.low.numerator / result.score.low.denominator if result.score else 0
    return WORST_FIRST.index(result.verdict), -len(result.must_meets_failed), low, result.name, result.source


def _as_they_came(_: NotJudged) -> Rank:
    return 0, 0, 0, "", ""


def _pack_not_judged(each: NotJudged) -> tuple[Any, ...]:
    return each.source, each.project_id, tuple([(text.en, text.zh) for text in each.why])


def _unpack_not_judged(source: str, project: str | None, why: tuple[tuple[str, str], ...]) -> NotJudged:
    return NotJudged(source, project, tuple([Text(*each) for each in why]))


class _Numbered(Generic[_H]):
    """Numbers values, each different one once."""

    def __init__(self) -> None:
        self.values: list[_H] = []
        self._numbers: dict[_H, int] = {}

    def number(self, value: _H) -> int:
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


class _Packing:
    """Makes plain tuples of results. Outcomes, and reasons, are the same in many: they are kept once."""

    def __init__(self) -> None:
        self._outcome: _Numbered[CheckOutcome] = _Numbered()
        self._reasons: _Numbered[Reason] = _Numbered()

    def pack(self, each: ProjectResult) -> tuple[Any, ...]:
        """A plain tuple."""
        score = each.score
        parts = (score.low, score.high, score.coverage) if score else ()
        return (
            each.source,
            each.project_id,
            each.project_name,
            each.gate,
            each.as_of.toordinal(),
            WORST_FIRST.index(each.verdict),
            tuple([(part.numerator, part.denominator) for part in parts]),
            tuple([self._reasons.number(reason) for reason in each.reasons]),
            tuple([self._outcome.number(outcome) for outcome in each.outcomes]),
            each.fired,
            each.problems,
            each.verified,
        )

    def unpack(
        self,
        source: str,
        project: str | None,
        name: str | None,
        gate: str,
        day: int,
        verdict: int,
        score: tuple[tuple[int, int], ...],
        reasons: tuple[int, ...],
        outcomes: tuple[int, ...],
        fired: tuple[str, ...],
        problems: int,
        verified: bool,
    ) -> ProjectResult:
        """The result."""
        known, outcome = self._reasons.values, self._outcome.values
        return ProjectResult(
            source,
            project,
            name,
            gate,
            date.fromordinal(day),
            WORST_FIRST[verdict],
            Score(*[Ratio(*part) for part in score]) if score else None,
            tuple([known[number] for number in reasons]),
            tuple([outcome[number] for number in outcomes]),
            fired,
            problems,
            verified,
        )
