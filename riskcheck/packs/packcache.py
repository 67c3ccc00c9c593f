"""Compiled packs in the user's own cache folder: found by what they were made from, ignored if stale or damaged.

Nothing that lies beside a pack is ever read, so a pack from elsewhere cannot bring its own compiled form. An entry is
data only (see `riskcheck.packs.compiled`). Its name is a digest over everything it depends on: the pack's digest, where
it lies and what messages call it, the versions of riskcheck and Python, and when riskcheck's code last changed.
RISKCHECK_NO_CACHE=1 turns it off.
"""

from __future__ import annotations

import os
import sys

from riskcheck.checksum import sha256_of
from riskcheck.frozen import frozen
from riskcheck.packs.locate import PACKAGE
from riskcheck.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from riskcheck.packs.rulepack import RulePack

MAX_ENTRIES = 32
"""How many entries are kept; the least recently written go first."""


@frozen
class CacheEntry:
    """The place of one compiled pack, which lies in `root`. Reading and writing never raise: without the cache all
    still works."""

    path: str
    root: str

    def read(self) -> RulePack | None:
        """The pack, or None if there is none that is whole and the user's own."""
        from riskcheck.packs.compiled import decode

        try:
            with open(self.path, "rb") as file:
                return decode(file.read(), self.root) if _is_own(os.fstat(file.fileno())) else None
        except (OSError, ValueError):
            return None

    def write(self, pack: RulePack) -> None:
        """Keep the pack, if the folder can be written."""
        from pathlib import Path

        from riskcheck.errors import UsageError
        from riskcheck.output import write_whole
        from riskcheck.packs.compiled import encode

        path = Path(self.path)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not os.access(path.parent, os.W_OK):
                return
            write_whole(path, encode(pack))
            _drop_oldest(path.parent)
        except (OSError, UsageError):
            return


def entry(pack_digest: str, root: str, shown: str) -> CacheEntry | None:
    """The place for the compiled form of a pack; None if there is no cache folder."""
    folder = cache_folder()
    if folder is None:
        return None
    parts = (pack_digest, root, shown, __version__, sys.version, str(_code_changed()))
    name = sha256_of("\0".join(parts).encode("utf-8", "surrogatepass"))
    return CacheEntry(os.path.join(folder, f"{name}.pack"), root)


def cache_folder() -> str | None:
    """The user's own cache folder for riskcheck, by the platform's convention; None if there is none or it is off."""
    if os.environ.get("RISKCHECK_NO_CACHE"):
        return None
    given = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    if given and os.path.isabs(given):
        return os.path.join(given, "riskcheck")
    home = os.environ.get("HOME")
    if not home or not os.path.isabs(home):
        return None
    return os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache", "riskcheck")


def _code_changed() -> int:
    """When the modules that make packs last changed: a checkout that is worked on does not meet its own past."""
    folders = (os.path.join(PACKAGE, name) for name in ("expr", "model", "packs"))
    return max(
        file.stat().st_mtime_ns for folder in folders for file in os.scandir(folder) if file.name.endswith(".py")
    )


def _is_own(about: os.stat_result) -> bool:
    """Whether a file is the user's own, and nobody else may write to it."""
    return sys.platform == "win32" or (about.st_uid == os.geteuid() and not about.st_mode & 0o022)


def _drop_oldest(folder: Path) -> None:
    entries = sorted(folder.glob("*.pack"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in entries[MAX_ENTRIES:]:
        path.unlink(missing_ok=True)
