"""Which cells of outer rows an expression reads: what its value hangs on, beside the facts as a whole."""

from __future__ import annotations

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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

Free = RowCell | Variable | GroupRows
"""What an expression may take from outside itself."""
_FREE = (RowCell, Variable, GroupRows)

_BINDING: Final[dict[type, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    ListQuantifier: (("variable",), ("condition",)),
    Aggregate: (("variable",), ("args",)),
    GroupQuantifier: (("variable", "group"), ("key", "condition")),
    FilterRows: (("variable",), ("condition",)),
}
"""Of each node that binds names: the attributes with these names, and the parts in which they stand for something."""


def free(node: Expression | Source) -> tuple[Free, ...]:
    """The row cells, variables and groups in `node` to which it gives no meaning itself, each once.

    Found out once for a node, which keeps it: a condition is evaluated for each check, project and way to close tables.
    """
    kept: dict[str, tuple[Free, ...]] = node.__dict__
    found = kept.get("_free")
    if found is None:
        found = kept["_free"] = (node,) if isinstance(node, _FREE) else _free_in_parts(node)
    return found


def names_free(node: Expression | Source) -> frozenset[str]:
    """The names by which `node` takes something from outside itself."""
    kept: dict[str, frozenset[str]] = node.__dict__
    found = kept.get("_names_free")
    if found is None:
        found = kept["_names_free"] = frozenset([name_of(each) for each in free(node)])
    return found


def name_of(free: Free) -> str:
    """The name by which an expression takes something from outside."""
    return free.name if isinstance(free, Variable) else free.variable


def _free_in_parts(node: Expression | Source) -> tuple[Free, ...]:
    attributes = PARTS[type(node)]
    if not attributes:
        return ()
    names, scoped = _BINDING.get(type(node), ((), ()))
    bound = {getattr(node, name) for name in names}
    found: dict[int, Free] = {}
    for attribute in attributes:
        within = bound if attribute in scoped else ()
        for part in _nodes(getattr(node, attribute)):
            found.update((id(each), each) for each in free(part) if name_of(each) not in within)
    return tuple(found.values())


def _nodes(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)
