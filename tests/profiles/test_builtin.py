"""The profiles that come with the pack `deployment`: what they promise holds, whatever the pack has grown to."""

from __future__ import annotations

import io
from functools import cache
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import EMPTY, FactSet
from riskcheck.model.finding import Outcome
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack
from riskcheck.packs.trees import derived_from, fields_of
from riskcheck.profiles.load import load_profile, own_profiles
from riskcheck.profiles.profile import Profile
from riskcheck.profiles.tables import tables_left
from riskcheck.profiles.tailor import tailored
from riskcheck.template.selection import select
from riskcheck.template.workbook import render_template
from tests.profiles.smallest import kept, smallest_covers, worth
from tests.profiles.written import SMALL
from tests.template.written import header_row, texts

ROOT = Path(__file__).parents[2]
AFTER_THE_MEETING = ("ACC-PUR-01", "ACC-PUR-02", "ACC-PUR-03", "ACC-PUR-04", "ACC-CSF-01")


@cache
def pack() -> RulePack:
    return load_pack("deployment")


@cache
def own(name: str) -> Profile:
    return load_profile(name, pack())


def read_by(checks: RulePack) -> set[str]:
    return {name for check in checks.checks for name in check.reads}


# ------------------------------------------------------------ full


def test_full_leaves_the_pack_as_it_is() -> None:
    assert tailored(pack(), own("full")) == pack()


# ------------------------------------------------------------ core


def test_core_judges_every_risk_control() -> None:
    left = tailored(pack(), own("core"))
    controls = {item.id for item in pack().items if item.kind == "risk_control"}
    assert len(controls) == 21
    assert controls <= {check.item for check in left.checks}


def test_core_has_the_fewest_tables_and_the_best_of_the_smallest_sets() -> None:
    tables = frozenset(read_by(tailored(pack(), own("core"))))
    smallest = smallest_covers(pack())
    assert tables in smallest
    assert worth(pack(), tables) == max(worth(pack(), each) for each in smallest)
    equals = [each for each in smallest if worth(pack(), each) == worth(pack(), tables)]
    assert columns(tables) == min(columns(each) for each in equals)


def columns(tables: frozenset[str]) -> int:
    left = kept(pack(), tables)
    return sum(len(table.fields) for table in tables_left(pack(), own("core"), left))


def test_core_drops_no_check_that_its_tables_allow() -> None:
    left = tailored(pack(), own("core"))
    assert left.checks == kept(pack(), read_by(left))


@pytest.mark.parametrize("folder", [SMALL, ROOT / "docs" / "example-pack"], ids=["small", "example"])
def test_the_search_finds_what_trying_all_sets_of_tables_finds(folder: Path) -> None:
    rules = load_pack(folder)
    rules = replace(rules, items=tuple(replace(item, kind="risk_control") for item in rules.items))
    names = list(rules.schema.by_name)
    for size in range(len(names) + 1):
        covers = {
            frozenset(tables)
            for tables in combinations(names, size)
            if {check.item for check in kept(rules, tables)} >= {item.id for item in rules.items}
        }
        if covers:
            assert smallest_covers(rules) == covers
            return
    pytest.fail("no set of tables covers the items")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_template_of_core_has_only_what_its_checks_read(language: str) -> None:
    lang = "zh" if language == "zh" else "en"
    left = tailored(pack(), own("core"))
    read = frozenset[tuple[str, str]]().union(*map(fields_of, left.checks))
    read |= derived_from(pack().schema, read)
    book = openpyxl.load_workbook(io.BytesIO(render_template(pack(), select(pack(), None, own("core")), lang)))
    tables = {table.title.of(lang)[:31]: table for table in pack().schema.tables}
    sheets = [sheet for sheet in book if sheet.title in tables]
    assert {tables[sheet.title].name for sheet in sheets} == read_by(left)
    for sheet in sheets:
        table = tables[sheet.title]
        if not table.one_row:
            titles = {field.title.of(lang): field.name for field in table.fields}
            named = [titles[text] for text in texts(sheet, header_row(sheet))]
            assert named[0] == table.fields[0].name
            assert {(table.name, name) for name in named[1:]} <= read


def test_facts_for_core_are_half_of_all() -> None:
    """Else it would not be filled in an afternoon."""
    left = tailored(pack(), own("core"))
    asked = sum(len(table.fields) for table in tables_left(pack(), own("core"), left.checks))
    assert 2 * asked < sum(len(table.fields) for table in pack().schema.tables)


# ------------------------------------------------------------ readiness


def test_readiness_leaves_out_what_the_meeting_brings_and_nothing_else() -> None:
    left = tailored(pack(), own("readiness"))
    gone = {check.id for check in pack().checks} - {check.id for check in left.checks}
    assert gone == {check.id for check in pack().checks if check.item in AFTER_THE_MEETING}


def before_the_meeting() -> FactSet:
    """A sound project some days before its acceptance meeting: nothing is accepted, handed over or learned yet."""
    facts = load_facts(ROOT / "samples" / "healthy-en.yaml", pack().schema)
    later = {
        ("deliverables", "status"): "submitted",
        ("deliverables", "accepted_on"): EMPTY,
        ("handover_items", "ops_accepted_on"): EMPTY,
        ("lessons", "recorded_on"): EMPTY,
        ("sla_items", "met"): False,
    }
    tables = []
    for table in facts.tables:
        changed = {
            name: (later[table.table.name, name],) * table.row_count if (table.table.name, name) in later else cells
            for name, cells in table.columns.items()
        }
        tables.append(replace(table, columns=changed))
    return replace(facts, tables=tuple(tables))


def test_a_project_that_is_ready_for_the_meeting_passes_readiness_and_not_the_whole_pack() -> None:
    facts = before_the_meeting()
    whole = assess(facts, pack(), gate="G3")
    ready = assess(facts, pack(), gate="G3", profile=own("readiness"))
    assert not whole.verdict.opens
    assert ready.verdict.opens
    assert failing(whole) - failing(ready) >= {"ACC-PUR-01.a", "ACC-PUR-02.a", "ACC-PUR-04.a"}
    assert failing(ready) == failing(assess(load_sample(), pack(), gate="G3"))


def load_sample() -> FactSet:
    return load_facts(ROOT / "samples" / "healthy-en.yaml", pack().schema)


def failing(assessment: Assessment) -> set[str]:
    return {each.check for each in assessment.findings if each.outcome in (Outcome.FAIL, Outcome.WARN)}


# ------------------------------------------------------------ all


def test_they_are_sound_and_complete_in_both_languages() -> None:
    profiles = own_profiles(pack())
    assert {each.id for each in profiles} == {"full", "core", "readiness"}
    for each in profiles:
        for text in (each.title, *(drop.reason for drop in each.drops)):
            assert text.en.isascii()
            assert not text.zh.isascii()


def test_they_are_no_part_of_the_digest_of_the_pack(tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(ROOT / "rules" / "deployment", tmp_path / "deployment"))
    shutil.rmtree(folder / "profiles")
    assert load_pack(folder, cache=False).sha256 == pack().sha256
