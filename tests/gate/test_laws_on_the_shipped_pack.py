"""The laws of the scoring model on the shipped pack: a healthy project, step by step hidden, broken and completed."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.model.assessment import Assessment, Verdict
from riskcheck.model.factset import FactSet
from riskcheck.model.finding import Outcome
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack
from tests.gate import worlds

SAMPLES = Path(__file__).parents[2] / "samples"
SEEDS = st.integers(min_value=0, max_value=2**32)
EXAMPLES = settings(max_examples=25, derandomize=True)


@cache
def pack() -> RulePack:
    return load_pack("deployment")


@cache
def sample(name: str) -> FactSet:
    return load_facts(SAMPLES / f"{name}.yaml", pack().schema)


def judge(facts: FactSet) -> Assessment:
    """Judge at G3, on the day of the healthy project's own review, whether or not the facts still say a day."""
    review = sample("healthy-en").single("project", "as_of")
    assert isinstance(review, date)
    return assess(facts, pack(), gate="G3", as_of=review)


def start(random: Random) -> FactSet:
    """A project that passes, or one with troubles of its own, with a few cells changed."""
    facts = sample(random.choice(("healthy-en", "healthy-en", "conditional-en", "unclear-sla-zh")))
    return worlds.change_cells(facts, random, random.choice((0, 0, 1, 3)))


@EXAMPLES
@given(SEEDS)
def test_hiding_never_helps(seed: int) -> None:
    random = Random(seed)
    facts = start(random)
    before = judge(facts)
    for _ in range(random.choice((1, 2, 20))):
        facts = worlds.hide(facts, random)
    after = judge(facts)
    assert before.score is not None
    assert after.score is not None
    assert after.score.low.exact <= before.score.low.exact
    assert not after.verdict.opens or before.verdict.opens
    assert after.verdict is not Verdict.PASS or before.verdict is Verdict.PASS


@EXAMPLES
@given(SEEDS)
def test_learning_flips_nothing_and_an_open_gate_stays_open(seed: int) -> None:
    random = Random(seed)
    facts = start(random)
    for _ in range(random.choice((1, 3, 10))):
        facts = worlds.hide(facts, random)
    before, learned, whole = judge(facts), judge(worlds.learn(facts, random)), judge(worlds.complete(facts, random))
    for after in (learned, whole):
        outcomes = worlds.outcomes(after)
        assert {
            check: outcome
            for check, outcome in worlds.outcomes(before).items()
            if outcome is not Outcome.UNKNOWN and outcomes[check] is not outcome
        } == {}
        assert before.score is not None
        assert after.score is not None
        assert before.score.low.exact <= after.score.low.exact
        assert after.score.high.exact <= before.score.high.exact
    assert whole.verdict.opens or not before.verdict.opens


def test_the_samples_reach_an_open_gate_that_hiding_can_shut() -> None:
    assert judge(sample("healthy-en")).verdict is Verdict.PASS
    random, facts = Random(1), sample("healthy-en")
    for _ in range(60):
        facts = worlds.hide(facts, random)
    assert not judge(facts).verdict.opens
