"""The score interval: every unknown counted once as failed and once as passed.

Weight of a check: that of its band (critical 8, high 4, medium 2, low 1 in the pack `deployment`), in equal parts on
its elements. A profile may multiply it, by item or else by element: then each part by its element's own multiplier, so
that the whole stays the weighted average of its elements, as of its phases. Value of an outcome: pass 1, warn 1/2,
fail 0, unknown and error 0 to 1; not applicable is out. All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import lcm

from riskcheck.model.assessment import PartScore, Score
from riskcheck.model.finding import Finding, Outcome
from riskcheck.model.number import ratio
from riskcheck.packs.rulepack import Named, ScoreModel

_HALVES = {Outcome.PASS: 2, Outcome.WARN: 1, Outcome.FAIL: 0}
"""The value of an outcome, in halves."""


def score(findings: Collection[Finding], model: ScoreModel) -> Score | None:
    """The score of a set of checks; None over nothing."""
    unit = unit_of(findings)
    return _score((finding, weight_of(finding, model, unit)) for finding in findings)


def phase_scores(findings: tuple[Finding, ...], phases: tuple[Named, ...], model: ScoreModel) -> tuple[PartScore, ...]:
    """The score of each phase. Phases partition the checks, so the whole is their weighted average."""
    return tuple(
        PartScore(phase.id, phase.title, score([each for each in findings if each.phase == phase.id], model))
        for phase in phases
    )


def element_scores(
    findings: tuple[Finding, ...], elements: tuple[Named, ...], model: ScoreModel
) -> tuple[PartScore, ...]:
    """The score of each element. A check on k elements gives each of them 1/k of its weight."""
    unit = unit_of(findings)
    return tuple(
        PartScore(
            element.id,
            element.title,
            _score(
                (each, _weight_on(element.id, each, model, unit)) for each in findings if element.id in each.elements
            ),
        )
        for element in elements
    )


def unit_of(findings: Iterable[Finding]) -> int:
    """How many parts of 1 make all weights whole: each is split evenly among elements, and halved by multipliers."""
    return 2 * lcm(*{len(finding.elements) for finding in findings})


def weight_of(finding: Finding, model: ScoreModel, unit: int) -> int:
    """The weight of a check: that of its band, times the multiplier of its item, or else of its elements on average."""
    if not (model.item_weights or model.element_weights):
        return dict(model.weights)[finding.band] * unit
    return sum(_weight_on(element, finding, model, unit) for element in finding.elements)


def _weight_on(element: str, finding: Finding, model: ScoreModel, unit: int) -> int:
    """The part of a check's weight that falls on one of its elements."""
    even = dict(model.weights)[finding.band] * (unit // len(finding.elements))
    if not (model.item_weights or model.element_weights):
        return even
    own = dict(model.item_weights).get(finding.item)
    return int(even * (dict(model.element_weights).get(element, 1) if own is None else own))


def _score(weighted: Iterable[tuple[Finding, int]]) -> Score | None:
    total = halves = known = 0
    for finding, weight in weighted:
        if finding.outcome is Outcome.NOT_APPLICABLE:
            continue
        total += weight
        if finding.outcome in _HALVES:
            known += weight
            halves += weight * _HALVES[finding.outcome]
    if not total:
        return None
    unknown = total - known
    return Score(ratio(50 * halves, total), ratio(50 * (halves + 2 * unknown), total), ratio(known, total))
