"""The laws of the scoring model, on facts: whatever the project, hiding never helps and repairing never hurts."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck import scoring
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment, Verdict
from riskcheck.model.finding import CompoundState, Finding, Outcome
from riskcheck.packs.rulepack import RulePack
from riskcheck.reports import Style, render
from tests.gate import worlds

ORDER = (Verdict.FAIL, Verdict.CANNOT_JUDGE, Verdict.CONDITIONAL, Verdict.PASS)
SEEDS = st.integers(min_value=0, max_value=2**32)
EXAMPLES = settings(max_examples=100, derandomize=True)


def verdict_rank(assessment: Assessment) -> int:
    return ORDER.index(assessment.verdict)


def low(assessment: Assessment) -> Fraction:
    return assessment.score.low.exact if assessment.score else Fraction(0)


def weight(finding: Finding, pack: RulePack) -> int:
    return 0 if finding.outcome is Outcome.NOT_APPLICABLE else dict(pack.scoring.weights)[finding.band]


@EXAMPLES
@given(SEEDS)
def test_scores_are_bounded_and_their_width_is_what_is_not_known(seed: int) -> None:
    judged = worlds.judge(worlds.random_facts(worlds.small_pack(), Random(seed)), worlds.small_pack())
    for score in (judged.score, *(part.score for part in (*judged.phases, *judged.elements))):
        if score is not None:
            assert 0 <= score.low.exact <= score.high.exact <= 100
            assert score.high.exact - score.low.exact == 100 * (1 - score.coverage.exact)


@EXAMPLES
@given(SEEDS)
def test_the_score_is_the_weighted_average_of_phases_and_of_elements(seed: int) -> None:
    pack = worlds.small_pack()
    judged = worlds.judge(worlds.random_facts(pack, Random(seed)), pack)
    by_phase: dict[str, Fraction] = {}
    by_element: dict[str, Fraction] = {}
    for finding in judged.findings:
        by_phase[finding.phase] = by_phase.get(finding.phase, Fraction(0)) + weight(finding, pack)
        for element in finding.elements:
            share = Fraction(weight(finding, pack), len(finding.elements))
            by_element[element] = by_element.get(element, Fraction(0)) + share
    for parts, weights in ((judged.phases, by_phase), (judged.elements, by_element)):
        total = sum(weights.values())
        for end in (lambda score: score.low.exact, lambda score: score.high.exact):
            mean = sum((weights[part.id] * end(part.score) for part in parts if part.score), Fraction(0)) / total
            assert judged.score is not None
            assert mean == end(judged.score)


@EXAMPLES
@given(SEEDS)
def test_hiding_never_raises_the_score_opens_a_gate_or_yields_pass(seed: int) -> None:
    random, pack = Random(seed), worlds.small_pack()
    facts = worlds.random_facts(pack, random)
    before = worlds.judge(facts, pack)
    for _ in range(random.randint(1, 4)):
        facts = worlds.hide(facts, random)
    after = worlds.judge(facts, pack)
    assert low(after) <= low(before)
    assert not after.verdict.opens or before.verdict.opens
    assert after.verdict is not Verdict.PASS or before.verdict is Verdict.PASS


@EXAMPLES
@given(SEEDS)
def test_learning_shrinks_the_interval_and_flips_nothing_definite(seed: int) -> None:
    random, pack = Random(seed), worlds.small_pack()
    facts = worlds.random_facts(pack, random)
    before = worlds.judge(facts, pack)
    after = worlds.judge(worlds.learn(facts, random), pack)
    for check, outcome in worlds.outcomes(before).items():
        if outcome is not Outcome.UNKNOWN:
            assert worlds.outcomes(after)[check] is outcome
    if before.score and after.score:
        assert before.score.low.exact <= after.score.low.exact
        assert after.score.high.exact <= before.score.high.exact


@EXAMPLES
@given(SEEDS)
def test_an_open_gate_stays_open_however_the_unknown_turns_out(seed: int) -> None:
    random, pack = Random(seed), worlds.small_pack()
    facts = worlds.random_facts(pack, random)
    before = worlds.judge(facts, pack)
    after = worlds.judge(worlds.complete(facts, random), pack)
    assert after.verdict.opens or not before.verdict.opens
    assert after.verdict is Verdict.PASS or before.verdict is not Verdict.PASS


_GOODNESS = {Outcome.FAIL: 0, Outcome.UNKNOWN: 0, Outcome.WARN: 1, Outcome.PASS: 2}


def repaired(before: Assessment, after: Assessment) -> bool:
    """Whether every check of `after` is the same or mended: fail to warn or pass, warn or unknown to pass."""
    ways = {
        Outcome.FAIL: (Outcome.FAIL, Outcome.WARN, Outcome.PASS),
        Outcome.WARN: (Outcome.WARN, Outcome.PASS),
        Outcome.UNKNOWN: (Outcome.UNKNOWN, Outcome.PASS),
    }
    old, new = worlds.outcomes(before), worlds.outcomes(after)
    same_states = {f.check: f.possible for f in before.findings} | {f.check: f.possible for f in after.findings}
    unknowns_same = all(same_states[f.check] == f.possible for f in before.findings if new[f.check] is Outcome.UNKNOWN)
    return unknowns_same and all(new[check] in ways.get(outcome, (outcome,)) for check, outcome in old.items())


def test_repair_never_lowers_score_or_verdict_and_never_fires_a_compound() -> None:
    random, pack, seen = Random(20260630), worlds.small_pack(), 0
    for _ in range(1500):
        facts = worlds.random_facts(pack, random)
        before = worlds.judge(facts, pack)
        after = worlds.judge(worlds.change_cells(facts, random, random.randint(1, 3)), pack)
        if worlds.outcomes(before) == worlds.outcomes(after) or not repaired(before, after):
            continue
        seen += 1
        assert low(after) >= low(before)
        assert verdict_rank(after) >= verdict_rank(before)
        fired = {compound.id for compound in before.compounds if compound.state is CompoundState.FIRED}
        assert {c.id for c in after.compounds if c.state is CompoundState.FIRED} <= fired
    assert seen > 50, "the test must meet repairs to mean anything"


def test_the_worlds_reach_every_verdict() -> None:
    random, pack = Random(7), worlds.small_pack()
    met = {worlds.judge(worlds.random_facts(pack, random), pack).verdict for _ in range(400)}
    met |= {worlds.judge(worlds.random_facts(pack, random), pack, "G1").verdict for _ in range(400)}
    assert met == set(Verdict)


@EXAMPLES
@given(SEEDS)
def test_the_order_of_rows_and_rules_does_not_matter(seed: int) -> None:
    random, pack = Random(seed), worlds.small_pack()
    facts = worlds.random_facts(pack, random)
    shuffled = []
    for table in facts.tables:
        order = list(range(table.row_count))
        random.shuffle(order)
        columns = {name: tuple(cells[row] for row in order) for name, cells in table.columns.items()}
        shuffled.append(worlds.with_columns(table, columns, table.row_count))
    other_rows = worlds.judge(replace(facts, tables=tuple(shuffled)), pack)
    other_rules = worlds.judge(facts, replace(pack, checks=pack.checks[::-1], compounds=pack.compounds[::-1]))
    judged = worlds.judge(facts, pack)
    for other in (other_rows, other_rules):
        assert worlds.outcomes(other) == worlds.outcomes(judged)
        assert (other.verdict, other.score, other.phases) == (judged.verdict, judged.score, judged.phases)
        assert {c.id: c.state for c in other.compounds} == {c.id: c.state for c in judged.compounds}
    assert {f.id for f in other_rows.findings} == {f.id for f in judged.findings}


@EXAMPLES
@given(SEEDS, st.integers(min_value=2, max_value=50))
def test_only_the_proportions_of_weights_matter(seed: int, factor: int) -> None:
    pack = worlds.small_pack()
    facts = worlds.random_facts(pack, Random(seed))
    weights = tuple((band, value * factor) for band, value in pack.scoring.weights)
    scaled = worlds.judge(facts, replace(pack, scoring=replace(pack.scoring, weights=weights)))
    judged = worlds.judge(facts, pack)
    assert (scaled.score, scaled.verdict, scaled.elements) == (judged.score, judged.verdict, judged.elements)


@EXAMPLES
@given(SEEDS)
def test_a_passing_check_never_lowers_the_low_end_and_an_unknown_one_never_raises_it(seed: int) -> None:
    pack = worlds.small_pack()
    judged = worlds.judge(worlds.random_facts(pack, Random(seed)), pack)
    for finding in judged.findings:
        without = scoring.score((f for f in judged.findings if f is not finding), pack.scoring)
        if without is None or judged.score is None:
            continue
        if finding.outcome is Outcome.PASS:
            assert without.low.exact <= judged.score.low.exact
        if finding.outcome is Outcome.UNKNOWN:
            assert without.low.exact >= judged.score.low.exact


def test_a_good_row_or_a_mended_one_never_worsens_a_share() -> None:
    random, pack, seen = Random(3), worlds.small_pack(), 0
    for _ in range(300):
        facts = worlds.random_facts(pack, random)
        tasks = facts.by_name["tasks"]
        good = {"task_id": "new", "owner": "someone", "late": False, "status": "open"}
        added = worlds.with_columns(
            tasks, {name: (*cells, good[name]) for name, cells in tasks.columns.items()}, tasks.row_count + 1
        )
        mended = worlds.with_columns(tasks, {**tasks.columns, "late": (False,) * tasks.row_count}, tasks.row_count)
        before = worlds.outcomes(worlds.judge(facts, pack))["A-1.b"]
        for better in (added, mended):
            tables = tuple(better if table is tasks else table for table in facts.tables)
            after = worlds.outcomes(worlds.judge(replace(facts, tables=tables), pack))["A-1.b"]
            if before in _GOODNESS and after in _GOODNESS and before is not Outcome.UNKNOWN:
                seen += 1
                assert _GOODNESS[after] >= _GOODNESS[before]
    assert seen > 100


@pytest.mark.parametrize("format_name", ["json", "terminal", "excel"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_facts_give_the_same_bytes(format_name: str, language: str) -> None:
    pack = worlds.small_pack()

    def written() -> bytes:
        style = Style("zh" if language == "zh" else "en")
        return render(format_name, worlds.judge(worlds.random_facts(pack, Random(11)), pack), style)

    assert written() == written()
