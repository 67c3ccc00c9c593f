"""A pack as a profile has it: limits set anew, weights multiplied, checks left out."""

from __future__ import annotations

from riskcheck.frozen import frozen, replace
from riskcheck.model.text import Text
from riskcheck.packs.patterns import patterns_left
from riskcheck.packs.rulepack import Check, Compound, Limit, RulePack
from riskcheck.profiles.profile import Profile


@frozen
class DroppedCheck:
    """A check that is left out, and why; `tables` are those dropped tables that it reads."""

    check: str
    tables: tuple[str, ...]
    reason: Text


def tailored(pack: RulePack, profile: Profile) -> RulePack:
    """The pack with what `profile` leaves of it. It keeps its digest: the profile has one of its own."""
    gone = {each.check for each in dropped_checks(pack, profile)}
    limits: dict[str, dict[str, Limit]] = {}
    for each in profile.limits:
        limits.setdefault(each.check, {})[each.limit.name] = each.limit
    checks = tuple(check.with_limits(limits.get(check.id, {})) for check in pack.checks if check.id not in gone)
    compounds = _compounds_left(pack, {check.id for check in checks}) if gone else pack.compounds
    left = {compound.id for compound in compounds}
    return replace(
        pack,
        checks=checks,
        compounds=compounds,
        strata=tuple(tuple(name for name in stratum if name in left) for stratum in pack.strata),
        scoring=replace(pack.scoring, item_weights=profile.items, element_weights=profile.elements),
    )


def dropped_checks(pack: RulePack, profile: Profile) -> tuple[DroppedCheck, ...]:
    """The checks that `profile` leaves out, in the pack's order; the first reason counts."""
    found = (_dropped(check, profile) for check in pack.checks)
    return tuple(each for each in found if each is not None)


def dropped_compounds(pack: RulePack, profile: Profile) -> tuple[Compound, ...]:
    """The compound rules that can no longer fire, as a part that they need is left out."""
    left = {compound.id for compound in tailored(pack, profile).compounds}
    return tuple(compound for compound in pack.compounds if compound.id not in left)


def _dropped(check: Check, profile: Profile) -> DroppedCheck | None:
    for drop in profile.drops:
        tables = tuple(name for name in check.reads if name in drop.tables)
        if tables or check.id in drop.checks:
            return DroppedCheck(check.id, tables, drop.reason)
    return None


def _compounds_left(pack: RulePack, checks: set[str]) -> tuple[Compound, ...]:
    """The compound rules with the parts that are left; a rule with a group left empty is left out, too."""
    left = patterns_left(pack, checks)
    return tuple(replace(compound, when=left[compound.id]) for compound in pack.compounds if compound.id in left)
