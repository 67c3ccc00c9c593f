"""YAML as a tree of places and text: scalars stay as written, nothing is typed, nothing is constructed.

Both packs and facts are read through this door, so that `1.10`, `no`, `010` and `12:30` mean what the schema says,
every node knows its line and column, and no tag can make an object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from riskcheck.errors import Diagnostic
from riskcheck.model.place import Location

MAX_BYTES = 64 * 2**20
"""Largest YAML file that is read."""
MAX_DEPTH = 40
"""Deepest nesting that is read; a pack needs about ten."""


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """A scalar as written, without quotes; `plain` tells that there were none. `line`, `column` from 1."""

    text: str
    line: int
    column: int
    plain: bool
    block: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is written: an empty plain scalar, `~` or `null`."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class YamlMapping:
    """A mapping; keys are scalars and each occurs once."""

    entries: tuple[tuple[YamlScalar, YamlNode], ...]
    line: int
    column: int

    def get(self, key: str) -> YamlNode | None:
        """The value of `key`, or None."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None


@dataclass(frozen=True, slots=True)
class YamlSequence:
    """A sequence."""

    items: tuple[YamlNode, ...]
    line: int
    column: int

    def __iter__(self) -> Iterator[YamlNode]:
        return iter(self.items)


YamlNode = YamlScalar | YamlMapping | YamlSequence


class YamlProblems(Exception):
    """The text is no YAML that is read here; `diagnostics` say why, all of them."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        super().__init__("; ".join(each.message for each in diagnostics))


def read_yaml(data: bytes, file: str) -> YamlNode:
    """The one document in `data`; `file` is the name used in places. Raises YamlProblems."""
    return _Reader(data, file).read()


class _Reader:
    def __init__(self, data: bytes, file: str) -> None:
        self.data, self.file = data, file
        self.problems: list[Diagnostic] = []
        self.lines: list[str] | None = None
        self.seen: set[int] = set()

    def read(self) -> YamlNode:
        if len(self.data) > MAX_BYTES:
            self.fail("file-too-large", f"the file has more than {MAX_BYTES // 2**20} MiB; split it")
        try:
            text = self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            self.fail("not-utf-8", "the file is not UTF-8 text; save it as UTF-8", line)
        self.refuse_deep_nesting(text)
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            node = yaml.compose(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            message = " ".join(part for part in (error.context, error.problem) if part)
            if "\\t" in message or "'\t'" in message:
                message += "; indent with spaces, not tabs"
            self.fail("yaml-syntax", message, *((mark.line + 1, mark.column + 1) if mark else ()))
        except yaml.YAMLError as error:
            self.fail("yaml-syntax", " ".join(str(error).split()))
        if node is None:
            self.fail("yaml-empty", "the file holds nothing")
        tree = self.convert(node, 0)
        if self.problems:
            raise YamlProblems(tuple(self.problems))
        return tree

    def refuse_deep_nesting(self, text: str) -> None:
        """Refuse what would nest too deeply before the composer recurses into it."""
        if re.search(r"(?:[\[{]\s*){%d}" % MAX_DEPTH, text) or re.search(r"(?:- ){%d}" % MAX_DEPTH, text):
            self.fail("yaml-too-deep", f"nested deeper than {MAX_DEPTH} levels")

    def convert(self, node: Any, depth: int) -> YamlNode:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        if depth > MAX_DEPTH:
            self.fail("yaml-too-deep", f"nested deeper than {MAX_DEPTH} levels", line, column)
        if id(node) in self.seen:
            self.fail("yaml-alias", "aliases (*name) are not read here; write the value out", line, column)
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            self.refuse_tag(node)
            return YamlScalar(node.value, line, column, node.style is None, node.style in ("|", ">"))
        if isinstance(node, yaml.SequenceNode):
            self.refuse_tag(node)
            return YamlSequence(tuple(self.convert(item, depth + 1) for item in node.value), line, column)
        self.refuse_tag(node)
        return self.convert_mapping(node, depth)

    def convert_mapping(self, node: Any, depth: int) -> YamlMapping:
        entries: list[tuple[YamlScalar, YamlNode]] = []
        first: dict[str, YamlScalar] = {}
        for key_node, value_node in node.value:
            key = self.convert(key_node, depth + 1)
            if not isinstance(key, YamlScalar):
                self.problem("yaml-key", "a key must be one word", key.line, key.column)
                continue
            if key.text in first:
                where = first[key.text].line
                self.problem(
                    "yaml-duplicate-key",
                    f'key "{key.text}" stands here again (first in line {where})',
                    key.line,
                    key.column,
                )
                continue
            first[key.text] = key
            entries.append((key, self.convert(value_node, depth + 1)))
        return YamlMapping(tuple(entries), node.start_mark.line + 1, node.start_mark.column + 1)

    def refuse_tag(self, node: Any) -> None:
        """Refuse every tag that a file wrote itself; those that YAML resolves by default are not looked at."""
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.startswith("tag:yaml.org,2002:python"):
            shown = node.tag.replace("tag:yaml.org,2002:", "!!")
            mark = node.start_mark
            self.problem(
                "yaml-tag", f"tags ({shown}) are not read here; remove the tag", mark.line + 1, mark.column + 1
            )

    def problem(self, code: str, message: str, line: int | None = None, column: int | None = None) -> None:
        excerpt = None
        if line is not None and code != "not-utf-8":
            if self.lines is None:
                self.lines = self.data.decode("utf-8-sig", "replace").splitlines()
            excerpt = self.lines[line - 1] if line <= len(self.lines) else None
        caret = (column - 1, 1) if excerpt is not None and column is not None else None
        self.problems.append(
            Diagnostic(code, message, Location(self.file, line=line, column=column), excerpt=excerpt, caret=caret)
        )

    def fail(self, code: str, message: str, line: int | None = None, column: int | None = None) -> Any:
        self.problem(code, message, line, column)
        raise YamlProblems(tuple(self.problems))
