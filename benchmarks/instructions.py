"""How many instructions the main job takes, by valgrind: the same on a busy machine as on an idle one.

Usage: python benchmarks/instructions.py SAMPLE.xlsx...
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

BASELINE = "import openpyxl"


def counted(command: list[str]) -> float:
    """Millions of instructions of one run, with the order of sets and dicts fixed."""
    with tempfile.NamedTemporaryFile("r") as log:
        tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log.name}"]
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        subprocess.run([*tool, *command], env=environment, cwd="/", capture_output=True, check=False)
        found = re.search(r"Collected : (\d+)", log.read())
    if found is None:
        sys.exit(f"{' '.join(command)}: valgrind counted nothing; is it installed?")
    return int(found[1]) / 1e6


def main() -> None:
    """Count the instructions of all commands, and print a line for each."""
    program, python = str(Path(sysconfig.get_path("scripts")) / "riskcheck"), sys.executable
    commands = {
        BASELINE: [python, "-c", "import openpyxl"],
        "pass": [python, "-c", "pass"],
        "riskcheck --version": [program, "--version"],
    }
    for sample in sys.argv[1:]:
        commands[f"check {Path(sample).name}"] = [program, "check", str(Path(sample).resolve()), "--format", "json"]
    base = 0.0
    print(f"{'command':40} {'million':>8} {'ratio':>6}")
    for name, command in commands.items():
        subprocess.run(command, cwd="/", capture_output=True, check=False)  # writes what is to be cached
        million = counted(command)
        base = base or million
        print(f"{name:40} {million:8.0f} {million / base:6.2f}")


if __name__ == "__main__":
    main()
