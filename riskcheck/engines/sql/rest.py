"""What SQL does not judge is left to the engine `python`: checks without SQL, and projects with very many rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from riskcheck.engines import Project, python
from riskcheck.engines.sql.checks import Lowered, judgement_of
from riskcheck.model.truth import Judgement
from riskcheck.packs.rulepack import Check

MOST_ROWS: Final = 3_000
"""A project with more rows in one table is left to the engine `python`: SQL would look at all pairs of its rows."""
Judged = tuple[Judgement, ...]
"""The judgement of each check, in order."""


def small_by(
    judge: Callable[[Sequence[Check], Sequence[Project]], Iterable[Judged]],
    checks: Sequence[Check],
    projects: Sequence[Project],
) -> tuple[Judged, ...]:
    """Of each project the judgements: `judge` gives those of projects without a table of more than MOST_ROWS rows."""
    if not projects or not checks:
        return tuple(() for _ in projects)
    few = [number for number, project in enumerate(projects) if _is_small(project)]
    judged = dict(zip(few, judge(checks, [projects[number] for number in few]), strict=True)) if few else {}
    many = [number for number in range(len(projects)) if number not in judged]
    judged.update(zip(many, python.judge_all(checks, [projects[number] for number in many]), strict=True))
    return tuple(judged[number] for number in range(len(projects)))


def common_day(projects: Sequence[Project]) -> int | None:
    """The review date of all projects as day number, if it is one."""
    days = {project.as_of for project in projects}
    return days.pop().toordinal() if len(days) == 1 else None


def _is_small(project: Project) -> bool:
    return all(table.row_count <= MOST_ROWS for table in project.facts.tables)


def with_rest(
    checks: Sequence[Check], lowered: Lowered, codes: Iterable[Sequence[int]], projects: Sequence[Project]
) -> Iterator[Judged]:
    """The judgements by the codes that SQL gave of each project, and by `python` of checks that have no SQL."""
    others = [left.check for left in lowered.left]
    in_sql = frozenset(map(id, lowered.checks))
    rest = python.judge_all(others, projects) if others else ((),) * len(projects)
    for own, by_python in zip(map(iter, codes), map(iter, rest), strict=True):
        yield tuple(judgement_of(each.id, next(own)) if id(each) in in_sql else next(by_python) for each in checks)
