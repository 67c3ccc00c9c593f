"""Finding the header of a table where it is not plainly the first row.

Each row near the top of the sheet is read as a header, alone or with the rows below it that belong to it. Its score is
how many different fields of the table it names. The highest score wins; a header below the first row names at least
two fields, and the row above it fills fewer cells. Rows that name the same fields in the same columns are one header
written again. Other rows of the same score are rivals: which of them is the header is not known.
"""

from __future__ import annotations

from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.groupheads import grouped_header
from riskcheck.facts.heads import Header, first_row, header_in_row
from riskcheck.facts.names import Names
from riskcheck.facts.rawcell import raw_text
from riskcheck.frozen import frozen, replace
from riskcheck.model.schema import Table

SEARCHED_ROWS = 64
"""So many rows are searched, from the first that holds anything."""
_SEARCHED_CELLS = 400
"""So many cells of each row count."""

MANY_DOWN = 3
"""So many names one below the other are a header that lies on its side."""
_SEARCHED_COLUMNS = 12


@frozen
class Candidate:
    """Rows that may be the header, how many different fields they name, and how many cells the widest of them fills."""

    header: Header
    score: int
    width: int


@frozen
class Search:
    """What was found: all candidates from the top, the one that is the header, and those that are as good as it."""

    candidates: tuple[Candidate, ...]
    chosen: Candidate | None
    rivals: tuple[Candidate, ...] = ()


def search_header(grid: Grid, table: Table, names: Names) -> Search:
    """Look for the header of `table`."""
    first = first_row(grid)
    candidates = tuple(_candidates(grid, table, names))
    best = max((each.score for each in candidates), default=0)
    if not candidates:
        return Search(candidates, None)
    chosen, *others = (each for each in candidates if each.score == best)
    rivals = tuple(each for each in others if not _is_the_same(each, chosen))
    if best == 1:
        rivals = tuple(each for each in rivals if each.width > chosen.width)
    if rivals:
        return Search(candidates, None, (chosen, *rivals))
    least = min(2, sum(field.derived is None for field in table.fields))
    sure = chosen.header.top == first or (best >= least and not _stands_among_rows(grid, chosen))
    if not sure or (best < MANY_DOWN and swapped_column(grid, names) is not None):
        return Search(candidates, None)
    return Search(candidates, _whole(grid, names, chosen))


def _candidates(grid: Grid, table: Table, names: Names) -> list[Candidate]:
    found = []
    row = grid.rows.start
    while row < min(grid.rows.stop, grid.rows.start + SEARCHED_ROWS):
        filled = grid.filled(row)[:_SEARCHED_CELLS]
        header = None
        if filled and not is_comment(filled[0][1]):
            header = grouped_header(grid, table, names, row) or header_in_row(names, row, filled)
            score = len(set(header.fields.values()))
            if score:
                found.append(Candidate(header, score, len(header.heads)))
        row = (header.bottom if header else row) + 1
    return found


def _whole(grid: Grid, names: Names, chosen: Candidate) -> Candidate:
    """The candidate with all cells of its row."""
    row = chosen.header.top
    if row != chosen.header.bottom or chosen.width < _SEARCHED_CELLS:
        return chosen
    return replace(chosen, header=header_in_row(names, row, grid.filled(row)))


def _is_the_same(candidate: Candidate, chosen: Candidate) -> bool:
    """Whether the candidate names the same fields in the same columns; a list beside may be headed by one of them."""
    return candidate.header.fields.items() <= chosen.header.fields.items()


def _stands_among_rows(grid: Grid, chosen: Candidate) -> bool:
    """Whether the row just above fills as many cells: then both may be rows of a table."""
    return len(grid.filled(chosen.header.top - 1)) >= chosen.width


def row_with_most_texts(grid: Grid) -> int:
    """The row near the top that looks most like a header by what it holds: the first of those with most texts.

    If all rows near the top are blank, as a CSV file may have them, it is the first that is not.
    """
    rows = [row for row in grid.rows[:SEARCHED_ROWS] if grid.filled(row)]
    rows = rows or [next((row for row in grid.rows if grid.filled(row)), grid.rows.start)]
    texts = {row: sum(isinstance(raw, str) and not is_comment(raw) for _, raw in grid.filled(row)) for row in rows}
    return max(rows, key=lambda row: texts[row])


def swapped_column(grid: Grid, names: Names) -> int | None:
    """The column near the left in which names of fields stand one below the other, more of them than in any row."""
    best, most = None, MANY_DOWN - 1
    for column in grid.columns[:_SEARCHED_COLUMNS]:
        matches = (names.match(raw_text(grid.cell(row, column))) for row in grid.rows[: 4 * SEARCHED_ROWS])
        count = len({match.name for match in matches if match is not None})
        if count > most:
            best, most = column, count
    rows = (grid.filled(row)[:200] for row in grid.rows[:SEARCHED_ROWS])
    across = max(sum(names.match(raw_text(raw)) is not None for _, raw in filled) for filled in rows)
    return best if most > across else None
