"""SHA-256, as hexadecimal digits.

`hashlib` first loads OpenSSL, which takes as long as reading a small workbook. Small inputs go to the implementation
that CPython itself has, where there is one; the digits are the same.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SMALL = 2**20
"""Up to so many bytes CPython's own implementation is quick enough."""
_OWN = ("_sha2", "_sha256")
"""Where it is: since Python 3.12, and before."""


def sha256_of(*pieces: bytes) -> str:
    """The SHA-256 of the pieces one after the other."""
    running = _running(small=sum(map(len, pieces)) <= SMALL)
    for piece in pieces:
        running.update(piece)
    return str(running.hexdigest())


def _running(*, small: bool) -> Any:
    for name in _OWN if small else ():
        try:
            return import_module(name).sha256()
        except ImportError:
            continue
    from hashlib import sha256

    return sha256()
