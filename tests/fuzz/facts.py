"""Mutated files through the whole reader: `python -m tests.fuzz.facts 20000 [FIRST_SEED] [csv]`.

Without `csv` the files are workbooks.

Each is read for `check` and for `inspect`, judged and reported. Each must give facts or a refusal with its cure, in
10 s of work and 1 GiB of memory; both readings must say the same; and every fact must have its cell. Work is done in
child processes, a block of seeds in each, since a crash of the reader of values ends its process. RESULTS.md tells of
the runs that were made.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

from riskcheck import assess
from riskcheck.cli.printing import terminal_style
from riskcheck.errors import FactsError
from riskcheck.facts.inspectfile import inspect_facts
from riskcheck.facts.load import load_facts
from riskcheck.model.factset import FactSet
from riskcheck.model.inspection import Inspection, PackName
from riskcheck.reports import inspection as inspection_text
from riskcheck.reports import inspectionjson, terminal
from tests.fuzz.drawn import mutated_facts
from tests.fuzz.drawncsv import mutated_csv
from tests.layouts.world import PACK

Make = Callable[[int], tuple[str, bytes]]
"""Makes a file name and its content from a seed."""
BLOCK = 200
_MEMORY = 2**30
_SECONDS = 10
_RENDERED = 10
"""Of so many workbooks one is reported; that takes longer than all else."""


def main(arguments: list[str]) -> int:
    """Run the blocks of seeds one after the other; the exit code tells whether all went well."""
    count = int(arguments[0]) if arguments else 1000
    first = int(arguments[1]) if len(arguments) > 1 else 0
    make = mutated_csv if arguments[2:] == ["csv"] else mutated_facts
    context = multiprocessing.get_context("fork")
    seen: Counter[str] = Counter()
    slowest, largest, failed = 0.0, 0, 0
    for start in range(first, first + count, BLOCK):
        told = context.SimpleQueue()
        child = context.Process(target=_run, args=(start, min(BLOCK, first + count - start), make, told))
        child.start()
        child.join()
        while not told.empty():
            kinds, seconds, memory, wrong = told.get()
            seen.update(kinds)
            slowest, largest, failed = max(slowest, seconds), max(largest, memory), failed + wrong
        if child.exitcode != 0:
            print(f"FAILED: the process of the seeds from {start} ended with {child.exitcode}", flush=True)
            failed += 1
    print(f"{count} files from seed {first}: {dict(sorted(seen.items()))}, {failed} failed")
    print(f"slowest {slowest:.2f} s of work, largest process {largest} MiB")
    return 1 if failed else 0


def _run(
    start: int, count: int, make: Make, told: multiprocessing.SimpleQueue[tuple[Counter[str], float, int, int]]
) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGPROF, _out_of_time)
    seen: Counter[str] = Counter()
    slowest, failed = 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(start, start + count):
            begun = process_time()
            signal.setitimer(signal.ITIMER_PROF, _SECONDS)
            try:
                seen[try_seed(seed, Path(folder), make)] += 1
            except BaseException as error:
                failed += 1
                print(f"seed {seed}: {type(error).__name__}: {error}", flush=True)
            signal.setitimer(signal.ITIMER_PROF, 0)
            slowest = max(slowest, process_time() - begun)
    told.put((seen, slowest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, failed))


def _out_of_time(*_: object) -> None:
    raise TimeoutError(f"not done after {_SECONDS} s")


def try_seed(seed: int, folder: Path, make: Make = mutated_facts) -> str:
    """Read, judge and report one file; gives what came of it. Raises AssertionError if something is amiss."""
    name, data = make(seed)
    path = folder / name
    path.write_bytes(data)
    render = seed % _RENDERED == 0
    facts, inspection = _facts(path), _inspection(path, render)
    if isinstance(facts, FactsError):
        assert isinstance(inspection, FactsError) or not inspection.readable, "inspect says that it can be read"
        assert all(each.hints for each in facts.diagnostics), f"refused without a cure: {facts}"
        return f"refused {path.suffix}"
    assert isinstance(inspection, Inspection), f"inspect refuses: {inspection}"
    assert inspection.readable, "inspect says that it cannot be read"
    assert inspection.problems == facts.problems, "check and inspect tell different problems"
    _check_places(facts)
    result = assess(facts, PACK, gate="G1", as_of=date(2026, 6, 30))
    if render:
        assert terminal.render(result, terminal_style("zh", "never"))
    return f"read {path.suffix}"


def _facts(path: Path) -> FactSet | FactsError:
    try:
        return load_facts(path, PACK.schema)
    except FactsError as error:
        return error


def _inspection(path: Path, render: bool) -> Inspection | FactsError:
    try:
        found = inspect_facts(path, PACK.schema, PackName(PACK.id, PACK.version))
    except FactsError as error:
        return error
    style = terminal_style("en", "never")
    if render:
        assert inspection_text.render(found, style)
        assert inspectionjson.render(found, style)
    return found


def _check_places(facts: FactSet) -> None:
    """Every fact has a cell of its own, in which something stands."""
    for table in facts.tables:
        for field in table.table.fields:
            for row, value in enumerate(table.columns.get(field.name, ())):
                at, raw = table.origin.cell_location(row, field.name), table.origin.raw(row, field.name)
                if isinstance(value, str | int | tuple | date):
                    what = f"{table.table.name}.{field.name} {row}"
                    assert at is not None, f"{what} has no place"
                    assert at.cell is not None, f"{what} has no cell"
                    assert raw is not None, f"{what} has no text"
                    assert raw.strip(), f"{what} is {value!r} and its cell is empty"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
