"""Rows found by a key instead of one by one, where a condition inside another row's asks for equal keys.

In `deliverables.all(d, tasks.exists(t, t.deliverable_id == d.deliverable_id && …))` each deliverable meets only the
tasks of its own key, and the tasks whose key is not known. What a condition means does not depend on this: rows that
are passed over are those for which it is surely false.
"""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.expr.frame import Frame, Member, Rows, value
from riskcheck.expr.intervals import UNSETTLED, Interval, Value
from riskcheck.expr.manyrows import ManyRows, values_in
from riskcheck.expr.typed import And, Compare, Expression, Kind, RowCell
from riskcheck.frozen import frozen
from riskcheck.model.truth import Truth

_NO_KEYS = (Interval, tuple)


@frozen
class Join:
    """A condition read as `inner == outer && rest`: `inner` reads only the row, `outer` only what is around it."""

    variable: str
    inner: Expression
    outer: Expression
    rest: Expression | None


@frozen
class JoinedRows:
    """The rows whose key equals the one sought, and those of which that is unknown."""

    matching: tuple[Member, ...]
    possible: tuple[Member, ...]


def find_join(variable: str, condition: Expression, frame: Frame) -> Join | None:
    """The condition as a join; None if it is none."""
    return frame.remembered(("join", id(condition)), lambda: _find_join(variable, condition, frame), condition)


def _find_join(variable: str, condition: Expression, frame: Frame) -> Join | None:
    """The first of the joins that a condition is, but rather one by a key of many values than by a word or a flag."""
    joins = _joins(variable, condition, frame)
    return min(joins, key=lambda join: join.inner.type.kind in (Kind.ENUM, Kind.BOOL), default=None)


def _joins(variable: str, condition: Expression, frame: Frame) -> Iterator[Join]:
    conditions = condition.parts if isinstance(condition, And) else (condition,)
    for part in conditions:
        if not isinstance(part, Compare) or part.operator != "==" or part.left.type.kind is not part.right.type.kind:
            continue
        for inner, outer in ((part.left, part.right), (part.right, part.left)):
            if _reads_only(variable, inner, frame) and _reads_around(variable, outer, frame):
                yield Join(variable, inner, outer, _rest(conditions, part))


def _reads_only(variable: str, node: Expression, frame: Frame) -> bool:
    read = frame.free(node)
    return bool(read) and all(isinstance(each, RowCell) and each.variable == variable for each in read)


def _reads_around(variable: str, node: Expression, frame: Frame) -> bool:
    read = frame.free(node)
    return bool(read) and len(frame.free(node, variable)) == len(read)


def _rest(conditions: tuple[Expression, ...], part: Expression) -> Expression | None:
    rest = tuple(each for each in conditions if each is not part)
    return And(part.span, rest) if len(rest) > 1 else rest[0] if rest else None


def join_rows(rows: Rows, join: Join, frame: Frame) -> JoinedRows | None:
    """The rows to look at; None if that are all, each by itself."""
    if rows.shared:
        return None
    sought = value(join.outer, frame)
    if not _is_key(sought):
        return None if isinstance(sought, _NO_KEYS) else JoinedRows((), rows.members)
    key = ("index", id(rows), id(join.inner))
    by_key, possible = frame.remembered(key, lambda: _index(rows, join, frame), rows, join.inner)
    return JoinedRows(by_key.get(sought, ()), possible)


def _index(rows: Rows, join: Join, frame: Frame) -> tuple[dict[Value, tuple[Member, ...]], tuple[Member, ...]]:
    """The rows by key, and those whose key is not known."""
    by_key: dict[Value, list[Member]] = {}
    possible: list[Member] = []
    values = values_in(join.inner, ManyRows(frame, join.variable, rows.numbers))
    for (row, member), found in zip(rows.members, values, strict=True):
        (by_key.setdefault(found, []) if _is_key(found) else possible).append((row, member))
    return {found: tuple(members) for found, members in by_key.items()}, tuple(possible)


def _is_key(found: Value) -> bool:
    return found is not UNSETTLED and found is not Truth.UNKNOWN and not isinstance(found, _NO_KEYS)
