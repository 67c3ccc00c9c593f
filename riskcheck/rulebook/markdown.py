"""Markdown, written so that no text of a pack can be more than text: headings, tables, lists, code, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from riskcheck.reports.display import clean
from riskcheck.sentences.sentence import Sentence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&#])")
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+")
_FENCE = re.compile(r"`{3,}")


def escaped(text: str) -> str:
    """A text on one line with no mark-up in it."""
    return _SPECIAL.sub(r"\\\1", clean(text))


def capital(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def address(text: str) -> str:
    """A text that is a link if it is a web address."""
    return f"<{text}>" if _ADDRESS.fullmatch(text) else escaped(text)


def link(text: str, target: str) -> str:
    """A link; `target` is a page of the reference, with or without an anchor."""
    return f"[{escaped(text)}]({target})"


def anchor(name: str) -> str:
    """A place to link to; `name` is an id, so that it holds nothing that HTML could take for its own."""
    return f'<a id="{name}"></a>'


def code(text: str, language: str) -> list[str]:
    """A block of code, as it is."""
    fence = "`" * max([3, *(len(run) + 1 for run in _FENCE.findall(text))])
    return [f"{fence}{language}", *text.split("\n"), fence]


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table of cells that are mark-up already."""
    lines = [headers, ["---"] * len(headers), *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def sentence_lines(label: str, sentence: Sentence) -> list[str]:
    """A sentence behind its label, and its points as a list."""
    lines = [f"**{escaped(label)}** {escaped(sentence.text)}"]
    if sentence.points:
        lines += ["", *(line for point in sentence.points for line in _points(point, ""))]
    return lines


def _points(sentence: Sentence, indent: str) -> Iterator[str]:
    yield f"{indent}- {escaped(sentence.text)}"
    for point in sentence.points:
        yield from _points(point, indent + "  ")
