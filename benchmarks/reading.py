"""Reading a workbook of many projects into facts, beside fastexcel's bare read and openpyxl's read-only one.

Usage: python benchmarks/reading.py [--projects N] [--rounds N]

10,000 projects and their child sheets have about 235,000 rows. The bare read takes each sheet into Arrow columns. Each
read is a process of its own, in turn; what counts is the processor time of the reading alone, without imports. In each
of them Python's collector is set as the command line sets it. Ratios are of the least times, and medians stand beside
them. Needs fastexcel, pyarrow and openpyxl.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from manyprojects import write_workbook

from riskcheck.start import FEW_COLLECTIONS

PROJECTS = 10_000
_PREPARE = {
    "fastexcel": "import fastexcel, pyarrow",
    "openpyxl read-only": "import openpyxl",
    "riskcheck": "import manyprojects; from riskcheck.facts import workbook, workbookfacts; "
    "from riskcheck.facts.load import load_facts; schema = manyprojects.schema()",
}
_READ = {
    "fastexcel": "book = fastexcel.read_excel(FILE); [book.load_sheet(name).to_arrow() for name in book.sheet_names]",
    "openpyxl read-only": "[list(sheet.iter_rows(values_only=True)) for sheet in "
    "openpyxl.load_workbook(FILE, read_only=True, data_only=True)]",
    "riskcheck": "load_facts(FILE, schema, assume_complete=('all',))",
}
TARGETS = {"riskcheck / fastexcel": 3.0, "openpyxl read-only / riskcheck": 4.0}


def measured(name: str, path: Path) -> tuple[float, float]:
    """Seconds of work of one read in a process of its own, without its imports, and peak memory in MB."""
    code = (
        f"import gc, time; gc.set_threshold({FEW_COLLECTIONS}); FILE = {str(path)!r}; {_PREPARE[name]}; "
        f"began = time.process_time(); {_READ[name]}; "
        "print(time.process_time() - began)"
    )
    here = os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")))
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": here}
    )
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
    parser.add_argument("--projects", type=int, default=PROJECTS)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        rows = write_workbook(path, given.projects)
        size = path.stat().st_size / 2**20
        began = time.perf_counter()
        seen: dict[str, list[tuple[float, float]]] = {name: [] for name in _READ}
        for _ in range(given.rounds):
            for name, runs in seen.items():
                runs.append(measured(name, path))
    print(f"{rows} rows, {size:.1f} MiB, {given.rounds} rounds in {time.perf_counter() - began:.0f} s")
    least = {name: min(seconds for seconds, _ in runs) for name, runs in seen.items()}
    medians = {name: statistics.median(seconds for seconds, _ in runs) for name, runs in seen.items()}
    for name, runs in seen.items():
        print(f"{name:32} {least[name]:6.2f} s, median {medians[name]:6.2f} s {max(each for _, each in runs):5.0f} MB")
    for name, target in TARGETS.items():
        one, other = name.split(" / ")
        ratio, of_medians = least[one] / least[other], medians[one] / medians[other]
        print(f"{name:32} {ratio:6.2f}  , median {of_medians:6.2f}     target {target}")


if __name__ == "__main__":
    main()
