"""What a profile changes about an assessment, and that nothing else changes."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.frozen import replace
from riskcheck.model.assessment import Verdict
from riskcheck.model.finding import Outcome
from riskcheck.packs.load import load_pack
from riskcheck.profiles.load import load_profile
from riskcheck.reports import Style, render
from tests.profiles.written import COMPLETE, FACTS, judge, of, profile

SAMPLES = Path(__file__).parents[2] / "samples"
HALF, FIVE_4 = Fraction(1, 2), Fraction(5, 4)
LATE = "limits: {A-1.b: {late: {value: 0.5, origin: judgement, reason: short of people}}}\n"


def test_the_profile_full_gives_the_same_but_for_its_own_lines() -> None:
    pack = load_pack("deployment")
    facts = load_facts(SAMPLES / "unclear-sla-zh.yaml", pack.schema)
    plain, full = assess(facts, pack), assess(facts, pack, profile=load_profile("full", pack))
    assert replace(full, profile=None) == plain
    json_plain, json_full = (json.loads(render("json", each, Style())) for each in (plain, full))
    assert json_full.pop("profile")["id"] == "full"
    assert json_plain.pop("profile") is None
    assert json_full == json_plain
    lines = render("terminal", full, Style()).decode().splitlines()
    without = render("terminal", plain, Style()).decode().splitlines()
    assert re.sub(r" Profile full .*\n", "", "\n".join(lines)).split("\n\nProfile  ")[0] == "\n".join(without)


def test_a_limit_decides(tmp_path: Path) -> None:
    assert of(judge(tmp_path, FACTS + COMPLETE, None), "A-1.b").outcome is Outcome.WARN
    found = of(judge(tmp_path, FACTS + COMPLETE, LATE), "A-1.b")
    assert found.outcome is Outcome.PASS
    late, warn = found.limits
    assert (late.value, late.overridden, warn.overridden) == ("0.5", True, False)


def test_facts_are_judged_again_where_only_a_limit_changes(tmp_path: Path) -> None:
    """What was remembered about the same facts with other limits does not count."""
    pack = load_pack(Path(__file__).parents[1] / "gate" / "smallpack")
    (tmp_path / "f.yaml").write_text(FACTS + COMPLETE, "utf-8")
    facts = load_facts(tmp_path / "f.yaml", pack.schema)
    chosen = profile(tmp_path, LATE, pack)
    outcomes = [of(assess(facts, pack, profile=each), "A-1.b").outcome for each in (None, chosen, None)]
    assert outcomes == [Outcome.WARN, Outcome.PASS, Outcome.WARN]


def test_a_dropped_table_takes_its_checks_and_the_compounds_that_need_them(tmp_path: Path) -> None:
    judged = judge(tmp_path, FACTS + COMPLETE, "drop: [{tables: [parts], reason: none are delivered}]\n")
    assert {each.check for each in judged.findings} == {"A-1.a", "A-1.b", "A-1.c", "A-1.d", "B-1.a", "B-1.d"}
    assert [each.id for each in judged.compounds] == ["CH-1"]
    assert "parts" not in {each.name for each in judged.tables}
    assert judged.profile is not None
    assert [(each.id, each.tables) for each in judged.profile.checks] == [("B-1.b", ("parts",)), ("B-1.c", ("parts",))]
    assert judged.profile.compounds == ("CH-2",)


def test_must_meet_checks_that_are_left_out_are_named_among_the_reasons(tmp_path: Path) -> None:
    plain = judge(tmp_path, FACTS + COMPLETE, None)
    musts = [each.check for each in plain.findings if each.must_meet]
    said = f"drop: [{{checks: [{musts[0]}, A-1.d], reason: not asked}}]\n"
    (reason,) = [each for each in judge(tmp_path, FACTS + COMPLETE, said).reasons if each.code == "must-meet-left-out"]
    assert reason.text.en.endswith(f" leaves out 1 must-meet check: {musts[0]}.")
    assert all(each.code != "must-meet-left-out" for each in plain.reasons)


def test_a_dropped_check_leaves_its_group_of_a_compound(tmp_path: Path) -> None:
    judged = judge(tmp_path, FACTS + COMPLETE, "drop: [{checks: [A-1.d, B-1.a], reason: not asked}]\n")
    assert {each.id: each.members for each in judged.compounds} == {
        "CH-1": ("A-1.a", "A-1.b"),
        "CH-2": ("CH-1", "B-1.b", "B-1.c"),
    }
    assert judged.profile is not None
    assert judged.profile.compounds == ()
    assert [(each.id, each.tables) for each in judged.profile.checks] == [("A-1.d", ()), ("B-1.a", ())]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", Fraction(100 * (9 + HALF * 9), 11 + 15)),
        ("weights: {items: {B-1: 0.5}}", Fraction(100 * (9 + HALF * HALF * 9), 11 + HALF * 15)),
        ("weights: {elements: {people: 1.5}}", Fraction(100 * (9 * FIVE_4 + HALF * 9), 11 * FIVE_4 + 15)),
        ("weights: {elements: {people: 1.5}, items: {A-1: 1}}", Fraction(100 * (9 + HALF * 9), 11 + 15)),
    ],
)
def test_weights_are_multiplied_by_item_or_else_by_element(said: str, expected: Fraction, tmp_path: Path) -> None:
    """A-1, on people and process, has 9 of 11; B-1, on process alone, 4.5 of 15."""
    judged = judge(tmp_path, FACTS + COMPLETE, said)
    outcomes = {each.check: each.outcome.value for each in judged.findings}
    assert outcomes == {
        **dict.fromkeys(("A-1.a", "A-1.c", "A-1.d", "B-1.a"), "pass"),
        **dict.fromkeys(("B-1.b", "B-1.c"), "fail"),
        **dict.fromkeys(("A-1.b", "B-1.d"), "warn"),
    }
    assert judged.score is not None
    assert judged.score.low.exact == judged.score.high.exact == expected


def test_a_table_is_complete_if_the_profile_says_so_and_the_facts_do_not_deny_it(tmp_path: Path) -> None:
    assert of(judge(tmp_path, FACTS, None), "A-1.a").outcome is Outcome.UNKNOWN
    assert of(judge(tmp_path, FACTS, "complete: [tasks]"), "A-1.a").outcome is Outcome.PASS
    for row in ("{table: tasks, complete: no}", "{table: tasks, complete: partly}", "{table: '*', complete: no}"):
        judged = judge(tmp_path, FACTS + f"table_status: [{row}]\n", "complete: [tasks]")
        assert of(judged, "A-1.a").outcome is Outcome.UNKNOWN
        assert judged.profile is not None
        assert [each.kept_open for each in judged.profile.complete] == [True]


def test_completeness_is_the_profiles_own_statement_and_no_assumption_of_the_command_line(tmp_path: Path) -> None:
    judged = judge(tmp_path, FACTS, "complete: [project, tasks, parts]")
    assert judged.assumptions == ()
    assert judged.verdict is judge(tmp_path, FACTS + COMPLETE, None).verdict


def test_declaring_tables_is_advised_with_the_profile(tmp_path: Path) -> None:
    signed = FACTS.replace("tested: no, stock: 2", "tested: yes, stock: 5").replace("status: open", "status: done")
    judged = judge(tmp_path, signed, "complete: [project, parts]")
    assert judged.verdict is Verdict.CANNOT_JUDGE
    assert [each.name for each in judged.undeclared] == ["tasks"]
    said = render("terminal", judged, Style()).decode()
    assert f"--profile {tmp_path / 'mine.yaml'} --assume-complete tasks" in said


def test_a_limit_as_in_the_pack_is_the_packs(tmp_path: Path) -> None:
    said = LATE.replace("0.5", "0.25").replace("judgement", "sourced, sources: [J]")
    judged = judge(tmp_path, FACTS + COMPLETE, said)
    assert judged.profile is not None
    assert judged.profile.limits == ()
    assert of(judged, "A-1.b").limits == of(judge(tmp_path, FACTS + COMPLETE, None), "A-1.b").limits


def test_a_table_that_is_dropped_twice_is_told_once_for_its_first_reason(tmp_path: Path) -> None:
    said = "drop: [{tables: [parts], reason: one}, {tables: [parts], reason: two}]\n"
    judged = judge(tmp_path, FACTS + COMPLETE, said)
    assert judged.profile is not None
    assert [(each.name, each.reason.en) for each in judged.profile.tables] == [("parts", "one")]
    assert {each.reason.en for each in judged.profile.checks} == {"one"}
