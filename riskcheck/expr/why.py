"""What an explanation collects: cells that decided, and what would have to be known."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from enum import Enum

from riskcheck.expr.frame import Frame, value
from riskcheck.expr.intervals import UNKNOWN, UNSETTLED, Interval, Value
from riskcheck.expr.result import CellRef, Need
from riskcheck.expr.typed import Expression, GroupQuantifier, Kind, RowCell, SingleCell, TableRows, Variable
from riskcheck.expr.walk import parts
from riskcheck.model.factset import EMPTY, MISSING, FactSet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, TypeAlias


class Side(Enum):
    """On which side a number decided a comparison: it was large enough or too large, small enough or too small."""

    __hash__ = object.__hash__

    HIGH = "high"
    LOW = "low"
    BOTH = "both"


OPPOSITE: Final = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH, Side.BOTH: Side.BOTH}


class Why:
    """The reasons collected so far.

    `group_nodes` are the quantifiers whose groups are being explained, by group variable, `containers` the lists whose
    elements are, by element variable; `done` holds what was explained once and need not be again.
    """

    def __init__(self, facts: FactSet) -> None:
        self.facts = facts
        self.cells: set[CellRef] = set()
        self.needs: set[Need] = set()
        self.group_nodes: dict[str, GroupQuantifier] = {}
        self.containers: dict[str, Expression] = {}
        self.done: dict[Hashable, tuple[object, ...]] = {}

    def first_time(self, subjects: tuple[object, ...], *circumstances: Hashable) -> bool:
        """Whether this is the first call about these very objects in these circumstances."""
        key = (*map(id, subjects), *circumstances)
        if key in self.done:
            return False
        self.done[key] = subjects
        return True

    def read(self, node: RowCell | SingleCell | Variable, frame: Frame, needed: bool, *, test: bool = False) -> None:
        """A cell was read; `needed`: its value is wanted. `test`: only whether it is empty."""
        ref = cell_ref(node, frame)
        if ref is None:
            return
        self.cells.add(ref)
        if needed:
            content = frame.cell(node)
            if content is MISSING:
                self.fill(ref)
            elif content is EMPTY and not test and node.type.kind is not Kind.LIST:
                self.needs.add(Need("value", ref.table, ref))

    def fill(self, ref: CellRef) -> None:
        """A missing cell is needed; closing its table does, too, if there is nothing in an optional cell."""
        self.needs.add(Need("fill", ref.table, ref))
        table = self.facts.by_name.get(ref.table)
        if table is not None and ref.row in table.nothing_in(ref.field):
            self.close(ref.table)

    def close(self, table: str) -> None:
        """A table would have to be closed."""
        self.needs.add(Need("close", table))

    def define(self, detail: str, node: Expression, culprit: Expression, frame: Frame) -> None:
        """`node` is undefined, and `culprit` is the part that makes it so."""
        ref = cell_ref(culprit, frame)
        table = ref.table if ref else _table_of(culprit) or _table_of(node)
        self.needs.add(Need("define", table, ref, detail))

    def no_rows(self, table: str) -> None:
        """A value of no rows is undefined."""
        self.needs.add(Need("define", table, None, "no-rows"))

    def tie(self, date: Expression, frame: Frame, table: str) -> None:
        """A row shares the latest date."""
        self.needs.add(Need("tie", table, cell_ref(date, frame)))


def cell_ref(node: Expression | None, frame: Frame) -> CellRef | None:
    """The cell that a node names, if it names one."""
    if isinstance(node, RowCell):
        row = frame.rows[node.variable]
        return None if row is None else CellRef(node.table, row, node.field.name)
    if isinstance(node, SingleCell):
        return CellRef(node.table, 0, node.field.name)
    if isinstance(node, Variable) and node.name not in frame.elements:
        return CellRef("", 0, node.name)
    return None


def _table_of(node: Expression) -> str:
    """The first table that a node reads; nothing if it reads none."""
    return next((part.table for part in parts(node) if isinstance(part, RowCell | SingleCell | TableRows)), "")


def settled(found: Value) -> bool:
    """Whether a value is known to the last."""
    if isinstance(found, tuple):
        return all(settled(each) for each in found)
    return not isinstance(found, Interval) and found is not UNSETTLED and found is not UNKNOWN


Reasons: TypeAlias = "Callable[[Any, Frame, Why, bool, Side], None]"
REASONS: Final[dict[type, Reasons]] = {}
"""How each construct explains itself; filled by `explains`."""


def explains(construct: type) -> Callable[[Reasons], Reasons]:
    """Marks a function (node, frame, why, needed, side) as the explanation of a construct."""

    def register(reasons: Reasons) -> Reasons:
        REASONS[construct] = reasons
        return reasons

    return register


def give_reasons(node: Expression, frame: Frame, why: Why, needed: bool, side: Side = Side.BOTH) -> None:
    """Collect why `node` is what it is; `needed`: what would have to be known, too, unless its value is known."""
    REASONS[type(node)](node, frame, why, needed and not settled(value(node, frame)), side)
