"""Refusing a file of facts: the error that says where, why, and how to mend it."""

from __future__ import annotations

from riskcheck.errors import Diagnostic, FactsError
from riskcheck.model.place import Location

COPY_AGAIN = "copy or download the file again"
"""The cure for a file that was damaged on its way."""
SAVE_AGAIN = "open it in Excel, WPS or LibreOffice, save it again as .xlsx, and check the new file"
"""The cure for a workbook that a spreadsheet program can still repair."""


def refusal(code: str, message: str, *cures: str, at: Location) -> FactsError:
    """The error for a file that cannot be read: one sentence, then one line for each cure."""
    return FactsError(Diagnostic(code, message, at, cures))
