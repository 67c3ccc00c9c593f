"""What a profile changes about a pack and about the facts of one review, for the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from riskcheck.frozen import replace
from riskcheck.model.factset import FactSet
from riskcheck.model.profile import (
    AgedTable,
    ChangedLimit,
    CompleteTable,
    DroppedRule,
    DroppedTable,
    FloorUse,
    Multiplied,
    OwnSource,
    ProfileUse,
)
from riskcheck.packs.rulepack import RulePack
from riskcheck.profiles.ageing import ages
from riskcheck.profiles.profile import Profile
from riskcheck.profiles.tailor import dropped_checks, dropped_compounds
from riskcheck.profiles.vetoes import left_out


def account(profile: Profile, pack: RulePack) -> ProfileUse:
    """What `profile` changes about `pack`, whatever the facts are."""
    tables = pack.schema.by_name
    return ProfileUse(
        id=profile.id,
        title=profile.title,
        option=profile.option,
        file=profile.file,
        sha256=profile.sha256,
        limits=tuple(_limits(profile, pack)),
        weights=tuple(_weights(profile, pack)),
        tables=tuple(DroppedTable(name, tables[name].title, reason) for name, reason in profile.dropped_tables.items()),
        checks=tuple(
            DroppedRule(each.check, pack.check_by_id[each.check].title, each.tables, each.reason)
            for each in dropped_checks(pack, profile)
        ),
        compounds=tuple(compound.id for compound in dropped_compounds(pack, profile)),
        complete=tuple(CompleteTable(name, tables[name].title, kept_open=False) for name in profile.complete),
        ages=tuple(AgedTable(name, tables[name].title, days, None, None, None) for name, days in profile.max_age_days),
        floor=FloorUse(floor.gate, floor.grade, applies=True) if (floor := profile.evidence_floor) else None,
        sources=tuple(OwnSource(each.id, each.title, each.where) for each in profile.sources),
    )


def account_of_review(profile: Profile, pack: RulePack, facts: FactSet, gate: str, day: date) -> ProfileUse:
    """What `profile` changes where `facts` are judged by `pack` at `gate` on `day`; both as they are without it."""
    use = account(profile, pack)
    aged = {each.table: each for each in ages(facts, profile, day)}
    order = [each.id for each in pack.gates]
    musts = {check.id for check in pack.due_at(gate) if check.must_meet}
    applies = use.floor is not None and order.index(use.floor.gate) <= order.index(gate)
    return replace(
        use,
        complete=tuple(replace(each, kept_open=each.name in facts.kept_open) for each in use.complete),
        ages=tuple(
            replace(each, as_of=now.as_of, days=now.days, too_old=now.too_old)
            for each in use.ages
            for now in (aged[each.name],)
        ),
        floor=replace(use.floor, applies=applies) if use.floor else None,
        reasons=left_out(use.id, [each.id for each in use.checks if each.id in musts]),
    )


def _limits(profile: Profile, pack: RulePack) -> Iterator[ChangedLimit]:
    """The limits that differ from the pack's, in the profile's order."""
    for each in profile.limits:
        ours = each.limit
        theirs = next(limit for limit in pack.check_by_id[each.check].limits if limit.name == ours.name)
        if ours.value != theirs.value:
            yield ChangedLimit(
                each.check,
                ours.name,
                ours.title,
                theirs.plain,
                theirs.shown,
                ours.plain,
                ours.shown,
                ours.basis,
                ours.sources,
                each.reason,
            )


def _weights(profile: Profile, pack: RulePack) -> Iterator[Multiplied]:
    titles = {element.id: element.title for element in pack.elements}
    for name, multiplier in profile.items:
        yield Multiplied("item", name, pack.item_by_id[name].title, multiplier)
    for name, multiplier in profile.elements:
        yield Multiplied("element", name, titles[name], multiplier)
