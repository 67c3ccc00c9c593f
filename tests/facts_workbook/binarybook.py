"""Binary workbooks (`.xlsb`) for tests, record by record: neither Python libraries nor LibreOffice write them.

LibreOffice and calamine read what is written here; `tests/facts_workbook/formats.py` looks at that when it is run.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from .packages import relationships, zipped

ERRORS = {"#DIV/0!": 0x07, "#N/A": 0x2A}
Cell = tuple[str, object]
"""A kind (text, inline, number, rk, whole, bool, error, formula) and what it holds, or that and a style."""


def record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    length = b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + content


def wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


class BinaryBook:
    """Sheets are added, then `data` is the file."""

    def __init__(self, formats: Sequence[int | str] = (0,), date_1904: bool = False) -> None:
        self.formats, self.date_1904 = formats, date_1904
        self.strings: list[str] = []
        self.sheets: list[tuple[str, bool, bytes]] = []

    def sheet(
        self,
        name: str,
        cells: Iterable[tuple[int, int, str, object, int]],
        merged: Iterable[tuple[int, int, int, int]] = (),
        visible: bool = True,
    ) -> None:
        """Add a sheet of (row, column, kind, value, style), in the order of rows and columns."""
        out = [record(129), record(148, struct.pack("<4I", 0, 99, 0, 99)), record(145)]
        last = -1
        for row, column, kind, value, style in cells:
            if row != last:
                out.append(record(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0)))
                last = row
            number, content = self.content(kind, value)
            out.append(record(number, struct.pack("<II", column, style) + content))
        out.append(record(146))
        areas = [struct.pack("<4I", top, bottom, left, right) for top, left, bottom, right in merged]
        if areas:
            listed = b"".join(record(176, each) for each in areas)
            out.append(record(177, struct.pack("<I", len(areas))) + listed + record(178))
        self.sheets.append((name, visible, b"".join((*out, record(130)))))

    def content(self, kind: str, value: object) -> tuple[int, bytes]:
        if kind == "text":
            self.strings.append(str(value))
            return 7, struct.pack("<I", len(self.strings) - 1)
        if kind == "inline":
            return 6, wide(str(value))
        if kind == "number":
            return 5, struct.pack("<d", value)
        if kind == "whole":
            return 2, struct.pack("<I", (int(str(value)) << 2 & 0xFFFFFFFF) | 2)
        if kind == "hundredths":
            return 2, struct.pack("<I", (int(str(value)) << 2 & 0xFFFFFFFF) | 3)
        if kind == "bool":
            return 4, bytes([bool(value)])
        if kind == "error":
            return 3, bytes([ERRORS[str(value)]])
        assert kind == "formula"
        end = struct.pack("<HII", 0, 0, 0)
        if isinstance(value, str) and value in ERRORS:
            return 11, bytes([ERRORS[value]]) + end
        return (8, wide(value) + end) if isinstance(value, str) else (9, struct.pack("<d", value) + end)

    def parts(self) -> dict[str, bytes]:
        bundle = b"".join(
            record(156, struct.pack("<II", 0 if visible else 1, n) + wide(f"rId{n}") + wide(name))
            for n, (name, visible, _) in enumerate(self.sheets, 1)
        )
        properties = record(153, struct.pack("<III", int(self.date_1904), 0, 0))
        workbook = record(131) + properties + record(143) + bundle + record(144) + record(132)
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.bin" ContentType="application/vnd.ms-excel.worksheet"/>'
            for n in range(1, len(self.sheets) + 1)
        )
        related = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(self.sheets) + 1)]
        related += [("rIdS", "styles", "styles.bin"), ("rIdT", "sharedStrings", "sharedStrings.bin")]
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        return {
            "[Content_Types].xml": (
                f'<?xml version="1.0"?><Types xmlns="{types}"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Override PartName="/xl/workbook.bin" '
                'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
                '<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/>'
                f'<Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/>'
                f"{overrides}</Types>"
            ).encode(),
            "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": workbook,
            "xl/_rels/workbook.bin.rels": relationships(*related),
            "xl/styles.bin": self.styles(),
            "xl/sharedStrings.bin": record(159, struct.pack("<II", len(self.strings), len(self.strings)))
            + b"".join(record(19, b"\0" + wide(each)) for each in self.strings)
            + record(160),
            **{f"xl/worksheets/sheet{n}.bin": content for n, (_, _, content) in enumerate(self.sheets, 1)},
        }

    def styles(self) -> bytes:
        """Number formats: built-in ones by number, others by their code."""
        codes = {164 + n: code for n, code in enumerate(self.formats) if isinstance(code, str)}
        ids = [each if isinstance(each, int) else 164 + n for n, each in enumerate(self.formats)]
        formats = b"".join(record(44, struct.pack("<H", number) + wide(code)) for number, code in codes.items())
        styles = b"".join(record(47, struct.pack("<HHHHHBBHH", 0, each, 0, 0, 0, 0, 0, 0, 0)) for each in ids)
        listed = record(615, struct.pack("<I", len(codes))) + formats + record(616) if codes else b""
        listed += record(626, struct.pack("<I", 1)) + record(47, struct.pack("<HH12x", 0xFFFF, 10)) + record(627)
        return record(278) + listed + record(617, struct.pack("<I", len(ids))) + styles + record(618) + record(279)

    @property
    def data(self) -> bytes:
        return zipped(self.parts())
