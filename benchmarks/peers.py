"""The engines of riskcheck against other rule engines, on forty rules and projects of 62 fields, in one run.

Usage: python -m benchmarks.peers [--projects 1000] [--rounds 5] [--many 20000]     (from a checkout; see README.md)

Every contender runs in a process of its own, and they take turns. The others judge two-valued rules on plain fields:
what is counted in rows comes to them for free, and so do dates as numbers. riskcheck judges with three outcomes, and
counts the rows itself. Before anything is timed the rules that fail are compared with those by the reference evaluator.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import store
from benchmarks.peerengines import PEERS
from benchmarks.peertexts import Fields
from riskcheck import engines
from riskcheck.engines import Project
from riskcheck.expr import typed
from riskcheck.expr.frame import environment_of
from riskcheck.model.truth import Truth
from riskcheck.packs.load import load_pack
from riskcheck.projectstore.store import open_store

AS_OF = date.fromisoformat(store.AS_OF)
RULES = 40
OWN = ("python", "duckdb", "reference")


class Data:
    """The rules, and the projects as facts."""

    def __init__(self, folder: Path) -> None:
        files = sorted(map(str, (folder / "facts").glob("*.parquet")))
        pack = load_pack(str(folder / "pack"))
        self.checks = pack.checks
        with open_store(files, pack.schema, ("all",), "facts") as opened:
            self.projects = [Project(facts, AS_OF) for block in opened.blocks() for _, facts in block]

    def expected(self) -> list[frozenset[int]]:
        """The numbers of the rules that fail for each project, by the reference evaluator."""
        return [_failing(each) for each in engines.judge_all("reference", self.checks, self.projects)]

    def rules(self) -> list[typed.Expression]:
        """What is true where a rule fails."""
        found = [check.pass_if.expression for check in self.checks]
        return [each.operand if isinstance(each, typed.Not) else typed.Not(each.span, each) for each in found]


def _failing(judgements: Any) -> frozenset[int]:
    return frozenset([number for number, each in enumerate(judgements) if each.passes is Truth.FALSE])


def contender(name: str, data: Data) -> Callable[[], list[frozenset[int]]]:
    """What judges all projects, one after the other; the engine `duckdb` takes them all at once."""
    if name == "duckdb":
        return lambda: [_failing(each) for each in engines.judge_all(name, data.checks, data.projects)]
    if name in OWN:
        engine, checks = importlib.import_module(f"riskcheck.engines.{name}"), data.checks
        return lambda: [_failing(engine.judge_all(checks, (each,))[0]) for each in data.projects]
    fields = Fields()
    rules = data.rules()
    judge = _made(name, rules, fields)
    plain = [fields.values(environment_of(each.facts, AS_OF, {})) for each in data.projects]
    return lambda: [judge(each) for each in plain]


def _made(name: str, rules: list[typed.Expression], fields: Fields) -> Callable[[dict[str, Any]], frozenset[int]]:
    from benchmarks.peertexts import Words, texts

    list(texts(rules, Words(str, str), fields, AS_OF.toordinal()))  # finds the fields, which some engines must declare
    return PEERS[name](rules, fields, AS_OF.toordinal())


def serve(name: str, folder: Path, pipe: Any) -> None:
    """In a process of its own: say whether all is right, then run when asked, and tell how long it took."""
    try:
        data = Data(folder)
        run = contender(name, data)
        wrong = sum(found != right for found, right in zip(run(), data.expected(), strict=True))
        pipe.send(("ready", wrong))
    except Exception as error:
        pipe.send(("failed", f"{type(error).__name__}: {error}"))
        return
    while pipe.recv():
        start = time.perf_counter()
        run()
        pipe.send(time.perf_counter() - start)


def started(names: list[str], folder: Path) -> Iterator[tuple[str, Any, int]]:
    """The contenders that are installed and work: name, pipe, and how many projects they judge otherwise."""
    context = multiprocessing.get_context("spawn")
    for name in names:
        here, there = context.Pipe()
        context.Process(target=serve, args=(name, folder, there), daemon=True).start()
        there.close()
        try:
            state, told = here.recv()
        except EOFError:
            state, told = "failed", "the process ended"
        if state == "ready":
            yield name, here, told
        else:
            print(f"  {name}: {told}")


def compare(names: list[str], projects: int, rounds: int) -> None:
    """Run the contenders in turn, and print medians and ratios to the first."""
    with tempfile.TemporaryDirectory() as made:
        folder, fails = Path(made), store.chosen(RULES)
        store.write_pack(folder / "pack", fails)
        (folder / "facts").mkdir()
        store.write_tables(folder / "facts", projects, fails)
        ready = list(started(names, folder))
        times: dict[str, list[float]] = {name: [] for name, _, _ in ready}
        for _ in range(rounds):
            for name, pipe, _ in ready:
                pipe.send(True)
                times[name].append(pipe.recv())
        for _, pipe, _ in ready:
            pipe.send(False)
    first = statistics.median(next(iter(times.values())))
    print(f"{projects} projects, {rounds} rounds; microseconds a project, ratio, projects judged otherwise")
    for name, _, wrong in ready:
        median = statistics.median(times[name])
        print(f"  {name:34} {median / projects * 1e6:9.1f} {median / first:8.2f} {wrong:6}")


def main() -> int:
    """One project after the other; then many at once against the two best of the others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--projects", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--many", type=int, default=20_000)
    asked = parser.parse_args()
    compare(["python", "reference", *PEERS], asked.projects, asked.rounds)
    if asked.many:
        compare(["duckdb", "python", *list(PEERS)[:3]], asked.many, asked.rounds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
