"""A share that tolerates one bad row must be compared with a limit that the tolerance does not contradict.

`share(r, bad, n)` is 0 if there are fewer than n rows and at most one is bad. With a limit below 1/n, n rows with one
bad would fail while n - 1 rows with one bad pass: adding a good row would make the check fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from riskcheck.expr import typed, walk
from riskcheck.model.number import SCALE, divide_to_grid, grid_text
from riskcheck.packs.rulepack import Limit

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def unfit_tolerances(expression: typed.Expression, limits: Mapping[str, Limit]) -> Iterator[tuple[str, str]]:
    """Message and cure for each comparison of such a share with a number below 1/n, where both are known."""
    for node in walk.parts(expression):
        if isinstance(node, typed.Compare) and node.operator in _MIRRORED:
            yield from _unfit(node.left, node.operator, node.right, limits)
            yield from _unfit(node.right, _MIRRORED[node.operator], node.left, limits)


def _unfit(
    share: typed.Expression, operator: str, other: typed.Expression, limits: Mapping[str, Limit]
) -> Iterator[tuple[str, str]]:
    """The problem of `share operator other`, if the one is such a share and the other a number that is too small."""
    rows = _tolerating_below(share, limits)
    bound = _grid_value(other, limits)
    if rows is None or bound is None or rows < SCALE:
        return
    rows //= SCALE
    one_of_rows = divide_to_grid(1, rows)
    met_by_one = bound >= one_of_rows if operator in ("<=", ">") else bound > one_of_rows
    if not met_by_one:
        message = f"one bad row is tolerated below {rows} rows, but one of {rows} does not meet {grid_text(bound)}"
        yield message, f"compare with at least 1/{rows} = {grid_text(one_of_rows)}, or tolerate one below fewer rows"


def _tolerating_below(node: typed.Expression, limits: Mapping[str, Limit]) -> int | None:
    """The n of `share(r, bad, n)` as a grid integer, if it is known."""
    if isinstance(node, typed.Aggregate) and node.name is typed.AggregateName.SHARE and len(node.args) == 2:
        return _grid_value(node.args[1], limits)
    return None


def _grid_value(node: typed.Expression, limits: Mapping[str, Limit]) -> int | None:
    """The value of a literal or limit as a grid integer; None if it is no number, or not known."""
    known = limits.get(node.name) if isinstance(node, typed.LimitRef) else node
    if not isinstance(known, Limit | typed.Constant):
        return None
    value = known.value
    if known.type == typed.DOUBLE and isinstance(value, int):
        return value
    return value * SCALE if known.type == typed.INT and isinstance(value, int) else None
