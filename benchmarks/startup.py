"""The whole process of the main job against `python -c "import openpyxl"`: time as a ratio of medians, peak memory.

Usage: python benchmarks/startup.py [--rounds N] SAMPLE.xlsx...
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

BASELINE = "import openpyxl"
TARGETS = {"check": 0.8, "riskcheck --version": 0.45}
"""The highest ratio for `check` of any sample, and for the version."""
MAX_MEGABYTES = 80
ROUNDS = 15


def commands(samples: list[str]) -> dict[str, list[str]]:
    """What is run, by the name in the table."""
    program, python = str(Path(sysconfig.get_path("scripts")) / "riskcheck"), sys.executable
    checks = {f"check {Path(sample).name}": [program, "check", sample, "--format", "json"] for sample in samples}
    uncached = {f"{name}, no cache": ["env", "RISKCHECK_NO_CACHE=1", *check] for name, check in checks.items()}
    return {
        BASELINE: [python, "-c", "import openpyxl"],
        "pass": [python, "-c", "pass"],
        "import click": [python, "-c", "import click"],
        "riskcheck --version": [program, "--version"],
        **checks,
        **uncached,
    }


def run(command: list[str]) -> tuple[float, float]:
    """Wall time in seconds and peak memory in MB of one run."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 4):  # the verdicts
        sys.exit(f"{' '.join(command)}: ended with {process.returncode}")
    return took, usage.ru_maxrss / 1024


def main() -> None:
    """Run all commands in turn, round by round, and print a line for each."""
    given = sys.argv[1:]
    rounds = int(given[1]) if given[:1] == ["--rounds"] else ROUNDS
    todo = commands([str(Path(each).resolve()) for each in (given[2:] if given[:1] == ["--rounds"] else given)])
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in todo}
    for number in range(rounds + 1):
        for name, command in todo.items():
            measured = run(command)
            if number:  # the first round warms the file cache
                seen[name].append(measured)
    base = statistics.median(wall for wall, _ in seen[BASELINE])
    print(f"{'command':40} {'ratio':>6} {'target':>7} {'ms':>7} {'MB':>6}")
    for name, runs in seen.items():
        wall = statistics.median(wall for wall, _ in runs)
        target = TARGETS.get(name) or TARGETS.get(name.split()[0])
        shown = f"{target:.2f}" if target else ""
        print(f"{name:40} {wall / base:6.2f} {shown:>7} {wall * 1000:7.0f} {max(mb for _, mb in runs):6.0f}")
    print(f"{rounds} rounds; memory target of check: {MAX_MEGABYTES} MB")


if __name__ == "__main__":
    main()
