"""The cases of the language and of packs as what engines judge: checks and projects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from riskcheck.engines import Project
from riskcheck.expr import evaluate
from riskcheck.expr.checker import check_rows
from riskcheck.expr.intervals import Interval, Value
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import INT, STRING, Constant, Expression, Function, Kind, ListOf
from riskcheck.packs.rulepack import Check
from tests.engines.conformance import SPAN, Parts, check_of, comparison
from tests.semantics.caseworld import limit_of, surroundings_of, world_of

_ORDERED = (Kind.INT, Kind.DOUBLE)
_FAR = 2**62


def checks_of_case(case: Mapping[str, Any]) -> tuple[tuple[Check, ...], Project]:
    """The checks that ask for a case's value, and the project of its facts.

    Engines tell truths only. So a number is compared with what it is and what is next to it, a text with what it is,
    and a list by its size.
    """
    limits = {name: limit_of(written) for name, written in (case.get("limits") or {}).items()}
    scope, environment = surroundings_of(case)
    project = Project(environment.facts, environment.as_of)
    if "rows" in case:
        return (
            check_of(case["rows"], Parts(rows=check_rows(SourceText(case["rows"]), scope), limits=limits)),
        ), project
    world = world_of(case)
    found = evaluate.result(world.expression, world.environment)
    conditions = [Parts(each, limits=limits) for each in _conditions(world.expression, found)]
    return tuple(check_of(case["expression"], parts) for parts in conditions), project


def _conditions(node: Expression, found: Value) -> Iterator[Expression]:
    kind = node.type.kind
    if kind is Kind.BOOL:
        yield node
    elif kind in _ORDERED:
        for number in _numbers(found):
            for operator in ("<", "==", ">="):
                yield comparison(operator, node, Constant(SPAN, node.type, number))
    elif kind in (Kind.DATE, Kind.DATETIME):
        for operator in ("<", "==", ">="):
            yield comparison(operator, node, node)
    elif kind is Kind.LIST:
        yield comparison("==", Function(SPAN, INT, "size", (node,)), Constant(SPAN, INT, 1))
        yield comparison("==", node, ListOf(SPAN, node.type, ()))
    else:
        text = found if isinstance(found, str) else "A"
        yield comparison("==", node, Constant(SPAN, node.type if kind is Kind.ENUM else STRING, text))


def _numbers(found: Value) -> list[int]:
    """The ends of what is known of a number, and the numbers next to them."""
    ends = (found.low, found.high) if isinstance(found, Interval) else (found,) if isinstance(found, int) else (0,)
    whole = {int(end) for end in ends if isinstance(end, int) and abs(end) < _FAR}
    return sorted({near for end in whole or {0} for near in (end - 1, end, end + 1)})
