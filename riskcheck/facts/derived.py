"""Derived fields: counts of vague words in the texts of a row, by the pack's word lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from types import MappingProxyType

from riskcheck.celltext import clean
from riskcheck.frozen import replace
from riskcheck.model.factset import MISSING, Cell, FactTable
from riskcheck.model.schema import VagueTerms

_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def compute_derived(facts: FactTable) -> FactTable:
    """`facts` with its derived fields filled in.

    A count is missing if one of its texts is: the missing text may hold any number of vague words. A text known to
    be empty holds none.
    """
    columns = dict(facts.columns)
    for field in facts.table.fields:
        if field.derived is not None:
            count = term_counter(field.derived)
            texts = zip(*(columns[name] for name in field.derived.fields), strict=True)
            columns[field.name] = tuple(_count_in_row(row, count) for row in texts)
    return replace(facts, columns=MappingProxyType(columns))


def _count_in_row(texts: tuple[Cell, ...], count: Callable[[str], int]) -> Cell:
    if MISSING in texts:
        return MISSING
    return sum(count(text) for text in texts if isinstance(text, str))


def term_counter(terms: VagueTerms) -> Callable[[str], int]:
    """The function that counts how often a cleaned text uses a term of `terms`.

    Where terms overlap, the longest of those that begin first counts.
    """
    known: dict[str, int] = {}

    def count(text: str) -> int:
        number = known.get(text)
        if number is None:
            number = known[text] = english(text) + chinese(text)
        return number

    english, chinese = _english_counter(terms), _chinese_counter(terms)
    return count


def _english_counter(terms: VagueTerms) -> Callable[[str], int]:
    @cache
    def words() -> re.Pattern[str] | None:
        """Made when the first text needs it: a pattern of many words takes long to compile."""
        english = _any_of(terms.words_en)
        return re.compile(rf"(?<!\w)(?:{english})(?!\w)", re.ASCII | re.IGNORECASE) if english else None

    lettered = not any(_LETTERS.isdisjoint(word) for word in terms.words_en)

    def count(text: str) -> int:
        if lettered and _LETTERS.isdisjoint(text):
            return 0
        pattern = words()
        return sum(1 for _ in pattern.finditer(text)) if pattern else 0

    return count


def _chinese_counter(terms: VagueTerms) -> Callable[[str], int]:
    @cache
    def patterns() -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        words, exceptions = _any_of(terms.words_zh), _any_of(terms.exceptions_zh)
        return re.compile(words) if words else None, re.compile(f"(?=({exceptions}))") if exceptions else None

    beginnings = _beginnings(terms.words_zh)
    beyond_ascii = not any(map(str.isascii, beginnings))

    def count(text: str) -> int:
        if (beyond_ascii and text.isascii()) or not any(each in text for each in beginnings):
            return 0
        words, inside = patterns()
        return _count_outside(words.finditer(text), inside.finditer(text) if inside else ()) if words else 0

    return count


def _beginnings(words: Iterable[str]) -> frozenset[str]:
    """The words up to their first blank: a text without any of these has none of the words."""
    return frozenset(cleaned.split()[0] for word in words if (cleaned := clean(word)))


def _count_outside(words: Iterable[re.Match[str]], exceptions: Iterable[re.Match[str]]) -> int:
    """How many of `words` lie within none of `exceptions`; both come in the order of the text."""
    spans = [match.span(1) for match in exceptions]
    number = passed = furthest = 0
    for word in words:
        while passed < len(spans) and spans[passed][0] <= word.start():
            furthest = max(furthest, spans[passed][1])
            passed += 1
        number += furthest < word.end()
    return number


def _any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of `words`; a blank in a word stands for any white space."""
    cleaned = sorted({clean(word) for word in words} - {""}, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in cleaned)
