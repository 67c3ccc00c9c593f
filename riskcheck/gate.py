"""The verdict at a gate, and why.

First line that holds: FAIL, CANNOT_JUDGE, CONDITIONAL, PASS. The low end of the score decides what opens the gate,
its high end only what can no longer open, so that hiding a fact never helps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from riskcheck.frozen import frozen
from riskcheck.model.assessment import PartScore, Reason, Score, Verdict
from riskcheck.model.finding import Band, CompoundFinding, CompoundState, Finding, Outcome
from riskcheck.model.number import SCALE, floor_text, ratio
from riskcheck.model.text import Text
from riskcheck.packs.rulepack import ScoreModel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction


@frozen
class Basis:
    """What a verdict rests on."""

    findings: tuple[Finding, ...]
    compounds: tuple[CompoundFinding, ...]
    score: Score | None
    elements: tuple[PartScore, ...]
    model: ScoreModel
    evidence_floor: Fraction | None
    waived: frozenset[str]

    @cached_property
    def must_meets(self) -> tuple[Finding, ...]:
        """The findings of must-meet checks."""
        return tuple([each for each in self.findings if each.must_meet])


def decide(
    findings: tuple[Finding, ...],
    compounds: tuple[CompoundFinding, ...],
    score: Score | None,
    elements: tuple[PartScore, ...],
    model: ScoreModel,
    evidence_floor: Fraction | None = None,
    waived: frozenset[str] = frozenset(),
) -> tuple[Verdict, tuple[Reason, ...]]:
    """The verdict and its reasons: all that lead to it, never those of a milder verdict.

    With `evidence_floor` (0 to 1) a must-meet check that passes or warns on evidence of a lower grade keeps the gate
    shut, as if it were unknown. The must-meet checks and blocking compound rules `waived` are no veto; where one of
    them fails or fired, the best verdict is CONDITIONAL.
    """
    if score is None:
        return Verdict.CANNOT_JUDGE, (_NOTHING_IN_SCOPE,)
    basis = Basis(findings, compounds, score, elements, model, evidence_floor, waived)
    for verdict, reasons_for in _LINES:
        reasons = tuple(reasons_for(basis, score))
        if reasons:
            return verdict, reasons
    return Verdict.PASS, (_ALL_GOOD,)


def rests_on_unknowns(findings: tuple[Finding, ...], compounds: tuple[CompoundFinding, ...]) -> bool:
    """Whether a must-meet check or a blocking compound rule is undecided, though something else may settle it all."""
    undecided = (Outcome.UNKNOWN, Outcome.ERROR)
    return any(finding.must_meet and finding.outcome in undecided for finding in findings) or any(
        compound.blocks_gate and compound.state is CompoundState.POSSIBLE for compound in compounds
    )


def _why_fail(seen: Basis, score: Score) -> Iterable[Reason]:
    for finding in _must_meets(seen, Outcome.FAIL, but=seen.waived):
        yield _about(finding, "must-meet-failed", "Must-meet check failed", "必须满足项不通过")
    for compound in _blocking(seen, CompoundState.FIRED, but=seen.waived):
        yield _about(compound, "blocking-compound-fired", "Blocking compound risk", "阻断性复合风险成立")
    if score.high < seen.model.open_score:
        yield _limit(
            "score-cannot-reach",
            f"Even at best the score is {floor_text(score.high)}, below {seen.model.open_score}",
            f"即使全部未知项通过，得分也只有 {floor_text(score.high)}，低于 {seen.model.open_score}",
        )


def _why_cannot_judge(seen: Basis, score: Score) -> Iterable[Reason]:
    for finding in _must_meets(seen, Outcome.UNKNOWN):
        yield _about(finding, "must-meet-unknown", "Must-meet check cannot be decided", "必须满足项无法判定")
    for finding in _must_meets(seen, Outcome.ERROR):
        yield _about(finding, "must-meet-error", "Must-meet check could not be run", "必须满足项执行出错")
    yield from _weak_evidence(seen)
    for compound in _blocking(seen, CompoundState.POSSIBLE):
        yield _about(
            compound, "blocking-compound-possible", "Blocking compound risk is possible", "可能存在阻断性复合风险"
        )
    if score.coverage.floor(SCALE) < seen.model.coverage_floor:
        judged, needed = floor_text(score.coverage, 100), floor_text(ratio(seen.model.coverage_floor, SCALE), 100)
        yield _limit(
            "coverage-low",
            f"Only {judged} % of the weight could be judged; {needed} % are needed",
            f"可判定的权重仅占 {judged}%，至少需要 {needed}%",
        )
    if score.low < seen.model.open_score:
        yield _limit(
            "score-low",
            f"The score is only sure to be {floor_text(score.low)}; {seen.model.open_score} are needed",
            f"得分下限为 {floor_text(score.low)}，至少需要 {seen.model.open_score}",
        )


def _weak_evidence(seen: Basis) -> Iterable[Reason]:
    """The must-meet checks that would do, but for the evidence."""
    floor = seen.evidence_floor
    for finding in seen.findings if floor is not None else ():
        grade = finding.evidence_grade
        would_do = finding.must_meet and finding.outcome in (Outcome.PASS, Outcome.WARN)
        if would_do and floor is not None and grade is not None and grade < floor:
            had, wanted = floor_text(grade), floor_text(floor)
            yield Reason(
                "evidence-weak",
                Text(
                    f"Must-meet check rests on evidence of grade {had}; {wanted} is needed: {finding.title.en}",
                    f"必须满足项的证据等级为 {had}，至少需要 {wanted}：{finding.title.zh}",
                ),
                finding.check,
            )


def _why_conditional(seen: Basis, score: Score) -> Iterable[Reason]:
    lifted: tuple[Finding | CompoundFinding, ...] = (*_must_meets(seen, Outcome.FAIL), *_fired(seen))
    for each in lifted:
        yield _about(each, "waiver-relied-on", "Opens only by a waiver", "仅凭豁免放行")
    for finding in _must_meets(seen, Outcome.WARN):
        yield _about(finding, "must-meet-warns", "Must-meet check only warns", "必须满足项预警")
    for finding in seen.findings:
        heavy = finding.band in (Band.HIGH, Band.CRITICAL)
        told = finding.must_meet and finding.outcome in (Outcome.WARN, Outcome.FAIL)
        if heavy and finding.is_open and not told:
            yield _about(finding, "heavy-not-passed", *_HEAVY[finding.outcome])
    for part in seen.elements:
        if part.score is not None and part.score.low < seen.model.element_floor:
            low, floor = floor_text(part.score.low), seen.model.element_floor
            yield _limit(
                "element-low",
                f'Element "{part.title.en}" scores only {low}; {floor} are needed',
                f"要素“{part.title.zh}”得分下限为 {low}，至少需要 {floor}",
            )
    if score.low < seen.model.pass_score:
        yield _limit(
            "score-below-pass",
            f"The score is {floor_text(score.low)}; an unconditional pass needs {seen.model.pass_score}",
            f"得分下限为 {floor_text(score.low)}，无条件通过需要 {seen.model.pass_score}",
        )


_LINES: tuple[tuple[Verdict, Callable[[Basis, Score], Iterable[Reason]]], ...] = (
    (Verdict.FAIL, _why_fail),
    (Verdict.CANNOT_JUDGE, _why_cannot_judge),
    (Verdict.CONDITIONAL, _why_conditional),
)
_HEAVY = {
    Outcome.FAIL: ("High-risk check failed", "高风险项不通过"),
    Outcome.WARN: ("High-risk check only warns", "高风险项预警"),
    Outcome.UNKNOWN: ("High-risk check cannot be decided", "高风险项无法判定"),
    Outcome.ERROR: ("High-risk check could not be run", "高风险项执行出错"),
}
_NOTHING_IN_SCOPE = Reason(
    "nothing-in-scope",
    Text("No check applies at this gate, so nothing was judged.", "本关口没有适用的检查，未作任何判定。"),
)
_ALL_GOOD = Reason(
    "all-met",
    Text(
        "Every must-meet and every high-risk check passed, and the score is high enough.",
        "必须满足项与高风险项全部通过，得分达标。",
    ),
)


def _must_meets(seen: Basis, outcome: Outcome, but: frozenset[str] = frozenset()) -> Iterable[Finding]:
    return (each for each in seen.must_meets if each.outcome is outcome and each.check not in but)


def _blocking(seen: Basis, state: CompoundState, but: frozenset[str] = frozenset()) -> Iterable[CompoundFinding]:
    """The blocking compound rules in `state`, but for those that are part of another one of them."""
    blocking = (each for each in seen.compounds if each.blocks_gate and each.state is state)
    found = {each.id: each for each in blocking if each.id not in but}
    return (compound for compound in found.values() if compound.part_of not in found)


def _fired(seen: Basis) -> Iterable[CompoundFinding]:
    return (each for each in seen.compounds if each.blocks_gate and each.state is CompoundState.FIRED)


def _about(what: Finding | CompoundFinding, code: str, en: str, zh: str) -> Reason:
    name = what.check if isinstance(what, Finding) else what.id
    return Reason(code, Text(f"{en}: {what.title.en}", f"{zh}：{what.title.zh}"), name)


def _limit(code: str, en: str, zh: str) -> Reason:
    return Reason(code, Text(en + ".", zh + "。"))
