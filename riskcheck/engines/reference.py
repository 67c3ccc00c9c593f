"""The reference engine: the definition of the language itself, one project at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from riskcheck.engines import Project
from riskcheck.expr import evaluate
from riskcheck.expr.evaluate import Environment
from riskcheck.model.factset import FactSet
from riskcheck.model.truth import Judgement, Truth, unjudged
from riskcheck.packs.rulepack import Check, Condition


def judge_all(checks: Sequence[Check], projects: Sequence[Project]) -> tuple[tuple[Judgement, ...], ...]:
    """Of each project the judgement of each check, in order."""
    return tuple(judge(checks, project.facts, project.as_of) for project in projects)


def judge(checks: Sequence[Check], facts: FactSet, as_of: date) -> tuple[Judgement, ...]:
    """The judgement of each check, in order. What goes wrong within one check is its `error` and stops no other."""
    return tuple(_judge_safely(check, facts, as_of) for check in checks)


def _judge_safely(check: Check, facts: FactSet, as_of: date) -> Judgement:
    try:
        return _judge(check, facts, as_of)
    except Exception as error:
        return unjudged(check.id, f"{check.id}: {type(error).__name__}")


def _judge(check: Check, facts: FactSet, as_of: date) -> Judgement:
    environment = evaluate.environment_of(facts, as_of, check.limit_values)
    return Judgement(
        check=check.id,
        applies=_truth(check.applies_when, environment, Truth.TRUE),
        enough_rows=min((enough_rows(name, facts) for name in check.reads), default=Truth.TRUE),
        rows_exist=evaluate.rows_exist(check.rows.source, environment) if check.rows else Truth.TRUE,
        passes=_truth(check.pass_if, environment, Truth.TRUE),
        warns=_truth(check.warn_if, environment, Truth.FALSE),
    )


def _truth(condition: Condition | None, environment: Environment, otherwise: Truth) -> Truth:
    return evaluate.truth(condition.expression, environment) if condition else otherwise


def enough_rows(table: str, facts: FactSet) -> Truth:
    """Whether a table has its min_rows: where it has fewer, further rows may yet come if it is open."""
    found = facts.by_name[table]
    if found.row_count >= found.table.min_rows:
        return Truth.TRUE
    return Truth.FALSE if found.closed else Truth.UNKNOWN
