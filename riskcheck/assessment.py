"""The whole product on one page: facts and a pack go in, an Assessment comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from riskcheck import engines, inference, scoring
from riskcheck import gate as gates
from riskcheck.errors import RiskcheckError
from riskcheck.findings import MAX_SHOWN, Unexplained, find, shortened
from riskcheck.frozen import frozen, replace
from riskcheck.model.assessment import (
    Assessment,
    Assumption,
    Confidence,
    PackRef,
    PartScore,
    Reason,
    Score,
    TableTitle,
    Verdict,
)
from riskcheck.model.factset import FactSet, InputProblem, close_table
from riskcheck.model.finding import CompoundFinding, Finding, Outcome
from riskcheck.model.schema import EVIDENCE
from riskcheck.model.truth import Judgement
from riskcheck.packs.rulepack import Check, RulePack
from riskcheck.projectfacts import project_id, project_text, review_day, review_gate
from riskcheck.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

    from riskcheck.model.profile import ProfileUse
    from riskcheck.model.waiver import Waiver, WaiverAccount
    from riskcheck.profiles.profile import Profile
    from riskcheck.waivers.account import Waived
    from riskcheck.waivers.table import WaiverFile

_WAIVERS = "waivers"
_ALL = 10**9
"""As many cells as a finding has."""


def assess(
    facts: FactSet,
    pack: RulePack,
    *,
    gate: str | None = None,
    as_of: date | None = None,
    engine: str = engines.AUTO,
    verify: bool = False,
    profile: Profile | None = None,
    most_shown: int = MAX_SHOWN,
    waivers: WaiverFile | None = None,
    table_waivers: bool = True,
) -> Assessment:
    """Judge one project at `gate` as of the day `as_of`, by default the facts' `project.gate` and `project.as_of`.

    `profile` (see `riskcheck.load_profile`) says what of the pack is left out or set otherwise. `most_shown` is how
    many cells, and things to supply, each finding lists; the full numbers stand beside them. `engine` judges (see
    docs/engines.md); with `verify` so does the reference evaluator, and a check on which the two differ is in error.
    `waivers` (see `riskcheck.load_waivers`) are heeded instead of the facts' own table of waivers, which is not heeded
    at all without `table_waivers`.

    Raises UsageError if gate or day are given neither way, if pack or riskcheck know no such gate or engine, or if the
    profile is for another pack; FactsError if the facts' own gate or day cannot be read.
    """
    review = _review(facts, pack, _Asked(gate, as_of, engine, verify, profile, most_shown, waivers, table_waivers))
    result = _judge(review, _judgements(review.checks, review))
    if result.verdict is Verdict.CANNOT_JUDGE:
        result = replace(result, undeclared=_deciding_declarations(result, review))
    return result


@frozen
class Judged:
    """A project judged: the facts as a profile leaves them, if there is one, and what came of it.

    `verified`: the reference evaluator judged it, too.
    """

    facts: FactSet
    assessment: Assessment
    verified: bool


def assess_all(
    projects: Sequence[FactSet],
    pack: RulePack,
    *,
    gate: str | None = None,
    as_of: date | None = None,
    engine: str = engines.AUTO,
    verify: int = 0,
    profile: Profile | None = None,
    table_waivers: bool = True,
) -> tuple[Judged | RiskcheckError, ...]:
    """Judge many projects in one go, each as `assess` does, but say of no finding why it is what it is.

    Nor are phases scored, and ids of findings name no project. The first `verify` projects are judged by the reference
    evaluator, too. A project that cannot be judged has its error in its place. Raises UsageError for an engine
    that is not known or not installed.
    """
    name = engines.named(engine, len(projects))
    reviews: list[_Review | RiskcheckError] = []
    to_verify = verify
    for facts in projects:
        asked = _Asked(gate, as_of, name, to_verify > 0, profile, 0, None, table_waivers)
        try:
            reviews.append(_review(facts, pack, asked))
        except RiskcheckError as error:
            reviews.append(error)
        else:
            to_verify -= 1
    alike: dict[tuple[int, ...], list[_Review]] = {}
    for review in reviews:
        if isinstance(review, _Review):
            alike.setdefault(tuple([id(check.pass_if) for check in review.checks]), []).append(review)
    found = {id(review): judged for group in alike.values() for review, judged in _judged_alike(name, group)}
    return tuple(found[id(each)] if isinstance(each, _Review) else each for each in reviews)


def _judged_alike(engine: str, reviews: Sequence[_Review]) -> Iterator[tuple[_Review, Judged]]:
    """Judge projects by the same checks."""
    checks = reviews[0].checks
    judged = engines.judge_all(engine, checks, [engines.Project(each.facts, each.day) for each in reviews])
    by_day: dict[date, Unexplained] = {}
    for review, judgements in zip(reviews, judged, strict=True):
        known = by_day.get(review.day)
        if known is None:
            known = by_day[review.day] = Unexplained(review.pack, checks, review.day)
        if review.verify:
            judgements = engines.verified(judgements, checks, review.facts, review.day)
        yield review, Judged(review.facts, _judge(review, judgements, known), review.verify)


def as_reported(assessment: Assessment) -> Assessment:
    """The assessment with findings that list as many cells as reports do, from one that lists more."""
    return replace(assessment, findings=tuple(map(shortened, assessment.findings)))


@frozen
class _Review:
    """What is judged by what: facts and pack as the profile has them, if there is one."""

    facts: FactSet
    pack: RulePack
    gate: str
    day: date
    engine: str
    verify: bool
    most_shown: int
    waiver_file: WaiverFile | None
    table_waivers: bool
    profile: ProfileUse | None = None

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks that are due."""
        return self.pack.due_at(self.gate)

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """The waivers to heed: those of the file, else those of the facts' own table."""
        if self.waiver_file is not None:
            return self.waiver_file.waivers
        if (
            not self.table_waivers
            or _WAIVERS not in self.facts.schema.by_name
            or not self.facts.by_name[_WAIVERS].row_count
        ):
            return ()
        from riskcheck.waivers.table import waivers_of

        return waivers_of(self.facts)

    @property
    def evidence_floor(self) -> Fraction | None:
        """The grade of evidence that must-meet checks need here."""
        floor = self.profile.floor if self.profile else None
        return floor.grade if floor and floor.applies else None


