"""Zip archives: the directory of one, and an uncompressed one written anew.

Importing `zipfile` takes longer than reading a small workbook. So a directory in the plain form in which spreadsheet
programs write it is read here; any other one is left to `zipfile`, which knows the rest of the format and has the say
about what is wrong with it. Offsets and sizes are those that the archive states: nothing is checked yet.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence

from riskcheck.frozen import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
"""How the header of an entry, its record in the directory, and the end of the directory begin."""
STORED, DEFLATED = 0, 8
"""Methods of compression."""

_LOCATOR_OF_LARGE = b"PK\x06\x07"
_HEADER = struct.Struct("<4s5H3L2H")
_RECORD = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
"""The version of the format that deflated entries need; later ones add what is left to `zipfile`."""
_FIRST_DAY = 0x21
"""1 January 1980, the first day that the format knows."""
_UTF8 = 0x800
_IN_EXTRA_FIELD = 0xFFFFFFFF


@frozen
class Entry:
    """An entry of a directory: `packed` are its bytes in the archive, whose header begins at `offset`."""

    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    offset: int


def directory(data: bytes) -> tuple[Entry, ...]:
    """The entries of the zip archive `data`. Raises what `zipfile` raises if it is damaged."""
    entries = _plain_directory(data)
    if entries is not None:
        return entries
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as archive:
        return tuple(
            Entry(each.filename, each.flag_bits, each.compress_type, each.CRC, each.compress_size, each.header_offset)
            for each in archive.infolist()
        )


def _plain_directory(data: bytes) -> tuple[Entry, ...] | None:
    """The entries, if the directory has no comment, no extra field and no name in another alphabet; else None."""
    end = len(data) - _END.size
    if end < 0 or data[end - 20 : end - 16] == _LOCATOR_OF_LARGE:
        return None
    mark, disk, first_disk, here, count, size, start, comment = _END.unpack_from(data, end)
    if mark != END or disk or first_disk or here != count or comment or start + size != end:
        return None
    entries: list[Entry] = []
    while start + _RECORD.size <= end:
        record = _RECORD.unpack_from(data, start)
        start += _RECORD.size + record[10]
        entry = _plain_entry(record, data[start - record[10] : start])
        if entry is None:
            return None
        entries.append(entry)
    return tuple(entries) if start == end and len(entries) == count else None


def _plain_entry(record: tuple[Any, ...], name: bytes) -> Entry | None:
    mark, _, needed, flags, method, _, _, checksum, packed, unpacked, _, extra, comment, disk, _, _, offset = record
    if mark != CENTRAL or needed > _VERSION or extra or comment or disk or not name.isascii() or b"\0" in name:
        return None
    if _IN_EXTRA_FIELD in (packed, unpacked, offset):
        return None
    return Entry(name.decode("ascii"), flags, method, checksum, packed, offset)


def stored(parts: Iterable[tuple[str, Sequence[bytes]]]) -> bytes:
    """A zip archive of parts, each a name in ASCII and the pieces of its content, without compression."""
    written: list[bytes] = []
    records: list[bytes] = []
    offset = 0
    for name, pieces in parts:
        checksum = size = 0
        for piece in pieces:
            checksum, size = zlib.crc32(piece, checksum), size + len(piece)
        called = name.encode("ascii")
        about = (_VERSION, 0, STORED, 0, _FIRST_DAY, checksum, size, size, len(called), 0)
        records += (_RECORD.pack(CENTRAL, _VERSION, *about, 0, 0, 0, 0, offset), called)
        written += (_HEADER.pack(LOCAL, *about), called, *pieces)
        offset += _HEADER.size + len(called) + size
    count, length = len(records) // 2, sum(map(len, records))
    return b"".join((*written, *records, _END.pack(END, 0, 0, count, count, length, offset, 0)))
