"""Python text as it is written: lines, blocks, and names for what was computed.

Only names made here, and spelled whole numbers, ever stand in the text; texts and nodes of rules are constants that are
handed over beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_MOST_BLOCKS = 16
"""Python nests at most twenty loops and conditions."""


class TooDeep(Exception):  # noqa: N818 - a signal: the part is left to the reference evaluator
    """A condition nests more blocks than Python takes."""


class Writer:
    """The lines of one function, and the constants that they name."""

    def __init__(self, constants: dict[str, Any]) -> None:
        self.constants = constants
        self.lines: list[str] = []
        self.prelude: list[str] = []
        self.depth = 1
        self._names = 0

    def name(self) -> str:
        """A name that stands nowhere yet."""
        self._names += 1
        return f"t{self._names}"

    def write(self, text: str) -> None:
        """Write a line in the block that is open."""
        self.lines.append(" " * self.depth + text)

    def assign(self, text: str) -> str:
        """Write `name = text`, and give the name."""
        name = self.name()
        self.write(f"{name} = {text}")
        return name

    def constant(self, value: object) -> str:
        """The name of a constant."""
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """A block under a line that ends with a colon."""
        self.write(head)
        with self._deeper():
            start = len(self.lines)
            yield
            if len(self.lines) == start:
                self.write("pass")

    @contextmanager
    def apart(self) -> Iterator[list[str]]:
        """Lines of a block whose head is not known before they are; `place` puts them where they belong."""
        outer, self.lines = self.lines, []
        found = self.lines
        try:
            with self._deeper():
                yield found
        finally:
            self.lines = outer

    def place(self, head: str, lines: list[str]) -> None:
        """Write a block that was written apart."""
        self.write(head)
        self.lines += lines or [" " * (self.depth + 1) + "pass"]

    @contextmanager
    def before_all(self) -> Iterator[None]:
        """Lines that stand before all others of the function, which do not hang on any row."""
        outer, depth = self.lines, self.depth
        self.lines, self.depth = [], 1
        try:
            yield
            self.prelude += self.lines
        finally:
            self.lines, self.depth = outer, depth

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        if self.depth > _MOST_BLOCKS:
            raise TooDeep
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    def text(self, head: str, result: str) -> str:
        """The whole function."""
        return "\n".join([head, *self.prelude, *self.lines, f" return {result}", ""])
