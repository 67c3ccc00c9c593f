"""A DuckDB database of one run, which may spill into a private folder that goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol

MEMORY: Final = "2GiB"
"""So much memory DuckDB may take; what does not fit is spilled."""


class Connection(Protocol):
    """What is used of a DuckDB connection."""

    def execute(self, query: str, parameters: object = ...) -> Any:
        """Run a statement."""


@contextmanager
def database(memory: str = MEMORY, *, in_file: bool = False, optimizer: bool = True) -> Iterator[Connection]:
    """A database that fetches no extension, spills into its own folder, and is gone afterwards.

    `in_file`: its tables are in that folder, too, rather than in memory. Without `optimizer` queries run as written.
    """
    import duckdb

    with TemporaryDirectory(prefix="riskcheck-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": folder,
            "memory_limit": memory,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        with duckdb.connect(f"{folder}/facts.duckdb" if in_file else ":memory:", config=settings) as connection:
            if not optimizer:
                connection.execute("PRAGMA disable_optimizer")
            yield connection


def is_installed() -> bool:
    """Whether DuckDB is."""
    return find_spec("duckdb") is not None


def failure() -> type[Exception]:
    """The class of the errors of DuckDB."""
    import duckdb

    return duckdb.Error


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
