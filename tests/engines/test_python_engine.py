"""The engine `python`: what it compiles, what it leaves to the reference, and what it never does."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from riskcheck import engines
from riskcheck.engines import Project, reference
from riskcheck.engines.python import keyed
from riskcheck.engines.python.program import compile_checks, program_of
from riskcheck.model.truth import Truth
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import Check
from tests.engines.conformance import check_that, mismatches
from tests.laws.worlds import AS_OF
from tests.semantics.caseworld import facts_of, schema_of

CASE = {"tables": {"items": {"id": "string"}, "tasks": {"item": "string", "done": "bool"}}}


def test_the_shipped_pack_is_compiled_to_the_last_condition() -> None:
    assert [each for each in program_of(load_pack("deployment").checks).left if each] == []


def test_no_text_of_a_rule_stands_in_what_is_compiled() -> None:
    tree = ast.parse(program_of(load_pack("deployment").checks).text)
    assert [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ] == []
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert {name for name in names if "__" in name} == set()


def check(text: str) -> Check:
    return check_that(text, schema_of(CASE))


def project(items: list[Any], tasks: list[Any]) -> Project:
    return Project(facts_of(schema_of(CASE), {"items": items, "tasks": tasks}, ()), AS_OF)


def test_rows_without_keys_are_not_looked_at_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the tasks may be of any item: the check goes to the reference, which remembers what these come to."""
    asked = check("items.all(i, !tasks.exists(t, t.item == i.id && !t.done))")
    rows = 3000
    crowded = project([f"I{n}" for n in range(rows)], [["?" if n % 2 else f"I{n}", "true"] for n in range(rows)])
    left = []
    judge = reference.judge

    def noted(*given: Any) -> Any:
        left.append(given)
        return judge(*given)

    monkeypatch.setattr(reference, "judge", noted)
    assert engines.judge("python", (asked,), crowded.facts, crowded.as_of)[0].passes is Truth.TRUE
    assert len(left) == 1


def test_loops_that_nest_deeper_than_python_takes_are_left_to_the_reference() -> None:
    text = "tasks.all(t, t.item == i1.id)"
    for number in range(1, 10):
        text = f"items.exists(i{number}, i{number}.id != i{number + 1}.id || {text})"
    text = f"items.all(i10, {text})"
    asked = check(text)
    assert compile_checks((asked,)).left[0]
    given = (project(["I1", "I2"], [["I1", "true"], ["?", "true"]]), project(["I1"], [["I1", "true"]]))
    assert list(mismatches("python", (asked,), given)) == []


def test_a_fault_in_compiled_code_is_no_fault_of_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(keyed.Keyed, "rows", broken)
    asked = check("items.all(i, tasks.exists(t, t.item == i.id))")
    assert list(mismatches("python", (asked,), (project(["I1"], [["I1", "true"]]),))) == []
