"""Read mutated workbooks for as long as one likes: `python -m tests.fuzz.workbooks 5000 [FIRST_SEED] [WORKBOOK …]`.

Each must give sheets or a FactsError, within 1 GiB of memory, and both ways to read a sheet must agree. Without
workbooks the one of the tests is mutated; given workbooks are cut off, have bytes flipped, and their parts mutated.
Work is done in child processes, since a crash of the reader of values ends its process.
"""

from __future__ import annotations

import multiprocessing
import re
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import perf_counter
from zipfile import is_zipfile

from tests.facts_workbook.mutations import mutated, mutated_bytes, mutated_xml, outcome, outcome_by_parser
from tests.facts_workbook.packages import Parts, unzipped, zipped

_BLOCK = 200
_MEMORY = 2**30


def main(arguments: list[str]) -> int:
    """Run the blocks of seeds one after the other; the exit code tells whether all went well."""
    count = int(arguments[0]) if arguments else 1000
    first = int(arguments[1]) if len(arguments) > 1 else 0
    files = [Path(name) for name in arguments[2:]]
    failed = 0
    for start in range(first, first + count, _BLOCK):
        child = multiprocessing.get_context("spawn").Process(target=_run, args=(start, min(_BLOCK, count), files))
        child.start()
        child.join(300)
        if child.exitcode != 0:
            child.kill()
            print(f"FAILED: seeds from {start} (exit code {child.exitcode})")
            failed += 1
    return 1 if failed else 0


def _run(start: int, count: int, files: list[Path]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    seen: Counter[str] = Counter()
    slowest = 0.0
    for seed in range(start, start + count):
        for data in _workbooks(seed, files):
            begun = perf_counter()
            try:
                seen[_compare(data)] += 1
            except BaseException:
                print(f"seed {seed}")
                raise
            slowest = max(slowest, perf_counter() - begun)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{start}: {dict(sorted(seen.items()))}, slowest {slowest:.3f} s, {memory} MiB", flush=True)


def _workbooks(seed: int, files: list[Path]) -> Iterator[bytes]:
    random = Random(seed)
    if not files:
        yield mutated(random)
    for file in files:
        data = file.read_bytes()
        yield data[: random.randrange(len(data) + 1)]
        yield mutated_bytes(data, random)
        if is_zipfile(file):
            yield zipped(_mutated_parts(data, random))


def _mutated_parts(data: bytes, random: Random) -> Parts:
    made = unzipped(data)
    names = [name for name in sorted(made) if re.search(r"worksheets/[^/]*xml$|sharedStrings|styles|workbook", name)]
    for name in random.choices(names, k=random.randint(1, 3)) if names else ():
        made[name] = mutated_xml(made[name], random)
    return made


def _compare(data: bytes) -> str:
    direct, parsed = outcome(data), outcome_by_parser(data)
    if isinstance(direct, str):
        return "refused"
    if isinstance(parsed, str):
        return "read, refused by the parser"
    if direct != parsed:
        raise AssertionError(f"{direct}\n{parsed}")
    return "read"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
