"""Writing a report workbook of many findings, beside plain XlsxWriter writing the same cells.

Usage: python benchmarks/writing.py [--findings N] [--rounds N]

The findings are those of a sample, again and again under other names, with other cells and other numbers in their
reasons. Plain XlsxWriter writes the same cells of the same sheets with the same formats and links, in its mode of
constant memory; it computes no text, width, height or print set-up. Each is a process of its own, in turn; what counts
is the processor time of the writing alone. Memory is the highest resident set of the process while it writes, over what
it had before with all findings in it (Linux tells both).
"""

from __future__ import annotations

import argparse
import gc
import io
import multiprocessing
import statistics
import time
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

import riskcheck
from riskcheck.assessment import assess
from riskcheck.frozen import frozen, replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Evidence, Finding, Missing
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.reports import Style, excel
from riskcheck.reports.excelcolumn import ColumnPen, Linked
from riskcheck.reports.excelsheet import SheetWriter
from riskcheck.reports.exceltheme import Theme

SAMPLE = Path(__file__).parent.parent / "samples" / "unclear-sla-zh.xlsx"
TARGET, MOST_MEGABYTES = 1.3, 200
Recorded = list[tuple[str, list[list[tuple[Any, str]]]]]
"""Sheets by name; each row has cells, and each cell the name of its format in the theme."""


def many_findings(count: int) -> Assessment:
    """The sample judged, with so many findings."""
    pack = riskcheck.load_pack("deployment")
    seen = assess(riskcheck.load_facts(SAMPLE, pack), pack)
    found = seen.findings
    named = (_another(found[number % len(found)], number // len(found)) for number in range(count))
    return replace(seen, findings=tuple(named))


def _another(finding: Finding, number: int) -> Finding:
    """The finding of another check, about other rows."""
    moved = [replace(each, key=f"{each.key}.{number}", location=_moved(each, number)) for each in finding.evidence]
    missing = [replace(each, key=f"{each.key}.{number}", location=_moved(each, number)) for each in finding.missing]
    return replace(
        finding,
        id=f"{finding.check}.{number}@P-1",
        check=f"{finding.check}.{number}",
        reasons=tuple(Text(f"{each.en} {number}", f"{each.zh}{number}") for each in finding.reasons),
        evidence=tuple(moved),
        missing=tuple(missing),
    )


def _moved(cell: Evidence | Missing, number: int) -> Location | None:
    at = cell.location
    return replace(at, cell=f"D{number + 2}") if at is not None and at.cell is not None else at


class _Recorder:
    """Notes the cells of each listing as it is written."""

    def __init__(self) -> None:
        self.sheets: Recorded = []
        self.written = SheetWriter.listing

    def listing(self, writer: SheetWriter, name: str, columns: Any, rows: Any, **given: Any) -> Any:
        formats = {id(value): key for key, value in vars(writer.theme).items()}
        pens = [ColumnPen(number, each, "", writer.theme, writer.bounded) for number, each in enumerate(columns)]
        rows = list(rows)
        cells = [
            [(cell, formats[id(pen.format_of(cell))]) for pen, cell in zip(pens, row, strict=True)] for row in rows
        ]
        self.sheets.append((name, cells))
        return self.written(writer, name, columns, rows, **given)


@frozen
class Run:
    """One report written: processor seconds, and megabytes of the assessment and of the writing over it."""

    seconds: float
    assessment: float
    writing: float


def write_report(findings: int) -> Run:
    """The report."""
    empty = _resident("VmRSS")
    seen = many_findings(findings)
    gc.collect()
    before = _resident("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the highest is counted from here on
    began = time.process_time()
    excel.render(seen, Style("en"))
    return Run(time.process_time() - began, before - empty, _resident("VmHWM") - before)


def _resident(kind: str) -> float:
    """Megabytes of this process in memory: now, or at most."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:")) / 1024


def write_plainly(findings: int) -> Run:
    """The same cells."""
    recorder = _Recorder()
    SheetWriter.listing = lambda *args, **given: recorder.listing(*args, **given)  # type: ignore[method-assign]
    excel.render(many_findings(findings), Style("en"))
    began = time.process_time()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(io.BytesIO(), options) as book:
        theme = Theme(book)
        for name, rows in recorder.sheets:
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows, 1):
                for column, (cell, chosen) in enumerate(row):
                    _write(sheet, line, column, cell, getattr(theme, chosen))
    return Run(time.process_time() - began, 0, 0)


def _write(sheet: Any, row: int, column: int, cell: Any, chosen: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, chosen)
    elif isinstance(cell, Linked) and sheet.hlink_count < 65_530:
        sheet.write_url(row, column, cell.link, chosen, cell.text)
    elif isinstance(cell, Linked):
        sheet.write_string(row, column, cell.text, chosen)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, chosen)
    elif cell is None:
        sheet.write_blank(row, column, None, chosen)
    else:
        sheet.write_number(row, column, cell, chosen)


def _measured(work: str, findings: int, results: Any) -> None:
    results.put({"riskcheck": write_report, "XlsxWriter": write_plainly}[work](findings))


def main() -> None:
    """Write in turn, round by round, and print a line for each and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    seen: dict[str, list[Run]] = {"riskcheck": [], "XlsxWriter": []}
    for _ in range(given.rounds):
        for work, runs in seen.items():
            results = context.Queue()
            process = context.Process(target=_measured, args=(work, given.findings, results))
            process.start()
            runs.append(results.get())
            process.join()
    least = {work: min(run.seconds for run in runs) for work, runs in seen.items()}
    median = {work: statistics.median(run.seconds for run in runs) for work, runs in seen.items()}
    for work in seen:
        print(f"{work:32} {least[work]:6.2f} s, median {median[work]:6.2f} s")
    ratio, of_medians = (each["riskcheck"] / each["XlsxWriter"] for each in (least, median))
    print(f"{'riskcheck / XlsxWriter':32} {ratio:6.2f}  , of medians {of_medians:6.2f}, target {TARGET}")
    most = max(seen["riskcheck"], key=lambda run: run.writing)
    print(f"{'memory while writing':32} {most.writing:6.0f} MB, target {MOST_MEGABYTES}")
    print(f"{'memory of the assessment':32} {most.assessment:6.0f} MB")


if __name__ == "__main__":
    main()
