"""A file of a pack as YAML, or what keeps it from being that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from riskcheck.errors import Diagnostic
from riskcheck.packs.packfiles import PackFile
from riskcheck.packs.problems import FileProblems, TooManyProblemsError
from riskcheck.yamltree import YamlError, YamlNode, read_yaml

_CONDITION_LINE = re.compile(r"\s*(- )?(applies_when|rows|measure|pass_if|warn_if)\s*:")
_BLOCK_HINT = (
    "a condition goes best below its key, after a | sign: there, ! [ { quotes, colons and # mean nothing to YAML"
)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of a pack: its tree, None if it is no YAML, and what is wrong with it."""

    problems: FileProblems
    tree: YamlNode | None

    def read(self, reader: Callable[[YamlNode, FileProblems], _T]) -> _T | None:
        """What `reader` makes of the file; None if it is no YAML, or has too many problems to go on."""
        if self.tree is not None:
            with suppress(TooManyProblemsError):
                return reader(self.tree, self.problems)
        return None


def open_file(file: PackFile) -> OpenFile:
    """Read a file as YAML."""
    problems = FileProblems(file)
    try:
        return OpenFile(problems, read_yaml(file.data, file.name))
    except YamlError as error:
        with suppress(TooManyProblemsError):
            problems.take(_with_hint(error.diagnostics))
        return OpenFile(problems, None)


def _with_hint(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics; where a condition is what YAML stumbles on, a way to write it."""
    for each in diagnostics:
        stumbles = each.excerpt is not None and _CONDITION_LINE.match(each.excerpt)
        yield replace(each, hints=(*each.hints, _BLOCK_HINT)) if stumbles else each
