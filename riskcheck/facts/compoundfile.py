"""The streams of a file in the old Office format, a compound file: [MS-CFB] 2.1 to 2.6.

A stream is a chain of sectors. A chain that comes back to itself, or leaves the file, is refused.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How such a file begins."""

_END = 0xFFFFFFFE
_SIZE = 0xFFFFFFFF
"""The upper half of a size means nothing in files with small sectors, and is 0 in those that are read."""
_STREAM, _ROOT = 2, 5
_HEADER = struct.Struct("<8s16xHHHHH6xIII4xIIIII")
_ENTRY = struct.Struct("<64sHBB3I16xI16xIQ")


class BadCompoundFile(Exception):  # noqa: N818 - a signal to the reader, which knows the file's name
    """The file is damaged; the text says how."""


class CompoundFile:
    """The streams of a compound file by name."""

    def __init__(self, data: bytes) -> None:
        """Read the directory; raises BadCompoundFile."""
        if len(data) < 512 or not data.startswith(SIGNATURE):
            raise BadCompoundFile("no header")
        head = _HEADER.unpack_from(data)
        shift, small_shift, fats, directory, self._small_below = head[4], head[5], head[7], head[8], head[9]
        if shift not in (9, 12) or small_shift != 6:
            raise BadCompoundFile(f"sectors of 2^{shift} bytes")
        self._data, self._size = data, 1 << shift
        self._count = (len(data) - 1) // self._size  # the header takes the place of one
        self._next = self._table(self._fat_sectors(head[12], fats))
        self._small_next = self._table(self._chain(head[10], self._next, self._count)) if head[11] else ()
        self._streams: dict[str, tuple[int, int]] = {}
        self._small = b""
        self._read_directory(directory)

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams."""
        return frozenset(self._streams)

    def read(self, name: str) -> bytes:
        """The stream called `name`; raises BadCompoundFile."""
        start, size = self._streams[name]
        if size >= self._small_below:
            return self._stream(start, size)
        found = [self._small[each * 64 : each * 64 + 64] for each in self._chain(start, self._small_next, 2**20)]
        return self._exactly(b"".join(found), size)

    def _stream(self, start: int, size: int) -> bytes:
        return self._exactly(b"".join(map(self._sector, self._chain(start, self._next, self._count))), size)

    def _exactly(self, found: bytes, size: int) -> bytes:
        if len(found) < size:
            raise BadCompoundFile(f"a stream has {len(found)} of {size} bytes")
        return found[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, start: int, following: Sequence[int], most: int) -> list[int]:
        """The numbers of the sectors of a chain."""
        chain: list[int] = []
        number = start
        while number < _END:
            if number >= len(following) or len(chain) >= most:
                raise BadCompoundFile("a chain of sectors leaves the file or comes back to itself")
            chain.append(number)
            number = following[number]
        return chain

    def _fat_sectors(self, further: int, count: int) -> list[int]:
        """The sectors that say which sector follows which: 109 are listed in the header, the others in sectors."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        seen = 0
        while further < _END and len(listed) < count:
            words = self._words(further)
            listed += words[:-1]
            further = words[-1] if words else _END
            seen += 1
            if seen > self._count:
                raise BadCompoundFile("its table of sectors comes back to itself")
        return [each for each in listed[:count] if each < _END]

    def _table(self, sectors: Sequence[int]) -> tuple[int, ...]:
        if len(sectors) > self._count:
            raise BadCompoundFile("its table of sectors is larger than the file")
        return tuple(word for each in sectors for word in self._words(each))

    def _words(self, sector: int) -> tuple[int, ...]:
        content = self._sector(sector)
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _read_directory(self, start: int) -> None:
        """Note the streams that lie in the file itself, not those of objects that are embedded in it."""
        content = b"".join(map(self._sector, self._chain(start, self._next, self._count)))
        entries = list(_ENTRY.iter_unpack(content[: len(content) // 128 * 128]))
        if not entries or entries[0][2] != _ROOT:
            raise BadCompoundFile("no root directory")
        root = entries[0]
        if root[9] & _SIZE:
            self._small = self._stream(root[8], root[9] & _SIZE)
        pending, seen = [root[6]], set()
        while pending:
            number = pending.pop()
            if number >= len(entries) or number in seen:
                continue
            seen.add(number)
            name, length, kind, _, left, right, _, _, first, size = entries[number]
            pending += (left, right)
            if kind == _STREAM:
                self._streams[name[: max(length - 2, 0)].decode("utf-16-le", "replace")] = (first, size & _SIZE)
