"""Commands run on hostile files, each in a process with bounded time and memory, and what is amiss with them.

Each process is forked from this one, which has the program imported; so a run costs a few milliseconds more than its
work. A crash of the reader of values ends one run and nothing else.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
from dataclasses import dataclass
from typing import NoReturn

import riskcheck.cli as command_line
import riskcheck.cli.group
import riskcheck.cli.inspect
import riskcheck.cli.judging
import riskcheck.facts.inspectfile
import riskcheck.facts.workbook
import riskcheck.facts.workbookfacts
import riskcheck.reports.inspection
import riskcheck.reports.terminal  # noqa: F401  (imported here, so that no child has to)

SECONDS = 10
"""Of work; a busy machine may take longer."""
_WAIT = 180
MEMORY = 2**30
"""Bytes of address space; what is used of it is less."""
ENDS = {"check": (0, 1, 3, 4), "inspect": (0, 3)}
"""The exit codes of a result or of a refusal, by command."""
REFUSED = 3
LONGEST_CAUSE = 500


@dataclass(frozen=True)
class Run:
    """How a command on a file ended: exit code (negative: by a signal), texts, seconds of work, memory in MiB."""

    command: str
    file: str
    code: int
    printed: str
    errors: str
    seconds: float
    memory: int


def run(command: str, file: str) -> Run:
    """Run `check` or `inspect` on a file. It ends within the limits, or is ended."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if not child:
            _run_child(command, file, out.fileno(), errors.fileno())
        _, status, usage = os.wait4(child, 0)
        seconds = usage.ru_utime + usage.ru_stime
        texts = [os.pread(each.fileno(), 2**20, 0).decode(errors="replace") for each in (out, errors)]
    return Run(
        command, os.path.basename(file), os.waitstatus_to_exitcode(status), *texts, seconds, usage.ru_maxrss // 1024
    )


def _run_child(command: str, file: str, out: int, errors: int) -> NoReturn:
    try:
        os.dup2(out, 1)
        os.dup2(errors, 2)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        signal.alarm(_WAIT)
        sys.argv = [
            "riskcheck",
            command,
            file,
            *(["--as-of", "2026-06-30", "--gate", "G1"] if command == "check" else []),
        ]
        command_line.main()
    finally:
        os._exit(99)


def amiss(ended: Run) -> str:
    """What is wrong with how a command ended; "" if nothing is: it gave a result, or refused with cause and cure."""
    if ended.code in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGALRM):
        return f"not done after {SECONDS} s"
    if ended.code < 0:
        return f"ended by {signal.Signals(-ended.code).name}"
    if "Traceback" in ended.errors + ended.printed:
        return f"a traceback: {ended.errors[-LONGEST_CAUSE:]}"
    if ended.code not in ENDS[ended.command]:
        return f"exit code {ended.code}: {ended.errors[:LONGEST_CAUSE]}"
    if ended.code == REFUSED:
        said = ended.errors if ended.command == "check" else ended.errors or ended.printed
        return _refusal_amiss(said)
    return "" if ended.printed.strip() else "no result"


def _refusal_amiss(said: str) -> str:
    cause, _, cures = said.strip().partition("\n")
    if not cause.strip():
        return "refused without a cause"
    if len(cause) > LONGEST_CAUSE:
        return f"a cause of {len(cause)} characters: {cause[:100]} …"
    return "" if cures.strip() else f"refused without a cure: {cause}"
