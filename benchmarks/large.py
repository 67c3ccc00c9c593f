"""Reading, writing and annotating large workbooks, each beside what it is measured by: one command for all three.

Usage: python benchmarks/large.py [--rounds N]
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
    given = parser.parse_args()
    for script in ("reading", "writing", "annotating"):
        print(f"\n{script}", flush=True)
        path = Path(__file__).with_name(f"{script}.py")
        subprocess.run([sys.executable, path, "--rounds", str(given.rounds)], check=True)


if __name__ == "__main__":
    main()
