"""Reports: an Assessment becomes text or bytes, and nothing else is looked at.

A new report is one module with a function `render(assessment, style) -> bytes` and one line in `FORMATS`.
"""

from __future__ import annotations

from importlib import import_module

from riskcheck.frozen import frozen
from riskcheck.model.assessment import Assessment
from riskcheck.model.text import Language


@frozen
class Style:
    """How a report is written: its language, whether in colour, and for how many columns (terminal text only)."""

    language: Language = "en"
    color: bool = False
    width: int = 80


@frozen
class Format:
    """One report format: the module that writes it, and the suffixes that choose it. A binary one is not printed."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    binary: bool = False


FORMATS = (
    Format("terminal", "riskcheck.reports.terminal", (".txt",)),
    Format("json", "riskcheck.reports.json", (".json",)),
    Format("excel", "riskcheck.reports.excel", (".xlsx",), binary=True),
)


def render(format_name: str, assessment: Assessment, style: Style) -> bytes:
    """The report as bytes (text is UTF-8). The same assessment and style give the same bytes."""
    chosen = next(each for each in FORMATS if each.name == format_name)
    written: bytes = import_module(chosen.module).render(assessment, style)
    return written


def format_for(suffix: str) -> Format | None:
    """The format that a file suffix (`.xlsx`) chooses, or None."""
    return next((each for each in FORMATS if suffix.lower() in each.suffixes), None)
