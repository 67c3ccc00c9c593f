"""Where the configuration file is looked for.

`riskcheck.toml`, or `pyproject.toml` if it has a table `[tool.riskcheck]`, in the working directory or a folder above
it, up to the root of the repository (`.git`) or the home folder. Outside of both only the working directory is looked
at, so that nobody else's file is found on the way up. Every run looks, so this module imports next to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

OWN_FILE = "riskcheck.toml"
SHARED_FILE = "pyproject.toml"
MAX_BYTES = 2**20
_NAME = b"riskcheck"


def files_to_read() -> Iterator[str]:
    """The files that may be the configuration, the nearest first, as paths from the working directory."""
    for folder in _folders():
        own, shared = os.path.join(folder, OWN_FILE), os.path.join(folder, SHARED_FILE)
        if os.path.isfile(own):
            yield own
        if os.path.isfile(shared) and _names_riskcheck(shared):
            yield shared


def is_shared(path: str) -> bool:
    """Whether the file is one that other tools have their tables in, too."""
    return os.path.basename(path) == SHARED_FILE


def _names_riskcheck(path: str) -> bool:
    """Whether a project's file may say something about riskcheck. One that cannot be read is not ours to judge."""
    try:
        with open(path, "rb") as file:
            return _NAME in file.read(MAX_BYTES)
    except OSError:
        return False


def _folders() -> Iterator[str]:
    """The folders to look in, as paths from the working directory."""
    try:
        folder = os.getcwd()
    except OSError:
        return
    home, relative, passed = os.path.expanduser("~"), "", []
    while True:
        passed.append(relative)
        if folder == home or os.path.exists(os.path.join(relative, ".git")):
            yield from passed
            return
        parent = os.path.dirname(folder)
        if parent == folder:
            yield ""
            return
        folder, relative = parent, os.path.join(relative, "..")
