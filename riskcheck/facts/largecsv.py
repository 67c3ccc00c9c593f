"""CSV files of many projects that are large: they are read in blocks of projects, and not as workbooks are."""

from __future__ import annotations

import os
from collections.abc import Sequence

from riskcheck.facts.names import Names

READ_WHOLE = 8 * 2**20
"""Up to so many bytes CSV files of a folder are read whole."""
SEPARATORS = (",", ";", "\t")
LONGEST_HEADER = 2**20


def are_large(files: Sequence[str], key: Names) -> bool:
    """Whether CSV files of tables are large, each names the column of the project first, and DuckDB is there.

    Without it they are read whole, as far as that goes.
    """
    from riskcheck.database import is_installed

    try:
        if sum(map(os.path.getsize, files)) <= READ_WHOLE or not is_installed():
            return False
        return all(any(key.match(name) for name in header(file)[0]) for file in files)
    except (OSError, UnicodeDecodeError):
        return False


def header(file: str) -> tuple[list[str], str]:
    """The names in the first line of a CSV file, and the mark between them. Raises OSError, UnicodeDecodeError."""
    import csv

    with open(file, encoding="utf-8-sig", newline="") as stream:
        line = stream.readline(LONGEST_HEADER)
    separator = max(SEPARATORS, key=line.count)
    return next(csv.reader([line], delimiter=separator), []), separator
