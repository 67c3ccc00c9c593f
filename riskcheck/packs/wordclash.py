"""One word must name one thing: a header, sheet name or cell that could mean two things would have to be guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from riskcheck.facts.cellwords import is_none, is_placeholder
from riskcheck.facts.spelling import clean, fold
from riskcheck.packs.problems import FileProblems
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence

Spelling = tuple[str, YamlNode]
"""A word that a file may use for a thing, and where the pack says so."""


@dataclass
class Spellings:
    """The words for the tables of a pack, the fields of a table or the words of an enum, each for one of them."""

    problems: FileProblems
    taken: dict[str, tuple[str, int]] = field(default_factory=dict)

    def add(self, owner: str, spelled: Iterable[Spelling]) -> None:
        """Take the words for `owner` (`table tasks`); report each that already means something else."""
        for word, node in spelled:
            first, line = self.taken.setdefault(fold(word), (owner, node.line))
            if first != owner:
                message = f'"{word}" means both {first} (line {line}) and {owner}'
                self.problems.at(node, "ambiguous-word", message, "take it from one of the two, or say it more fully")


def refuse_emptiness(problems: FileProblems, what: str, spelled: Iterable[Spelling]) -> None:
    """Report words that say in a cell that it is empty or yet to be filled."""
    for word, node in spelled:
        text = clean(word)
        if is_none(text) or is_placeholder(text):
            meaning = "that there is nothing" if is_none(text) else "that the answer is still owed"
            problems.at(node, "emptiness-word", f'{what}: "{word}" in a cell means {meaning}', "choose another word")


def spellings(place: YamlScalar, described: YamlNode) -> list[Spelling]:
    """All words for a thing: its name at `place`, its titles and its aliases."""
    found: list[Spelling] = [(place.text, place)]
    if not isinstance(described, YamlMapping):
        return found
    titles = described.get("title") or described
    aliases = described.get("aliases")
    nodes = (
        [node for key, node in titles.entries if key.text in ("en", "zh")] if isinstance(titles, YamlMapping) else []
    )
    nodes.extend(aliases.items if isinstance(aliases, YamlSequence) else ())
    found.extend((node.text, node) for node in nodes if isinstance(node, YamlScalar) and node.text.strip())
    return found
