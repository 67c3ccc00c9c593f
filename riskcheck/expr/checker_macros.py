"""The macros over rows and lists: how each is called and how a call of it is typed.

To add one, write it here under `@listed_in(ROW_MACROS, usage)`, give it a name in `typed.AggregateName`, a meaning in
`riskcheck.expr.rowmeanings` and reasons in `riskcheck.expr.rowreasons`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from riskcheck.expr.checker_operators import comparable
from riskcheck.expr.literaltexts import as_words
from riskcheck.expr.ranges import range_of
from riskcheck.expr.scope import RESERVED_NAMES, ElementName, GroupName, Mistake, RowName
from riskcheck.expr.signature import Signature, listed_in
from riskcheck.expr.syntax import Call, Name, Node, children
from riskcheck.expr.typed import (
    BOOL,
    DOUBLE,
    INT,
    Aggregate,
    AggregateName,
    Constant,
    Expression,
    FilterRows,
    GroupQuantifier,
    Kind,
    LimitRef,
    ListOf,
    ListQuantifier,
    RowCell,
    SingleCell,
    Source,
    Type,
)
from riskcheck.expr.wording import described

if TYPE_CHECKING:
    from riskcheck.expr.checker import Checker

Macro = Callable[["Checker", Call, Source], Expression]

ROW_MACROS: dict[str, Signature[Macro]] = {}
"""The macros that make one value of rows."""
GIVE_ROWS = ("filter", "groups")
"""The macros that make other rows of rows."""
QUANTIFIERS = ("all", "exists", "exists_one")
"""The macros that lists of values have, too; of these groups have the first two."""

_NUMBERS = (Kind.INT, Kind.DOUBLE)
_DAYS = (Kind.DATE, Kind.DATETIME)
_KEYS = tuple(kind for kind in Kind if kind is not Kind.LIST)


def check_filter(checker: Checker, call: Call, target: Node) -> Source:
    """`target.filter(row, condition)`"""
    source = _source(checker, call, target, _FILTER)
    condition = _of_row(checker, call, source, call.args[1], checker.condition)
    return FilterRows(call.span, source, _variable(call), condition)


# ---------------------------------------------------------------- how many rows, whether rows


@listed_in(ROW_MACROS, "rows.all(row, condition)")
@listed_in(ROW_MACROS, "rows.exists(row, condition)")
@listed_in(ROW_MACROS, "rows.exists_one(row, condition)")
@listed_in(ROW_MACROS, "rows.count(row, condition)")
def _quantifier(checker: Checker, call: Call, source: Source) -> Expression:
    condition = _of_row(checker, call, source, call.args[1], checker.condition)
    return _aggregate(call, INT if call.function == "count" else BOOL, source, condition)


@listed_in(ROW_MACROS, "rows.size()")
def _size(checker: Checker, call: Call, source: Source) -> Expression:
    return Aggregate(call.span, INT, AggregateName.SIZE, source, "", ())


@listed_in(ROW_MACROS, "rows.share(row, bad[, n])")
def _share(checker: Checker, call: Call, source: Source) -> Expression:
    if len(call.args) == 2:
        return _aggregate(call, DOUBLE, source, _of_row(checker, call, source, call.args[1], checker.condition))
    bad, least = checker.both(
        lambda: _of_row(checker, call, source, call.args[1], checker.condition),
        lambda: _least_rows(checker, call.args[2]),
    )
    return _aggregate(call, DOUBLE, source, bad, least)


def _least_rows(checker: Checker, node: Node) -> Expression:
    """The third argument of share: a limit, or a number from 1."""
    rule = "the third argument of share is the number of rows below which one bad row is let pass"
    least = checker.expecting(node, (Kind.INT,), rule)
    written = least.value if isinstance(least, Constant) else 0
    if isinstance(least, LimitRef) or (isinstance(written, int) and written > 0):
        return least
    hint = "share(row, bad, limit.one_below)"
    raise checker.mistake("wrong-arguments", f"{rule}, a limit or a number from 1", node.span, hint)


# ---------------------------------------------------------------- values of the rows


@listed_in(ROW_MACROS, "rows.sum(row, number)")
@listed_in(ROW_MACROS, "rows.avg(row, number)")
def _total(checker: Checker, call: Call, source: Source) -> Expression:
    value = _row_value(checker, call, source, call.args[1], _NUMBERS, f"{call.function} adds numbers")
    return _aggregate(call, value.type if call.function == "sum" else DOUBLE, source, value)


@listed_in(ROW_MACROS, "rows.min(row, value)")
@listed_in(ROW_MACROS, "rows.max(row, value)")
def _extreme(checker: Checker, call: Call, source: Source) -> Expression:
    rule = f"{call.function} compares numbers or dates"
    value = _row_value(checker, call, source, call.args[1], (*_NUMBERS, *_DAYS), rule)
    return _aggregate(call, value.type, source, value)


@listed_in(ROW_MACROS, "rows.latest(row, day, value)")
def _latest(checker: Checker, call: Call, source: Source) -> Expression:
    values = (*_NUMBERS, *_DAYS)
    day, value = checker.both(
        lambda: _row_value(checker, call, source, call.args[1], _DAYS, "latest orders the rows by a date"),
        lambda: _row_value(checker, call, source, call.args[2], values, "latest gives a number or a date"),
    )
    return _aggregate(call, value.type, source, day, value)


@listed_in(ROW_MACROS, "rows.peak(row, row.start, row.finish, row.load)")
def _peak(checker: Checker, call: Call, source: Source) -> Expression:
    rule = "peak counts a row's load from one date to another"
    start, (finish, load) = checker.both(
        lambda: _row_value(checker, call, source, call.args[1], _DAYS, rule),
        lambda: checker.both(
            lambda: _row_value(checker, call, source, call.args[2], _DAYS, rule),
            lambda: _load(checker, call, source),
        ),
    )
    if start.type != finish.type:
        message = (
            f"{checker.shown(call.args[1])} is {described(start.type)}, {checker.shown(call.args[2])} is "
            f"{described(finish.type)}; a load begins and ends alike, by days or by times"
        )
        raise checker.mistake("wrong-type", message, call.args[2].span)
    return _aggregate(call, load.type, source, start, finish, load)


def _load(checker: Checker, call: Call, source: Source) -> Expression:
    """The fourth argument of peak: a number that can be shown never to be negative."""
    node = call.args[3]
    load = _row_value(checker, call, source, node, _NUMBERS, "peak adds loads, which are numbers")
    if range_of(load, {})[0] >= 0:
        return load
    hint = "a load is a number from 0, a field with min: 0, or sums, products and counts of such"
    if isinstance(load, RowCell | SingleCell):
        hint = f"the field {load.field.name} of {load.table} needs min: 0 in facts.yaml"
    message = f"peak adds loads, which are never negative; {checker.shown(node)} may be"
    raise checker.mistake("wrong-arguments", message, node.span, hint)


# ---------------------------------------------------------------- keys and references


@listed_in(ROW_MACROS, "rows.unique(row, row.key)")
def _unique(checker: Checker, call: Call, source: Source) -> Expression:
    return _aggregate(call, BOOL, source, _key_of_row(checker, call, source, call.args[1]))


@listed_in(ROW_MACROS, "rows.linked(row, row.reference, key)")
def _linked(checker: Checker, call: Call, source: Source) -> Expression:
    reference, key = checker.both(
        lambda: _of_row(checker, call, source, call.args[1], checker.expression),
        lambda: _key_elsewhere(checker, call, call.args[2]),
    )
    return _references(checker, call, source, reference, key)


def _key_elsewhere(checker: Checker, call: Call, node: Node) -> Expression:
    """The key of `linked`, which lies outside its rows."""
    row = _variable(call)
    if _uses(node, row):
        outer = next((name for name, meaning in checker.locals.items() if isinstance(meaning, RowName)), "other")
        hint = f"whether some row refers to {outer}: ….linked({row}, {row}.reference, {outer}.key)"
        message = f"the key is what the rows' references are compared with; it cannot use {row}"
        raise checker.mistake("wrong-arguments", message, node.span, hint)
    return checker.expecting(node, _KEYS, "a key is one value")


@listed_in(ROW_MACROS, "rows.acyclic(row, row.key, row.references)")
def _acyclic(checker: Checker, call: Call, source: Source) -> Expression:
    key, references = checker.both(
        lambda: _key_of_row(checker, call, source, call.args[1]),
        lambda: _of_row(checker, call, source, call.args[2], checker.expression),
    )
    return _references(checker, call, source, key, references)


def _references(checker: Checker, call: Call, source: Source, first: Expression, second: Expression) -> Expression:
    """`linked` and `acyclic`: references (one or a list of them) and the key that they name."""
    first, second = as_words(checker, first, second)
    if not comparable(first.type.item or first.type, second.type.item or second.type):
        message = (
            f"{checker.shown(call.args[1])} is {described(first.type)}, {checker.shown(call.args[2])} is "
            f"{described(second.type)}; a reference cannot name such a key"
        )
        raise checker.mistake("wrong-type", message, call.args[2].span)
    return _aggregate(call, BOOL, source, first, second)


# ---------------------------------------------------------------- groups and lists


def check_groups(checker: Checker, call: Call, groups: Call, target: Node) -> Expression:
    """`target.groups(row, key).all|exists(group, condition)`"""
    source = _source(checker, groups, target, _GROUPS)
    if call.function not in QUANTIFIERS[:2]:
        raise groups_as_value(checker, call)
    _OF_GROUPS.expect(checker, call)
    expect_variable(checker, call)
    meaning = GroupName(checker.tables[source.table])
    key, condition = checker.both(
        lambda: _key_of_row(checker, groups, source, groups.args[1]),
        lambda: checker.within(_variable(call), meaning, call.args[1], checker.condition),
    )
    name: Any = call.function
    return GroupQuantifier(call.span, name, source, _variable(groups), key, _variable(call), condition)


def groups_as_value(checker: Checker, call: Call) -> Mistake:
    """Groups of which something else is asked, or nothing."""
    hint = f"as in {_OF_GROUPS.usage}, or .exists(group, condition)"
    return checker.mistake("wrong-type", "of groups one asks .all or .exists", call.function_span, hint)


def check_list_macro(checker: Checker, call: Call, target: Node, container: Expression) -> Expression:
    """`list.all|exists|exists_one(element, condition)`"""
    _OF_LIST.expect(checker, call)
    expect_variable(checker, call)
    item = container.type.item
    if item is None:
        raise checker.mistake("wrong-type", "an empty list has no elements to ask", target.span)
    items = container.items if isinstance(container, ListOf) else ()
    literals = tuple([each for each in items if isinstance(each, Constant) and each.type.kind is Kind.STRING])
    meaning = ElementName(item, literals if len(literals) == len(items) else ())
    condition = checker.within(_variable(call), meaning, call.args[1], checker.condition)
    name: Any = call.function
    return ListQuantifier(call.span, name, container, _variable(call), condition)


# ---------------------------------------------------------------- rows and macro variables

_FILTER: Signature[None] = Signature("rows.filter(row, condition)", 2, 2, None)
_GROUPS: Signature[None] = Signature("rows.groups(row, row.key)", 2, 2, None)
_OF_GROUPS: Signature[None] = Signature("rows.groups(row, row.key).all(group, condition)", 2, 2, None)
_OF_LIST: Signature[None] = Signature("list.all(element, condition)", 2, 2, None)


def _source(checker: Checker, call: Call, target: Node, signature: Signature[None]) -> Source:
    """The rows that a filter or groups are made of, the arguments counted and the variable looked at."""
    source = checker.rows(target)
    signature.expect(checker, call)
    expect_variable(checker, call)
    return source


def expect_variable(checker: Checker, call: Call) -> None:
    """Refuse a macro whose first argument is no name, or a name that has a meaning already."""
    variable = call.args[0]
    if not isinstance(variable, Name):
        hint = f"as in ….{call.function}(task, … task.owner …)"
        message = f"the first argument of {call.function} is a new name, by which the next calls the row"
        raise checker.mistake("wrong-arguments", message, variable.span, hint)
    name = variable.name
    if not name.isascii():
        message = f'"{name}" cannot name a row; names are written with Latin letters'
        raise checker.mistake("wrong-arguments", message, variable.span)
    if name in checker.locals:
        taken = "the variable of a macro around this one"
    elif name in checker.tables:
        taken = "a table"
    elif name in RESERVED_NAMES:
        taken = "a word of the language"
    elif name in checker.scope.variables:
        taken = "a value given from outside"
    else:
        return
    raise checker.mistake("shadowed-name", f'"{name}" is {taken} already; choose another name', variable.span)


def _variable(call: Call) -> str:
    """The name of a macro's variable, its first argument."""
    first = call.args[0]
    return first.name if isinstance(first, Name) else ""


def _of_row(
    checker: Checker, call: Call, source: Source, node: Node, check: Callable[[Node], Expression]
) -> Expression:
    """What `check` makes of `node` while the macro's variable is a row of the source."""
    return checker.within(_variable(call), RowName(checker.tables[source.table]), node, check)


def _row_value(
    checker: Checker, call: Call, source: Source, node: Node, kinds: tuple[Kind, ...], rule: str
) -> Expression:
    """A value of one of `kinds` that each row has."""
    return _of_row(checker, call, source, node, lambda value: checker.expecting(value, kinds, rule))


def _key_of_row(checker: Checker, call: Call, source: Source, node: Node) -> Expression:
    """A value by which rows are told apart."""
    return _row_value(checker, call, source, node, _KEYS, "a key is one value")


def _aggregate(call: Call, type_: Type, source: Source, *args: Expression) -> Expression:
    """The typed macro."""
    return Aggregate(call.span, type_, AggregateName(call.function), source, _variable(call), args)


def _uses(node: Node, name: str) -> bool:
    """Whether a name occurs in a part of the condition."""
    if isinstance(node, Name):
        return node.name == name
    return any(_uses(child, name) for child in children(node))
