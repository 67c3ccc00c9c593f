"""The pack `deployment` holds all that its source names, and what the pack's authors added to it.

The numbers are those of the source, counted apart from the pack: a rule, a table or an item that gets lost shows here.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import AllOf, AnyOf, Member, RulePack

ROOT = Path(__file__).parents[2]
ITEMS = {
    ("planning", "consensus"): 4,
    ("planning", "activity"): 4,
    ("planning", "risk_control"): 4,
    ("execution", "consensus"): 7,
    ("execution", "activity"): 11,
    ("execution", "success_factor"): 7,
    ("execution", "risk_control"): 12,
    ("acceptance", "purpose"): 4,
    ("acceptance", "activity"): 3,
    ("acceptance", "success_factor"): 3,
    ("acceptance", "risk_control"): 5,
    (None, "element_content"): 34,
}
"""How many items the source has of each phase and kind; the content of the four elements runs through all phases."""
LAST_LINE = 124
NO_ITEM = {1, 2, 9, 10, 31, 37, 41, 42, 43, 48, 53, 54, 59, 60, 68, 84, 92, 105, 106, 111, 115, 119}
"""Lines of the source that are headings, blank, or a heading with nothing below it (53)."""
CHECKS_OF_THE_SOURCE = 120
ADDED_CHECKS = ("EXE-RC-06.e", "EXE-CON-01.a", "EXE-CON-07.a", "EXE-ACT-04.a", "EXE-ACT-08.a")
"""Overload at any moment, and the attestation of each of the four items that no fact can decide."""
MUST_MEET = """
    PLN-RC-01.a PLN-RC-02.a PLN-RC-02.c PLN-RC-03.a EXE-RC-02.a EXE-RC-04.a EXE-RC-04.c EXE-RC-05.a EXE-RC-07.a
    EXE-RC-10.a EXE-ACT-06.a TEC-04.a ACC-RC-01.a ACC-RC-01.b ACC-RC-02.a ACC-RC-03.a ACC-RC-04.a ACC-RC-04.b
    ACC-RC-05.a ACC-PUR-01.a ACC-PUR-03.a
"""
TABLES = """
    project plan_sections tasks deliverables criteria design_items sla_items changes team raci interfaces issues risks
    stakeholders expectations complaints communications suppliers supplier_deliveries kpis ci_classes cis config_audits
    reports documents trainings service_desk service_desk_stats spares tools knowledge emergency_plans sops releases
    continuity processes surveys handover_items lessons waivers evidence
"""
ADDED_TABLES = ("assignments", "attestations")
COMPOUNDS = [f"CH-{number:02}" for number in range(1, 23)]
MEMBERS = 95
"""How many checks the groups of all compound risks have together."""


@cache
def pack() -> RulePack:
    return load_pack("deployment")


def test_every_item_of_the_source_is_there() -> None:
    assert Counter((item.phase, item.kind) for item in pack().items) == ITEMS
    assert len(pack().items) == 98


def test_every_line_of_the_source_that_names_something_is_covered_and_no_heading_is() -> None:
    covered = {line for item in pack().items for line in item.source_lines}
    assert covered == set(range(1, LAST_LINE + 1)) - NO_ITEM
    assert [item.id for item in pack().items if not item.source_lines] == []


def test_every_item_is_judged_by_a_check() -> None:
    judged = {name for check in pack().checks for name in (check.item, *check.also_items)}
    assert {item.id for item in pack().items} == judged


def test_the_checks_are_those_of_the_source_and_the_five_that_were_added() -> None:
    ids = [check.id for check in pack().checks]
    assert set(ADDED_CHECKS) <= set(ids)
    assert len(ids) == CHECKS_OF_THE_SOURCE + len(ADDED_CHECKS)


def test_no_other_check_shuts_a_gate_on_its_own() -> None:
    assert {check.id for check in pack().checks if check.must_meet} == set(MUST_MEET.split())


def test_every_compound_risk_of_the_source_is_there_with_all_its_members() -> None:
    """Each joins two groups of checks, the second also a third one that shows the damage done."""
    assert [compound.id for compound in pack().compounds] == COMPOUNDS
    known = {check.id for check in pack().checks}
    members = 0
    for compound in pack().compounds:
        assert isinstance(compound.when, AllOf)
        assert len(compound.when.parts) == (3 if compound.id == "CH-02" else 2)
        for group in compound.when.parts:
            assert isinstance(group, AnyOf)
            assert all(isinstance(part, Member) and part.id in known for part in group.parts)
            members += len(group.parts)
    assert members == MEMBERS


def test_every_table_of_the_source_is_there() -> None:
    assert {table.name for table in pack().schema.tables} == {*TABLES.split(), *ADDED_TABLES}


def test_the_guides_count_what_the_pack_has() -> None:
    items, checks, compounds = len(pack().items), len(pack().checks), len(pack().compounds)
    for guide in ("README.md", "CHANGELOG.md"):
        text = " ".join((ROOT / guide).read_text("utf-8").split())
        assert f"{items} items" in text
        assert f"{checks} checks" in text
        assert f"{compounds} compound risks" in text
    text = (ROOT / "README.zh.md").read_text("utf-8")
    assert f"{items} 个条目" in text
    assert f"{checks} 项检查" in text
    assert f"{compounds} 条复合风险" in text


def test_every_limit_has_a_title_in_both_languages_of_its_own_within_its_check() -> None:
    for check in pack().checks:
        titles = [limit.title for limit in check.limits]
        untitled = [limit.name for limit in check.limits if limit.name in (limit.title.en, limit.title.zh)]
        assert not untitled, check.id
        assert len({title.en for title in titles}) == len({title.zh for title in titles}) == len(titles), check.id
        assert all(title.en.isascii() or "×" in title.en for title in titles), check.id
