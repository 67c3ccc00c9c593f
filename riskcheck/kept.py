"""Values of which there may be more than memory holds: the first are in memory, and all of very many in a private file.

Python's own SQLite keeps and sorts them there. The file goes with the value that holds it.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

if TYPE_CHECKING:
    from sqlite3 import Connection
    from tempfile import TemporaryDirectory

_T = TypeVar("_T")
MOST_IN_MEMORY: Final = 50_000
"""So many values stay in memory."""
Rank = tuple[int, int, float, str, str]
"""What values are sorted by."""


class Kept(Sequence[_T]):
    """Values in the order of their ranks, and of equal ones in that in which they came.

    All are added before the first is read. `pack` makes a plain tuple of a value, such as `marshal` writes, and
    `unpack` a value of it.
    """

    def __init__(
        self, rank: Callable[[_T], Rank], pack: Callable[[_T], tuple[Any, ...]], unpack: Callable[..., _T]
    ) -> None:
        self._rank, self._pack, self._unpack = rank, pack, unpack
        self._values: list[_T] = []
        self._count = 0
        self._sorted = False
        self._folder: TemporaryDirectory[str] | None = None
        self._file: Connection | None = None

    def add(self, value: _T) -> None:
        """Add a value."""
        self._values.append(value)
        self._count += 1
        if len(self._values) > MOST_IN_MEMORY:
            self._move()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[_T]:
        self._sort()
        if self._file is None:
            yield from self._values
            return
        for (record,) in self._file.execute("SELECT record FROM ranked ORDER BY n"):
            yield self._unpack(*marshal.loads(record))

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, index: int | slice) -> _T | tuple[_T, ...]:
        """One value, or some from the beginning on."""
        if isinstance(index, slice):
            return tuple(islice(self, *index.indices(self._count)))
        place = index + self._count if index < 0 else index
        if not 0 <= place < self._count:
            raise IndexError(index)
        return next(islice(self, place, None))

    def _move(self) -> None:
        """Move what is in memory into the file."""
        if self._file is None:
            from sqlite3 import connect
            from tempfile import TemporaryDirectory

            self._folder = TemporaryDirectory(prefix="riskcheck-")
            self._file = connect(f"{self._folder.name}/kept.sqlite", isolation_level=None)
            self._file.execute("PRAGMA journal_mode = OFF")
            self._file.execute("PRAGMA synchronous = OFF")
            self._file.execute("PRAGMA temp_store = FILE")
            self._file.execute("CREATE TABLE kept (a, b, c, d, e, n INTEGER PRIMARY KEY, record)")
        self._file.execute("BEGIN")
        self._file.executemany(
            "INSERT INTO kept (a, b, c, d, e, record) VALUES (?, ?, ?, ?, ?, ?)", map(self._row, self._values)
        )
        self._file.execute("COMMIT")
        self._values = []

    def _row(self, value: _T) -> tuple[object, ...]:
        first, second, third, *names = self._rank(value)
        # As bytes, which are in the order of characters, and may hold half of one.
        keys = [name.encode("utf-8", "surrogatepass") for name in names]
        return first, second, third, *keys, marshal.dumps(self._pack(value))

    def _sort(self) -> None:
        if self._sorted:
            return
        self._sorted = True
        if self._file is None:
            self._values.sort(key=self._rank)
            return
        self._move()
        self._file.execute("CREATE TABLE ranked (n INTEGER PRIMARY KEY, record)")
        ranked = "SELECT record FROM kept ORDER BY a, b, c, d, e, n"
        self._file.execute(f"INSERT INTO ranked (record) {ranked}")
        self._file.execute("DROP TABLE kept")
