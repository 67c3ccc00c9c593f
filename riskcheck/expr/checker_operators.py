"""Typing of the binary operators, and when two types agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from riskcheck.expr.literaltexts import as_words
from riskcheck.expr.scope import Mistake
from riskcheck.expr.syntax import Binary, Node
from riskcheck.expr.typed import And, Arithmetic, Compare, Constant, Expression, In, Kind, Or, Type
from riskcheck.expr.wording import as_day, described

if TYPE_CHECKING:
    from riskcheck.expr.checker import Checker

_NUMBERS = (Kind.INT, Kind.DOUBLE)
_ORDERED = (*_NUMBERS, Kind.DATE, Kind.DATETIME)
_RELATIONS = ("==", "!=", "<", "<=", ">", ">=")


def check_binary(checker: Checker, node: Binary) -> Expression:
    """The typed tree of `left operator right`."""
    if node.operator in ("&&", "||"):
        return _logic(checker, node)
    left, right = checker.each((node.left, node.right), checker.expression)
    if node.operator in _RELATIONS:
        return _comparison(checker, node, left, right)
    if node.operator == "in":
        return _membership(checker, node, left, right)
    return _arithmetic(checker, node, left, right)


# ---------------------------------------------------------------- when types agree


def common_type(left: Type, right: Type) -> Type | None:
    """The type that both have, an empty list taking that of the other; None if they differ."""
    if left == right:
        return left
    if left.kind is Kind.ENUM and right.kind is Kind.ENUM and set(left.words) == set(right.words):
        return left
    if left.kind is Kind.LIST and right.kind is Kind.LIST:
        if left.item is None or right.item is None:
            return right if left.item is None else left
        item = common_type(left.item, right.item)
        return Type(Kind.LIST, item=item) if item is not None else None
    return None


def comparable(left: Type, right: Type) -> bool:
    """Whether values of the types may be compared for equality: of one type, or an int and a double."""
    return left == right or (left.kind in _NUMBERS and right.kind in _NUMBERS) or common_type(left, right) is not None


def mixing_hint(checker: Checker, sides: Sequence[Node], left: Expression, right: Expression) -> str:
    """How an int and a double come to one type; empty if the two are something else."""
    if {left.type.kind, right.type.kind} != {*_NUMBERS}:
        return ""
    node, whole = (sides[0], left) if left.type.kind is Kind.INT else (sides[1], right)
    cure = f"{whole.value}.0" if isinstance(whole, Constant) else f"double({checker.text(node)})"
    return f"int and double do not mix; write {cure}"


# ---------------------------------------------------------------- && ||


def _logic(checker: Checker, node: Binary) -> Expression:
    """A chain of `&&` or of `||`, flattened."""
    rule = f"{node.operator} joins conditions"
    parts = checker.each(_chain(node), lambda part: checker.expecting(part, (Kind.BOOL,), rule))
    return And(node.span, parts) if node.operator == "&&" else Or(node.span, parts)


def _chain(node: Binary) -> list[Node]:
    """The operands of a chain of one operator, from left to right, whatever its parentheses."""
    operands: list[Node] = []
    rest: list[Node] = [node]
    while rest:
        each = rest.pop()
        if isinstance(each, Binary) and each.operator == node.operator:
            rest += (each.right, each.left)
        else:
            operands.append(each)
    return operands


# ---------------------------------------------------------------- comparisons


def _comparison(checker: Checker, node: Binary, left: Expression, right: Expression) -> Expression:
    """`== != < <= > >=`"""
    operator: Any = node.operator
    if operator not in ("==", "!="):
        return _order(checker, node, left, right)
    left, right = as_words(checker, left, right)
    if not comparable(left.type, right.type):
        raise _unlike(checker, node, left, right)
    return Compare(node.span, operator, left, right)


def _order(checker: Checker, node: Binary, left: Expression, right: Expression) -> Expression:
    """`< <= > >=`"""
    operator: Any = node.operator
    for part, side in ((node.left, left), (node.right, right)):
        if side.type.kind not in _ORDERED:
            message = f"{operator} compares numbers or dates; {checker.shown(part)} is {described(side.type)}"
            raise checker.mistake("wrong-type", message, part.span, _order_hint(checker, node, left, right))
    if not comparable(left.type, right.type):
        raise _unlike(checker, node, left, right)
    return Compare(node.span, operator, left, right)


def _order_hint(checker: Checker, node: Binary, left: Expression, right: Expression) -> str:
    """What to write where something without an order is compared."""
    kinds = {left.type.kind, right.type.kind}
    if isinstance(node.left, Binary) and node.left.operator in _RELATIONS:
        middle, low, high = (checker.text(part) for part in (node.left.right, node.left.left, node.right))
        return f"write {low} {node.left.operator} {middle} && {middle} {node.operator} {high}"
    if Kind.STRING in kinds and kinds & {*_ORDERED}:
        return _literal_hint(checker, node, left, right)
    if Kind.ENUM in kinds:
        return 'words have no order; list those that are meant: x in ["a", "b"]'
    if Kind.STRING in kinds:
        return "text has no order; a number in a text field becomes one with int(x) or double(x)"
    if Kind.BOOL in kinds:
        return "true and false have no order; x is a condition by itself, !x its contrary"
    return "how long a list is: size(x)" if Kind.LIST in kinds else ""


def _literal_hint(checker: Checker, node: Binary, left: Expression, right: Expression) -> str:
    """What to write where a text meets a number or a date."""
    text, other = (left, right) if left.type.kind is Kind.STRING else (right, left)
    if isinstance(other, Constant) and not isinstance(text, Constant):
        return f'text stands in quotes: "{checker.text(node.right if other is right else node.left)}"'
    written = str(text.value) if isinstance(text, Constant) else ""
    if other.type.kind is Kind.DATE:
        return f'a date is written date("{as_day(written) or "2026-03-31"}")'
    if other.type.kind is Kind.DATETIME:
        return "dates with time compare with each other; calendar days between them: days(a, b)"
    if written.isascii() and written.replace(".", "", 1).isdigit():
        return f"a number stands without quotes: {written}"
    return "a number in a text field becomes one with int(x) or double(x)"


def _unlike(checker: Checker, node: Binary, left: Expression, right: Expression) -> Mistake:
    """Two sides that cannot be compared."""
    message = (
        f"{checker.shown(node.left)} is {described(left.type)}, {checker.shown(node.right)} is "
        f"{described(right.type)}; they cannot be compared"
    )
    return checker.mistake("wrong-type", message, node.span, _unlike_hint(checker, node, left, right))


def _unlike_hint(checker: Checker, node: Binary, left: Expression, right: Expression) -> str:
    """What to write where unlike types are compared."""
    kinds = {left.type.kind, right.type.kind}
    if Kind.BOOL in kinds:
        flag = checker.text(node.left if left.type.kind is Kind.BOOL else node.right)
        return f"write {flag} for yes, !{flag} for no"
    if Kind.LIST in kinds:
        return "whether a list holds a value: x in list"
    if kinds == {Kind.ENUM, Kind.STRING}:
        return 'words compare with words written out ("…"), and with fields that have the same words'
    if kinds == {Kind.ENUM}:
        return "two fields compare only if they have the same words"
    if kinds == {Kind.DATE, Kind.DATETIME}:
        return "calendar days between the two: days(a, b)"
    if kinds & {Kind.DATE, Kind.DATETIME} and kinds & {*_NUMBERS}:
        return "days since a date: age(d); between two: days(a, b)"
    return _literal_hint(checker, node, left, right) if Kind.STRING in kinds and kinds & {*_ORDERED} else ""


def _membership(checker: Checker, node: Binary, item: Expression, container: Expression) -> Expression:
    """`item in list`"""
    if container.type.kind is not Kind.LIST:
        hint = (
            "whether a text holds another: text.contains(part)"
            if container.type.kind is Kind.STRING
            else 'a list is written ["a", "b"]; equality with one value is =='
        )
        message = f"in looks into a list; {checker.shown(node.right)} is {described(container.type)}"
        raise checker.mistake("wrong-type", message, node.right.span, hint)
    item, container = as_words(checker, item, container)
    element = container.type.item
    if element is not None and not comparable(item.type, element):
        message = (
            f"{checker.shown(node.left)} is {described(item.type)}, the elements of {checker.shown(node.right)} "
            f"are {described(element)}; they cannot be equal"
        )
        hint = "whether two lists share an element: a.exists(x, x in b)" if item.type.kind is Kind.LIST else ""
        raise checker.mistake("wrong-type", message, node.span, hint)
    return In(node.span, item, container)


# ---------------------------------------------------------------- + - * / %


def _arithmetic(checker: Checker, node: Binary, left: Expression, right: Expression) -> Expression:
    """`+ - * / %`"""
    operator: Any = node.operator
    kinds = left.type.kind, right.type.kind
    if operator == "+" and kinds in ((Kind.STRING, Kind.STRING), (Kind.LIST, Kind.LIST)):
        agreed = common_type(left.type, right.type)
        if agreed is not None:
            return Arithmetic(node.span, agreed, operator, left, right)
    if operator == "/" and kinds == (Kind.INT, Kind.INT):
        hint = f"write ratio({checker.text(node.left, 'a')}, {checker.text(node.right, 'b')}), which is a double"
        raise checker.mistake("wrong-type", "a division of two ints would drop the fraction", node.span, hint)
    if operator == "%" and Kind.DOUBLE in kinds:
        hint = "a share is ratio(a, b); a percent field holds percent, so write 85"
        raise checker.mistake("wrong-type", "% is the remainder of two ints", node.span, hint)
    if kinds in ((Kind.INT, Kind.INT), (Kind.DOUBLE, Kind.DOUBLE)):
        return Arithmetic(node.span, left.type, operator, left, right)
    message = (
        f"{operator} does not go with {checker.shown(node.left)}, {described(left.type)}, and "
        f"{checker.shown(node.right)}, {described(right.type)}"
    )
    raise checker.mistake("wrong-type", message, node.span, _arithmetic_hint(checker, node, left, right))


def _arithmetic_hint(checker: Checker, node: Binary, left: Expression, right: Expression) -> str:
    """What to write where an operator does not fit its operands."""
    kinds = {left.type.kind, right.type.kind}
    if kinds & {Kind.DATE, Kind.DATETIME}:
        return "calendar days between two dates: days(a, b); since one: age(d)"
    if node.operator == "+" and Kind.STRING in kinds:
        return "text joins text; string(x) makes text of a number"
    return mixing_hint(checker, (node.left, node.right), left, right)
