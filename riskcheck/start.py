"""Where the program starts: before anything is imported."""

from __future__ import annotations

import gc
import sys

FEW_COLLECTIONS = 200_000
"""A run makes next to no cycles; searching for them, in imports above all, took a twentieth of it."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(FEW_COLLECTIONS)
    if sys.argv[1:2] == ["check"]:
        from riskcheck.together import use

        use()
    from riskcheck.cli import main as run

    run()
