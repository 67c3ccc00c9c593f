"""Reading, writing and annotating large workbooks, each beside what it is measured by: one command for all three.

Usage: python benchmarks/large.py [--rounds N] [--findings N]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Run the three one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--findings", type=int, default=100_000, help="how many the report that is written has")
    given = parser.parse_args()
    for script in ("reading", "writing", "annotating"):
        print(f"\n{script}", flush=True)
        path = Path(__file__).with_name(f"{script}.py")
        size = ("--findings", str(given.findings)) if script == "writing" else ()
        subprocess.run([sys.executable, path, "--rounds", str(given.rounds), *size], check=True)


if __name__ == "__main__":
    main()
