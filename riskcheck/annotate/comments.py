"""The comments of a sheet: what riskcheck says is added to them, and found again by the lines around it.

A block of riskcheck's begins with the line `▼ riskcheck` and ends with `▲ riskcheck`. In a cell that has a comment, the
block stands behind it. Spreadsheet programs keep text, whatever else they write anew; so a block is found by its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from html import unescape

from riskcheck.annotate.areas import position_of
from riskcheck.annotate.draft import Draft
from riskcheck.annotate.splice import Splice
from riskcheck.annotate.tags import REST, Span, appended, escaped, shown_text, spans, without_remarks
from riskcheck.facts.sheet import Position
from riskcheck.model.place import cell_name
from riskcheck.model.text import Text

AUTHOR = "riskcheck"
BEGIN, END = "▼ riskcheck", "▲ riskcheck"
_BLOCK = re.compile(rf"(?:\n\n)?{BEGIN}\b.*?{END}", re.DOTALL)
_THREAD = "tc="
"""How the author of a comment begins that stands for a thread: programs that know threads write it anew."""
_FONT = '<rPr>{bold}<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>'
_REMEMBERED = 1000
"""Of so many beginnings of comments it is remembered how XML holds them: many comments share theirs."""
_TEXT = re.compile(rb"<((?:[\w.-]+:)?)text(?=[\s/>])" + REST)
_SHOWN = re.compile(rb"<((?:[\w.-]+:)?)t(?=[\s/>])" + REST)
_RUN_END = re.compile(rb"\s*</(?:[\w.-]+:)?r\s*>")
_RUN = re.compile(rb"<(?:[\w.-]+:)?r(?=[\s>])" + REST)
_NO_TEXT = re.compile(rb"<(?:[\w.-]+:)?(?:rPh|phoneticPr)[\s/>]")


class Comments:
    """The comments part of one sheet."""

    def __init__(self, draft: Draft, part: str) -> None:
        self.draft, self.part = draft, part
        self.data = draft.read(part)
        wanted = ("comments", "authors", "author", "commentList", "comment")
        self._spans = spans(self.data, part, draft.at, wanted)
        self._plain = without_remarks(self.data)
        self._lists = {each.name: each for each in self._spans if each.name in ("authors", "commentList")}
        if self._lists.keys() != {"authors", "commentList"}:
            raise draft.damaged(Text(f'the part "{part}" holds no comments', f"部件“{part}”中没有批注"))
        self.authors = [self._author(each) for each in self._spans if each.name == "author"]
        """The names of those who comment, in their order."""

    @cached_property
    def by_position(self) -> dict[Position, Span]:
        """The comment of each cell that has one."""
        comments = (each for each in self._spans if each.name == "comment")
        places = ((position_of(each.attributes.get("ref", "")), each) for each in comments)
        return {position: each for position, each in places if position is not None}

    def is_thread(self, comment: Span) -> bool:
        """Whether a comment stands for a thread, so that nobody sees what is added to it."""
        number = comment.attributes.get("authorId", "")
        index = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else len(self.authors)
        return index < len(self.authors) and self.authors[index].startswith(_THREAD)

    def add(self, texts: Mapping[Position, str]) -> list[Position]:
        """Add a block to the comment of each cell, or a comment; gives the cells that had none before.

        None of the cells may have a thread.
        """
        there = self.by_position
        new = [position for position in texts if position not in there]
        self.draft.splice(
            self.part, [each for cell in texts if cell in there for each in self._merged(there[cell], texts[cell])]
        )
        if new:
            if AUTHOR in self.authors:
                author = self.authors.index(AUTHOR)
            else:
                author, listed = len(self.authors), self._lists["authors"]
                tag = listed.prefix + b"author"
                self.draft.append(self.part, listed, b"<" + tag + b">" + AUTHOR.encode() + b"</" + tag + b">")
            prefix = self._lists["commentList"].prefix
            written = _comments({position: texts[position] for position in new}, author, prefix)
            self.draft.append(self.part, self._lists["commentList"], written.encode())
        return new

    def without_blocks(self) -> list[Position]:
        """Take all blocks of riskcheck's out; gives the cells that have no comment any more."""
        emptied = []
        for position, comment in self.by_position.items():
            kept, splices = self._cut(comment)
            if splices and not kept.strip():
                emptied.append(position)
                splices = [Splice(comment.start, comment.end, b"")]
            self.draft.splice(self.part, splices)
        return emptied

    def _author(self, span: Span) -> str:
        return unescape(self.data[span.inside : span.closing].decode("utf-8", "replace"))

    def _merged(self, comment: Span, text: str) -> list[Splice]:
        """The splices that put `text` behind a comment."""
        found = _TEXT.search(self._plain, comment.inside, comment.closing)
        if found is None:
            tag = comment.prefix + b"text"
            content = b"<" + tag + b">" + _runs(text, comment.prefix) + b"</" + tag + b">"
            return [appended(self.data, comment, content) if comment.is_one_tag else _at(comment.inside, content)]
        prefix = found.group(1)
        if found.group().endswith(b"/>"):
            content = b">" + _runs(text, prefix) + b"</" + prefix + b"text>"
            return [Splice(found.end() - 2, found.end(), content)]
        closing = self._plain.rfind(b"</" + prefix + b"text", found.end(), comment.closing)
        aside = _NO_TEXT.search(self._plain, found.end(), closing)
        end = aside.start() if aside else closing
        return [*self._as_run(found.end(), end, prefix), _at(end, _runs("\n\n" + text, prefix))]

    def _as_run(self, start: int, end: int, prefix: bytes) -> list[Splice]:
        """The splices that make a run of a text that is none, since plain text and runs do not go together."""
        plain = _SHOWN.search(self._plain, start, end)
        run = _RUN.search(self._plain, start, end)
        if plain is None or (run is not None and run.start() < plain.start()):
            return []
        one_tag = plain.group().endswith(b"/>")
        after = plain.end() if one_tag else self._plain.index(b">", self._plain.index(b"</", plain.end(), end)) + 1
        return [_at(plain.start(), b"<" + prefix + b"r>"), _at(after, b"</" + prefix + b"r>")]

    def _cut(self, comment: Span) -> tuple[str, list[Splice]]:
        """The text of a comment without riskcheck's blocks, and the splices that cut these; none if it has none."""
        pieces = list(_SHOWN.finditer(self._plain, comment.inside, comment.closing))
        texts = [self._shown(each) for each in pieces]
        whole = "".join(texts)
        blocks = [found.span() for found in _BLOCK.finditer(whole)]
        if not blocks:
            return whole, []
        splices, place = [], 0
        for piece, text in zip(pieces, texts, strict=True):
            kept = "".join(_outside(blocks, text, place))
            if kept != text:
                splices.append(self._rewritten(piece, kept, comment))
            place += len(text)
        return _BLOCK.sub("", whole), splices

    def _shown(self, tag: re.Match[bytes]) -> str:
        if tag.group().endswith(b"/>"):
            return ""
        text = self.data[tag.end() : self._plain.index(b"</", tag.end())].decode("utf-8", "replace")
        return unescape(text).replace("\r\n", "\n").replace("\r", "\n")

    def _rewritten(self, tag: re.Match[bytes], text: str, comment: Span) -> Splice:
        """The splice that leaves `text` of a shown text, or takes its run away if nothing is left."""
        prefix = tag.group(1)
        closing = self._plain.index(b">", self._plain.index(b"</", tag.end())) + 1
        run_end = _RUN_END.match(self._plain, closing)
        if not text and run_end:
            starts = [each.start() for each in _RUN.finditer(self._plain, comment.inside, tag.start())]
            return Splice(starts[-1], run_end.end(), b"")
        name = prefix + b"t"
        return Splice(
            tag.start(), closing, b"<" + name + b' xml:space="preserve">' + escaped(text).encode() + b"</" + name + b">"
        )


