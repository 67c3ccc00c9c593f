"""Reports of a portfolio: a Portfolio becomes bytes, and nothing else is looked at."""

from __future__ import annotations

from importlib import import_module

from riskcheck.model.portfolio import Portfolio
from riskcheck.reports import Format, Style

FORMATS = (
    Format("terminal", "riskcheck.reports.portfolioterminal", (".txt",)),
    Format("json", "riskcheck.reports.portfoliojson", (".jsonl", ".ndjson", ".json")),
    Format("excel", "riskcheck.reports.portfolioexcel", (".xlsx",), binary=True),
    Format("csv", "riskcheck.reports.portfoliocsv", (".csv",), binary=True),
)


def render(format_name: str, portfolio: Portfolio, style: Style) -> bytes:
    """The report as bytes (text is UTF-8). The same portfolio and style give the same bytes."""
    chosen = next(each for each in FORMATS if each.name == format_name)
    written: bytes = import_module(chosen.module).render(portfolio, style)
    return written
