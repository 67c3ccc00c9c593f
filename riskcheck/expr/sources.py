"""The rows that a source gives: a table, a filter of one, a group."""

from __future__ import annotations

from riskcheck.expr.frame import Frame, Member, Rows
from riskcheck.expr.intervals import FALSE, TRUE, UNKNOWN
from riskcheck.expr.joins import Join, JoinedRows, find_join, join_rows
from riskcheck.expr.tally import judged
from riskcheck.expr.typed import Expression, FilterRows, GroupRows, Source, TableRows


def rows_of(source: Source, frame: Frame) -> Rows:
    """The rows of a source, in the order of the facts; maybe-rows among them."""
    if isinstance(source, TableRows):
        return frame.remembered(("table", source.table), lambda: _table_rows(source.table, frame))
    if isinstance(source, GroupRows):
        return frame.groups[source.variable]
    if frame.free(source):
        return _filtered(source, frame)
    return frame.remembered(("filter", id(source)), lambda: _filtered(source, frame), source)


def _table_rows(table: str, frame: Frame) -> Rows:
    """All rows of a table; further ones may exist unless it is closed."""
    facts = frame.tables[table]
    return Rows(table, tuple((row, TRUE) for row in range(facts.row_count)), not facts.closed)


def _filtered(node: FilterRows, frame: Frame) -> Rows:
    """The rows for which the condition is true, and as maybe-rows those for which it is unknown."""
    rows = rows_of(node.source, frame)
    join = find_join(node.variable, node.condition, frame)
    joined = join_rows(rows, join, frame) if join else None
    if join is not None and joined is not None:
        members = _passing(joined.matching, node.variable, node.condition, frame)
        return Rows(rows.table, members, rows.open, _possible(joined, join, node.variable, frame))
    members = _passing(rows.members, node.variable, node.condition, frame)
    return Rows(rows.table, members, rows.open, _shared(rows.shared, node.variable, node.condition, frame))


def _passing(
    members: tuple[Member, ...], variable: str, condition: Expression | None, frame: Frame
) -> tuple[Member, ...]:
    found = judged(members, variable, condition, frame)
    return tuple((row, min(member, met)) for row, member, met in found if met is not FALSE)


def _shared(
    members: tuple[Member, ...], variable: str, condition: Expression | None, frame: Frame
) -> tuple[Member, ...]:
    """The shared rows that pass: the same tuple each time, if the condition lets it."""
    if not members or condition is None:
        return members
    outside = frame.outside(condition, variable)
    if outside is None:
        return _passing(members, variable, condition, frame)
    key = ("passing", id(members), id(condition), outside)
    return frame.remembered(key, lambda: _passing(members, variable, condition, frame), members, condition)


def _possible(joined: JoinedRows, join: Join, variable: str, frame: Frame) -> tuple[Member, ...]:
    """The maybe-rows of which it is unknown whether they match."""
    passing = _shared(joined.possible, variable, join.rest, frame)
    key = ("maybe", id(passing))
    return frame.remembered(key, lambda: tuple((row, UNKNOWN) for row, _ in passing), passing)
