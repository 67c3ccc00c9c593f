"""The facts of one project that stand in several files, taken together.

Rows of one table from several files are joined. What is not sure is not decided: an id that occurs in two files keeps
its table open, and a field of a one-row table that two files say differently is not known; both places are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from riskcheck.celltext import clean
from riskcheck.errors import Diagnostic
from riskcheck.facts.column import read_column
from riskcheck.facts.names import table_names
from riskcheck.facts.rawcell import RawCell, Unsaid, is_blank, raw_text
from riskcheck.facts.rawtable import RawFacts, RawTable
from riskcheck.facts.spelling import shorten
from riskcheck.facts.tablestatus import ALL, STATUS
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import Absent, Cell, InputProblem, Origin
from riskcheck.model.place import Location, file_name
from riskcheck.model.schema import Field, FieldType, Schema, Table
from riskcheck.model.text import Text

if TYPE_CHECKING:
    from riskcheck.facts.load import FileRead, Opened

MOST_TOLD = 20
"""So many ids of one table that occur in two files are told one by one."""

_Row = tuple[Origin, int]


@frozen
class JoinedOrigin:
    """The rows of a table, each with the origin and the row there that it came from."""

    rows: Sequence[_Row]
    table: Location | None

    def table_location(self) -> Location | None:
        """Where the table stands in the first file that has it."""
        return self.table

    def cell_location(self, row: int, field: str) -> Location | None:
        """The cell in its file."""
        if not 0 <= row < len(self.rows):
            return self.table
        origin, number = self.rows[row]
        return origin.cell_location(number, field)

    def raw(self, row: int, field: str) -> str | None:
        """The cell as its file shows it."""
        if not 0 <= row < len(self.rows):
            return None
        origin, number = self.rows[row]
        return origin.raw(number, field)


@frozen
class FieldsOrigin:
    """A one-row table whose fields come from several files."""

    fields: Mapping[str, Origin]
    rest: Origin
    """The origin of the fields that no file has."""

    def table_location(self) -> Location | None:
        """Where the table stands in the first file that has it."""
        return self.rest.table_location()

    def cell_location(self, row: int, field: str) -> Location | None:
        """The cell in the file that says it."""
        return self.fields.get(field, self.rest).cell_location(row, field)

    def raw(self, row: int, field: str) -> str | None:
        """The cell as that file shows it."""
        return self.fields.get(field, self.rest).raw(row, field)


@frozen
class NamedOrigin:
    """The origin of a table in one of several files: each of its places tells the file, by the name `among`."""

    origin: Origin
    among: str

    def table_location(self) -> Location | None:
        """Where the table stands."""
        return named(self.origin.table_location(), self.among)

    def cell_location(self, row: int, field: str) -> Location | None:
        """The cell."""
        return named(self.origin.cell_location(row, field), self.among)

    def raw(self, row: int, field: str) -> str | None:
        """The cell as its file shows it."""
        return self.origin.raw(row, field)


def named(location: Location | None, among: str) -> Location | None:
    """The place, with the name of its file told."""
    return None if location is None else replace(location, among=among)


def short_names(files: Sequence[str]) -> dict[str, str]:
    """How each file is called in places: by its name, or with its folders if another has the same name."""
    names = [file_name(file) for file in files]
    return {file: name if names.count(name) == 1 else file for file, name in zip(files, names, strict=True)}


def with_names(facts: RawFacts, among: str) -> RawFacts:
    """The facts of one of several files, with its name told in all places."""
    tables = {name: replace(each, origin=NamedOrigin(each.origin, among)) for name, each in facts.tables.items()}
    return RawFacts(tables, tuple(replace(each, location=named(each.location, among)) for each in facts.problems))


def facts_together(
    opened: Sequence[Opened], files: Sequence[FileRead], schema: Schema
) -> tuple[RawFacts, tuple[Diagnostic, ...]]:
    """The facts of several files as those of one, and why that is refused: a folder in which no file is a table."""
    names = short_names([each.file for each in opened])
    facts = [with_names(file.facts, names[each.file]) for each, file in zip(opened, files, strict=True)]
    nothing = all(each.in_folder for each in opened) and not any(file.facts.tables or file.refusals for file in files)
    if nothing:
        from riskcheck.facts.csvtable import no_table_in_folder

        return joined(facts, schema), (no_table_in_folder(opened[0].file, schema),)
    return joined(facts, schema), ()


def joined(files: Sequence[RawFacts], schema: Schema) -> RawFacts:
    """The facts of several files, in whose places their names are told, as those of one."""
    problems = [problem for facts in files for problem in facts.problems]
    tables: dict[str, RawTable] = {}
    for table in schema.tables:
        found = [facts.tables[table.name] for facts in files if table.name in facts.tables]
        if len(found) == 1:
            tables[table.name] = found[0]
        elif found:
            tables[table.name] = (_one_row if table.one_row else _rows)(table, found, problems)
    status = _status(files, schema, problems)
    if status is not None:
        tables[STATUS] = status
    return RawFacts(tables, tuple(problems))


# ------------------------------------------------------------ tables of rows


def _rows(table: Table, found: Sequence[RawTable], problems: list[InputProblem]) -> RawTable:
    together = _stacked(table, found)
    problems.append(_told(table, found))
    twice = list(_ids_in_two(table, found))
    problems.extend(twice[:MOST_TOLD])
    if len(twice) > MOST_TOLD:
        problems.append(_further(table, len(twice) - MOST_TOLD, twice[MOST_TOLD].location))
    return replace(together, open=together.open or bool(twice))


def _stacked(table: Table, found: Sequence[RawTable]) -> RawTable:
    """The rows of all; where a file has no column for a field, nothing is said of it."""
    names = [field.name for field in table.fields if any(field.name in each.columns for each in found)]
    columns: dict[str, list[RawCell]] = {name: [] for name in names}
    for each in found:
        for name in names:
            columns[name].extend(each.columns.get(name, [Unsaid.NO_CELL] * each.row_count))
    rows = tuple((each.origin, row) for each in found for row in range(each.row_count))
    origin = JoinedOrigin(rows, found[0].origin.table_location())
    return RawTable(table, columns, len(rows), origin, any(each.open for each in found))


def _ids_in_two(table: Table, found: Sequence[RawTable]) -> Iterator[InputProblem]:
    """A problem for each id that occurs in two files. The ids stand in the first field, if that is a text."""
    field = table.fields[0]
    if field.type is not FieldType.STRING:
        return
    seen: dict[str, tuple[RawTable, int]] = {}
    for each in found:
        for row, raw in enumerate(each.columns.get(field.name, ())):
            text = "" if is_blank(raw) else clean(raw_text(raw))
            first = seen.setdefault(text, (each, row)) if text else (each, row)
            if first[0] is not each:
                yield _twice(table, field, text, first, (each, row))


def _told(table: Table, found: Sequence[RawTable]) -> InputProblem:
    counts = [(_where(each.origin.table_location()), each.row_count) for each in found]
    en, zh = (sep.join(f"{where}{open_}{count}{close}" for where, count in counts) for sep, open_, close in _LISTS)
    return InputProblem(
        "table-in-several-files",
        "note",
        Text(
            f"rows of the table {table.title.en} stand in several files and are taken together: {en}",
            f"“{table.title.zh}”表的行分布在多个文件中，已合并读取：{zh}",
        ),
        found[1].origin.table_location(),
    )


_LISTS = ((", ", " (", ")"), ("、", "（", "行）"))


def _twice(
    table: Table, field: Field, text: str, first: tuple[RawTable, int], second: tuple[RawTable, int]
) -> InputProblem:
    one, other = (each.origin.cell_location(row, field.name) for each, row in (first, second))
    shown = shorten(text, 60)
    return InputProblem(
        "id-in-two-files",
        "error",
        Text(
            f'{field.title.en} "{shown}" of the table {table.title.en} occurs in two files, {_where(one)} and '
            f"{_where(other)}; both rows are read, and the table stays open; keep one of them",
            f"“{table.title.zh}”表的{field.title.zh}“{shown}”在两个文件中都有：{_where(one)} 和 {_where(other)}；"
            "两行均已读取，且该表按未填全处理；请只保留一行",
        ),
        other,
    )


def _further(table: Table, count: int, location: Location | None) -> InputProblem:
    return InputProblem(
        "id-in-two-files",
        "error",
        Text(
            f"{count} more ids of the table {table.title.en} occur in two files; the next one stands here",
            f"“{table.title.zh}”表另有 {count} 个编号在两个文件中都有；此处为下一个",
        ),
        location,
    )


def _where(location: Location | None) -> str:
    return location.within_file if location is not None else "?"


# ------------------------------------------------------------ one-row tables


def _one_row(table: Table, found: Sequence[RawTable], problems: list[InputProblem]) -> RawTable:
    """What all files say of the table; what they say differently is not known."""
    rest = found[0].origin
    for each in found:
        if each.row_count > 1:  # which of its rows is meant is not known: that is told when it is typed
            return each
    columns: dict[str, list[RawCell]] = {}
    origins: dict[str, Origin] = {}
    for field in table.fields:
        saying = [each for each in found if field.name in each.columns]
        filled = [each for each in saying if not is_blank(each.columns[field.name][0])]
        known = [each for each in filled if _value(field, each) is not Absent.MISSING]
        for each in (known or filled or saying)[:1]:
            origins[field.name], columns[field.name] = each.origin, list(each.columns[field.name])
        if not known:
            continue
        first = _value(field, known[0])
        others = [each for each in known[1:] if _value(field, each) != first]
        if others:
            del columns[field.name]
            origins[field.name] = others[0].origin  # where the problem is told
            problems.append(_contradiction(table, field, known[0], others[0]))
        else:
            problems.extend(_passed_over(table, field, known[0], each) for each in filled if each not in known)
    return RawTable(table, columns, 1, FieldsOrigin(origins, rest), any(each.open for each in found))


def _value(field: Field, said: RawTable) -> Cell:
    """What a file says of a field, however it is written."""
    (cell,) = read_column(field, [said.columns[field.name][0]]).cells
    return cell


def _passed_over(table: Table, field: Field, known: RawTable, other: RawTable) -> InputProblem:
    """A cell that says nothing that can be read, where another file does."""
    first, second = (each.origin.cell_location(0, field.name) for each in (known, other))
    said = shorten(other.origin.raw(0, field.name) or "", 60)
    return InputProblem(
        "two-values",
        "warning",
        Text(
            f'{field.title.en} of the table {table.title.en} is read from {_where(first)}; "{said}" here is no value',
            f"“{table.title.zh}”表的“{field.title.zh}”取自 {_where(first)}；此处的“{said}”不是有效值",
        ),
        second,
    )


def _contradiction(table: Table, field: Field, one: RawTable, other: RawTable) -> InputProblem:
    first, second = (each.origin.cell_location(0, field.name) for each in (one, other))
    said, also = (shorten(each.origin.raw(0, field.name) or "", 60) for each in (one, other))
    return InputProblem(
        "two-values",
        "error",
        Text(
            f'{field.title.en} of the table {table.title.en} is "{said}" in {_where(first)} and "{also}" in '
            f"{_where(second)}, and counts as missing; correct one, or delete it",
            f"“{table.title.zh}”表的“{field.title.zh}”在 {_where(first)} 为“{said}”，在 {_where(second)} 为“{also}”，"
            "按缺失处理；请更正或删除其中一个",
        ),
        second,
    )


# ------------------------------------------------------------ table_status


def _status(files: Sequence[RawFacts], schema: Schema, problems: list[InputProblem]) -> RawTable | None:
    """What all files declare: a table by its name wherever it stands, by `*` what stands in the file of the `*`."""
    found = [facts for facts in files if STATUS in facts.tables]
    if not found:
        return None
    spelled = [_spelled_out(facts.tables[STATUS], _meant(facts, files, schema, problems), schema) for facts in found]
    return _stacked(found[0].tables[STATUS].table, spelled)


def _meant(facts: RawFacts, files: Sequence[RawFacts], schema: Schema, problems: list[InputProblem]) -> tuple[str, ...]:
    """The tables that `*` declares in a file: those that it has, unless another has one, too, and declares nothing."""
    status = facts.tables[STATUS]
    star = next((row for row in range(status.row_count) if _name(status, row) == ALL), None)
    if star is None:
        return ()
    meant = []
    for table in schema.tables:
        if table.name not in facts.tables:
            continue
        others = [each for each in files if table.name in each.tables and not _declares(each, table, schema)]
        if not others:
            meant.append(table.name)
            continue
        where = others[0].tables[table.name].origin.table_location()
        problems.append(_star_is_not_enough(table, status.origin.cell_location(star, "table"), where))
    return tuple(meant)


def _declares(facts: RawFacts, table: Table, schema: Schema) -> bool:
    """Whether the file says anything of how complete the table is."""
    status = facts.tables.get(STATUS)
    return status is not None and any(name in (ALL, table.name) for name in _tables_named(status, schema))


def _tables_named(status: RawTable, schema: Schema) -> list[str | None]:
    """The table that each row names, or `*`."""
    names = table_names(schema.tables)
    written = [_name(status, row) for row in range(status.row_count)]
    matches = [names.match(each) for each in written]
    return [ALL if each == ALL else match.name if match else None for each, match in zip(written, matches, strict=True)]


def _spelled_out(status: RawTable, meant: Sequence[str], schema: Schema) -> RawTable:
    """`table_status` of one file with a row for each table in place of `*`; a row of its own counts before that."""
    of_rows = _tables_named(status, schema)
    rows = [(row, name) for row, of_row in enumerate(of_rows) for name in (meant if of_row == ALL else (None,))]
    said = {
        (name, field)
        for field, cells in status.columns.items()
        for name, cell in zip(of_rows, cells, strict=True)
        if not is_blank(cell) and cell is not Unsaid.NO_CELL
    }

    def cell(field: str, row: int, name: str | None) -> RawCell:
        if name is None:
            return status.columns[field][row]
        if field == "table":
            return name
        return Unsaid.NO_CELL if (name, field) in said else status.columns[field][row]

    columns = {field: [cell(field, row, name) for row, name in rows] for field in status.columns}
    origin = JoinedOrigin(tuple((status.origin, row) for row, _ in rows), status.origin.table_location())
    return replace(status, columns=columns, row_count=len(rows), origin=origin)


def _name(status: RawTable, row: int) -> str:
    cells = status.columns.get("table", ())
    return clean(raw_text(cells[row])) if row < len(cells) else ""


def _star_is_not_enough(table: Table, star: Location | None, other: Location | None) -> InputProblem:
    return InputProblem(
        "declaration-of-one-file",
        "warning",
        Text(
            f"* declares the tables of this file; rows of the table {table.title.en} stand in {_where(other)}, too, "
            "and nothing is declared there, so it stays open; declare it by its name",
            f"* 只声明本文件中的表；“{table.title.zh}”表在 {_where(other)} 也有行，而该文件未作声明，因此按未填全处理；"
            "请按表名声明",
        ),
        star,
    )
