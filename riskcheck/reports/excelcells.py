"""The sheet of cells: a row for each cell that an open finding rests on or waits for, with a link to it."""

from __future__ import annotations

from typing import Final

from riskcheck.model.finding import Evidence, Finding, Missing
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.excelcolumn import Column, linked
from riskcheck.reports.excellinks import to_input
from riskcheck.reports.excelplaces import CELLS, cells_of
from riskcheck.reports.excelsheet import Row, SheetWriter, place_text
from riskcheck.reports.exceltheme import OUTCOME_COLORS

_COLUMNS: Final = (
    Column(Text("Check", "检查"), 13),
    Column(Text("Outcome", "结果"), 10),
    Column(Text("What is checked", "检查内容"), 44, wrap=True),
    Column(Text("Cell", "单元格"), 26),
    Column(Text("Row", "行"), 14),
    Column(Text("Field", "栏目"), 22),
    Column(Text("Value, or what to do", "取值或需补充"), 40, wrap=True),
    Column(Text("As written", "原文"), 30, wrap=True),
)


class CellsSheet(SheetWriter):
    """Writes the sheet."""

    def write(self) -> None:
        rows = (self.row(*each) for each in cells_of(self.seen))
        listing = self.listing(self.say(CELLS), _COLUMNS, rows, freeze_columns=1)
        for outcome, color in OUTCOME_COLORS.items():
            self.color_equal(listing, 1, self.say(phrases.OUTCOME[outcome]), color)

    def row(self, finding: Finding, cell: Evidence | Missing) -> Row:
        return (
            linked(finding.check, self.places.finding(finding.check)),
            self.say(phrases.OUTCOME[finding.outcome]),
            self.say(finding.title),
            linked(place_text(cell.location), to_input(cell.location, self.target)),
            cell.key or "",
            self.say(cell.title),
            self.state(cell),
            cell.raw or "",
        )

    def state(self, cell: Evidence | Missing) -> str:
        if isinstance(cell, Missing):
            return self.say(phrases.NEED[cell.need])
        return self.say(cell.shown or phrases.STATE[cell.state])
