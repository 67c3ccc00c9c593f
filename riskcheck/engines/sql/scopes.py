"""Scopes: the rows of which conditions ask something, each with named columns.

The projects are the outermost scope; rows of a table, pairs of rows, groups and elements of lists are scopes inside
others. A piece of SQL that is met again has the same name, so that it is computed once. Names are unique in the whole
query, and a scope sees those of all scopes around it. `riskcheck.engines.sql.plan` makes the query of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Final, NamedTuple

from riskcheck.engines.sql.dialect import Dialect

_NAME: Final = re.compile(r"\b[a-z]_[0-9]+\b")
_ATOM: Final = re.compile(r"[a-z]_[0-9]+|-?[0-9]+|NULL|TRUE|FALSE")


def is_name(sql: str) -> bool:
    """Whether a piece of SQL is the name of a column."""
    return _NAME.fullmatch(sql) is not None


def names_in(sql: str) -> list[str]:
    """The names of columns in a piece of SQL, each as often as it stands there."""
    return _NAME.findall(sql)


def replaced(sql: str, parts: Mapping[str, str]) -> str:
    """A piece of SQL with names replaced by what they stand for."""
    return _NAME.sub(lambda found: parts.get(found[0], found[0]), sql) if parts else sql


class Join(NamedTuple):
    """A table made before, and which of its columns equal which names: one row of it, or none, goes with each row."""

    table: str
    on: tuple[tuple[str, str], ...]


class Column(NamedTuple):
    """A named column. `sql`: what it is, of other columns; with `join`, the column of that table.

    `level`: how many tables have to be made one after the other before it can be had.
    """

    sql: str
    level: int
    join: Join | None = None


class Numbers:
    """Makes the names of one query, and says in which SQL it is written."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._next = count()

    def name(self, letter: str) -> str:
        """A name that stands nowhere yet."""
        return f"{letter}_{next(self._next)}"


class Scope:
    """Some rows. `keys` tell one row from another; the first are those of `parent`.

    `given` are the columns that the rows themselves have: their SQL, of what `origin` selects from, by name.
    """

    def __init__(
        self, numbers: Numbers, origin: Origin, parent: Scope | None, keys: tuple[str, ...], level: int = 0
    ) -> None:
        self.numbers, self.origin, self.parent, self.keys, self.level = numbers, origin, parent, keys, level
        self.inner: Scope | None = None
        """Of the rows of groups: the scope of the rows of which the groups are made."""
        self.given: dict[str, str] = {}
        self.columns: dict[str, Column] = {}
        self._known: dict[object, str] = {}

    @property
    def dialect(self) -> Dialect:
        """The SQL that is written."""
        return self.numbers.dialect

    def around(self) -> Iterator[Scope]:
        """This scope, and those around it, the innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def cell(self, sql: str) -> str:
        """The name of a column that the rows themselves have."""
        name = self._known.get(("cell", sql))
        if name is None:
            name = self._known["cell", sql] = self.numbers.name("c")
            self.given[name] = sql
        return name

    def named(self, sql: str) -> str:
        """The name of a piece of SQL; a name or a literal stays as it is."""
        if _ATOM.fullmatch(sql):
            return sql
        name = self._known.get(sql)
        if name is None:
            name = self._known[sql] = self.numbers.name("x")
            self.columns[name] = Column(sql, self.level_of(sql))
        return name

    def joined(self, join: Join, column: str, level: int) -> str:
        """The name of a column of a table that is made before, NULL where nothing goes with a row."""
        name = self._known.get((join, column))
        if name is None:
            name = self._known[join, column] = self.numbers.name("y")
            reached = max([level, *[self.level_of(own) for _, own in join.on]])
            self.columns[name] = Column(column, reached, join)
        return name

    def level_of(self, sql: str) -> int:
        """The level of a piece of SQL."""
        return max([self.level, *map(self._level, names_in(sql))])

    def _level(self, name: str) -> int:
        for scope in self.around():
            if name in scope.columns:
                return scope.columns[name].level
            if name in scope.given:
                return scope.level
        return 0


class Origin:
    """Where the rows of a scope come from."""

    def select(self, columns: dict[str, str], outer: list[str], plan: Planner) -> str:
        """A SELECT of the keys, of these columns of the rows themselves, and of these names of scopes around."""
        raise NotImplementedError


class Planner:
    """Gives the SELECT of any columns of a scope."""

    def select(self, scope: Scope, names: list[str]) -> str:
        """A SELECT of the keys of a scope and of these names."""
        raise NotImplementedError
