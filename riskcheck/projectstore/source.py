"""The tables in Parquet files, CSV files or a DuckDB file, as SQL that reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from riskcheck.database import Connection, failure, literal, quoted
from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts.largecsv import header
from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location, cell_name
from riskcheck.model.text import Text

PARQUET, DATABASE = ".parquet", ".duckdb"
_ROWS_OF_FILE = 2**40
"""Rows of the second of several files are counted from here on."""
_ATTACHED = "source"


@frozen
class Place:
    """Where the rows of a table stand: its files, in order; `sheet` is the table's name in a DuckDB file."""

    files: tuple[str, ...]
    sheet: str | None = None

    @property
    def whole(self) -> Location:
        """The table."""
        return Location(self.files[0], self.sheet)

    def cell(self, row: int, column: str, number: int) -> Location:
        """A cell by its row (from 0, over all files) and its column, the `number`-th from 0.

        `tasks.csv!C7` as a spreadsheet program counts; `tasks.parquet!owner:6` is the sixth row without any header.
        """
        file, line = self.files[row // _ROWS_OF_FILE], row % _ROWS_OF_FILE
        if file.lower().endswith(".csv"):
            return Location(file, os.path.splitext(os.path.basename(file))[0], cell_name(line + 1, number))
        return Location(file, self.sheet, f"{column}:{line + 1}")


@frozen
class Column:
    """A column as it is called and typed in its file, the `number`-th from 0."""

    name: str
    type: str
    number: int


@frozen
class SourceTable:
    """A table as it is in its file. `relation` is SQL to read from; `row` is the number of a row of it, called `s`."""

    name: str
    place: Place
    relation: str
    row: str
    columns: tuple[Column, ...]


def tables_in(connection: Connection, files: Sequence[str]) -> tuple[SourceTable, ...]:
    """The tables in the files, each called as its file is, or in a DuckDB file. Raises FactsError."""
    found: list[SourceTable] = []
    for file in files:
        try:
            found += _of_file(connection, file)
        except failure() as error:
            raise unreadable(file, error) from None
    return tuple(found)


def unreadable(file: str, error: Exception) -> FactsError:
    """That a file cannot be read, with the first line of what the database says."""
    said = str(error).strip().partition("\n")[0].replace(os.path.realpath(file), os.path.basename(file))
    message = Text(f"the file cannot be read: {said}", f"无法读取文件：{said}")
    return FactsError(Diagnostic("unreadable-file", message, Location(file)))


def _of_file(connection: Connection, file: str) -> Iterator[SourceTable]:
    if not os.path.lexists(file):
        raise FactsError(Diagnostic("no-such-file", Text("no such file", "文件不存在"), Location(file)))
    suffix = os.path.splitext(file)[1].lower()
    if suffix == DATABASE:
        yield from _of_database(connection, file)
    elif suffix == PARQUET:
        yield _of_parquet(connection, file)
    else:
        yield _of_csv(file)


def _of_parquet(connection: Connection, file: str) -> SourceTable:
    """A Parquet file, or the folder of them that other programs write under the name of one."""
    parts = [file]
    if os.path.isdir(file):
        parts = sorted(entry.path for entry in os.scandir(file) if entry.name.lower().endswith(PARQUET))
        if not parts:
            message = Text("no Parquet file is in this folder", "该文件夹中没有 Parquet 文件")
            raise FactsError(Diagnostic("no-facts-in-folder", message, Location(file)))
    listed = ", ".join(literal(_no_pattern(part)) for part in parts)
    several = len(parts) > 1
    read = f"read_parquet([{listed}], file_row_number = true, filename = {several}, hive_partitioning = false)"
    added = ["file_row_number", *["filename"] * several]
    described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()
    columns = [(name, kind) for name, kind, *_ in described if name not in added]
    row = "s.file_row_number"
    if several:
        files = ", ".join(map(literal, parts))
        row = f"s.file_row_number + {_ROWS_OF_FILE} * (list_position([{files}], s.filename) - 1)"
    return SourceTable(_stem(file), Place(tuple(parts)), read, row, _numbered(columns))


def _of_database(connection: Connection, file: str) -> Iterator[SourceTable]:
    """The tables of a DuckDB file. Its views are not read, as they may read other files."""
    connection.execute(f"ATTACH {literal(file)} AS {_ATTACHED} (READ_ONLY, TYPE duckdb)")
    asked = f"WHERE database_name = '{_ATTACHED}' AND NOT internal ORDER BY schema_name, table_name"
    for schema, name in connection.execute(f"SELECT schema_name, table_name FROM duckdb_tables() {asked}").fetchall():
        relation = f"{_ATTACHED}.{quoted(schema)}.{quoted(name)}"
        described = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
        columns = _numbered([(column, kind) for column, kind, *_ in described])
        yield SourceTable(name, Place((file,), name), relation, "s.rowid", columns)


def views_in(connection: Connection, files: Sequence[str]) -> Iterator[InputProblem]:
    """The views of a DuckDB file, which are not read: one may read any other file."""
    for file in files:
        if file.lower().endswith(DATABASE):
            asked = f"WHERE database_name = '{_ATTACHED}' AND NOT internal ORDER BY view_name"
            for (name,) in connection.execute(f"SELECT view_name FROM duckdb_views() {asked}").fetchall():
                text = Text(
                    f'the view "{name}" is not read; make a table of it: CREATE TABLE … AS FROM {name}',
                    f"视图“{name}”未读取；请用 CREATE TABLE … AS FROM {name} 建成表",
                )
                yield InputProblem("view-not-read", "warning", text, Location(file))


def _of_csv(file: str) -> SourceTable:
    """A CSV file whose first line is its header; all its cells are texts."""
    names, separator = _header(file)
    columns = _numbered([(name, "VARCHAR") for name in names])
    typed = ", ".join(f"'c{each.number}': 'VARCHAR'" for each in columns)
    read = (
        f"read_csv({literal(_no_pattern(file))}, auto_detect = false, header = true, delim = {literal(separator)}, "
        f"quote = '\"', escape = '\"', nullstr = '', max_line_size = 16777216, null_padding = false, "
        f"columns = {{{typed}}})"
    )
    named = ", ".join(f"c{each.number} AS {quoted(each.name)}" for each in columns)
    relation = f"(SELECT row_number() OVER () - 1 AS riskcheck_row, {named} FROM {read})"
    return SourceTable(_stem(file), Place((file,)), relation, "s.riskcheck_row", columns)


def _header(file: str) -> tuple[list[str], str]:
    try:
        return header(file)
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        message = Text(f"the file cannot be read: {cause}", f"无法读取文件：{cause}")
        cure = Text(
            "a large CSV file must be UTF-8, with its header in the first line; or write Parquet",
            "大型 CSV 文件须为 UTF-8 编码，且首行为列名；也可改用 Parquet",
        )
        raise FactsError(Diagnostic("unreadable-file", message, Location(file), (cure,))) from None


def _numbered(columns: Sequence[tuple[str, str]]) -> tuple[Column, ...]:
    return tuple(Column(name, kind, number) for number, (name, kind) in enumerate(columns))


def _stem(file: str) -> str:
    return os.path.splitext(os.path.basename(os.path.normpath(file)))[0]


def _no_pattern(file: str) -> str:
    """The name of a file in which `*`, `?` and `[` are not taken for a pattern of names."""
    return re.sub(r"[*?\[]", lambda found: f"[{found[0]}]", file)
