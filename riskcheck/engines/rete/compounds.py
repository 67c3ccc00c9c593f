"""Compound rules by the forward chaining of durable-rules: each rule that matches asserts a fact for others to match.

`riskcheck.inference` owns compound rules; this is a second way to the same states, to check them against. A member
that surely fails is a fact of the levels 1 and 2, one that may fail of level 1 alone; a compound rule is a rule of each
level, so that it fires, or possibly fires, as its members do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from riskcheck.engines.rete.operands import spelled
from riskcheck.engines.rete.processes import Rulesets
from riskcheck.frozen import replace
from riskcheck.model.finding import STATES, CompoundFinding, CompoundState
from riskcheck.model.truth import Truth
from riskcheck.packs.patterns import patterns_left
from riskcheck.packs.rulepack import AllOf, AnyOf, Member, Pattern, RulePack

_MAY, _SURELY = 1, 2
_MOST_JOINED: Final = 8
"""durable-rules joins at most 16 facts."""


def confirmed(
    pack: RulePack, truths: Mapping[str, Truth], compounds: tuple[CompoundFinding, ...]
) -> tuple[CompoundFinding, ...]:
    """What `inference` found of compound rules; what the engine finds otherwise is only possible: neither is trusted.

    `truths`: whether each check that is due fails. Where durable-rules gives no answer, what was found stands.
    """
    states = chained(pack, truths)
    if states is None:
        return compounds
    return tuple(
        each if each.state is STATES[states[each.id]] else replace(each, state=CompoundState.POSSIBLE)
        for each in compounds
    )


def chained(pack: RulePack, truths: Mapping[str, Truth]) -> dict[str, Truth] | None:
    """Whether each compound rule in scope fires; None if durable-rules gives no answer."""
    patterns = patterns_left(pack, truths)
    if not patterns:
        return {}
    facts = [_fact(name, level) for name, truth in truths.items() for level in (_MAY, _SURELY) if truth >= level]
    answer = _rulesets(patterns).match([facts])
    if answer.fault:
        return None
    return {name: Truth(sum(_rule(name, level) in answer.matched for level in (_MAY, _SURELY))) for name in patterns}


_kept: tuple[tuple[tuple[str, Pattern], ...], Rulesets] | None = None


def _rulesets(patterns: Mapping[str, Pattern]) -> Rulesets:
    """The rules of compound rules, written once."""
    global _kept
    key = tuple(patterns.items())
    if _kept is None or _kept[0] != key:
        rules = {name: rule for level in (_MAY, _SURELY) for name, rule in _rules(patterns, level)}
        _kept = key, Rulesets([rules])
    return _kept[1]


def _rules(patterns: Mapping[str, Pattern], level: int) -> Iterator[tuple[str, dict[str, Any]]]:
    yield f"seen!{level}", {"all": [{"m": {"l": level}}]}
    for name, pattern in patterns.items():
        yield from _rules_of(name, name, pattern, level)


def _rules_of(rule: str, name: str, pattern: Pattern, level: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rules that assert `name` where the pattern holds. Groups within it get names, and rules, of their own."""
    match pattern:
        case Member(member):
            yield _rule(rule, level), {"all": [_condition("m", member, level)], "asserts": _fact(name, level)}
        case AnyOf(parts):
            for number, part in enumerate(parts):
                yield from _rules_of(f"{rule}|{number}", name, part, level)
            yield _rule(rule, level), {"all": [_condition("m", name, level)]}
        case AllOf(parts) if len(parts) > _MOST_JOINED:
            some, rest = AllOf(parts[:_MOST_JOINED]), parts[_MOST_JOINED:]
            yield from _rules_of(rule, name, AllOf((some, *rest)), level)
        case AllOf(parts):
            joined = []
            for number, part in enumerate(parts):
                member = part.id if isinstance(part, Member) else f"{rule}&{number}"
                joined.append(_condition(f"m_{number}", member, level))
                if not isinstance(part, Member):
                    yield from _rules_of(member, member, part, level)
            yield _rule(rule, level), {"all": joined, "asserts": _fact(name, level)}


def _rule(name: str, level: int) -> str:
    return f"{name}!{level}"


def _condition(alias: str, name: str, level: int) -> dict[str, Any]:
    return {alias: {"$and": [{"l": level}, {"f": spelled(name)}]}}


def _fact(name: str, level: int) -> dict[str, int | str]:
    return {"id": f"{spelled(name)}!{level}", "l": level, "f": spelled(name)}
