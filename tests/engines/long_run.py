"""The long comparison of engines: `python -m tests.engines.long_run --engine python --pairs 1000000 --seed 1`.

Draws random checks and facts until an engine and the reference have judged so many pairs of a check and a project, and
prints how many pairs there were and how many differed; those that differ are shown. The same seed gives the same pairs.
An error by which an engine says that it could not judge is no mismatch, but is counted by its name.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import islice
from random import Random

from riskcheck import engines
from tests.engines.conformance import mismatches
from tests.engines.randomrules import random_checks, random_projects

CHECKS, PROJECTS = 25, 80
MOST_SHOWN = 5


def main() -> int:
    """Run, and say 1 if any pair differed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--engine", required=True, choices=engines.NAMES)
    asked.add_argument("--pairs", type=int, default=1_000_000)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    pairs, differing, batch = 0, 0, 0
    faults: Counter[str | None] = Counter()
    while pairs < options.pairs:
        random = Random(f"{options.seed}-{batch}")
        checks, projects = random_checks(random, CHECKS), random_projects(random, PROJECTS)
        judged = list(mismatches(options.engine, checks, projects))
        faults.update(each.found.error for each in judged if each.is_fault)
        found = [each for each in judged if not each.is_fault]
        for each in islice(found, max(0, MOST_SHOWN - differing)):
            print(f"seed {options.seed}, batch {batch}: {each}\n")
        pairs, differing, batch = pairs + CHECKS * PROJECTS, differing + len(found), batch + 1
    print(
        f"engine {options.engine}, seed {options.seed}: {pairs} pairs of a check and a project, "
        f"{differing} mismatches, {faults.total()} named errors {dict(faults) or ''}".rstrip()
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
