"""The score interval: every unknown counted once as failed and once as passed.

Weight of a check: that of its band (critical 8, high 4, medium 2, low 1 in the pack `deployment`), in equal parts on
its elements. A profile may multiply it, by item or else by element: then each part by its element's own multiplier, so
that the whole stays the weighted average of its elements, as of its phases. Value of an outcome: pass 1, warn 1/2,
fail 0, unknown and error 0 to 1; not applicable is out. All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Collection
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
    total = halves = known = 0
    for finding in findings:
        known_weight = finding.weights.get(unit)
        weight = known_weight[1] if known_weight and known_weight[0] is model else _weights(finding, model, unit)[0]
        value = _HALVES.get(finding.outcome)
        if value is not None:
            total += weight
            known += weight
            halves += weight * value
        elif finding.outcome is not Outcome.NOT_APPLICABLE:
            total += weight
    return _score(total, halves, known)


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
    sums = {element.id: [0, 0, 0] for element in elements}
    for finding in findings:
        value = _HALVES.get(finding.outcome)
        if value is None and finding.outcome is Outcome.NOT_APPLICABLE:
            continue
        for element, part in zip(finding.elements, _weights(finding, model, unit)[1], strict=True):
            found = sums.get(element)
            if found is not None:
                found[0] += part
                if value is not None:
                    found[1] += part * value
                    found[2] += part
    return tuple(PartScore(element.id, element.title, _score(*sums[element.id])) for element in elements)


def unit_of(findings: Collection[Finding]) -> int:
    """How many parts of 1 make all weights whole: each is split evenly among elements, and halved by multipliers."""
    return 2 * lcm(*{len(finding.elements) for finding in findings})


def weight_of(finding: Finding, model: ScoreModel, unit: int) -> int:
    """The weight of a check: that of its band, times the multiplier of its item, or else of its elements on average."""
    return _weights(finding, model, unit)[0]


def _weights(finding: Finding, model: ScoreModel, unit: int) -> tuple[int, tuple[int, ...]]:
    """The weight of a check, and the parts of it that fall on its elements."""
    known = finding.weights.get(unit)
    if known is None or known[0] is not model:
        parts = tuple(_weight_on(element, finding, model, unit) for element in finding.elements)
        alike = not (model.item_weights or model.element_weights)
        whole = dict(model.weights)[finding.band] * unit if alike else sum(parts)
        known = finding.weights[unit] = (model, whole, parts)
    return known[1], known[2]


def _weight_on(element: str, finding: Finding, model: ScoreModel, unit: int) -> int:
    """The part of a check's weight that falls on one of its elements."""
    even = dict(model.weights)[finding.band] * (unit // len(finding.elements))
    if not (model.item_weights or model.element_weights):
        return even
    own = dict(model.item_weights).get(finding.item)
    return int(even * (dict(model.element_weights).get(element, 1) if own is None else own))


def _score(total: int, halves: int, known: int) -> Score | None:
    """The score of weights that are `total`, of which `known` are decided with `halves` for their values."""
    if not total:
        return None
    unknown = total - known
    return Score(ratio(50 * halves, total), ratio(50 * (halves + 2 * unknown), total), ratio(known, total))
