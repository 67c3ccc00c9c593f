"""A mapping of a pack file, read key by key.

What is wrong is reported, and a stand-in (`""`, 0, nothing) returned, so that reading goes on and every problem is
found. A pack with problems is never returned, so no stand-in is ever used.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from riskcheck.errors import did_you_mean
from riskcheck.model.text import Text
from riskcheck.packs.problems import FileProblems, kind_of, shorten
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_LONGEST_LIST = 12
"""How many allowed words a message lists."""


class Entry:
    """One mapping; `what` says in messages what it describes (`check PLN-RC-01.d`)."""

    __slots__ = ("node", "problems", "required", "values", "what")

    def __init__(
        self,
        problems: FileProblems,
        node: YamlNode,
        what: str,
        required: Collection[str],
        optional: Collection[str] = (),
    ) -> None:
        self.problems, self.node, self.what, self.required = problems, node, what, required
        self.values: dict[str, YamlNode] = {}
        if not isinstance(node, YamlMapping):
            keys = ", ".join((*required, *optional))
            problems.at(node, "wrong-type", f"{what} must be a mapping with the keys {keys}, not {kind_of(node)}")
            return
        for key, value in node.entries:
            if key.text in required or key.text in optional:
                self.values[key.text] = value
            else:
                self._unknown_key(key, (*required, *optional))
        lacking = [f'"{name}"' for name in required if name not in self.values]
        if lacking:
            problems.at(node, "missing-key", f"{what} has no {', no '.join(lacking)}")

    def _unknown_key(self, key: YamlScalar, allowed: tuple[str, ...]) -> None:
        left = [each for each in allowed if self.node.get(each) is None] if isinstance(self.node, YamlMapping) else []
        message = f'unknown key "{shorten(key.text)}" in {self.what}{did_you_mean(key.text, left or allowed)}'
        self.problems.at(key, "unknown-key", message, f"allowed here: {', '.join(allowed)}")

    def report(self, key: str, code: str, message: str, *hints: str) -> None:
        """Report a problem with the value of `key`, or with the whole if it has none."""
        self.problems.at(self.values.get(key, self.node), code, f"{self.what}: {message}", *hints)

    # ------------------------------------------------------------ texts and words

    def text(self, key: str) -> str:
        """A text that says something, without blanks around it; `""` if the key is absent."""
        node = self.values.get(key)
        return "" if node is None else self._text(node, key)

    def _text(self, node: YamlNode, key: str) -> str:
        """The text of a scalar on one line."""
        if not isinstance(node, YamlScalar) or node.is_nothing or not node.text.strip():
            self.problems.at(node, "wrong-type", f'{self.what}: "{key}" must be a text, not {kind_of(node)}')
            return ""
        return " ".join(node.text.split())

    def titles(self, key: str) -> Text:
        """A text in both languages."""
        node = self.values.get(key)
        return Text("", "") if node is None else bilingual(self.problems, node, f"{key} of {self.what}")

    def titles_or_none(self, key: str) -> Text | None:
        """A text in both languages, if it is there."""
        return self.titles(key) if key in self.values else None

    def remark(self, key: str) -> Text:
        """A text in both languages, or one text that then stands in both."""
        if isinstance(self.values.get(key), YamlMapping | YamlSequence):
            return self.titles(key)
        text = self.text(key)
        return Text(text, text)

    def word(self, key: str, allowed: Collection[str] | None, role: str) -> str:
        """One of the allowed words (any, if they are not known); `role` says what they are."""
        text = self.text(key)
        return text if text and self.check_word(self.values[key], text, allowed, role) else ""

    def word_or_none(self, key: str, allowed: Collection[str] | None, role: str) -> str | None:
        """The same; None if the key is absent."""
        return self.word(key, allowed, role) if key in self.values else None

    def check_word(self, node: YamlNode, word: str, allowed: Collection[str] | None, role: str) -> bool:
        """Whether `word` is allowed; reports it if not."""
        if allowed is None or word in allowed:
            return True
        message = f'{self.what}: unknown {role} "{shorten(word)}"{did_you_mean(word, allowed)}'
        self.problems.at(node, f"unknown-{role.replace(' ', '-')}", message, listed(allowed, role))
        return False

    def words(self, key: str, allowed: Collection[str] | None = None, role: str = "") -> tuple[str, ...]:
        """A list of different words, each allowed; none if the key is absent."""
        return tuple(self.word_places(key, allowed, role))

    def word_places(self, key: str, allowed: Collection[str] | None = None, role: str = "") -> dict[str, YamlNode]:
        """The same with the place of each."""
        found: dict[str, YamlNode] = {}
        for node in self.items(key):
            word = self._text(node, f"{key} entry")
            if word in found:
                first = found[word].line
                message = f'{self.what}: "{shorten(word)}" stands twice in "{key}" (first in line {first})'
                self.problems.at(node, "duplicate-word", message)
            elif word and self.check_word(node, word, allowed, role):
                found[word] = node
        return found

    # ------------------------------------------------------------ numbers and flags

    def whole(self, key: str, low: int, high: int, absent: int = 0) -> int:
        """A whole number from low to high."""
        node = self.values.get(key)
        if node is None:
            return absent
        if isinstance(node, YamlScalar) and node.plain and _WHOLE.fullmatch(node.text):
            number = int(node.text)
            if low <= number <= high:
                return number
        allowed = f"a whole number from {low} to {high}" if low < high else f"{low}"
        self.report(key, "wrong-value", f'"{key}" must be {allowed}, not {kind_of(node)}')
        return low

    def flag(self, key: str) -> bool:
        """`true` or `false`; false if the key is absent."""
        node = self.values.get(key)
        if node is None or (isinstance(node, YamlScalar) and node.plain and node.text in ("true", "false")):
            return node is not None and isinstance(node, YamlScalar) and node.text == "true"
        self.report(key, "wrong-value", f'"{key}" must be true or false, not {kind_of(node)}')
        return False

    # ------------------------------------------------------------ structure

    def items(self, key: str) -> tuple[YamlNode, ...]:
        """The items of a list; none if the key is absent."""
        node = self.values.get(key)
        if node is None:
            return ()
        if isinstance(node, YamlSequence):
            if not node.items:
                cure = "fill it" if key in self.required else "fill it, or leave the key out"
                self.report(key, "empty", f'"{key}" is empty', cure)
            return node.items
        self.report(key, "wrong-type", f'"{key}" must be a list, not {kind_of(node)}')
        return ()

    def named(self, key: str, role: str) -> Iterator[tuple[str, YamlScalar, YamlNode]]:
        """The entries of a mapping from names to descriptions: name, its node, the description."""
        node = self.values.get(key)
        if node is None:
            return
        if not isinstance(node, YamlMapping):
            self.report(key, "wrong-type", f'"{key}" must be a mapping from names to descriptions, not {kind_of(node)}')
            return
        if not node.entries:
            self.report(key, "empty", f'"{key}" names no {role}')
        for name, value in node.entries:
            yield name.text, name, value


def bilingual(problems: FileProblems, node: YamlNode, what: str) -> Text:
    """A text in both languages, from `{en: …, zh: …}`."""
    if isinstance(node, YamlMapping) and len(node.entries) == 2:
        texts = {key.text: _one_line(value) for key, value in node.entries}
        en, zh = texts.get("en"), texts.get("zh")
        if en and zh:
            return Text(en, zh)
    entry = Entry(problems, node, what, ("en", "zh"))
    return Text(entry.text("en"), entry.text("zh"))


def _one_line(node: YamlNode) -> str:
    """The text of a scalar on one line, `""` if it is none."""
    return " ".join(node.text.split()) if isinstance(node, YamlScalar) and not node.is_nothing else ""


def listed(allowed: Collection[str], role: str) -> str:
    """The allowed words as a hint, in the order in which the pack has them; not more than a dozen."""
    if not allowed:
        return f"the pack has no {role}"
    shown = list(allowed)[:_LONGEST_LIST]
    more = f", and {len(allowed) - len(shown)} more" if len(allowed) > len(shown) else ""
    return f"allowed: {', '.join(shown)}{more}"
