"""The rows of each project brought together: tables in a private file, each sorted by project.

Projects are numbered in the order in which `project` names them; behind these come those that only other tables name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from riskcheck.database import Connection, quoted
from riskcheck.facts.manyprojects import PROJECT
from riskcheck.facts.tablestatus import ALL, STATUS
from riskcheck.frozen import frozen
from riskcheck.projectstore.cells import Converter, cell_read, unusual_sql
from riskcheck.projectstore.heads import FieldColumn, Head
from riskcheck.projectstore.keys import Key, key_of

PROJECTS_AT_ONCE: Final = 2_000
CELLS_AT_ONCE: Final = 2_000_000
"""So many projects and cells are in memory at a time, or one project if it has more cells."""
OF_ALL: Final = -1
OF_NOBODY: Final = -2


@frozen
class Staged:
    """A table, sorted by project: `p`, the number of the project, `r`, that of the row in its file, and cells.

    `converters` are those of the columns of `head`. In `table_status` rows that are about all projects have OF_ALL
    for `p`, those that are about nobody knows which have OF_NOBODY.
    """

    head: Head
    name: str
    converters: tuple[Converter, ...]

    def rows(self, connection: Connection, first: int, last: int) -> list[tuple[Any, ...]]:
        """The rows of the projects `first` to `last`, by project and place: `p`, `r`, cells."""
        asked = f"SELECT * FROM {self.name} WHERE p BETWEEN {first} AND {last} ORDER BY p, r"
        rows: list[tuple[Any, ...]] = connection.execute(asked).fetchall()
        return rows


@frozen
class LostRows:
    """Rows of a table whose project cannot be read, or that are of projects that `project` does not name.

    `ids`: some of these projects, each with the number of its first row; none where the project cannot be read.
    """

    head: Head
    count: int
    first: int
    ids: tuple[tuple[str, int], ...] = ()


def stage(connection: Connection, heads: Sequence[Head]) -> tuple[tuple[Staged, ...], tuple[LostRows, ...]]:
    """Bring the rows of each project together in the tables `ids` (`p`, `id`) and those of the heads."""
    connection.execute("BEGIN")  # else each statement waits for the disk
    keys = {
        number: key_of(connection, head, head.key, head.table.fields[0], number)
        for number, head in enumerate(heads)
        if head.key is not None
    }
    connection.execute("CREATE TABLE ids (p BIGINT, id VARCHAR)")
    lost: list[LostRows] = []
    for number, key in keys.items():
        lost += _collect(connection, heads, number, key)
    staged = tuple(_sorted(connection, head, number, keys.get(number)) for number, head in enumerate(heads))
    connection.execute("COMMIT")
    return staged, tuple(lost)


def _collect(connection: Connection, heads: Sequence[Head], number: int, key: Key) -> Iterator[LostRows]:
    """Add the projects of a table to `ids`, those that are not there yet."""
    head = heads[number]
    read = f"SELECT {key.id} AS id, {head.source.row} AS r FROM {head.source.relation} s {key.join()}"
    connection.execute(f"CREATE TEMP TABLE named AS SELECT id, min(r) AS r, count(*) AS n FROM ({read}) q GROUP BY id")
    count, first = connection.execute("SELECT n, r FROM named WHERE id IS NULL").fetchone() or (0, 0)
    if count:
        yield LostRows(head, count, first)
    new = "FROM named n WHERE id IS NOT NULL AND NOT EXISTS (FROM ids i WHERE i.id = n.id)"
    is_status = head.table.name == STATUS
    if is_status or (heads[0].table.name == PROJECT and number):
        new = f"{new} AND id <> '{ALL}'" if is_status else new
        rows, first = connection.execute(f"SELECT sum(n), min(r) {new}").fetchone()
        if rows:
            some = connection.execute(f"SELECT id, r {new} ORDER BY r LIMIT 5").fetchall()
            yield LostRows(head, rows, first, tuple(some))
    if not is_status:
        after = "(SELECT count(*) FROM ids)"
        connection.execute(f"INSERT INTO ids SELECT {after} + row_number() OVER (ORDER BY r) - 1, id {new} ORDER BY r")
    connection.execute("DROP TABLE named")


def _sorted(connection: Connection, head: Head, number: int, key: Key | None) -> Staged:
    unusual = _unusual(connection, head)
    reads = [cell_read(each.field, each.column.type, unusual=each.column.number in unusual) for each in head.columns]
    cells = "".join(
        f", {read.sql.format(f's.{quoted(each.column.name)}')} AS c{place}"
        for place, (read, each) in enumerate(zip(reads, head.columns, strict=True))
    )
    name, source = f"rows_{number}", head.source
    if key is None:
        made = f"SELECT {OF_ALL} AS p, {source.row} AS r{cells} FROM {source.relation} s"
    else:
        kept = "".join(f", c{place}" for place in range(len(reads)))
        read = f"SELECT {key.id} AS id, {source.row} AS r{cells} FROM {source.relation} s {key.join()}"
        made = f"SELECT i.p, q.r{kept} FROM ({read}) q JOIN ids i ON i.id = q.id"
        if head.table.name == STATUS:
            whose = f"CASE WHEN q.id IS NULL THEN {OF_NOBODY} ELSE {OF_ALL} END"
            made += f" UNION ALL SELECT {whose} AS p, q.r{kept} FROM ({read}) q WHERE q.id IS NULL OR q.id = '{ALL}'"
    connection.execute(f"CREATE TABLE {name} AS {made} ORDER BY p, r")
    return Staged(head, name, tuple(read.convert for read in reads))


def _unusual(connection: Connection, head: Head) -> frozenset[int]:
    """The columns in which some cell is infinite, or of no year that there is."""
    asked = [(each, sql) for each in head.columns if (sql := unusual_sql(each.column.type)) is not None]
    if not asked:
        return frozenset()
    found = ", ".join(f"bool_or({sql.format(_quoted(each))})" for each, sql in asked)
    row = connection.execute(f"SELECT {found} FROM {head.source.relation}").fetchone()
    return frozenset(each.column.number for (each, _), is_so in zip(asked, row, strict=True) if is_so)


def _quoted(each: FieldColumn) -> str:
    return quoted(each.column.name)


def blocks(connection: Connection, tables: Sequence[Staged]) -> list[tuple[int, int]]:
    """The first and last project of each block, in order."""
    counted = [f"SELECT p, count(*) * {2 + len(each.converters)} AS n FROM {each.name} GROUP BY p" for each in tables]
    summed = f"SELECT p, sum(n) AS n FROM ({' UNION ALL '.join(counted)}) q GROUP BY p"
    reached = f"SELECT p, sum(n) OVER (ORDER BY p) AS n FROM ({summed}) q"
    grouped = f"GROUP BY n // {CELLS_AT_ONCE}, p // {PROJECTS_AT_ONCE}"
    found: list[tuple[int, int]] = connection.execute(
        f"SELECT min(p), max(p) FROM ({reached}) q {grouped} ORDER BY 1"
    ).fetchall()
    return found
