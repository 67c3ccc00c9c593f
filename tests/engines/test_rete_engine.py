"""The engine `rete`: what it has durable-rules match, and that none of its faults is a crash or a wrong verdict."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from riskcheck import engines
from riskcheck.assessment import assess
from riskcheck.cli.group import cli
from riskcheck.engines import Project
from riskcheck.engines.rete import compounds as chaining
from riskcheck.engines.rete import processes
from riskcheck.engines.rete.compounds import chained
from riskcheck.engines.rete.formula import Comparison, Property
from riskcheck.engines.rete.lowering import lower
from riskcheck.engines.rete.operands import Asked, spelled
from riskcheck.errors import UsageError
from riskcheck.expr import typed, walk
from riskcheck.expr.checker import Scope, check_condition
from riskcheck.expr.source import SourceText
from riskcheck.facts.load import load_facts
from riskcheck.inference import infer, truths_of
from riskcheck.model.enginefaults import (
    BOTH_WAYS,
    FALSE_MATCH,
    FAULTS,
    MISSED,
    REFUSED,
    SILENT,
    TOO_SLOW,
    WORKER_LOST,
    fault_words,
)
from riskcheck.model.finding import STATES, CompoundState, Outcome
from riskcheck.model.truth import Truth
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import Check
from tests.engines.conformance import check_that, mismatches
from tests.gate import worlds
from tests.laws.worlds import AS_OF
from tests.semantics.caseworld import facts_of, schema_of

CASE = {"records": {"project": {"few": "int", "many": "int", "name": "string"}}, "tables": {"tasks": {"few": "int"}}}
SAMPLE = Path(__file__).parents[2] / "samples" / "healthy-en.yaml"
ANSWERS = {
    WORKER_LOST: "os.kill(os.getpid(), 11)",
    TOO_SLOW: "time.sleep(60)",
    REFUSED: "answer = [[], 'MessageObservedException']",
    SILENT: "answer = [[], None]",
    BOTH_WAYS: "answer = [['0s', '0t', '0f'], None]",
    FALSE_MATCH: "answer = [['0s', '0t'], None]",
    MISSED: "answer = [['0s'], None]",
}
"""For each fault what a worker does that has it. Condition 0 is true, but for the false match, where it is unknown."""
WORKER = """
import json, os, sys, time
for number, line in enumerate(sys.stdin):
    answer = [[], None] if number == 0 else [["0s", "0t"], None]
    if number == 2:
        {act}
    print(json.dumps(dict(matched=answer[0], fault=answer[1])), flush=True)
