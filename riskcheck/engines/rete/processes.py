"""The worker process that durable-rules runs in: started when needed, recycled, and given up when it fails.

One process serves all that is judged, one project after the other. It is replaced after so many projects or sets of
rules, after any fault, and when it does not answer in time; it ends with this process.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any, Final

from riskcheck.frozen import frozen
from riskcheck.model.enginefaults import REFUSED, TOO_SLOW, WORKER_LOST

SCRIPT: Final = Path(__file__).with_name("worker.py")
PROJECTS_A_WORKER: Final = 1_000
"""A worker is replaced after so many projects, as the library's memory grows with them."""
RULES_A_WORKER: Final = 64
"""… and after so many sets of rules, which the library never gives back."""
SECONDS: Final = 20.0
"""A worker that takes longer for one project is given up."""
MOST_FAILURES: Final = 5
"""Rules that have failed so often in a row are not tried again: their other projects have the same fault."""


@frozen
class Answer:
    """The rules that matched; or why they are not known, a code of `riskcheck.model.enginefaults`."""

    matched: frozenset[str] = frozenset()
    fault: str | None = None


class Worker:
    """A worker process."""

    def __init__(self) -> None:
        self.projects = self.loads = 0
        self.loaded: Rulesets | None = None
        self.lines: Queue[str] = Queue()
        paths = os.pathsep.join(path for path in sys.path if path)
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
            env={**os.environ, "PYTHONPATH": paths},
        )
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def ask(self, message: dict[str, Any]) -> Answer:
        """The answer to a message. After a fault the worker is of no more use."""
        stdin = self.process.stdin
        assert stdin is not None
        try:
            stdin.write(json.dumps(message) + "\n")
            stdin.flush()
            line = self.lines.get(timeout=SECONDS)
        except Empty:
            return Answer(fault=TOO_SLOW)
        except OSError:
            return Answer(fault=WORKER_LOST)
        if not line.endswith("\n"):
            return Answer(fault=WORKER_LOST)
        answer = json.loads(line)
        return Answer(frozenset(answer["matched"]), REFUSED if answer["fault"] else None)

    @property
    def is_worn(self) -> bool:
        """Whether it has done enough."""
        return self.projects >= PROJECTS_A_WORKER or self.loads >= RULES_A_WORKER

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()


class Rulesets:
    """Sets of rules, and the worker that judges by them."""

    _worker: Worker | None = None

    def __init__(self, rulesets: Sequence[dict[str, Any]]) -> None:
        self.rulesets = rulesets
        self.failed = 0
        self.last = Answer()

    def match(self, facts: Sequence[Sequence[dict[str, int | str]]]) -> Answer:
        """The rules that match the facts of one project, given for each set of rules."""
        if self.failed < MOST_FAILURES:
            self.last = self._asked(facts)
            self.failed = self.failed + 1 if self.last.fault else 0
        return self.last

    def _asked(self, facts: Sequence[Sequence[dict[str, int | str]]]) -> Answer:
        worker = self._ready()
        if isinstance(worker, Answer):
            return worker
        worker.projects += 1
        answer = worker.ask({"sid": str(worker.projects), "facts": facts})
        if answer.fault:
            close()
        return answer

    def _ready(self) -> Worker | Answer:
        """A worker that has these rules; an answer with a fault, if it takes them not."""
        if Rulesets._worker is not None and Rulesets._worker.is_worn:
            close()
        if Rulesets._worker is None:
            Rulesets._worker = Worker()
        worker = Rulesets._worker
        if worker.loaded is not self:
            worker.loads += 1
            answer = worker.ask({"rulesets": self.rulesets})
            if answer.fault:
                close()
                return answer
            worker.loaded = self
        return worker


def close() -> None:
    """End the worker, if there is one."""
    worker, Rulesets._worker = Rulesets._worker, None
    if worker is not None:
        worker.close()


atexit.register(close)
