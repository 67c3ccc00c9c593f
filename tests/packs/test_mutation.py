"""Mutants of checks: how they are made, which cases kill them, and which a pack may list as equivalent."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.errors import PackError
from riskcheck.expr import typed
from riskcheck.expr.mutations import neighbours
from riskcheck.mutation import MutationResult, run_mutants
from riskcheck.packs.load import load_pack
from riskcheck.packs.locate import shipped_packs
from riskcheck.packs.mutants import mutants
from riskcheck.packtest import ready_cases, run
from tests.packs.smallpack import write_cases, write_checks

BUDGET = "pass_if: project.budget <= limit.most\nlimits: {most: {value: 100, origin: judgement}}"
AT_THE_LIMIT = "facts: {project: {budget: 100}}, expect: pass"
ONE_BEYOND = "facts: {project: {budget: 101}}, expect: fail"
ONE_BEFORE = "facts: {project: {budget: 99}}, expect: pass"


def texts(pack: Path) -> dict[str, str]:
    """What each mutant of the first check reads, and what was changed."""
    (check, *_) = load_pack(pack, cache=False).checks
    return {mutant.text: mutant.what for mutant in mutants(check)}


def tried(pack: Path) -> MutationResult:
    loaded = load_pack(pack, cache=False)
    return run_mutants(loaded, ready_cases(loaded))


def test_comparisons_and_limits_are_changed(tiny: Path) -> None:
    write_checks(tiny, BUDGET)
    assert texts(tiny) == {
        "pass_if: project.budget < limit.most": "<= became <",
        "pass_if: project.budget >= limit.most": "<= became >=",
        "pass_if: true": "pass_if became true",
        "pass_if: false": "pass_if became false",
        "limit.most: 99": "limit most became 99 instead of 100",
        "limit.most: 101": "limit most became 101 instead of 100",
    }


def test_clauses_tests_and_macros_are_changed(tiny: Path) -> None:
    write_checks(
        tiny,
        """
rows: tasks.filter(task, task.status in ["open"] && !(task.hours > 8))
pass_if: rows.all(task, has(task.owner) || task.finished_on != date("2026-02-28"))
""",
    )
    found = texts(tiny)
    assert {text.removeprefix("rows: ") for text in found if text.startswith("rows: ")} == {
        "tasks",
        'tasks.filter(task, task.status in ["open"] || !(task.hours > 8))',
        "tasks.filter(task, !(task.hours > 8))",
        'tasks.filter(task, task.status in ["open"])',
        'tasks.filter(task, !(task.status in ["open"]) && !(task.hours > 8))',
        "tasks.filter(task, task.status in [] && !(task.hours > 8))",
        'tasks.filter(task, task.status in ["open"] && task.hours > 8)',
        'tasks.filter(task, task.status in ["open"] && !(task.hours >= 8))',
        'tasks.filter(task, task.status in ["open"] && !(task.hours < 8))',
        'tasks.filter(task, task.status in ["open"] && !(task.hours > 7))',
        'tasks.filter(task, task.status in ["open"] && !(task.hours > 9))',
    }
    assert {text.removeprefix("pass_if: ") for text in found if text.startswith("pass_if: ")} == {
        'rows.exists(task, has(task.owner) || task.finished_on != date("2026-02-28"))',
        'rows.all(task, has(task.owner) && task.finished_on != date("2026-02-28"))',
        'rows.all(task, task.finished_on != date("2026-02-28"))',
        "rows.all(task, has(task.owner))",
        'rows.all(task, blank(task.owner) || task.finished_on != date("2026-02-28"))',
        'rows.all(task, has(task.owner) || task.finished_on == date("2026-02-28"))',
        'rows.all(task, has(task.owner) || task.finished_on != date("2026-02-27"))',
        'rows.all(task, has(task.owner) || task.finished_on != date("2026-03-01"))',
        "true",
        "false",
    }


def test_a_peak_becomes_a_sum_or_the_greatest_and_its_dates_change_places(tiny: Path) -> None:
    write_checks(tiny, "pass_if: tasks.peak(t, t.finished_on, as_of, 1) < 2")
    found = texts(tiny)
    assert {text: found[text] for text in found if "peak" in found[text] or "places" in found[text]} == {
        "pass_if: tasks.sum(t, 1) < 2": "peak became sum",
        "pass_if: tasks.max(t, 1) < 2": "peak became max",
        "pass_if: tasks.peak(t, as_of, t.finished_on, 1) < 2": "the dates changed places",
    }


def test_changed_rows_and_measures_reach_the_conditions_that_name_them(tiny: Path) -> None:
    write_checks(
        tiny,
        """
