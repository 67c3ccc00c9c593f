"""What a Rete rule matches: tests of the properties of one fact, joined by and and or; there is no negation.

A test does not hold of a fact that lacks what it reads, so a formula holds only where all that decides it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from riskcheck.frozen import frozen

Fact = Mapping[str, int | str]
"""The properties of a fact by name; what is not known is not there."""


@frozen
class Property:
    """A property of the fact, by name."""

    name: str


@frozen
class Comparison:
    """`left operator right`: a property compared with a constant or with another property."""

    left: Property
    operator: str
    right: int | str | Property


@frozen
class Every:
    """All parts hold."""

    parts: tuple[Formula, ...]


@frozen
class Some:
    """At least one part holds."""

    parts: tuple[Formula, ...]


Formula = Comparison | Every | Some

ALWAYS: Final = Every(())
NEVER: Final = Some(())

COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def every(*parts: Formula) -> Formula:
    """All parts hold, in the simplest form."""
    found: list[Formula] = []
    for part in parts:
        if part == NEVER:
            return NEVER
        found += part.parts if isinstance(part, Every) else (part,)
    return found[0] if len(found) == 1 else Every(tuple(found))


def some(*parts: Formula) -> Formula:
    """At least one part holds, in the simplest form."""
    found: list[Formula] = []
    for part in parts:
        if part == ALWAYS:
            return ALWAYS
        found += part.parts if isinstance(part, Some) else (part,)
    return found[0] if len(found) == 1 else Some(tuple(found))


def holds(formula: Formula, fact: Fact) -> bool:
    """Whether a fact bears a formula out: what a rule that has matched, or has not, is checked against."""
    if isinstance(formula, Every):
        return all(holds(part, fact) for part in formula.parts)
    if isinstance(formula, Some):
        return any(holds(part, fact) for part in formula.parts)
    right = fact.get(formula.right.name) if isinstance(formula.right, Property) else formula.right
    left = fact.get(formula.left.name)
    return left is not None and right is not None and COMPARE[formula.operator](left, right)


_MOST_PATHS: Final = 16
"""durable-rules walks each way through a rule on a stack of 64."""
_MOST_GROUPS: Final = 10
"""durable-rules takes fewer than 32 entries in a rule, of which each group of `and` or `or` takes two."""


def is_small(formula: Formula) -> bool:
    """Whether durable-rules takes the formula as a rule."""
    return _paths(formula) <= _MOST_PATHS and _groups(formula) <= _MOST_GROUPS


def _paths(formula: Formula) -> int:
    if isinstance(formula, Comparison):
        return 1
    below = [_paths(part) for part in formula.parts]
    return prod(below) if isinstance(formula, Every) else sum(below)


def _groups(formula: Formula) -> int:
    return 1 if isinstance(formula, Comparison) else 1 + sum(map(_groups, formula.parts))
