"""Hostile files end in a result or a refusal with cause and cure, within 10 s of work and 1 GiB, never in a traceback.

`RISKCHECK_HOSTILE_CORPUS=FOLDER` has the files of a folder tried, too.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.hostile.limited import SECONDS, Run, amiss

CORPUS = os.environ.get("RISKCHECK_HOSTILE_CORPUS")


def run_all(*files: str) -> None:
    """In a process of its own, which has no threads and may fork."""
    done = subprocess.run([sys.executable, "-m", "tests.hostile.run", *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_made_to_do_harm() -> None:
    run_all()


@pytest.mark.skipif(not CORPUS, reason="RISKCHECK_HOSTILE_CORPUS names no folder of hostile files")
def test_a_corpus_of_hostile_files() -> None:
    run_all(str(CORPUS))


@pytest.mark.parametrize(
    ("code", "printed", "errors", "wrong"),
    [
        (0, "PASS", "", ""),
        (4, "CANNOT JUDGE", "", ""),
        (4, "", "", "no result"),
        (3, "", "f.xlsx: it is damaged\n  save it anew\n", ""),
        (3, "", "f.xlsx: it is damaged\n", "refused without a cure: f.xlsx: it is damaged"),
        (3, "", "", "refused without a cause"),
        (5, "", "internal error", "exit code 5: internal error"),
        (0, "PASS", "Traceback (most recent call last):", "a traceback: Traceback (most recent call last):"),
        (-11, "", "", "ended by SIGSEGV"),
        (-9, "", "", f"not done after {SECONDS} s"),
    ],
)
def test_what_is_amiss(code: int, printed: str, errors: str, wrong: str) -> None:
    assert amiss(Run("check", "f.xlsx", code, printed, errors, 0.1, 1)) == wrong
