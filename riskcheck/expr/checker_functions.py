"""The functions on values: how each is called and how a call of it is typed.

To add one, write it here under `@listed_in(FUNCTIONS, usage)` (or `METHODS`, if it is called on a value). A function on
known values becomes a `typed.Function` and gets its meaning in `riskcheck.expr.functions`; one that looks at cells or
at the review date needs a node of its own (see CONTRIBUTING).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from riskcheck.expr.checker_operators import mixing_hint
from riskcheck.expr.literaltexts import expect_part_as_read
from riskcheck.expr.signature import Signature, listed_in
from riskcheck.expr.syntax import Call, Literal, Name, Node
from riskcheck.expr.typed import (
    BOOL,
    DATE,
    DOUBLE,
    INT,
    STRING,
    Age,
    CellTest,
    Constant,
    Days,
    Expression,
    Function,
    Kind,
    Ratio,
    RowCell,
    SingleCell,
    Type,
    Variable,
)
from riskcheck.expr.wording import as_day, described, quoted

if TYPE_CHECKING:
    from riskcheck.expr.checker import Checker

Check = Callable[["Checker", Call], Expression]
Method = Callable[["Checker", Call, Node, Expression], Expression]

FUNCTIONS: dict[str, Signature[Check]] = {}
"""The functions that are called as `name(…)`."""
METHODS: dict[str, Signature[Method]] = {}
"""The functions that are called on a value, as `value.name(…)`."""

_DAYS = (Kind.DATE, Kind.DATETIME)
_NUMBERS = (Kind.INT, Kind.DOUBLE)
_PLAIN = (*_NUMBERS, Kind.STRING)

# ---------------------------------------------------------------- cells


@listed_in(FUNCTIONS, "has(field)")
def _has(checker: Checker, call: Call) -> Expression:
    return _cell_test(checker, call, present=True)


@listed_in(FUNCTIONS, "blank(field)")
def _blank(checker: Checker, call: Call) -> Expression:
    return _cell_test(checker, call, present=False)


def _cell_test(checker: Checker, call: Call, *, present: bool) -> Expression:
    argument = call.args[0]
    if checker.is_rows(argument) and not (isinstance(argument, Name) and _is_one_row(checker, argument.name)):
        message = f"{call.function} asks about a field; {checker.shown(argument)} has many rows"
        hint = f"whether there are rows: {checker.text(argument, '…')}.size() > 0"
        raise checker.mistake("wrong-arguments", message, argument.span, hint)
    cell = checker.expression(argument)
    if isinstance(cell, RowCell | SingleCell) or (isinstance(cell, Variable) and cell.name in checker.scope.variables):
        return CellTest(call.span, cell, present)
    hint = f"it is written {call.function}(row.field) or {call.function}(project.field)"
    raise checker.mistake(
        "wrong-arguments",
        f"{call.function} asks about a field; {checker.shown(argument)} is none",
        argument.span,
        hint,
    )


def _is_one_row(checker: Checker, name: str) -> bool:
    return name in checker.tables and checker.tables[name].one_row


# ---------------------------------------------------------------- dates


@listed_in(FUNCTIONS, "date(text)")
def _date(checker: Checker, call: Call) -> Expression:
    argument = call.args[0]
    hint = 'a date is written date("2026-03-31"): year, month, day'
    if not isinstance(argument, Literal) or not isinstance(argument.value, str):
        message = "date takes a day that is written out in quotes"
        raise checker.mistake("wrong-arguments", message, argument.span, hint)
    day = as_day(argument.value)
    if day is None:
        message = f"{quoted(argument.value)} is no day of the calendar"
        raise checker.mistake("wrong-arguments", message, argument.span, hint)
    if day != argument.value:
        message = f'{quoted(argument.value)} is not written as dates are; write date("{day}")'
        raise checker.mistake("wrong-arguments", message, argument.span)
    return Constant(call.span, DATE, date.fromisoformat(day))


@listed_in(FUNCTIONS, "days(start, end)")
def _days(checker: Checker, call: Call) -> Expression:
    start, end = checker.each(call.args, lambda argument: _day(checker, call, argument))
    return Days(call.span, start, end)


@listed_in(FUNCTIONS, "age(day)")
def _age(checker: Checker, call: Call) -> Expression:
    return Age(call.span, _day(checker, call, call.args[0]))


def _day(checker: Checker, call: Call, argument: Node) -> Expression:
    day = as_day(argument.value) if isinstance(argument, Literal) and isinstance(argument.value, str) else None
    hint = f'a date is written date("{day}")' if day else ""
    return checker.expecting(argument, _DAYS, f"{call.function} counts days between dates", hint)


# ---------------------------------------------------------------- numbers


@listed_in(FUNCTIONS, "ratio(numerator, denominator)")
def _ratio(checker: Checker, call: Call) -> Expression:
    upper, lower = checker.each(
        call.args, lambda argument: checker.expecting(argument, _NUMBERS, "ratio divides numbers")
    )
    if upper.type != lower.type:
        message = "ratio takes two ints or two doubles"
        raise checker.mistake("wrong-type", message, call.span, mixing_hint(checker, call.args, upper, lower))
    return Ratio(call.span, upper, lower)


@listed_in(FUNCTIONS, "int(value)")
def _int(checker: Checker, call: Call) -> Expression:
    return _conversion(checker, call, INT, _PLAIN)


@listed_in(FUNCTIONS, "double(value)")
def _double(checker: Checker, call: Call) -> Expression:
    return _conversion(checker, call, DOUBLE, _PLAIN)


@listed_in(FUNCTIONS, "string(value)")
def _string(checker: Checker, call: Call) -> Expression:
    return _conversion(checker, call, STRING, (*_PLAIN, Kind.BOOL, Kind.ENUM))


def _conversion(checker: Checker, call: Call, result: Type, kinds: tuple[Kind, ...]) -> Expression:
    rule = f"{call.function}(…) converts {'values' if result is STRING else 'numbers and text'}"
    value = checker.expecting(call.args[0], kinds, rule)
    return Function(call.span, result, call.function, (value,))


# ---------------------------------------------------------------- text and lists


@listed_in(FUNCTIONS, "size(list)")
def _size(checker: Checker, call: Call) -> Expression:
    return _size_of(checker, call, call.args[0], checker.expression(call.args[0]))


@listed_in(METHODS, "list.size()")
def _size_method(checker: Checker, call: Call, target: Node, value: Expression) -> Expression:
    return _size_of(checker, call, target, value)


def _size_of(checker: Checker, call: Call, argument: Node, value: Expression) -> Expression:
    if value.type.kind not in (Kind.STRING, Kind.LIST):
        message = f"size measures a text or a list; {checker.shown(argument)} is {described(value.type)}"
        raise checker.mistake("wrong-type", message, argument.span)
    return Function(call.span, INT, "size", (value,))


@listed_in(METHODS, "text.contains(part)")
@listed_in(METHODS, "text.startsWith(part)")
@listed_in(METHODS, "text.endsWith(part)")
def _text_test(checker: Checker, call: Call, target: Node, text: Expression) -> Expression:
    rule = f"{call.function} looks for a text"
    _, part = checker.both(
        lambda: _expect_text(checker, call, target, text),
        lambda: checker.expecting(call.args[0], (Kind.STRING,), rule),
    )
    expect_part_as_read(checker, text, part)
    return Function(call.span, BOOL, call.function, (text, part))


@listed_in(METHODS, 'text.matches("pattern")')
def _matches_method(checker: Checker, call: Call, target: Node, text: Expression) -> Expression:
    _, pattern = checker.both(
        lambda: _expect_text(checker, call, target, text), lambda: _pattern(checker, call.args[0])
    )
    return Function(call.span, BOOL, "matches", (text, pattern))


@listed_in(FUNCTIONS, 'matches(text, "pattern")')
def _matches(checker: Checker, call: Call) -> Expression:
    text, pattern = checker.both(
        lambda: checker.expecting(call.args[0], (Kind.STRING,), "matches looks into a text"),
        lambda: _pattern(checker, call.args[1]),
    )
    return Function(call.span, BOOL, "matches", (text, pattern))


def _expect_text(checker: Checker, call: Call, target: Node, value: Expression) -> None:
    """Refuse what is no text where a text's function is called on it."""
    hints = {
        Kind.LIST: 'whether a list holds a value: "a" in list',
        Kind.ENUM: 'words are compared: x == "a", x in ["a", "b"]',
    }
    if value.type.kind is not Kind.STRING:
        message = f"{call.function} looks into a text; {checker.shown(target)} is {described(value.type)}"
        raise checker.mistake("wrong-type", message, target.span, hints.get(value.type.kind, ""))


def _pattern(checker: Checker, argument: Node) -> Expression:
    """A pattern of `matches`: a literal, in the syntax of RE2."""
    if not isinstance(argument, Literal) or not isinstance(argument.value, str):
        message = "the pattern of matches is a text as it is written, so that it can be checked beforehand"
        raise checker.mistake("wrong-arguments", message, argument.span)
    try:
        import re2  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        hint = "pip install google-re2, or use contains, startsWith, endsWith"
        message = "matches needs the package google-re2, which is not installed"
        raise checker.mistake("not-installed", message, argument.span, hint) from None
    try:
        options = re2.Options()
        options.log_errors = False
        re2.compile(argument.value, options)
    except re2.error as error:
        reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
        hint = "the syntax is that of RE2: no look-around, no back-references"
        raise checker.mistake("wrong-arguments", f"this is no pattern: {reason}", argument.span, hint) from None
    return Constant(argument.span, STRING, argument.value)
