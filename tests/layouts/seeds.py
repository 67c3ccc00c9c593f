"""Run many seeds of the seeded corpus: `python -m tests.layouts.seeds 3000 [FIRST_SEED]`. Those that fail are named."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random

from tests.layouts.corpus import mixed, run


def main(arguments: list[str]) -> int:
    """The exit code tells whether all workbooks were read and judged right."""
    count = int(arguments[0]) if arguments else 1000
    first = int(arguments[1]) if len(arguments) > 1 else 0
    failed = 0
    for seed in range(first, first + count):
        rng = Random(seed)
        with tempfile.TemporaryDirectory() as folder:
            try:
                run(Path(folder), rng, mixed(rng), defects=rng.randint(0, 6))
            except AssertionError as error:
                failed += 1
                print(f"seed {seed}: {error}", flush=True)
    print(f"{count} workbooks from seed {first}: {failed} not read or judged right")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
