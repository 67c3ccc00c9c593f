"""Conditions about single values as SQL: each construct with the meaning that `riskcheck.expr.evaluate` defines.

What has no SQL raises NotInSql, and its check goes to another engine. `RowLowering` adds what concerns rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from riskcheck.engines.sql import numbers
from riskcheck.engines.sql.numbers import NotInSql, Span, at
from riskcheck.engines.sql.query import Query
from riskcheck.engines.sql.scopes import Scope
from riskcheck.engines.sql.tables import range_of_field
from riskcheck.expr import typed
from riskcheck.expr.frame import value_of
from riskcheck.expr.intervals import MICROSECONDS_A_DAY, range_of
from riskcheck.expr.typed import ORDERED, TEXTS, Expression, Kind
from riskcheck.model.number import INT_MIN, SCALE

Limits = dict[str, tuple[Any, typed.Type]]


class Element(NamedTuple):
    """What the variable of a quantifier over a list stands for: SQL, or a number, and the scope in which it is."""

    value: str | Span
    scope: Scope


class Lowering:
    """Writes one check.

    `scope` is that of the rows which what is written is computed for. `rows`: the scope of the row for which a variable
    stands, None for a further row of an open table, whose cells are all missing.
    """

    def __init__(self, query: Query, limits: Limits) -> None:
        self.query, self.limits, self.dialect = query, limits, query.dialect
        self.scope = query.projects
        self.rows: dict[str, Scope | None] = {}
        self.elements: dict[str, Element] = {}

    @contextmanager
    def at(self, scope: Scope) -> Iterator[None]:
        """Write what is computed for the rows of another scope."""
        before, self.scope = self.scope, scope
        try:
            yield
        finally:
            self.scope = before

    @contextmanager
    def row(self, variable: str, scope: Scope | None) -> Iterator[None]:
        """Let a variable stand for the rows of a scope; these are looked at, if there are any."""
        before, self.rows = self.rows, {**self.rows, variable: scope}
        with self.at(scope or self.scope):
            yield
        self.rows = before

    @contextmanager
    def standing(self, variable: str, element: Element) -> Iterator[None]:
        """Let the variable of a quantifier over a list stand for an element."""
        before, self.elements = self.elements, {**self.elements, variable: element}
        yield
        self.elements = before

    # ------------------------------------------------------------ truths

    def named_truth(self, node: Expression) -> str:
        """The name of a condition in the scope."""
        return self.scope.named(self.truth(node))

    def truth(self, node: Expression) -> str:
        """The SQL of a condition."""
        write = _TRUTHS.get(type(node))
        if write is not None:
            sql: str = write(self, node)
            return sql
        match node:
            case typed.RowCell() | typed.SingleCell():
                return self.cell(node)
            case typed.LimitRef():
                return self.literal(*self.limits[node.name])
            case typed.Variable():
                return self.element(node)
            case typed.Aggregate():
                return self.truth_of_rows(node)
            case typed.GroupQuantifier():
                return self.truth_of_groups(node)
        raise NotInSql(type(node).__name__)

    def truth_of_rows(self, node: typed.Aggregate) -> str:
        raise NotInSql(node.name.value)

    def truth_of_groups(self, node: typed.GroupQuantifier) -> str:
        raise NotInSql("groups")

    def over_list(self, node: typed.ListQuantifier) -> str:
        raise NotInSql("a quantifier over a list")

    def chosen(self, test: str, then: str, otherwise: str) -> str:
        """The branch that a test chooses; NULL if the test is."""
        return f"(CASE WHEN {test} THEN {then} WHEN NOT {test} THEN {otherwise} END)"

    def compare(self, node: typed.Compare) -> str:
        kind = node.left.type.kind
        if kind in ORDERED:
            left, right = self.in_common_unit(node.left, node.right)
            return numbers.compared(node.operator, left, right)
        return f"({self.plain(node.left)} {'=' if node.operator == '==' else '<>'} {self.plain(node.right)})"

    def in_common_unit(self, left: Expression, right: Expression) -> tuple[Span, Span]:
        """Two numbers, an int in the unit of a double that it is compared with."""
        kind, other = left.type.kind, right.type.kind
        return (
            numbers.scaled(self.number(left), kind, other, self.scope),
            numbers.scaled(self.number(right), other, kind, self.scope),
        )

    def member(self, node: typed.In) -> str:
        if isinstance(node.container, typed.ListOf):
            found = [self.equals(node.item, each) for each in node.container.items]
            return f"({' OR '.join(found)})" if found else "FALSE"
        if node.item.type.kind not in TEXTS:
            raise NotInSql("in, of other than texts")
        item, listed = self.text(node.item), self.scope.named(self.texts(node.container))
        return (
            f"(CASE WHEN {self.dialect.list_size(listed)} = 0 THEN FALSE WHEN {item} IS NOT NULL AND {listed} IS NOT "
            f"NULL THEN {self.dialect.list_holds(listed, item)} END)"
        )

    def equals(self, left: Expression, right: Expression) -> str:
        """left == right, for the elements of a list of literals."""
        return self.compare(typed.Compare(left.span, "==", left, right))

    def cell_test(self, node: typed.CellTest) -> str:
        filled, blank = ("TRUE", "FALSE") if node.present else ("FALSE", "TRUE")
        if isinstance(node.cell, typed.Variable):
            if node.cell.name in self.elements:
                return filled
            raise NotInSql("a variable of the caller")
        value = self.cell(node.cell)
        if node.cell.type.kind is Kind.LIST:
            size = self.dialect.list_size(value)
            return f"(CASE WHEN {size} > 0 THEN {filled} WHEN {value} IS NOT NULL THEN {blank} END)"
        empty = self.cell(node.cell, emptiness=True)
        return f"(CASE WHEN {value} IS NOT NULL THEN {filled} WHEN {empty} THEN {blank} END)"

    def list_quantifier(self, node: typed.ListQuantifier) -> str:
        """Over a list of literals: the condition once for each."""
        if not isinstance(node.container, typed.ListOf):
            return self.over_list(node)
        found = []
        for item in node.container.items:
            value = self.number(item) if item.type.kind in ORDERED else self.scope.named(self.plain(item))
            with self.standing(node.variable, Element(value, self.scope)):
                found.append(self.named_truth(node.condition))
        if node.name == "exists_one":
            sizes = " + ".join(f"(CASE WHEN {each} THEN 1 WHEN NOT {each} THEN 0 END)" for each in found)
            return f"(({sizes}) = 1)" if found else "FALSE"
        if not found:
            return "TRUE" if node.name == "all" else "FALSE"
        return "(" + (" AND " if node.name == "all" else " OR ").join(found) + ")"

    def text_test(self, node: typed.Function) -> str:
        if node.name not in ("contains", "startsWith", "endsWith", "matches"):
            raise NotInSql(node.name)
        return self.dialect.text_test(node.name, *map(self.text, node.args))

    # ------------------------------------------------------------ cells, texts and lists

    def cell(self, node: typed.RowCell | typed.SingleCell, *, emptiness: bool = False) -> str:
        """The name of a cell's column: its value, or whether it is known to be empty."""
        scope = self.query.projects
        if isinstance(node, typed.RowCell):
            found = self.rows[node.variable]
            if found is None:
                return "FALSE" if emptiness else "NULL"
            scope = found
        return self.cell_in(scope, self.query.tables.column(node, emptiness=emptiness))

    def cell_in(self, scope: Scope, column: str) -> str:
        """The name of a column of the facts in a scope."""
        return scope.cell(column)

    def literal(self, value: Any, of: typed.Type) -> str:
        """A literal or limit as SQL."""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        found = value_of(value, of)
        return self.query.parameters.text(found) if isinstance(found, str) else str(int(found))  # type: ignore[arg-type]

    def element(self, node: typed.Variable) -> str:
        """What the variable of a quantifier over a list stands for."""
        found = self.elements[node.name].value if node.name in self.elements else None
        if not isinstance(found, str):
            raise NotInSql("a variable of the caller")
        return found

    def plain(self, node: Expression) -> str:
        """The SQL of what is neither a number nor a moment."""
        kind = node.type.kind
        return (self.truth if kind is Kind.BOOL else self.texts if kind is Kind.LIST else self.text)(node)

    def text(self, node: Expression) -> str:
        """The SQL of a text or a word of an enum."""
        match node:
            case typed.Constant(value=value):
                return self.literal(value, node.type)
            case typed.LimitRef(name=name):
                return self.literal(*self.limits[name])
            case typed.RowCell() | typed.SingleCell():
                return self.cell(node)
            case typed.Variable():
                return self.element(node)
            case typed.If():
                return self.chosen(self.named_truth(node.test), self.text(node.then), self.text(node.otherwise))
            case typed.Arithmetic(operator="+", left=left, right=right):
                return f"({self.text(left)} || {self.text(right)})"
        raise NotInSql(f"text: {type(node).__name__}")

    def texts(self, node: Expression) -> str:
        """The SQL of a list of texts."""
        if isinstance(node, typed.RowCell | typed.SingleCell):
            return self.cell(node)
        if isinstance(node, typed.ListOf) and not node.items:
            return self.dialect.list_of([])
        raise NotInSql("a list")

    # ------------------------------------------------------------ numbers

    def number(self, node: Expression, ranged: bool = False) -> Span:
        """The ends of a number or moment, named. `ranged`: it stands in the value of an aggregate."""
        write = _NUMBERS.get(type(node))
        if write is None:
            raise NotInSql(f"number: {type(node).__name__}")
        found: Span = write(self, node, ranged)
        return found._replace(low=self.scope.named(found.low), high=self.scope.named(found.high))

    def number_of_cell(self, node: typed.RowCell | typed.SingleCell, ranged: bool) -> Span:
        cell = self.cell(node)
        if not ranged:
            return at(cell)
        low, high = range_of_field(node.field, *range_of(node.type.kind))
        return (
            Span(f"coalesce({cell}, {low})", f"coalesce({cell}, {high})")
            if cell != "NULL"
            else Span(f"{low}", f"{high}")
        )

    def number_of_rows(self, node: typed.Aggregate, ranged: bool) -> Span:
        raise NotInSql(node.name.value)

    def number_of_element(self, node: typed.Variable, ranged: bool) -> Span:
        found = self.elements[node.name].value if node.name in self.elements else None
        if not isinstance(found, Span):
            raise NotInSql("a variable of the caller")
        return found

    def chosen_number(self, node: typed.If, ranged: bool) -> Span:
        test = self.named_truth(node.test)
        then, otherwise = self.number(node.then, ranged), self.number(node.otherwise, ranged)
        low, high = self.chosen(test, then.low, otherwise.low), self.chosen(test, then.high, otherwise.high)
        return Span(low, high, then.wide or otherwise.wide, then.endless or otherwise.endless)

    def day(self, node: Expression, ranged: bool) -> Span:
        """The day on which a moment lies."""
        moment = self.number(node, ranged)
        if node.type.kind is Kind.DATE:
            return moment
        return numbers.each(moment, f"({self.dialect.quotient('{}', str(MICROSECONDS_A_DAY))} + 1)", self.scope)

    def days(self, node: typed.Days, ranged: bool) -> Span:
        start, end = self.day(node.start, ranged), self.day(node.end, ranged)
        return Span(f"({end.low} - {start.high})", f"({end.high} - {start.low})")

    def age(self, node: typed.Age, ranged: bool) -> Span:
        day, today = self.day(node.moment, ranged), self.today()
        low, high = (f"(CASE WHEN {day.high} <= {today} THEN {today} - {end} END)" for end in (day.high, day.low))
        return Span(low, high)

    def today(self) -> str:
        """The review date as day number."""
        return self.query.projects.cell("d") if self.query.as_of is None else str(self.query.as_of)

    def arithmetic(self, node: typed.Arithmetic, ranged: bool) -> Span:
        left, right, kind = self.number(node.left, ranged), self.number(node.right, ranged), node.type.kind
        match node.operator:
            case "/":
                return numbers.divided(left, right, self.scope)
            case "%":
                return numbers.remainder(left, right, INT_MIN, self.scope)
            case "*":
                return numbers.multiplied(left, right, kind, self.scope)
        return numbers.added(node.operator, left, right, kind, self.scope)

    def ratio(self, node: typed.Ratio, ranged: bool) -> Span:
        return numbers.divided(self.number(node.numerator, ranged), self.number(node.denominator, ranged), self.scope)

    def negated(self, node: typed.Negate, ranged: bool) -> Span:
        return numbers.negated(self.number(node.operand, ranged), node.type.kind, self.scope)

    def function(self, node: typed.Function, ranged: bool) -> Span:
        (operand,) = node.args
        kind = operand.type.kind
        if node.name == "size":
            if kind is Kind.LIST:
                return at(self.dialect.list_size(self.texts(operand)))
            return at(self.dialect.text_size(self.text(operand)))
        if node.name not in ("int", "double") or kind not in (Kind.INT, Kind.DOUBLE):
            raise NotInSql(node.name)
        found = self.number(operand, ranged)
        if kind.value == node.name:
            return found
        if not found.held:
            raise NotInSql("a sum as another kind of number")
        if node.name == "double":
            wide = numbers.each(found, f"({self.dialect.wide('{}')} * {SCALE})", self.scope)
            return numbers.bounded(wide, Kind.DOUBLE, self.scope)
        whole = self.dialect.quotient("abs({0})", str(SCALE))
        return numbers.each(found, f"(CASE WHEN {{0}} < 0 THEN -{whole} ELSE {whole} END)", self.scope)


