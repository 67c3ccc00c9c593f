"""Judging one file of facts for commands that then do something else with it than `check` does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.frozen import frozen
from riskcheck.model.assessment import Assessment
from riskcheck.packs.rulepack import RulePack
from riskcheck.profiles.profile import Profile


@frozen
class Rules:
    """What facts are judged by: the pack, a profile of it, the mapping by which facts are read, and the waivers."""

    pack: RulePack
    profile: Profile | None
    mapping: Path | None
    waivers: Path | None
    table_waivers: bool


def load_rules(
    pack: str, profile: str | None, mapping: Path | None, waivers: Path | None, *, table_waivers: bool
) -> Rules:
    """The rules that options name, the mapping, and which waivers are heeded."""
    from riskcheck.packs.load import load_pack
    from riskcheck.profiles.load import load_profile

    loaded = load_pack(pack)
    chosen = load_profile(profile, loaded) if profile is not None else None
    return Rules(loaded, chosen, mapping, waivers, table_waivers)


def judge_file(
    facts: str, rules: Rules, *, gate: str | None, as_of: date | None, assume_complete: tuple[str, ...]
) -> Assessment:
    """The assessment of the facts in a file; the tables of `assume_complete` are taken as complete."""
    read_by = None
    if rules.mapping is not None:
        from riskcheck.mapping.load import load_mapping

        read_by = load_mapping(rules.mapping, rules.pack.schema)
    found = load_facts(facts, rules.pack.schema, assume_complete=assume_complete, mapping=read_by)
    file = None
    if rules.waivers is not None:
        from riskcheck.waivers.table import load_waivers

        file = load_waivers(rules.waivers)
    return assess(
        found,
        rules.pack,
        gate=gate,
        as_of=as_of,
        profile=rules.profile,
        waivers=file,
        table_waivers=rules.table_waivers,
    )
