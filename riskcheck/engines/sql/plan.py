"""The query of all that is asked of scopes: tables to be made one after the other, and a last SELECT."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from riskcheck.engines.sql.scopes import Column, Join, Planner, Scope, names_in, replaced


class Stage(NamedTuple):
    """A table to be made: `{0}` in `sql` stands for a SELECT of `names` from `scope`."""

    table: str
    level: int
    scope: Scope
    names: tuple[str, ...]
    sql: str


class Plan(Planner):
    """Writes SELECTs of scopes: what is used once stands where it is used, what is used more often is computed once."""

    def select(self, scope: Scope, names: list[str]) -> str:
        """A SELECT of the keys of a scope and of these names, of its own or of scopes around it."""
        return _Select(scope, names).text(self)


class _Select:
    """One SELECT as it is written: what it needs, and in which layer each column is computed."""

    def __init__(self, scope: Scope, names: list[str]) -> None:
        self.scope = scope
        self.asked = list(dict.fromkeys([*scope.keys, *names]))
        self.uses: Counter[str] = Counter()
        self.needed: list[str] = []
        for name in self.asked:
            self.use(name)
        self.sql: dict[str, str] = {}
        self.depth: dict[str, int] = {}
        for name in self.needed:
            self.settle(name)

    def own(self, name: str) -> Column | None:
        return self.scope.columns.get(name)

    def use(self, name: str) -> None:
        """Count that a name is used once more; what it is made of comes before it in `needed`."""
        self.uses[name] += 1
        if self.uses[name] > 1:
            return
        column = self.own(name)
        for part in _parts(column) if column else ():
            self.use(part)
        self.needed.append(name)

    def settle(self, name: str) -> None:
        """Find the SQL of a column, with what is used once in its place, and its layer."""
        column = self.own(name)
        if column is None:
            self.depth[name] = 0
            return
        if column.join is not None:
            self.depth[name] = 1 + max(self.depth[own] for _, own in column.join.on)
            return
        self.sql[name] = replaced(column.sql, {part: self.sql[part] for part in _parts(column) if self.inside(part)})
        self.depth[name] = 1 + max((self.depth[part] for part in names_in(self.sql[name])), default=0)

    def inside(self, name: str) -> bool:
        """Whether a column is written where it is used, as that is one place only."""
        return name in self.sql and self.uses[name] == 1 and name not in self.asked

    def text(self, plan: Planner) -> str:
        """The SELECT."""
        layers = max(self.depth[name] for name in self.asked)
        last = dict.fromkeys(self.asked, layers)
        for name in self.needed:
            if not self.inside(name):
                for part in self.read_by(name):
                    last[part] = max(last.get(part, 0), self.depth[name] - 1)
        written = [name for name in self.needed if name in last]
        text = self.innermost([name for name in written if self.depth[name] == 0], plan)
        for layer in range(1, layers + 1):
            kept = [name for name in written if self.depth[name] < layer <= last[name]]
            text = self.layer(text, kept, [name for name in written if self.depth[name] == layer], layer)
        return text

    def read_by(self, name: str) -> list[str]:
        column = self.own(name)
        if column is None:
            return []
        return [own for _, own in column.join.on] if column.join else names_in(self.sql[name])

    def innermost(self, names: list[str], plan: Planner) -> str:
        scope = self.scope
        given = {name: scope.given[name] for name in names if name in scope.given}
        outer = [name for name in names if name not in given and name not in scope.keys]
        return scope.origin.select(given, outer, plan)

    def layer(self, inner: str, kept: list[str], new: list[str], layer: int) -> str:
        aliases: dict[Join, str] = {}
        columns = [f"q.{name}" for name in kept]
        for name in new:
            column = self.scope.columns[name]
            if column.join is None:
                columns.append(f"{self.sql[name]} AS {name}")
            else:
                alias = aliases.setdefault(column.join, f"l{len(aliases)}")
                columns.append(f"{alias}.{column.sql} AS {name}")
        joins = "".join(
            f" LEFT JOIN {join.table} {alias} ON " + " AND ".join(f"{alias}.{of} = q.{own}" for of, own in join.on)
            for join, alias in aliases.items()
        )
        return f"SELECT {', '.join(columns)} FROM ({inner}) q{joins}"


def _parts(column: Column) -> list[str]:
    return [own for _, own in column.join.on] if column.join else names_in(column.sql)
