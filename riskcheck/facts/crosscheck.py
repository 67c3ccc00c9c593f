"""Where the two readers of workbooks read another thing in the same file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

from riskcheck.facts.package import Package
from riskcheck.facts.secondreader import read_with_openpyxl
from riskcheck.facts.sheet import Area, CellValue, Sheet
from riskcheck.facts.workbook import read_package
from riskcheck.model.inspection import CellDifference, CrossCheck
from riskcheck.model.place import Location, area_name

MOST_DIFFERENCES = 100_000
"""So many differences are listed; the others are counted."""
_MOST_SHOWN = 100
_STATES = {True: "sheet", False: "hidden sheet"}

Said = tuple[str, Any]
"""What a cell says, however a reader gives it: its kind, and a value that can be compared."""


def cross_check(data: bytes, file: str) -> CrossCheck:
    """The cells, merged areas and sheets of an .xlsx or .xlsm workbook that the two readers read otherwise.

    Raises FactsError if either of them cannot read it.
    """
    first, second = read_package(Package(data, file)), read_with_openpyxl(Package(data, file))
    cells, count = 0, 0
    differences: list[CellDifference] = []
    for one, other in zip_longest(first, second):
        said = _cells(one), _cells(other)
        cells += len(said[0].keys() | said[1].keys())
        name = (one or other).name
        found = [*_of_sheets(one, other), *_among(*said), *_among(_areas(one), _areas(other))]
        count += len(found)
        differences += [
            CellDifference(Location(file, name, place), _shown(left), _shown(right))
            for place, left, right in found[: MOST_DIFFERENCES - len(differences)]
        ]
    return CrossCheck(cells, count, tuple(differences))


def _among(first: Mapping[Area, Said], second: Mapping[Area, Said]) -> Iterator[tuple[str, Said | None, Said | None]]:
    """The areas of which not both say the same, from the top."""
    if first != second:
        for area in sorted(first.keys() | second.keys()):
            if first.get(area) != second.get(area):
                yield area_name(area), first.get(area), second.get(area)


def _of_sheets(one: Sheet | None, other: Sheet | None) -> Iterator[tuple[None, Said, Said]]:
    """Whether the sheets are called otherwise, or only one is shown."""
    left, right = (("nothing", "") if each is None else (_STATES[each.visible], each.name) for each in (one, other))
    if left != right:
        yield None, left, right


def _areas(sheet: Sheet | None) -> dict[Area, Said]:
    return {} if sheet is None else dict.fromkeys(sheet.merged, ("merged", ""))


def _cells(sheet: Sheet | None) -> dict[Area, Said]:
    """What is said of each cell, by its area."""
    if sheet is None:
        return {}
    found: dict[Area, Said] = {}
    for row, values in enumerate(sheet.rows, sheet.first_row):
        for column, value in enumerate(values, sheet.first_column):
            if value != "":
                found[row, column, row, column] = _said(value, (row, column) in sheet.percent)
    found |= {(*at, *at): ("formula without a result", "") for at in sheet.unstored}
    return found | {(*at, *at): ("error", name) for at, name in sheet.errors.items()}


def _said(value: CellValue, percent: bool) -> Said:
    """A value, however it is represented: days as moments, times as spans, any line break as one character."""
    if isinstance(value, bool):
        return "truth", value
    if isinstance(value, int | float):
        return ("percent" if percent else "number"), float(value)
    if isinstance(value, time):
        return "span", round(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second).total_seconds())
    if isinstance(value, timedelta):
        return "span", round(value.total_seconds())
    if isinstance(value, datetime):
        return "moment", _to_the_second(value)
    if isinstance(value, date):
        return "moment", datetime(value.year, value.month, value.day)
    return "text", value.replace("\r\n", "\n").replace("\r", "\n")


def _to_the_second(moment: datetime) -> datetime:
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0) if moment.year < 9999 else moment


def _shown(said: Said | None) -> str:
    if said is None:
        return ""
    kind, value = said
    if kind == "text":
        return f'text "{_with_blanks_seen(value[:_MOST_SHOWN])}"'
    shown = f"{value:.15g}" if kind in ("number", "percent") else str(value)
    return f"{kind} {shown}" if shown else kind


def _with_blanks_seen(text: str) -> str:
    """A text in which blanks that one would not see are: at its ends, several together, tabs and line breaks."""
    seen = re.sub(r"^ +| +$| {2,}", lambda found: "␣" * len(found[0]), text)
    return seen.replace("\t", "\\t").replace("\n", "\\n")
