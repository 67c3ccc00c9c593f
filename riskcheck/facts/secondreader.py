"""The second, independent reader of workbooks, openpyxl, and where it reads another thing than the first.

It gets the parts of the package that hold cells and nothing else, after the first reader has held them to its bounds,
and none that declares a document type. It is slow, and so is asked only for a comparison.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Set
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from riskcheck.errors import FactsError
from riskcheck.facts.archive import stored
from riskcheck.facts.numberformat import is_percent
from riskcheck.facts.package import Package
from riskcheck.facts.refusal import refusal
from riskcheck.facts.sheet import Position, Sheet
from riskcheck.facts.workbook import read_package
from riskcheck.model.inspection import CellDifference, CrossCheck
from riskcheck.model.place import Location, cell_name
from riskcheck.model.text import Text

MOST_DIFFERENCES = 10_000
"""So many differences are listed; the others are counted."""

_PARTS = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/(?:[^/]*/)*(?:styles|sharedstrings|sheet[^/]*|workbook)\.xml"
    r"|xl/_rels/workbook\.xml\.rels"
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_MOST_SHOWN = 100

Said = tuple[str, Any]
"""What a cell says, however a reader gives it: its kind, and a value that can be compared."""


def cross_check(data: bytes, file: str) -> CrossCheck:
    """The cells of an .xlsx or .xlsm workbook that the two readers read otherwise.

    Raises FactsError if either of them cannot read it.
    """
    first = {sheet.name: _of_first(sheet) for sheet in read_package(Package(data, file))}
    second = _second(data, file, first.keys())
    cells, differences = 0, []
    for name, said in first.items():
        other = second.get(name, {})
        positions = said.keys() | other.keys()
        cells += len(positions)
        differences += [
            CellDifference(Location(file, name, cell_name(*at)), _shown(said.get(at)), _shown(other.get(at)))
            for at in sorted(positions)
            if said.get(at) != other.get(at)
        ]
    return CrossCheck(cells, len(differences), tuple(differences[:MOST_DIFFERENCES]))


def _second(data: bytes, file: str, sheets: Set[str]) -> Mapping[str, dict[Position, Said]]:
    """What openpyxl reads, by sheet; all `sheets` must be there."""
    import openpyxl

    parts = _parts(Package(data, file))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(parts), read_only=True, data_only=True, keep_links=False)
            found = {sheet.title: dict(_cells(sheet)) for sheet in book.worksheets}
    except Exception as error:  # openpyxl raises errors of all kinds
        raise _cannot(" ".join(str(error).split())[:200] or type(error).__name__, file) from None
    if sheets - found.keys():
        raise _cannot(f"it does not see {len(sheets - found.keys())} of {len(sheets)} sheets", file)
    return found


def _cannot(said: str, file: str) -> FactsError:
    message = Text(f"the second reader cannot read the workbook ({said})", f"第二个读取程序无法读取该工作簿（{said}）")
    cure = Text("leave --cross-check out; the first reader reads it", "请去掉 --cross-check；第一个读取程序可以读取")
    return refusal("cross-check-failed", message, cure, at=Location(file))


def _parts(package: Package) -> bytes:
    """The parts that hold cells, as a package of their own, under the names that they have in the file."""
    found = []
    for entry in package.entries:
        name = entry.name.replace("\\", "/").lstrip("/")
        if not _PARTS.fullmatch(name.lower()) or not name.isascii():
            continue
        content = package.read(name.lower())
        if any(mark in content for mark in _DOCTYPES):
            raise _document_type(package, name)
        found.append((name, [content]))
    return stored(found)


def _document_type(package: Package, name: str) -> FactsError:
    message = Text(f'the part "{name}" declares a document type (DOCTYPE)', f"部件“{name}”声明了文档类型（DOCTYPE）")
    cure = Text("do not trust the file; ask its author for a new copy", "该文件不可信；请向作者索取新的文件")
    return refusal("workbook-doctype", message, cure, at=package.at)


def _of_first(sheet: Sheet) -> dict[Position, Said]:
    """What the first reader says; formulas without a stored result say nothing."""
    found: dict[Position, Said] = {
        (row, column): _said(value, (row, column) in sheet.percent)
        for row, values in enumerate(sheet.rows, sheet.first_row)
        for column, value in enumerate(values, sheet.first_column)
        if value != "" and (row, column) not in sheet.unstored
    }
    return found | {at: ("error", name) for at, name in sheet.errors.items()}


def _cells(sheet: Any) -> Iterator[tuple[Position, Said]]:
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None or cell.value == "":
                continue
            at = (cell.row - 1, cell.column - 1)
            if cell.data_type == "e":
                yield at, ("error", str(cell.value))
            else:
                yield at, _said(_unescaped(cell.value), is_percent(cell.number_format or ""))


def _unescaped(value: Any) -> Any:
    """A text without the escapes of its file, which openpyxl leaves in: `_x000D_` stands for a character."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), value) if isinstance(value, str) else value


def _said(value: Any, percent: bool) -> Said:
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
    return "text", str(value).replace("\r\n", "\n").replace("\r", "\n")


def _to_the_second(moment: datetime) -> datetime:
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0) if moment.year < 9999 else moment


def _shown(said: Said | None) -> str:
    if said is None:
        return ""
    kind, value = said
    return f"{kind} {value:.15g}" if kind in ("number", "percent") else f"{kind} {str(value)[:_MOST_SHOWN]}"
