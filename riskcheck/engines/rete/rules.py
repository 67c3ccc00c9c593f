"""Formulas as the rules of durable-rules, in the JSON form that its `define` methods give.

Each condition has a number, and each fact the property `c` with the number of the condition that it is for. Of a
condition there are three rules: `s` matches any fact of it (the sentinel), `t` what makes it true, `f` what makes it
false.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from riskcheck.engines.rete.formula import NEVER, Comparison, Every, Formula, Property, Some
from riskcheck.engines.rete.lowering import Pair

SENTINEL, TRUE, FALSE = "s", "t", "f"

_OPERATORS: Final = {"!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}


def rules_of(number: int, pair: Pair) -> dict[str, Any]:
    """The rules of a condition, by name."""
    formulas = {SENTINEL: Every(()), TRUE: pair.true, FALSE: pair.false}
    return {name_of(number, way): _rule(number, formula) for way, formula in formulas.items() if formula != NEVER}


def name_of(number: int, way: str) -> str:
    """The name of a rule."""
    return f"{number}{way}"


def _rule(number: int, formula: Formula) -> dict[str, Any]:
    return {"all": [{"m": {"$and": [{"c": number}, *_conjuncts(formula)]}}]}


def _conjuncts(formula: Formula) -> Iterator[dict[str, Any]]:
    """What must hold together. Each test comes after the presence of what it reads."""
    if isinstance(formula, Every):
        for part in formula.parts:
            yield from _conjuncts(part)
    elif isinstance(formula, Some):
        yield {"$or": [_as_one(part) for part in formula.parts]}
    else:
        yield {"$ex": {formula.left.name: 1}}
        if isinstance(formula.right, Property):
            yield {"$ex": {formula.right.name: 1}}
        yield _test(formula)


def _as_one(formula: Formula) -> dict[str, Any]:
    return {"$and": list(_conjuncts(formula))}


def _test(test: Comparison) -> dict[str, Any]:
    right: Any = {"$m": test.right.name} if isinstance(test.right, Property) else test.right
    compared = {test.left.name: right}
    return compared if test.operator == "==" else {_OPERATORS[test.operator]: compared}
