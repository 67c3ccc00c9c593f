"""Writing files whole or not at all: beside the target first, then renamed over it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from riskcheck.errors import Diagnostic, UsageError
from riskcheck.model.place import Location


def check_target(path: Path, inputs: Iterable[Path] = ()) -> None:
    """Refuse (UsageError) a target that cannot be written or is one of `inputs`, before any work is done."""
    shown = Location(str(path))
    try:
        is_folder = path.is_dir()
    except OSError as error:
        raise _failed(path, error) from None
    if is_folder:
        raise UsageError(Diagnostic("output-is-folder", "this is a folder; name a file in it", shown))
    folder = path.parent
    if not folder.is_dir():
        message = f'the folder "{folder}" does not exist; create it first'
        raise UsageError(Diagnostic("output-no-folder", message, shown))
    if not os.access(folder, os.W_OK):
        raise UsageError(Diagnostic("output-not-writable", f'the folder "{folder}" is not writable', shown))
    if any(_same_file(path, each) for each in inputs):
        message = "this is the input file, which is never changed; choose another name"
        raise UsageError(Diagnostic("output-is-input", message, shown))


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader sees the old file or the new one, never a part. Raises UsageError."""
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name[:40]}.{os.getpid()}.tmp")
    try:
        with open(beside, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except OSError as error:
        raise _failed(path, error) from None
    finally:
        beside.unlink(missing_ok=True)


def _failed(path: Path, error: OSError) -> UsageError:
    return UsageError(Diagnostic("output-failed", f"cannot be written: {error.strerror or error}", Location(str(path))))


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
