"""Several projects in one workbook: every table has a column that says which project a row is of.

The workbook is read as if it were one project whose tables all have that column, and then taken apart.
"""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from types import MappingProxyType

from riskcheck.facts import layout
from riskcheck.facts.names import field_names, table_names
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.spelling import fold
from riskcheck.facts.tablestatus import status_table
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import MISSING, Cell, FactSet, FactTable, InputProblem, Origin, empty_table
from riskcheck.model.mapping import Mapping
from riskcheck.model.place import Location
from riskcheck.model.schema import Field, FieldType, Schema, Table
from riskcheck.model.text import Text

KEY = "project_id"
PROJECT = "project"
_LOOKED_AT = 30
"""In so many rows of a sheet the column of the project is looked for."""
KEY_FIELD = Field(
    KEY, FieldType.STRING, Text("Project ID", "项目编号"), ("Project", "Project No.", "项目", "项目号", "项目ID")
)


@frozen
class ManyProjects:
    """The projects of a workbook, in the order in which it names them, and what is wrong with it as a whole.

    `ids` are those of the projects, which one that is not in the table of projects does not say itself.
    """

    projects: tuple[FactSet, ...]
    problems: tuple[InputProblem, ...]
    ids: tuple[str, ...]


@frozen
class PartOrigin:
    """The origin of some rows of a table, which are these rows of the whole."""

    whole: Origin
    rows: Sequence[int]

    def table_location(self) -> Location | None:
        """Where the whole table stands."""
        return self.whole.table_location()

    def cell_location(self, row: int, field: str) -> Location | None:
        """The cell; the table, if it has no such row."""
        return self.whole.cell_location(self.rows[row], field) if 0 <= row < len(self.rows) else self.table_location()

    def raw(self, row: int, field: str) -> str | None:
        """The cell as it is written."""
        return self.whole.raw(self.rows[row], field) if 0 <= row < len(self.rows) else None


def schema_of_many(schema: Schema) -> Schema:
    """The schema with the column of the project in every table, and one-row tables with a row for each project."""
    key = _key_of(schema)
    return Schema(tuple(_with_key(table, key) for table in schema.tables))


def tables_of_many(schema: Schema) -> tuple[Table, ...]:
    """The tables of `schema_of_many`, and behind them `table_status` with that column, too."""
    return (*schema_of_many(schema).tables, _with_key(status_table(schema), _key_of(schema)))


def _key_of(schema: Schema) -> Field:
    """The column of the project, as the schema has it or by default."""
    project = schema.by_name.get(PROJECT)
    return project.by_name.get(KEY, KEY_FIELD) if project else KEY_FIELD


def _with_key(table: Table, key: Field) -> Table:
    fields = (replace(key, optional=False), *(field for field in table.fields if field.name != KEY))
    return replace(table, one_row=False, fields=fields)


def holds_many(sheets: Sequence[Sheet], schema: Schema, mapping: Mapping | None = None) -> bool:
    """Whether every sheet that is a table with many rows has the column of the project, by its name or the mapping."""
    entries = {fold(each.sheet): each for each in mapping.sheets} if mapping is not None else {}
    many = schema_of_many(schema)
    names = table_names(schema.tables)
    found = []
    for sheet in sheets:
        match, entry = names.match(sheet.name), entries.get(fold(sheet.name))
        name = entry.table if entry is not None else match.name if match else None
        table = schema.by_name.get(name) if name else None
        if table is not None and not table.one_row:
            said = entry is not None and any(source.field == KEY for source in entry.sources)
            found.append(said or _has_key(sheet, many.by_name[table.name]))
    return bool(found) and all(found)


def _has_key(sheet: Sheet, table: Table) -> bool:
    key = field_names(replace(table, fields=table.fields[:1]))
    others = field_names(replace(table, fields=table.fields[1:]))
    return any(
        isinstance(cell, str) and key.match(cell) is not None and others.match(cell) is None
        for row in sheet.rows[:_LOOKED_AT]
        for cell in row
    )


