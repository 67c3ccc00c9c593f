"""A parse tree as CEL text, with no more parentheses than it needs."""

from __future__ import annotations

from typing import Final

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
    Unary,
)

_CHOICE: Final = 0
_UNARY: Final = 6
_MEMBER: Final = 7
_ESCAPES = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


def to_text(node: Node) -> str:
    """The text that parses to `node`, on one line."""
    return _text(node, _CHOICE)


def _text(node: Node, least: int) -> str:
    """The text of a part, in parentheses if it binds less tightly than `least` asks for."""
    match node:
        case Literal(value=value):
            return _literal(value)
        case Name(name=name):
            return name
        case Select(operand=operand, field=field):
            return f"{_text(operand, _MEMBER)}.{field}"
        case Call(target=target, function=function, args=args):
            called = function if target is None else f"{_text(target, _MEMBER)}.{function}"
            return f"{called}({_joined(args)})"
        case ListLiteral(items=items):
            return f"[{_joined(items)}]"
        case Unary():
            return _in_parentheses(_unary(node), least > _UNARY)
        case Binary(operator=operator):
            return _in_parentheses(_binary(node), PRECEDENCE[operator] < least)
        case Conditional(test=test, then=then, otherwise=otherwise):
            choice = f"{_text(test, 1)} ? {_text(then, 1)} : {_text(otherwise, _CHOICE)}"
            return _in_parentheses(choice, least > _CHOICE)


def _in_parentheses(text: str, needed: bool) -> str:
    return f"({text})" if needed else text


def _joined(nodes: tuple[Node, ...]) -> str:
    return ", ".join(_text(node, _CHOICE) for node in nodes)


def _unary(node: Unary) -> str:
    """`!x`, `-x`. CEL has no `!-x`, and a minus before a number would become part of it: there are parentheses."""
    operand = _text(node.operand, _UNARY)
    mixed = isinstance(node.operand, Unary) and node.operand.operator != node.operator
    number = node.operator == "-" and operand.lstrip("-")[0] in ".0123456789"
    return node.operator + _in_parentheses(operand, mixed or number)


def _binary(node: Binary) -> str:
    """A chain of operators of one precedence, which group from the left."""
    level = PRECEDENCE[node.operator]
    behind: list[str] = []
    left: Node = node
    while isinstance(left, Binary) and PRECEDENCE[left.operator] == level:
        behind.append(f" {left.operator} {_text(left.right, level + 1)}")
        left = left.left
    return _text(left, level) + "".join(reversed(behind))


def _literal(value: bool | int | str | Double | None) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Double(text=text):
            return text
        case int():
            return str(value)
        case str():
            return '"' + "".join(_character(each) for each in value) + '"'


def _character(character: str) -> str:
    """A character of a text literal; what cannot be seen is written as its number."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