@frozen
class _Asked:
    """How a project is to be judged."""

    gate: str | None
    as_of: date | None
    engine: str
    verify: bool
    profile: Profile | None
    most_shown: int
    waivers: WaiverFile | None
    table_waivers: bool


def _review(facts: FactSet, pack: RulePack, asked: _Asked) -> _Review:
    gate, day = asked.gate or review_gate(facts, pack), asked.as_of or review_day(facts)
    review = _Review(
        *(facts, pack, gate, day, asked.engine, asked.verify, asked.most_shown, asked.waivers, asked.table_waivers)
    )
    if asked.profile is None:
        return review
    from riskcheck.profiles.apply import applied

    pack.due_at(gate)  # refuses an unknown gate before the profile asks for it
    left = applied(asked.profile, pack, facts, gate, day)
    return replace(review, facts=left.facts, pack=left.pack, profile=left.use)


def _judge(review: _Review, judgements: tuple[Judgement, ...], known: Unexplained | None = None) -> Assessment:
    """Judge a project. `known`: as one of many, without what only a report on this one tells."""
    facts, pack = review.facts, review.pack
    findings, problems = _find(review.checks, judgements, review, known)
    waived = _waived(findings, judgements, review)
    concluded = _conclude(findings, review, waived.lifted if waived else frozenset())
    return Assessment(
        tool_version=__version__,
        project_id=project_id(facts),
        project_name=project_text(facts, "name"),
        as_of=review.day,
        gate=review.gate,
        gate_title=next(each.title for each in pack.gates if each.id == review.gate),
        pack=PackRef(pack.id, pack.version, pack.sha256, pack.title),
        inputs=facts.inputs,
        assumptions=_assumptions(facts),
        verdict=concluded.verdict,
        reasons=(*concluded.reasons, *(review.profile.reasons if review.profile else ())),
        score=concluded.score,
        phases=() if known else scoring.phase_scores(findings, pack.phases, pack.scoring),
        elements=concluded.elements,
        findings=findings,
        compounds=concluded.compounds,
        input_problems=facts.problems + problems,
        undeclared=(),
        tables=() if known else _tables_read(review.checks, facts),
        profile=review.profile,
        confidence=concluded.confidence,
        mapping=facts.mapping,
        waivers=_account(waived, findings, concluded, review),
    )


def _judgements(checks: tuple[Check, ...], review: _Review) -> tuple[Judgement, ...]:
    judgements = engines.judge(review.engine, checks, review.facts, review.day)
    return engines.verified(judgements, checks, review.facts, review.day) if review.verify else judgements


def _find(
    checks: tuple[Check, ...],
    judgements: tuple[Judgement, ...],
    review: _Review,
    known: Unexplained | None = None,
) -> tuple[tuple[Finding, ...], tuple[InputProblem, ...]]:
    """The findings, graded by evidence where there is any or the profile asks for it, and what is wrong with that.

    They are explained, unless `known` gives them.
    """
    if known is not None:
        findings = known.find(judgements, review.facts)
    else:
        findings = find(review.pack, checks, judgements, review.facts, review.day, most_shown=review.most_shown)
    if not _has_evidence(review):
        return findings, ()
    from riskcheck.grades import graded

    found = graded(findings, checks, review.facts, review.day)
    return found.findings, found.problems


