"""The files of a pack, read once each, within bounds: what a stranger's pack holds is not trusted.

Rule files are `pack.yaml`, `facts.yaml`, `compounds.yaml` and every other `*.yaml` or `*.yml` of the folder and the
folders below it, except `cases/`, `profiles/` and names that begin with a dot.
"""

from __future__ import annotations

import os
from stat import S_ISREG

from riskcheck.errors import Diagnostic
from riskcheck.frozen import frozen
from riskcheck.model.place import Location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

CASES = "cases"
PROFILES = "profiles"
EQUIVALENT_FILE = "cases/equivalent.yaml"
"""Beside the case files: it lists mutants, and holds no cases (see `riskcheck.packs.equivalents`)."""
SUFFIXES = (".yaml", ".yml")
MAX_FILES = 2000
"""Most files of a pack that are read."""
MAX_BYTES = 4 * 2**20
"""Largest file of a pack that is read."""
MAX_ALL_BYTES = 16 * 2**20
"""Most that all files of a pack may hold together."""
MAX_DEPTH = 8
"""Deepest folder below the pack's own."""


@frozen
class PackFile:
    """One file of a pack: its `path` in the pack, with `/`, its `name` as messages print it, and its bytes."""

    path: str
    name: str
    data: bytes


@frozen
class FilesRead:
    """The files that could be read, in path order, and why others could not."""

    files: tuple[PackFile, ...]
    problems: tuple[Diagnostic, ...]


def read_rule_files(root: Path | str, shown: str, *, trusted: bool) -> FilesRead:
    """The rule files of the pack in `root`, which messages call `shown`.

    Symbolic links may leave the folder only in a trusted pack: one that came with the installation, as some
    installers link every file.
    """
    return _Walk(root, shown, trusted).read("")


def read_case_files(root: Path | str, shown: str) -> FilesRead:
    """The case files of the pack in `root`: every `*.yaml` and `*.yml` in `cases/` and below."""
    return _Walk(root, shown, trusted=False).read(CASES)


def read_profile_files(root: Path | str, shown: str, *, trusted: bool) -> FilesRead:
    """The profiles that come with the pack in `root`: every `*.yaml` and `*.yml` in `profiles/` and below."""
    return _Walk(root, shown, trusted).read(PROFILES)


def shown_path(shown: str, path: str) -> str:
    """The name of the file at `path` of the pack, in messages."""
    if shown in (".", ""):
        return path
    if path and shown.isidentifier():  # as shipped packs are called
        return f"{shown}/{path}"
    from pathlib import Path

    return str(Path(shown, path))


class _Walk:
    """One walk over the folders of a pack."""

    def __init__(self, root: Path | str, shown: str, trusted: bool) -> None:
        self.root, self.shown, self.trusted = str(root), shown, trusted
        self.files: list[PackFile] = []
        self.problems: list[Diagnostic] = []
        self.room = MAX_ALL_BYTES

    def read(self, start: str) -> FilesRead:
        if not start or os.path.isdir(self.place(start)):
            self.walk(start, 0)
        if len(self.files) > MAX_FILES:
            self.refuse("", "too-many-files", f"the pack has more than {MAX_FILES} YAML files; split it")
        if self.room < 0:
            self.refuse("", "pack-too-large", f"the pack has more than {MAX_ALL_BYTES // 2**20} MiB of YAML; split it")
        return FilesRead(tuple(sorted(self.files, key=lambda file: file.path)), tuple(self.problems))

    def walk(self, folder: str, depth: int) -> None:
        if depth > MAX_DEPTH:
            self.refuse(folder, "too-deep", f"folders of a pack nest at most {MAX_DEPTH} deep; move the files up")
            return
        try:
            with os.scandir(self.place(folder)) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.refuse(folder, "unreadable-file", f"the folder cannot be read: {_why(error)}")
            return
        for entry in found:
            path = f"{folder}/{entry.name}" if folder else entry.name
            full = len(self.files) > MAX_FILES or self.room < 0
            if not entry.name.startswith(".") and path not in (CASES, PROFILES) and not full:
                self.take(entry, path, depth)

    def take(self, entry: os.DirEntry[str], path: str, depth: int) -> None:
        is_folder = entry.is_dir()
        if not is_folder and not entry.name.lower().endswith(SUFFIXES):
            return
        if not path.isprintable():
            self.refuse("", "file-name", f"the file name {path!a} has characters that cannot be printed; rename it")
        elif entry.is_symlink() and not self.trusted and (is_folder or self.leaves(path)):
            self.refuse(path, "link-leaves-pack", f"is a symbolic link {_whither(is_folder)}")
        elif is_folder:
            self.walk(path, depth + 1)
        else:
            self.read_file(path)

    def leaves(self, path: str) -> bool:
        """Whether a link leads out of the pack's folder."""
        from pathlib import Path

        return not Path(os.path.realpath(self.place(path))).is_relative_to(os.path.realpath(self.root))

    def read_file(self, path: str) -> None:
        try:
            about = os.stat(self.place(path))
            if not S_ISREG(about.st_mode):
                self.refuse(path, "unreadable-file", "is no ordinary file")
                return
            data = _start_of(self.place(path), min(about.st_size, MAX_BYTES) + 1)
        except OSError as error:
            self.refuse(path, "unreadable-file", f"cannot be read: {_why(error)}")
            return
        if len(data) > MAX_BYTES:
            self.refuse(path, "file-too-large", f"has more than {MAX_BYTES // 2**20} MiB; split it")
        else:
            self.room -= len(data)
            self.files.append(PackFile(path, shown_path(self.shown, path), data))

    def place(self, path: str) -> str:
        """Where the file or folder at `path` of the pack lies."""
        return os.path.join(self.root, path)

    def refuse(self, path: str, code: str, message: str) -> None:
        self.problems.append(Diagnostic(code, message, Location(shown_path(self.shown, path))))


def _start_of(place: str, most: int) -> bytes:
    """The first `most` bytes of a file: a pack has many small ones, and `open` asks the system twice as often."""
    file = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(file, most)
        while len(data) < most - 1 and (more := os.read(file, most - len(data))):
            data += more
        return data
    finally:
        os.close(file)


def _whither(is_folder: bool) -> str:
    if is_folder:
        return "to a folder, which is not followed; put the files themselves here"
    return "that leads out of the pack; put a copy of the file here"


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