"""

needs_rete = pytest.mark.skipif(not engines.is_installed("rete"), reason="the package durable-rules is not installed")


@pytest.fixture(autouse=True)
def no_worker_is_left() -> Iterator[None]:
    processes.close()
    yield
    processes.close()


def typed_condition(text: str) -> typed.Expression:
    return check_condition(SourceText(text), Scope(schema_of(CASE)))


def check(text: str) -> Check:
    return check_that(text, schema_of(CASE))


def project(few: Any = 1, many: Any = 2, name: Any = "A") -> Project:
    """A project; "?" is a missing cell."""
    facts = {"project": [[few, many, name]], "tasks": [[1], [2]]}
    return Project(facts_of(schema_of(CASE), facts, ()), AS_OF)


# ---------------------------------------------------------------- what is matched


def test_a_comparison_is_two_tests_of_what_it_reads() -> None:
    found = lower(typed_condition("project.few < project.many"), {})
    few, many = Property("n0"), Property("n1")
    assert found.pair == (Comparison(few, "<", many), Comparison(few, ">=", many))


def test_what_is_counted_is_compared_by_its_ends() -> None:
    found = lower(typed_condition("tasks.size() > 3"), {})
    low, high = Property("e0l"), Property("e0h")
    assert found.pair == (Comparison(low, ">", 3), Comparison(high, "<=", 3))


def test_every_comparison_of_the_shipped_pack_outside_rows_is_matched_by_rete() -> None:
    for each in load_pack("deployment").checks:
        for condition in (each.applies_when, each.pass_if, each.warn_if):
            if condition is None:
                continue
            beforehand = [leaf.expression for leaf in lower(condition.expression, each.typed_limits).leaves]
            assert not any(isinstance(node, typed.Compare | typed.And | typed.Or | typed.Not) for node in beforehand)


def test_a_condition_with_more_parts_than_durable_rules_takes_is_found_out_in_parts() -> None:
    number = "(project.few == 1 || project.many == 2)"
    found = lower(typed_condition(" && ".join([number] * 30)), {})
    assert [leaf.asked for leaf in found.leaves] == [Asked.TRUTH]
    assert any(isinstance(node, typed.Or) for node in walk.parts(found.leaves[0].expression))


def test_no_text_disturbs_what_the_library_reads() -> None:
    texts = ['"', "\\", "a\x00b", "甲方", "\ud800", "", "A" * 10_000, "A" * 10_001, "%22", "#", "'"]
    assert len({spelled(text) for text in texts}) == len(texts)
    assert all(spelled(text).isascii() and not {'"', "\\"} & set(spelled(text)) for text in texts)


# ---------------------------------------------------------------- the library itself


@needs_rete
def test_it_agrees_where_the_library_alone_goes_wrong() -> None:
    checks = [
        check("project.few < project.many"),  # true to the library if either is missing
        check("!(project.few >= project.many && tasks.size() == 2)"),
        check('project.name == "A" || project.name == "\\""'),
        check("project.few == 9223372036854775807 || project.few < -9223372036854775807"),
    ]
    numbers = ("?", 0, 1, 2**63 - 1, -(2**63))
    projects = [project(few, many, name) for few in numbers for many in numbers for name in ("?", "A", '"', "\ud800")]
    assert not [str(each) for each in mismatches("rete", checks, projects)]


@needs_rete
def test_a_worker_is_replaced_after_so_many_projects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PROJECTS_A_WORKER", 2)
    started = []
    start = processes.Worker
    monkeypatch.setattr(processes, "Worker", lambda *args: started.append(start(*args)) or started[-1])
    found = engines.judge_all("rete", [check("project.few == 1")], [project(few) for few in range(5)])
    assert [judged[0].passes for judged in found] == [Truth.TRUE if few == 1 else Truth.FALSE for few in range(5)]
    assert len(started) == 3
    assert all(worker.process.poll() is not None for worker in started[:-1])


@needs_rete
def test_compound_rules_chain_to_what_is_inferred() -> None:
    random, pack = Random(3), load_pack("deployment")
    facts = load_facts(SAMPLE, pack.schema)
    findings = assess(facts, pack, gate="G3", as_of=AS_OF).findings
    states = set()
    for share in (0.05, 0.3, 0.9) * 5:
        outcomes = [
            Outcome.FAIL if random.random() < share else random.choice((Outcome.PASS, Outcome.ERROR)) for _ in findings
        ]
        drawn = [worlds.replace(each, outcome=outcome) for each, outcome in zip(findings, outcomes, strict=True)]
        inferred = {each.id: each.state for each in infer(pack, drawn)}
        found = chained(pack, truths_of(drawn))
        assert found is not None
        assert {name: STATES[truth] for name, truth in found.items()} == inferred
        states |= set(inferred.values())
    assert states == set(CompoundState)


@needs_rete
def test_the_command_line_judges_by_it() -> None:
    printed = [
        CliRunner().invoke(cli, ["portfolio", str(SAMPLE), "--engine", engine, "--format", "json"]).output
        for engine in ("rete", "reference")
    ]
    by_rete, by_reference = (json.loads(each.splitlines()[0]) for each in printed)
    assert by_rete["outcomes"] == by_reference["outcomes"]
    assert by_rete["verdict"] == "PASS"


# ---------------------------------------------------------------- faults


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_fault_is_a_named_error_of_the_project_that_it_met(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "worker.py"
    script.write_text(WORKER.format(act=ANSWERS[fault]))
    monkeypatch.setattr(processes, "SCRIPT", script)
    monkeypatch.setattr(processes, "SECONDS", 2.0)
    monkeypatch.setattr(engines, "is_installed", lambda _: True)  # the worker is the script, which needs no library
    faulty = project("?") if fault == FALSE_MATCH else project()
    before, met, after = engines.judge_all("rete", [check("project.few == 1")], [project(), faulty, project()])
    assert (before[0].passes, before[0].error) == (Truth.TRUE, None)
    assert (met[0].passes, met[0].error) == (Truth.UNKNOWN, fault)
    assert (after[0].passes, after[0].error) == (Truth.TRUE, None)
    words = fault_words(fault)
    assert words is not None
    assert "--engine python" in words.en
    assert "--engine python" in words.zh


def test_a_fault_is_said_in_words_and_opens_no_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "worker.py"
    script.write_text("raise SystemExit(3)")
    monkeypatch.setattr(processes, "SCRIPT", script)
    monkeypatch.setattr(engines, "is_installed", lambda _: True)
    asked = ["check", str(SAMPLE), "--engine", "rete"]
    judged = CliRunner().invoke(cli, asked, standalone_mode=False)
    assert judged.return_value == 4
    assert "durable-rules ran has ended" in " ".join(judged.output.split())


def test_compound_rules_on_which_the_engine_differs_are_only_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = worlds.small_pack()
    random = Random(1)
    findings = worlds.judge(worlds.random_facts(pack, random), pack).findings
    found = infer(pack, findings)
    assert found
    monkeypatch.setattr(chaining, "chained", lambda *_: None)
    assert chaining.confirmed(pack, truths_of(findings), found) == found
    opposite = {CompoundState.CLEAR: Truth.TRUE}
    monkeypatch.setattr(
        chaining, "chained", lambda *_: {each.id: opposite.get(each.state, Truth.FALSE) for each in found}
    )
    doubted = chaining.confirmed(pack, truths_of(findings), found)
    assert {each.state for each in doubted} == {CompoundState.POSSIBLE}


def test_where_it_is_not_installed_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "is_installed", lambda name: name != "rete")
    with pytest.raises(UsageError, match="needs the package durable-rules") as refused:
        engines.named("rete")
    assert "riskcheck[durable]" in refused.value.diagnostics[0].render("en")
    assert "C 编译器" in refused.value.diagnostics[0].render("zh")
