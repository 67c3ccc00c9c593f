"""What an expression comes to in many rows, in a few steps for all of them.

A macro asks the same of row after row. Most of what it asks is plain: compare a cell, test one, connect the answers.
These constructs have a meaning here that gives a list of values, one for each row; any other construct is evaluated row
by row, as `riskcheck.expr.evaluate` defines it, or once, if it does not concern the row. That module is the definition;
`tests/laws/test_many_rows.py` holds this one to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from riskcheck.expr.dependence import names_free
from riskcheck.expr.frame import Frame, value, values_of_cells
from riskcheck.expr.intervals import COMPARISONS, FALSE, NEGATION, TRUE, UNKNOWN, Value, is_in, to_common_scale
from riskcheck.expr.typed import And, CellTest, Compare, Expression, In, Not, Or, RowCell
from riskcheck.frozen import frozen
from riskcheck.model.factset import EMPTY, MISSING, Cell
from riskcheck.model.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, TypeAlias

FEW = 3
"""So many rows are as quickly evaluated one by one."""


@frozen
class ManyRows:
    """Where an expression is evaluated: in `frame`, with `variable` standing for each of `rows` (from 0) in turn."""

    frame: Frame
    variable: str
    rows: Sequence[int]

    def concern(self, node: Expression) -> bool:
        """Whether the value of `node` may differ from row to row."""
        return self.variable in names_free(node)

    def cells(self, node: RowCell) -> list[Cell]:
        """The cells that `node` names in these rows."""
        return list(map(self.frame.tables[node.table].columns[node.field.name].__getitem__, self.rows))


ManyMeaning: TypeAlias = "Callable[[Any, ManyRows, bool], list[Any]]"
_MEANINGS: Final[dict[type, ManyMeaning]] = {}


def values_in(node: Expression, many: ManyRows, ranged: bool = False) -> list[Value]:
    """What `node` comes to in each of the rows. `ranged`: its numbers stand in the value of an aggregate."""
    meaning = _MEANINGS.get(type(node))
    if meaning is not None and len(many.rows) > FEW and many.concern(node):
        return meaning(node, many, ranged)
    if len(many.rows) > 1 and not many.concern(node):
        return [value(node, many.frame, ranged)] * len(many.rows)
    return row_by_row(node, many, ranged)


def row_by_row(node: Expression, many: ManyRows, ranged: bool) -> list[Value]:
    """What `node` comes to in each of the rows, evaluated one by one."""
    inner, found = many.frame.with_rows(), []
    for row in many.rows:
        inner.rows[many.variable] = row
        found.append(value(node, inner, ranged))
    return found


def truths_in(condition: Expression, many: ManyRows) -> list[Truth]:
    """What a condition comes to in each of the rows."""
    truths: list[Any] = values_in(condition, many)
    return truths


def means_in_rows(construct: type) -> Callable[[ManyMeaning], ManyMeaning]:
    """Marks a function (node, rows, ranged) as what a construct comes to in many rows."""

    def register(meaning: ManyMeaning) -> ManyMeaning:
        _MEANINGS[construct] = meaning
        return meaning

    return register


@means_in_rows(RowCell)
def _cells(node: RowCell, many: ManyRows, ranged: bool) -> list[Value]:
    return values_of_cells(many.cells(node), node.type, ranged, node.field)


@means_in_rows(CellTest)
def _cell_tests(node: CellTest, many: ManyRows, ranged: bool) -> list[Truth]:
    assert isinstance(node.cell, RowCell)  # any other cell is the same in all rows
    blank, filled = (FALSE, TRUE) if node.present else (TRUE, FALSE)
    return [
        UNKNOWN if cell is MISSING else blank if cell is EMPTY or cell == () else filled
        for cell in many.cells(node.cell)
    ]


@means_in_rows(Not)
def _negations(node: Not, many: ManyRows, ranged: bool) -> list[Truth]:
    return [NEGATION[truth] for truth in truths_in(node.operand, many)]


@means_in_rows(And)
def _conjunctions(node: And, many: ManyRows, ranged: bool) -> list[Truth]:
    return _connected(node.parts, many, FALSE)


@means_in_rows(Or)
def _disjunctions(node: Or, many: ManyRows, ranged: bool) -> list[Truth]:
    return _connected(node.parts, many, TRUE)


def _connected(parts: tuple[Expression, ...], many: ManyRows, strongest: Truth) -> list[Truth]:
    """A row is looked at until a part comes to the strongest value: the connection then is that, whatever follows."""
    connect: Any = min if strongest is FALSE else max
    found = truths_in(parts[0], many)
    for part in parts[1:]:
        if strongest not in found:
            found = list(map(connect, found, truths_in(part, many)))
            continue
        left = [number for number, truth in enumerate(found) if truth is not strongest]
        rows = ManyRows(many.frame, many.variable, [many.rows[number] for number in left])
        for number, truth in zip(left, truths_in(part, rows), strict=True):
            found[number] = connect(found[number], truth)
    return found


@means_in_rows(Compare)
def _comparisons(node: Compare, many: ManyRows, ranged: bool) -> list[Truth]:
    lefts, rights = values_in(node.left, many), values_in(node.right, many)
    kind, other = node.left.type.kind, node.right.type.kind
    compare: Any = COMPARISONS[node.operator]
    if kind is other:
        return list(map(compare, lefts, rights))
    return [compare(*to_common_scale(left, right, kind, other)) for left, right in zip(lefts, rights, strict=True)]


@means_in_rows(In)
def _memberships(node: In, many: ManyRows, ranged: bool) -> list[Truth]:
    types = node.item.type, node.container.type
    pairs = zip(values_in(node.item, many), values_in(node.container, many), strict=True)
    return [is_in(item, container, *types) for item, container in pairs]
