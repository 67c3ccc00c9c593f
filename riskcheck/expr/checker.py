"""From the parse tree of a condition to its typed tree, with every mistake in it reported at once.

A part with a mistake raises Mistake once that is reported; what lies beside it is checked all the same (`both` and
`each`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from riskcheck.expr import syntax
from riskcheck.expr.checker_calls import CALLED, check_call
from riskcheck.expr.checker_macros import check_filter
from riskcheck.expr.checker_names import check_name, check_select, undefined, unknown_name
from riskcheck.expr.checker_operators import check_binary, common_type, mixing_hint
from riskcheck.expr.literaltexts import as_words
from riskcheck.expr.parser import parse_in_spite
from riskcheck.expr.problems import Problems, UnreadableError
from riskcheck.expr.scope import GroupName, LocalName, Mistake, Scope
from riskcheck.expr.source import SourceText
from riskcheck.expr.syntax import Node, Span
from riskcheck.expr.typed import (
    BOOL,
    DOUBLE,
    INT,
    STRING,
    Constant,
    Expression,
    GroupRows,
    If,
    Kind,
    ListOf,
    Negate,
    Not,
    RowCell,
    SingleCell,
    Source,
    TableRows,
    Type,
)
from riskcheck.expr.wording import described, listed, quoted
from riskcheck.model.number import to_grid
from riskcheck.model.schema import Table

__all__ = ["Checker", "Scope", "check_condition", "check_rows", "check_value"]

Result = TypeVar("Result")
Other = TypeVar("Other")


def check_condition(source: SourceText, scope: Scope) -> Expression:
    """The typed tree of a condition, which is true or false. Raises ConditionError with all its problems."""
    checker = Checker(source, scope)
    return checker.finished(checker.condition)


def check_value(source: SourceText, scope: Scope) -> Expression:
    """The typed tree of an expression of any type. Raises ConditionError with all its problems."""
    checker = Checker(source, scope)
    return checker.finished(checker.expression)


def check_rows(source: SourceText, scope: Scope) -> Source:
    """The rows that a table, or a filter of one, gives. Raises ConditionError with all its problems."""
    checker = Checker(source, scope)
    return checker.finished(checker.rows)


class Checker:
    """Types one condition. `locals` are the macro variables in force, `called` the names of all functions."""

    called: Final = CALLED

    def __init__(self, source: SourceText, scope: Scope) -> None:
        self.source: Final = source
        self.scope: Final = scope
        self.tables: Final = scope.schema.by_name
        self.problems: Final = Problems(source)
        self.locals: Final[dict[str, LocalName]] = {}

    def finished(self, check: Callable[[Node], Result]) -> Result:
        """What `check` makes of the condition. Raises ConditionError with all problems, sorted by place."""
        try:
            result = check(parse_in_spite(self.problems))
            if not self.problems:
                return result
        except (Mistake, UnreadableError):
            pass
        raise self.problems.error()

    # ------------------------------------------------------------ for the other checker modules

    def expression(self, node: Node) -> Expression:
        """The typed tree of a value."""
        return _CHECKS[type(node)](self, node)

    def condition(self, node: Node) -> Expression:
        """The typed tree of something that is true or false."""
        return self.expecting(node, (Kind.BOOL,), "a condition is true or false")

    def expecting(self, node: Node, kinds: tuple[Kind, ...], rule: str, hint: str = "") -> Expression:
        """The typed tree of a value of one of `kinds`; `rule` says what is wanted."""
        expression = self.expression(node)
        if expression.type.kind in kinds:
            return expression
        if not hint and kinds == (Kind.BOOL,):
            hint = _condition_hint(expression, self.text(node))
        raise self.mistake("wrong-type", f"{rule}; {self.shown(node)} is {described(expression.type)}", node.span, hint)

    def within(self, name: str, meaning: LocalName, node: Node, check: Callable[[Node], Result]) -> Result:
        """What `check` makes of `node` while the macro variable `name` has a meaning."""
        self.locals[name] = meaning
        try:
            return check(node)
        finally:
            del self.locals[name]

    def both(self, first: Callable[[], Result], second: Callable[[], Other]) -> tuple[Result, Other]:
        """What two checks make, the second being made in spite of a mistake in the first."""
        try:
            one = first()
        except Mistake:
            second()
            raise
        return one, second()

    def each(self, nodes: Iterable[Node], check: Callable[[Node], Expression]) -> tuple[Expression, ...]:
        """What `check` makes of all the nodes, in spite of mistakes in some."""
        typed: list[Expression] = []
        mistake: Mistake | None = None
        for node in nodes:
            try:
                typed.append(check(node))
            except Mistake as error:
                mistake = error
        if mistake is not None:
            raise mistake
        return tuple(typed)

    def report(self, code: str, message: str, span: Span, *hints: str) -> None:
        """Note a problem and go on."""
        self.problems.report(code, message, span, *hints)

    def mistake(self, code: str, message: str, span: Span, *hints: str) -> Mistake:
        """Note a problem that leaves this part of the condition without a type, and give the mistake to raise."""
        self.report(code, message, span, *hints)
        return Mistake()

    def shown(self, node: Node) -> str:
        """A part of the condition as messages name it, in quotes."""
        text = self.written(node)
        return quoted(text[1:-1]) if text[0] in "\"'" and isinstance(node, syntax.Literal) else quoted(text)

    def text(self, node: Node, otherwise: str = "x") -> str:
        """A part of the condition as hints repeat it; `otherwise` if it is long."""
        text = self.written(node)
        return text if len(text) <= 40 else otherwise

    def written(self, node: Node) -> str:
        """A part of the condition as it is written, on one line."""
        return " ".join(self.source.text[node.span.start : node.span.end].split())

    # ------------------------------------------------------------ literals, choices, signs

    def literal(self, node: syntax.Literal) -> Expression:
        """`true`, `12`, `0.05`, `"text"`"""
        value = node.value
        if isinstance(value, bool):
            return Constant(node.span, BOOL, value)
        if isinstance(value, str):
            return Constant(node.span, STRING, value)
        if isinstance(value, int):
            return Constant(node.span, INT, value)
        if isinstance(value, syntax.Double):
            return Constant(node.span, DOUBLE, to_grid(value.text) or 0)
        hint = "whether a field is empty: blank(x), or has(x) for the contrary"
        raise self.mistake("not-in-language", "there is no null in the language", node.span, hint)

    def list_literal(self, node: syntax.ListLiteral) -> Expression:
        """`[items]`, all of one type"""
        items = self.each(node.items, self.expression)
        item_type: Type | None = None
        for part, item in zip(node.items, items, strict=True):
            agreed = item.type if item_type is None else common_type(item_type, item.type)
            if agreed is None and item_type is not None:
                message = f"the elements of a list have one type; {self.shown(part)} is {described(item.type)}"
                raise self.mistake(
                    "wrong-type", message, part.span, f"the elements before it are {described(item_type)}"
                )
            item_type = agreed
        return ListOf(node.span, Type(Kind.LIST, item=item_type), items)

    def unary(self, node: syntax.Unary) -> Expression:
        """`!operand`, `-operand`"""
        if node.operator == "!":
            operand = self.text(node.operand)
            hint = f"not equal is {operand} != …; not filled in is blank({operand}); or put !( … ) round a comparison"
            return Not(node.span, self.expecting(node.operand, (Kind.BOOL,), "! turns true and false round", hint))
        number = self.expecting(node.operand, (Kind.INT, Kind.DOUBLE), "- is the sign of a number")
        return Negate(node.span, number.type, number)

    def conditional(self, node: syntax.Conditional) -> Expression:
        """`test ? then : otherwise`"""
        test, (then, otherwise) = self.both(
            lambda: self.expecting(node.test, (Kind.BOOL,), "a choice begins with a condition"),
            lambda: self.each((node.then, node.otherwise), self.expression),
        )
        then, otherwise = as_words(self, then, otherwise)
        agreed = common_type(then.type, otherwise.type)
        if agreed is None:
            message = f"the branches of a choice have one type; {self.shown(node.then)} is {described(then.type)}"
            other = f"{self.shown(node.otherwise)} is {described(otherwise.type)}"
            hint = mixing_hint(self, (node.then, node.otherwise), then, otherwise)
            raise self.mistake("wrong-type", f"{message}, {other}", node.span, hint)
        return If(node.span, agreed, test, then, otherwise)

    # ------------------------------------------------------------ rows

    def is_rows(self, node: Node) -> bool:
        """Whether a part of the condition stands for rows: a table, `rows`, a group, or a filter of such."""
        while isinstance(node, syntax.Call) and node.function == "filter" and node.target is not None:
            node = node.target
        if not isinstance(node, syntax.Name) or node.name in self.scope.variables:
            return False
        if node.name in self.locals:
            return isinstance(self.locals[node.name], GroupName)
        return node.name == "rows" or node.name in self.tables

    def rows(self, node: Node) -> Source:
        """The typed source of rows that a part of the condition stands for."""
        if isinstance(node, syntax.Name):
            return self.named_rows(node)
        if isinstance(node, syntax.Call) and node.function == "filter" and node.target is not None:
            return check_filter(self, node, node.target)
        raise self.no_rows(node)

    def named_rows(self, node: syntax.Name) -> Source:
        """The rows that a name stands for."""
        name = node.name
        meaning = self.locals.get(name)
        if isinstance(meaning, GroupName):
            return GroupRows(node.span, name, meaning.table.name)
        if meaning is not None or name in self.scope.variables:
            raise self.no_rows(node)
        if name == "rows":
            if self.scope.rows is None:
                raise undefined(self, node)
            return self.scope.rows
        table = self.tables.get(name)
        if table is None:
            raise unknown_name(self, node)
        if table.one_row:
            message = f"{name} has one row; use its fields as they are, as in {name}.x"
            raise self.mistake("wrong-type", message, node.span, self.fields_of(table))
        return TableRows(node.span, name)

    def no_rows(self, node: Node) -> Mistake:
        """Something else where rows are wanted."""
        hint = 'rows are a table, or a filter of one: tasks.filter(task, task.status == "done")'
        return self.mistake("wrong-type", f"{self.shown(node)} gives no rows", node.span, hint)

    def fields_of(self, table: Table) -> str:
        """The fields of a table, for a message."""
        return f"fields of {table.name}: {listed(field.name for field in table.fields)}"


def _condition_hint(expression: Expression, text: str) -> str:
    """How a value that is not true or false becomes a condition."""
    if expression.type.kind is Kind.LIST:
        return "ask it with exists(…), all(…) or size(…)"
    if isinstance(expression, RowCell | SingleCell):
        return f"compare it with something; whether it is filled in: has({text})"
    return "compare it with something"


_CHECKS: Final[dict[type, Callable[[Checker, Any], Expression]]] = {
    syntax.Literal: Checker.literal,
    syntax.Name: check_name,
    syntax.Select: check_select,
    syntax.Call: check_call,
    syntax.Unary: Checker.unary,
    syntax.Binary: check_binary,
    syntax.Conditional: Checker.conditional,
    syntax.ListLiteral: Checker.list_literal,
}
