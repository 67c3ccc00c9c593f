"""The language of a proposed mapping's comments, and how its lines are put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from riskcheck.frozen import frozen
from riskcheck.mapping.yamltext import comment, scalar
from riskcheck.model.text import Language, Text


@frozen
class Speaker:
    """Writes comments in one language. `file` is the one of several files that a sheet is in."""

    language: Language
    file: str | None = None

    def t(self, en: str, zh: str) -> str:
        """The text in the language."""
        return zh if self.language == "zh" else en

    def say(self, text: Text) -> str:
        """The text in the language, as a comment may hold it."""
        return comment(text.of(self.language))

    def remark(self, indent: int, en: str, zh: str) -> str:
        """A line that is a comment."""
        return f"{' ' * indent}# {comment(self.t(en, zh))}"

    def sheet(self, name: str, remark: str = "") -> Iterator[str]:
        """The lines that begin the entry of a sheet."""
        yield f"  - sheet: {scalar(name)}{f'  # {remark}' if remark else ''}"
        if self.file is not None:
            yield f"    file: {scalar(self.file)}"

    def ignored(self, name: str) -> str:
        """The entry that leaves a sheet out, as a comment."""
        file = "" if self.file is None else f", file: {scalar(self.file)}"
        return f"  # - {{sheet: {scalar(name)}{file}, ignore: true}}"

    def names(self, names: Sequence[str], most: int = 20) -> str:
        """Some names, cut to the first `most` of them with the number of the others."""
        shown = ", ".join(names[:most])
        more = len(names) - most
        return shown if more <= 0 else shown + self.t(f" … and {more} more", f" ……另有 {more} 个")


def out(lines: Iterable[str], indent: int) -> Iterator[str]:
    """YAML lines as comments at `indent`: without their mark and the blank behind it they are what they were."""
    for line in lines:
        yield f"{' ' * indent}# {line[indent:]}"
