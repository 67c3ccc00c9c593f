"""Why a condition is what it is in many rows, in a few steps for all of them.

A macro over thousands of rows of which little is known has to say what it needs in each of them. What conditions over
rows are mostly made of (connections of comparisons and tests of cells) is looked at here column by column; any other
construct explains itself row by row. The outcome is what `give_reasons` collects row after row, which is the
definition; `tests/laws/test_column_reasons.py` holds this module to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from riskcheck.expr.frame import Frame
from riskcheck.expr.intervals import FALSE, NEGATION, TRUE, UNKNOWN, Value
from riskcheck.expr.manyrows import ManyRows, values_in
from riskcheck.expr.result import CellRef, Need
from riskcheck.expr.typed import (
    Aggregate,
    AggregateName,
    And,
    AsOf,
    CellTest,
    Compare,
    Constant,
    Expression,
    FilterRows,
    GroupRows,
    In,
    Kind,
    LimitRef,
    ListOf,
    Not,
    Or,
    RowCell,
    Source,
)
from riskcheck.expr.why import REASONS, Side, Why, give_reasons, settled
from riskcheck.frozen import frozen
from riskcheck.model.factset import EMPTY, MISSING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, TypeAlias

InRows: TypeAlias = "Callable[[Aggregate, ManyReasons, Sequence[int], Sequence[Any], bool], None]"
IN_ROWS: Final[dict[AggregateName, InRows]] = {}
"""How macros explain themselves in many rows, for all of which they are known, or for none; the others one by one."""

FEW = 3
"""So many rows are as quickly explained one by one."""


def give_reasons_in(node: Expression, variable: str, rows: Sequence[int], frame: Frame, why: Why, needed: bool) -> None:
    """What `give_reasons` collects about `node` with `variable` standing for each of `rows` in turn."""
    if len(rows) > FEW:
        ManyReasons(variable, frame, why).explain(node, rows, values_in(node, ManyRows(frame, variable, rows)), needed)
        return
    inner = frame.with_rows()
    for row in rows:
        inner.rows[variable] = row
        give_reasons(node, inner, why, needed)


def why_they_belong(source: Source, rows: Sequence[int], frame: Frame, why: Why, needed: bool) -> None:
    """Why rows belong to a source, or whether each of them does is not known."""
    while isinstance(source, FilterRows) and rows:
        condition, variable = source.condition, source.variable
        chosen, found = rows, values_in(condition, ManyRows(frame, variable, rows))
        if needed:
            chosen = [row for row, each in zip(rows, found, strict=True) if each is UNKNOWN]
            found = [UNKNOWN] * len(chosen)
        ManyReasons(variable, frame, why).explain(condition, chosen, found, needed)
        source = source.source
    if isinstance(source, GroupRows) and source.variable in why.group_nodes and rows:
        node = why.group_nodes[source.variable]
        give_reasons_in(node.key, node.variable, rows, frame, why, needed)
        why_they_belong(node.source, rows, frame, why, needed)


@frozen
class ManyReasons:
    """Explains what is asked of rows that `variable` stands for, and collects it in `why`."""

    variable: str
    frame: Frame
    why: Why

    def explain(self, node: Expression, rows: Sequence[int], found: Sequence[Value], needed: bool) -> None:
        """Explain `node`, which comes to `found` in `rows`; `needed`: what would have to be known, where it is not."""
        if not rows:
            return
        if needed:
            known = [settled(each) for each in found]
            self._explain_alike(node, *_chosen(rows, found, [not each for each in known]), True)
            rows, found = _chosen(rows, found, known)
        self._explain_alike(node, rows, found, False)

    def _explain_alike(self, node: Expression, rows: Sequence[int], found: Sequence[Any], needed: bool) -> None:
        """Explain `node` in rows in all of which it is known, or in none if `needed`."""
        if not rows:
            return
        if isinstance(node, Not):
            self.explain(node.operand, rows, [NEGATION[each] for each in found], needed)
        elif isinstance(node, And | Or):
            self._explain_parts(node, rows, found, needed)
        elif (cells := _plain_cells(node, self.variable)) is not None:
            for cell, test in cells:
                self._read(cell, rows, needed, test)
        elif isinstance(node, Aggregate) and node.name in IN_ROWS:
            IN_ROWS[node.name](node, self, rows, found, needed)
        else:
            inner, reasons = self.frame.with_rows(), REASONS[type(node)]
            for row in rows:
                inner.rows[self.variable] = row
                reasons(node, inner, self.why, needed, Side.BOTH)

    def _explain_parts(self, node: And | Or, rows: Sequence[int], found: Sequence[Any], needed: bool) -> None:
        """Of a connection that came to its strongest value, or to unknown, only the parts that made it so count."""
        decisive = (FALSE if isinstance(node, And) else TRUE, UNKNOWN)
        for part in node.parts:
            truths = values_in(part, ManyRows(self.frame, self.variable, rows))
            count = [each is met or met not in decisive for each, met in zip(truths, found, strict=True)]
            self.explain(part, *_chosen(rows, truths, count), needed)

    def _read(self, node: RowCell, rows: Sequence[int], needed: bool, test: bool) -> None:
        """The cells of one column were read, as `Why.read` says of each."""
        why, table, name = self.why, node.table, node.field.name
        refs = [CellRef(table, row, name) for row in rows]
        why.cells.update(refs)
        if not needed:
            return
        facts = self.frame.tables[table]
        column = facts.columns[name]
        missing = [ref for ref in refs if column[ref.row] is MISSING]
        why.needs.update([Need("fill", table, ref) for ref in missing])
        if not facts.nothing_in(name).isdisjoint([ref.row for ref in missing]):
            why.close(table)
        if not test and node.type.kind is not Kind.LIST:
            why.needs.update([Need("value", table, ref) for ref in refs if column[ref.row] is EMPTY])


def _chosen(
    rows: Sequence[int], found: Sequence[Value], which: Sequence[bool]
) -> tuple[Sequence[int], Sequence[Value]]:
    """Those of the rows, with what was found in them, of which `which` says so."""
    if all(which):
        return rows, found
    pairs = [pair for pair, chosen in zip(zip(rows, found, strict=True), which, strict=True) if chosen]
    return [row for row, _ in pairs], [each for _, each in pairs]


def _plain_cells(node: Expression, variable: str) -> list[tuple[RowCell, bool]] | None:
    """The cells of the row that a comparison or test reads, each with whether only its emptiness counts.

    None if it reads anything else.
    """
    try:
        return list(_cells(node, variable))
    except _Unplain:
        return None


class _Unplain(Exception):  # noqa: N818 - a signal that a node reads more than cells of its row
    pass


def _cells(node: Expression, variable: str) -> Iterator[tuple[RowCell, bool]]:
    kind = type(node)
    if isinstance(node, RowCell) and node.variable == variable:
        yield node, False
    elif isinstance(node, CellTest) and isinstance(node.cell, RowCell) and node.cell.variable == variable:
        yield node.cell, True
    elif isinstance(node, Compare):
        yield from _cells(node.left, variable)
        yield from _cells(node.right, variable)
    elif isinstance(node, In):
        yield from _cells(node.item, variable)
        yield from _cells(node.container, variable)
    elif isinstance(node, ListOf):
        for item in node.items:
            yield from _cells(item, variable)
    elif kind not in (Constant, LimitRef, AsOf):
        raise _Unplain
