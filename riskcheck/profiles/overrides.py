"""The limits that a profile sets anew: each keeps the type that it has in the pack."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from riskcheck.expr import typed
from riskcheck.expr.satisfiable import Given, can_be
from riskcheck.frozen import replace
from riskcheck.packs.entry import Entry
from riskcheck.packs.limits import read_origin, typed_value
from riskcheck.packs.problems import kind_of
from riskcheck.packs.rulepack import Check, Limit, RulePack, Source
from riskcheck.packs.sharelint import unfit_tolerances
from riskcheck.profiles.profile import LimitOverride
from riskcheck.yamltree import YamlNode, YamlScalar

_SPELLED = {
    typed.INT: "a whole number",
    typed.DOUBLE: "a number, with at most six decimals",
    typed.BOOL: "true or false",
    typed.STRING: "a text in quotes",
}
"""What a limit of each type is, in words."""


def read_overrides(
    profile: Entry, pack: RulePack, kept: Mapping[str, Check], sources: Collection[Source]
) -> Iterator[LimitOverride]:
    """The `limits` of a profile; `kept` are the checks that it does not drop, `sources` its own sources."""
    known = [each.id for each in (*pack.sources, *sources)]
    for name, place, node in profile.named("limits", "check"):
        if not profile.check_word(place, name, pack.check_by_id, "check"):
            continue
        check = pack.check_by_id[name]
        if name not in kept:
            message = f"limits names check {name}, which this profile drops"
            profile.problems.at(place, "dropped", message, "keep the check, or take this out")
        elif not check.limits:
            profile.problems.at(place, "no-limits", f"check {name} has no limits")
        else:
            yield from _of_check(profile, check, node, known)


def _of_check(profile: Entry, check: Check, node: YamlNode, sources: Collection[str]) -> Iterator[LimitOverride]:
    before = len(profile.problems.found)
    entry = Entry(profile.problems, node, f"limits of check {check.id}", (), tuple(check.limit_values))
    by_name = {limit.name: limit for limit in check.limits}
    found = [_override(entry, check, by_name[name], value, sources) for name, value in entry.values.items()]
    if len(profile.problems.found) == before:
        changed = check.with_limits({each.limit.name: each.limit for each in found})
        for code, message, hint in _misfits(changed):
            entry.problems.at(node, code, f"{entry.what}: {message}", hint)
    yield from found


def _override(of_check: Entry, check: Check, limit: Limit, node: YamlNode, sources: Collection[str]) -> LimitOverride:
    what = f"limit {limit.name} of check {check.id}"
    entry = Entry(of_check.problems, node, what, ("value", "origin", "reason"), ("sources",))
    value = _value(entry, limit)
    basis, named = read_origin(entry, sources)
    changed = replace(limit, value=value, basis=basis, sources=named, overridden=True)
    return LimitOverride(check.id, changed if value != limit.value else limit, entry.remark("reason"))


def _value(entry: Entry, limit: Limit) -> bool | int | str | date:
    """The value, in the type of the pack's limit: a whole number will do for a double."""
    node = entry.values.get("value")
    if not isinstance(node, YamlScalar):
        found = None
    elif limit.type == typed.DOUBLE and (whole := typed_value(node)) is not None and whole[0] == typed.INT:
        found = typed_value(replace(node, text=f"{node.text}.0"))
    else:
        found = typed_value(node)
    if found is not None and found[0] == limit.type:
        return found[1]
    if node is not None:
        given = kind_of(node) if not isinstance(node, YamlScalar) or node.plain else f"the text {kind_of(node)}"
        message = f"the value must be {_SPELLED[limit.type]}, as in the pack ({limit.spelled}), not {given}"
        entry.report("value", "wrong-value", message)
    return limit.value


def _misfits(check: Check) -> Iterator[tuple[str, str, str]]:
    """What cannot be meant about a check's new limits: code, message and cure."""
    limits = {limit.name: limit for limit in check.limits}
    for condition in (check.pass_if, check.warn_if):
        if condition is not None:
            for message, hint in unfit_tolerances(condition.expression, limits):
                yield "tolerance-beyond-limit", message, hint
    given = Given(check.limit_values)
    if not can_be(check.pass_if.expression, False, given):
        yield (
            "never-fails",
            "the check could never fail",
            "to leave the check out, drop it; else set a limit it can miss",
        )
    elif not can_be(check.pass_if.expression, True, given):
        yield "never-passes", "the check could never pass", "set a limit that facts can meet"
