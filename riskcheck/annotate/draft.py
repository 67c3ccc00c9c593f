"""A workbook package that is being changed: spliced parts, new parts, and all others as they are."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from riskcheck.annotate.archive import ArchiveWriter
from riskcheck.annotate.splice import Splice, in_order, spliced, undoing
from riskcheck.annotate.tags import Span, appended
from riskcheck.checksum import sha256_of
from riskcheck.facts.package import MAX_INFLATED, Package
from riskcheck.frozen import frozen
from riskcheck.model.text import Text

MAX_READ = 2 * MAX_INFLATED
"""Most bytes that the parts which are read may have together when unpacked: what facts are read from, and comments."""


@frozen
class Change:
    """What was done to one part: the SHA-256 of what it is now, and how it becomes what it was; None: it is new."""

    part: str
    now: str
    undo: tuple[Splice, ...] | None


class Draft(Package):
    """A package. Splices are collected; they refer to the parts as they are read, which is as of the last `settle`."""

    def __init__(self, data: bytes, file: str) -> None:
        super().__init__(data, file, MAX_READ)
        if sum(entry.packed for entry in self._entries.values()) > len(data):
            raise self.damaged(Text("its parts lie over each other", "其各部件在文件中相互重叠"))
        self._written = {name: entry.name.replace("\\", "/").lstrip("/") for name, entry in self._entries.items()}
        self._contents: dict[str, bytes] = {}
        self._new: set[str] = set()
        self._anew: set[str] = set()
        self._splices: dict[str, list[Splice]] = {}
        self._ends: dict[str, dict[int, tuple[Span, list[bytes]]]] = {}
        self.new_relations: dict[str, set[str]] = {}
        """By part the ids of the relationships that were added to it since the last `settle`."""

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._written)

    def read(self, name: str) -> bytes:
        """The content of part `name` without the splices since the last `settle`."""
        if name not in self._contents:
            self._contents[name] = super().read(name)
        return self._contents[name]

    def written_name(self, name: str) -> str:
        """The name of a part as the package spells it."""
        return self._written.get(name, name)

    def free_name(self, pattern: str) -> str:
        """The first name like `xl/comments{}.xml` with a number that no part has."""
        number = 1
        while pattern.format(number).lower() in self._written:
            number += 1
        return pattern.format(number)

    def splice(self, name: str, splices: Iterable[Splice]) -> None:
        """Change a part."""
        self._splices.setdefault(name, []).extend(splices)

    def append(self, name: str, element: Span, content: bytes) -> None:
        """Put `content` at the end of an element of a part, behind what was put there before."""
        self._ends.setdefault(name, {}).setdefault(element.start, (element, []))[1].append(content)

    def put(self, name: str, content: bytes) -> None:
        """Add a part, or write it anew whatever it was."""
        lower = name.lower()
        if lower in self._written:
            self._anew.add(lower)
        else:
            self._new.add(lower)
            self._written[lower] = name
        self._contents[lower] = content

    def drop(self, name: str) -> None:
        """Leave a part out."""
        self._written.pop(name, None)

    def settle(self) -> None:
        """From now on, read the parts as they have become."""
        changed = self._changed()
        self._contents |= {name: self._content(name) for name in changed}
        self._splices.clear()
        self._ends.clear()
        self.new_relations.clear()
        self._anew.update(changed)

    def changes(self) -> tuple[Change, ...]:
        """What was spliced since the last `settle`, and what is new, in the order of the names."""
        new = self._new & self._written.keys()
        added = [Change(name, sha256_of(self._content(name)), None) for name in new]
        changed = [self._change(name) for name in self._changed() - new]
        return tuple(sorted(added + changed, key=lambda change: change.part))

    def to_bytes(self) -> bytes:
        """The package: entries in their order, those that are as they were with the packed bytes that they had."""
        writer, changed = ArchiveWriter(), self._changed() | self._anew
        for (name, entry), about in zip(self._entries.items(), self._about_entries(), strict=True):
            if name not in self._written or name in self._new:
                continue
            if name in changed:
                writer.write(entry.name, self._content(name))
            else:
                writer.copy(about, self.packed(entry))
        for name in sorted(self._new & self._written.keys()):
            writer.write(self._written[name], self._content(name))
        return writer.finish()

    def _about_entries(self) -> list[ZipInfo]:
        """What the directory says of each entry, times and attributes, too."""
        with ZipFile(BytesIO(self._data)) as archive:
            return archive.infolist()

    def _changed(self) -> set[str]:
        return {name for name, made in self._splices.items() if made} | self._ends.keys()

    def _all_splices(self, name: str) -> list[Splice]:
        made = list(self._splices.get(name, ()))
        for element, contents in self._ends.get(name, {}).values():
            made.append(appended(self.read(name), element, b"".join(contents)))
        return in_order(made)

    def _content(self, name: str) -> bytes:
        return spliced(self.read(name), self._all_splices(name))

    def _change(self, name: str) -> Change:
        splices = self._all_splices(name)
        data = self.read(name)
        return Change(name, sha256_of(spliced(data, splices)), tuple(undoing(data, splices)))
