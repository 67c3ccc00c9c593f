"""What is wrong with a mapping file, collected so that all of it is reported at once."""

from __future__ import annotations

from functools import cached_property

from riskcheck.errors import Diagnostic, Message
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, excerpt_of, shorten

MOST_PROBLEMS = 100
"""After so many problems a file is read no further."""


class TooManyProblemsError(Exception):
    """A file has so many problems that reading it ends."""


class MappingProblems:
    """The problems of one mapping file, each with its line and a caret."""

    def __init__(self, file: str, data: bytes) -> None:
        self.file, self.data = file, data
        self.found: list[Diagnostic] = []

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.data.decode("utf-8-sig", "replace").splitlines()

    def place(self, node: YamlNode) -> Location:
        """Where a node begins."""
        return Location(self.file, line=node.line, column=node.column)

    def at(self, node: YamlNode, code: str, message: Text, *hints: Message) -> None:
        """Report a problem about a node. Raises TooManyProblemsError, having said so."""
        line = self.lines[node.line - 1] if node.line <= len(self.lines) else ""
        excerpt, caret = excerpt_of(line, node.column - 1)
        if isinstance(node, YamlScalar) and node.plain and excerpt[caret[0] :].startswith(node.text):
            caret = (caret[0], max(1, len(node.text)))
        self.take(Diagnostic(code, message, self.place(node), tuple(hints), excerpt, caret))

    def take(self, diagnostic: Diagnostic) -> None:
        """Add a problem. Raises TooManyProblemsError after very many, having said so."""
        self.found.append(diagnostic)
        if len(self.found) >= MOST_PROBLEMS:
            text = Text(
                f"here are the first {MOST_PROBLEMS} problems of this file; mend them, then see what is left",
                f"以上是该文件的前 {MOST_PROBLEMS} 个问题；请先修正，再查看其余问题",
            )
            self.found.append(Diagnostic("too-many-problems", text, Location(self.file)))
            raise TooManyProblemsError


def kind_of(node: YamlNode) -> Text:
    """What a node is, in words."""
    if isinstance(node, YamlScalar):
        shown = shorten(node.text)
        return Text("nothing", "空值") if node.is_nothing or not node.text.strip() else Text(f'"{shown}"', f"“{shown}”")
    return Text("a mapping", "映射") if isinstance(node, YamlMapping) else Text("a list", "列表")
