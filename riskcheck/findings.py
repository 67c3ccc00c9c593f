"""From truth values to findings: outcome, reasons, and the cells that decided.

Every engine meets this module the same way. What is not a plain pass is explained by the reference evaluator,
which thereby checks the engine: a disagreement is outcome `error`, never silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import itemgetter

from riskcheck import evidence
from riskcheck.due import due_of
from riskcheck.expr import evaluate, walk
from riskcheck.expr.result import CellRef, Explanation, Need
from riskcheck.expr.shares import is_share
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import FactSet
from riskcheck.model.finding import OUTCOMES_WORST_FIRST, Finding, LimitUse, Outcome, measure_in_words
from riskcheck.model.number import with_percent
from riskcheck.model.text import Text
from riskcheck.model.truth import DISAGREES, Judgement, Truth
from riskcheck.outcome import outcome_of, outcome_states
from riskcheck.packs.rulepack import Check, Condition, Limit, RulePack
from riskcheck.projectfacts import project_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _T = TypeVar("_T")
    _Ranked = tuple[tuple[int, bool, int, int], Finding]
    """A finding, and what it is sorted by."""

MAX_SHOWN = 20
"""How many cells, and how many things to supply, a finding lists; the full numbers stand beside them."""


def find(
    pack: RulePack,
    checks: Iterable[Check],
    judgements: Iterable[Judgement],
    facts: FactSet,
    as_of: date,
    *,
    most_shown: int = MAX_SHOWN,
) -> tuple[Finding, ...]:
    """One finding for each check, worst first: by outcome, must-meet, rating, then the pack's order.

    `most_shown` is how many cells, and things to supply, each lists.
    """
    found = [
        _Explainer(pack, check, judgement, facts, as_of, most_shown).finding(explain=True)
        for check, judgement in zip(checks, judgements, strict=True)
    ]
    return tuple(sorted(found, key=_worst_first))


class Unexplained:
    """Findings without reasons, cells and measure, for many projects: the engine is not checked.

    All that is the same in two projects is one finding, so that its id does not name the project.
    """

    def __init__(self, pack: RulePack, checks: Sequence[Check], as_of: date) -> None:
        self._pack, self._checks, self._as_of = pack, checks, as_of
        self._known: dict[tuple[int, Judgement], _Ranked] = {}
        self._same: dict[tuple[int, int], tuple[Judgement, _Ranked]] = {}

    def find(self, judgements: Iterable[Judgement], facts: FactSet) -> tuple[Finding, ...]:
        """One finding for each check, in the order of `find`."""
        found = []
        for number, judgement in enumerate(judgements):
            same = self._same.get((number, id(judgement)))  # most engines give one value for all that is the same
            found.append(same[1] if same is not None else self._ranked(number, judgement, facts))
        found.sort(key=_rank)
        return tuple([finding for _, finding in found])

    def _ranked(self, number: int, judgement: Judgement, facts: FactSet) -> _Ranked:
        ranked = self._known.get((number, judgement))
        if ranked is None:
            check = self._checks[number]
            finding = _Explainer(self._pack, check, judgement, facts, self._as_of, 0).finding(explain=False)
            ranked = (*_worst_first(finding), number), replace(finding, id=f"{check.id}@*")
            self._known[number, judgement] = ranked
        if len(self._same) < _MOST_KEPT:
            self._same[number, id(judgement)] = judgement, ranked
        return ranked


_rank = itemgetter(0)
_MOST_KEPT = 10_000


def shortened(finding: Finding) -> Finding:
    """The finding with as many cells, and things to supply, as reports list."""
    if len(finding.evidence) <= MAX_SHOWN and len(finding.missing) <= MAX_SHOWN:
        return finding
    return replace(finding, evidence=finding.evidence[:MAX_SHOWN], missing=finding.missing[:MAX_SHOWN])


def _worst_first(finding: Finding) -> tuple[int, bool, int]:
    return OUTCOMES_WORST_FIRST.index(finding.outcome), not finding.must_meet, -finding.rating


@frozen
class _Why:
    """Why a finding is what it is, as far as it has been found out."""

    reasons: tuple[Text, ...] = ()
    cells: tuple[CellRef, ...] = ()
    needs: tuple[Need, ...] = ()
    short_tables: tuple[str, ...] = ()

    def __add__(self, other: _Why) -> _Why:
        return _Why(
            _unique(self.reasons + other.reasons),
            _unique(self.cells + other.cells),
            _unique(self.needs + other.needs),
            _unique(self.short_tables + other.short_tables),
        )


class _Explainer:
    """Explains one check's outcome."""

    def __init__(
        self, pack: RulePack, check: Check, judgement: Judgement, facts: FactSet, as_of: date, most_shown: int
    ) -> None:
        self.pack, self.check, self.judgement, self.facts = pack, check, judgement, facts
        self.most_shown = most_shown
        self.environment = evaluate.environment_of(facts, as_of, check.limit_values)
        self.disagreement = False

    def finding(self, *, explain: bool) -> Finding:
        states = outcome_states(self.check, self.judgement)
        outcome = outcome_of(states)
        if not explain:
            return self.assemble(outcome, states, _Why(), None)
        why = self.why(outcome)
        if self.disagreement:
            outcome, states = Outcome.ERROR, ()
            why = _Why((_ENGINE_DISAGREES,))
        return self.assemble(outcome, states, why, self.measure(outcome))

    def assemble(self, outcome: Outcome, states: tuple[Outcome, ...], why: _Why, measure: str | None) -> Finding:
        check = self.check
        likelihood = max(1, check.likelihood - 1) if outcome is Outcome.WARN else check.likelihood
        missing = evidence.missing(self.facts, why.needs, why.short_tables, self.most_shown)
        return Finding(
            id=f"{check.id}@{project_id(self.facts) or '-'}",
            check=check.id,
            item=check.item,
            phase=check.phase,
            elements=check.elements,
            outcome=outcome,
            possible=states,
            band=check.band,
            likelihood=check.likelihood,
            impact=check.impact,
            rating=likelihood * check.impact,
            must_meet=check.must_meet,
            due_gate=check.due_gate,
            title=check.title,
            item_title=self.pack.item_by_id[check.item].title,
            reasons=why.reasons,
            limits=tuple(_limit_use(limit) for limit in check.limits),
            measure=measure,
            evidence=evidence.evidence(self.facts, why.cells, self.most_shown),
            evidence_count=len(why.cells),
            missing=missing.first,
            missing_count=missing.count,
            control=check.control,
            owner=check.owner,
            owner_title=next(owner.title for owner in self.pack.owners if owner.id == check.owner),
            due=due_of(outcome, check.band, check.must_meet, self.environment.as_of),
        )

    # ------------------------------------------------------------ why

    def why(self, outcome: Outcome) -> _Why:
        if outcome is Outcome.ERROR and self.judgement.error == DISAGREES:
            return _Why((_ENGINE_DISAGREES,))
        if outcome is Outcome.ERROR:
            return _Why((_could_not_be_judged(self.judgement.error or ""),))
        if outcome is Outcome.PASS:
            return _Why()
        if outcome is Outcome.UNKNOWN:
            return self.why_unknown()
        return self.why_decided(outcome)

    def why_decided(self, outcome: Outcome) -> _Why:
        judgement, check = self.judgement, self.check
        if judgement.applies is Truth.FALSE and check.applies_when is not None:
            return _Why((_NOT_APPLICABLE,)) + self.explained(check.applies_when, judgement.applies)
        if judgement.enough_rows is Truth.FALSE:
            return _Why(tuple(self.too_few_rows(name) for name in self.short_tables()))
        if judgement.rows_exist is Truth.FALSE:
            return _Why((_NOTHING_TO_JUDGE if outcome is Outcome.FAIL else _NO_ROWS,))
        why = self.explained(check.pass_if, judgement.passes)
        return _Why(self.not_met(outcome, why.cells)) + why

    def why_unknown(self) -> _Why:
        """The needs of every part that is unknown and still counts."""
        judgement, check = self.judgement, self.check
        why = _Why()
        if judgement.applies is Truth.UNKNOWN and check.applies_when is not None:
            why += _Why((_MAYBE_NOT_APPLICABLE,)) + self.explained(check.applies_when, Truth.UNKNOWN)
        if judgement.enough_rows is not Truth.TRUE:
            short = self.short_tables()
            more_may_come = judgement.enough_rows is Truth.UNKNOWN
            why += _Why(tuple(self.too_few_rows(name) for name in short), short_tables=short if more_may_come else ())
        if judgement.enough_rows is not Truth.FALSE:
            why += self.why_conditions_unknown()
        return _Why((self.still_possible(),)) + why

    def why_conditions_unknown(self) -> _Why:
        """The needs of pass_if, if it is unknown; else those of warn_if and of `rows`, which then decide."""
        judgement, check = self.judgement, self.check
        if judgement.rows_exist is Truth.FALSE:
            return _Why()
        if judgement.passes is Truth.UNKNOWN:
            return self.explained(check.pass_if, Truth.UNKNOWN)
        why = _Why()
        if judgement.rows_exist is Truth.UNKNOWN and check.rows is not None:
            why += self.agreeing(evaluate.explain_rows(check.rows.source, self.environment), Truth.UNKNOWN)
        if judgement.passes is Truth.FALSE and judgement.warns is Truth.UNKNOWN and check.warn_if is not None:
            why += self.explained(check.warn_if, Truth.UNKNOWN)
        return why

    def explained(self, condition: Condition, expected: Truth) -> _Why:
        return self.agreeing(evaluate.explain(condition.expression, self.environment), expected)

    def agreeing(self, explanation: Explanation, expected: Truth) -> _Why:
        """The explanation's cells and needs; notes it if the engine said something else."""
        if explanation.truth is not expected:
            self.disagreement = True
        needs = explanation.needs if explanation.truth is Truth.UNKNOWN else ()
        return _Why(cells=explanation.cells if expected is not Truth.UNKNOWN else (), needs=needs)

    def short_tables(self) -> tuple[str, ...]:
        tables = (self.facts.by_name[name] for name in self.check.reads)
        return tuple(facts.table.name for facts in tables if facts.row_count < facts.table.min_rows)

    # ------------------------------------------------------------ in words

    def not_met(self, outcome: Outcome, cells: tuple[CellRef, ...]) -> tuple[Text, ...]:
        """The requirement is not met: by what measure against which limits, and in how many rows."""
        reasons = [_ONLY_IN_PART if outcome is Outcome.WARN else _NOT_MET]
        measure = self.measure(outcome)
        if measure is not None:
            used = walk.limits_used(self.check.pass_if.expression)
            if outcome is Outcome.WARN and self.check.warn_if is not None:
                used = used | walk.limits_used(self.check.warn_if.expression)
            limits = [limit for limit in self.check.limits if limit.name in used]
            en = "; ".join(f"{limit.title.en} {limit.shown.en}" for limit in limits)
            zh = "；".join(f"{limit.title.zh} {limit.shown.zh}" for limit in limits)
            measured = self.in_percent(measure)
            reasons.append(
                Text(
                    f"Measured {measured.en}. {_LIMITS[len(limits) > 1]}: {en}.", f"实测值 {measured.zh}。限值：{zh}。"
                )
                if limits
                else Text(f"Measured {measured.en}.", f"实测值 {measured.zh}。")
            )
        for name, count in _rows_by_table(self.facts, cells):
            title = self.facts.by_name[name].table.title
            noun = "row" if count == 1 else "rows"
            reasons.append(Text(f'{count} {noun} of "{title.en}" concerned.', f"涉及“{title.zh}”中的 {count} 行。"))
        return tuple(reasons)

    def too_few_rows(self, name: str) -> Text:
        facts = self.facts.by_name[name]
        if name in self.facts.outdated:
            en, zh = facts.table.title.en, facts.table.title.zh
            return Text(
                f'"{en}" counts as unknown: it is too old, or of no known day.', f"“{zh}”已过期或日期不明，按未知处理。"
            )
        title, least, count = facts.table.title, facts.table.min_rows, facts.row_count
        return Text(
            f'"{title.en}" has {count} of the at least {least} rows that are needed to judge.',
            f"“{title.zh}”至少需要 {least} 行才能判定，目前有 {count} 行。",
        )

    def still_possible(self) -> Text:
        states = outcome_states(self.check, self.judgement)
        return Text(
            "Cannot be decided yet; still possible: " + ", ".join(_OUTCOME_WORDS[state].en for state in states) + ".",
            "目前无法判定；仍可能为：" + "、".join(_OUTCOME_WORDS[state].zh for state in states) + "。",
        )

    def in_percent(self, measure: str) -> Text:
        """The measure with its percentage beside it, if it is a share or a ratio and one number."""
        node = self.check.measure.expression if self.check.measure else None
        single = node is not None and is_share(node) and measure[0] != "["
        return with_percent(measure) if single else measure_in_words(measure)

    def measure(self, outcome: Outcome) -> str | None:
        if self.check.measure is None or outcome in (Outcome.NOT_APPLICABLE, Outcome.ERROR):
            return None
        return evaluate.shown(self.check.measure.expression, self.environment)


