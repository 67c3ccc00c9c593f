"""The score interval: every unknown counted once as failed and once as passed.

Weight of a check: that of its band (critical 8, high 4, medium 2, low 1 in the pack `deployment`), in equal parts on
its elements. A profile may multiply it, by item or else by element: then each part by its element's own multiplier, so
that the whole stays the weighted average of its elements, as of its phases. Value of an outcome: pass 1, warn 1/2,
fail 0, unknown and error 0 to 1; not applicable is out. All arithmetic is exact.
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
    return _score((finding, weight_of(finding, model)) for finding in findings)


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
    return tuple(
        PartScore(
            element.id,
            element.title,
            _score((each, _weight_on(element.id, each, model)) for each in findings if element.id in each.elements),
        )
        for element in elements
    )


def weight_of(finding: Finding, model: ScoreModel) -> Fraction:
    """The weight of a check: that of its band, times the multiplier of its item, or else of its elements on average."""
    band = Fraction(dict(model.weights)[finding.band])
    if not (model.item_weights or model.element_weights):
        return band
    return band * sum(_multiplier(finding, each, model) for each in finding.elements) / len(finding.elements)


def _weight_on(element: str, finding: Finding, model: ScoreModel) -> Fraction:
    """The part of a check's weight that falls on one of its elements."""
    return Fraction(dict(model.weights)[finding.band], len(finding.elements)) * _multiplier(finding, element, model)


def _multiplier(finding: Finding, element: str, model: ScoreModel) -> Fraction | int:
    own = dict(model.item_weights).get(finding.item)
    return dict(model.element_weights).get(element, 1) if own is None else own


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
