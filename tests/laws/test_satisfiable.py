"""What a linter proves of a condition holds on random facts."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given

from riskcheck.expr.satisfiable import Given, can_be, implies
from riskcheck.model.truth import Truth
from tests.laws.test_laws import many, random_condition, result, seeds, some_facts, typed

NOTHING_GIVEN = Given({})


@many
@given(seeds)
def test_no_facts_make_true_what_cannot_be_true(seed: int) -> None:
    random = Random(seed)
    text, expression = random_condition(random)
    impossible = {truth for truth in (True, False) if not can_be(expression, truth, NOTHING_GIVEN)}
    for _ in range(4):
        found = result(expression, some_facts(random))
        assert found is Truth.UNKNOWN or (found is Truth.TRUE) not in impossible, text


@many
@given(seeds)
def test_what_follows_holds_wherever_the_other_does(seed: int) -> None:
    random = Random(seed)
    (one, first), (other, second) = random_condition(random), random_condition(random)
    both = f"({one}) && ({other})" if random.random() < 0.5 else f"({one}) || ({other})"
    joined = typed(both)
    follows = [(a, b) for a in (joined, first, second) for b in (joined, first, second) if implies(a, b, NOTHING_GIVEN)]
    assert (first, first) in follows
    for _ in range(3):
        facts = some_facts(random)
        for a, b in follows:
            assert not (result(a, facts) is Truth.TRUE and result(b, facts) is Truth.FALSE), both


FALSE = [
    "project.few > 3",
    "project.few < 0 || project.part > 2.0",
    "project.any > 5 && project.any < 3",
    "project.any > 5 && project.any <= 5",
    "project.any < project.few && project.few < project.any",
    "blank(project.due) && project.due <= as_of",
    "has(project.due) && blank(project.due)",
    'project.kind == "open" && project.kind == "done"',
    'project.kind in ["open", "done"] && project.kind == "dropped"',
    "project.flag && !project.flag",
    "project.name != project.name",
    "tasks.exists(task, task.few > 3)",
    "tasks.size() < 0",
    "tasks.share(task, task.flag) > 1.0",
    "tasks.avg(task, task.few) > 3.0",
    "tasks.sum(task, task.few) < 0",
    "tasks.peak(task, task.due, task.until, task.few) < 0",
    "tasks.peak(task, task.due, task.until, 0) > 0",
    "age(project.due) < 0",
    "ratio(project.few, project.few) < 0.0",
    "tasks.all(t, t.flag) && !tasks.all(other, other.flag)",
    "(project.flag || project.few > 1) && !project.flag && project.few < 1",
    "[1, 2].exists(n, n > 1 && n < 1)",
    "(project.flag ? project.few : 1) > 3",
    "project.few in []",
]
OPEN = [
    "project.few > 2",
    "tasks.all(task, task.few > 3)",
    "project.any > 5 || project.any < 3",
    "tasks.peak(task, task.due, task.until, task.few) > 3",
    "blank(project.due) || project.due <= as_of",
    'project.kind == "open" || project.kind == "done"',
    "tasks.exists(a, a.flag) && tasks.exists(b, !b.flag)",
    "project.few in [1] && double(project.few) in [1.0]",
    "blank(project.refs) && project.refs.all(each, each == project.name)",
]


@pytest.mark.parametrize("text", FALSE)
def test_contradictions_are_seen_and_so_are_their_contraries(text: str) -> None:
    assert not can_be(typed(text), True, NOTHING_GIVEN)
    assert can_be(typed(text), False, NOTHING_GIVEN)
    assert not can_be(typed(f"!({text})"), False, NOTHING_GIVEN)


@pytest.mark.parametrize("text", OPEN)
def test_what_may_be_either_is_left_alone(text: str) -> None:
    assert can_be(typed(text), True, NOTHING_GIVEN)
    assert can_be(typed(text), False, NOTHING_GIVEN)


def test_every_word_of_an_enum_is_no_restriction() -> None:
    assert not can_be(typed('project.kind in ["open", "done", "dropped"]'), False, NOTHING_GIVEN)
    assert not can_be(typed('project.kind != "open" || project.kind == "open"'), False, NOTHING_GIVEN)


def test_rows_that_are_never_none_make_all_a_demand() -> None:
    never = typed("tasks.all(task, task.few > 3)")
    assert not can_be(never, True, Given({}, frozenset(("tasks",))))


def test_a_wider_limit_follows_from_a_narrower_one() -> None:
    narrow, wide = typed("tasks.share(t, t.flag) <= 0.05"), typed("tasks.share(task, task.flag) <= 0.1")
    assert implies(narrow, wide, NOTHING_GIVEN)
    assert not implies(wide, narrow, NOTHING_GIVEN)


def test_a_condition_with_too_many_ways_is_left_alone() -> None:
    ways = " && ".join(f"(project.any == {2 * n} || project.any == {2 * n + 1})" for n in range(40))
    assert can_be(typed(ways), True, NOTHING_GIVEN) in (True, False)
