"""Sheets that look as if rows and columns were swapped, whatever is written on them."""

from __future__ import annotations

from riskcheck.facts.grid import Grid
from riskcheck.facts.rawcell import is_blank
from riskcheck.facts.spelling import fold

_ROWS = 200
_LEAST_COLUMNS, _LEAST_ROWS = 8, 4
_TIMES_WIDER = 2


def looks_swapped(grid: Grid) -> bool:
    """Whether a sheet is much wider than high, and its rows begin with different texts: names, it seems.

    Only filled rows and columns count. This is a guess, fit for a hint and for no more.
    """
    rows = [row for row in grid.rows[:_ROWS] if len(grid.filled(row)) > 1]
    if len(rows) < _LEAST_ROWS:
        return False
    first = grid.filled(rows[0])[0][0]
    heads = [grid.cell(row, first) for row in rows]
    texts = {fold(raw) for raw in heads if isinstance(raw, str) and not is_blank(raw)}
    width = max(len(grid.filled(row)) for row in rows)
    is_wide = width >= max(_LEAST_COLUMNS, _TIMES_WIDER * len(rows))
    return is_wide and len(grid.rows) < _ROWS and 10 * len(texts) >= 9 * len(rows)
