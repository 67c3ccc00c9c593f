"""The ids of projects in a column, as the typing of cells has them: without blanks around, full-width digits plain."""

from __future__ import annotations

from typing import Final

from riskcheck.celltext import clean
from riskcheck.database import Connection, quoted
from riskcheck.facts.cellvalue import reader_for
from riskcheck.facts.tablestatus import ALL, STATUS
from riskcheck.frozen import frozen
from riskcheck.model.schema import Field
from riskcheck.projectstore.cells import cell_read
from riskcheck.projectstore.heads import Head
from riskcheck.projectstore.source import Column

PLAIN: Final = "[!-~]*[0-9][!-~]*"
"""Printable ASCII without blanks and with a digit: no such text is a placeholder, and cleaning leaves it as it is."""
_AT_ONCE = 50_000


@frozen
class Key:
    """The column of the project in a table. `table` has the ids of what is not plain, by the cell as it is written."""

    written: str
    table: str

    def join(self) -> str:
        """What a SELECT from the source needs beside it, to know `id`."""
        return f"LEFT JOIN {self.table} k ON k.written = {self.written}"

    @property
    def id(self) -> str:
        """The id of a row, NULL if it cannot be read."""
        return f"CASE WHEN {_is_plain(self.written)} THEN {self.written} ELSE k.id END"


def key_of(connection: Connection, head: Head, key: Column, field: Field, number: int) -> Key:
    """The column of the project of the `number`-th table, with what is not plain in it read as cells are."""
    read = cell_read(field, key.type, unusual=True)
    written, table = f"({read.sql.format(f's.{quoted(key.name)}')})::VARCHAR", f"keys_{number}"
    connection.execute(f"CREATE TABLE {table} (written VARCHAR, id VARCHAR)")
    odd = f"SELECT DISTINCT {written} AS w FROM {head.source.relation} s WHERE NOT {_is_plain(written)}"
    connection.execute(f"CREATE TEMP TABLE odd AS SELECT w, row_number() OVER () AS n FROM ({odd}) q")
    reader, start = reader_for(field), 0
    while found := connection.execute(f"SELECT w FROM odd WHERE n > {start} AND n <= {start + _AT_ONCE}").fetchall():
        cells = {text: reader(text) for (text,) in found}
        ids = {text: cell for text, cell in cells.items() if isinstance(cell, str)}
        ids |= {text: ALL for text in cells if head.table.name == STATUS and clean(text) == ALL}
        values = {"t": list(ids), "i": list(ids.values())}
        connection.execute(f"INSERT INTO {table} SELECT unnest($t::VARCHAR[]), unnest($i::VARCHAR[])", values)
        start += _AT_ONCE
    connection.execute("DROP TABLE odd")
    return Key(written, table)


def _is_plain(written: str) -> str:
    return f"regexp_full_match({written}, '{PLAIN}')"