def _has_evidence(review: _Review) -> bool:
    facts = review.facts
    some = facts.schema.has_evidence and facts.by_name[EVIDENCE].row_count > 0
    return some or review.evidence_floor is not None


@frozen
class _Conclusion:
    """What follows from findings."""

    compounds: tuple[CompoundFinding, ...]
    score: Score | None
    elements: tuple[PartScore, ...]
    verdict: Verdict
    reasons: tuple[Reason, ...]
    confidence: Confidence | None


def _waived(findings: tuple[Finding, ...], judgements: tuple[Judgement, ...], review: _Review) -> Waived | None:
    """What waivers lift; None if there are none, and no file of them was named."""
    waivers = review.waivers
    if not waivers and review.waiver_file is None:
        return None
    from riskcheck.waivers.account import Review, waived
    from riskcheck.waivers.subject import checks_behind

    compounds = inference.infer(review.pack, findings)
    behind = checks_behind([each.check for each in waivers if each.check], compounds)
    pairs = [pair for pair in zip(review.checks, judgements, strict=True) if pair[0].id in behind]
    checks, judged = tuple(check for check, _ in pairs), tuple(judgement for _, judgement in pairs)
    whole, _ = _find(checks, judged, replace(review, most_shown=_ALL))
    project = project_id(review.facts) or "-"
    asked = Review(review.pack, review.facts, review.gate, review.day, project, findings, compounds, whole)
    return waived(waivers, asked)


def _account(
    waived: Waived | None, findings: tuple[Finding, ...], concluded: _Conclusion, review: _Review
) -> WaiverAccount | None:
    if waived is None:
        return None
    from riskcheck.waivers.account import account

    without = _conclude(findings, review) if waived.lifted else concluded
    return account(waived, concluded.verdict, (without.verdict, without.reasons), review.waiver_file)


def _conclude(findings: tuple[Finding, ...], review: _Review, lifted: frozenset[str] = frozenset()) -> _Conclusion:
    pack = review.pack
    compounds = _compounds(findings, review)
    score = scoring.score(findings, pack.scoring)
    elements = scoring.element_scores(findings, pack.elements, pack.scoring)
    verdict, reasons = gates.decide(findings, compounds, score, elements, pack.scoring, review.evidence_floor, lifted)
    return _Conclusion(compounds, score, elements, verdict, reasons, _confidence(findings, review))


def _compounds(findings: tuple[Finding, ...], review: _Review) -> tuple[CompoundFinding, ...]:
    """The compound rules, checked against the engine, if that chains rules itself."""
    compounds = inference.infer(review.pack, findings)
    if review.engine != engines.CHAINING:
        return compounds
    from riskcheck.engines.rete.compounds import confirmed

    return confirmed(review.pack, inference.truths_of(findings), compounds)


def _confidence(findings: tuple[Finding, ...], review: _Review) -> Confidence | None:
    if not _has_evidence(review):
        return None
    from riskcheck.grades import confidence

    return confidence(findings, review.pack.scoring)


def _deciding_declarations(result: Assessment, review: _Review) -> tuple[TableTitle, ...]:
    """The open tables of the file that keep the verdict from being given, if nothing else does."""
    from riskcheck.declarations import undeclared_tables

    facts = review.facts
    chosen = undeclared_tables(result, facts)
    if not chosen:
        return ()
    closed = {each.name for each in chosen}
    tables = tuple(close_table(table) if table.table.name in closed else table for table in facts.tables)
    return chosen if _decides(result, replace(review, facts=replace(facts, tables=tables))) else ()


def _decides(result: Assessment, review: _Review) -> bool:
    """Whether the facts of `review`, which say more than those of `result`, give a verdict free of unknowns.

    What was definite stays so: only the rest is judged again, and not explained.
    """
    undecided = {finding.check for finding in result.findings if finding.outcome is Outcome.UNKNOWN}
    checks = tuple(check for check in review.checks if check.id in undecided)
    unexplained = Unexplained(review.pack, checks, review.day)
    again, _ = _find(checks, _judgements(checks, review), review, unexplained)
    findings = again + tuple(finding for finding in result.findings if finding.check not in undecided)
    lifted = result.waivers.lifted if result.waivers else frozenset()
    concluded = _conclude(findings, review, lifted)
    open_still = concluded.verdict is Verdict.CANNOT_JUDGE or gates.rests_on_unknowns(findings, concluded.compounds)
    return not open_still


def _assumptions(facts: FactSet) -> tuple[Assumption, ...]:
    if not facts.declared and not facts.assumed_complete:
        return ()
    from riskcheck.declarations import assumptions

    return assumptions(facts)


def _tables_read(checks: tuple[Check, ...], facts: FactSet) -> tuple[TableTitle, ...]:
    read = {name for check in checks for name in check.reads}
    return tuple(TableTitle(table.name, table.title) for table in facts.schema.tables if table.name in read)
