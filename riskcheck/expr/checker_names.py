"""What names and fields stand for, and what to say where they stand for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskcheck.errors import did_you_mean
from riskcheck.expr.scope import RESERVED_NAMES, ElementName, GroupName, LocalName, Mistake, RowName, type_of
from riskcheck.expr.syntax import Name, Node, Select
from riskcheck.expr.typed import AsOf, Expression, LimitRef, RowCell, SingleCell, Type, Variable
from riskcheck.expr.wording import described, listed, suggestion
from riskcheck.model.schema import Field, Table

if TYPE_CHECKING:
    from riskcheck.expr.checker import Checker

_MEANT = {
    "true": "true and false are written small",
    "false": "true and false are written small",
    "none": "whether a field is empty: blank(x)",
    "today": "the review date is as_of",
    "now": "the review date is as_of",
    "limits": "a limit is written limit.x",
}


def check_name(checker: Checker, node: Name) -> Expression:
    """A name that stands alone."""
    name = node.name
    meaning = checker.locals.get(name)
    if meaning is not None:
        return _local(checker, node, meaning)
    if name in checker.scope.variables:
        return Variable(node.span, checker.scope.variables[name], name)
    if name == "as_of":
        return AsOf(node.span)
    if name == "measure":
        if checker.scope.measure is None:
            raise undefined(checker, node)
        return checker.scope.measure
    if name == "limit":
        raise checker.mistake("unknown-name", "a limit is written limit.x", node.span, _limits(checker))
    if name == "rows" or name in checker.tables:
        raise rows_as_value(checker, node)
    raise unknown_name(checker, node)


def _local(checker: Checker, node: Name, meaning: LocalName) -> Expression:
    """A macro's variable that stands alone."""
    if isinstance(meaning, ElementName):
        return Variable(node.span, meaning.type, node.name)
    if isinstance(meaning, GroupName):
        raise rows_as_value(checker, node)
    table = meaning.table
    message = f"{node.name} is a whole row of {table.name}; name one of its fields, as in {node.name}.x"
    raise checker.mistake("wrong-type", message, node.span, checker.fields_of(table))


def check_select(checker: Checker, node: Select) -> Expression:
    """`operand.field`"""
    operand, variables = node.operand, checker.scope.variables
    if variables and (dotted := _dotted(node)) in variables:
        return Variable(node.span, variables[dotted], dotted)
    if isinstance(operand, Name):
        name, meaning = operand.name, checker.locals.get(operand.name)
        if isinstance(meaning, RowName):
            field = _field(checker, node, meaning.table, f"{name}, a row of {meaning.table.name},")
            return RowCell(node.span, type_of(field), name, meaning.table.name, field)
        if meaning is None and name == "limit":
            return _limit(checker, node)
        table = checker.tables.get(name) if meaning is None else None
        if table is not None and table.one_row:
            return SingleCell(node.span, type_of(field := _field(checker, node, table, name)), name, field)
    if checker.is_rows(operand):
        raise rows_as_value(checker, operand, node.field)
    raise _field_of_value(checker, node, checker.expression(operand).type)


def _dotted(node: Node) -> str:
    """`a.b.c` as text; empty if the node is anything else."""
    parts: list[str] = []
    while isinstance(node, Select):
        parts.append(node.field)
        node = node.operand
    return ".".join([node.name, *reversed(parts)]) if isinstance(node, Name) else ""


def _field(checker: Checker, node: Select, table: Table, owner: str) -> Field:
    """The field of the table that is named."""
    field = table.by_name.get(node.field)
    if field is not None:
        return field
    close = suggestion(node.field, table.fields)
    elsewhere = "" if close else _owners(checker, node.field)
    message = f'{owner} has no field "{node.field}"{close}'
    raise checker.mistake("unknown-field", message, node.field_span, elsewhere, checker.fields_of(table))


