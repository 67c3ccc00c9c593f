"""The engine `rete`: conditions as rules of durable-rules, in a process of its own.

Each condition becomes two Rete rules, of what makes it true and of what makes it false; where neither matches it is
unknown. No verdict rests on the library alone: a rule that must match does, no condition is both true and false, and
every match, and every absence of one, is borne out by the fact that it is about. Else, and where the process crashes,
the check is in error by name (`riskcheck.model.enginefaults`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from riskcheck.engines import Project, reference
from riskcheck.engines.rete.formula import ALWAYS, NEVER, holds
from riskcheck.engines.rete.lowering import Lowered, Pair, lower
from riskcheck.engines.rete.processes import Answer, Rulesets, close
from riskcheck.engines.rete.rules import FALSE, SENTINEL, TRUE, name_of, rules_of
from riskcheck.expr import evaluate
from riskcheck.expr.evaluate import Environment
from riskcheck.model.enginefaults import BOTH_WAYS, FALSE_MATCH, FAULTS, MISSED, SILENT
from riskcheck.model.truth import Judgement, Truth, unjudged
from riskcheck.packs.rulepack import Check, Condition

AT_ONCE: Final = 100
"""So many conditions are in one set of rules; durable-rules takes 512 tests at its root."""

Fact = dict[str, int | str]


def judge_all(checks: Sequence[Check], projects: Sequence[Project]) -> tuple[tuple[Judgement, ...], ...]:
    """Of each project the judgement of each check, in order."""
    plan = _plan_of(checks)
    return tuple(plan.judge(project) for project in projects)


class _Condition(NamedTuple):
    """A condition that has rules, with its number among all of them."""

    number: int
    lowered: Lowered


class _Part(NamedTuple):
    """A part of a check: decided whatever the facts are, or a condition with rules."""

    fixed: Truth | None
    condition: _Condition | None = None


class _CheckPlan(NamedTuple):
    check: Check
    applies: _Part
    passes: _Part
    warns: _Part


class Plan:
    """The rules of some checks."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.conditions: list[_Condition] = []
        self.checks = [self._planned(check) for check in checks]
        starts = range(0, len(self.conditions), AT_ONCE)
        self.rulesets = Rulesets([_rules(self.conditions[start : start + AT_ONCE]) for start in starts])

    def _planned(self, check: Check) -> _CheckPlan:
        limits = check.typed_limits

        def part(condition: Condition | None, otherwise: Truth) -> _Part:
            return self._part(lower(condition.expression, limits)) if condition else _Part(otherwise)

        applies = part(check.applies_when, Truth.TRUE)
        return _CheckPlan(check, applies, part(check.pass_if, Truth.TRUE), part(check.warn_if, Truth.FALSE))

    def _part(self, lowered: Lowered) -> _Part:
        if lowered.pair in (Pair(ALWAYS, NEVER), Pair(NEVER, ALWAYS)):
            return _Part(Truth.TRUE if lowered.pair.true == ALWAYS else Truth.FALSE)
        condition = _Condition(len(self.conditions), lowered)
        self.conditions.append(condition)
        return _Part(None, condition)

    def judge(self, project: Project) -> tuple[Judgement, ...]:
        """The judgement of each check."""
        facts: dict[int, Fact] = {}
        left: set[int] = set()
        for number, plan in enumerate(self.checks):
            try:
                facts.update(_facts(plan, project))
            except Exception:
                left.add(number)
        answer = self._matched(facts)
        judged = tuple(
            reference.judge((plan.check,), project.facts, project.as_of)[0]
            if number in left
            else _judgement(plan, project, facts, answer)
            for number, plan in enumerate(self.checks)
        )
        if any(each.error in FAULTS for each in judged):
            close()  # what has failed once is not asked again
        return judged

    def _matched(self, facts: dict[int, Fact]) -> Answer:
        if not facts:
            return Answer()
        asserted: list[list[Fact]] = [[] for _ in self.rulesets.rulesets]
        for number, fact in facts.items():
            asserted[number // AT_ONCE].append({"id": str(number), "c": number, **fact})
        return self.rulesets.match(asserted)


_kept: tuple[Sequence[Check], Plan] | None = None


def _plan_of(checks: Sequence[Check]) -> Plan:
    """The rules of these checks, written once."""
    global _kept
    if _kept is None or len(_kept[0]) != len(checks) or any(a is not b for a, b in zip(_kept[0], checks, strict=True)):
        _kept = checks, Plan(checks)
    return _kept[1]


def _rules(conditions: Sequence[_Condition]) -> dict[str, Any]:
    return {name: rule for each in conditions for name, rule in rules_of(each.number, each.lowered.pair).items()}


def _environment(plan: _CheckPlan, project: Project) -> Environment:
    return evaluate.environment_of(project.facts, project.as_of, plan.check.limit_values)


def _facts(plan: _CheckPlan, project: Project) -> dict[int, Fact]:
    """The facts of a check's conditions, by the number of the condition."""
    environment = _environment(plan, project)
    found: dict[int, Fact] = {}
    for part in (plan.applies, plan.passes, plan.warns):
        if part.condition is not None:
            fact = found[part.condition.number] = {}
            for leaf in part.condition.lowered.leaves:
                fact.update(zip(leaf.names, leaf.values(environment) or (), strict=False))
    return found


def _judgement(plan: _CheckPlan, project: Project, facts: dict[int, Fact], answer: Answer) -> Judgement:
    check, parts = plan.check, (plan.applies, plan.passes, plan.warns)
    applies, passes, warns = found = [_truth(part, facts, answer) for part in parts]
    if isinstance(applies, str) or isinstance(passes, str) or isinstance(warns, str):
        return unjudged(check.id, next(each for each in found if isinstance(each, str)))
    return Judgement(
        check=check.id,
        applies=applies,
        enough_rows=min((reference.enough_rows(name, project.facts) for name in check.reads), default=Truth.TRUE),
        rows_exist=evaluate.rows_exist(check.rows.source, _environment(plan, project)) if check.rows else Truth.TRUE,
        passes=passes,
        warns=warns,
    )


def _truth(part: _Part, facts: dict[int, Fact], answer: Answer) -> Truth | str:
    """What a part of a check comes to; or the fault by which that is not known."""
    if part.condition is None:
        assert part.fixed is not None
        return part.fixed
    if answer.fault:
        return answer.fault
    number, lowered = part.condition
    if name_of(number, SENTINEL) not in answer.matched:
        return SILENT
    true, false = (name_of(number, way) in answer.matched for way in (TRUE, FALSE))
    if true and false:
        return BOTH_WAYS
    for matched, formula in ((true, lowered.pair.true), (false, lowered.pair.false)):
        if matched is not holds(formula, facts[number]):
            return FALSE_MATCH if matched else MISSED
    return Truth.TRUE if true else Truth.FALSE if false else Truth.UNKNOWN
