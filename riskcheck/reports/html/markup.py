"""HTML as typed values: everything that is no `Markup` yet is escaped on its way in."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from riskcheck.model.text import Text
from riskcheck.reports.display import printable, shorten

MAX_QUOTED: Final = 300
"""How many columns of a text from the facts are shown; a longer one ends in …."""
TAGS: Final = {"en": "en", "zh": "zh-CN"}
"""The `lang` of each language of the product."""
_VOID: Final = frozenset(("meta", "input", "br", "rect", "path", "circle"))


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def text(value: str) -> Markup:
    """`value` as text, without control and direction characters; safe in content and in a quoted attribute."""
    return Markup(escape(printable(value.replace("\t", " "))))


def quoted(value: str) -> Markup:
    """A text from the facts, cut where it is very long."""
    return text(shorten(value, MAX_QUOTED))


def both(value: Text) -> Markup:
    """A text in both languages, of which the style sheet shows one; once if they are the same."""
    if value.en == value.zh:
        return text(value.en)
    return Markup(f'<span lang="{TAGS["en"]}">{text(value.en)}</span><span lang="{TAGS["zh"]}">{text(value.zh)}</span>')


def element(name: str, /, *children: Markup | str | int | Text | None, **attributes: str | int | bool | None) -> Markup:
    """An element; `class_` is written `class`, `data_x` is `data-x`. None and False leave a child or attribute out."""
    said = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID and not children:
        return Markup(f"<{name}{said}>" if name in ("meta", "input", "br") else f"<{name}{said}/>")
    return Markup(f"<{name}{said}>{joined(children)}</{name}>")


def joined(children: Iterable[Markup | str | int | Text | None], between: str = "") -> Markup:
    """The children one after the other, with `between` (HTML) between them."""
    return Markup(between.join(_child(each) for each in children if each is not None))


def _child(child: Markup | str | int | Text) -> str:
    if isinstance(child, Markup):
        return child
    if isinstance(child, Text):
        return both(child)
    return text(str(child))


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'
