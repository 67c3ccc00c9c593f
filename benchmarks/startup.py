"""The whole process of the main job against `python -c "import openpyxl"`: time as a ratio of medians, peak memory.

Usage: python benchmarks/startup.py SAMPLE.xlsx [ROUNDS]
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
TARGETS = {"riskcheck check --format json": 1.2, "riskcheck --version": 0.45}
MAX_MEGABYTES = 80


def commands(sample: str) -> dict[str, list[str]]:
    program = str(Path(sysconfig.get_path("scripts")) / "riskcheck")
    python = sys.executable
    check = [program, "check", sample, "--format", "json"]
    return {
        BASELINE: [python, "-c", "import openpyxl"],
        "pass": [python, "-c", "pass"],
        "import click": [python, "-c", "import click"],
        "riskcheck --version": [program, "--version"],
        "riskcheck check --format json": check,
        "the same without the pack cache": ["env", "RISKCHECK_NO_CACHE=1", *check],
    }


def run(command: list[str]) -> tuple[float, float]:
    """Wall time in seconds and peak memory in MB of one run."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def main() -> None:
    sample, rounds = str(Path(sys.argv[1]).resolve()), int(sys.argv[2]) if len(sys.argv) > 2 else 15
    todo = commands(sample)
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in todo}
    for number in range(rounds + 1):
        for name, command in todo.items():
            measured = run(command)
            if number:  # the first round warms the file cache
                seen[name].append(measured)
    base = statistics.median(wall for wall, _ in seen[BASELINE])
    print(f"{'command':34} {'ratio':>6} {'target':>7} {'ms':>7} {'MB':>6}")
    for name, measured_runs in seen.items():
        wall = statistics.median(wall for wall, _ in measured_runs)
        memory = max(memory for _, memory in measured_runs)
        target = f"{TARGETS[name]:.2f}" if name in TARGETS else ""
        print(f"{name:34} {wall / base:6.2f} {target:>7} {wall * 1000:7.0f} {memory:6.0f}")
    print(f"memory target of check: {MAX_MEGABYTES} MB")


if __name__ == "__main__":
    main()
