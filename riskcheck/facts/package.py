"""An Office package: a zip archive whose parts are read within bounds, whatever its own figures say."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from riskcheck.errors import FactsError
from riskcheck.facts.refusal import COPY_AGAIN, SAVE_AGAIN, refusal
from riskcheck.model.place import Location

MAX_FILE = 128 * 2**20
"""Largest file, in bytes."""
MAX_ENTRIES = 20_000
"""Most entries in one archive; a workbook with a hundred pictures has some hundred."""
MAX_INFLATED = 128 * 2**20
"""Most bytes that the parts which are read may have together when unpacked. Pictures and macros are not read."""

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_ENCRYPTED = 0x41


class Package:
    """The parts of an Office file. Part names are in lower case, with `/`, and without one at the start.

    Sizes are counted while inflating, and all that is read counts towards one limit.
    """

    def __init__(self, data: bytes, file: str) -> None:
        """Look through the directory of the archive; raises FactsError if it is none, or an unsafe one."""
        self._data, self._left = data, MAX_INFLATED
        self.at = Location(file)
        if len(data) > MAX_FILE:
            raise self._too_large(f"the file has more than {MAX_FILE // 2**20} MiB")
        if not data.startswith((_LOCAL, _END)):
            from riskcheck.facts.filekind import not_a_zip

            raise not_a_zip(data, file)
        if data.count(_CENTRAL) > MAX_ENTRIES:
            raise self._too_large(f"the workbook has more than {MAX_ENTRIES:,} parts")
        self._entries: dict[str, ZipInfo] = {}
        for entry in self._directory():
            name = entry.filename.replace("\\", "/").lstrip("/").lower()
            if name in self._entries:
                raise self.damaged(f'the part "{_shown(name)}" occurs twice')
            self._entries[name] = entry

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._entries)

    def read(self, name: str) -> bytes:
        """The content of part `name`; raises FactsError if it is absent, damaged, encrypted or too large."""
        entry = self._entries.get(name)
        if entry is None:
            raise self.damaged(f'the part "{_shown(name)}" is missing')
        if entry.flag_bits & _ENCRYPTED:
            message = "the file is a zip archive that is encrypted with a password"
            raise refusal("workbook-encrypted", message, "unpack it with its password, and zip it without", at=self.at)
        content = self._inflated(entry, self._packed(entry))
        if zlib.crc32(content) != entry.CRC:
            raise self.damaged(f'the part "{_shown(name)}" has a wrong checksum')
        self._left -= len(content)
        return content

    def damaged(self, what: str) -> FactsError:
        """The error for a package in which `what` is wrong."""
        return refusal("workbook-damaged", f"the workbook is damaged: {what}", COPY_AGAIN, SAVE_AGAIN, at=self.at)

    def _too_large(self, message: str) -> FactsError:
        return refusal("workbook-too-large", message, "remove pictures and other objects, and save it", at=self.at)

    def _directory(self) -> list[ZipInfo]:
        try:
            with ZipFile(BytesIO(self._data)) as archive:
                return archive.infolist()
        except Exception as error:  # zipfile raises errors of many kinds on damaged archives
            if _END not in self._data:
                raise self.damaged("its end is missing, so it was not copied or saved completely") from None
            raise self.damaged(f"it is no valid zip archive ({error})") from None

    def _packed(self, entry: ZipInfo) -> bytes:
        """The bytes of `entry` as they lie in the archive."""
        header = self._data[entry.header_offset : entry.header_offset + 30]
        if len(header) < 30 or not header.startswith(_LOCAL):
            raise self.damaged(f'the part "{_shown(entry.filename)}" is not where it should be')
        name_length, extra_length = struct.unpack_from("<HH", header, 26)
        start = entry.header_offset + 30 + name_length + extra_length
        return self._data[start : start + entry.compress_size]

    def _inflated(self, entry: ZipInfo, packed: bytes) -> bytes:
        name = _shown(entry.filename)
        if entry.compress_type == ZIP_STORED:
            content = packed
        elif entry.compress_type == ZIP_DEFLATED:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                content = inflater.decompress(packed, self._left + 1)
            except zlib.error:
                raise self.damaged(f'the part "{name}" cannot be unpacked') from None
        else:
            raise self.damaged(f'the part "{name}" is packed in a way that workbooks do not use')
        if len(content) > self._left:
            message = f"the workbook is too large: its sheets have more than {MAX_INFLATED // 2**20} MiB when unpacked"
            cure = "keep only the sheets and columns that are checked, and save it under a new name"
            raise refusal("workbook-too-large", message, cure, at=self.at)
        return content


def _shown(name: str) -> str:
    """A part's name as a message may show it."""
    return "".join(c if c.isprintable() else "?" for c in name[:100])
