"""A condition as two formulas, of what makes it true and of what makes it false, by De Morgan.

Where neither holds the condition is unknown. Comparisons, `in` with a list of the rule, and all that joins them become
tests. What durable-rules has no way to say (aggregates, arithmetic, functions of texts, lists) is found out by the
reference evaluator beforehand, and asserted as it knows it: a truth, a number, or the two ends of one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from riskcheck.engines.rete.formula import (
    ALWAYS,
    COMPARE,
    NEVER,
    Comparison,
    Formula,
    Property,
    every,
    is_small,
    some,
)
from riskcheck.engines.rete.operands import Asked, Leaf, constant_number, fitting, spelled
from riskcheck.expr import typed, walk
from riskcheck.expr.typed import CONTRARY, ORDERED, TEXTS, TURNED, Expression, Kind, Type

MOST_LEAVES: Final = 200
"""durable-rules takes 255 properties in a fact."""


class Pair(NamedTuple):
    """What makes a condition true, and what makes it false."""

    true: Formula
    false: Formula


class Side(NamedTuple):
    """A side of a comparison: the least and the greatest that it may be; one, unless it is only partly known."""

    low: int | str | Property
    high: int | str | Property

    @property
    def is_point(self) -> bool:
        """Whether it is known as one value or not at all."""
        return self.low == self.high


class Lowered(NamedTuple):
    """A condition as formulas, and what has to be found out for them."""

    pair: Pair
    leaves: tuple[Leaf, ...]


def lower(condition: Expression, limits: Mapping[str, tuple[Any, Type]]) -> Lowered:
    """The formulas of a condition. `limits`: values and types of the check's limits by name."""
    lowering = _Lowering(limits)
    pair = lowering.pair(condition)
    used = _properties(pair.true) | _properties(pair.false)
    leaves = tuple(leaf for leaf in lowering.leaves.values() if used.intersection(leaf.names))
    if len(leaves) > MOST_LEAVES:
        whole = _Lowering(limits)
        return Lowered(whole.truth_leaf(condition), tuple(whole.leaves.values()))
    return Lowered(pair, leaves)


def _properties(formula: Formula) -> set[str]:
    if isinstance(formula, Comparison):
        return {each.name for each in (formula.left, formula.right) if isinstance(each, Property)}
    return set().union(*map(_properties, formula.parts))


