"""Ids that must be unique in a pack, though its files are many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from riskcheck.model.place import Location
from riskcheck.packs.entry import Entry
from riskcheck.packs.vocabulary import is_id


@dataclass
class Ids:
    """The ids taken so far and where; `role` says of what (`item`, `rule`)."""

    role: str
    places: dict[str, Location] = field(default_factory=dict)

    def take(self, entry: Entry) -> str:
        """The id of an entry, `""` if it is none; reports one that is malformed or taken."""
        name = entry.text("id")
        if not name:
            return ""
        node = entry.values["id"]
        if not is_id(name):
            message = (
                f'{self.role} id "{name}": use letters, digits, dot, hyphen and underscore, a letter or digit first'
            )
            entry.problems.at(node, "wrong-value", message)
            return ""
        if name in self.places:
            message = f'{self.role} id "{name}" is taken: {self.places[name]} has it first'
            entry.problems.at(node, "duplicate-id", message)
        else:
            self.places[name] = entry.problems.place(node)
        return name

    def __contains__(self, name: str) -> bool:
        return name in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)
