"""Typed conditions in words: what each claims, with negation carried inwards to where it is said of something.

`!(a && b)` is said as not a or not b, `!has(x)` as x is empty: three-valued logic keeps these laws.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from riskcheck.expr import typed
from riskcheck.expr.typed import AggregateName, Expression
from riskcheck.expr.walk import Part
from riskcheck.model.schema import Schema
from riskcheck.model.text import Language
from riskcheck.sentences.claims import Claim, Complement, Joint, Said, Scoped, about, is_single, joined
from riskcheck.sentences.comparisons import ComparisonWriter
from riskcheck.sentences.grammar import RowsText
from riskcheck.sentences.phrases import CLAIMS, COMPLEMENTS, QUANTIFIED, ROWS
from riskcheck.sentences.scope import enum_compared_with
from riskcheck.sentences.sentence import inline
from riskcheck.sentences.values import Limits, measured_by

_HOW_MANY: Final = MappingProxyType(
    {
        ("all", True): "each",
        ("all", False): "some",
        ("exists", True): "some",
        ("exists", False): "none",
        ("exists_one", True): "one",
        ("exists_one", False): "not one",
    }
)
"""How many are meant, by macro and whether the claim is positive; of "all" the contrary is some with the contrary."""
_NO_ROWS: Final = RowsText("", "", False)


class Writer(ComparisonWriter):
    """Says conditions of a pack in one language."""

    def __init__(
        self, schema: Schema, limits: Limits, language: Language, known: Mapping[int, str] = MappingProxyType({})
    ) -> None:
        super().__init__(schema, limits, language, known)

    # ------------------------------------------------------------ conditions

    def claim(self, node: Expression, positive: bool = True) -> Claim:
        match node:
            case typed.Not(operand=operand):
                return self.claim(operand, not positive)
            case typed.And(parts=parts) | typed.Or(parts=parts):
                joint: Joint = "and" if isinstance(node, typed.And) == positive else "or"
                return joined(joint, [self.claim(part, positive) for part in parts])
            case typed.Constant(value=value):
                return Said(self.say(CLAIMS["always" if bool(value) == positive else "never"]))
            case typed.LimitRef(name=name):
                return Said(self.say(CLAIMS["always" if bool(self.limits[name]) == positive else "never"]))
            case typed.RowCell() | typed.SingleCell() | typed.Variable():
                return about(self.subject(node), Complement(self.say(COMPLEMENTS["yes" if positive else "no"])))
            case typed.CellTest(cell=cell, present=present):
                said = "filled" if present == positive else "empty"
                return about(self.subject(cell), Complement(self.say(COMPLEMENTS[said])))
            case typed.If(test=test, then=then, otherwise=otherwise):
                claims = (self.claim(test), self.claim(then, positive), self.claim(otherwise, positive))
                slots = dict(zip(("test", "then", "otherwise"), map(self.closed, claims), strict=True))
                return Said(self.say(CLAIMS["if"], **slots), open=True)
            case typed.Compare():
                return self.comparison(node, positive)
            case typed.In(item=item, container=container):
                return self.membership(item, container, positive)
        return self.called(node, positive)

    def called(self, node: Expression, positive: bool) -> Claim:
        """Macros and functions that are true or false."""
        match node:
            case typed.Function(name=name, args=args):
                said = COMPLEMENTS[name if positive else f"not {name}"]
                return about(self.subject(args[0]), Complement(self.say(said, x=self.operand(args[1]))))
            case typed.ListQuantifier():
                return self.of_values(node, positive)
            case typed.GroupQuantifier():
                return self.of_groups(node, positive)
            case typed.Aggregate(name=AggregateName.LINKED):
                return self.linked(node, positive)
            case typed.Aggregate(name=AggregateName.UNIQUE | AggregateName.ACYCLIC):
                return self.related(node, positive)
            case typed.Aggregate(name=name, args=args):
                return self.quantified(node, _HOW_MANY[name.value, positive], args[0], positive or name.value != "all")
        raise AssertionError(node)

    # ------------------------------------------------------------ rows

    def rows(self, source: typed.Source, variable: str = "", bodies: tuple[Part, ...] = ()) -> RowsText:
        conditions, base = _filters(source)
        if id(source) in self.known:
            conditions, base = [], source
        names = [each.variable for each in conditions]
        spoken_of = [(each.variable, (each.condition,)) for each in conditions] + [(variable, bodies)]
        number = next(filter(None, (self.records.number_for(name, *parts) for name, parts in spoken_of)), None)
        noun = self.noun(base)
        if number is not None:
            noun = self.say(ROWS["called"], rows=noun, n=str(number))
        claims = []
        for name, each in zip(names, conditions, strict=True):
            with self.records.bound(name, number):
                claims.append(self.claim(each.condition))
        if number is not None:
            self.records.numbers[variable] = number  # last, as the filters may call their rows alike
        return self.filtered(noun, joined("and", claims)) if claims else RowsText(noun, noun, False)

    def filtered(self, noun: str, condition: Claim) -> RowsText:
        """Rows told by a condition."""
        text = inline(condition, self.grammar)
        such = self.grammar.such(text, is_single(condition))
        closed = self.say(ROWS["inline"], rows=noun, claim=text, such=such)
        return RowsText(closed, self.say(ROWS["last"], rows=noun, claim=text, such=text), True)

    def noun(self, source: typed.Source) -> str:
        """What rows are called: by the title of their table, or as those of a group."""
        if id(source) in self.known:
            return self.known[id(source)]
        if isinstance(source, typed.GroupRows):
            number = None if self.groups.is_innermost(source.variable) else self.groups.numbers.get(source.variable)
            return self.say(ROWS["group"]) if number is None else self.say(ROWS["group n"], n=str(number))
        return self.grammar.rows(self.schema.by_name[source.table].title)

    def quantified(self, node: typed.Aggregate, how_many: str, condition: Expression, positive: bool) -> Claim:
        """A claim about each of the rows, some of them, or none."""
        lead = self.grammar.quantified(QUANTIFIED[how_many], self.rows(node.source, node.variable, node.args))
        return self.scoped(node, lead, condition, positive)

    def linked(self, node: typed.Aggregate, positive: bool) -> Claim:
        reference, key = node.args
        subject = self.subject(key)
        rows = self.rows(node.source, node.variable, (reference,))
        with self.records.bound(node.variable, self.records.numbers.get(node.variable)):
            named = self.operand(reference)
        said = COMPLEMENTS["found" if positive else "not found"]
        return about(subject, Complement(self.say(said, ref=named, rows=rows.inline)))

    def related(self, node: typed.Aggregate, positive: bool) -> Claim:
        """`unique` and `acyclic`."""
        rows = self.rows(node.source, node.variable, node.args).inline
        with self.records.bound(node.variable, self.records.numbers.get(node.variable)):
            values = [self.operand(arg) for arg in node.args]
        slots = dict(zip(("key", "refs"), values, strict=False))
        return Said(self.say(CLAIMS[node.name.value if positive else f"not {node.name.value}"], rows=rows, **slots))

    # ------------------------------------------------------------ groups and lists

    def of_groups(self, node: typed.GroupQuantifier, positive: bool) -> Claim:
        how_many = _HOW_MANY[node.name, positive]
        rows = self.rows(node.source, node.variable, (node.key,))
        with self.records.bound(node.variable, self.records.numbers.get(node.variable)):
            key = self.operand(node.key)
        number = self.groups.number_for(node.group, node.condition)
        key += "" if number is None else self.say(ROWS["called group"], n=str(number))
        lead = self.grammar.quantified(QUANTIFIED[f"{how_many} group"], rows, key=key)
        with self.groups.bound(node.group, number), self.records.bound("", None):
            return Scoped(lead, self.claim(node.condition, positive or node.name != "all"), id(node.source))

    def of_values(self, node: typed.ListQuantifier, positive: bool) -> Claim:
        field = enum_compared_with(node.variable, node.condition)
        container = node.container
        if isinstance(container, typed.ListOf):
            kind, text = "listed", self.listed(container.items, field)
        else:
            kind, text = "value", self.operand(container)
        number = self.elements.number_for(node.variable, node.condition)
        text += "" if number is None else self.say(ROWS["called element"], n=str(number))
        lead = self.grammar.quantified(QUANTIFIED[f"{_HOW_MANY[node.name, positive]} {kind}"], _NO_ROWS, list=text)
        with self.elements.bound(node.variable, number):
            return Scoped(lead, self.claim(node.condition, positive or node.name != "all"), 0)

    # ------------------------------------------------------------ lists of values

    def membership(self, item: Expression, container: Expression, positive: bool) -> Claim:
        """`x in list`"""
        subject, field = self.subject(item), measured_by(item)
        if not isinstance(container, typed.ListOf):
            said = COMPLEMENTS["among" if positive else "not among"]
            return about(subject, Complement(self.say(said, x=self.operand(container))))
        if not container.items:
            return Said(self.say(CLAIMS["never" if positive else "always"]))
        texts = self.values(container.items, field)
        if len(texts) == 1:
            text = self.say(COMPLEMENTS["is" if positive else "is not"], x=texts[0])
            return about(subject, Complement(text))
        if positive:
            text = self.say(COMPLEMENTS["is"], x=self.grammar.listing(texts, "or"))
            return about(subject, Complement(text, compound=True))
        return about(subject, Complement(self.grammar.neither(texts)))


def _filters(source: typed.Source) -> tuple[list[typed.FilterRows], typed.Source]:
    """The filters around rows, the innermost first, and what they are filters of."""
    filters: list[typed.FilterRows] = []
    while isinstance(source, typed.FilterRows):
        filters.append(source)
        source = source.source
    return filters[::-1], source
