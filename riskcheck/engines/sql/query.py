"""The query of many checks: scopes, tables to be made first, and a code of each check for each project."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from riskcheck.engines.sql.dialect import Dialect
from riskcheck.engines.sql.origins import ProjectRows
from riskcheck.engines.sql.plan import Plan, Stage
from riskcheck.engines.sql.scopes import Join, Numbers, Origin, Scope, names_in
from riskcheck.engines.sql.tables import Tables

CHECKS_AT_ONCE: Final = 8
"""So many codes are in one SELECT: each column that a row carries along takes room in every step of the query."""


class Written(NamedTuple):
    """The text of a query: statements that make tables, SELECTs of codes, and the tables to be dropped afterwards.

    Each SELECT has the codes of some checks, as the dialect gives them.
    """

    makes: tuple[str, ...]
    selects: tuple[str, ...]
    made: tuple[str, ...]


class Parameters:
    """Texts of rules never stand in the query: they are handed over beside it."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._names: dict[str, str] = {}

    def text(self, value: str) -> str:
        """The SQL for a text."""
        return self._dialect.parameter(self._names.setdefault(value, f"v{len(self._names)}"))

    def of(self, sql: str) -> dict[str, str]:
        """The texts that a statement names."""
        named = frozenset(_PARAMETER.findall(sql))
        return {name: value for value, name in self._names.items() if name in named}


_PARAMETER: Final = re.compile(r"\bv[0-9]+\b")


class Query:
    """A query as it is written."""

    def __init__(self, dialect: Dialect, as_of: int | None = None) -> None:
        """`as_of`: the review date of all projects, if it is one."""
        self.dialect, self.numbers, self.as_of = dialect, Numbers(dialect), as_of
        self.tables, self.parameters = Tables(), Parameters(dialect)
        self.projects = Scope(self.numbers, ProjectRows(), None, ("p_0",))
        self.codes: list[str] = []
        self._made: dict[object, Scope] = {}
        self._asked: dict[tuple[int, int], _Asked] = {}
        self._stages: dict[tuple[int, str], Stage] = {}

    def scope(self, key: object, origin: Callable[[str], Origin], parent: Scope, level: int = 0) -> Scope:
        """The scope known by a key, inside `parent`. `origin` says where its rows are, given the name of its key."""
        known = self._made.get(key)
        if known is None:
            name = self.numbers.name("r")
            known = Scope(self.numbers, origin(name), parent, (*parent.keys, name), max(level, parent.level))
            self._made[key] = known
        return known

    def asked(self, inner: Scope, outer: Scope, sql: str) -> str:
        """The name, in `outer`, of what all rows of `inner` come to: an aggregate; NULL where there are none."""
        level = inner.level_of(sql)
        table = self._asked.setdefault((id(inner), level), _Asked(self.numbers.name("a"), level, inner, outer, {}))
        column = table.columns.setdefault(sql, f"y{len(table.columns)}")
        return outer.joined(Join(table.table, tuple((key, key) for key in outer.keys)), column, level + 1)

    def table(self, scope: Scope, names: tuple[str, ...], sql: str) -> tuple[str, int]:
        """The name of a table that is made of a SELECT of `names` of a scope, and the level at which it is there."""
        level = max([scope.level, *map(scope.level_of, names)])
        known = self._stages.get((id(scope), sql))
        if known is None:
            known = self._stages[id(scope), sql] = Stage(self.numbers.name("k"), level, scope, names, sql)
        return known.table, level + 1

    def written(self) -> Written:
        """The text."""
        plan = Plan()
        stages = [*self._stages.values(), *(each.stage() for each in self._asked.values())]
        stages.sort(key=lambda each: each.level)
        makes = tuple(
            self.dialect.make(each.table, each.sql.format(plan.select(each.scope, list(each.names)))) for each in stages
        )
        names = [self.projects.named(code) for code in self.codes]
        selects = []
        for start in range(0, len(names), CHECKS_AT_ONCE):
            some = names[start : start + CHECKS_AT_ONCE]
            selects.append(self.dialect.codes(some, plan.select(self.projects, some), start))
        return Written(makes, tuple(selects), tuple(each.table for each in stages))


class _Asked(NamedTuple):
    """What is asked of all rows of a scope at one level: aggregates, each with its column."""

    table: str
    level: int
    inner: Scope
    outer: Scope
    columns: dict[str, str]

    def stage(self) -> Stage:
        keys = ", ".join(self.outer.keys)
        found = ", ".join(f"{sql} AS {name}" for sql, name in self.columns.items())
        names = dict.fromkeys(name for sql in self.columns for name in names_in(sql))
        return Stage(
            self.table, self.level, self.inner, tuple(names), f"SELECT {keys}, {found} FROM ({{0}}) q GROUP BY {keys}"
        )