def new_comments(texts: Mapping[Position, str], namespace: str) -> bytes:
    """A comments part for a sheet that has none."""
    written = _comments(texts, 0, b"")
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{namespace}">'
        f"<authors><author>{AUTHOR}</author></authors><commentList>{written}</commentList></comments>"
    ).encode()


def block(lines: str) -> str:
    """`lines` as a block that is found again."""
    inner = lines.replace(BEGIN, "riskcheck").replace(END, "riskcheck")
    return f"{BEGIN}\n{inner}\n{END}"


def _outside(blocks: list[tuple[int, int]], text: str, place: int) -> Iterator[str]:
    """The pieces of `text`, which begins at `place`, that lie in none of `blocks`."""
    done = 0
    for start, end in blocks:
        yield text[done : max(done, start - place)]
        done = max(done, end - place)
    yield text[done:]


def _comments(texts: Mapping[Position, str], author: int, prefix: bytes) -> str:
    p = prefix.decode()
    after_place = f'" authorId="{author}" shapeId="0"><{p}text>'
    return "".join(
        f'<{p}comment ref="{cell_name(*position)}{after_place}{_runs_of(text, p)}</{p}text></{p}comment>'
        for position, text in texts.items()
    )


def _runs(text: str, prefix: bytes) -> bytes:
    """`text` in runs, its first line with letters bold."""
    return _runs_of(text, prefix.decode()).encode()


def _runs_of(text: str, prefix: str) -> str:
    head, newline, rest = text.partition(BEGIN + "\n")
    title, end_of_title, body = rest.partition("\n")
    runs = _first_runs(head + newline, title, prefix)
    plain, end = _around_run("", prefix)
    return f"{runs}{plain}{shown_text(end_of_title + body)}{end}" if end_of_title else runs


@lru_cache(maxsize=_REMEMBERED)
def _first_runs(head: str, title: str, prefix: str) -> str:
    runs = ((head, ""), (title, "<b/>"))
    return "".join(shown_text(text).join(_around_run(bold, prefix)) for text, bold in runs if text)


@cache
def _around_run(bold: str, prefix: str) -> tuple[str, str]:
    font = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", _FONT.format(bold=bold))
    return f'<{prefix}r>{font}<{prefix}t xml:space="preserve">', f"</{prefix}t></{prefix}r>"


def _at(place: int, content: bytes) -> Splice:
    return Splice(place, place, content)
