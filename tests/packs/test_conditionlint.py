"""What `rules lint` finds beyond types, and that it leaves alone what may be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.packs.conditionlint import condition_problems
from riskcheck.packs.load import load_pack
from riskcheck.packs.locate import shipped_packs
from riskcheck.packs.unreadfields import unread_fields
from tests.packs.smallpack import write_checks

SHARE = """
measure: tasks.share(task, blank(task.owner))
pass_if: measure <= limit.open
limits:
  open: {value: 0.05, origin: judgement}
"""


def found(pack: Path, *checks: str) -> list[tuple[str, int, str]]:
    """Code, line and first line of each problem of a pack with these checks."""
    write_checks(pack, *checks)
    problems = condition_problems(load_pack(pack, cache=False))
    assert all(each.location and each.excerpt and each.hints for each in problems)
    return [(each.code, each.location.line or 0, each.message) for each in problems if each.location]


def code(pack: Path, check: str) -> list[str]:
    return [each[0] for each in found(pack, check)]


@pytest.mark.parametrize(
    "check",
    [
        "pass_if: project.budget > 0.0",
        "pass_if: has(project.signed_on) && project.signed_on <= as_of",
        "pass_if: tasks.all(task, blank(task.finished_on) || task.finished_on <= as_of)",
        'rows: tasks.filter(task, task.status == "open")\npass_if: rows.size() > 0\nmust_meet: true',
        "pass_if: tasks.all(task, task.hours < 1000)",
        "applies_when: project.budget > 100.0\npass_if: has(project.signed_on)",
        f"{SHARE}warn_if: measure <= 0.1",
        "rows: tasks\npass_if: rows.all(task, has(task.owner))",
    ],
)
def test_a_condition_that_may_be_meant_is_left_alone(tiny: Path, check: str) -> None:
    assert code(tiny, check) == []


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("pass_if: project.budget >= 0.0", ["never-fails"]),
        ("pass_if: project.project_id == project.project_id", ["never-fails"]),
        ("pass_if: has(project.signed_on) || blank(project.signed_on)", ["never-fails"]),
        ("pass_if: project.budget < 0.0", ["never-passes"]),
        ("pass_if: blank(project.signed_on) && project.signed_on <= as_of", ["never-passes"]),
        ('pass_if: tasks.exists(task, task.status == "open" && task.status == "done")', ["never-passes"]),
        ("rows: tasks\npass_if: rows.all(task, task.hours > 1000)", ["never-passes"]),
        ("applies_when: project.budget < 0.0\npass_if: has(project.signed_on)", ["never-applies"]),
        ("pass_if: tasks.all(task, task.hours <= 1000)", ["never-fails"]),
        ("pass_if: has(project.signed_on) && (true || project.budget > 1.0)", ["constant-condition"]),
        ("pass_if: has(project.signed_on)\nwarn_if: project.budget >= 0.0", ["never-fails"]),
        (f"{SHARE}warn_if: measure <= limit.open", ["unreachable-warning"]),
        (f"{SHARE}warn_if: measure <= 0.05", ["unreachable-warning"]),
        (f"{SHARE}warn_if: measure < 0.04 && has(project.signed_on)", ["unreachable-warning"]),
        ("pass_if: project.budget > 1.0\nwarn_if: project.budget >= 2.0", ["unreachable-warning"]),
        ("pass_if: project.budget > 1.0\nwarn_if: project.budget < 0.0", ["unreachable-warning"]),
    ],
)
def test_a_condition_that_cannot_be_meant_is_told(tiny: Path, check: str, expected: list[str]) -> None:
    assert code(tiny, check) == expected


def test_the_part_that_no_facts_change_is_shown(tiny: Path) -> None:
    write_checks(tiny, "pass_if: |\n  has(project.signed_on)\n    && tasks.all(task, task.hours <= 1000)")
    (problem,) = condition_problems(load_pack(tiny, cache=False))
    assert problem.render().replace(str(tiny), "tiny").splitlines() == [
        "tiny/plan/PLN-1.yaml:15:28: PLN-1.a: this part of pass_if is always true, whatever the facts",
        "  leave it out, or compare with something that the facts can miss",
        "    15 |         && tasks.all(task, task.hours <= 1000)",
        "       |                            ^^^^^^^^^^^^^^^^^^",
    ]


def test_a_check_that_only_fails_for_want_of_rows_is_told_so(tiny: Path) -> None:
    ((_, _, message),) = found(tiny, "rows: tasks\npass_if: rows.size() >= 0\nmust_meet: true")
    assert message == "PLN-1.a: it can never fail but for want of rows: no facts make pass_if false"


def test_two_checks_with_the_same_condition_are_told(tiny: Path) -> None:
    one = "rows: tasks.filter(task, task.hours > limit.h)\npass_if: rows.all(task, has(task.owner))\n"
    other = "rows: tasks.filter(t, t.hours > limit.long)\npass_if: rows.all(each, has(each.owner))\n"
    limits = "limits: {{{}: {{value: {}, origin: judgement}}}}"
    same = found(tiny, one + limits.format("h", 8), other + limits.format("long", 8))
    assert same == [("same-condition", 27, "PLN-1.b has the same condition as PLN-1.a, on the same rows")]
    assert found(tiny, one + limits.format("h", 8), other + limits.format("long", 9)) == []


def test_fields_that_no_check_reads_are_noted_by_table(tiny: Path) -> None:
    write_checks(tiny, "pass_if: tasks.all(task, task.scope_vague == 0)")
    notes = [each.render().replace(str(tiny), "tiny") for each in unread_fields(load_pack(tiny))]
    assert notes == [
        "tiny/facts.yaml:2:3: no check reads these fields of project: budget, signed_on",
        "tiny/facts.yaml:9:3: no check reads these fields of tasks: owner, status, hours, finished_on",
    ]
    write_checks(tiny, "pass_if: has(project.signed_on)")
    assert unread_fields(load_pack(tiny))[1].message == "no check reads the table tasks"


def test_tables_of_evidence_and_waivers_need_no_check_but_their_other_fields_do(tiny: Path) -> None:
    fields = "{fact: {type: string, title: {en: Fact, zh: 资料}}, REST}"
    other = "colour: {type: string, title: {en: Colour, zh: 颜色}}"
    with (tiny / "facts.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  evidence:\n    title: {{en: Evidence, zh: 证据}}\n    fields: {fields.replace('REST', other)}\n")
        file.write("  waivers:\n    title: {en: Waivers, zh: 豁免}\n    fields:\n")
        file.write("      waiver_id: {type: string, title: {en: Waiver, zh: 豁免编号}}\n")
        file.write("      check_id: {type: string, title: {en: Check, zh: 检查编号}}\n")
    found = [each.message for each in unread_fields(load_pack(tiny)) if "evidence" in each.message]
    assert found == ["no check reads these fields of evidence: colour"]
    assert not [each for each in unread_fields(load_pack(tiny)) if "waivers" in str(each.message)]


@pytest.mark.parametrize("name", shipped_packs())
def test_shipped_packs_have_no_such_problem(name: str) -> None:
    assert not [each.render() for each in condition_problems(load_pack(name, cache=False))]
