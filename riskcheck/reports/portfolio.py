"""Reports of a portfolio: a Portfolio becomes bytes, and nothing else is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from riskcheck.model.portfolio import Portfolio
from riskcheck.reports import Format, Style

FORMATS = (
    Format("terminal", "riskcheck.reports.portfolioterminal", (".txt",)),
    Format("json", "riskcheck.reports.portfoliojson", (".jsonl", ".ndjson", ".json")),
    Format("excel", "riskcheck.reports.portfolioexcel", (".xlsx",), binary=True),
    Format("csv", "riskcheck.reports.portfoliocsv", (".csv",), binary=True),
    Format("parquet", "riskcheck.reports.portfolioparquet", (".parquet",), binary=True),
)


MOST_WHOLE = 10_000
"""Reports of so many projects are made whole."""


def render(format_name: str, portfolio: Portfolio, style: Style) -> bytes:
    """The report as bytes (text is UTF-8). The same portfolio and style give the same bytes."""
    written: bytes = _module(format_name).render(portfolio, style)
    return written


def pieces(format_name: str, portfolio: Portfolio, style: Style) -> Iterator[bytes]:
    """The same piece by piece: what has a row for each project and check may be larger than memory."""
    module = _module(format_name)
    if len(portfolio.projects) > MOST_WHOLE and hasattr(module, "parts"):
        yield from module.parts(portfolio, style)
    else:
        yield render(format_name, portfolio, style)


def _module(format_name: str) -> Any:
    return import_module(next(each.module for each in FORMATS if each.name == format_name))
