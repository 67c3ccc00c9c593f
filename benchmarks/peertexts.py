"""The forty rules of the benchmark in the words of other rule engines: true where the rule surely fails.

Other engines have no third value and no tables of rows. So each comparison is guarded by the presence of what it reads,
and whatever is counted in rows comes to them as a number that is known already, by its low and its high end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from riskcheck.expr import evaluate, typed
from riskcheck.expr.evaluate import Environment
from riskcheck.expr.intervals import UNSETTLED, ends
from riskcheck.expr.typed import Expression, Kind
from riskcheck.expr.why import settled
from riskcheck.model.number import SCALE
from riskcheck.model.truth import Truth

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_ABOVE, _BELOW = (">", ">="), ("<", "<=")
_LARGEST = 10**18
"""An end beyond this says nothing, and zen-engine takes no such number."""


@dataclass
class Fields:
    """What the rules read, each as a plain field: cells by name, the rest as `f0`, `f1` … with what it is made of."""

    cells: dict[str, Expression] = field(default_factory=dict)
    made: list[Expression] = field(default_factory=list)

    def name(self, node: Expression) -> str:
        """The field of a node."""
        if isinstance(node, typed.SingleCell):
            self.cells[node.field.name] = node
            return node.field.name
        if not any(node is each for each in self.made):
            self.made.append(node)
        return f"f{next(number for number, each in enumerate(self.made) if each is node)}"

    @property
    def names(self) -> list[str]:
        """What the fields are called: of a number that is counted in rows there are two, its ends."""
        found = list(self.cells)
        for number, node in enumerate(self.made):
            found += [f"f{number}"] if node.type.kind is Kind.BOOL else [f"f{number}_low", f"f{number}_high"]
        return found

    def values(self, environment: Environment) -> dict[str, Any]:
        """The fields of one project: None for what is not known."""
        found = {name: _plain(node, environment) for name, node in self.cells.items()}
        for number, node in enumerate(self.made):
            if node.type.kind is Kind.BOOL:
                found[f"f{number}"] = _plain(node, environment)
            else:
                found[f"f{number}_low"], found[f"f{number}_high"] = _both_ends(node, environment)
        return found


def _plain(node: Expression, environment: Environment) -> Any:
    value = evaluate.result(node, environment)
    if isinstance(value, Truth):
        return None if value is Truth.UNKNOWN else value is Truth.TRUE
    if not settled(value):
        return None
    return value / SCALE if node.type.kind is Kind.DOUBLE and isinstance(value, int) else value


def _both_ends(node: Expression, environment: Environment) -> tuple[float | None, float | None]:
    value = evaluate.result(node, environment)
    if value is UNSETTLED or isinstance(value, (str, tuple, Truth)):
        return None, None
    low, high = (None if abs(each) > _LARGEST else each for each in ends(value))
    if node.type.kind is not Kind.DOUBLE:
        return low, high
    return (None if low is None else low / SCALE), (None if high is None else high / SCALE)


@dataclass(frozen=True)
class Words:
    """How an engine writes things. `name` is a field, `known` its guard; functions take texts and give one."""

    name: Callable[[str], str]
    known: Callable[[str], str]
    both: str = " && "
    either: str = " || "
    true: str = "true"
    false: str = "false"
    contains: Callable[[str, str], str] = lambda text, part: f"{text}.contains({part})"
    starts: Callable[[str, str], str] = lambda text, part: f"{text}.startsWith({part})"
    among: Callable[[str, list[str]], str] = lambda item, items: f"{item} in [{', '.join(items)}]"
    double: Callable[[str], str] = lambda number: f"double({number})"
    compare: Callable[[str, str, str], str] = lambda left, operator, right: f"{left} {operator} {right}"
    arithmetic: Callable[[str, str, str], str] = lambda left, operator, right: f"({left} {operator} {right})"


Atom = tuple[str, ...]
"""Texts that must all hold: guards, and the comparison itself."""


@dataclass
class Writer:
    """Writes rules in an engine's words."""

    words: Words
    fields: Fields
    as_of: int

    def alternatives(self, node: Expression, holds: bool = True) -> list[list[Atom]]:
        """The ways in which a condition surely holds (or surely does not), each as atoms that all hold."""
        if isinstance(node, typed.Not):
            return self.alternatives(node.operand, not holds)
        if isinstance(node, typed.And | typed.Or):
            parts = [self.alternatives(each, holds) for each in node.parts]
            if isinstance(node, typed.Or) is holds:
                return [way for part in parts for way in part]
            ways: list[list[Atom]] = [[]]
            for part in parts:
                ways = [[*way, *more] for way in ways for more in part]
            return ways
        return [[self.atom(node, holds)]]

    def text(self, node: Expression) -> str:
        """The condition as one text."""
        ways = [self.words.both.join(text for atom in way for text in atom) for way in self.alternatives(node)]
        return self.words.either.join(f"({way})" for way in ways)

    def atom(self, node: Expression, holds: bool) -> Atom:
        """A comparison with its guards."""
        guards: dict[str, None] = {}
        test = self.test(node, holds, guards)
        return (*(self.words.known(name) for name in guards), test)

    def test(self, node: Expression, holds: bool, guards: dict[str, None]) -> str:
        """A comparison; the fields that it reads are added to `guards`."""
        words = self.words
        if isinstance(node, typed.Compare):
            operator = node.operator if holds else OPPOSITE[node.operator]
            if isinstance(node.left, typed.Aggregate):
                return self.counted(node.left, operator, node.right, guards)
            return words.compare(self.value(node.left, guards), operator, self.value(node.right, guards))
        if isinstance(node, typed.In) and isinstance(node.container, typed.ListOf) and holds:
            items = [self.value(each, guards) for each in node.container.items]
            return words.among(self.value(node.item, guards), items)
        if isinstance(node, typed.Function) and holds:
            text, part = (self.value(each, guards) for each in node.args)
            return (words.contains if node.name == "contains" else words.starts)(text, part)
        name = self.fields.name(node)
        guards[name] = None
        return words.compare(words.name(name), "==", words.true if holds else words.false)

    def counted(self, node: typed.Aggregate, operator: str, right: Expression, guards: dict[str, None]) -> str:
        """A comparison of something counted in rows: it surely holds by the end that makes it hardest."""
        sides = ("low",) if operator in _ABOVE else ("high",) if operator in _BELOW else ("low", "high")
        limit = self.value(right, guards)
        names = [f"{self.fields.name(node)}_{side}" for side in sides]
        guards.update(dict.fromkeys(names))
        tests = [self.words.compare(self.words.name(name), operator, limit) for name in names]
        return self.words.both.join(tests)

    def value(self, node: Expression, guards: dict[str, None]) -> str:
        """A number, a text or a field."""
        words = self.words
        if isinstance(node, typed.Constant):
            if node.type.kind is Kind.DOUBLE and isinstance(node.value, int):
                return repr(node.value / SCALE)
            return f'"{node.value}"' if isinstance(node.value, str) else str(node.value)
        if isinstance(node, typed.AsOf):
            return str(self.as_of)
        if isinstance(node, typed.Days | typed.Age):
            start, end = (node.start, node.end) if isinstance(node, typed.Days) else (node.moment, None)
            last = self.value(end, guards) if end is not None else str(self.as_of)
            return words.arithmetic(last, "-", self.value(start, guards))
        if isinstance(node, typed.Ratio):
            over, under = (self.value(each, guards) for each in (node.numerator, node.denominator))
            return words.arithmetic(words.double(over), "/", words.double(under))
        if isinstance(node, typed.Function) and node.name == "double":
            return words.double(self.value(node.args[0], guards))
        if isinstance(node, typed.Arithmetic):
            parts = (self.value(each, guards) for each in (node.left, node.right))
            left, right = parts
            return words.arithmetic(left, node.operator, right)
        name = self.fields.name(node)
        guards[name] = None
        return words.name(name)


def texts(rules: Iterable[Expression], words: Words, fields: Fields, as_of: int) -> Iterator[str]:
    """Each rule as one text."""
    writer = Writer(words, fields, as_of)
    return (writer.text(each) for each in rules)
