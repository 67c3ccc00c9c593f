"""Values in words: fields by their titles, words of enums by theirs, limits by what they are set to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from riskcheck.expr import typed
from riskcheck.expr.typed import AggregateName, Expression, Kind
from riskcheck.expr.walk import Part
from riskcheck.model.number import SCALE, grid_text
from riskcheck.model.schema import Field, FieldType, Schema
from riskcheck.model.text import Language, Text
from riskcheck.sentences.claims import Claim, is_single
from riskcheck.sentences.grammar import RowsText, grammar_of
from riskcheck.sentences.phrases import VALUES
from riskcheck.sentences.scope import Names
from riskcheck.sentences.sentence import inline

Limits = Mapping[str, bool | int | str | date]
"""The values of limits by name, held as their types say."""
Subject = tuple[str, str]
"""Something that is spoken of: its owner, as the grammar says it, and its name."""

_COMPOSED: Final = (typed.Arithmetic, typed.Negate, typed.Ratio, typed.Days, typed.Age)
"""Values that stand in brackets within others."""
_SYMBOLS: Final = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_METHODS: Final = ("contains", "startsWith", "endsWith", "matches")


class ValueWriter(ABC):
    """Says values. `known` are parts, by their `id`, that are called by a text of their own."""

    def __init__(self, schema: Schema, limits: Limits, language: Language, known: Mapping[int, str]) -> None:
        self.schema, self.limits, self.language, self.known = schema, limits, language, known
        self.grammar = grammar_of(language)
        self.records, self.elements, self.groups = Names("record"), Names("value"), Names("group")
        self.element_fields: dict[str, Field] = {}

    @abstractmethod
    def claim(self, node: Expression, positive: bool = True) -> Claim:
        """What a condition claims, or its contrary."""

    @abstractmethod
    def rows(self, source: typed.Source, variable: str = "", bodies: tuple[Part, ...] = ()) -> RowsText:
        """Rows in words; `variable` is what the macro around them calls a row in its `bodies`."""

    def say(self, phrase: Text, **slots: str) -> str:
        """A phrase in the writer's language."""
        return phrase.of(self.language).format(**slots)

    def claim_inline(self, node: Expression) -> str:
        """A condition on one line."""
        return inline(self.claim(node), self.grammar)

    # ------------------------------------------------------------ subjects

    def subject(self, node: Expression) -> Subject:
        """What is spoken of: a field with its owner, or a value."""
        match node:
            case typed.RowCell(variable=variable, field=field):
                number = None if self.records.is_innermost(variable) else self.records.numbers.get(variable)
                return "" if number is None else self.grammar.record(number), self.title(field)
            case typed.SingleCell(table=table, field=field):
                return self.grammar.single(self.schema.by_name[table].title), self.title(field)
        return "", self.value(node)

    def title(self, field: Field) -> str:
        """The title of a field in quotes."""
        return f"“{field.title.of(self.language)}”"

    # ------------------------------------------------------------ values

    def value(self, node: Expression, like: Field | None = None) -> str:
        """A value in words; a literal is written as the field `like` has it, with unit, percent sign or word."""
        if id(node) in self.known:
            return self.known[id(node)]
        match node:
            case typed.RowCell() | typed.SingleCell():
                return self.grammar.of(*self.subject(node))
            case typed.Constant(value=value, type=type_):
                return self.constant(value, type_, like)
            case typed.LimitRef(name=name, type=type_):
                return self.constant(self.limits[name], type_, like)
            case typed.AsOf():
                return self.say(VALUES["as_of"])
            case typed.Variable(name=name):
                return self.element(name)
            case typed.ListOf(items=items):
                return self.listed(items, like)
            case typed.Aggregate():
                return self.aggregate(node)
            case typed.Function():
                return self.function(node)
            case typed.If(test=test, then=then, otherwise=otherwise) if node.type.kind is not Kind.BOOL:
                x, y = self.value(then, like), self.value(otherwise, like)
                return self.say(VALUES["choice"], x=x, y=y, claim=self.claim_inline(test))
        return self.computed(node)

    def operand(self, node: Expression, like: Field | None = None) -> str:
        """A value within another: in brackets if it is put together of several."""
        text = self.value(node, like)
        if not isinstance(node, _COMPOSED) or id(node) in self.known:
            return text
        return self.grammar.bracketed(text)

    def computed(self, node: Expression) -> str:
        """What is computed of other values."""
        match node:
            case typed.Age(moment=moment):
                return self.say(VALUES["age"], x=self.operand(moment))
            case typed.Days(start=start, end=end):
                return self.say(VALUES["days"], x=self.operand(start), y=self.operand(end))
            case typed.Ratio(numerator=above, denominator=below):
                return self.say(VALUES["ratio"], x=self.operand(above), y=self.operand(below))
            case typed.Negate(operand=operand):
                return f"−{self.operand(operand)}"
            case typed.Arithmetic(operator=operator, left=left, right=right):
                x, y = self.operand(left), self.operand(right)
                if operator == "%":
                    return self.say(VALUES["%"], x=x, y=y)
                if node.type.kind in (Kind.STRING, Kind.LIST):
                    return self.say(VALUES["followed"], x=x, y=y)
                return f"{x} {_SYMBOLS[operator]} {y}"
        return self.say(VALUES["truth"], claim=self.claim_inline(node))

    def function(self, node: typed.Function) -> str:
        """`size(x)` and conversions; texts that are asked about are conditions."""
        if node.name in _METHODS:
            return self.say(VALUES["truth"], claim=self.claim_inline(node))
        (argument,) = node.args
        if node.name == "size":
            name = "entries" if argument.type.kind is Kind.LIST else "length"
            return self.say(VALUES[name], x=self.operand(argument))
        return self.say(VALUES[node.name], x=self.operand(argument))

    def element(self, name: str) -> str:
        """A list's value that a quantifier is at, or a name given from outside."""
        if name not in self.elements.names:
            return f"“{name}”"
        number = None if self.elements.is_innermost(name) else self.elements.numbers.get(name)
        return self.say(VALUES["element"]) if number is None else self.say(VALUES["element n"], n=str(number))

    # ------------------------------------------------------------ values of rows

    def aggregate(self, node: typed.Aggregate) -> str:
        """A value made of rows."""
        name, source, args = node.name, node.source, node.args
        if node.type.kind is Kind.BOOL:
            return self.say(VALUES["truth"], claim=self.claim_inline(node))
        if name is AggregateName.SIZE:
            return self.say(VALUES["count"], rows=self.rows(source).inline)
        if name is AggregateName.COUNT:
            counted = typed.FilterRows(node.span, source, node.variable, args[0])
            return self.say(VALUES["count"], rows=self.rows(counted).inline)
        rows = self.rows(source, node.variable, args).inline
        with self.records.bound(node.variable, self.records.numbers.get(node.variable)):
            if name is AggregateName.SHARE:
                return self.share(rows, args)
            values = [self.value(arg) if isinstance(arg, typed.Ratio) else self.operand(arg) for arg in args]
        slots = dict(zip(_SLOTS.get(name.value, ("x",)), values, strict=True))
        dated = name in _EXTREMES and node.type.kind in (Kind.DATE, Kind.DATETIME)
        return self.say(VALUES[f"{name.value} date" if dated else name.value], rows=rows, **slots)

    def share(self, rows: str, args: tuple[Expression, ...]) -> str:
        """A share that is not simply compared with a number."""
        claim = self.claim(args[0])
        text = inline(claim, self.grammar)
        slots = {"rows": rows, "claim": text, "such": self.grammar.such(text, is_single(claim))}
        if len(args) == 1:
            return self.say(VALUES["share"], **slots)
        return self.say(VALUES["share n"], n=self.value(args[1]), **slots)

    # ------------------------------------------------------------ literals

    def constant(self, value: bool | int | str | date, type_: typed.Type, like: Field | None = None) -> str:
        """A literal or limit: `0.05`, `44 working days`, `2026-03-31`, `“Done”`."""
        if isinstance(value, bool):
            return self.say(VALUES["true" if value else "false"])
        if isinstance(value, datetime | date):
            return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
        if isinstance(value, str):
            words = {word.name: word.title.of(self.language) for word in like.allowed} if like else {}
            return f"“{words.get(value, value)}”"
        number = grid_text(value) if type_.kind is Kind.DOUBLE else str(value)
        return self.with_unit(number, like).replace("-", "−")

    def with_unit(self, number: str, like: Field | None) -> str:
        """A number as a field has it; a unit that is a scale (`level 1-5`) says nothing beside a number."""
        if like is not None and like.type is FieldType.PERCENT:
            return self.say(VALUES["percent"], n=number)
        unit = like.unit if like is not None else None
        if unit is None or any(each.isdigit() for each in unit.en + unit.zh) or "制" in unit.zh:
            return number
        return self.grammar.unit(number, unit.of(self.language))

    def percent(self, grid: int) -> str:
        """A share, held on the grid, in percent: `5 %`."""
        return self.say(VALUES["percent"], n=grid_text(grid * 100)).replace("-", "−")

    def listed(self, items: tuple[Expression, ...], like: Field | None = None) -> str:
        """The values of a list literal, all of them."""
        if not items:
            return self.say(VALUES["no entries"])
        return self.grammar.listing(self.values(items, like), "and")

    def values(self, items: Iterable[Expression], like: Field | None) -> list[str]:
        """Each value in words."""
        return [self.operand(item, like) for item in items]


