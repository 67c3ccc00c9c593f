"""A check that an engine cannot judge, or judges wrongly, is an error: never a pass, and never a crash."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace

import pytest

from riskcheck import engines
from riskcheck.expr import evaluate
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment, Verdict
from riskcheck.model.factset import FactSet
from riskcheck.model.finding import CompoundState, Outcome
from riskcheck.model.truth import Truth, unjudged
from tests.engines.conformance import engine
from tests.gate import worlds

MUST_MEET, OTHER = "A-1.a", "A-1.c"


def judged_by(changed: SimpleNamespace, facts: FactSet, monkeypatch: pytest.MonkeyPatch) -> Assessment:
    with monkeypatch.context() as patch:
        patch.setattr(engines, "import_module", lambda _: changed)
        return worlds.judge(facts, worlds.small_pack())


def healthy() -> FactSet:
    """Facts of the small pack that pass."""
    random, pack = Random(1), worlds.small_pack()
    while True:
        facts = worlds.random_facts(pack, random)
        if worlds.judge(facts, pack).verdict is Verdict.PASS:
            return facts


def failing_on(check: str) -> SimpleNamespace:
    broken = unjudged(check, "the engine broke")
    return engine(lambda each: broken if each.check == check else each)


def test_a_must_meet_in_error_cannot_be_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = healthy()
    judged = judged_by(failing_on(MUST_MEET), facts, monkeypatch)
    assert worlds.outcomes(judged)[MUST_MEET] is Outcome.ERROR
    assert judged.verdict is Verdict.CANNOT_JUDGE
    first = judged.reasons[0]
    assert (first.code, first.check) == ("must-meet-error", MUST_MEET)
    assert judged.undeclared == ()


@pytest.mark.parametrize("check", [MUST_MEET, OTHER])
def test_an_error_scores_as_an_unknown_and_keeps_compounds_possible(
    check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = healthy()
    whole, judged = worlds.judge(facts, worlds.small_pack()), judged_by(failing_on(check), facts, monkeypatch)
    assert whole.score is not None
    assert judged.score is not None
    assert judged.score.low.exact < whole.score.low.exact
    assert judged.score.high.exact == whole.score.high.exact
    assert judged.score.coverage.exact < 1
    named = [compound for compound in judged.compounds if check in compound.members]
    assert all(compound.state is not CompoundState.FIRED for compound in named)


def test_an_engine_that_disagrees_with_the_reference_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    lying = engine(lambda each: replace(each, passes=Truth.FALSE) if each.check == MUST_MEET else each)
    judged = judged_by(lying, healthy(), monkeypatch)
    found = next(finding for finding in judged.findings if finding.check == MUST_MEET)
    assert found.outcome is Outcome.ERROR
    assert "disagree" in found.reasons[0].en
    assert judged.verdict is Verdict.CANNOT_JUDGE


def test_a_fault_within_one_check_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    facts, truth, broken = healthy(), evaluate.truth, worlds.small_pack().check_by_id[MUST_MEET].pass_if.expression

    def faulty(expression: object, environment: evaluate.Environment) -> Truth:
        if expression is broken:
            raise ZeroDivisionError("inside")
        return truth(expression, environment)  # type: ignore[arg-type]

    monkeypatch.setattr(evaluate, "truth", faulty)
    judged = worlds.judge(facts, worlds.small_pack())
    assert {check for check, outcome in worlds.outcomes(judged).items() if outcome is Outcome.ERROR} == {MUST_MEET}
    assert judged.verdict is Verdict.CANNOT_JUDGE
