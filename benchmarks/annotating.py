"""Marking the cells of a workbook beside unpacking and packing it: ratios of the least times, for few and for many.

Usage: python benchmarks/annotating.py [--rows N] [--rounds N]
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from oneproject import PACK, write_workbook

import riskcheck
from riskcheck.annotate import annotate
from riskcheck.assessment import assess
from riskcheck.model.assessment import Assessment
from riskcheck.start import FEW_COLLECTIONS

TARGET = 3.0
MARKS = (200, 20_000)


def repacked(data: bytes) -> bytes:
    """The workbook unpacked and packed again, as Excel packs it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return out.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """Seconds of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def judged(path: Path, marks: int) -> Assessment:
    """The workbook judged; each finding has as many cells as make so many marks."""
    pack = riskcheck.load_pack(PACK)
    facts = riskcheck.load_facts(path, pack, assume_complete=("all",))
    return assess(facts, pack, gate="G1", as_of=date(2026, 6, 30), most_shown=marks)


def main() -> None:
    """Mark and repack in turn, and print a line for each number of marks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=40_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    gc.set_threshold(FEW_COLLECTIONS)  # as the command line does
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        write_workbook(path, given.rows)
        data = path.read_bytes()
        print(f"{given.rows} rows, {len(data) / 2**20:.1f} MiB, {given.rounds} rounds; target {TARGET}")
        for marks in MARKS:
            found = judged(path, marks)
            cells = {each.location for finding in found.findings for each in finding.evidence if finding.is_open}
            pairs = [
                (seconds(lambda: repacked(data)), seconds(lambda found=found: annotate(data, str(path), found, "en")))
                for _ in range(given.rounds)
            ]
            plain, marking = map(min, zip(*pairs, strict=True))
            print(f"{len(cells):6} cells marked: {marking:.2f} s, repacked {plain:.2f} s, ratio {marking / plain:.2f}")


if __name__ == "__main__":
    main()
