"""Where the rows of each kind of scope come from."""

from __future__ import annotations

from riskcheck.engines.sql.scopes import Origin, Planner, Scope, is_name
from riskcheck.engines.sql.tables import PROJECTS


def _listed(columns: dict[str, str], alias: str) -> str:
    return "".join(f", {alias}.{sql} AS {name}" for name, sql in columns.items())


def _kept(names: list[str], alias: str) -> str:
    return "".join(f", {alias}.{name}" for name in names)


class ProjectRows(Origin):
    """The projects."""

    def select(self, columns: dict[str, str], outer: list[str], plan: Planner) -> str:
        return f"SELECT j.p AS p_0{_listed(columns, 'j')} FROM {PROJECTS} j"


class TableRows(Origin):
    """The rows of a table, each in its project; `row`: what the number of a row is called."""

    def __init__(self, around: Scope, table: str, row: str) -> None:
        self.around, self.table, self.row = around, table, row

    def select(self, columns: dict[str, str], outer: list[str], plan: Planner) -> str:
        read = f"SELECT t.p AS p_0, t.r AS {self.row}{_listed(columns, 't')}{_kept(outer, 'j')} FROM {self.table} t"
        return f"{read} JOIN ({plan.select(self.around, outer)}) j ON j.p_0 = t.p" if outer else read


class Pairs(Origin):
    """Each outer row with each row of a table of its project; with those alone whose keys may be the same, by `on`.

    `on`: a column of the table, and the name of an outer text. Where either has no value the keys may be the same.
    """

    def __init__(self, around: Scope, table: str, row: str, on: tuple[tuple[str, str], ...]) -> None:
        self.around, self.table, self.row, self.on = around, table, row, on

    def select(self, columns: dict[str, str], outer: list[str], plan: Planner) -> str:
        names = list(dict.fromkeys([*outer, *[own for _, own in self.on]]))
        keys = "".join(f"q.{key}, " for key in self.around.keys)
        met = "".join(f" AND (t.{of} = q.{own} OR t.{of} IS NULL OR q.{own} IS NULL)" for of, own in self.on)
        outer_rows = plan.select(self.around, names)
        return (
            f"SELECT {keys}t.r AS {self.row}{_listed(columns, 't')}{_kept(outer, 'q')} "
            f"FROM ({outer_rows}) q JOIN {self.table} t ON t.p = q.p_0{met}"
        )


class Elements(Origin):
    """Each outer row with each element `e` of a list that it has."""

    def __init__(self, around: Scope, listed: str, place: str) -> None:
        self.around, self.listed, self.place = around, listed, place

    def select(self, columns: dict[str, str], outer: list[str], plan: Planner) -> str:
        own = list(dict.fromkeys([*self.around.keys, *outer]))
        elements = self.around.dialect.elements(f"q.{self.listed}", "e", self.place)
        inner = plan.select(self.around, list(dict.fromkeys([*outer, self.listed])))
        found = f"SELECT {', '.join(f'q.{name}' for name in own)}, {elements} FROM ({inner}) q"
        return f"SELECT {', '.join([*own, self.place])}{_listed(columns, 'e')} FROM ({found}) e"


class Groups(Origin):
    """The groups of rows with equal key within each outer row; `member` and `key` are names of the scope `rows`."""

    def __init__(self, rows: Scope, member: str, key: str, group: str) -> None:
        self.rows, self.member, self.key, self.group = rows, member, key, group

    def select(self, columns: dict[str, str], outer: list[str], plan: Planner) -> str:
        around = self.rows.parent
        assert around is not None
        keys = "".join(f"{key}, " for key in around.keys)
        names = [name for name in (self.member, self.key) if is_name(name)]
        counted = "".join(f", {sql} AS {name}" for name, sql in columns.items())
        found = (
            f"SELECT {keys}{self.key} AS {self.group}{counted} FROM ({plan.select(self.rows, names)}) g "
            f"WHERE {self.key} IS NOT NULL AND ({self.member}) IS NOT FALSE GROUP BY {keys}{self.key}"
        )
        if not outer:
            return found
        on = " AND ".join(f"j.{key} = g.{key}" for key in around.keys)
        return f"SELECT g.*{_kept(outer, 'j')} FROM ({found}) g JOIN ({plan.select(around, outer)}) j ON {on}"


class RowsOfGroups(Origin):
    """Each group with its rows, and with those whose key is missing, which may belong to it."""

    def __init__(self, groups: Scope, rows: Scope, member: str, key: tuple[str, str], row: str) -> None:
        self.groups, self.rows, self.member, self.key, self.row = groups, rows, member, key, row

    def select(self, columns: dict[str, str], outer: list[str], plan: Planner) -> str:
        """The columns are those of the scope of rows."""
        around = self.rows.parent
        assert around is not None
        key, empty = self.key
        asked = [name for name in (self.member, key, empty, *columns.values()) if is_name(name)]
        on = " AND ".join(f"g.{name} = t.{name}" for name in around.keys)
        keys = "".join(f"g.{name}, " for name in self.groups.keys)
        group = self.groups.keys[-1]
        return (
            f"SELECT {keys}t.{self.rows.keys[-1]} AS {self.row}{_listed(columns, 't')}{_kept(outer, 'g')} "
            f"FROM ({plan.select(self.groups, outer)}) g JOIN ({plan.select(self.rows, asked)}) t ON {on} "
            f"AND (t.{key} = g.{group} OR t.{key} IS NULL) "
            f"WHERE ({_of(self.member)}) IS NOT FALSE AND (t.{key} IS NOT NULL OR NOT {_of(empty)})"
        )


def _of(name: str) -> str:
    return f"t.{name}" if is_name(name) else name
