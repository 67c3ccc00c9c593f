"""Matching the names of sheets, columns and keys: exactly, but for case, blanks and the like. Nothing is guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from riskcheck.celltext import clean
from riskcheck.facts.spelling import fold
from riskcheck.frozen import frozen
from riskcheck.model.schema import EnumWord, Field, Table

LONGEST_NAME = 120
"""No name of a schema is longer; a longer text is not looked at."""
_EDGE_MARKS = r"^[*\s]+|[:*#\s]+$"
_FINAL_NOTE = r"(?P<note>\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】)$"
_ENDS_NOTE = (")", "]", "】", "\n")
SHEET_NAME_LENGTH = 31
"""Excel cuts sheet names to so many characters."""


@frozen
class Match:
    """What a written name means; `note` is the bracket at its end that was left out to understand it."""

    name: str
    note: str = ""


class Names:
    """The names of some tables or fields, each with its spellings: canonical name, titles, aliases."""

    def __init__(self, spellings: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        self.spellings = spellings

    @cached_property
    def by_spelling(self) -> dict[str, str]:
        """The names by spelling as it is written: the quick way. What may mean two names is left to `by_folded`."""
        written = [spelling for name, spellings in self.spellings for spelling in (name, *spellings)]
        names = [name for name, spellings in self.spellings for _ in (name, *spellings)]
        folded = list(map(str.casefold, written))
        found = dict(zip(written, names, strict=True))
        if len(set(folded)) == len(meant := set(zip(folded, names, strict=True))):
            return found
        counts = Counter(spelling for spelling, _ in meant)
        return {spelling: name for spelling, name in found.items() if counts[spelling.casefold()] == 1}

    @cached_property
    def by_folded(self) -> dict[str, str]:
        """The names by folded spelling; a spelling of two names means neither, unless it is one of them."""
        found: dict[str, str] = {}
        ambiguous: set[str] = set()
        for name, spellings in self.spellings:
            for spelling in spellings:
                if found.setdefault(fold(spelling), name) != name:
                    ambiguous.add(fold(spelling))
        for folded in ambiguous:
            del found[folded]
        return found | {fold(name): name for name, _ in self.spellings}

    def match(self, written: str) -> Match | None:
        """What `written` means: as it stands, else without marks (`Owner *`), else without a note (`工期(天)`)."""
        if written in self.by_spelling:
            return Match(self.by_spelling[written])
        if len(written) > LONGEST_NAME:
            return None
        for text, note in shorter_forms(clean(written)):
            name = self.by_folded.get(fold(text))
            if name is not None:
                return Match(name, note)
        return None

    def nearest(self, written: str) -> str | None:
        """The spelling most like `written`, or None if none is near; a lower-case name for a lower-case text."""
        if len(written) > LONGEST_NAME:
            return None
        from riskcheck.errors import nearest

        known = (spelling for _, spellings in self.spellings for spelling in spellings)
        return nearest(clean(written), sorted(known, key=lambda spelling: spelling.islower() == written.islower()))


def table_names(tables: Iterable[Table]) -> Names:
    """The names of `tables`; a spelling counts as cut to the length of a sheet name, too."""
    return Names(tuple((each.name, tuple(_as_sheet_names(spellings_of(each)))) for each in tables))


def field_names(table: Table) -> Names:
    """The names of the fields of `table`, the derived ones among them."""
    return Names(tuple((each.name, spellings_of(each)) for each in table.fields))


def _as_sheet_names(spellings: tuple[str, ...]) -> Iterator[str]:
    for text in spellings:
        yield text
        if len(text) > SHEET_NAME_LENGTH:
            yield text[:SHEET_NAME_LENGTH]


def spellings_of(named: Table | Field | EnumWord) -> tuple[str, ...]:
    """All spellings of a table, a field or a word: canonical name, titles, aliases."""
    return (named.name, named.title.en, named.title.zh, *named.aliases)


def shorter_forms(text: str) -> Iterator[tuple[str, str]]:
    """`text` and what is left without the marks and brackets at its end, with the brackets left out."""
    note = ""
    while text:
        yield text, note
        bare = re.sub(_EDGE_MARKS, "", text)
        if bare == text and text.endswith(_ENDS_NOTE) and (match := re.search(_FINAL_NOTE, text)):
            bare, note = text[: match.start()].rstrip(), match["note"] + note
        if bare == text:
            return
        text = bare
