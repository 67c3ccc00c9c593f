"""Which values are shares and ratios, that people read as percentages."""

from __future__ import annotations

from riskcheck.expr import typed, walk


def is_share(node: typed.Expression) -> bool:
    """Whether a value is a share of rows or a ratio of two numbers, now or in the latest row."""
    if isinstance(node, typed.Aggregate) and node.name is typed.AggregateName.LATEST:
        return is_share(node.args[1])
    return isinstance(node, typed.Ratio) or (
        isinstance(node, typed.Aggregate) and node.name is typed.AggregateName.SHARE
    )


def limits_of_shares(condition: typed.Expression) -> frozenset[str]:
    """The names of the limits that a condition compares shares with."""
    return frozenset(
        limit.name
        for node in walk.parts(condition)
        if isinstance(node, typed.Compare)
        for limit, other in ((node.left, node.right), (node.right, node.left))
        if isinstance(limit, typed.LimitRef) and is_share(other)
    )
