"""Which tables the columns of a sheet look like, for sheets whose name or header is not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from riskcheck.celltext import clean
from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.names import LONGEST_NAME, field_names, shorter_forms
from riskcheck.facts.rawcell import RawCell
from riskcheck.facts.spelling import fold
from riskcheck.frozen import frozen
from riskcheck.model.schema import Table

_ROWS, _COLUMNS = 64, 60
"""So many rows and columns near the top left are looked at."""
_AT_LEAST, _AT_LEAST_SWAPPED = 2, 3
"""So many fields must be named in a row, or one below the other; fewer say nothing."""


@frozen
class NearTable:
    """A table, the fields of it that are named in one line of a sheet, and that line: a row, or a column."""

    table: Table
    fields: tuple[str, ...]
    line: int
    direction: Literal["row", "column"]


class NearestTables:
    """Compares sheets with `tables`."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tables
        self._meanings: dict[str, list[tuple[int, str]]] = {}
        for number, table in enumerate(tables):
            for folded, name in field_names(table).by_folded.items():
                self._meanings.setdefault(folded, []).append((number, name))

    def of(self, grid: Grid) -> tuple[NearTable, ...]:
        """The tables of which at least two fields are named in one line of the sheet, those with most names first."""
        known: dict[str, list[tuple[int, str]]] = {}
        best: dict[int, NearTable] = {}
        for direction, line, texts in _lines(grid):
            named: dict[int, dict[str, None]] = {}
            for text in texts:
                if text not in known:
                    known[text] = self._meaning(text)
                for number, field in known[text]:
                    named.setdefault(number, {})[field] = None
            least = _AT_LEAST if direction == "row" else _AT_LEAST_SWAPPED
            for number, fields in named.items():
                if len(fields) >= max(least, len(best[number].fields) + 1 if number in best else 0):
                    best[number] = NearTable(self.tables[number], tuple(fields), line, direction)
        return tuple(sorted(best.values(), key=lambda near: (-len(near.fields), self.tables.index(near.table))))

    def nearest(self, grid: Grid) -> NearTable | None:
        """The one table that the sheet looks like, if there is one."""
        return only(self.of(grid))

    def _meaning(self, text: str) -> list[tuple[int, str]]:
        forms = (self._meanings.get(fold(shorter)) for shorter, _ in shorter_forms(clean(text)))
        return next((meant for meant in forms if meant), [])


def only(found: Sequence[NearTable]) -> NearTable | None:
    """The first of the tables if no other has as many names."""
    is_alone = len(found) == 1 or (found and len(found[0].fields) > len(found[1].fields))
    return found[0] if is_alone else None


_Line = tuple[Literal["row", "column"], int, list[str]]


def _lines(grid: Grid) -> Iterator[_Line]:
    for row in grid.rows[:_ROWS]:
        filled = grid.filled(row)[:_COLUMNS]
        if filled and not is_comment(filled[0][1]):
            yield "row", row, _texts(raw for _, raw in filled)
    for column in grid.columns[:_COLUMNS]:
        yield "column", column, _texts(grid.cell(row, column) for row in grid.rows[:_ROWS])


def _texts(raws: Iterable[RawCell]) -> list[str]:
    return [raw for raw in raws if isinstance(raw, str) and raw and len(raw) <= LONGEST_NAME]
