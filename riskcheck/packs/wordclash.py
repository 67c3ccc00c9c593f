"""One word must name one thing: a header, sheet name or cell that could mean two things would have to be guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from riskcheck.celltext import clean, is_none
from riskcheck.facts.cellwords import is_placeholder
from riskcheck.facts.names import LONGEST_NAME, SHEET_NAME_LENGTH
from riskcheck.facts.spelling import fold
from riskcheck.facts.tablestatus import ALL, STATUS, status_table
from riskcheck.model.schema import Schema
from riskcheck.packs.problems import FileProblems, shorten
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence

Spelling = tuple[str, YamlNode]
"""A word that a file may use for a thing, and where the pack says so."""


@dataclass
class Spellings:
    """The words for the tables of a pack, the fields of a table or the words of an enum, each for one of them.

    `taken` maps folded words to what they mean, and to that as messages say it.
    """

    problems: FileProblems
    taken: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, owner: str, spelled: Iterable[Spelling], *, sheet: bool = False) -> None:
        """Take the words for `owner` (`table tasks`), which may name a sheet; report each that means something else."""
        for word, node in spelled:
            if len(word) > LONGEST_NAME:
                message = f'"{shorten(word)}" for {owner} is longer than {LONGEST_NAME} characters'
                self.problems.at(node, "word-too-long", message, "shorten it")
            self._take(owner, word, node, f'"{word}"')
            if sheet and len(word) > SHEET_NAME_LENGTH:
                cut = word[:SHEET_NAME_LENGTH]
                self._take(owner, cut, node, f'"{cut}", to which Excel cuts the name of a sheet,')

    def _take(self, owner: str, word: str, node: YamlNode, shown: str) -> None:
        first, told = self.taken.setdefault(fold(word), (owner, f"{owner} (line {node.line})"))
        if first != owner:
            cure = "take it from one of the two, or say it more fully"
            self.problems.at(node, "ambiguous-word", f"{shown} means both {told} and {owner}", cure)


def table_spellings(problems: FileProblems) -> Spellings:
    """For the words of tables: those for all tables, and for the table that declares tables complete, are taken."""
    status = status_table(Schema(()))
    words = (status.name, status.title.en, status.title.zh, *status.aliases)
    taken = dict.fromkeys(map(fold, words), (STATUS, f"{STATUS}, where tables are declared complete,"))
    taken |= dict.fromkeys(("all", ALL), (ALL, "all tables"))
    return Spellings(problems, taken)


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
