"""The laws of the scoring model with any profile: it is fixed before the facts are seen, so it changes none of them."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck import scoring
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment, Score, Verdict
from riskcheck.model.finding import CompoundState, Finding, Outcome
from riskcheck.model.number import Ratio
from riskcheck.packs.rulepack import ScoreModel
from riskcheck.profiles.ageing import forgotten
from riskcheck.profiles.tailor import tailored
from tests.gate import profileworlds as worlds
from tests.gate import worlds as plain
from tests.gate.test_score_laws import ORDER, repaired

SEEDS = st.integers(min_value=0, max_value=2**32)
EXAMPLES = settings(max_examples=90, derandomize=True)


def low(assessment: Assessment) -> Fraction:
    return assessment.score.low.exact if assessment.score else Fraction(0)


def helped(before: Assessment, after: Assessment) -> bool:
    """Whether hiding bought something."""
    opened = after.verdict.opens and not before.verdict.opens
    return low(after) > low(before) or opened or (after.verdict is Verdict.PASS and before.verdict is not Verdict.PASS)


def confidence(assessment: Assessment) -> tuple[Fraction, Fraction]:
    found = assessment.confidence
    return (exact(found.overall), exact(found.must_meet)) if found else (Fraction(0), Fraction(0))


def exact(grade: Ratio | None) -> Fraction:
    return grade.exact if grade else Fraction(0)


@EXAMPLES
@given(SEEDS)
def test_scores_are_bounded_and_are_averages_of_elements_and_of_phases(seed: int) -> None:
    random = Random(seed)
    profile = worlds.random_profile(random)
    judged = worlds.judge(worlds.random_facts(random), profile)
    left = tailored(worlds.pack(), profile)
    counted = [each for each in judged.findings if each.outcome is not Outcome.NOT_APPLICABLE]
    assert judged.score is not None
    low, high = judged.score.low.exact, judged.score.high.exact
    assert 0 <= low <= high <= 100
    assert high - low == 100 * (1 - judged.score.coverage.exact)
    unit = scoring.unit_of(counted)
    weight = {each.check: Fraction(scoring.weight_of(each, left.scoring, unit), unit) for each in counted}
    by_phase = {p.id: sum(weight[f.check] for f in counted if f.phase == p.id) for p in judged.phases}
    by_element = {e.id: sum(_part(f, e.id, left.scoring) for f in counted) for e in judged.elements}
    assert sum(by_phase.values()) == sum(by_element.values()) == sum(weight.values())
    for parts, weights in ((judged.phases, by_phase), (judged.elements, by_element)):
        assert _mean([(weights[part.id], part.score) for part in parts]) == (low, high)


def _part(finding: Finding, element: str, model: ScoreModel) -> Fraction:
    """What falls on an element, reckoned here from the definition: 1/k of the weight, times the multiplier."""
    if element not in finding.elements:
        return Fraction(0)
    items, elements = dict(model.item_weights), dict(model.element_weights)
    multiplier = items.get(finding.item, elements.get(element, Fraction(1)))
    return Fraction(dict(model.weights)[finding.band], len(finding.elements)) * multiplier


def _mean(parts: list[tuple[Fraction | int, Score | None]]) -> tuple[Fraction, Fraction]:
    total = sum((weight for weight, score in parts if score is not None), Fraction(0))
    return (
        sum((weight * score.low.exact for weight, score in parts if score is not None), Fraction(0)) / total,
        sum((weight * score.high.exact for weight, score in parts if score is not None), Fraction(0)) / total,
    )


@EXAMPLES
@given(SEEDS)
def test_hiding_never_helps(seed: int) -> None:
    random = Random(seed)
    profile, facts = worlds.random_profile(random), worlds.random_facts(random)
    profile = replace(profile, complete=())  # a table that the profile closes says itself that no row is left out
    before = worlds.judge(facts, profile)
    for _ in range(random.randint(1, 4)):
        facts = plain.hide(facts, random)
    after = worlds.judge(facts, profile)
    assert not helped(before, after)
    assert all(now <= once for now, once in zip(confidence(after), confidence(before), strict=True))


@EXAMPLES
@given(SEEDS)
def test_ageing_is_hiding(seed: int) -> None:
    random = Random(seed)
    profile, facts = worlds.random_profile(random), worlds.random_facts(random)
    before = worlds.judge(facts, replace(profile, max_age_days=()))
    after = worlds.judge(facts, replace(profile, max_age_days=tuple((name, 10) for name in ("project", "tasks"))))
    assert not helped(before, after)
    for check, outcome in plain.outcomes(after).items():
        assert outcome in (plain.outcomes(before)[check], Outcome.UNKNOWN)


@EXAMPLES
@given(SEEDS)
def test_what_is_known_of_an_old_table_is_nothing(seed: int) -> None:
    """A forgotten table may have been any table: learning what it held overturns nothing."""
    random = Random(seed)
    facts = worlds.random_facts(random)
    name = random.choice(("tasks", "parts"))
    old = replace(facts, tables=tuple(forgotten(t) if t.table.name == name else t for t in facts.tables))
    profile = replace(worlds.random_profile(random), max_age_days=(), complete=())
    before, after = worlds.judge(old, profile), worlds.judge(facts, profile)
    for check, outcome in plain.outcomes(before).items():
        assert outcome in (plain.outcomes(after)[check], Outcome.UNKNOWN)


@EXAMPLES
@given(SEEDS)
def test_learning_shrinks_the_interval_and_an_open_gate_stays_open(seed: int) -> None:
    random = Random(seed)
    profile, facts = replace(worlds.random_profile(random), complete=()), worlds.random_facts(random)
    before = worlds.judge(facts, profile)
    learned, whole = (
        worlds.judge(plain.learn(facts, random), profile),
        worlds.judge(plain.complete(facts, random), profile),
    )
    for after in (learned, whole):
        for check, outcome in plain.outcomes(before).items():
            assert outcome in (plain.outcomes(after)[check], Outcome.UNKNOWN)
        if before.score and after.score:
            assert before.score.low.exact <= after.score.low.exact
            assert after.score.high.exact <= before.score.high.exact
        assert after.verdict.opens or not before.verdict.opens
        assert after.verdict is Verdict.PASS or before.verdict is not Verdict.PASS


def test_repair_never_lowers_score_or_verdict_and_never_fires_a_compound() -> None:
    random, seen = Random(20260630), 0
    for _ in range(1500):
        profile, facts = worlds.random_profile(random), worlds.random_facts(random)
        before = worlds.judge(facts, profile)
        after = worlds.judge(plain.change_cells(facts, random, random.randint(1, 3)), profile)
        same = plain.outcomes(before) == plain.outcomes(after)
        if same or not repaired(before, after) or not _on_as_good_evidence(before, after):
            continue
        seen += 1
        assert low(after) >= low(before)
        assert ORDER.index(after.verdict) >= ORDER.index(before.verdict)
        fired = {compound.id for compound in before.compounds if compound.state is CompoundState.FIRED}
        assert {c.id for c in after.compounds if c.state is CompoundState.FIRED} <= fired
    assert seen > 50, "the test must meet repairs to mean anything"


def _on_as_good_evidence(before: Assessment, after: Assessment) -> bool:
    """Whether no must-meet check lost evidence by the change: that is no repair."""
    grades = {each.check: exact(each.evidence_grade) for each in before.findings}
    return all(exact(each.evidence_grade) >= grades[each.check] for each in after.findings if each.must_meet)


@EXAMPLES
@given(SEEDS, st.integers(min_value=2, max_value=50))
def test_only_the_proportions_of_weights_matter(seed: int, factor: int) -> None:
    random, rules = Random(seed), worlds.pack()
    profile, facts = worlds.random_profile(random), worlds.random_facts(random)
    weights = tuple((band, value * factor) for band, value in rules.scoring.weights)
    scaled = worlds.judge(facts, profile, rules=replace(rules, scoring=replace(rules.scoring, weights=weights)))
    judged = worlds.judge(facts, profile)
    assert (scaled.score, scaled.verdict, scaled.elements) == (judged.score, judged.verdict, judged.elements)
    assert scaled.confidence == judged.confidence


@EXAMPLES
@given(SEEDS)
def test_a_passing_check_never_lowers_the_low_end_and_an_unknown_one_never_raises_it(seed: int) -> None:
    random = Random(seed)
    profile = worlds.random_profile(random)
    model = tailored(worlds.pack(), profile).scoring
    judged = worlds.judge(worlds.random_facts(random), profile)
    for finding in judged.findings:
        without = scoring.score([f for f in judged.findings if f is not finding], model)
        if without is None or judged.score is None:
            continue
        if finding.outcome is Outcome.PASS:
            assert without.low.exact <= judged.score.low.exact
        if finding.outcome is Outcome.UNKNOWN:
            assert without.low.exact >= judged.score.low.exact


@EXAMPLES
@given(SEEDS)
def test_a_profile_that_says_nothing_changes_nothing(seed: int) -> None:
    random = Random(seed)
    empty = replace(
        worlds.random_profile(random),
        limits=(),
        items=(),
        elements=(),
        drops=(),
        complete=(),
        max_age_days=(),
        evidence_floor=None,
    )
    facts = worlds.random_facts(random)
    assert replace(worlds.judge(facts, empty), profile=None) == plain.judge(facts, worlds.pack())


@EXAMPLES
@given(SEEDS)
def test_the_order_of_what_a_profile_says_does_not_matter(seed: int) -> None:
    random = Random(seed)
    profile, facts = worlds.random_profile(random), worlds.random_facts(random)
    turned = replace(
        profile,
        items=profile.items[::-1],
        elements=profile.elements[::-1],
        drops=profile.drops[::-1],
        complete=profile.complete[::-1],
        max_age_days=profile.max_age_days[::-1],
    )
    assert replace(worlds.judge(facts, turned), profile=None) == replace(worlds.judge(facts, profile), profile=None)


def test_the_worlds_reach_every_verdict_and_every_way_of_a_profile() -> None:
    random = Random(7)
    met: set[object] = set()
    for _ in range(600):
        profile = worlds.random_profile(random)
        judged = worlds.judge(worlds.random_facts(random), profile, random.choice(("G1", "G2")))
        met.add(judged.verdict)
        met |= {reason.code for reason in judged.reasons}
        use = judged.profile
        assert use is not None
        met |= {name for name in ("limits", "weights", "checks", "compounds", "complete") if getattr(use, name)}
        met |= {"aged" for each in use.ages if each.too_old}
    assert set(Verdict) <= met
    assert {"limits", "weights", "checks", "compounds", "complete", "aged", "evidence-weak"} <= met
