"""What `table_status` says of the tables of each project.

With a column of the project a row is about that project, or about all where `*` stands there; without one every row is
about all. A row that does not say for which project it is can declare nothing complete, but anything incomplete.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from types import MappingProxyType
from typing import Final

from riskcheck.facts.mappedtables import StackedOrigin
from riskcheck.facts.rawcell import RawCell
from riskcheck.facts.tablestatus import ALL, NOTHING_SAID, StatusRead, read_status, status_table
from riskcheck.model.factset import FactTable
from riskcheck.model.schema import Schema
from riskcheck.projectstore.staging import OF_NOBODY
from riskcheck.projectstore.told import Told, of_project
from riskcheck.projectstore.typedrows import TypedRows

_COMPLETE: Final = "complete"
_MOST_KEPT: Final = 10_000


class Statuses:
    """Reads what is said of each project; what is said of many in the same words is read once."""

    def __init__(self, schema: Schema, present: Set[str], of_all: TypedRows | None, told: Told) -> None:
        """`of_all` are the typed rows that are about all projects; `present` the tables that there are."""
        self._schema, self._present, self._told = schema, present, told
        self._table = status_table(schema)
        self._of_all = of_all.all_rows() if of_all is not None else None
        self._answers_of_all = _answers_of_all(of_all, self._of_all) if of_all and self._of_all else ()
        self._known: dict[object, StatusRead] = {}

    def of_project(self, rows: TypedRows | None, number: int, project: str) -> StatusRead:
        """What is said of the `number`-th project in its own rows and in those that are about all."""
        span = rows.spans.get(number) if rows is not None else None
        key = None
        if rows is not None and span is not None:
            key = tuple(tuple(raws[span[0] : span[1]]) for raws in rows.raws.values())
        known = self._known.get(key)
        if known is None:
            known = self._read(rows if span is not None else None, number, span or (0, 0), project)
            if not known.problems:
                if len(self._known) >= _MOST_KEPT:
                    self._known.clear()
                self._known[key] = known
        return known

    def _read(self, rows: TypedRows | None, number: int, span: tuple[int, int], project: str) -> StatusRead:
        own = rows.of_project(number, closed=False) if rows is not None else None
        parts = [each for each in (own, self._of_all) if each is not None]
        if not parts:
            return NOTHING_SAID
        answers = (*_answers(rows, *span), *self._answers_of_all)
        found = read_status(_together(parts), answers, self._schema, self._present)
        about = project if own is not None else ALL
        for problem in found.problems:
            self._told.add(of_project(problem, about), (self._table.name, "", problem.code))
        return found


def _answers(rows: TypedRows | None, start: int, stop: int) -> Sequence[RawCell]:
    raws = rows.raws.get(_COMPLETE) if rows is not None else None
    return raws[start:stop] if raws is not None else ("",) * (stop - start)


def _answers_of_all(rows: TypedRows, facts: FactTable) -> Sequence[RawCell]:
    """The answers for all projects, without a yes for nobody knows which."""
    written = zip(_answers(rows, 0, facts.row_count), rows.projects, facts.columns[_COMPLETE], strict=True)
    return tuple("" if about == OF_NOBODY and complete is True else raw for raw, about, complete in written)


def _together(parts: Sequence[FactTable]) -> FactTable:
    if len(parts) == 1:
        return parts[0]
    first, second = parts
    columns = {name: cells + second.columns[name] for name, cells in first.columns.items()}
    origin = StackedOrigin((first.origin, second.origin), (0, first.row_count))
    count = first.row_count + second.row_count
    return FactTable(first.table, MappingProxyType(columns), count, first.closed, origin=origin)
