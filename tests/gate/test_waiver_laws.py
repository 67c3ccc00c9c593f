"""The laws of waivers, on facts: they lift a veto and nothing else, for the facts and the days they were given for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.assessment import assess
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment, Verdict
from riskcheck.model.factset import FactSet, InputFile
from riskcheck.model.finding import CompoundState, Outcome
from riskcheck.model.waiver import Waiver, WaiverState
from riskcheck.waivers.table import WaiverFile
from tests.gate import worlds

ORDER = (Verdict.FAIL, Verdict.CANNOT_JUDGE, Verdict.CONDITIONAL, Verdict.PASS)
SEEDS = st.integers(min_value=0, max_value=2**32)
EXAMPLES = settings(max_examples=100, derandomize=True)


def judge(facts: FactSet, waivers: Iterable[Waiver], as_of: date = worlds.AS_OF) -> Assessment:
    file = WaiverFile(InputFile("waivers.yaml", "0" * 64), tuple(waivers), ())
    return assess(facts, worlds.small_pack(), gate="G2", as_of=as_of, waivers=file)


def draft(check: str, role: str = "sponsor") -> Waiver:
    granted = worlds.AS_OF - timedelta(days=10)
    return Waiver(
        id=None,
        check=check,
        project=None,
        reason="agreed",
        approver="Ann",
        approver_role=role,
        granted_on=granted,
        expires_on=granted + timedelta(days=90),
        gate="G2",
        fingerprint=None,
        compensating_control=None,
        owner=None,
        fix_due_on=None,
        time_zone=None,
        location=None,
    )


def all_waivers(facts: FactSet) -> list[Waiver]:
    """A waiver of every check and compound rule, each with the fingerprint that the facts have."""
    pack = worlds.small_pack()
    drafts = [draft(each.id) for each in (*pack.checks, *pack.compounds)]
    account = judge(facts, drafts).waivers
    assert account is not None
    return [replace(each, fingerprint=use.fingerprint) for each, use in zip(drafts, account.uses, strict=True)]


def shuffled(facts: FactSet, random: Random) -> FactSet:
    """The same facts with the rows of each table in another order."""
    tables = []
    for table in facts.tables:
        order = random.sample(range(table.row_count), table.row_count)
        columns = {name: tuple(cells[row] for row in order) for name, cells in table.columns.items()}
        tables.append(worlds.with_columns(table, columns, table.row_count))
    return replace(facts, tables=tuple(tables))


def states(assessment: Assessment) -> list[WaiverState]:
    assert assessment.waivers is not None
    return [use.state for use in assessment.waivers.uses]


def without_account(assessment: Assessment) -> Assessment:
    return replace(assessment, waivers=None)


@EXAMPLES
@given(SEEDS)
def test_more_waivers_never_lower_the_verdict_nor_make_a_pass_and_leave_the_score_alone(seed: int) -> None:
    random = Random(seed)
    facts = worlds.random_facts(worlds.small_pack(), random)
    waivers = all_waivers(facts)
    random.shuffle(waivers)
    some = waivers[: random.randrange(len(waivers) + 1)]
    plain, fewer, more = judge(facts, ()), judge(facts, some), judge(facts, waivers)
    for before, after in ((plain, fewer), (fewer, more), (plain, more)):
        assert ORDER.index(before.verdict) <= ORDER.index(after.verdict)
        assert (before.verdict is Verdict.PASS) == (after.verdict is Verdict.PASS)
        assert (before.score, before.phases, before.elements) == (after.score, after.phases, after.elements)
        assert (before.findings, before.compounds) == (after.findings, after.compounds)
    assert more.waivers is not None
    assert (more.waivers.verdict_without, more.waivers.reasons_without) == (plain.verdict, plain.reasons)
    relied = any(state is WaiverState.RELIED_ON for state in states(more))
    assert relied == (plain.verdict is not more.verdict)
    vetoes = {each.check for each in plain.reasons if each.code in ("must-meet-failed", "blocking-compound-fired")}
    told = {each.check for each in more.reasons if each.code == "waiver-relied-on"}
    assert told >= vetoes if more.verdict is Verdict.CONDITIONAL else not told


def test_the_law_is_not_empty() -> None:
    changed = opened = 0
    for seed in range(150):
        facts = worlds.random_facts(worlds.small_pack(), Random(seed))
        plain, waived = judge(facts, ()), judge(facts, all_waivers(facts))
        changed += plain.verdict is not waived.verdict
        opened += waived.verdict.opens and not plain.verdict.opens
    assert changed > 20
    assert opened > 3


@EXAMPLES
@given(SEEDS)
def test_what_is_not_known_or_does_not_fail_is_never_waived(seed: int) -> None:
    facts = worlds.random_facts(worlds.small_pack(), Random(seed))
    judged = judge(facts, all_waivers(facts))
    assert judged.waivers is not None
    held = {use.waiver.check for use in judged.waivers.uses if use.state.holds}
    failing = {each.check for each in judged.findings if each.outcome in (Outcome.FAIL, Outcome.WARN)}
    fired = {each.id for each in judged.compounds if each.state is CompoundState.FIRED}
    assert held == failing | fired


@EXAMPLES
@given(SEEDS)
def test_waivers_before_after_or_for_other_facts_have_no_effect(seed: int) -> None:
    random = Random(seed)
    facts = worlds.random_facts(worlds.small_pack(), random)
    waivers = all_waivers(facts)
    plain = without_account(judge(facts, ()))
    spoilt = [
        replace(each, expires_on=worlds.AS_OF - timedelta(days=1), granted_on=worlds.AS_OF - timedelta(days=9))
        for each in waivers
    ]
    spoilt += [replace(each, granted_on=worlds.AS_OF + timedelta(days=1)) for each in waivers]
    spoilt += [replace(each, granted_on=date(2026, 3, 1), expires_on=date(2026, 7, 1)) for each in waivers]
    spoilt += [replace(each, fingerprint="0" * 24) for each in waivers]
    spoilt += [replace(each, gate="G1") for each in waivers]
    spoilt += [replace(each, approver_role="customer_acceptor") for each in waivers]
    spoilt += [replace(each, owner=" ann") for each in waivers]
    for name in ("reason", "approver", "approver_role", "granted_on", "expires_on", "gate", "fingerprint"):
        spoilt += [replace(each, **{name: None}) for each in waivers]
    assert without_account(judge(facts, spoilt)) == plain
    assert not any(state.holds for state in states(judge(facts, spoilt)))


@EXAMPLES
@given(SEEDS)
def test_a_waiver_lapses_when_its_facts_change_and_not_when_rows_move(seed: int) -> None:
    random = Random(seed)
    facts = worlds.random_facts(worlds.small_pack(), random)
    waivers = all_waivers(facts)
    moved = shuffled(facts, random)
    assert all_waivers(moved) == waivers
    changed = worlds.change_cells(facts, random, 3)
    before = {each.check: each for each in judge(facts, ()).findings}
    after = judge(changed, waivers)
    assert after.waivers is not None
    for finding in after.findings:
        same = {(each.fact, each.key, each.state, each.value) for each in finding.evidence} == {
            (each.fact, each.key, each.state, each.value) for each in before[finding.check].evidence
        }
        (use,) = [use for use in after.waivers.uses if use.waiver.check == finding.check]
        if not same or finding.outcome is not before[finding.check].outcome:
            assert not use.state.holds
