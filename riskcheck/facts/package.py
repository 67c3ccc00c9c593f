"""An Office package: a zip archive whose parts are read within bounds, whatever its own figures say."""

from __future__ import annotations

import struct
import zlib

from riskcheck.errors import FactsError
from riskcheck.facts.archive import CENTRAL, DEFLATED, END, LOCAL, STORED, Entry, directory
from riskcheck.facts.refusal import COPY_AGAIN, SAVE_AGAIN, damage, refusal
from riskcheck.model.place import Location
from riskcheck.model.text import Text

MAX_FILE = 128 * 2**20
"""Largest file, in bytes."""
MAX_ENTRIES = 20_000
"""Most entries in one archive; a workbook with a hundred pictures has some hundred."""
MAX_INFLATED = 128 * 2**20
"""Most bytes that the parts which are read may have together when unpacked. Pictures and macros are not read."""

_ENCRYPTED = 0x41


class Package:
    """The parts of an Office file. Part names are in lower case, with `/`, and without one at the start.

    Sizes are counted while inflating, and all that is read counts towards one limit.
    """

    def __init__(self, data: bytes, file: str, most: int | None = None) -> None:
        """Look through the directory of the archive; raises FactsError if it is none, or an unsafe one.

        `most` is how many bytes the parts that are read may have together, MAX_INFLATED if nothing else is said.
        """
        self._data, self._most = data, MAX_INFLATED if most is None else most
        self._left = self._most
        self.at = Location(file)
        if len(data) > MAX_FILE:
            size = f"{MAX_FILE // 2**20} MiB"
            raise self._too_large(Text(f"the file has more than {size}", f"文件超过 {size}"))
        if not data.startswith((LOCAL, END)):
            from riskcheck.facts.filekind import not_a_zip

            raise not_a_zip(data, file)
        if data.count(CENTRAL) > MAX_ENTRIES:
            message = Text(f"the workbook has more than {MAX_ENTRIES:,} parts", f"工作簿的部件超过 {MAX_ENTRIES:,} 个")
            raise self._too_large(message)
        self._entries: dict[str, Entry] = {}
        for entry in self._directory():
            name = entry.name.replace("\\", "/").lstrip("/").lower()
            if name in self._entries:
                raise self._damaged_part(name, Text("occurs twice", "出现两次"))
            self._entries[name] = entry

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the archive, under the names that they have there."""
        return tuple(self._entries.values())

    def read(self, name: str) -> bytes:
        """The content of part `name`; raises FactsError if it is absent, damaged, encrypted or too large."""
        entry = self._entries.get(name)
        if entry is None:
            raise self._damaged_part(name, Text("is missing", "缺失"))
        if entry.flags & _ENCRYPTED:
            message = Text(
                "the file is a zip archive that is encrypted with a password", "文件是用密码加密的 zip 压缩包"
            )
            cure = Text("unpack it with its password, and zip it without", "请用密码解压，再不加密地重新压缩")
            raise refusal("workbook-encrypted", message, cure, at=self.at)
        content = self._inflated(entry, self.packed(entry))
        if zlib.crc32(content) != entry.checksum:
            raise self._damaged_part(name, Text("has a wrong checksum", "的校验和不符"))
        self._left -= len(content)
        return content

    def damaged(self, what: Text) -> FactsError:
        """The error for a package in which `what` is wrong."""
        return damage(what, COPY_AGAIN, SAVE_AGAIN, at=self.at)

    def _damaged_part(self, name: str, what: Text) -> FactsError:
        return self.damaged(Text(f'the part "{_shown(name)}" {what.en}', f"部件“{_shown(name)}”{what.zh}"))

    def _too_large(self, message: Text) -> FactsError:
        cure = Text("remove pictures and other objects, and save it", "请删除图片等对象后保存")
        return refusal("workbook-too-large", message, cure, at=self.at)

    def _directory(self) -> tuple[Entry, ...]:
        try:
            return directory(self._data)
        except Exception as error:  # zipfile raises errors of many kinds on damaged archives
            if END not in self._data:
                what = Text(
                    "its end is missing, so it was not copied or saved completely",
                    "文件尾部缺失，可能没有完整复制或保存",
                )
                raise self.damaged(what) from None
            raise self.damaged(
                Text(f"it is no valid zip archive ({error})", f"不是有效的 zip 压缩包（{error}）")
            ) from None

    def packed(self, entry: Entry) -> bytes:
        """The bytes of `entry` as they lie in the archive; raises FactsError if it is not where it should be."""
        header = self._data[entry.offset : entry.offset + 30]
        if len(header) < 30 or not header.startswith(LOCAL):
            raise self._damaged_part(entry.name, Text("is not where it should be", "不在应有的位置"))
        name_length, extra_length = struct.unpack_from("<HH", header, 26)
        start = entry.offset + 30 + name_length + extra_length
        return self._data[start : start + entry.packed]

    def _inflated(self, entry: Entry, packed: bytes) -> bytes:
        if entry.method == STORED:
            content = packed
        elif entry.method == DEFLATED:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                content = inflater.decompress(packed, self._left + 1)
            except zlib.error:
                raise self._damaged_part(entry.name, Text("cannot be unpacked", "无法解压")) from None
        else:
            what = Text("is packed in a way that workbooks do not use", "的压缩方式不是工作簿所用的方式")
            raise self._damaged_part(entry.name, what)
        if len(content) > self._left:
            size = f"{self._most // 2**20} MiB"
            message = Text(
                f"the workbook is too large: its sheets have more than {size} when unpacked",
                f"工作簿过大：其工作表解压后超过 {size}",
            )
            cure = Text(
                "keep only the sheets and columns that are checked, and save it under a new name",
                "请只保留需要检查的工作表和列，另存为新文件",
            )
            raise refusal("workbook-too-large", message, cure, at=self.at)
        return content


def _shown(name: str) -> str:
    """A part's name as a message may show it."""
    return "".join(c if c.isprintable() else "?" for c in name[:100])
