"""A file of a pack as YAML, or what keeps it from being that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from riskcheck.errors import Diagnostic
from riskcheck.frozen import frozen, replace
from riskcheck.packs.packfiles import PackFile
from riskcheck.packs.problems import FileProblems, TooManyProblemsError
from riskcheck.yamltree import YamlError, YamlNode, YamlScalar, YamlSequence, read_yaml

_CONDITION_LINE = re.compile(r"\s*(- )?(applies_when|rows|measure|pass_if|warn_if)\s*:")
_BLOCK_HINT = (
    "a condition goes best below its key, after a | sign: there, ! [ { quotes, colons and # mean nothing to YAML"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that make a terminal or a reader show something else than what is written."""
_MAY_HOLD_CONTROL = re.compile(rb"\\|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]")
"""An escape, or such a character itself; YAML admits the others by escapes only."""
_T = TypeVar("_T")


@frozen
class OpenFile:
    """A file of a pack: its tree, None if it is no sound YAML, and what is wrong with it."""

    problems: FileProblems
    tree: YamlNode | None

    def read(self, reader: Callable[[YamlNode, FileProblems], _T]) -> _T | None:
        """What `reader` makes of the file; None if it is no sound YAML, or has too many problems to go on."""
        if self.tree is not None:
            with suppress(TooManyProblemsError):
                return reader(self.tree, self.problems)
        return None


def open_file(file: PackFile) -> OpenFile:
    """Read a file as YAML."""
    problems = FileProblems(file)
    tree = None
    with suppress(TooManyProblemsError):
        try:
            tree = read_yaml(file.data, file.name)
        except YamlError as error:
            problems.take(_with_hint(error.diagnostics))
        if tree is not None and _MAY_HOLD_CONTROL.search(file.data):
            _refuse_controls(tree, problems)
    return OpenFile(problems, None if problems.found else tree)


def _refuse_controls(node: YamlNode, problems: FileProblems) -> None:
    if isinstance(node, YamlScalar):
        control = _CONTROL.search(node.text)
        if control:
            message = f"the text holds the control character U+{ord(control.group()):04X}"
            problems.at(node, "control-character", message, "take it out")
        return
    for part in node.items if isinstance(node, YamlSequence) else (part for entry in node.entries for part in entry):
        _refuse_controls(part, problems)


def _with_hint(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics; where a condition is what YAML stumbles on, a way to write it."""
    for each in diagnostics:
        stumbles = each.excerpt is not None and _CONDITION_LINE.match(each.excerpt)
        yield replace(each, hints=(*each.hints, _BLOCK_HINT)) if stumbles else each
