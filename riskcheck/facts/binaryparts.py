"""The records of the parts of a binary workbook (`.xlsb`): [MS-XLSB] 2.1.4 and 2.5.

A record is a type of one or two bytes, a length of up to four bytes with seven bits each, and so many bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from riskcheck.facts.package import Package
from riskcheck.model.text import Text

MAX_RECORDS = 8_000_000
"""Most records in one part."""

_LENGTH = struct.Struct("<I")


class BadRecord(Exception):  # noqa: N818 - a signal to the reader of the part, which knows where it is
    """A record is shorter than what it must hold."""


def records(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    """The records of a part, each with its type; raises FactsError if the part ends within one."""
    data = package.read(part)
    position, end = 0, len(data)
    for _ in range(MAX_RECORDS):
        if position >= end:
            return
        kind = data[position]
        position += 1
        if kind & 0x80 and position < end:
            kind = kind & 0x7F | (data[position] & 0x7F) << 7
            position += 1
        size = 0
        for shift in (0, 7, 14, 21):
            if position >= end:
                break
            byte = data[position]
            position += 1
            size |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
        if position + size > end:
            raise package.damaged(Text(f'the part "{part}" ends within a record', f"部件“{part}”不完整"))
        yield kind, data[position : position + size]
        position += size
    raise package.damaged(Text(f'the part "{part}" has too many records', f"部件“{part}”的记录过多"))


def wide_text(record: bytes, offset: int) -> tuple[str, int]:
    """A text in a record (its length, then UTF-16), and where the next field begins; a length of -1 means none."""
    if offset + 4 > len(record):
        raise BadRecord
    (count,) = _LENGTH.unpack_from(record, offset)
    if count == 0xFFFFFFFF:
        return "", offset + 4
    end = offset + 4 + 2 * count
    if end > len(record):
        raise BadRecord
    return record[offset + 4 : end].decode("utf-16-le", "replace"), end
