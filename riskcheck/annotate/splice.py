"""Changing some bytes of a part and keeping all others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Splice(NamedTuple):
    """The bytes from `start` up to `end` become `new`."""

    start: int
    end: int
    new: bytes


def in_order(splices: Iterable[Splice]) -> list[Splice]:
    """`splices` by their place; those at one place stay in the order in which they are given."""
    return sorted(splices, key=lambda each: each[:2])


def spliced(data: bytes, splices: Sequence[Splice]) -> bytes:
    """`data` with all `splices`, which are in order and do not overlap, made at once."""
    pieces: list[bytes] = []
    done = 0
    for start, end, new in splices:
        if not done <= start <= end <= len(data):
            raise ValueError(f"splice {start}:{end} overlaps another one, which ends at {done}")
        pieces += (data[done:start], new)
        done = end
    return b"".join((*pieces, data[done:]))


def undoing(data: bytes, splices: Sequence[Splice]) -> list[Splice]:
    """The splices that turn `spliced(data, splices)` into `data` again."""
    back, moved = [], 0
    for start, end, new in splices:
        back.append(Splice(start + moved, start + moved + len(new), data[start:end]))
        moved += len(new) - (end - start)
    return back
