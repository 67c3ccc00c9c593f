"""Which cells of outer rows an expression reads: what its value hangs on, beside the facts as a whole."""

from __future__ import annotations

from typing import Any, Final

from riskcheck.expr.typed import (
    Age,
    Aggregate,
    And,
    Arithmetic,
    AsOf,
    CellTest,
    Compare,
    Constant,
    Days,
    Expression,
    FilterRows,
    Function,
    GroupQuantifier,
    GroupRows,
    If,
    In,
    LimitRef,
    ListOf,
    ListQuantifier,
    Negate,
    Not,
    Or,
    Ratio,
    RowCell,
    SingleCell,
    Source,
    TableRows,
    Variable,
)

Free = RowCell | Variable | GroupRows
"""What an expression may take from outside itself."""

_PARTS: Final[dict[type, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]] = {
    Constant: ((), (), ()),
    ListOf: (("items",), (), ()),
    SingleCell: ((), (), ()),
    AsOf: ((), (), ()),
    LimitRef: ((), (), ()),
    Not: (("operand",), (), ()),
    And: (("parts",), (), ()),
    Or: (("parts",), (), ()),
    If: (("test", "then", "otherwise"), (), ()),
    Compare: (("left", "right"), (), ()),
    In: (("item", "container"), (), ()),
    Arithmetic: (("left", "right"), (), ()),
    Negate: (("operand",), (), ()),
    CellTest: (("cell",), (), ()),
    Days: (("start", "end"), (), ()),
    Age: (("moment",), (), ()),
    Ratio: (("numerator", "denominator"), (), ()),
    Function: (("args",), (), ()),
    ListQuantifier: (("container",), ("variable",), ("condition",)),
    Aggregate: (("source",), ("variable",), ("args",)),
    GroupQuantifier: (("source",), ("variable", "group"), ("key", "condition")),
    TableRows: ((), (), ()),
    FilterRows: (("source",), ("variable",), ("condition",)),
}
"""Of each node: its parts, the names that it binds, and the parts in which these names stand for something."""


def free(node: Expression | Source, bound: frozenset[str] = frozenset()) -> tuple[Free, ...]:
    """The row cells, variables and groups in `node` that neither it nor `bound` gives a meaning."""
    found: list[Free] = []
    _collect(node, bound, found)
    return tuple(found)


def _collect(node: Expression | Source, bound: frozenset[str], found: list[Free]) -> None:
    if isinstance(node, RowCell):
        if node.variable not in bound:
            found.append(node)
        return
    if isinstance(node, Variable):
        if node.name not in bound:
            found.append(node)
        return
    if isinstance(node, GroupRows):
        if node.variable not in bound:
            found.append(node)
        return
    plain, names, scoped = _PARTS[type(node)]
    for attribute in plain:
        for part in _nodes(getattr(node, attribute)):
            _collect(part, bound, found)
    inner = bound | {getattr(node, name) for name in names}
    for attribute in scoped:
        for part in _nodes(getattr(node, attribute)):
            _collect(part, inner, found)


def _nodes(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)
