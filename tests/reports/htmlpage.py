"""Pages of HTML reports as trees, read by the standard parser; a tag that is not closed in its place is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import riskcheck
from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.model.assessment import Assessment
from riskcheck.model.text import Language
from riskcheck.packs.load import load_pack
from riskcheck.reports import Style, render
from tests.reports.examples import SAMPLES, assessment, judged_sample
from tests.reports.payloads import hostile

LANGUAGES: tuple[Language, ...] = ("en", "zh")
VOID = frozenset(("meta", "input", "br", "link", "img", "hr"))
RAW = frozenset(("script", "style"))
KINDS = ("FAIL", "CANNOT_JUDGE", "example", "hostile", "profile")


@dataclass
class Node:
    """An element with its attributes, elements and texts."""

    tag: str
    attributes: dict[str, str | None]
    children: list[Node | str] = field(default_factory=list)

    def all(self, tag: str | None = None) -> Iterator[Node]:
        """The elements within, in the order of the page."""
        for child in self.children:
            if isinstance(child, Node):
                if tag in (None, child.tag):
                    yield child
                yield from child.all(tag)

    def classed(self, name: str) -> list[Node]:
        return [each for each in self.all() if name in (each.attributes.get("class") or "").split()]

    def by_id(self, name: str) -> Node:
        (found,) = (each for each in self.all() if each.attributes.get("id") == name)
        return found

    def text(self, lang: str | None = None) -> str:
        """The text within, with blanks made one; of a language only what shows when that is chosen."""
        return " ".join("".join(self.texts(lang)).split())

    def texts(self, lang: str | None = None) -> Iterator[str]:
        """The pieces of text that show in that language, or all."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in RAW and self._shows(child, lang):
                yield from child.texts(lang)

    @staticmethod
    def _shows(child: Node, lang: str | None) -> bool:
        other = child.attributes.get("lang")
        return lang is None or child.tag not in ("span", "text") or other in (None, lang)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page_of(content: bytes) -> Node:
    """The root of a page."""
    reader = _Reader()
    reader.feed(content.decode("utf-8"))
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.open[0]


def profiled() -> Assessment:
    """A sample, judged by the profile `core`."""
    pack = load_pack("deployment")
    profile = riskcheck.load_profile("core", pack)
    return assess(load_facts(SAMPLES / "healthy-en.xlsx", pack.schema), pack, profile=profile)


def page(seen: Assessment, language: Language = "en") -> Node:
    """The root of the page of an assessment."""
    return page_of(render("html", seen, Style(language)))


@cache
def sample(name: str) -> Node:
    """The page of a sample; nobody changes it."""
    return page(judged_sample(name))


@cache
def kind(name: str) -> Node:
    """Pages that differ in what they have to show."""
    samples = {"FAIL": "platform-zh", "CANNOT_JUDGE": "undeclared-en"}
    if name in samples:
        return sample(samples[name])
    return page({"example": assessment, "hostile": hostile, "profile": profiled}[name]())
