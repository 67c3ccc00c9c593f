"""Which function or macro a call means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskcheck.errors import did_you_mean
from riskcheck.expr.checker_functions import FUNCTIONS, METHODS
from riskcheck.expr.checker_macros import (
    GIVE_ROWS,
    QUANTIFIERS,
    ROW_MACROS,
    check_groups,
    check_list_macro,
    expect_variable,
    groups_as_value,
)
from riskcheck.expr.checker_names import rows_as_value
from riskcheck.expr.scope import Mistake
from riskcheck.expr.syntax import Call, Node
from riskcheck.expr.typed import INT, Aggregate, AggregateName, Expression, Kind
from riskcheck.expr.wording import described, listed

if TYPE_CHECKING:
    from riskcheck.expr.checker import Checker

CALLED = frozenset((*ROW_MACROS, *GIVE_ROWS, *METHODS, *FUNCTIONS))
"""Every name that is called with parentheses."""

_LATER = ("map",)
_NEVER = ("type", "dyn", "uint", "bytes", "timestamp", "duration")
_MEANT = {
    "not": "not x is written !x",
    "if": "a choice is written test ? value : other value",
    "and": "a and b is written a && b",
    "or": "a or b is written a || b",
    "len": "the length of a text or list is size(x)",
    "length": "the length of a text or list is size(x)",
    "today": "the review date is as_of",
    "now": "the review date is as_of",
    "isblank": "whether a field is empty: blank(x)",
    "isempty": "whether a field is empty: blank(x)",
    "empty": "whether a field is empty: blank(x)",
    "countif": "rows are counted with tasks.count(task, condition)",
    "countifs": "rows are counted with tasks.count(task, condition)",
    "sumif": "rows are added up with tasks.filter(task, condition).sum(task, task.x)",
    "average": "the average is tasks.avg(task, task.x)",
    "any": "some row: tasks.exists(task, condition)",
    "none": "no row: !tasks.exists(task, condition)",
    "timestamp": 'a date is written date("2026-03-31")',
    "duration": "durations are counted in days: days(a, b), age(d)",
    "type": "every field has the type that facts.yaml gives it",
    "dyn": "every field has the type that facts.yaml gives it",
    "uint": "a whole number is an int",
    "bytes": "text is compared as text",
    "map": "exists, all, sum, min, max take what they need from each row themselves",
}


def check_call(checker: Checker, call: Call) -> Expression:
    """The typed tree of `name(args)` or `target.name(args)`."""
    target = call.target
    if target is None:
        return _function(checker, call)
    if isinstance(target, Call) and target.function == "groups" and target.target is not None:
        return check_groups(checker, call, target, target.target)
    if checker.is_rows(target):
        return _row_macro(checker, call, target)
    value = checker.expression(target)
    if value.type.kind is Kind.LIST and call.function in QUANTIFIERS:
        return check_list_macro(checker, call, target, value)
    method = METHODS.get(call.function)
    if method is None:
        raise _unknown_method(checker, call, target, value)
    method.expect(checker, call)
    return method.check(checker, call, target, value)


def _function(checker: Checker, call: Call) -> Expression:
    """`name(args)`"""
    function = FUNCTIONS.get(call.function)
    if function is None:
        raise _unknown_function(checker, call)
    function.expect(checker, call)
    if call.function == "size" and checker.is_rows(call.args[0]):
        return Aggregate(call.span, INT, AggregateName.SIZE, checker.rows(call.args[0]), "", ())
    return function.check(checker, call)


def _row_macro(checker: Checker, call: Call, target: Node) -> Expression:
    """`rows.name(row, …)`"""
    if call.function == "filter":
        raise rows_as_value(checker, call)
    if call.function == "groups":
        raise groups_as_value(checker, call)
    source = checker.rows(target)
    macro = ROW_MACROS.get(call.function)
    if macro is None:
        message = f"rows have no function {call.function}"
        raise _unknown(checker, call, message, (*ROW_MACROS, *GIVE_ROWS), "functions of rows:")
    macro.expect(checker, call)
    if call.args:
        expect_variable(checker, call)
    return macro.check(checker, call, source)


# ---------------------------------------------------------------- calls that mean nothing


def _unknown_method(checker: Checker, call: Call, target: Node, value: Expression) -> Mistake:
    """A function that a value does not have."""
    known = {Kind.STRING: tuple(METHODS), Kind.LIST: (*QUANTIFIERS, "size")}.get(value.type.kind, ())
    if call.function in ROW_MACROS or call.function in GIVE_ROWS:
        message = f"{call.function} is asked of the rows of a table; {checker.shown(target)} is {described(value.type)}"
        return checker.mistake("wrong-type", message, call.function_span)
    title = "functions of a text:" if value.type.kind is Kind.STRING else "functions of a list:"
    return _unknown(checker, call, f"{checker.shown(target)} has no function {call.function}", known, title)


def _unknown_function(checker: Checker, call: Call) -> Mistake:
    """A name that no function has."""
    name = call.function
    if name in CALLED:
        signature = ROW_MACROS.get(name) or METHODS.get(name)
        usage = signature.usage if signature is not None else f"rows.{name}(row, …)"
        message = f"{name} is asked of {usage.partition('.')[0]}, after a dot"
        return checker.mistake("unknown-function", message, call.function_span, f"it is called as {usage}")
    return _unknown(checker, call, f'unknown function "{name}"', tuple(FUNCTIONS), "functions:")


def _unknown(checker: Checker, call: Call, message: str, known: tuple[str, ...], title: str) -> Mistake:
    """A function that is unknown, not in the language, or not in it yet."""
    name = call.function
    hint = _MEANT.get(name.casefold(), "")
    if name in _LATER:
        return checker.mistake("not-in-language", f"{name}(…) is not in the language yet", call.function_span, hint)
    if name in _NEVER:
        return checker.mistake("not-in-language", f"{name}(…) is not in the language", call.function_span, hint)
    if not hint:
        message += did_you_mean(name, known)
        hint = f"{title} {listed(sorted(known))}" if known else ""
    return checker.mistake("unknown-function", message, call.function_span, hint)
