"""The patterns of compound rules: which rules they name, and what is left of them where some are out of scope."""

from __future__ import annotations

from collections.abc import Container, Iterable

from riskcheck.packs.rulepack import AllOf, AnyOf, Member, Pattern, RulePack


def members_of(pattern: Pattern) -> tuple[str, ...]:
    """The rules that a pattern names, each once, in its order."""
    if isinstance(pattern, Member):
        return (pattern.id,)
    return tuple(dict.fromkeys(name for part in pattern.parts for name in members_of(part)))


def patterns_left(pack: RulePack, checks: Iterable[str]) -> dict[str, Pattern]:
    """By id, in the order of strata, what is left of the compound rules where only some checks are in scope.

    A rule with a group left empty is out of scope, also for the rules that name it.
    """
    known = set(checks)
    left: dict[str, Pattern] = {}
    by_id = {compound.id: compound for compound in pack.compounds}
    for stratum in pack.strata:
        for name in stratum:
            pattern = restricted(by_id[name].when, known)
            if pattern is not None:
                left[name] = pattern
                known.add(name)
    return left


def restricted(pattern: Pattern, in_scope: Container[str]) -> Pattern | None:
    """The pattern without the rules that are not in scope; None if a group is left empty."""
    match pattern:
        case Member(name):
            return pattern if name in in_scope else None
        case AnyOf(parts):
            kept = tuple(part for part in (restricted(each, in_scope) for each in parts) if part is not None)
            return AnyOf(kept) if kept else None
        case AllOf(parts):
            all_kept = tuple(restricted(each, in_scope) for each in parts)
            return None if None in all_kept else AllOf(tuple(part for part in all_kept if part is not None))
