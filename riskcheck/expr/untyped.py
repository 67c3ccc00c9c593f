"""From a typed tree back to text: what somebody would have to write to get it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from riskcheck.expr import printer, syntax, typed
from riskcheck.expr.syntax import Call, Double, Name, Node, Span
from riskcheck.expr.walk import Part
from riskcheck.model.number import grid_text

_NOWHERE = Span(0, 0)
_METHODS = ("contains", "startsWith", "endsWith", "matches")


def to_text(part: Part, names: Mapping[int, str] = MappingProxyType({})) -> str:
    """The text of a typed tree, on one line. `names` give parts (by their `id`) a name to be written instead."""
    return printer.to_text(to_syntax(part, names))


def to_syntax(part: Part, names: Mapping[int, str] = MappingProxyType({})) -> Node:
    """The parse tree of a typed tree, without places. `names` as for `to_text`."""
    return _Writer(names).node(part)


class _Writer:
    def __init__(self, names: Mapping[int, str]) -> None:
        self.names = names

    def node(self, part: Part) -> Node:
        if id(part) in self.names:
            return Name(_NOWHERE, self.names[id(part)])
        match part:
            case typed.TableRows() | typed.GroupRows() | typed.FilterRows():
                return self.rows(part)
            case typed.Not() | typed.And() | typed.Or() | typed.If() | typed.Compare() | typed.In():
                return self.logic(part)
            case typed.ListQuantifier() | typed.Aggregate() | typed.GroupQuantifier():
                return self.macro(part)
            case typed.CellTest() | typed.Days() | typed.Age() | typed.Ratio() | typed.Function():
                return self.call(part)
            case typed.Arithmetic(operator=operator, left=left, right=right):
                return _binary(operator, self.node(left), self.node(right))
            case typed.Negate(operand=operand):
                return syntax.Unary(_NOWHERE, "-", self.node(operand))
        return self.leaf(part)

    def leaf(self, part: typed.Expression) -> Node:
        match part:
            case typed.Constant(value=value, type=type_):
                return constant(value, type_)
            case typed.RowCell(variable=owner, field=field) | typed.SingleCell(table=owner, field=field):
                return _select(owner, field.name)
            case typed.LimitRef(name=name):
                return _select("limit", name)
            case typed.Variable(name=name):
                return Name(_NOWHERE, name)
            case typed.ListOf(items=items):
                return syntax.ListLiteral(_NOWHERE, self.nodes(items))
        assert isinstance(part, typed.AsOf), part
        return Name(_NOWHERE, "as_of")

    def nodes(self, parts: tuple[typed.Expression, ...]) -> tuple[Node, ...]:
        return tuple(self.node(part) for part in parts)

    def rows(self, part: typed.Source) -> Node:
        match part:
            case typed.TableRows(table=table):
                return Name(_NOWHERE, table)
            case typed.GroupRows(variable=variable):
                return Name(_NOWHERE, variable)
            case typed.FilterRows(source=source, variable=variable, condition=condition):
                return _call("filter", (Name(_NOWHERE, variable), self.node(condition)), self.node(source))

    def logic(self, part: typed.Not | typed.And | typed.Or | typed.If | typed.Compare | typed.In) -> Node:
        match part:
            case typed.Not(operand=operand):
                return syntax.Unary(_NOWHERE, "!", self.node(operand))
            case typed.And(parts=parts) | typed.Or(parts=parts):
                operator = "&&" if isinstance(part, typed.And) else "||"
                first, *others = self.nodes(parts)
                for other in others:
                    first = _binary(operator, first, other)
                return first
            case typed.If(test=test, then=then, otherwise=otherwise):
                return syntax.Conditional(_NOWHERE, self.node(test), self.node(then), self.node(otherwise))
            case typed.Compare(operator=operator, left=left, right=right):
                return _binary(operator, self.node(left), self.node(right))
            case typed.In(item=item, container=container):
                return _binary("in", self.node(item), self.node(container))

    def macro(self, part: typed.ListQuantifier | typed.Aggregate | typed.GroupQuantifier) -> Node:
        match part:
            case typed.ListQuantifier(name=name, container=container, variable=variable, condition=condition):
                return _call(name, (Name(_NOWHERE, variable), self.node(condition)), self.node(container))
            case typed.GroupQuantifier(name=name, source=source, variable=variable, key=key):
                groups = _call("groups", (Name(_NOWHERE, variable), self.node(key)), self.node(source))
                return _call(name, (Name(_NOWHERE, part.group), self.node(part.condition)), groups)
            case typed.Aggregate(name=aggregate, source=source, variable=variable, args=args):
                bound = (Name(_NOWHERE, variable),) if variable else ()
                return _call(aggregate.value, (*bound, *self.nodes(args)), self.node(source))

    def call(self, part: typed.CellTest | typed.Days | typed.Age | typed.Ratio | typed.Function) -> Node:
        match part:
            case typed.CellTest(cell=cell, present=present):
                return _call("has" if present else "blank", (self.node(cell),))
            case typed.Days(start=start, end=end):
                return _call("days", self.nodes((start, end)))
            case typed.Age(moment=moment):
                return _call("age", (self.node(moment),))
            case typed.Ratio(numerator=numerator, denominator=denominator):
                return _call("ratio", self.nodes((numerator, denominator)))
            case typed.Function(name=name, args=args):
                target, *others = self.nodes(args)
                return _call(name, tuple(others), target) if name in _METHODS else _call(name, self.nodes(args))


def constant(value: bool | int | str | date, type_: typed.Type) -> Node:
    """The literal of a value as typed trees and limits hold it."""
    if isinstance(value, date):
        return _call("date", (syntax.Literal(_NOWHERE, value.isoformat()),))
    if type_.kind is typed.Kind.DOUBLE and isinstance(value, int):
        text = grid_text(value)
        return syntax.Literal(_NOWHERE, Double(text if "." in text else f"{text}.0"))
    return syntax.Literal(_NOWHERE, value)


def _select(owner: str, field: str) -> Node:
    return syntax.Select(_NOWHERE, Name(_NOWHERE, owner), field, _NOWHERE)


def _call(function: str, args: tuple[Node, ...], target: Node | None = None) -> Node:
    return Call(_NOWHERE, target, function, _NOWHERE, args)


def _binary(operator: str, left: Node, right: Node) -> Node:
    return syntax.Binary(_NOWHERE, operator, _NOWHERE, left, right)
