"""Compound rules, by forward chaining: findings become facts, stratum by stratum.

A compound rule is `all` and `any` over failing checks and fired compounds, free of negation, so repairing a
check can never fire one. This module is their owner, whatever an engine may compute besides.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from riskcheck.frozen import replace
from riskcheck.model.finding import STATES, CompoundFinding, CompoundState, Finding, Outcome
from riskcheck.model.truth import Truth
from riskcheck.packs.patterns import members_of, patterns_left
from riskcheck.packs.rulepack import AllOf, AnyOf, Compound, Member, Pattern, RulePack


def infer(pack: RulePack, findings: Iterable[Finding]) -> tuple[CompoundFinding, ...]:
    """The compound rules in scope, fired first, then by rating and the pack's order.

    Members that are not due (no finding) are left out of their group; a group left empty takes the rule out
    of scope.
    """
    if not pack.compounds:
        return ()
    truths = truths_of(findings)
    in_scope = patterns_left(pack, truths)
    for compound_id, pattern in in_scope.items():
        truths[compound_id] = _truth(pattern, truths)
    found = [
        _finding(compound, in_scope[compound.id], truths) for compound in pack.compounds if compound.id in in_scope
    ]
    found = [replace(each, part_of=_containing(each, found, in_scope)) for each in found]
    states = list(STATES.values())
    return tuple(sorted(found, key=lambda each: (states.index(each.state), -each.likelihood * each.impact)))


def truths_of(findings: Iterable[Finding]) -> dict[str, Truth]:
    """Whether each check fails, by id."""
    return {finding.check: _fails(finding) for finding in findings}


def _fails(finding: Finding) -> Truth:
    """Whether a check fails: a warn does not count; one that can no longer fail counts as not failing."""
    if finding.outcome is Outcome.FAIL:
        return Truth.TRUE
    if finding.outcome is Outcome.ERROR or Outcome.FAIL in finding.possible:
        return Truth.UNKNOWN
    return Truth.FALSE


def _truth(pattern: Pattern, truths: Mapping[str, Truth]) -> Truth:
    match pattern:
        case Member(name):
            return truths[name]
        case AnyOf(parts):
            return max(_truth(part, truths) for part in parts)
        case AllOf(parts):
            return min(_truth(part, truths) for part in parts)


def _finding(compound: Compound, pattern: Pattern, truths: Mapping[str, Truth]) -> CompoundFinding:
    state = truths[compound.id]
    members = members_of(pattern)
    return CompoundFinding(
        id=compound.id,
        state=STATES[state],
        blocks_gate=compound.blocks_gate,
        likelihood=compound.likelihood,
        impact=compound.impact,
        title=compound.title,
        consequence=compound.consequence,
        control=compound.control,
        members=members,
        failing=tuple(name for name in members if state is not Truth.FALSE and truths[name] >= state),
        part_of=None,
    )


def _containing(
    finding: CompoundFinding,
    found: list[CompoundFinding],
    in_scope: Mapping[str, Pattern],
) -> str | None:
    """The strongest rule in the same state that has all groups of this one, and more."""
    if finding.state is CompoundState.CLEAR:
        return None
    groups = _groups(in_scope[finding.id])
    larger = [other for other in found if other.state is finding.state and groups < _groups(in_scope[other.id])]
    return max(larger, key=lambda other: len(_groups(in_scope[other.id]))).id if larger else None


def _groups(pattern: Pattern) -> frozenset[Hashable]:
    """What must hold together for a pattern to hold, whatever the order it is written in."""
    parts = pattern.parts if isinstance(pattern, AllOf) else (pattern,)
    return frozenset(_unordered(part) for part in parts)


def _unordered(pattern: Pattern) -> Hashable:
    if isinstance(pattern, Member):
        return pattern.id
    parts = frozenset(_unordered(part) for part in pattern.parts)
    return next(iter(parts)) if len(parts) == 1 else (type(pattern), parts)
