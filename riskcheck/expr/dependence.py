"""Which cells of outer rows an expression reads: what its value hangs on, beside the facts as a whole."""

from __future__ import annotations

from typing import Any, Final

from riskcheck.expr.typed import (
    Aggregate,
    Expression,
    FilterRows,
    GroupQuantifier,
    GroupRows,
    ListQuantifier,
    RowCell,
    Source,
    Variable,
)
from riskcheck.expr.walk import PARTS

Free = RowCell | Variable | GroupRows
"""What an expression may take from outside itself."""

_BINDING: Final[dict[type, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    ListQuantifier: (("variable",), ("condition",)),
    Aggregate: (("variable",), ("args",)),
    GroupQuantifier: (("variable", "group"), ("key", "condition")),
    FilterRows: (("variable",), ("condition",)),
}
"""Of each node that binds names: the attributes with these names, and the parts in which they stand for something."""


def free(node: Expression | Source, bound: frozenset[str] = frozenset()) -> tuple[Free, ...]:
    """The row cells, variables and groups in `node` that neither it nor `bound` gives a meaning.

    Found out once for a node, which keeps it: a condition is evaluated for each check, project and way to close tables.
    """
    kept: dict[frozenset[str], tuple[Free, ...]] = vars(node).setdefault("_free", {})
    if bound not in kept:
        found: list[Free] = []
        _collect(node, bound, found)
        kept[bound] = tuple(found)
    return kept[bound]


def _collect(node: Expression | Source, bound: frozenset[str], found: list[Free]) -> None:
    if isinstance(node, RowCell | Variable | GroupRows):
        if (node.name if isinstance(node, Variable) else node.variable) not in bound:
            found.append(node)
        return
    names, scoped = _BINDING.get(type(node), ((), ()))
    inner = bound.union(getattr(node, name) for name in names)
    for attribute in PARTS[type(node)]:
        for part in _nodes(getattr(node, attribute)):
            _collect(part, inner if attribute in scoped else bound, found)


def _nodes(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)
