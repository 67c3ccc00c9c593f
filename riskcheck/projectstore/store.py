"""A store of many projects, opened: the facts of its projects come in blocks, each as if the project stood alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Final

from riskcheck.database import Connection, database, failure, is_installed
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.facts import layout
from riskcheck.facts.assemble import part_items
from riskcheck.facts.column import percents_unclear
from riskcheck.facts.manyprojects import PROJECT, tables_of_many
from riskcheck.facts.tablestatus import STATUS, assumed_tables, status_table
from riskcheck.frozen import replace
from riskcheck.model.factset import MISSING, Closure, FactSet, FactTable, InputProblem, empty_table
from riskcheck.model.place import Location
from riskcheck.model.schema import Field, FieldType, Schema, Table
from riskcheck.model.text import Text
from riskcheck.projectstore.heads import Head, Heads, heads_of
from riskcheck.projectstore.lostrows import lost_rows, not_in_project
from riskcheck.projectstore.source import tables_in, unreadable, views_in
from riskcheck.projectstore.staging import OF_ALL, OF_NOBODY, LostRows, Staged, blocks, stage
from riskcheck.projectstore.statuses import Statuses
from riskcheck.projectstore.told import Told, of_project
from riskcheck.projectstore.typedrows import TypedRows

MEMORY: Final = "768MiB"
"""So much memory the database may take that brings the rows of each project together; it spills what is more."""
READING: Final = "256MiB"
"""So much it may take while they are read, a block at a time."""


@contextmanager
def open_store(
    files: Sequence[str], schema: Schema, assume_complete: tuple[str, ...], place: str
) -> Iterator[ProjectStore]:
    """The projects in Parquet files, CSV files or a DuckDB file, all of which reports call `place`.

    Raises FactsError if they cannot be read as facts of many projects, UsageError for unknown names in
    `assume_complete`, and if DuckDB is not installed.
    """
    if not is_installed():
        raise UsageError(_not_installed(place))
    with database(MEMORY, in_file=True) as connection:
        try:
            heads = heads_of(tables_in(connection, files), tables_of_many(schema), place)
            heads = replace(heads, problems=(*views_in(connection, files), *heads.problems))
            staged, lost = stage(connection, _project_first(heads.tables))
            connection.execute(f"SET memory_limit = '{READING}'")
            store = ProjectStore(connection, schema, heads, staged, lost, assume_complete)
        except failure() as error:
            raise unreadable(place, error) from None
        yield store


def _not_installed(place: str) -> Diagnostic:
    message = Text("reading this needs the package duckdb", "读取该文件需要软件包 duckdb")
    cure = Text("install it with pip install 'riskcheck[portfolio]'", "安装：pip install 'riskcheck[portfolio]'")
    return Diagnostic("engine-not-installed", message, Location(place), (cure,))


def _project_first(heads: Sequence[Head]) -> list[Head]:
    """What `project` and then the other tables name are the projects; `table_status` names none."""
    rank = {PROJECT: 0, STATUS: 2}
    return sorted(heads, key=lambda head: rank.get(head.table.name, 1))


class ProjectStore:
    """The projects of an open store. `count` is their number."""

    def __init__(
        self,
        connection: Connection,
        schema: Schema,
        heads: Heads,
        staged: Sequence[Staged],
        lost: Sequence[LostRows],
        assume_complete: tuple[str, ...],
    ) -> None:
        self._connection, self._schema, self._told = connection, schema, Told()
        self._facts = {each.head.table.name: each for each in staged if each.head.table.name != STATUS}
        self._status = next((each for each in staged if each.head.table.name == STATUS), None)
        self._present = frozenset(self._facts)
        self._lost = frozenset(each.head.table.name for each in lost if not each.ids) - {STATUS}
        self._assumed = [
            each for each in assumed_tables(assume_complete, schema, self._present) if each not in self._lost
        ]
        self._unclear = {name: self._unclear_percents(each) for name, each in self._facts.items()}
        self._problems = [
            *heads.problems,
            *(lost_rows(each) if not each.ids else not_in_project(each, connection) for each in lost),
        ]
        self._empty = {
            (table.name, closed): empty_table(table, closed=closed)
            for table in schema.tables
            for closed in (True, False)
        }
        self._statuses = Statuses(schema, self._present, self._of_all(), self._told)
        (self.count,) = connection.execute("SELECT count(*) FROM ids").fetchone()

    def blocks(self) -> Iterator[tuple[tuple[str, FactSet], ...]]:
        """The id and the facts of each project, some thousand at a time, in order."""
        for first, last in blocks(self._connection, tuple(self._facts.values())):
            found = self._connection.execute(f"SELECT p, id FROM ids WHERE p BETWEEN {first} AND {last} ORDER BY p")
            ids = dict(found.fetchall())
            typed = {name: self._typed(each, first, last, ids) for name, each in self._facts.items()}
            status = self._typed(self._status, first, last, ids) if self._status else None
            yield tuple([(name, self._project(number, name, typed, status)) for number, name in ids.items()])

    def problems(self) -> tuple[InputProblem, ...]:
        """What is wrong with the store, as far as its blocks have been read."""
        return (*self._problems, *self._told.problems())

    # ------------------------------------------------------------ blocks

    def _typed(self, staged: Staged, first: int, last: int, ids: dict[int, str]) -> TypedRows:
        name = staged.head.table.name
        table = self._schema.by_name.get(name) or status_table(self._schema)
        rows = TypedRows(staged, table, staged.rows(self._connection, first, last), ids)
        rows.type_cells(self._unclear.get(name, {}), self._told)
        return rows

    def _of_all(self) -> TypedRows | None:
        """The rows of `table_status` that are about all projects."""
        if self._status is None:
            return None
        return self._typed(self._status, OF_NOBODY, OF_ALL, {})

    def _unclear_percents(self, staged: Staged) -> dict[str, bool]:
        """Of each column of percent, whether its bare numbers are clear: the whole column tells."""
        found = {}
        for place, each in enumerate(staged.head.columns):
            if each.field.type is FieldType.PERCENT:
                asked = self._connection.execute(f"SELECT DISTINCT c{place} FROM {staged.name}")
                raws = (raw for some in _some(asked) for raw in staged.converters[place](some))
                found[each.field.name] = percents_unclear(each.field, raws)
        return found

    # ------------------------------------------------------------ one project

    def _project(self, number: int, project: str, typed: dict[str, TypedRows], status: TypedRows | None) -> FactSet:
        said = self._statuses.of_project(status, number, project)
        closures = {name: each for name, each in said.closures.items() if name not in self._lost}
        added = tuple(name for name in self._assumed if name not in closures)
        closed = frozenset((*closures, *added))
        tables = tuple([self._table(each, number, project, typed, each.name in closed) for each in self._schema.tables])
        return FactSet(
            self._schema,
            tables,
            closures=(*closures.values(), *(Closure(name, "command line") for name in added)),
            assumed_complete=added,
            declared_open=tuple(name for name in said.declared_open if name not in self._assumed),
            partly_read=tuple(sorted(self._lost)),
            status_dates=said.dates,
        )

    def _table(self, table: Table, number: int, project: str, typed: dict[str, TypedRows], closed: bool) -> FactTable:
        rows = typed.get(table.name)
        facts = rows.of_project(number, closed=closed) if rows is not None else None
        if rows is None or facts is None:
            empty = self._empty[table.name, closed]
            return replace(empty, present=True) if rows is not None and not table.one_row else empty
        if table.one_row and facts.row_count > 1:
            problem = layout.second_row(table, facts.row_count, facts.origin.cell_location(1, table.fields[0].name))
            self._told.add(of_project(problem, project), (table.name, "", problem.code))
            columns = {field.name: (MISSING,) for field in table.fields}
            return FactTable(table, columns, 1, closed, origin=facts.origin)
        return self._parted(facts, rows.lists, project) if rows.lists else facts

    def _parted(self, facts: FactTable, lists: Sequence[Field], project: str) -> FactTable:
        """The table with items of lists parted that are several ids of it, which is told."""
        columns, name = dict(facts.columns), facts.table.name
        found = list(part_items(lists, columns, facts.table, facts.origin))
        for field, problem in found:
            self._told.add(of_project(problem, project), (name, field.name, problem.code))
        return replace(facts, columns=MappingProxyType(columns)) if found else facts


def _some(asked: Any) -> Iterator[list[Any]]:
    """The cells of one column, some at a time."""
    while some := asked.fetchmany(10_000):
        yield [cell for (cell,) in some]
