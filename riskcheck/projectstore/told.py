"""What is wrong with cells of many projects: the first of each kind told one by one, the others counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from riskcheck.facts.assemble import MOST_LISTED
from riskcheck.facts.cellproblems import cell_problem, doubted_cells, further_cells, problem_code
from riskcheck.facts.column import Column
from riskcheck.facts.unread import Doubted, Unread
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import Field, Table
from riskcheck.model.text import Text

Where = Callable[[int], tuple[Location, str]]
"""The place of a cell by its row in what was typed, and the id of its project."""


@frozen
class _First:
    """The first cell of its kind that is only counted."""

    field: Field
    said: Unread | Doubted
    place: Location


class Told:
    """The problems of all blocks, in the order in which they were met."""

    def __init__(self) -> None:
        self._problems: list[InputProblem] = []
        self._counts: dict[tuple[str, str, str], int] = {}
        self._first: dict[tuple[str, str, str], _First] = {}

    def add(self, problem: InputProblem, kind: tuple[str, str, str]) -> None:
        """Add a problem, unless there are many of its kind; they are counted."""
        count = self._counts[kind] = self._counts.get(kind, 0) + 1
        if count <= MOST_LISTED:
            self._problems.append(problem)

    def column(self, field: Field, table: Table, column: Column, where: Where) -> None:
        """Add what is wrong with a column of a block."""
        for row, unread in column.unread:
            kind = (table.name, field.name, problem_code(unread))
            if self._counts.get(kind, 0) < MOST_LISTED:
                place, project = where(row)
                self.add(of_project(cell_problem(field, table, unread, place), project), kind)
            else:
                self._count(kind, field, unread, row, where)
        for row, doubted in column.doubted:
            self._count((table.name, field.name, "doubted"), field, doubted, row, where)

    def _count(self, kind: tuple[str, str, str], field: Field, said: Unread | Doubted, row: int, where: Where) -> None:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        if kind not in self._first:
            self._first[kind] = _First(field, said, where(row)[0])

    def problems(self) -> Iterator[InputProblem]:
        """All of them, then how many more there are of each kind."""
        yield from self._problems
        for kind, first in self._first.items():
            if isinstance(first.said, Unread):
                yield further_cells(first.field, first.said, self._counts[kind] - MOST_LISTED, first.place)
            else:
                yield doubted_cells(first.field, first.said, self._counts[kind], first.place)


def of_project(problem: InputProblem, project: str) -> InputProblem:
    """The problem with the id of the project that it is in."""
    text = problem.text
    return replace(problem, text=Text(f"{text.en} (project {project})", f"{text.zh}（项目 {project}）"))
