"""The report workbook as a spreadsheet program reads it."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Finding
from riskcheck.model.text import Language
from riskcheck.reports import Style, render
from tests.reports.examples import assessment


def workbook(language: Language) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render("excel", assessment(), Style(language))))


def cells_below(sheet: Any, column: int) -> list[str]:
    """The texts of a column below its title."""
    return [row[column].value or "" for row in sheet.iter_rows(min_row=2)]


def widths_of(sheet: Any) -> dict[int, float]:
    """The width of each column, counted from 1; the file tells equal neighbours together."""
    dimensions = sheet.column_dimensions.values()
    return {number: each.width for each in dimensions for number in range(each.min, each.max + 1)}


def with_findings(*findings: Finding) -> Assessment:
    return replace(assessment(), findings=findings)
