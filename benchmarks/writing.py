"""Writing a report workbook of many findings, beside plain XlsxWriter writing the same cells.

Usage: python benchmarks/writing.py [--findings N] [--rounds N]

The findings are those of a sample, again and again under other names. Plain XlsxWriter writes the same cells of the
same sheets with the same formats and links, in its mode of constant memory; it computes no text, width, height or
print set-up. Each is a process of its own, in turn; what counts is the processor time of the writing alone. Memory is
that of the whole process, for the report with all findings in it.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import resource
import statistics
import time
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

import riskcheck
from riskcheck.assessment import assess
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment
from riskcheck.reports import Style, excel
from riskcheck.reports.excelsheet import Linked, SheetWriter
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
    named = (
        replace(found[number % len(found)], check=f"{found[number % len(found)].check}.{number // len(found)}")
        for number in range(count)
    )
    return replace(seen, findings=tuple(named))


class _Recorder:
    """Notes the cells of each listing as it is written."""

    def __init__(self) -> None:
        self.sheets: Recorded = []
        self.written = SheetWriter.listing

    def listing(self, writer: SheetWriter, name: str, columns: Any, rows: Any, **given: Any) -> Any:
        formats = {id(value): key for key, value in vars(writer.theme).items()}
        cells = [
            [(cell, formats[id(writer.format_of(column, cell))]) for column, cell in zip(columns, row, strict=True)]
            for row in rows
        ]
        self.sheets.append((name, cells))
        return self.written(writer, name, columns, rows, **given)


def write_report(findings: int) -> float:
    """Seconds for the report."""
    seen = many_findings(findings)
    began = time.process_time()
    excel.render(seen, Style("en"))
    return time.process_time() - began


def write_plainly(findings: int) -> float:
    """Seconds for the same cells."""
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
    return time.process_time() - began


def _write(sheet: Any, row: int, column: int, cell: Any, chosen: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, chosen)
    elif isinstance(cell, Linked) and len(sheet.hyperlinks) < 65_530:
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
    taken = {"riskcheck": write_report, "XlsxWriter": write_plainly}[work](findings)
    results.put((taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def main() -> None:
    """Write in turn, round by round, and print a line for each and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    seen: dict[str, list[tuple[float, float]]] = {"riskcheck": [], "XlsxWriter": []}
    for _ in range(given.rounds):
        for work, runs in seen.items():
            results = context.Queue()
            process = context.Process(target=_measured, args=(work, given.findings, results))
            process.start()
            runs.append(results.get())
            process.join()
    least = {work: min(seconds for seconds, _ in runs) for work, runs in seen.items()}
    for work, runs in seen.items():
        print(f"{work:32} {least[work]:6.2f} s, median {statistics.median(seconds for seconds, _ in runs):6.2f} s")
    print(f"{'riskcheck / XlsxWriter':32} {least['riskcheck'] / least['XlsxWriter']:6.2f}  , target {TARGET}")
    print(f"{'memory':32} {max(each for _, each in seen['riskcheck']):6.0f} MB, target {MOST_MEGABYTES}")


if __name__ == "__main__":
    main()