def taken_apart(facts: FactSet, schema: Schema) -> ManyProjects:
    """The projects of facts that were read by `schema_of_many`, each as the facts of one project by `schema`."""
    rows = {table.table.name: _rows_by_project(table) for table in facts.tables}
    names = [PROJECT, *(name for name in rows if name != PROJECT)] if PROJECT in rows else list(rows)
    ids = dict.fromkeys(each for name in names for each in rows[name] if each is not None)
    problems = [*facts.problems]
    lost = tuple(name for name in rows if None in rows[name])
    problems += [_rows_of_no_project(facts.by_name[name], rows[name][None]) for name in lost]
    taker = _Taker(facts, schema, rows, frozenset(lost))
    return ManyProjects(tuple(map(taker.project, ids)), tuple(problems), tuple(ids))


_Rows = Lookup[str | None, Sequence[int]]


def _rows_by_project(table: FactTable) -> _Rows:
    """The rows of each project; under None those of which it is not known."""
    found: dict[str | None, list[int]] = {}
    for row, cell in enumerate(table.columns[KEY]):
        found.setdefault(cell if isinstance(cell, str) else None, []).append(row)
    return found


def _rows_of_no_project(table: FactTable, rows: Sequence[int]) -> InputProblem:
    return of_no_project(table.table, len(rows), table.origin.cell_location(rows[0], KEY))


def of_no_project(table: Table, count: int, location: Location | None) -> InputProblem:
    """That `count` rows of a table, the first of them at `location`, are of nobody knows which project."""
    title = table.title
    text = Text(
        f'"{title.en}": {count} {"row is" if count == 1 else "rows are"} of no project that can be read; '
        "the table counts as incomplete for every project",
        f"“{title.zh}”：有 {count} 行的项目编号无法读取；该表对所有项目均按不完整处理",
    )
    return InputProblem("row-of-no-project", "error", text, location)


class _Taker:
    """Takes single projects out of the facts of many."""

    def __init__(self, facts: FactSet, schema: Schema, rows: Lookup[str, _Rows], lost: frozenset[str]) -> None:
        self.facts, self.schema, self.rows, self.lost = facts, schema, rows, lost
        self.no_rows = {table.name: empty_table(table, closed=False).columns for table in schema.tables}

    def project(self, project: str) -> FactSet:
        problems: list[InputProblem] = []
        tables = tuple(self.table(table, project, problems) for table in self.schema.tables)
        partly_read = tuple(dict.fromkeys((*self.facts.partly_read, *self.lost)))
        return replace(self.facts, schema=self.schema, tables=tables, problems=tuple(problems), partly_read=partly_read)

    def table(self, table: Table, project: str, problems: list[InputProblem]) -> FactTable:
        whole = self.facts.by_name[table.name]
        rows = self.rows[table.name].get(project, ())
        closed = whole.closed and table.name not in self.lost
        if not rows:
            return FactTable(table, self.no_rows[table.name], 0, closed, present=whole.present and not table.one_row)
        origin = PartOrigin(whole.origin, rows)
        if table.one_row and len(rows) > 1:
            problems.append(layout.second_row(table, len(rows), origin.cell_location(1, table.fields[0].name)))
            columns: dict[str, tuple[Cell, ...]] = {field.name: (MISSING,) for field in table.fields}
            return FactTable(table, MappingProxyType(columns), 1, closed, origin=origin)
        columns = {field.name: _taken(whole.columns[field.name], rows) for field in table.fields}
        return FactTable(
            table, MappingProxyType(columns), len(rows), closed, origin=origin, nothing=_nothing(whole, rows, table)
        )


def _taken(cells: Sequence[Cell], rows: Sequence[int]) -> tuple[Cell, ...]:
    return tuple([cells[row] for row in rows])


def _nothing(whole: FactTable, rows: Sequence[int], table: Table) -> Lookup[str, tuple[int, ...]]:
    """Which of a project's rows have nothing in optional cells."""
    found = {}
    for name, blank in whole.nothing.items():
        known = frozenset(blank)
        own = tuple(number for number, row in enumerate(rows) if row in known)
        if own and name in table.by_name:
            found[name] = own
    return found
