"""The digest of a pack: which rules judged, in 64 hexadecimal digits."""

from __future__ import annotations

from collections.abc import Iterable

from riskcheck.checksum import sha256_of
from riskcheck.packs.packfiles import PackFile


def digest(files: Iterable[PackFile]) -> str:
    """The SHA-256 over the rule files of a pack (its cases are none of them).

    For each file in the order of their paths (by code point): the path with `/`, a NUL, the content with line ends
    made LF, a NUL. So a checkout with other line ends has the same digest, and any other change another one.
    """
    pieces = []
    for file in sorted(files, key=lambda each: each.path):
        content = file.data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        pieces.append(b"%s\0%s\0" % (file.path.encode(), content))
    return sha256_of(*pieces)
