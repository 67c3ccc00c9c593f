"""Random parse trees, for the laws of parser and printer."""

from __future__ import annotations

from hypothesis import strategies as st

from riskcheck.expr.parser import PRECEDENCE
from riskcheck.expr.syntax import (
    Binary,
    Call,
    Conditional,
    Double,
    ListLiteral,
    Literal,
    Name,
    Node,
    Select,
    Span,
    Unary,
)

NOWHERE = Span(0, 0)

names = st.sampled_from(("a", "task", "x1", "_y", "责任人", "e5", "u", "r", "b", "notes"))
literals = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from(("0.5", "-1.25", "1e3", ".5", "-.5", "1.5e-2", "2E+2")).map(Double),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=6),
)
leaves = st.one_of(
    literals.map(lambda value: Literal(NOWHERE, value)),
    names.map(lambda name: Name(NOWHERE, name)),
)


def _larger(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.one_of(
        st.builds(lambda operand, field: Select(NOWHERE, operand, field, NOWHERE), parts, names),
        st.builds(
            lambda target, name, args: Call(NOWHERE, target, name, NOWHERE, args), st.none() | parts, names, several
        ),
        st.builds(lambda operator, operand: Unary(NOWHERE, operator, operand), st.sampled_from("!-"), parts),
        st.builds(
            lambda operator, left, right: Binary(NOWHERE, operator, NOWHERE, left, right),
            st.sampled_from(tuple(PRECEDENCE)),
            parts,
            parts,
        ),
        st.builds(lambda test, then, other: Conditional(NOWHERE, test, then, other), parts, parts, parts),
        st.builds(lambda items: ListLiteral(NOWHERE, items), several),
    )


trees = st.recursive(leaves, _larger, max_leaves=20)


def without_places(node: Node) -> Node:
    """The tree with all places alike, so that trees of differently spaced texts compare."""
    match node:
        case Literal(value=value):
            return Literal(NOWHERE, value)
        case Name(name=name):
            return Name(NOWHERE, name)
        case Select(operand=operand, field=field):
            return Select(NOWHERE, without_places(operand), field, NOWHERE)
        case Call(target=target, function=function, args=args):
            placed = None if target is None else without_places(target)
            return Call(NOWHERE, placed, function, NOWHERE, tuple(map(without_places, args)))
        case Unary(operator=operator, operand=operand):
            return Unary(NOWHERE, operator, without_places(operand))
        case Binary(operator=operator, left=left, right=right):
            return Binary(NOWHERE, operator, NOWHERE, without_places(left), without_places(right))
        case Conditional(test=test, then=then, otherwise=otherwise):
            return Conditional(NOWHERE, without_places(test), without_places(then), without_places(otherwise))
        case ListLiteral(items=items):
            return ListLiteral(NOWHERE, tuple(map(without_places, items)))
