"""The facts of one file after its layout is understood and before its cells are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from riskcheck.facts.rawcell import RawCell
from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem, Origin
from riskcheck.model.schema import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from riskcheck.model.mapping import DeclaredComplete


@frozen
class RawTable:
    """One table that the file has. `columns` holds `row_count` raw cells for each field whose column is there.

    `open`: the file may hold further rows that could not be read for sure, so the table is not complete, whatever
    is declared.
    """

    table: Table
    columns: Mapping[str, Sequence[RawCell]]
    row_count: int
    origin: Origin
    open: bool = False


@frozen
class RawFacts:
    """All tables that a file has, `table_status` among them, by name; and what was left out.

    `declared` are the tables that a mapping declares complete.
    """

    tables: Mapping[str, RawTable]
    problems: tuple[InputProblem, ...]
    declared: tuple[DeclaredComplete, ...] = ()
