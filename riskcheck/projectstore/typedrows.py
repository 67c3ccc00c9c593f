"""The rows of a table of some projects, typed: the facts of each project are a part of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from riskcheck.facts.column import read_column
from riskcheck.facts.derived import compute_derived
from riskcheck.facts.manyprojects import KEY, PartOrigin
from riskcheck.facts.rawcell import RawCell, raw_text
from riskcheck.facts.tablestatus import ALL
from riskcheck.frozen import replace
from riskcheck.model.factset import MISSING, Cell, FactTable, close_table
from riskcheck.model.place import Location
from riskcheck.model.schema import FieldType, Table
from riskcheck.projectstore.staging import Staged
from riskcheck.projectstore.told import Told


class TypedRows:
    """The rows of one table. `spans` has the first row of each project that has any, and the one behind its last."""

    def __init__(self, staged: Staged, table: Table, rows: Sequence[tuple[Any, ...]], ids: Mapping[int, str]) -> None:
        """`table` is the table of one project; `rows` are sorted by project, `ids` are those of the projects."""
        self.head, self.table, self.ids = staged.head, table, ids
        columns = list(zip(*rows, strict=True)) if rows else [()] * (2 + len(staged.converters))
        self.projects, self.places = columns[0], columns[1]
        self.spans: dict[int, tuple[int, int]] = {}
        start = 0
        for project, count in Counter(self.projects).items():
            self.spans[project] = (start, start + count)
            start += count
        cells = zip(staged.head.columns, staged.converters, columns[2:], strict=True)
        self.raws: dict[str, Sequence[RawCell]] = {each.field.name: convert(found) for each, convert, found in cells}
        self.lists = [each for each in table.fields if each.type is FieldType.LIST and each.name in self.raws]
        self._variants: dict[bool, FactTable] = {}

    def type_cells(self, unclear: Mapping[str, bool], told: Told) -> None:
        """Type all cells. `unclear` says of columns of percent whether their bare numbers are clear."""
        typed: dict[str, tuple[Cell, ...]] = {}
        nothing: dict[str, tuple[int, ...]] = {}
        for field in self.table.fields:
            typed[field.name] = (MISSING,) * len(self.projects)
            if field.name == KEY:
                typed[KEY] = tuple([self.ids.get(project, MISSING) for project in self.projects])
            elif field.name in self.raws and field.derived is None:
                column = read_column(field, self.raws[field.name], unclear.get(field.name))
                typed[field.name] = column.cells
                if column.nothing:
                    nothing[field.name] = column.nothing
                if not field.carried and (column.unread or column.doubted):
                    told.column(field, self.table, column, partial(self.where, field.name))
        facts = FactTable(self.table, typed, len(self.projects), closed=False, nothing=nothing)
        self._variants[False] = compute_derived(facts)

    def where(self, field: str, row: int) -> tuple[Location, str]:
        """The place of a cell, and the project that it is of."""
        return self.cell_location(row, field), self.ids.get(self.projects[row], ALL)

    def cell_location(self, row: int, field: str) -> Location:
        """The place of a cell; of a field that has no column, that of the table."""
        return self.head.cell_location(self.places[row], field)

    def table_location(self) -> Location:
        """The place of the table."""
        return self.head.source.place.whole

    def raw(self, row: int, field: str) -> str | None:
        """A cell as it is written."""
        raws = self.raws.get(field)
        return raw_text(raws[row]) if raws is not None else None

    def whole(self, *, closed: bool) -> FactTable:
        """All rows, as they are in a table that is declared complete, or not."""
        if closed not in self._variants:
            self._variants[closed] = compute_derived(close_table(self._variants[False]))
        return self._variants[closed]

    def all_rows(self) -> FactTable:
        """All rows as they are in an open table, with their places."""
        whole = self.whole(closed=False)
        return replace(whole, origin=PartOrigin(self, range(whole.row_count)))

    def of_project(self, project: int, *, closed: bool) -> FactTable | None:
        """The rows of one project; None if it has none."""
        span = self.spans.get(project)
        if span is None:
            return None
        start, stop = span
        whole = self.whole(closed=closed)
        columns = {name: cells[start:stop] for name, cells in whole.columns.items()}
        nothing = {} if closed else _part(whole.nothing, start, stop)
        return FactTable(
            self.table, columns, stop - start, closed, origin=PartOrigin(self, range(start, stop)), nothing=nothing
        )


def _part(nothing: Mapping[str, tuple[int, ...]], start: int, stop: int) -> dict[str, tuple[int, ...]]:
    from bisect import bisect_left

    found = {}
    for name, rows in nothing.items():
        own = rows[bisect_left(rows, start) : bisect_left(rows, stop)]
        if own:
            found[name] = tuple([row - start for row in own])
    return found
