"""The rows of a listing as XML: each is written as it comes, and memory does not grow with them.

XlsxWriter's own mode for this, `constant_memory`, is of a whole workbook: it keeps an object for each link and each
row's height, and no text for charts. So only rows of listings are written here; all else of a sheet is XlsxWriter's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final
from xml.sax.saxutils import quoteattr

from riskcheck.model.place import column_letters
from riskcheck.reports.excellinks import MAX_LINKS

MAX_LISTED: Final = 1_048_574
"""Excel takes 1,048,576 rows in a sheet: one is the header, and one may have to say that there are more."""
_BLOCK = 1 << 16


class ListedRows:
    """The rows of one listing, below its header row, and the links in them, each in a file of its own."""

    def __init__(self, rows: IO[bytes], links: IO[bytes]) -> None:
        self.count = 0
        self.size = 0
        """The bytes of rows and links."""
        self._link_count = 0
        self.files: dict[str, str] = {}
        """The files to which links lead, with their names in the sheet's relations."""
        self._rows, self._links = rows, links
        self._waiting: list[str] = []
        self._waiting_size = 0

    def add(self, cells: str, height: int) -> None:
        """Add a row of these cells; they say that they are of row `next_row`."""
        row = f'<row r="{self.next_row}" ht="{height}" customHeight="1">{cells}</row>'
        self.count += 1
        self._waiting.append(row)
        self._waiting_size += len(row)
        if self._waiting_size > _BLOCK:
            self._write_waiting()

    @property
    def next_row(self) -> int:
        """The number of the row that is added next, as people count: the header is row 1."""
        return self.count + 2

    def link(self, column: int, link: str) -> bool:
        """Make a cell of the next row a link; false if the sheet can have no more."""
        if self._link_count == MAX_LINKS:
            return False
        self._link_count += 1
        kind, _, place = link.partition(":")
        cell = f'<hyperlink ref="{column_letters(column)}{self.next_row}"'
        if kind == "external":
            file, _, place = place.partition("#")
            known = self.files.setdefault(file, f"rIdFile{len(self.files) + 1}")
            cell += f' r:id="{known}"'
        written = f"{cell} location={quoteattr(place)}/>"
        self.size += self._links.write(written.encode())
        return True

    def rows(self) -> Iterator[bytes]:
        """The rows, block by block."""
        return _blocks(self._rows)

    def links(self) -> Iterator[bytes]:
        """The element of the links, block by block; nothing if there are none."""
        if self._link_count:
            yield b"<hyperlinks>"
            yield from _blocks(self._links)
            yield b"</hyperlinks>"

    def end(self) -> None:
        """Say that there are no more rows."""
        self._write_waiting()

    def _write_waiting(self) -> None:
        self.size += self._rows.write("".join(self._waiting).encode())
        self._waiting.clear()
        self._waiting_size = 0


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while block := file.read(_BLOCK):
        yield block
