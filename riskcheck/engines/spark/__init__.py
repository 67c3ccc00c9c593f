"""The engine `spark`: the SQL of `riskcheck.engines.sql` on Spark, for facts of very many projects.

What comes back from the cluster is, for each check and what it may come to, how many projects there are, and which,
unless they plainly pass. What has no SQL, and projects with very many rows, are judged by the engine `python`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from riskcheck.engines import Project, python
from riskcheck.engines.spark.dialect import PLAIN_PASS, SparkDialect
from riskcheck.engines.spark.load import load
from riskcheck.engines.spark.session import failure, session_for
from riskcheck.engines.sql.checks import Left, Lowered, lower, needing_rows
from riskcheck.engines.sql.rest import Judged, common_day, small_by, with_rest
from riskcheck.model.schema import Schema
from riskcheck.packs.rulepack import Check

AT_ONCE: Final = 20_000
"""So many projects are handed over at a time, so that memory stays bounded."""


def judge_all(checks: Sequence[Check], projects: Sequence[Project]) -> tuple[Judged, ...]:
    """Of each project the judgement of each check, in order.

    On the caller's active Spark session, if there is one, else on a local one. Raises UsageError if Spark fails.
    """
    return small_by(_judged, checks, projects)


def left_to_python(checks: Sequence[Check]) -> tuple[Left, ...]:
    """The checks that have no SQL, and why."""
    return lower(checks, SparkDialect(), frozenset()).left


def lowered_for(checks: Sequence[Check], schema: Schema, as_of: int | None) -> Lowered:
    """The query of these checks. `as_of`: the review date of all projects as day number, if it is one."""
    return lower(checks, SparkDialect(), needing_rows(schema), as_of)


def _judged(checks: Sequence[Check], projects: Sequence[Project]) -> Iterator[Judged]:
    lowered = lowered_for(checks, projects[0].facts.schema, common_day(projects))
    for start in range(0, len(projects), AT_ONCE):
        some = projects[start : start + AT_ONCE]
        session = session_for(len(some))
        try:
            load(session, lowered.query.tables, some)
        except UnicodeError:  # half a character, say
            yield from python.judge_all(checks, some)
            continue
        judged = run(session, lowered, len(some))
        codes = ([each.get(number, PLAIN_PASS) for each in judged] for number in range(len(some)))
        yield from with_rest(checks, lowered, codes, some)


def run(session: Any, lowered: Lowered, projects: int) -> list[dict[int, int]]:
    """Of each check that has SQL the codes, by project, of those projects that do not plainly pass.

    The views of `lowered.query.tables` are there in the session, with so many projects. Raises UsageError if Spark
    fails.
    """
    written, parameters = lowered.query.written(), lowered.query.parameters
    found: list[dict[int, int]] = [{} for _ in lowered.checks]
    counted = [0] * len(found)
    try:
        for table, sql in zip(written.made, written.makes, strict=True):
            session.sql(sql, args=parameters.of(sql)).createOrReplaceTempView(table)
        for sql in written.selects:
            for check, code, number, which in session.sql(sql, args=parameters.of(sql)).collect():
                counted[check] += number
                found[check].update(dict.fromkeys(which, code))
    except Exception as error:
        raise failure(error) from error
    if counted != [projects] * len(found):
        raise failure(RuntimeError(f"{projects} projects were asked for, and {sorted(set(counted))} came back"))
    return found
