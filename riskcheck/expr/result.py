"""What the reference evaluator says: a truth, the cells that decided it, and what would have to be known."""

from __future__ import annotations

from collections import namedtuple

from riskcheck.frozen import frozen
from riskcheck.model.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, NamedTuple

    class CellRef(NamedTuple):
        """One cell of the facts; `row` counts from 0 in the table's rows. For a one-row table `row` is 0."""

        table: str
        row: int
        field: str

    class Need(NamedTuple):
        """One reason for an unknown.

        `kind`: `fill` a missing cell; `value`: a cell known to be empty where a value is needed; `close` an open
        table (`cell` is None); `define`: an undefined value (zero divisor, overflow, age in the future, aggregate of no
        rows); `tie`: rows share the latest date. `table` is the table concerned, empty only where an undefined value
        reads none; `detail` says in a word what is undefined (`zero-divisor`, `overflow`, `future-date`, `no-rows`,
        `not-a-number`).
        """

        kind: Literal["fill", "value", "close", "define", "tie"]
        table: str
        cell: CellRef | None = None
        detail: str | None = None

else:  # the same, without the time that it takes to import typing
    CellRef = namedtuple("CellRef", ("table", "row", "field"))
    Need = namedtuple("Need", ("kind", "table", "cell", "detail"), defaults=(None, None))


@frozen
class Explanation:
    """Why an expression is what it is.

    `value` is the value as text (`[3, 5]` for an interval, None if there is none to show). `cells` are the cells that
    decided it, each once, in the order of tables, rows and fields of the facts. `needs` are the reasons for an
    unknown, each once, in the same order; empty unless `truth` is UNKNOWN (for a measure: unless it is no single
    value).
    """

    truth: Truth | None
    value: str | None
    cells: tuple[CellRef, ...]
    needs: tuple[Need, ...]
