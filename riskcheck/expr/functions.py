"""The plain functions of CEL that the language has, on arguments that are known at least in part.

A new function is one entry here, its signature in `riskcheck.expr.checker_functions`, and cases in `tests/semantics`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from riskcheck.expr.intervals import (
    FALSE,
    TRUE,
    UNSETTLED,
    Interval,
    Value,
    moment_of,
    number,
    rising,
    within,
)
from riskcheck.expr.typed import Function, Kind
from riskcheck.model.number import SCALE, grid_text, to_grid
from riskcheck.model.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

_INT = r"[+-]?[0-9]{1,30}"
_DOUBLE = r"[+-]?([0-9]{1,400}(\.[0-9]{0,400})?|\.[0-9]{1,400})([eE][+-]?[0-9]{1,4})?"


def _truth(found: bool) -> Truth:
    return TRUE if found else FALSE


def _size(node: Function, operand: Any) -> Value:
    """The number of code points of a text, or of elements of a list."""
    return len(operand)


def _matches(node: Function, text: str, pattern: str) -> Value:
    """Whether a part of the text fits the pattern: RE2, in linear time. The checker has seen that it is installed."""
    import re2  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return _truth(re2.search(pattern, text) is not None)


def _to_int(node: Function, operand: Any) -> Value:
    """An int as it is, a double without its fraction, or the int that a text spells; undefined if it is none."""
    kind = node.args[0].type.kind
    if kind is Kind.INT:
        return number(operand)
    if kind is Kind.DOUBLE:
        return rising(lambda grid: abs(grid) // SCALE * (1 if grid >= 0 else -1), number(operand), Kind.INT)
    return within(int(operand), int(operand), Kind.INT) if re.fullmatch(_INT, operand) else UNSETTLED


def _to_double(node: Function, operand: Any) -> Value:
    """A double as it is, an int as double, or the double that a text spells; undefined if it is none."""
    kind = node.args[0].type.kind
    if kind is Kind.DOUBLE:
        return number(operand)
    if kind is Kind.INT:
        return rising(lambda whole: whole * SCALE, number(operand), Kind.DOUBLE)
    grid = to_grid(operand) if re.fullmatch(_DOUBLE, operand) else None
    return UNSETTLED if grid is None else grid


def _to_string(node: Function, operand: Any) -> Value:
    """The canonical spelling of a value."""
    if isinstance(operand, Interval):
        return UNSETTLED
    return spelled(operand, node.args[0].type.kind)


def spelled(value: Any, kind: Kind) -> str:
    """The canonical spelling of a known value: the shortest decimal, ISO dates, `true` and `false`."""
    from datetime import date

    if kind is Kind.BOOL:
        return "true" if value is TRUE else "false"
    if kind is Kind.DOUBLE:
        return grid_text(value)
    if kind is Kind.DATE:
        return date.fromordinal(value).isoformat()
    return moment_of(value).isoformat() if kind is Kind.DATETIME else str(value)


FUNCTIONS: Final[dict[str, Callable[..., Value]]] = {
    "size": _size,
    "contains": lambda node, text, part: _truth(part in text),
    "startsWith": lambda node, text, part: _truth(text.startswith(part)),
    "endsWith": lambda node, text, part: _truth(text.endswith(part)),
    "matches": _matches,
    "int": _to_int,
    "double": _to_double,
    "string": _to_string,
}
