"""Sheets that look like a matrix of a table: letters of one of its fields in the cells, names above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riskcheck.facts.celltypes import Words
from riskcheck.facts.grid import Grid
from riskcheck.facts.headersearch import row_with_most_texts
from riskcheck.facts.matrixcells import parts_of
from riskcheck.facts.rawcell import is_blank, raw_text
from riskcheck.frozen import frozen
from riskcheck.model.schema import Field, FieldType, Table

_ROWS, _COLUMNS = 200, 60
"""So much of a sheet is looked at."""
_AT_LEAST = 3
"""So many cells with letters a column of a matrix has at least."""


@frozen
class Crosstab:
    """A sheet as a matrix of `table`; rows and columns from 0, with the headers of the columns."""

    table: Table
    header: int
    label: Field
    label_column: tuple[int, str]
    across: Field
    cells: Field
    columns: tuple[tuple[int, str], ...]


def find_crosstab(grid: Grid, tables: Iterable[Table]) -> Crosstab | None:
    """The matrix that a sheet looks like, of the first of the tables that can be one."""
    return next((found for table in tables for found in _of(grid, table)), None)


def _of(grid: Grid, table: Table) -> Iterator[Crosstab]:
    """A matrix needs two texts and a field whose words are single letters."""
    texts = [field for field in table.fields if field.type is FieldType.STRING and field.derived is None]
    letters = [field for field in table.fields if _is_of_letters(field)]
    if len(texts) < 2 or len(letters) != 1 or table.one_row:
        return
    header = row_with_most_texts(grid)
    heads = {column: raw_text(raw) for column, raw in grid.filled(header)[:_COLUMNS]}
    words = Words(letters[0].allowed)
    columns = [column for column in heads if _holds_letters(grid, header, column, letters[0], words)]
    labels = [column for column in heads if columns and column < columns[0] and _holds_texts(grid, header, column)]
    if columns and labels:
        yield Crosstab(
            table=table,
            header=header,
            label=texts[0],
            label_column=(labels[-1], heads[labels[-1]]),
            across=texts[1],
            cells=letters[0],
            columns=tuple((column, heads[column]) for column in columns),
        )


def _is_of_letters(field: Field) -> bool:
    return (
        field.type is FieldType.ENUM and len(field.allowed) > 1 and all(len(word.name) == 1 for word in field.allowed)
    )


def _holds_letters(grid: Grid, header: int, column: int, field: Field, words: Words) -> bool:
    """Whether all that stands below the header is made of the letters of `field`, which are `words`."""
    cells = [grid.cell(row, column) for row in grid.rows[:_ROWS] if row > header]
    filled = [raw for raw in cells if not is_blank(raw)]
    parts = [part for raw in filled for part in parts_of(raw, field, words, {})]
    known = sum(isinstance(part, str) and words.meant(part) is not None for part in parts)
    return len(filled) >= _AT_LEAST and len(parts) >= _AT_LEAST and known == len(parts)


def _holds_texts(grid: Grid, header: int, column: int) -> bool:
    cells = [grid.cell(row, column) for row in grid.rows[:_ROWS] if row > header]
    return sum(isinstance(raw, str) and not is_blank(raw) for raw in cells) >= _AT_LEAST
