"""Elements of an XML part with their places in its bytes, and splices of their tags.

What an element is, the XML parser says; where it is, the parser's position and the shape of a tag.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from riskcheck.annotate.splice import Splice
from riskcheck.facts.partxml import MAIN, MAX_FOUND, PartReader, with_relationship_id
from riskcheck.facts.refusal import refusal
from riskcheck.model.place import Location
from riskcheck.model.text import Text

REST = rb"""[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>"""
"""What follows the name in a tag."""
_TAG = re.compile(rb"<([^\s<>/]+)" + REST)
_NAME = re.compile(rb"[^\s<>/]+")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")
_SPELLED_CHARACTER = re.compile(r"(_x[0-9A-Fa-f]{4}_)")
_ENCODING = re.compile(rb"""\s*<\?xml[^<>]*?\sencoding\s*=\s*["']([^"'<>]*)["']""")
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BYTES_AS_THEY_ARE = ("utf-8", "utf8", "us-ascii", "ascii")


class Span(NamedTuple):
    """An element and where it lies: its start tag from `start` to `inside`, its end tag from `closing` to `end`.

    An element without content that is one tag has `inside`, `closing` and `end` at the same place. `depth` is 1 for
    the root. `prefix` is its namespace's, with the colon.
    """

    parent: str
    name: str
    prefix: bytes
    attributes: dict[str, str]
    depth: int
    start: int
    inside: int
    closing: int
    end: int

    @property
    def is_one_tag(self) -> bool:
        """Whether start and end are one tag."""
        return self.inside == self.end


class _SpanReader(PartReader):
    def __init__(self, data: bytes, part: str, at: Location, wanted: Collection[str], spaces: Collection[str]) -> None:
        super().__init__(part, at, spaces)
        self.data, self.wanted = data, wanted
        self.path = [""]
        self.found: list[Span] = []
        self.unfinished: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.wanted:
            if len(self.found) == MAX_FOUND:
                raise self.too_large(Text("too many elements", "元素过多"))
            self.unfinished.append(len(self.found))
            self.found.append(self.span(name, with_relationship_id(attributes)))
        self.path.append(name)

    def span(self, name: str, attributes: dict[str, str]) -> Span:
        tag = _TAG.match(self.data, self.position)
        if tag is None:
            raise refusal("workbook-damaged", _misread(self.part), at=self.at)
        prefix, colon, _ = tag.group(1).rpartition(b":")
        return Span(
            self.path[-1], name, prefix + colon, attributes, self.depth, tag.start(), tag.end(), tag.end(), tag.end()
        )

    def end(self, name: str) -> None:
        self.path.pop()
        if name not in self.wanted:
            return
        number = self.unfinished.pop()
        span = self.found[number]
        if self.data[span.inside - 2 : span.inside] != b"/>":
            closing = self.position
            self.found[number] = span._replace(closing=closing, end=self.data.index(b">", closing) + 1)


def spans(
    data: bytes, part: str, at: Location, wanted: Collection[str], namespaces: Collection[str] = MAIN
) -> list[Span]:
    """The elements of part `part` with a local name in `wanted`, in document order.

    Raises FactsError if the part is no valid XML, too large, or in an encoding whose bytes cannot be spliced.
    """
    check_encoding(data, part, at)
    reader = _SpanReader(data, part, at, wanted, namespaces)
    reader.run(data)
    return reader.found


def check_encoding(data: bytes, part: str, at: Location) -> None:
    """Refuse a part that is not in UTF-8."""
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")[:1000])
    name = declared.group(1).decode("latin-1") if declared else "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        name = "UTF-16"
    if name.lower() not in _BYTES_AS_THEY_ARE:
        message = Text(
            f'the part "{part}" is written in the encoding {name[:20]}; a copy can be annotated only in UTF-8',
            f"部件“{part}”的编码是 {name[:20]}；只能批注 UTF-8 编码的工作簿",
        )
        cure = Text("open it in Excel, WPS or LibreOffice and save it", "请用 Excel、WPS 或 LibreOffice 打开并保存")
        raise refusal("cannot-annotate", message, cure, at=at)


def appended(data: bytes, span: Span, content: bytes) -> Splice:
    """The splice that puts `content` at the end of an element."""
    if not span.is_one_tag:
        return Splice(span.closing, span.closing, content)
    name = _tag_name(data, span.start)
    return Splice(span.inside - 2, span.inside, b">" + content + b"</" + name + b">")


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """A start tag in which the attribute `name` is `value`."""
    splice = attribute_set(tag, 0, name, value)
    return tag[: splice.start] + splice.new + tag[splice.end :]


def attribute_set(data: bytes, start: int, name: bytes, value: bytes, *, after: bytes | None = None) -> Splice:
    """The splice that sets an attribute of the tag that begins at `start`.

    A new attribute stands behind the attribute `after`, or else at the end of the tag.
    """
    place = None
    for found, value_start, value_end in attribute_places(data, start):
        if found == name:
            return Splice(value_start, value_end, value)
        if found == after:
            place = value_end + 1
    if place is None:
        tag = _TAG.match(data, start)
        assert tag is not None
        place = tag.end() - (2 if tag.group().endswith(b"/>") else 1)
    return Splice(place, place, b" " + name + b'="' + value + b'"')


def attribute_places(data: bytes, start: int) -> Iterator[tuple[bytes, int, int]]:
    """Each attribute of the tag that begins at `start`: its name, and where its value begins and ends."""
    place = start + 1 + len(_tag_name(data, start))
    while (found := _ATTRIBUTE.match(data, place)) is not None:
        yield found.group(1), found.start(2) + 1, found.end(2) - 1
        place = found.end()


def attribute(data: bytes, start: int, name: bytes) -> bytes | None:
    """The value of an attribute of the tag that begins at `start`, as it is written."""
    return next((data[begin:end] for found, begin, end in attribute_places(data, start) if found == name), None)


def without_remarks(data: bytes) -> bytes:
    """XML of the same length in which every `<` begins a tag: comments, CDATA and instructions are blank."""
    if b"<!" not in data and data.find(b"<?", 1 + data.find(b"<")) < 0:
        return data
    remarks = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    return re.sub(remarks, lambda found: b" " * len(found.group()), data, flags=re.DOTALL)


def escaped(text: str) -> str:
    """`text` as XML may hold it, in an element and in an attribute; what XML cannot hold is left out."""
    # Printable characters are all in XML; most texts have no others, and nothing to escape.
    if text.replace("\n", "").isprintable() and not ("&" in text or "<" in text or ">" in text or '"' in text):
        return text
    kept = _NOT_IN_XML.sub("", text)
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        kept = kept.replace(char, entity)
    return kept


def shown_text(text: str) -> str:
    """`text` as an element of a workbook holds it so that it is shown as it is: `_x0041_` there would be an A."""
    return escaped(_SPELLED_CHARACTER.sub(r"_x005F\1", text) if "_x" in text else text)


def _tag_name(data: bytes, start: int) -> bytes:
    name = _NAME.match(data, start + 1)
    assert name is not None
    return name.group()


def _misread(part: str) -> Text:
    return Text(f'the part "{part}" is written in a way that cannot be spliced', f"部件“{part}”的写法无法拼接")
