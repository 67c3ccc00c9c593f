"""The engine `python`: the conditions of all checks compiled to one Python code object over plain columns.

It is text made of the typed trees alone, never of the text of rules. What is not compiled goes to the reference
evaluator, node by node, and so does a check in which anything goes wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from riskcheck.engines import Project, reference
from riskcheck.engines.python.program import Program, program_of
from riskcheck.engines.python.runtime import Context
from riskcheck.expr.frame import value_of
from riskcheck.frozen import frozen
from riskcheck.model.factset import FactSet
from riskcheck.model.truth import Judgement, Truth
from riskcheck.packs.rulepack import Check


def judge_all(checks: Sequence[Check], projects: Sequence[Project]) -> tuple[tuple[Judgement, ...], ...]:
    """Of each project the judgement of each check, in order."""
    program = program_of(checks)
    with_limits = [_CheckRun(check, check.limit_values, _limits(check)) for check in checks]
    return tuple(_judged(program, with_limits, project.facts, project.as_of) for project in projects)


@frozen
class _CheckRun:
    """A check, and its limits as they are and as values of the language."""

    check: Check
    limits: dict[str, Any]
    values: dict[str, Any]


def _limits(check: Check) -> dict[str, Any]:
    return {limit.name: value_of(limit.value, limit.type) for limit in check.limits}


def _judged(program: Program, runs: Sequence[_CheckRun], facts: FactSet, as_of: date) -> tuple[Judgement, ...]:
    cells = program.layout.cells(facts)
    enough = {name: reference.enough_rows(name, facts) for name in {name for run in runs for name in run.check.reads}}
    day = as_of.toordinal()
    judgements: list[Judgement] = []
    for run, function in zip(runs, program.functions, strict=True):
        check = run.check
        try:
            found = function(*cells, day, run.values, Context(facts, as_of, run.limits))
        except Exception:
            judgements += reference.judge((check,), facts, as_of)
            continue
        short = min([enough[name] for name in check.reads], default=Truth.TRUE)
        judgements.append(Judgement(check.id, found[0], short, *found[1:]))
    return tuple(judgements)
