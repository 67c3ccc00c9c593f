"""How words make sentences in English and in Chinese: lists, subjects, the names of rows, numbers with units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from riskcheck.frozen import frozen
from riskcheck.model.text import Language, Text
from riskcheck.sentences.claims import About, Joint, Lead
from riskcheck.sentences.phrases import AMONG, ROWS

_PLURALS: Final = ("criteria", "data", "media", "people", "personnel", "staff")
_NO_PLURAL: Final = ("is", "ss", "us")
"""How plurals look, and what only looks like one."""
_COUNTED_BY_GE: Final = ("工作日", "月")
"""Units that take 个 behind a number."""


@frozen
class RowsText:
    """Rows in words, for any place and for the end of a beginning; `filtered` if they are told by a condition."""

    inline: str
    last: str
    filtered: bool


class Grammar(Protocol):
    """What differs between the languages beyond words."""

    language: Language

    def of(self, owner: str, name: str) -> str:
        """A subject with its owner: `the project's “Amount”`."""

    def single(self, title: Text) -> str:
        """The owner of the fields of a one-row table."""

    def record(self, number: int) -> str:
        """The owner of the fields of a numbered row."""

    def rows(self, title: Text) -> str:
        """The rows of a table, as a noun."""

    def listing(self, texts: Sequence[str], joint: Joint) -> str:
        """`a, b and c`"""

    def neither(self, texts: Sequence[str]) -> str:
        """`neither a nor b`, as a complement."""

    def about(self, claim: About) -> str:
        """A statement: subjects and what is said of them."""

    def clauses(self, texts: Sequence[str], joint: Joint, tight: bool) -> str:
        """Statements joined; `tight` if none of them holds an and or an or of its own."""

    def bracketed(self, text: str) -> str:
        """A text in brackets."""

    def such(self, text: str, tight: bool) -> str:
        """A statement as it stands before a noun."""

    def quantified(self, words: Text, rows: RowsText, **slots: str) -> Lead:
        """The lead of a claim about each of the rows, some of them …; `words` have `{rows}` and the other slots."""

    def portion(self, amount: str, tolerance: str, rows: RowsText) -> Lead:
        """The lead of a claim about a number or part of the rows; `tolerance` comes with the amount."""

    def among(self, rows: RowsText) -> Lead:
        """The lead of claims about rows that are named once."""

    def rows_counted(self, number: str) -> str:
        """A number of rows."""

    def part(self, portion: str) -> str:
        """A part of the rows."""

    def days(self, number: int) -> str:
        """A number of days."""

    def unit(self, number: str, unit: str) -> str:
        """A number with its unit."""

    def ended(self, text: str) -> str:
        """A beginning that announces points."""

    def finished(self, text: str, more: bool) -> str:
        """A sentence; `more` if points follow."""


class English:
    """English: `“Owner” and “Due on” are both filled in`."""

    language: Language = "en"

    def of(self, owner: str, name: str) -> str:
        return f"{owner} {name}" if owner else name

    def single(self, title: Text) -> str:
        owner = _uncapitalised(title.en)
        return f"the {owner}'" if owner.endswith("s") else f"the {owner}'s"

    def record(self, number: int) -> str:
        return f"record {number}'s"

    def rows(self, title: Text) -> str:
        """The title where it is a plural: `the tasks`; else `the rows of “Team”`."""
        return f"the {_uncapitalised(title.en)}" if _is_plural(title.en) else f"the rows of “{title.en}”"

    def listing(self, texts: Sequence[str], joint: Joint) -> str:
        if len(texts) < 2:
            return "".join(texts)
        return f"{', '.join(texts[:-1])} {joint} {texts[-1]}"

    def neither(self, texts: Sequence[str]) -> str:
        if len(texts) == 2:
            return f"neither {texts[0]} nor {texts[1]}"
        return f"none of {self.listing(texts, 'and')}"

    def about(self, claim: About) -> str:
        said = self.listing([each.text for each in claim.said], claim.joint or "and")
        if claim.among is None:
            return f"{self.of(claim.owner, claim.subjects[0])} is {said}"
        pair = len(claim.subjects) == 2
        if claim.among == "and":
            named = self.of(claim.owner, self.listing(claim.subjects, "and"))
            return f"{named} are {'both' if pair else 'all'} {said}"
        if pair:
            return f"{self.of(claim.owner, self.listing(claim.subjects, 'or'))} is {said}"
        return f"at least one of {self.of(claim.owner, self.listing(claim.subjects, 'and'))} is {said}"

    def clauses(self, texts: Sequence[str], joint: Joint, tight: bool) -> str:
        if tight:
            return self.listing(texts, joint)
        return f"{', '.join(texts[:-1])}, {joint} {texts[-1]}"

    def bracketed(self, text: str) -> str:
        return f"({text})"

    def such(self, text: str, tight: bool) -> str:
        return text

    def quantified(self, words: Text, rows: RowsText, **slots: str) -> Lead:
        inline, last = (words.en.format(rows=each, **slots) for each in (rows.inline, rows.last))
        return Lead((f"({inline}, ", ")"), (f"{last}: " if rows.filtered else f"{last}, ", ""), (f"{last}, ", ":"))

    def portion(self, amount: str, tolerance: str, rows: RowsText) -> Lead:
        words = f"for {amount} {tolerance} of {{rows}}" if tolerance else f"for {amount} of {{rows}}"
        return self.quantified(Text(words, words), rows)

    def among(self, rows: RowsText) -> Lead:
        inline, last = (AMONG.en.format(rows=each) for each in (rows.inline, rows.last))
        return Lead((f"({inline}: ", ")"), (f"{last}: ", ""), (f"{last}, ", ":"))

    def rows_counted(self, number: str) -> str:
        return "one" if number == "1" else number

    def part(self, portion: str) -> str:
        return portion

    def days(self, number: int) -> str:
        return self.unit(str(number), "days")

    def unit(self, number: str, unit: str) -> str:
        one = number == "1" and unit.endswith("s")
        return f"{number} {unit[:-1] if one else unit}"

    def ended(self, text: str) -> str:
        return f"{text}:"

    def finished(self, text: str, more: bool) -> str:
        return text[:1].upper() + text[1:] + ("" if more else ".")


class Chinese:
    """Chinese: `“负责人”、“要求解决日期”均已填写`."""

    language: Language = "zh"

    def of(self, owner: str, name: str) -> str:
        return owner + name

    def single(self, title: Text) -> str:
        return f"{title.zh}的"

    def record(self, number: int) -> str:
        return f"记录{number}的"

    def rows(self, title: Text) -> str:
        return title.zh if title.zh.endswith("记录") else f"{title.zh}记录"

    def listing(self, texts: Sequence[str], joint: Joint) -> str:
        if len(texts) < 2:
            return "".join(texts)
        return f"{'、'.join(texts[:-1])}{'和' if joint == 'and' else '或'}{texts[-1]}"

    def neither(self, texts: Sequence[str]) -> str:
        if len(texts) == 2:
            return f"既不是{texts[0]}也不是{texts[1]}"
        return f"不是{'、'.join(texts)}中的任何一个"

    def about(self, claim: About) -> str:
        said = _together([each.text for each in claim.said], claim.joint or "and")
        if claim.among is None:
            return self.of(claim.owner, claim.subjects[0]) + said
        listed = self.of(claim.owner, "、".join(claim.subjects))
        if claim.among == "and":
            return f"{listed}均{said}"
        if len(claim.subjects) == 2:
            return self.of(claim.owner, "或".join(claim.subjects)) + said
        return f"{listed}中至少一项{said}"

    def clauses(self, texts: Sequence[str], joint: Joint, tight: bool) -> str:
        if tight:
            return _together(texts, joint)
        return f"{'，'.join(texts[:-1])}，{'且' if joint == 'and' else '或'}{texts[-1]}"

    def bracketed(self, text: str) -> str:
        return f"（{text}）"

    def such(self, text: str, tight: bool) -> str:
        return text if tight else f"满足（{text}）"

    def quantified(self, words: Text, rows: RowsText, **slots: str) -> Lead:
        inline, last = words.zh.format(rows=rows.inline, **slots), words.zh.format(rows=rows.last, **slots)
        if rows.filtered:
            last = AMONG.zh.format(rows=rows.last) + "，" + words.zh.format(rows=ROWS["them"].zh, **slots)
        return Lead((f"{inline}（", "）"), (f"{last}：", ""), (last, "："))

    def portion(self, amount: str, tolerance: str, rows: RowsText) -> Lead:
        closed = f"的{rows.inline}{amount}{tolerance}"
        before, last = "", closed
        if rows.filtered:
            before, last = AMONG.zh.format(rows=rows.last) + "，", f"的{ROWS['them'].zh}{amount}{tolerance}"
        return Lead(("", closed), (before, last), (f"{before}满足", f"{last}："), attributive=True)

    def among(self, rows: RowsText) -> Lead:
        inline, last = (AMONG.zh.format(rows=each) for each in (rows.inline, rows.last))
        return Lead((f"（{inline}，", "）"), (f"{last}，", ""), (f"{last}，须符合", "："))

    def rows_counted(self, number: str) -> str:
        return f"{number}条"

    def part(self, portion: str) -> str:
        return f"占比{portion}"

    def days(self, number: int) -> str:
        return f"{number}天"

    def unit(self, number: str, unit: str) -> str:
        return f"{number}个{unit}" if unit in _COUNTED_BY_GE else f"{number}{unit}"

    def ended(self, text: str) -> str:
        return f"{text}："

    def finished(self, text: str, more: bool) -> str:
        return text if more else f"{text}。"


def grammar_of(language: Language) -> Grammar:
    """The grammar of a language."""
    return Chinese() if language == "zh" else English()


def _uncapitalised(title: str) -> str:
    """A title within a sentence: `Acceptance criteria` becomes `acceptance criteria`, `SLA items` stays."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _is_plural(title: str) -> bool:
    """Whether a title names things in the plural, as far as its last word shows: `Tasks`, `KPIs`."""
    last = (title.split() or [""])[-1]
    if last.casefold() in _PLURALS:
        return True
    return last.endswith("s") and len(last) > 2 and (last[-2].isupper() or not last.casefold().endswith(_NO_PLURAL))


def _together(texts: Sequence[str], joint: Joint) -> str:
    """`甲、乙且丙`"""
    word = "且" if joint == "and" else "或"
    return word.join(("、".join(texts[:-1]), texts[-1])) if len(texts) > 1 else texts[0]