def _joined(operator: str) -> Any:
    def write(to: Lowering, node: Any) -> str:
        return "(" + operator.join([to.truth(part) for part in node.parts]) + ")"

    return write


_TRUTHS: Final[dict[type, Any]] = {
    typed.Constant: lambda to, node: "TRUE" if node.value else "FALSE",
    typed.Not: lambda to, node: f"(NOT {to.truth(node.operand)})",
    typed.And: _joined(" AND "),
    typed.Or: _joined(" OR "),
    typed.If: lambda to, node: to.chosen(to.named_truth(node.test), to.truth(node.then), to.truth(node.otherwise)),
    typed.Compare: lambda to, node: to.compare(node),
    typed.In: lambda to, node: to.member(node),
    typed.CellTest: lambda to, node: to.cell_test(node),
    typed.ListQuantifier: lambda to, node: to.list_quantifier(node),
    typed.Function: lambda to, node: to.text_test(node),
}
_NUMBERS: Final[dict[type, Any]] = {
    typed.Constant: lambda to, node, ranged: at(to.literal(node.value, node.type)),
    typed.LimitRef: lambda to, node, ranged: at(to.literal(*to.limits[node.name])),
    typed.AsOf: lambda to, node, ranged: at(to.today()),
    typed.RowCell: lambda to, node, ranged: to.number_of_cell(node, ranged),
    typed.SingleCell: lambda to, node, ranged: to.number_of_cell(node, ranged),
    typed.Variable: lambda to, node, ranged: to.number_of_element(node, ranged),
    typed.If: lambda to, node, ranged: to.chosen_number(node, ranged),
    typed.Ratio: lambda to, node, ranged: to.ratio(node, ranged),
    typed.Days: lambda to, node, ranged: to.days(node, ranged),
    typed.Age: lambda to, node, ranged: to.age(node, ranged),
    typed.Arithmetic: lambda to, node, ranged: to.arithmetic(node, ranged),
    typed.Negate: lambda to, node, ranged: to.negated(node, ranged),
    typed.Function: lambda to, node, ranged: to.function(node, ranged),
    typed.Aggregate: lambda to, node, ranged: to.number_of_rows(node, ranged),
}
