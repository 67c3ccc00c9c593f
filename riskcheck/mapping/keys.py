"""A YAML mapping of a mapping file, read key by key.

What is wrong is reported, and None returned, so that reading goes on and every problem is found. A file with problems
is never used.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from enum import Enum
from typing import TypeVar

from riskcheck.errors import guess, nearest
from riskcheck.mapping.problems import MappingProblems, kind_of
from riskcheck.model.place import column_number_of
from riskcheck.model.text import Text
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence, shorten

_YES, _NO = ("true", "yes", "是"), ("false", "no", "否")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST = 500
_Word = TypeVar("_Word", bound=Enum)


class Keys:
    """One YAML mapping with the keys `allowed`; `what` says in messages what it describes."""

    __slots__ = ("node", "problems", "values", "what")

    def __init__(self, problems: MappingProblems, node: YamlNode, what: Text, allowed: Collection[str]) -> None:
        self.problems, self.node, self.what = problems, node, what
        self.values: dict[str, YamlNode] = {}
        listed = ", ".join(allowed)
        if not isinstance(node, YamlMapping):
            found = kind_of(node)
            message = Text(
                f"{what.en} must be a mapping with some of the keys {listed}, not {found.en}",
                f"{what.zh}应为映射（可用的键：{listed}），而不是{found.zh}",
            )
            problems.at(node, "wrong-type", message)
            return
        for key, value in node.entries:
            if key.text in allowed:
                self.values[key.text] = value
                continue
            name, meant = shorten(key.text), guess(nearest(key.text, allowed))
            message = Text(f'unknown key "{name}" in {what.en}{meant.en}', f"{what.zh}中有未知的键“{name}”{meant.zh}")
            problems.at(key, "unknown-key", message, Text(f"allowed here: {listed}", f"此处可用：{listed}"))

    def report(self, key: str, code: str, message: Text, *hints: Text) -> None:
        """Report a problem with the value of `key`, or with the whole if it has none."""
        text = Text(f"{self.what.en}: {message.en}", f"{self.what.zh}：{message.zh}")
        self.problems.at(self.values.get(key, self.node), code, text, *hints)

    def needs(self, key: str) -> bool:
        """Whether `key` is there; reports it if not."""
        if key in self.values:
            return True
        if isinstance(self.node, YamlMapping):
            self.report(key, "missing-key", Text(f'the key "{key}" is missing', f"缺少键“{key}”"))
        return False

    def text(self, key: str) -> str | None:
        """A text that says something, on one line; None if the key is absent or has none."""
        node = self.values.get(key)
        return (
            None
            if node is None
            else text_of(self.problems, node, Text(f'{self.what.en}: "{key}"', f"{self.what.zh}：“{key}”"))
        )

    def flag(self, key: str) -> bool:
        """True or false; false if the key is absent."""
        text = self.text(key)
        if text is None or text.casefold() in (*_YES, *_NO):
            return text is not None and text.casefold() in _YES
        self.report(key, "wrong-type", Text(f'"{key}" is true or false', f"“{key}”应为 true 或 false"))
        return False

    def day(self, key: str) -> date | None:
        """A day, written as 2026-03-31."""
        text = self.text(key)
        if text is None:
            return None
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        said = shorten(text)
        message = Text(f'"{said}" is not a day; write it as 2026-03-31', f"“{said}”不是日期；请写成 2026-03-31 的形式")
        self.report(key, "wrong-type", message)
        return None

    def word(self, key: str, words: type[_Word]) -> _Word | None:
        """One of the values of `words`."""
        text = self.text(key)
        if text is None:
            return None
        by_value = {each.value: each for each in words}
        found = by_value.get(text.casefold())
        if found is None:
            meant, listed = guess(nearest(text, by_value)), ", ".join(by_value)
            message = Text(
                f'"{key}" cannot be "{shorten(text)}"{meant.en}', f"“{key}”不能为“{shorten(text)}”{meant.zh}"
            )
            self.report(key, "unknown-word", message, Text(f"allowed: {listed}", f"可用：{listed}"))
        return found

    def items(self, key: str) -> tuple[YamlNode, ...]:
        """The items of a list; none if the key is absent."""
        node = self.values.get(key)
        if node is None or (isinstance(node, YamlScalar) and node.is_nothing):
            return ()
        if isinstance(node, YamlSequence):
            return node.items
        found = kind_of(node)
        self.report(key, "wrong-type", Text(f'"{key}" is a list, not {found.en}', f"“{key}”应为列表，而不是{found.zh}"))
        return ()

    def entries(self, key: str) -> Iterator[tuple[YamlScalar, YamlNode]]:
        """The keys and values of a mapping; none if the key is absent."""
        node = self.values.get(key)
        if node is None or (isinstance(node, YamlScalar) and node.is_nothing):
            return
        if isinstance(node, YamlMapping):
            yield from node.entries
            return
        found = kind_of(node)
        message = Text(f'"{key}" is a mapping, not {found.en}', f"“{key}”应为映射，而不是{found.zh}")
        self.report(key, "wrong-type", message)

    # ------------------------------------------------------------ rows and columns, counted from 0

    def span(self, key: str, *, columns: bool, open_end: bool = False) -> tuple[int, int | None] | None:
        """The first and last of some rows (`3`, `3-4`, `5-`) or columns (`A`, `C-H`); the last is None for `5-`."""
        text = self.text(key)
        if text is None:
            return None
        first, dash, last = (part.strip() for part in text.replace("–", "-").partition("-"))
        number = column_number_of if columns else row_number_of
        low = number(first)
        high = (None if open_end and not last else number(last)) if dash else low
        wrong = low is None or (high is None and not (dash and open_end and not last))
        if wrong or (low is not None and high is not None and high < low):
            example = ("C", "C-H") if columns else ("3", "3-4")
            what = Text("column letters", "列标") if columns else Text("row numbers", "行号")
            message = Text(
                f'"{key}" holds {what.en}, such as {example[0]} or {example[1]}, not "{shorten(text)}"',
                f"“{key}”应为{what.zh}，如 {example[0]} 或 {example[1]}，而不是“{shorten(text)}”",
            )
            self.report(key, "wrong-type", message)
            return None
        return (low or 0, high)


def text_of(problems: MappingProblems, node: YamlNode, what: Text) -> str | None:
    """The text of a scalar on one line; None, and a problem, if it has none."""
    if isinstance(node, YamlScalar) and not node.is_nothing and node.text.strip():
        if len(node.text) <= _LONGEST:
            return " ".join(node.text.split())
        message = Text(f"{what.en} is longer than {_LONGEST} characters", f"{what.zh}超过 {_LONGEST} 个字符")
        problems.at(node, "text-too-long", message)
        return None
    found = kind_of(node)
    problems.at(
        node, "wrong-type", Text(f"{what.en} must be a text, not {found.en}", f"{what.zh}应为文本，而不是{found.zh}")
    )
    return None


def row_number_of(text: str) -> int | None:
    """The row (from 0) that a number from 1 means; None if it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= 7) or int(text) < 1:
        return None
    return int(text) - 1
