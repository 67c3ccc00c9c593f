"""Reading and judging the facts of one project for commands that then do something else than `check` does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.frozen import frozen
from riskcheck.mapping.load import load_mapping
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import FactSet
from riskcheck.model.mapping import Mapping
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack
from riskcheck.profiles.load import load_profile
from riskcheck.profiles.profile import Profile


@frozen
class Rules:
    """What facts are judged by: the pack, a profile of it, the mapping by which facts are read, and the waivers.

    `reader` is what reads workbooks: calamine, openpyxl or auto.
    """

    pack: RulePack
    profile: Profile | None
    mapping: Mapping | None
    waivers: Path | None
    table_waivers: bool
    reader: str


def load_rules(
    pack: str, profile: str | None, mapping: Path | None, waivers: Path | None, *, table_waivers: bool, reader: str
) -> Rules:
    """The rules that options name, the mapping, and which waivers are heeded."""
    loaded = load_pack(pack)
    chosen = load_profile(profile, loaded) if profile is not None else None
    read_by = load_mapping(mapping, loaded.schema) if mapping is not None else None
    return Rules(loaded, chosen, read_by, waivers, table_waivers, reader)


def read_facts(facts: Sequence[str], rules: Rules, assume_complete: tuple[str, ...]) -> FactSet:
    """The facts in the files, read by the mapping; the tables of `assume_complete` are taken as complete."""
    return load_facts(
        facts, rules.pack.schema, assume_complete=assume_complete, mapping=rules.mapping, reader=rules.reader
    )


def judge_facts(
    facts: Sequence[str], rules: Rules, *, gate: str | None, as_of: date | None, assume_complete: tuple[str, ...]
) -> Assessment:
    """The assessment of the facts in the files; the tables of `assume_complete` are taken as complete."""
    found = read_facts(facts, rules, assume_complete)
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
