"""The language once more, for complete facts only: two-valued, with numbers as fractions, and written on its own.

What has no value (an empty cell, a zero divisor, an overflow, the least of no rows) raises `NoValueError`. There are no
intervals and no unknowns: an aggregate of something without value has none. So this says nothing where the reference
evaluator may still decide; where it says something, the reference evaluator must say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from riskcheck.expr import typed as t
from riskcheck.expr.typed import AggregateName as A
from riskcheck.expr.typed import Kind
from riskcheck.model.factset import EMPTY, MISSING, FactSet

GRID = 10**6
LARGEST = 9 * 10**12


class NoValueError(Exception):
    """There is no value."""


class TwoValued:
    def __init__(self, facts: FactSet, as_of: date) -> None:
        self.facts, self.as_of = facts, as_of

    def of(self, node: Any, names: dict[str, Any]) -> Any:
        return getattr(self, type(node).__name__.lower())(node, names)

    # ------------------------------------------------------------ cells

    def raw(self, node: Any, names: dict[str, Any]) -> Any:
        if isinstance(node, t.RowCell):
            table, row = names[node.variable]
            return self.facts.by_name[table].cell(row, node.field.name)
        return self.facts.single(node.table, node.field.name)

    def rowcell(self, node: Any, names: dict[str, Any]) -> Any:
        cell = self.raw(node, names)
        if cell is EMPTY and node.type.kind is Kind.LIST:
            return ()
        if cell in (EMPTY, MISSING):
            raise NoValueError
        return Fraction(cell, GRID) if node.type.kind is Kind.DOUBLE else cell

    singlecell = rowcell

    def constant(self, node: Any, names: dict[str, Any]) -> Any:
        return Fraction(node.value, GRID) if node.type.kind is Kind.DOUBLE else node.value

    def variable(self, node: Any, names: dict[str, Any]) -> Any:
        return names[node.name]

    def asof(self, node: Any, names: dict[str, Any]) -> Any:
        return self.as_of

    def celltest(self, node: Any, names: dict[str, Any]) -> Any:
        cell = self.raw(node.cell, names)
        if cell is MISSING:
            raise NoValueError
        return (cell is not EMPTY) is node.present

    # ------------------------------------------------------------ logic

    def junction(self, values: list[Callable[[], bool]], strongest: bool) -> bool:
        failed = False
        for value in values:
            try:
                if value() is strongest:
                    return strongest
            except NoValueError:
                failed = True
        if failed:
            raise NoValueError
        return not strongest

    def lazy(self, node: Any, names: dict[str, Any]) -> Callable[[], bool]:
        return lambda: bool(self.of(node, names))

    def and_(self, node: Any, names: dict[str, Any]) -> bool:
        return self.junction([self.lazy(part, names) for part in node.parts], False)

    def or_(self, node: Any, names: dict[str, Any]) -> bool:
        return self.junction([self.lazy(part, names) for part in node.parts], True)

    def not_(self, node: Any, names: dict[str, Any]) -> bool:
        return not self.of(node.operand, names)

    def if_(self, node: Any, names: dict[str, Any]) -> Any:
        return self.of(node.then if self.of(node.test, names) else node.otherwise, names)

    def listquantifier(self, node: Any, names: dict[str, Any]) -> bool:
        each = [{**names, node.variable: item} for item in self.of(node.container, names)]
        return self.quantified(node.name, [self.lazy(node.condition, inner) for inner in each])

    def quantified(self, name: str, values: list[Callable[[], bool]]) -> bool:
        if name == "exists_one":
            return [value() for value in values].count(True) == 1
        return self.junction(values, name == "exists")

    # ------------------------------------------------------------ single values

    def listof(self, node: Any, names: dict[str, Any]) -> Any:
        return tuple(self.of(item, names) for item in node.items)

    def compare(self, node: Any, names: dict[str, Any]) -> bool:
        left, right = self.of(node.left, names), self.of(node.right, names)
        order: dict[str, Callable[[], bool]] = {
            "==": lambda: left == right,
            "!=": lambda: left != right,
            "<": lambda: left < right,
            "<=": lambda: left <= right,
            ">": lambda: left > right,
            ">=": lambda: left >= right,
        }
        return order[node.operator]()

    def in_(self, node: Any, names: dict[str, Any]) -> bool:
        return self.of(node.item, names) in self.of(node.container, names)

    def fitting(self, number: Any, kind: Kind) -> Any:
        if kind is Kind.INT:
            if not -(2**63) <= number <= 2**63 - 1:
                raise NoValueError
            return number
        rounded = Fraction(round(Fraction(number) * GRID), GRID)
        if abs(rounded) > LARGEST:
            raise NoValueError
        return rounded

    def arithmetic(self, node: Any, names: dict[str, Any]) -> Any:
        left, right = self.of(node.left, names), self.of(node.right, names)
        if node.operator in "/%" and right == 0:
            raise NoValueError
        match node.operator:
            case "+":
                result = left + right
            case "-":
                result = left - right
            case "*":
                result = left * right
            case "/":
                result = left / right
            case _:
                if (left, right) == (-(2**63), -1):
                    raise NoValueError
                result = left - right * int(Fraction(left, right))
        return self.fitting(result, node.type.kind)

    def negate(self, node: Any, names: dict[str, Any]) -> Any:
        return self.fitting(-self.of(node.operand, names), node.type.kind)

    def ratio(self, node: Any, names: dict[str, Any]) -> Any:
        upper, lower = self.of(node.numerator, names), self.of(node.denominator, names)
        if lower == 0:
            raise NoValueError
        return self.fitting(Fraction(upper) / Fraction(lower), Kind.DOUBLE)

    def day(self, moment: Any) -> date:
        return moment.date() if isinstance(moment, datetime) else moment

    def days(self, node: Any, names: dict[str, Any]) -> int:
        return (self.day(self.of(node.end, names)) - self.day(self.of(node.start, names))).days

    def age(self, node: Any, names: dict[str, Any]) -> int:
        days = (self.as_of - self.day(self.of(node.moment, names))).days
        if days < 0:
            raise NoValueError
        return days

    def function(self, node: Any, names: dict[str, Any]) -> Any:
        value = self.of(node.args[0], names)
        match node.name:
            case "size":
                return len(value)
            case "int":
                return self.fitting(int(value), Kind.INT)
            case "double":
                return self.fitting(Fraction(value), Kind.DOUBLE)
        raise NotImplementedError(node.name)

    # ------------------------------------------------------------ rows

    def rows(self, source: Any, names: dict[str, Any]) -> list[tuple[str, int]]:
        if isinstance(source, t.TableRows):
            return [(source.table, row) for row in range(self.facts.by_name[source.table].row_count)]
        if isinstance(source, t.GroupRows):
            group: list[tuple[str, int]] = names[source.variable]
            return group
        below = self.rows(source.source, names)
        return [row for row in below if self.of(source.condition, {**names, source.variable: row})]

    def aggregate(self, node: Any, names: dict[str, Any]) -> Any:
        inner = [{**names, node.variable: row} for row in self.rows(node.source, names)]
        if node.name in (A.ALL, A.EXISTS, A.EXISTS_ONE):
            return self.quantified(node.name.value, [self.lazy(node.args[0], each) for each in inner])
        if node.name in (A.COUNT, A.SIZE, A.SHARE):
            return self.counted(node, inner)
        if node.name is A.LATEST:
            return self.latest(node, inner)
        if node.name is A.PEAK:
            return self.peak(node, inner)
        if node.name is A.LINKED:
            key = self.key(node.args[1], names)
            return key is not EMPTY and any(key in self.references(node.args[0], each) for each in inner)
        if node.name is A.UNIQUE:
            keys = [key for key in (self.key(node.args[0], each) for each in inner) if key is not EMPTY]
            return len(set(keys)) == len(keys)
        if node.name is A.ACYCLIC:
            return self.acyclic([(self.key(node.args[0], each), self.references(node.args[1], each)) for each in inner])
        return self.total(node, [self.of(node.args[0], each) for each in inner])

    def counted(self, node: Any, inner: list[dict[str, Any]]) -> Any:
        if node.name is A.SIZE:
            return len(inner)
        count = sum(1 for each in inner if self.of(node.args[0], each))
        if node.name is A.COUNT:
            return count
        if not inner:
            raise NoValueError
        tolerant_below = node.args[1].value if len(node.args) > 1 else 0
        if len(inner) < tolerant_below and count <= 1:
            return 0
        return self.fitting(Fraction(count, len(inner)), Kind.DOUBLE)

    def total(self, node: Any, values: list[Any]) -> Any:
        if node.name is A.SUM:
            return sum(values)
        if not values:
            raise NoValueError
        if node.name is A.AVG:
            return self.fitting(Fraction(sum(values)) / len(values), Kind.DOUBLE)
        return min(values) if node.name is A.MIN else max(values)

    def latest(self, node: Any, inner: list[dict[str, Any]]) -> Any:
        dated = [each for each in inner if self.raw(node.args[0], each) is not EMPTY]
        if not dated:
            raise NoValueError
        last = max(self.of(node.args[0], each) for each in dated)
        values = {self.of(node.args[1], each) for each in dated if self.of(node.args[0], each) == last}
        if len(values) > 1:
            raise NoValueError
        return values.pop()

    def peak(self, node: Any, inner: list[dict[str, Any]]) -> Any:
        """The greatest load at the start of any row: only there can it rise."""
        loads = [tuple(self.of(argument, each) for argument in node.args) for each in inner]
        days = node.args[0].type.kind is Kind.DATE

        def at(time: Any) -> Any:
            return sum(load for start, last, load in loads if start <= time < last or (days and start <= time == last))

        return max((at(start) for start, _, _ in loads), default=0)

    def key(self, node: Any, names: dict[str, Any]) -> Any:
        if isinstance(node, t.RowCell | t.SingleCell) and self.raw(node, names) is EMPTY:
            return EMPTY
        return self.of(node, names)

    def references(self, node: Any, names: dict[str, Any]) -> tuple[Any, ...]:
        found = self.key(node, names)
        if found is EMPTY:
            return ()
        return found if isinstance(found, tuple) else (found,)

    def acyclic(self, links: list[tuple[Any, tuple[Any, ...]]]) -> bool:
        """Whether nobody reaches himself."""
        reached = {
            key: {ref for own, refs in links if own == key for ref in refs} for key, _ in links if key is not EMPTY
        }
        for _ in reached:
            for refs in reached.values():
                refs |= {far for ref in refs for far in reached.get(ref, ())}
        return all(key not in refs for key, refs in reached.items())

    def groupquantifier(self, node: Any, names: dict[str, Any]) -> bool:
        groups: dict[Any, list[Any]] = {}
        for row in self.rows(node.source, names):
            key = self.key(node.key, {**names, node.variable: row})
            if key is not EMPTY:
                groups.setdefault(key, []).append(row)
        conditions = [self.lazy(node.condition, {**names, node.group: group}) for group in groups.values()]
        return self.quantified(node.name, conditions)


for _name in ("and", "or", "not", "if", "in"):
    setattr(TwoValued, _name, getattr(TwoValued, f"{_name}_"))
