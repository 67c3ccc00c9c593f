"""Which texts of a row a condition wants to be equal to what hangs on outer rows alone."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.expr import typed
from riskcheck.expr.dependence import names_free
from riskcheck.expr.typed import TEXTS, Expression, RowCell


def equal_texts(variable: str, condition: Expression, bound: set[str]) -> Iterator[tuple[RowCell, Expression]]:
    """The cells of a row, and the outer texts to which they are equal wherever the condition is not false."""
    parts = condition.parts if isinstance(condition, typed.And) else (condition,)
    for part in parts:
        if isinstance(part, typed.Compare) and part.operator == "==" and part.left.type.kind in TEXTS:
            for own, outer in ((part.left, part.right), (part.right, part.left)):
                if _is_cell_of(own, variable) and names_free(outer) and not names_free(outer) & bound:
                    assert isinstance(own, RowCell)
                    yield own, outer
                    break


def _is_cell_of(node: Expression, variable: str) -> bool:
    return isinstance(node, RowCell) and node.variable == variable
