"""The cells of a project as the compiled code reads them: columns of values, prepared once for all checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from riskcheck.engines.python.keyed import Keyed
from riskcheck.expr.frame import values_of_cells
from riskcheck.expr.typed import Type
from riskcheck.model.factset import FactSet
from riskcheck.model.schema import Field

Reading = Literal["cell", "value", "ranged"]
"""How a cell is read: in one of its three states, as what it is to operators, or that within an aggregate."""


class Column(NamedTuple):
    """A column that the code reads."""

    table: str
    field: Field
    type: Type
    reading: Reading


class Cells(NamedTuple):
    """A project's columns, single cells, ranges of rows, open tables and rows by key, as the code numbers them."""

    columns: list[Sequence[Any]]
    singles: list[Any]
    rows: list[range]
    open: list[bool]
    keyed: Callable[[int], Keyed]


class Layout:
    """What the code reads, numbered as it is met."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, str, Reading], tuple[int, Column]] = {}
        self._singles: dict[tuple[str, str, Reading], tuple[int, Column]] = {}
        self._tables: dict[str, int] = {}

    def column(self, column: Column) -> int:
        """The number of a column of rows."""
        return _numbered(self._columns, column)

    def single(self, column: Column) -> int:
        """The number of a cell of a one-row table."""
        return _numbered(self._singles, column)

    def table(self, name: str) -> int:
        """The number of a table."""
        return self._tables.setdefault(name, len(self._tables))

    def cells(self, facts: FactSet) -> Cells:
        """The cells of a project. Raises KeyError if it has no such table or field."""
        tables = facts.by_name
        columns = [_read(each, tables[each.table].columns[each.field.name]) for _, each in self._columns.values()]
        return Cells(
            columns,
            [_read(each, (facts.single(each.table, each.field.name),))[0] for _, each in self._singles.values()],
            [range(tables[name].row_count) for name in self._tables],
            [not tables[name].closed for name in self._tables],
            cache(lambda number: Keyed(columns[number])),
        )


def _numbered(known: dict[tuple[str, str, Reading], tuple[int, Column]], column: Column) -> int:
    return known.setdefault((column.table, column.field.name, column.reading), (len(known), column))[0]


def _read(column: Column, cells: Sequence[Any]) -> Sequence[Any]:
    if column.reading == "cell":
        return cells
    return values_of_cells(cells, column.type, column.reading == "ranged", column.field)