class _Lowering:
    """The lowering of one condition."""

    def __init__(self, limits: Mapping[str, tuple[Any, Type]]) -> None:
        self.limits = limits
        self.leaves: dict[object, Leaf] = {}

    def pair(self, node: Expression) -> Pair:
        """The formulas of a condition; one leaf for it, if they are more than durable-rules takes."""
        lowered = _CONSTRUCTS.get(type(node))
        found = lowered(self, node) if lowered else None
        if found is None or not (is_small(found.true) and is_small(found.false)):
            return self.truth_leaf(node)
        return found

    # ------------------------------------------------------------ what is found out beforehand

    def leaf(self, asked: Asked, node: Expression, scaled: bool = False) -> Leaf:
        key = (asked, scaled, (node.table, node.field.name) if isinstance(node, typed.SingleCell) else id(node))
        return self.leaves.setdefault(key, Leaf(len(self.leaves), asked, node, scaled))

    def truth_leaf(self, node: Expression) -> Pair:
        """A condition whose truth is asserted."""
        known = Property(self.leaf(Asked.TRUTH, node).names[0])
        return Pair(Comparison(known, "==", 1), Comparison(known, "==", 0))

    def side(self, node: Expression, scaled: bool) -> Side | None:
        """A side of a comparison; None if it is a constant that durable-rules does not take."""
        plain = self.constant(node)
        kind = node.type.kind
        if plain is not None:
            known = spelled(plain) if kind in TEXTS else fitting(constant_number(plain, node.type, scaled))
            return Side(known, known) if known is not None else None
        if kind in TEXTS:
            asked = Asked.TEXT
        else:
            asked = Asked.ENDS if any(isinstance(each, typed.Aggregate) for each in walk.parts(node)) else Asked.NUMBER
        names = self.leaf(asked, node, scaled).names
        return Side(Property(names[0]), Property(names[-1]))

    def constant(self, node: Expression) -> Any:
        """The value of a literal or limit; None if it is neither."""
        if isinstance(node, typed.Constant):
            return node.value
        return self.limits[node.name][0] if isinstance(node, typed.LimitRef) else None

    # ------------------------------------------------------------ constructs

    def known(self, node: typed.Constant | typed.LimitRef) -> Pair:
        return Pair(ALWAYS, NEVER) if self.constant(node) else Pair(NEVER, ALWAYS)

    def negated(self, node: typed.Not) -> Pair:
        true, false = self.pair(node.operand)
        return Pair(false, true)

    def both(self, node: typed.And) -> Pair:
        parts = [self.pair(part) for part in node.parts]
        return Pair(every(*(part.true for part in parts)), some(*(part.false for part in parts)))

    def either(self, node: typed.Or) -> Pair:
        parts = [self.pair(part) for part in node.parts]
        return Pair(some(*(part.true for part in parts)), every(*(part.false for part in parts)))

    def chosen(self, node: typed.If) -> Pair:
        test, then, otherwise = self.pair(node.test), self.pair(node.then), self.pair(node.otherwise)
        true = some(every(test.true, then.true), every(test.false, otherwise.true))
        false = some(every(test.true, then.false), every(test.false, otherwise.false))
        return Pair(true, false)

    def compared(self, node: typed.Compare) -> Pair | None:
        return self.comparison(node.operator, node.left, node.right)

    def within(self, node: typed.In) -> Pair | None:
        if not isinstance(node.container, typed.ListOf):
            return None
        parts = [self.comparison("==", node.item, item) for item in node.container.items]
        found = [part for part in parts if part is not None]
        if len(found) < len(parts):
            return None
        return Pair(some(*(part.true for part in found)), every(*(part.false for part in found)))

    def comparison(self, operator: str, left: Expression, right: Expression) -> Pair | None:
        """The formulas of a comparison; None if durable-rules has no way to say it."""
        kinds = left.type.kind, right.type.kind
        if kinds == (Kind.BOOL, Kind.BOOL):
            return self.same_truth(operator, self.pair(left), self.pair(right))
        if not all(kind in ORDERED or kind in TEXTS for kind in kinds):
            return None
        mixed = set(kinds) == {Kind.INT, Kind.DOUBLE}
        sides = [self.side(each, mixed and each.type.kind is Kind.INT) for each in (left, right)]
        if sides[0] is None or sides[1] is None:
            return None
        return _comparison(operator, sides[0], sides[1])

    def same_truth(self, operator: str, left: Pair, right: Pair) -> Pair:
        same = some(every(left.true, right.true), every(left.false, right.false))
        other = some(every(left.true, right.false), every(left.false, right.true))
        return Pair(same, other) if operator == "==" else Pair(other, same)


_CONSTRUCTS: Final[dict[type, Callable[[_Lowering, Any], Pair | None]]] = {
    typed.Constant: _Lowering.known,
    typed.LimitRef: _Lowering.known,
    typed.Not: _Lowering.negated,
    typed.And: _Lowering.both,
    typed.Or: _Lowering.either,
    typed.If: _Lowering.chosen,
    typed.Compare: _Lowering.compared,
    typed.In: _Lowering.within,
}


def _comparison(operator: str, left: Side, right: Side) -> Pair:
    """True, or false, if it is so for all that both sides may be."""
    if operator == "==" or operator == "!=":
        if left.is_point and right.is_point:
            same, other = _test(left.low, "==", right.low), _test(left.low, "!=", right.low)
        else:
            same = every(_test(left.low, "==", right.high), _test(left.high, "==", right.low))
            other = some(_test(left.high, "<", right.low), _test(left.low, ">", right.high))
        return Pair(same, other) if operator == "==" else Pair(other, same)
    if operator in ("<", "<="):
        return Pair(_test(left.high, operator, right.low), _test(left.low, CONTRARY[operator], right.high))
    return Pair(_test(left.low, operator, right.high), _test(left.high, CONTRARY[operator], right.low))


def _test(left: int | str | Property, operator: str, right: int | str | Property) -> Formula:
    """A test, with a property on its left as durable-rules needs it; decided now, if both sides are constants."""
    if isinstance(left, Property):
        return Comparison(left, operator, right)
    if isinstance(right, Property):
        return Comparison(right, TURNED[operator], left)
    return ALWAYS if COMPARE[operator](left, right) else NEVER
