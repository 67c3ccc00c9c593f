"""Which table of facts each table of a source is, and which field each of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts import layout
from riskcheck.facts.manyprojects import KEY
from riskcheck.facts.names import Match, field_names, table_names
from riskcheck.facts.spelling import shorten
from riskcheck.facts.tablestatus import STATUS
from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import Field, Table
from riskcheck.model.text import Text
from riskcheck.projectstore.source import Column, SourceTable


@frozen
class FieldColumn:
    """A field and the column that it is read from."""

    field: Field
    column: Column


@frozen
class Head:
    """A table of facts as a source has it: the column of the project, None if it has none, and those of fields."""

    table: Table
    source: SourceTable
    key: Column | None
    columns: tuple[FieldColumn, ...]

    def cell_location(self, row: int, field: str) -> Location:
        """The place of a cell by its row in the source; of a field that has no column, that of the table."""
        keyed = field == KEY and self.key is not None
        column = self.key if keyed else next((each.column for each in self.columns if each.field.name == field), None)
        return self.source.place.cell(row, column.name, column.number) if column else self.source.place.whole


@frozen
class Heads:
    """The tables of a source, in the schema's order, and what is not read."""

    tables: tuple[Head, ...]
    problems: tuple[InputProblem, ...]


def heads_of(sources: Sequence[SourceTable], tables: Sequence[Table], place: str, *, keyed: bool = True) -> Heads:
    """What the sources are. Raises FactsError.

    `tables` begin with the field of the project, `table_status` too, if they are `keyed`: else they are of one project.
    """
    names = table_names(tables)
    by_name: dict[str, SourceTable] = {}
    unknown: list[tuple[str, Location]] = []
    refusals: list[Diagnostic] = []
    for source in sources:
        match = names.match(source.name)
        if match is None:
            if not source.name.startswith("#"):
                unknown.append((source.name, source.place.whole))
        elif match.name in by_name:
            refusals.append(_twice(match.name, by_name[match.name], source))
        else:
            by_name[match.name] = source
    if not by_name:
        refusals.append(_no_known_table(sources, tables, place))
    heads, problems = [], layout.unknown_tables(unknown, names)
    for table in tables:
        if table.name in by_name:
            head, told = _head(table, by_name[table.name], keyed=keyed)
            heads.append(head)
            problems += told
    refusals += [_no_key(head) for head in heads if keyed and head.key is None and head.table.name != STATUS]
    if refusals:
        raise FactsError(refusals)
    return Heads(tuple(heads), tuple(problems))


def _head(table: Table, source: SourceTable, *, keyed: bool) -> tuple[Head, list[InputProblem]]:
    names = field_names(table)
    found: dict[str, list[tuple[Column, Match]]] = {}
    unknown: list[tuple[str, Location]] = []
    for column in source.columns:
        match = names.match(column.name)
        if match is None:
            unknown.append((column.name, source.place.whole))
        else:
            found.setdefault(match.name, []).append((column, match))
    problems = layout.unknown_columns(unknown, table, names)
    columns: dict[str, Column] = {}
    for name, columns_of_it in found.items():
        chosen, problem = _column(table.by_name[name], columns_of_it, source)
        problems += problem
        if chosen is not None:
            columns[name] = chosen
    fields = tuple(FieldColumn(each, columns[each.name]) for each in table.fields if each.name in columns)
    key = columns.get(KEY) if keyed else None
    head = Head(table, source, key, tuple(each for each in fields if not (keyed and each.field.name == KEY)))
    return head, [*problems, *_lacking(head)]


def _column(
    field: Field, found: Sequence[tuple[Column, Match]], source: SourceTable
) -> tuple[Column | None, list[InputProblem]]:
    """The column of a field, unless it is computed, there twice or in another unit."""
    place = source.place.whole
    if field.derived is not None:
        return None, [layout.computed_column(found[0][0].name, field, place)]
    if len(found) > 1:
        return None, [_two_columns(field, [column for column, _ in found], place)]
    column, match = found[0]
    bracket = layout.bracket_problem(column.name, match.note, field, place)
    return (None if bracket and bracket.severity == "error" else column), [bracket] if bracket else []


def _lacking(head: Head) -> Iterator[InputProblem]:
    """The fields without a column, in one note."""
    if head.table.name == STATUS:
        return
    there = {KEY, *(each.field.name for each in head.columns)}
    lacking = [
        each.title
        for each in head.table.fields
        if each.name not in there and each.derived is None and not each.carried and not each.optional
    ]
    if lacking:
        title = head.table.title
        text = Text(
            f"the table {title.en} has no column for these fields, which count as missing: "
            + ", ".join(each.en for each in lacking),
            f"“{title.zh}”表没有以下字段的列，按缺失处理：" + "、".join(each.zh for each in lacking),
        )
        yield InputProblem("no-column", "note", text, head.source.place.whole)


def _two_columns(field: Field, columns: Sequence[Column], place: Location) -> InputProblem:
    named = [f'"{shorten(each.name, 40)}"' for each in columns]
    text = Text(
        f"{len(columns)} columns are {field.title.en}, and none of them is read: {', '.join(named)}; keep one",
        f"有 {len(columns)} 列都对应“{field.title.zh}”，均未读取：{'、'.join(named)}；请只保留一列",
    )
    return InputProblem("two-columns", "error", text, place)


def _twice(table: str, one: SourceTable, other: SourceTable) -> Diagnostic:
    message = Text(
        f"this is the table {table}, as {one.place.whole} is; keep one of them",
        f"此处与 {one.place.whole} 都对应 {table} 表；请只保留一个",
    )
    return Diagnostic("two-tables", message, other.place.whole)


def _no_known_table(sources: Sequence[SourceTable], tables: Sequence[Table], place: str) -> Diagnostic:
    message = Text("nothing in it is called like a table of facts", "其中没有任何以资料表命名的表")
    expected = [Text(each.name, f"{each.name}（{each.title.zh}）") for each in tables]
    hints = layout.no_known_names([each.name for each in sources], table_names(tables), expected)
    return Diagnostic("no-known-table", message, Location(place), hints)


def _no_key(head: Head) -> Diagnostic:
    """The refusal of a table whose rows are of nobody knows which project."""
    title = head.table.by_name[KEY].title
    message = Text(
        f"the table {head.table.title.en} has no column {KEY} ({title.zh}), which says of what project each row is",
        f"“{head.table.title.zh}”表没有 {KEY}（{title.zh}）列，无法知道每行属于哪个项目",
    )
    key = Table(head.table.name, head.table.title, (head.table.by_name[KEY],))
    found = [each.name for each in head.source.columns]
    return Diagnostic(
        "no-project-column", message, head.source.place.whole, layout.no_known_names(found, field_names(key), [title])
    )
