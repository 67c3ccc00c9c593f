"""A sheet being drawn: cells, merged areas, and what the reader must tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from riskcheck.model.place import cell_name
from tests.layouts.world import CellName


@dataclass(frozen=True)
class Share:
    """A number with a percent format: 0.85 is shown as 85 %."""

    value: float


@dataclass
class Canvas:
    """One sheet. `places` has the position of each fact; `told` the codes and cells of problems that must be told.

    A problem of the whole sheet is told with "" for its cell.
    """

    name: str
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    places: dict[CellName, tuple[int, int]] = field(default_factory=dict)
    told: set[tuple[str, str]] = field(default_factory=set)
    hidden: bool = False

    def put(self, row: int, column: int, value: Any) -> None:
        """Write a cell; nothing is written for an empty text."""
        if value != "":
            assert (row, column) not in self.cells, "something stands there already"
            self.cells[row, column] = value

    def line(self, row: int, column: int, *values: Any) -> None:
        """Write cells side by side."""
        for number, value in enumerate(values):
            self.put(row, column + number, value)

    def tell(self, code: str, row: int, column: int) -> None:
        """Expect a problem at a cell."""
        self.told.add((code, cell_name(row, column)))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge cells of which the first is written."""
        if (top, left) != (bottom, right):
            self.merged.append((top, left, bottom, right))


def write(path: Path, canvases: list[Canvas]) -> None:
    """Write a workbook with these sheets."""
    with xlsxwriter.Workbook(path) as book:
        formats = {date: book.add_format({"num_format": "yyyy-mm-dd"}), Share: book.add_format({"num_format": "0%"})}
        shown = False
        for canvas in canvases:
            sheet = book.add_worksheet(canvas.name)
            if canvas.hidden:
                sheet.hide()
            elif not shown:
                sheet.activate()  # a workbook opens on a sheet that is not hidden
                shown = True
            for top, left, bottom, right in canvas.merged:
                sheet.merge_range(top, left, bottom, right, "")
            for (row, column), value in canvas.cells.items():
                if isinstance(value, Share):
                    sheet.write_number(row, column, value.value, formats[Share])
                elif isinstance(value, date):
                    sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats[date])
                elif isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                elif isinstance(value, int | float):
                    sheet.write_number(row, column, value)
                else:
                    sheet.write_string(row, column, value)
