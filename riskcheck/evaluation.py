"""One expression on plain Python values: the language without workbooks and rule packs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NoReturn

from riskcheck.errors import ConditionError, Diagnostic, EvaluationError, FactsError
from riskcheck.expr import evaluate as reference
from riskcheck.expr import walk
from riskcheck.expr.bindings import Bound, bind, find_types, without_field
from riskcheck.expr.checker import check_value
from riskcheck.expr.evaluate import Environment
from riskcheck.expr.intervals import Interval, Value, moment_of, range_of
from riskcheck.expr.result import CellRef, Need
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import Age, AsOf, Expression, Kind, Type
from riskcheck.expr.why import settled
from riskcheck.frozen import frozen
from riskcheck.model.number import SCALE
from riskcheck.model.truth import Truth

_AS_OF_HINT = "evaluate(expression, bindings, as_of=date(2026, 6, 30))"


@frozen
class Unknown:
    """The value of an expression that cannot be told, as something is missing.

    `missing` names what would have to be known, such as `project.ev` or `tasks[3].owner` (rows from 0). A number of
    which something is known lies within `low` and `high`, both included; None is no end. An Unknown is neither true
    nor false: `if` refuses it.
    """

    missing: tuple[str, ...]
    low: int | float | date | None = None
    high: int | float | date | None = None

    def __bool__(self) -> NoReturn:
        what = ", ".join(self.missing)
        raise TypeError(f"the value is unknown, neither true nor false; missing: {what}; test it with `is True`")


def evaluate(expression: str, bindings: Mapping[str, object], as_of: date | None = None) -> Any:
    """The value of `expression`, with names bound to plain Python values.

    A dict is a record, a list of dicts a table whose rows are complete, other lists are lists; else bool, int, float,
    Decimal, str, date and datetime. `riskcheck.MISSING` stands for a value that is not known, `riskcheck.EMPTY` for
    a cell that is known to be empty. `as_of` is the review date. Text is taken as it is.

    Returns bool, int, float, str, date, datetime or list, or an Unknown where something missing decides.
    Raises ConditionError if the expression is not valid or names something that is not there, FactsError if a binding
    cannot be a value of the language, and EvaluationError if the expression has no value (a zero divisor, an overflow,
    the least of no rows) though nothing is missing.

    >>> evaluate("ratio(project.ev, project.pv) >= 0.95", {"project": {"ev": 96.0, "pv": 100.0}})
    True
    >>> tasks = [{"id": "T1", "owner": "PMO"}, {"id": "T2", "owner": MISSING}]
    >>> evaluate('tasks.count(task, task.owner == "PMO") > 0', {"tasks": tasks})
    True
    >>> evaluate('tasks.count(task, task.owner == "PMO")', {"tasks": tasks})
    Unknown(missing=('tasks[1].owner',), low=1, high=2)
    >>> evaluate("ratio(1, spent)", {"spent": 0})
    Traceback (most recent call last):
    riskcheck.errors.EvaluationError: the expression has no value: spent is 0, and a divisor must not be
    """
    bound, typed = _typed(expression, bindings)
    environment = Environment(bound.facts(), _review_date(typed, bindings, as_of), variables=bound.variables)
    found = reference.result(typed, environment)
    if settled(found):
        return _python_value(found, typed.type)
    return _unknown(found, typed, environment)


def _review_date(typed: Expression, bindings: Mapping[str, object], as_of: date | None) -> date:
    """The review date, given or bound to its name; any day will do for an expression that does not ask for it."""
    bound = bindings.get("as_of")
    if as_of is not None and not isinstance(as_of, date):
        raise FactsError(Diagnostic("binding", f"as_of is {as_of!r}, but must be a date", hints=(_AS_OF_HINT,)))
    if as_of is not None and bound is not None and bound != as_of:
        raise FactsError(Diagnostic("binding", f"as_of is given twice: {as_of}, and {bound} among the bindings"))
    day = bound if as_of is None else as_of
    if isinstance(day, date):
        return day.date() if isinstance(day, datetime) else day
    if any(isinstance(node, AsOf | Age) for node in walk.parts(typed)):
        raise ConditionError(Diagnostic("no-as-of", "the expression asks for the review date", hints=(_AS_OF_HINT,)))
    return date.min


def _typed(expression: str, bindings: Mapping[str, object]) -> tuple[Bound, Expression]:
    """The names and the expression, typed; names without a value take the types that suit the expression best."""
    source = SourceText(expression)

    def problems_with(bound: Bound) -> int:
        try:
            check_value(source, bound.scope())
        except ConditionError as error:
            return len(error.diagnostics)
        return 0

    bound = bind(bindings, expression)
    if bound.untyped:
        bound = find_types(bound, problems_with)
    typed = check_value(source, bound.scope())
    absent = without_field(bound, sorted(walk.fields_read(typed)))
    if absent is not None:
        raise absent
    return bound, typed


def _python_value(found: Value, type_: Type) -> Any:
    """A known value in Python's own types."""
    if isinstance(found, Truth):
        return found is Truth.TRUE
    if isinstance(found, tuple):
        item = type_.item  # None for []
        return [_python_value(each, item) for each in found] if item is not None else []
    return _python_number(found, type_.kind) if isinstance(found, int) else found


def _python_number(found: int, kind: Kind) -> int | float | date:
    if kind is Kind.DOUBLE:
        return found / SCALE
    if kind is Kind.DATE:
        return date.fromordinal(found)
    return moment_of(found) if kind is Kind.DATETIME else found


def _unknown(found: Value, expression: Expression, environment: Environment) -> Unknown:
    """The Unknown that says what is missing. Raises EvaluationError if nothing is."""
    needs = reference.explain(expression, environment).needs
    names = [name_of(need.cell) for need in needs if need.cell is not None and need.kind in ("fill", "value", "tie")]
    if not names:
        raise EvaluationError(
            [Diagnostic(need.detail or "undefined", f"the expression has no value: {_why(need)}") for need in needs]
        )
    if not isinstance(found, Interval):
        return Unknown(tuple(names))
    kind = expression.type.kind
    least, greatest = range_of(kind)
    low = _python_number(int(found.low), kind) if found.low > least else None
    high = _python_number(int(found.high), kind) if found.high < greatest else None
    return Unknown(tuple(names), low, high)


def name_of(cell: CellRef) -> str:
    """A cell by the name that the caller gave it."""
    return f"{cell.table}[{cell.row}].{cell.field}" if cell.table else cell.field


def _why(need: Need) -> str:
    """Why something is undefined, in words."""
    name = name_of(need.cell) if need.cell else None
    if need.detail == "zero-divisor":
        return f"{name or 'the divisor'} is 0, and a divisor must not be"
    if need.detail == "future-date":
        return f"{name or 'a date'} is later than the review date, so that it has no age"
    if need.detail == "no-rows":
        return f"{need.table or 'a table'} has no rows to take the value of"
    if need.detail == "not-a-number":
        return f"{name or 'a text'} does not spell a number"
    return f"a number is beyond the range of its type{f', at {name}' if name else ''}"
