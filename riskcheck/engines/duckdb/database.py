"""A database in memory of one run, which may spill into a private folder that goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol

MEMORY: Final = "2GiB"
"""So much memory DuckDB may take; what does not fit is spilled."""


class Connection(Protocol):
    """What is used of a DuckDB connection."""

    def execute(self, query: str, parameters: object = ...) -> Any:
        """Run a statement."""


@contextmanager
def database(memory: str = MEMORY) -> Iterator[Connection]:
    """A database that reads and writes nothing outside its folder, fetches no extension, and is gone afterwards.

    Its optimizer is off: for what the query is it takes far longer than what it saves.
    """
    import duckdb

    with TemporaryDirectory(prefix="riskcheck-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": folder,
            "memory_limit": memory,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        with duckdb.connect(":memory:", config=settings) as connection:
            connection.execute("PRAGMA disable_optimizer")
            yield connection
