"""Protection of a sheet's headers and help: no password, and all that filling in needs stays allowed."""

from __future__ import annotations

from typing import Any

_ALLOWED = (
    "objects",
    "scenarios",
    "format_cells",
    "format_columns",
    "format_rows",
    "insert_rows",
    "insert_hyperlinks",
    "delete_rows",
    "sort",
    "autofilter",
    "select_locked_cells",
    "select_unlocked_cells",
)


def protect(sheet: Any) -> None:
    """Protect the locked cells: those with a format that is not unlocked."""
    sheet.protect("", dict.fromkeys(_ALLOWED, True))
