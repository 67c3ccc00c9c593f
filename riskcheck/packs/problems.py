"""What is wrong with a pack, collected so that all of it is reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from riskcheck.errors import Diagnostic
from riskcheck.expr.source import SourceText
from riskcheck.expr.syntax import Span
from riskcheck.model.place import Location
from riskcheck.packs.packfiles import PackFile
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence

MOST_PROBLEMS = 100
"""After so many problems of its own a file is read no further."""


class TooManyProblemsError(Exception):
    """A file has so many problems that reading it ends."""


@dataclass
class FileProblems:
    """The problems of one file. Its lines are split only when a message or a condition needs them."""

    file: PackFile
    found: list[Diagnostic] = field(default_factory=list)

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of the file, without line ends."""
        return self.file.data.decode("utf-8-sig", "replace").splitlines()

    def place(self, node: YamlNode) -> Location:
        """Where a node begins."""
        return Location(self.file.name, line=node.line, column=node.column)

    def source(self, scalar: YamlScalar) -> SourceText:
        """The text of a scalar, which knows where each of its characters stands."""
        return SourceText(scalar.text, self.place(scalar), self.lines)

    def at(self, node: YamlNode, code: str, message: str, *hints: str) -> None:
        """Report a problem about a node, with its line and a caret under it: a whole scalar, else its first word."""
        if isinstance(node, YamlMapping) and node.entries:
            first = node.entries[0][0]
            node = first if (first.line, first.column) == (node.line, node.column) else node
        source = self.source(node) if isinstance(node, YamlScalar) and self._is_as_written(node) else self._mark(node)
        self.take((source.diagnostic(code, message, Span(0, len(source.text)), *hints),))

    def take(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add problems that were found in this file. Raises TooManyProblemsError, having said so."""
        self.found.extend(diagnostics)
        if len(self.found) >= MOST_PROBLEMS:
            message = f"here are the first {len(self.found)} problems of this file; mend them, then see what is left"
            self.found.append(Diagnostic("too-many-problems", message, Location(self.file.name)))
            raise TooManyProblemsError

    def _is_as_written(self, scalar: YamlScalar) -> bool:
        """Whether the text stands in the file as it is; quoted text may have escapes."""
        return scalar.plain or scalar.block or scalar.text in self.lines[scalar.line - 1]

    def _mark(self, node: YamlNode) -> SourceText:
        """The bracket, dash or quote that a node begins with."""
        mark = self.lines[node.line - 1][node.column - 1 : node.column]
        return SourceText(mark, self.place(node), self.lines)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics in the order of file, line and column."""

    def place(each: Diagnostic) -> tuple[str, int, int]:
        where = each.location
        return (where.file, where.line or 0, where.column or 0) if where else ("", 0, 0)

    return tuple(sorted(diagnostics, key=place))


def kind_of(node: YamlNode) -> str:
    """What a node is, in words."""
    if isinstance(node, YamlMapping):
        return "a mapping"
    if isinstance(node, YamlSequence):
        return "a list"
    return f'"{shorten(node.text)}"' if node.text.strip() else "nothing"


def shorten(text: str, width: int = 60) -> str:
    """A text as messages quote it: on one line, printable, and not long."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= width else text[: width - 1] + "…"
