"""Writing a zip archive of entries that are copied as they are, packed, and of entries that are new."""

from __future__ import annotations

import struct
import zlib
from zipfile import ZIP_DEFLATED, ZipInfo

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_UTF8, _SIZES_FOLLOW = 0x800, 0x08
_ZIP64 = 1
_DEFLATES_SINCE = 20
_LEVEL = 6


class ArchiveWriter:
    """Writes one archive: entries in the order given, times fixed, so that equal input gives equal bytes."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._directory: list[bytes] = []
        self._length = 0

    def copy(self, entry: ZipInfo, packed: bytes) -> None:
        """Add an entry of another archive with its packed bytes."""
        self._add(entry, packed, entry.file_size, entry.CRC)

    def write(self, name: str, content: bytes) -> None:
        """Add a part."""
        entry = ZipInfo(name, _FIRST_DAY)
        entry.compress_type, entry.create_version, entry.extract_version = (
            ZIP_DEFLATED,
            _DEFLATES_SINCE,
            _DEFLATES_SINCE,
        )
        entry.create_system = 0
        entry.flag_bits = 0 if name.isascii() else _UTF8
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._add(entry, packer.compress(content) + packer.flush(), len(content), zlib.crc32(content))

    def finish(self) -> bytes:
        """The whole archive."""
        directory = b"".join(self._directory)
        count = len(self._directory)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), self._length, 0)
        return b"".join((*self._pieces, directory, end))

    def _add(self, entry: ZipInfo, packed: bytes, size: int, checksum: int) -> None:
        flags = entry.flag_bits & ~_SIZES_FOLLOW
        name = entry.orig_filename.encode("utf-8" if flags & _UTF8 else "cp437")
        extra = _without_zip64(entry.extra)
        day, time = _dos_time(entry.date_time)
        shared = (entry.extract_version, flags, entry.compress_type, time, day, checksum, len(packed), size, len(name))
        central = _CENTRAL.pack(
            b"PK\x01\x02",
            entry.create_version | entry.create_system << 8,
            *shared,
            len(extra),
            len(entry.comment),
            0,
            entry.internal_attr,
            entry.external_attr,
            self._length,
        )
        self._directory.append(central + name + extra + entry.comment)
        header = _LOCAL.pack(b"PK\x03\x04", *shared, len(extra)) + name + extra
        self._pieces += (header, packed)
        self._length += len(header) + len(packed)


def _dos_time(moment: tuple[int, int, int, int, int, int]) -> tuple[int, int]:
    year, month, day, hour, minute, second = moment
    return (year - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields of an entry without the one for sizes beyond 4 GiB, which no entry here has."""
    kept, rest = b"", extra
    while len(rest) >= 4:
        kind, length = struct.unpack_from("<HH", rest)
        if kind != _ZIP64:
            kept += rest[: 4 + length]
        rest = rest[4 + length :]
    return kept
