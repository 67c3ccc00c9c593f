"""Random profiles, and random facts with evidence and with days for their tables."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from riskcheck.assessment import assess
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import MISSING, Cell, FactSet
from riskcheck.model.text import Text
from riskcheck.packs.rulepack import RulePack
from riskcheck.profiles.profile import Drop, EvidenceFloor, LimitOverride, Profile
from tests.gate import worlds
from tests.profiles.evidencepack import evidence_pack

WHY = Text("why", "原因")
_MULTIPLIERS = (Fraction(1, 2), Fraction(1), Fraction(3, 2))
_TABLES = ("project", "tasks", "parts")
_FACTS = (*_TABLES, "tasks.owner", "tasks.late", "project.earned", "tasks task_id-1", "tasks task_id-2", "nothing")


def pack() -> RulePack:
    """The pack with a table of evidence."""
    return evidence_pack()


def judge(facts: FactSet, profile: Profile, gate: str = "G2", rules: RulePack | None = None) -> Assessment:
    return assess(facts, rules or pack(), gate=gate, as_of=worlds.AS_OF, profile=profile)


def random_facts(random: Random) -> FactSet:
    """Facts of which some rest on evidence, and some tables have a day."""
    facts = worlds.random_facts(pack(), random)
    evidence = facts.by_name["evidence"]
    named: tuple[Cell, ...] = tuple(
        random.choice(_FACTS) if cell is not MISSING else cell for cell in evidence.columns["fact"]
    )
    changed = worlds.with_columns(evidence, {**evidence.columns, "fact": named}, evidence.row_count)
    tables = tuple(changed if table is evidence else table for table in facts.tables)
    return replace(facts, tables=tables, status_dates=tuple(_dates(random)))


def _dates(random: Random) -> list[tuple[str, date]]:
    return [
        (table, worlds.AS_OF - timedelta(days=random.randint(-2, 40))) for table in _TABLES if random.random() < 0.8
    ]


def random_profile(random: Random) -> Profile:
    """A profile that changes anything from nothing to much; some check is always left."""
    rules = pack()
    return Profile(
        id="random",
        title=Text("Random", "随机"),
        option="random",
        file="random.yaml",
        sha256="0" * 64,
        pack_sha256=rules.sha256,
        limits=_limits(rules, random),
        items=_multipliers([item.id for item in rules.items], random),
        elements=_multipliers([element.id for element in rules.elements], random),
        drops=_drops(random),
        complete=tuple(name for name in _TABLES if random.random() < 0.2),
        max_age_days=tuple((name, 20) for name in _TABLES if random.random() < 0.15),
        evidence_floor=EvidenceFloor(random.choice(("G1", "G2")), random.choice((Fraction(3, 10), Fraction(4, 5))))
        if random.random() < 0.3
        else None,
    )


def _limits(rules: RulePack, random: Random) -> tuple[LimitOverride, ...]:
    check = rules.check_by_id["A-1.b"]
    if random.random() < 0.5:
        return ()
    late = replace(check.limits[0], value=random.choice((0, 400_000, 500_000)), overridden=True)
    return (LimitOverride(check.id, late, WHY),)


def _multipliers(names: list[str], random: Random) -> tuple[tuple[str, Fraction], ...]:
    return tuple((name, random.choice(_MULTIPLIERS)) for name in names if random.random() < 0.5)


def _drops(random: Random) -> tuple[Drop, ...]:
    """What is left out; A-1.d and B-1.a always stay."""
    draw = random.random()
    if draw < 0.5:
        return ()
    if draw < 0.7:
        return (Drop((random.choice(("tasks", "parts")),), (), WHY),)
    return (Drop((), tuple(random.sample(("A-1.a", "A-1.b", "A-1.c", "B-1.b", "B-1.c", "B-1.d"), 2)), WHY),)
