"""What a typed condition reads: tables, fields and limits."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from riskcheck.expr import typed
from riskcheck.expr.typed import Expression, LimitRef, RowCell, SingleCell, Source

Part = Expression | Source

PARTS: dict[type, tuple[str, ...]] = {
    typed.Constant: (),
    typed.ListOf: ("items",),
    typed.RowCell: (),
    typed.SingleCell: (),
    typed.AsOf: (),
    typed.LimitRef: (),
    typed.Variable: (),
    typed.Not: ("operand",),
    typed.And: ("parts",),
    typed.Or: ("parts",),
    typed.If: ("test", "then", "otherwise"),
    typed.Compare: ("left", "right"),
    typed.In: ("item", "container"),
    typed.Arithmetic: ("left", "right"),
    typed.Negate: ("operand",),
    typed.CellTest: ("cell",),
    typed.Days: ("start", "end"),
    typed.Age: ("moment",),
    typed.Ratio: ("numerator", "denominator"),
    typed.Function: ("args",),
    typed.ListQuantifier: ("container", "condition"),
    typed.Aggregate: ("source", "args"),
    typed.GroupQuantifier: ("source", "key", "condition"),
    typed.TableRows: (),
    typed.FilterRows: ("source", "condition"),
    typed.GroupRows: (),
}
"""Of each kind of node, the attributes that hold its parts, from left to right."""


def parts(root: Part, whole: Collection[int] = ()) -> Iterator[Part]:
    """A typed tree's nodes, the root first, each before its own parts and those from left to right.

    Parts whose `id` is in `whole` are left out, with all that is in them.
    """
    rest: list[Part] = [root]
    while rest:
        node = rest.pop()
        if id(node) not in whole:
            yield node
            rest += reversed(parts_of(node))


def parts_of(node: Part) -> list[Part]:
    """The parts directly below a node, from left to right."""
    below: list[Part] = []
    for name in PARTS[type(node)]:
        part = getattr(node, name)
        below += part if isinstance(part, tuple) else (part,)
    return below


def _each_once(root: Part) -> Iterator[Part]:
    """The nodes of a tree in any order; one that stands in several places, like the rows of a check, only once."""
    seen: set[int] = set()
    rest: list[Part] = [root]
    while rest:
        node = rest.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            rest += parts_of(node)


def tables_read(root: Part) -> frozenset[str]:
    """The tables whose rows or fields are read."""
    named = (typed.TableRows, typed.GroupRows, RowCell, SingleCell)
    return frozenset(node.table for node in _each_once(root) if isinstance(node, named))


def fields_read(root: Part) -> frozenset[tuple[str, str]]:
    """The fields that are read, as pairs of table and field."""
    return frozenset(
        (node.table, node.field.name) for node in _each_once(root) if isinstance(node, RowCell | SingleCell)
    )


def limits_used(root: Part) -> frozenset[str]:
    """The names of the limits that are used."""
    return frozenset(node.name for node in _each_once(root) if isinstance(node, LimitRef))
