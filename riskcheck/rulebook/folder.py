"""The folder of a rule reference: which pages are there, which are stale, and how they are brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from riskcheck.errors import Diagnostic, UsageError
from riskcheck.frozen import frozen
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text
from riskcheck.output import write_all_whole
from riskcheck.rulebook.pages import Page

_FIRST_LINE: Final = 300
"""How many bytes of a file are looked at for the mark."""


@frozen
class Changes:
    """What would bring a folder up to date: pages to write, and old pages to take away, by path below the folder."""

    write: tuple[Page, ...]
    remove: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """All pages that are not as they should be."""
        return tuple(sorted((*(page.path for page in self.write), *self.remove)))


def changes(folder: Path, pages: Iterable[Page], mark: str, languages: Iterable[Language]) -> Changes:
    """What differs between the folder and its pages; pages of the pack that begin with `mark` may be taken away.

    Raises UsageError if a file that some other hand made stands where a page would be.
    """
    wanted = {page.path: page for page in pages}
    foreign = [path for path in wanted if (folder / path).exists() and not _is_ours(folder / path, mark)]
    if foreign:
        raise UsageError([_not_ours(folder / path) for path in foreign])
    stale = tuple(page for page in wanted.values() if _content(folder / page.path) != page.text.encode("utf-8"))
    there = (path for language in languages for path in sorted((folder / language).glob("*.md")))
    old = (path for path in there if path.relative_to(folder).as_posix() not in wanted and _is_ours(path, mark))
    return Changes(stale, tuple(path.relative_to(folder).as_posix() for path in old))


def bring_up_to_date(folder: Path, found: Changes) -> None:
    """Write and remove the pages of `found`. Raises UsageError for what cannot be written."""
    try:
        for path in sorted({(folder / page.path).parent for page in found.write}):
            path.mkdir(parents=True, exist_ok=True)
        write_all_whole([(folder / page.path, page.text.encode("utf-8")) for page in found.write])
        for name in found.remove:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        cause = error.strerror or type(error).__name__
        message = Text(f"cannot be written: {cause}", f"无法写入：{cause}")
        raise UsageError(Diagnostic("output-failed", message, Location(str(error.filename or folder)))) from None


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _is_ours(path: Path, mark: str) -> bool:
    """Whether a file is a page that an earlier run made from the same pack."""
    try:
        with open(path, "rb") as file:
            return file.read(_FIRST_LINE).decode("utf-8", "replace").splitlines()[:1] == [mark]
    except OSError:
        return False


def _not_ours(path: Path) -> Diagnostic:
    message = Text(
        "this file was not made by riskcheck rules reference from this pack, and is not overwritten",
        "该文件不是由 riskcheck rules reference 从本规则包生成的，不予覆盖",
    )
    cure = Text("name another folder, or move the file away", "请指定其他文件夹，或先移走该文件")
    return Diagnostic("output-not-ours", message, Location(str(path)), hints=(cure,))
