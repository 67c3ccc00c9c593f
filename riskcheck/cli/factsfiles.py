"""The operands FACTS of commands, as files on the disk: what may not be written over, and what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from riskcheck.checksum import sha256_of
from riskcheck.facts.load import STDIN, is_facts_file
from riskcheck.model.factset import InputFile


def files_of(facts: Iterable[str]) -> tuple[Path, ...]:
    """The files that the operands name: a folder stands for what it may hold of facts, standard input for none."""
    return tuple(file for each in facts if each != STDIN for file in _inside(Path(each)))


def _inside(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from path.glob("*.[cC][sS][vV]")
    else:
        yield path


def is_facts(operand: str) -> bool:
    """Whether an operand names facts by what it looks like: standard input, a folder, or a suffix of such files."""
    return operand == STDIN or is_facts_file(operand) or Path(operand).is_dir()


def shown(facts: Sequence[str]) -> str:
    """The operands as one name for people."""
    return ", ".join(facts)


def same_files(places: Iterable[str], read: Sequence[InputFile]) -> tuple[Path, ...]:
    """Where the files that were `read` are among `places`, in their order; none if any of them is not there as it was.

    A folder stands for the CSV files in it.
    """
    by_content: dict[str, list[Path]] = {}
    for path in files_of(places):
        digest = _digest(path)
        if digest is not None:
            by_content.setdefault(digest, []).append(path)
    found = []
    for each in read:
        alike = by_content.get(each.sha256, [])
        if not alike:
            return ()
        found.append(alike.pop(0))
    return tuple(found)


def as_named(files: Sequence[Path]) -> tuple[str, ...]:
    """The files as operands: CSV files that are all those of their folder as the folder.

    In a folder also files that are called like no table may stand, which are not read.
    """
    folders = {path.parent for path in files if path.suffix.lower() == ".csv"}
    whole = {folder for folder in folders if set(files_of((str(folder),))) <= set(files)}
    names = (path.parent if path.parent in whole and path.suffix.lower() == ".csv" else path for path in files)
    return tuple(dict.fromkeys(map(str, names)))


def _digest(path: Path) -> str | None:
    try:
        return sha256_of(path.read_bytes()) if path.is_file() else None
    except OSError:
        return None
