"""Reading a large workbook into facts, beside fastexcel's bare read and openpyxl's read-only one: ratios of medians.

Usage: python benchmarks/reading.py [--rows N] [--rounds N]

The workbook holds one project with N rows (235,000 if nothing is said) of tasks and issues, as shared strings,
dates and numbers. Each read is a process of its own; what it takes to start Python and to import is taken off.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

ROWS = 235_000
PACK = Path(__file__).parent.parent / "tests" / "layouts" / "pack"
_PREPARE = {
    "fastexcel": "import fastexcel",
    "openpyxl read-only": "import openpyxl",
    "riskcheck": f"import riskcheck, riskcheck.facts.workbookfacts, riskcheck.facts.workbook; "
    f"pack = riskcheck.load_pack({str(PACK)!r})",
}
_READ = {
    "fastexcel": "book = fastexcel.read_excel(FILE); [book.load_sheet(name).to_arrow() for name in book.sheet_names]",
    "openpyxl read-only": "[list(sheet.iter_rows(values_only=True)) for sheet in "
    "openpyxl.load_workbook(FILE, read_only=True, data_only=True)]",
    "riskcheck": "riskcheck.load_facts(FILE, pack, assume_complete=('all',))",
}
TARGETS = {"riskcheck / fastexcel": 3.0, "openpyxl read-only / riskcheck": 4.0}


def write_workbook(path: Path, rows: int) -> None:
    """One project: a tenth of the rows are issues, the others tasks."""
    rng = Random(7)
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        project = book.add_worksheet("Project")
        pairs = (("Project ID", "P-1"), ("Project name", "Large"), ("Gate", "G1"), ("As of", "2026-06-30"))
        for row, pair in enumerate(pairs):
            project.write_row(row, 0, pair)
        tasks, issues = book.add_worksheet("Tasks"), book.add_worksheet("Issues")
        head = (
            "Task ID",
            "Phase",
            "Task name",
            "Owner",
            "Planned start",
            "Planned finish",
            "Duration",
            "Effort",
            "Critical",
        )
        tasks.write_row(0, 0, (*head, "Status"))
        issues.write_row(0, 0, ("Issue ID", "Owner", "Due on", "Priority"))
        people = [f"Person {n}" for n in range(400)]
        for row in range(1, rows - rows // 10 + 1):
            start = datetime(2026, 1, 1) + timedelta(rng.randrange(300))
            tasks.write_string(row, 0, f"T{row}")
            tasks.write_string(row, 1, rng.choice(("Design", "Build")))
            tasks.write_string(row, 2, f"Work package {row % 5000}")
            if rng.random() < 0.96:
                tasks.write_string(row, 3, rng.choice(people))
            tasks.write_datetime(row, 4, start, day)
            tasks.write_datetime(row, 5, start + timedelta(rng.randrange(60)), day)
            tasks.write_number(row, 6, rng.randrange(1, 60))
            tasks.write_number(row, 7, rng.randrange(1, 900) / 4)
            tasks.write_boolean(row, 8, rng.random() < 0.1)
            tasks.write_string(row, 9, rng.choice(("Open", "Done")))
        for row in range(1, rows // 10 + 1):
            issues.write_string(row, 0, f"I{row}")
            issues.write_string(row, 1, rng.choice(people))
            issues.write_datetime(row, 2, datetime.combine(date(2026, 7, 1), datetime.min.time()), day)
            issues.write_string(row, 3, rng.choice(("High", "Low")))


def measured(name: str, path: Path) -> tuple[float, float]:
    """Seconds of work of one read in a process of its own, without its imports, and peak memory in MB."""
    code = (
        f"import time; FILE = {str(path)!r}; {_PREPARE[name]}; began = time.process_time(); {_READ[name]}; "
        "print(time.process_time() - began)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env={**os.environ})
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{name} ended with {process.returncode}")
    return float(printed), usage.ru_maxrss / 1024


def main() -> None:
    """Read in turn, round by round, and print a line for each reader and each ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        write_workbook(path, given.rows)
        began = time.perf_counter()
        seen: dict[str, list[tuple[float, float]]] = {name: [] for name in _READ}
        for _ in range(given.rounds):
            for name, runs in seen.items():
                runs.append(measured(name, path))
        size = path.stat().st_size / 2**20
    medians = {name: statistics.median(seconds for seconds, _ in runs) for name, runs in seen.items()}
    print(f"{given.rows} rows, {size:.1f} MiB, {given.rounds} rounds in {time.perf_counter() - began:.0f} s")
    for name, runs in seen.items():
        print(f"{name:32} {medians[name]:7.2f} s {max(memory for _, memory in runs):6.0f} MB")
    for name, target in TARGETS.items():
        one, other = name.split(" / ")
        print(f"{name:32} {medians[one] / medians[other]:7.2f}   target {target}")


if __name__ == "__main__":
    main()