_SLOTS: Final = MappingProxyType({"latest": ("date", "x"), "peak": ("start", "finish", "x")})
"""What the arguments of aggregates are called in their phrases, where it is not simply `x`."""
_EXTREMES: Final = (AggregateName.MIN, AggregateName.MAX)


def measured_by(node: Expression) -> Field | None:
    """The field in whose unit (or words) a value is given, if it is that of one field."""
    match node:
        case typed.RowCell(field=field) | typed.SingleCell(field=field):
            return field
        case typed.Aggregate(name=AggregateName.SUM | AggregateName.MIN | AggregateName.MAX | AggregateName.AVG):
            return measured_by(node.args[0])
        case typed.Aggregate(name=name) if name.value in _SLOTS:
            return measured_by(node.args[-1])
    return None


def whole_number(node: Expression, limits: Limits) -> int | None:
    """The value of an int that is a literal or a limit."""
    number = _number(node, limits)
    return number if number is not None and node.type.kind is Kind.INT else None


def on_grid(node: Expression, limits: Limits) -> int | None:
    """The value of a number that is a literal or a limit, as a grid integer."""
    number = _number(node, limits)
    return number * SCALE if number is not None and node.type.kind is Kind.INT else number


def _number(node: Expression, limits: Limits) -> int | None:
    match node:
        case typed.Constant(value=value):
            found: bool | int | str | date = value
        case typed.LimitRef(name=name):
            found = limits[name]
        case _:
            return None
    return found if isinstance(found, int) and not isinstance(found, bool) else None