def _rows_by_table(facts: FactSet, cells: tuple[CellRef, ...]) -> list[tuple[str, int]]:
    """How many rows of each many-row table the cells are in, in the schema's order."""
    rows: dict[str, set[int]] = {}
    for cell in cells:
        rows.setdefault(cell.table, set()).add(cell.row)
    return [(t.name, len(rows[t.name])) for t in facts.schema.tables if t.name in rows and not t.one_row]


def _limit_use(limit: Limit) -> LimitUse:
    return LimitUse(limit.name, limit.title, limit.plain, limit.shown, limit.basis, limit.sources, limit.overridden)


def _unique(values: tuple[_T, ...]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))


def _could_not_be_judged(error: str) -> Text:
    from riskcheck.model.enginefaults import fault_words

    said = fault_words(error) or Text(error, error)
    return Text(f"The check could not be judged: {said.en}", f"该检查未能执行：{said.zh}")


_ENGINE_DISAGREES = Text(
    "The engine and the reference evaluator disagree; neither is trusted.", "引擎与基准求值器结果不一致，均不采信。"
)
_LIMITS = ("Limit", "Limits")
_NOT_MET = Text("The requirement is not met.", "要求未满足。")
_ONLY_IN_PART = Text("Within the warning limit only.", "仅在预警限值之内。")
_NOT_APPLICABLE = Text("Does not apply to this project.", "不适用于本项目。")
_MAYBE_NOT_APPLICABLE = Text("Whether it applies is not known.", "是否适用尚不明确。")
_NO_ROWS = Text("There is nothing to judge, and nothing is required.", "没有需要判定的内容，也不作要求。")
_NOTHING_TO_JUDGE = Text(
    "There is nothing to judge, and a must-meet check needs something.", "没有可判定的内容，而必须满足项要求有内容。"
)
_OUTCOME_WORDS = {
    Outcome.PASS: Text("pass", "通过"),
    Outcome.WARN: Text("warn", "预警"),
    Outcome.FAIL: Text("fail", "不通过"),
    Outcome.NOT_APPLICABLE: Text("not applicable", "不适用"),
}
