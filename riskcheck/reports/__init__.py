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
    """How a report is written: its language, whether in colour, and for how many columns (terminal text only).

    `security_severity`: SARIF also rates rules as security findings, from 0.0 to 10.0. `target`: the path of the file
    that is written, as it was given, from which links to the input lead (workbook only).
    """

    language: Language = "en"
    color: bool = False
    width: int = 80
    security_severity: bool = False
    target: str | None = None


@frozen
class Format:
    """One report format: the module that writes it, and the suffixes that choose it. A binary one is not printed.

    Without a suffix it is only printed. A suffix of two parts (`.junit.xml`) is more than its last part, and a file may
    be called by it alone (`junit.xml`).
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    binary: bool = False


FORMATS = (
    Format("terminal", "riskcheck.reports.terminal", (".txt",)),
    Format("json", "riskcheck.reports.json", (".json",)),
    Format("excel", "riskcheck.reports.excel", (".xlsx",), binary=True),
    Format("sarif", "riskcheck.reports.sarif", (".sarif", ".sarif.json")),
    Format("junit", "riskcheck.reports.junit", (".junit.xml",)),
    Format("markdown", "riskcheck.reports.markdown", (".md",)),
    Format("csv", "riskcheck.reports.csv", (".csv",)),
    Format("github", "riskcheck.reports.github", ()),
    Format("html", "riskcheck.reports.html", (".html",)),
)


def render(format_name: str, assessment: Assessment, style: Style) -> bytes:
    """The report as bytes (text is UTF-8). The same assessment and style give the same bytes."""
    chosen = next(each for each in FORMATS if each.name == format_name)
    written: bytes = import_module(chosen.module).render(assessment, style)
    return written


def format_for(file_name: str) -> Format | None:
    """The format that the end of a file's name chooses (`report.xlsx`, `gate.junit.xml`), or None. The longest wins."""
    name = file_name.lower()
    ends = [(suffix, each) for each in FORMATS for suffix in each.suffixes if _ends_in(name, suffix)]
    return max(ends, key=lambda end: len(end[0]))[1] if ends else None


def _ends_in(name: str, suffix: str) -> bool:
    return name.endswith(suffix) or (suffix.count(".") > 1 and name == suffix[1:])
