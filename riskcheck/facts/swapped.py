"""Sheets that look as if rows and columns were swapped, whatever is written on them."""

from __future__ import annotations

from riskcheck.facts.grid import Grid
from riskcheck.facts.rawcell import is_blank
from riskcheck.facts.spelling import fold

_ROWS = 200
"""A sheet of so many rows is no table of so few fields."""
_LEAST_COLUMNS, _LEAST_ROWS = 8, 4
_TIMES_WIDER = 2


def looks_swapped(grid: Grid) -> bool:
    """Whether a sheet is much wider than high, and its rows begin with different texts: names, it seems.

    Only filled rows and columns count. This is a guess, fit for a hint and for no more.
    """
    if len(grid.rows) >= _ROWS:
        return False
    filled = {row: cells for row in grid.rows if len(cells := grid.filled(row)) > 1}
    if len(filled) < _LEAST_ROWS:
        return False
    first = next(iter(filled.values()))[0][0]
    heads = [grid.cell(row, first) for row in filled]
    texts = {fold(raw) for raw in heads if isinstance(raw, str) and not is_blank(raw)}
    is_wide = max(map(len, filled.values())) >= max(_LEAST_COLUMNS, _TIMES_WIDER * len(filled))
    return is_wide and 10 * len(texts) >= 9 * len(filled)
