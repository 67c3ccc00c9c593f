"""Where each finding stands in the report workbook: the names of its sheets, and links between their rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Final

from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import CompoundFinding, CompoundState, Evidence, Finding, Missing
from riskcheck.model.text import Language, Text
from riskcheck.reports.actionwords import OPEN_SHEET
from riskcheck.reports.excellinks import within
from riskcheck.reports.excelrows import MAX_LISTED

VERDICT: Final = Text("Verdict", "结论")
FINDINGS: Final = Text("Findings", "发现项")
CELLS: Final = Text("Cells", "单元格")
COMPOUNDS: Final = Text("Compound risks", "复合风险")
PARTS: Final = Text("Phases and elements", "阶段与要素")


class Places:
    """The rows of one report workbook (from 0, the header is row 0), and the links to them."""

    def __init__(self, seen: Assessment, language: Language) -> None:
        self.seen, self.language = seen, language

    def finding(self, check: str | None) -> str | None:
        """The link to the row of a check's finding, or of a compound rule."""
        if check in self._compounds:
            return within(COMPOUNDS.of(self.language), self._compounds[check], 1)
        return within(FINDINGS.of(self.language), self._findings[check], 1) if check in self._findings else None

    def action(self, check: str) -> str | None:
        """The link to the row of a check's action, if its finding is open."""
        return within(OPEN_SHEET.of(self.language), self._actions[check]) if check in self._actions else None

    def cells(self, check: str) -> str | None:
        """The link to the first of a check's cells, if any is listed."""
        return within(CELLS.of(self.language), self._cells[check]) if check in self._cells else None

    @cached_property
    def _findings(self) -> dict[str | None, int]:
        return {finding.check: row for row, finding in enumerate(self.seen.findings[:MAX_LISTED], 1)}

    @cached_property
    def _compounds(self) -> dict[str | None, int]:
        return {each.id: row for row, each in enumerate(worst_first(self.seen.compounds), 1)}

    @cached_property
    def _actions(self) -> dict[str, int]:
        opened = (finding for finding in self.seen.findings if finding.is_open)
        return {finding.check: row for row, finding in enumerate(islice(opened, MAX_LISTED), 1)}

    @cached_property
    def _cells(self) -> dict[str, int]:
        rows: dict[str, int] = {}
        row = 1
        for finding in self.seen.findings:
            if finding.is_open and finding.cells and row <= MAX_LISTED:
                rows[finding.check] = row
                row += len(finding.cells)
        return rows


def cells_of(seen: Assessment) -> Iterator[tuple[Finding, Evidence | Missing]]:
    """The cells that the open findings list, finding by finding: those that decided, or those to be supplied."""
    return ((finding, cell) for finding in seen.findings if finding.is_open for cell in finding.cells)


def worst_first(compounds: tuple[CompoundFinding, ...]) -> list[CompoundFinding]:
    """The compound rules in the order of their sheet: fired, possible, clear."""
    return sorted(compounds, key=lambda each: list(CompoundState).index(each.state))
