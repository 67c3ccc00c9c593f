"""What an annotated copy remembers of the workbook that it was, so that it can become that workbook again.

It stands at the end of the findings sheet, in an extension, which programs that do not know it pass over: for each
changed part its SHA-256 and the splices that undo the changes, and the names of the parts that were added. As long as
all these parts are as they were written, the marks can be taken away exactly.
"""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.annotate.draft import Change
from riskcheck.annotate.splice import Splice
from riskcheck.annotate.tags import escaped
from riskcheck.errors import FactsError
from riskcheck.facts.partxml import PartReader
from riskcheck.model.place import Location

_SPACE = "urn:riskcheck:annotation:1"
_EXTENSION = "{B7C7D0F4-8E3B-4D0E-9A53-6C1D2E6F0A11}"
_BEGIN, _END = "<rc:record ", "</rc:record>"


def record_xml(changes: Sequence[Change]) -> str:
    """The extension of a worksheet that remembers `changes`."""
    parts = []
    for change in changes:
        head = f'<rc:part name="{escaped(change.part)}" sha256="{change.now}"'
        undo = "".join(
            f'<rc:undo at="{start}" length="{end - start}" was="{was.hex()}"/>' for start, end, was in change.undo or ()
        )
        parts.append(f'{head} new="1"/>' if change.undo is None else f"{head}>{undo}</rc:part>")
    record = f'{_BEGIN}xmlns:rc="{_SPACE}">{"".join(parts)}{_END}'
    return f'<extLst><ext uri="{_EXTENSION}">{record}</ext></extLst>'


def read_record(sheet: bytes, part: str, at: Location) -> tuple[Change, ...] | None:
    """What the findings sheet remembers; None if there is nothing, or nothing that makes sense."""
    start = sheet.rfind(_BEGIN.encode())
    end = sheet.find(_END.encode(), start)
    if start < 0 or end < 0:
        return None
    reader = _RecordReader(part, at, {_SPACE})
    try:
        reader.run(sheet[start : end + len(_END)])
        return reader.changes()
    except (FactsError, ValueError, KeyError):
        return None


class _RecordReader(PartReader):
    """Reads the extension."""

    def __init__(self, part: str, at: Location, namespaces: set[str]) -> None:
        super().__init__(part, at, namespaces)
        self._parts: list[tuple[str, str, list[Splice] | None]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "part":
            undone: list[Splice] | None = None if attributes.get("new") == "1" else []
            self._parts.append((attributes["name"], attributes["sha256"], undone))
        elif name == "undo":
            undone = self._parts[-1][2] if self._parts else None
            if undone is not None:
                start = int(attributes["at"])
                undone.append(Splice(start, start + int(attributes["length"]), bytes.fromhex(attributes["was"])))

    def changes(self) -> tuple[Change, ...]:
        """What was read."""
        return tuple(Change(part, now, None if undone is None else tuple(undone)) for part, now, undone in self._parts)
