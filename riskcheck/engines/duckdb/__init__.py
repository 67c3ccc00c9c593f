"""The engine `duckdb`: the conditions of all checks as SQL over the facts of many projects at once.

What has no SQL, and projects with very many rows, are judged by the engine `python` in the same run; `left_to_python`
names them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from riskcheck.database import Connection, database, failure
from riskcheck.engines import Project, python
from riskcheck.engines.duckdb.load import load
from riskcheck.engines.sql.checks import Left, Lowered, lower, needing_rows
from riskcheck.engines.sql.dialect import Dialect
from riskcheck.engines.sql.query import Written
from riskcheck.engines.sql.rest import Judged, common_day, small_by, with_rest
from riskcheck.model.schema import Schema
from riskcheck.packs.rulepack import Check

AT_ONCE: Final = 5_000
"""So many projects are judged by one run of the query, so that memory stays bounded."""


def judge_all(checks: Sequence[Check], projects: Sequence[Project]) -> tuple[Judged, ...]:
    """Of each project the judgement of each check, in order."""
    return small_by(_judged, checks, projects)


def left_to_python(checks: Sequence[Check]) -> tuple[Left, ...]:
    """The checks that have no SQL, and why."""
    return lower(checks, Dialect(), frozenset()).left


class Plan(NamedTuple):
    """The query of some checks, and its text."""

    lowered: Lowered
    written: Written


_KEPT: OrderedDict[object, tuple[Plan, Sequence[Check]]] = OrderedDict()
_MOST_KEPT: Final = 4


def plan_of(checks: Sequence[Check], schema: Schema, as_of: int | None) -> Plan:
    """The query of these checks: written once. `as_of`: the review date of all projects, if it is one."""
    short = needing_rows(schema)
    key = (tuple(map(id, checks)), short, as_of)
    if key not in _KEPT:
        found = lower(checks, Dialect(), short, as_of)
        _KEPT[key] = (Plan(found, found.query.written()), checks)
        if len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return _KEPT[key][0]


def _judged(checks: Sequence[Check], projects: Sequence[Project]) -> Iterator[Judged]:
    plan = plan_of(checks, projects[0].facts.schema, common_day(projects))
    # For what the query is the optimizer takes far longer than what it saves.
    with database(optimizer=False) as connection:
        for start in range(0, len(projects), AT_ONCE):
            some = projects[start : start + AT_ONCE]
            codes = _codes(connection, plan, some)
            if codes is None:
                yield from python.judge_all(checks, some)
            else:
                yield from with_rest(checks, plan.lowered, codes, some)


def _codes(connection: Connection, plan: Plan, projects: Sequence[Project]) -> list[tuple[int, ...]] | None:
    """The codes of the checks for each project; None if the database refuses facts (half a character, say).

    Older versions of DuckDB say RuntimeError of a text that is no Unicode.
    """
    if not plan.lowered.checks:
        return [()] * len(projects)
    try:
        load(connection, plan.lowered.query.tables, projects)
        return run(connection, plan)
    except (failure(), UnicodeError, RuntimeError):
        return None


def run(connection: Connection, plan: Plan) -> list[tuple[int, ...]]:
    """The codes of the projects that are loaded, in order."""
    parameters, written = plan.lowered.query.parameters, plan.written
    for sql in written.makes:
        connection.execute(sql, parameters.of(sql))
    found = [connection.execute(sql, parameters.of(sql)).fetchall() for sql in written.selects]
    for table in written.made:
        connection.execute(f"DROP TABLE {table}")
    return [tuple(chain.from_iterable(parts)) for parts in zip(*found, strict=True)]
