"""The parse tree: what was written, before anything is known about names and types."""

from __future__ import annotations

from riskcheck.frozen import frozen


@frozen
class Span:
    """A stretch of a condition's text: code points `start` up to and without `end`, from 0."""

    start: int
    end: int


@frozen
class Literal:
    """`true`, `12`, `0.05`, `"text"`; a double keeps its spelling so that it can be held exactly (see `Double`)."""

    span: Span
    value: bool | int | str | Double | None


@frozen
class Double:
    """The spelling of a double literal."""

    text: str


@frozen
class Name:
    """An identifier that stands alone."""

    span: Span
    name: str


@frozen
class Select:
    """`operand.field`."""

    span: Span
    operand: Node
    field: str
    field_span: Span


@frozen
class Call:
    """`function(args)`, or with a target `target.function(args)`; `function_span` is the name's place."""

    span: Span
    target: Node | None
    function: str
    function_span: Span
    args: tuple[Node, ...]


@frozen
class Unary:
    """`!operand` or `-operand`."""

    span: Span
    operator: str
    operand: Node


@frozen
class Binary:
    """`left operator right` for `&& || == != < <= > >= in + - * / %`."""

    span: Span
    operator: str
    operator_span: Span
    left: Node
    right: Node


@frozen
class Conditional:
    """`test ? then : otherwise`."""

    span: Span
    test: Node
    then: Node
    otherwise: Node


@frozen
class ListLiteral:
    """`[items]`."""

    span: Span
    items: tuple[Node, ...]


Node = Literal | Name | Select | Call | Unary | Binary | Conditional | ListLiteral


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node, from left to right."""
    match node:
        case Select(operand=operand) | Unary(operand=operand):
            return (operand,)
        case Binary(left=left, right=right):
            return left, right
        case Call(target=target, args=args):
            return args if target is None else (target, *args)
        case Conditional(test=test, then=then, otherwise=otherwise):
            return test, then, otherwise
        case ListLiteral(items=items):
            return items
    return ()