def _owners(checker: Checker, field: str) -> str:
    """Where there is a field of that name, for a message; empty if nowhere."""
    locals_ = checker.locals.items()
    owners = [name for name, meaning in locals_ if isinstance(meaning, RowName) and field in meaning.table.by_name]
    tables = [table for table in checker.scope.schema.tables if field in table.by_name]
    owners += [table.name for table in tables if table.one_row]
    if owners:
        return f"it is a field: {' or '.join(f'{owner}.{field}' for owner in owners)}"
    return f"it is a field of {listed(table.name for table in tables)}" if tables else ""


def _limit(checker: Checker, node: Select) -> Expression:
    """`limit.name`"""
    limits = checker.scope.limits
    if node.field in limits:
        return LimitRef(node.span, limits[node.field], node.field)
    if f"limit.{node.field}" in checker.scope.broken:
        raise Mistake
    message = f'unknown limit "{node.field}"{did_you_mean(node.field, limits)}'
    raise checker.mistake("unknown-limit", message, node.field_span, _limits(checker))


def _limits(checker: Checker) -> str:
    limits = checker.scope.limits
    return f"limits of this check: {listed(limits)}" if limits else "this check has no limits; they stand under limits:"


# ---------------------------------------------------------------- names that stand for no value


def undefined(checker: Checker, node: Name) -> Mistake:
    """`rows` or `measure` where the check has none, or one with problems of its own."""
    if node.name in checker.scope.broken:
        return Mistake()
    hint = f"a check gives it a meaning with its key {node.name}:"
    return checker.mistake("unknown-name", f"{node.name} is not defined here", node.span, hint)


def unknown_name(checker: Checker, node: Name) -> Mistake:
    """A name that stands for nothing."""
    name, known = node.name, _known_names(checker)
    limit = f"it is a limit: limit.{name}" if name in checker.scope.limits else ""
    hints = [limit, _owners(checker, name), _MEANT.get(name.casefold(), "")]
    close = "" if any(hints) else suggestion(name, checker.scope.schema.tables) or did_you_mean(name, known)
    if known and not any(hints):
        hints = [f"names known here: {listed(known)}"]
    return checker.mistake("unknown-name", f'unknown name "{name}"{close}', node.span, *hints)


def _known_names(checker: Checker) -> list[str]:
    """Every name that may stand here, the nearest first."""
    scope = checker.scope
    defined = {"rows": scope.rows is not None, "measure": scope.measure is not None, "limit": bool(scope.limits)}
    words = [word for word in RESERVED_NAMES if defined.get(word, True) or word in scope.broken]
    return [*checker.locals, *scope.variables, *words, *checker.tables]


def rows_as_value(checker: Checker, node: Node, field: str = "") -> Mistake:
    """Rows where one value is wanted; `field` is what was asked of them."""
    name = node.name if isinstance(node, Name) else ""
    table = checker.tables.get(name) if name not in checker.locals else None
    if table is not None and table.one_row:
        message = f"{name} is a whole table; name one of its fields, as in {name}.x"
        return checker.mistake("wrong-type", message, node.span, checker.fields_of(table))
    if isinstance(node, Name) and name == "rows" and checker.scope.rows is None:
        return undefined(checker, node)
    rows = name or "….filter(…)"
    asked = f"row.{field} …" if field else "…"
    hint = f"ask about them: {rows}.all(row, {asked}), {rows}.exists(row, {asked}), {rows}.size()"
    if field in checker.called:
        hint = f"{field} is called with parentheses: {rows}.{field}(…)"
    return checker.mistake("wrong-type", f"{name or 'a filter'} has many rows, not one value", node.span, hint)


def _field_of_value(checker: Checker, node: Select, type_: Type) -> Mistake:
    """A field of something that is no row."""
    hint = f"a function is called with parentheses: {node.field}(…)" if node.field in checker.called else ""
    message = f"{checker.shown(node.operand)} is {described(type_)}; it has no field {node.field}"
    return checker.mistake("unknown-field", message, node.field_span, hint)