rows: tasks.filter(task, has(task.owner))
measure: rows.share(task, task.hours > 8)
pass_if: measure <= limit.most
warn_if: measure <= 0.5
limits: {most: {value: 0.1, origin: judgement}}
""",
    )
    (check,) = load_pack(tiny, cache=False).checks
    blank = next(mutant.check for mutant in mutants(check) if mutant.what == "has became blank")
    assert blank.rows is not None
    assert blank.measure is not None
    for condition in (blank.pass_if, blank.warn_if):
        assert condition is not None
        assert isinstance(condition.expression, typed.Compare)
        assert condition.expression.left is blank.measure.expression
    assert isinstance(blank.measure.expression, typed.Aggregate)
    assert blank.measure.expression.source is blank.rows.source


def test_a_mutant_reads_only_the_tables_that_it_still_names(tiny: Path) -> None:
    write_checks(tiny, "pass_if: has(project.signed_on) && tasks.size() > 2")
    (check,) = load_pack(tiny, cache=False).checks
    reads = {mutant.text: mutant.check.reads for mutant in mutants(check)}
    assert reads["pass_if: tasks.size() > 2"] == ("tasks",)
    assert reads["pass_if: has(project.signed_on)"] == ("project",)


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (20, typed.INT, (19, 21)),
        (True, typed.BOOL, (False,)),
        ("v1", typed.STRING, ()),
        (50_000, typed.DOUBLE, (45_000, 55_000)),
        (950_000, typed.DOUBLE, (945_000, 955_000)),
        (0, typed.DOUBLE, (-10_000, 10_000)),
        (85_000_000, typed.DOUBLE, (76_500_000, 93_500_000)),
        (1, typed.DOUBLE, (0, 2)),
        (2**63 - 1, typed.INT, (2**63 - 2,)),
    ],
)
def test_limits_move_by_a_step_that_cases_can_show(
    value: bool | int | str, kind: typed.Type, expected: tuple[object, ...]
) -> None:
    assert neighbours(value, kind) == expected


def test_cases_on_both_sides_of_a_limit_kill_all_mutants(tiny: Path) -> None:
    write_checks(tiny, BUDGET)
    write_cases(tiny, AT_THE_LIMIT, ONE_BEYOND)
    result = tried(tiny)
    assert (result.made, result.killed, result.survivors, result.stale) == (6, 6, (), ())


def test_a_mutant_that_no_case_kills_is_shown_with_its_place(tiny: Path) -> None:
    write_checks(tiny, BUDGET)
    write_cases(tiny, ONE_BEFORE, ONE_BEYOND)
    result = tried(tiny)
    assert [each.render().replace(str(tiny), "tiny").splitlines()[:2] for each in result.survivors] == [
        [
            "tiny/plan/PLN-1.yaml:13:14: PLN-1.a: no case notices that <= became <",
            "  pass_if: project.budget < limit.most",
        ],
        [
            "tiny/plan/PLN-1.yaml:13:32: PLN-1.a: no case notices that limit most became 99 instead of 100",
            "  limit.most: 99",
        ],
    ]


def test_a_check_without_cases_lets_every_mutant_live(tiny: Path) -> None:
    write_checks(tiny, BUDGET)
    result = tried(tiny)
    assert (result.made, len(result.survivors)) == (6, 6)


def test_equivalent_mutants_are_listed_with_a_reason(tiny: Path) -> None:
    write_checks(tiny, "pass_if: tasks.all(task, task.hours <= 1000 && task.hours > 0)")
    write_cases(
        tiny,
        "facts: {tasks: [{hours: 1}, {hours: 1000}]}, complete: all, expect: pass",
        "facts: {tasks: [{hours: 0}, {hours: 1}]}, complete: all, expect: fail",
        "facts: {tasks: [{task_id: T1, hours: }]}, complete: all, expect: unknown",
    )
    alive = [each.hints[0] for each in tried(tiny).survivors]
    assert alive == [
        "pass_if: tasks.all(task, task.hours > 0)",
        "pass_if: tasks.all(task, task.hours <= 1001 && task.hours > 0)",
    ]
    (tiny / "cases" / "equivalent.yaml").write_text(
        f"""
equivalent:
  - {{check: PLN-1.a, mutant: "{alive[0]}", reason: No task has more than 1000 hours.}}
  - check: PLN-1.a
    mutant: >-
      pass_if: tasks.all(task, task.hours <= 1001
      && task.hours > 0)
    reason: No task has more than 1000 hours.
""",
        "utf-8",
    )
    result = tried(tiny)
    assert (result.equivalent, result.survivors, result.stale) == (2, (), ())
    assert all(each.ok for each in run(load_pack(tiny)))


def test_a_listed_mutant_must_live_and_be_there(tiny: Path) -> None:
    write_checks(tiny, BUDGET)
    write_cases(tiny, AT_THE_LIMIT, ONE_BEYOND)
    (tiny / "cases" / "equivalent.yaml").write_text(
        """
equivalent:
  - {check: PLN-1.a, mutant: "limit.most: 99", reason: It is not.}
  - {check: PLN-1.a, mutant: "limit.most: 98", reason: It is not even one.}
""",
        "utf-8",
    )
    told = [each.render().replace(str(tiny), "tiny") for each in tried(tiny).stale]
    assert told == [
        'tiny/cases/equivalent.yaml:3:5: PLN-1.a: the case "case 0" (tiny/cases/PLN-1.yaml:3) kills this mutant, '
        "so it does not mean the same\n  limit.most: 99",
        "tiny/cases/equivalent.yaml:4:5: PLN-1.a: there is no such mutant; take it off the list\n  limit.most: 98",
    ]


def test_mistakes_in_the_list_are_told_together(tiny: Path) -> None:
    write_checks(tiny, BUDGET)
    (tiny / "cases" / "equivalent.yaml").write_text(
        """
equivalent:
  - {check: PLN-1.b, mutant: "pass_if: true", reason: None.}
  - {check: PLN-1.a, mutant: "pass_if: true"}
  - {check: PLN-1.a, mutant: "pass_if: true", reason: Twice.}
""",
        "utf-8",
    )
    with pytest.raises(PackError) as caught:
        tried(tiny)
    assert [each.code for each in caught.value.diagnostics] == ["unknown-check", "missing-key", "duplicate-mutant"]


@pytest.mark.parametrize("name", shipped_packs())
def test_no_mutant_of_a_shipped_pack_survives(name: str) -> None:
    pack = load_pack(name, cache=False)
    result = run_mutants(pack, ready_cases(pack))
    assert not [each.render() for each in (*result.survivors, *result.stale)]
    assert result.made > 1000
