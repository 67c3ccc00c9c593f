"""The links of the report workbook: to its own cells, and to the cells of the workbook that was checked.

A link to a file says where it lies as seen from the report, and no more of the machine's folders than the command line
did. Where that cannot be said, there is no link: a wrong one is worse than none.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import PurePath

from riskcheck.model.place import Location, cell_name

MAX_LINKS = 65_530
"""Excel takes so many links in one sheet."""
_MAX_PATH = 1_000
"""Excel takes 2,079 characters in a link; a character of a path may count for two."""
_ESCAPED = {char: f"%{ord(char):02x}" for char in '%#?"<>[]^`{} '}


def within(sheet: str, row: int, column: int = 0) -> str:
    """The link to a cell of the report; row and column count from 0."""
    return f"internal:{_quoted(sheet)}!{cell_name(row, column)}"


def to_input(location: Location | None, report: str | None) -> str | None:
    """The link from the report at the path `report` to a cell of the workbook that was checked, or None.

    Without `report` it is taken to lie in the folder in which the command ran.
    """
    if location is None or location.sheet is None or location.cell is None:
        return None
    path = _seen_from(location.file, report, os.getcwd())
    return None if path is None else f"external:{path}#{_quoted(location.sheet)}!{location.cell}"


@lru_cache(64)
def _seen_from(file: str, report: str | None, _current_folder: str) -> str | None:
    """The relative path to `file` from the folder of `report`, if what both paths say is enough for it."""
    folder = os.path.dirname(report) if report else ""
    try:
        relative = PurePath(os.path.relpath(file, folder or os.curdir))
    except ValueError:  # another drive
        return None
    named = [part for part in relative.parts if part != os.pardir]
    given = PurePath(os.path.normpath(file))
    told = given.parts[1:] if given.is_absolute() else given.parts
    if len(named) > len(told) or tuple(named) != told[len(told) - len(named) :]:
        return None
    if given.is_absolute() and len(named) == len(told):
        return None
    path = relative.as_posix()
    if "\\" in path or ":" in path or len(path) > _MAX_PATH:
        return None
    return "".join(_ESCAPED.get(char, char) for char in path)


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"
