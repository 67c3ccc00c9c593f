"""The score interval: every unknown counted once as failed and once as passed.

Weight of a check: that of its band (critical 8, high 4, medium 2, low 1 in the pack `deployment`). Value of an
outcome: pass 1, warn 1/2, fail 0, unknown and error 0 to 1; not applicable is out. All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from riskcheck.model.assessment import PartScore, Score
from riskcheck.model.finding import Finding, Outcome
from riskcheck.packs.rulepack import Named, ScoreModel

_VALUE = {Outcome.PASS: Fraction(1), Outcome.WARN: Fraction(1, 2), Outcome.FAIL: Fraction(0)}


def score(findings: Iterable[Finding], model: ScoreModel) -> Score | None:
    """The score of a set of checks; None over nothing."""
    weights = dict(model.weights)
    return _score((finding, Fraction(weights[finding.band])) for finding in findings)


def phase_scores(findings: tuple[Finding, ...], phases: tuple[Named, ...], model: ScoreModel) -> tuple[PartScore, ...]:
    """The score of each phase. Phases partition the checks, so the whole is their weighted average."""
    return tuple(
        PartScore(phase.id, phase.title, score((each for each in findings if each.phase == phase.id), model))
        for phase in phases
    )


def element_scores(
    findings: tuple[Finding, ...], elements: tuple[Named, ...], model: ScoreModel
) -> tuple[PartScore, ...]:
    """The score of each element. A check on k elements gives each of them 1/k of its weight."""
    weights = dict(model.weights)
    return tuple(
        PartScore(
            element.id,
            element.title,
            _score(
                (each, Fraction(weights[each.band], len(each.elements)))
                for each in findings
                if element.id in each.elements
            ),
        )
        for element in elements
    )


def _score(weighted: Iterable[tuple[Finding, Fraction]]) -> Score | None:
    total = low = known = Fraction(0)
    for finding, weight in weighted:
        if finding.outcome is Outcome.NOT_APPLICABLE:
            continue
        total += weight
        if finding.outcome in _VALUE:
            known += weight
            low += weight * _VALUE[finding.outcome]
    if not total:
        return None
    return Score(100 * low / total, 100 * (low + total - known) / total, known / total)
