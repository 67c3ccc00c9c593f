"""YAML as a tree of places and text: scalars stay as written, nothing is typed, nothing is constructed.

Both packs and facts are read through this door, so that `1.10`, `no`, `010` and `12:30` mean what the schema says,
every node knows its line and column, and no tag can make an object. What would let one text mean two things, or a
small file a huge tree, is refused: tags, anchors, aliases, merge keys, duplicate keys, several documents.

The tree is built from the parser's events and not by its composer, which recurses in C and would bring down the
process on deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import yaml

from riskcheck.errors import Diagnostic, worded
from riskcheck.frozen import frozen
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.yamlsyntax import MAX_DEPTH, TOO_DEEP

MAX_BYTES = 64 * 2**20
"""Largest YAML file that is read."""
MAX_NODES = 2_000_000
"""Largest number of scalars, lists and mappings in one file: about 500 MB of memory."""
MAX_PROBLEMS = 100
"""After so many problems the rest of a file is not looked at."""
_SPLIT = Text("split it", "请拆分文件")


@frozen
class YamlScalar:
    """A scalar as written, without quotes; `plain` tells that there were none. `line`, `column` from 1."""

    text: str
    line: int
    column: int
    plain: bool
    block: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is written: an empty plain scalar, `~` or `null`."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@frozen
class YamlMapping:
    """A mapping; keys are scalars and each occurs once."""

    entries: tuple[tuple[YamlScalar, YamlNode], ...]
    line: int
    column: int

    def get(self, key: str) -> YamlNode | None:
        """The value of `key`, or None."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None


@frozen
class YamlSequence:
    """A sequence."""

    items: tuple[YamlNode, ...]
    line: int
    column: int

    def __iter__(self) -> Iterator[YamlNode]:
        return iter(self.items)


YamlNode = YamlScalar | YamlMapping | YamlSequence


class YamlError(Exception):
    """The text is no YAML that is read here; `diagnostics` say why, all of them."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        super().__init__("; ".join(worded(each.message) for each in diagnostics))


def read_yaml(data: bytes, file: str) -> YamlNode:
    """The one document in `data`; `file` is the name used in places. Raises YamlError."""
    reader = _Reader(data, file)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(reader.text)
    reader.next_event = loader.get_event
    try:
        tree = reader.document()
    except yaml.MarkedYAMLError as error:
        reader.fail_for_syntax(error)
    finally:
        loader.dispose()
    if reader.problems:
        raise YamlError(tuple(reader.problems))
    return tree


class _Reader:
    """One pass over the events of a file. Collects problems as far as the text can be parsed."""

    next_event: Any

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self.problems: list[Diagnostic] = []
        self.node_count = 0
        self.text = ""
        self.lines: list[str] | None = None
        self.text = self.decode(data)
        self.refuse_control_characters()

    def decode(self, data: bytes) -> str:
        if len(data) > MAX_BYTES:
            size = f"{MAX_BYTES // 2**20} MiB"
            self.fail("file-too-large", Text(f"the file has more than {size}", f"文件超过 {size}"), hint=_SPLIT)
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            message = Text("the file is UTF-16 text", "文件是 UTF-16 编码的文本")
            self.fail("not-utf-8", message, hint=Text("save it as UTF-8", "请另存为 UTF-8 编码"))
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            byte = f"{data[error.start]:#04x}"
            message = Text(f"byte {byte} is not UTF-8 text", f"字节 {byte} 不是 UTF-8 文本")
            hint = Text(
                "save it as UTF-8; Chinese text from Windows is often saved as GBK (ANSI)",
                "请另存为 UTF-8 编码；Windows 中的中文文本常存为 GBK（ANSI）",
            )
            self.fail("not-utf-8", message, line, hint=hint)

    def refuse_control_characters(self) -> None:
        match = yaml.reader.Reader.NON_PRINTABLE.search(self.text)
        if match is None:
            return
        before = (self.text[: match.start()] + "x").splitlines()
        line, column = len(before), len(before[-1])
        code = f"U+{ord(match.group()):04X}"
        message = Text(f"the control character {code} stands here", f"此处有控制字符 {code}")
        self.fail("yaml-control-character", message, line, column, hint=Text("delete it", "请删除"))

    def document(self) -> YamlNode:
        """stream ::= node"""
        self.next_event()
        if isinstance(self.next_event(), yaml.StreamEndEvent):
            self.fail("yaml-empty", Text("the file holds nothing", "文件没有内容"))
        tree = self.node(self.next_event(), 1)
        self.next_event()
        event = self.next_event()
        if not isinstance(event, yaml.StreamEndEvent):
            hint = Text(
                "keep one document in a file; take out the line with three hyphens",
                "一个文件只能有一个文档；请删去三个连字符的那一行",
            )
            self.problem_at(
                event, "yaml-documents", Text("a second document begins here", "此处开始了第二个文档"), hint
            )
        return tree

    def node(self, event: Any, depth: int) -> YamlNode:
        """node ::= scalar | sequence | mapping"""
        self.node_count += 1
        if self.node_count > MAX_NODES:
            message = Text(f"the file holds more than {MAX_NODES} values", f"文件中的值超过 {MAX_NODES} 个")
            self.fail("file-too-large", message, hint=_SPLIT)
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if depth > MAX_DEPTH:
            self.fail("yaml-too-deep", TOO_DEEP, line, column)
        if event.anchor is not None:
            self.refuse_anchor(event)
        kind = event.__class__
        if kind is yaml.AliasEvent:
            return YamlScalar("", line, column, plain=True)
        if event.tag is not None:
            self.refuse_tag(event)
        if kind is yaml.ScalarEvent:
            style = event.style  # of a plain scalar: "" from the C parser, None from the other
            return YamlScalar(event.value, line, column, not style, style == "|" or style == ">")
        if kind is yaml.SequenceStartEvent:
            return YamlSequence(self.items(depth), line, column)
        return YamlMapping(self.entries(depth), line, column)

    def items(self, depth: int) -> tuple[YamlNode, ...]:
        """sequence ::= node*"""
        items: list[YamlNode] = []
        while (event := self.next_event()).__class__ is not yaml.SequenceEndEvent:
            items.append(self.node(event, depth + 1))
        return tuple(items)

    def entries(self, depth: int) -> tuple[tuple[YamlScalar, YamlNode], ...]:
        """mapping ::= (scalar node)*"""
        entries: dict[str, tuple[YamlScalar, YamlNode]] = {}
        while (event := self.next_event()).__class__ is not yaml.MappingEndEvent:
            key = self.node(event, depth + 1)
            value = self.node(self.next_event(), depth + 1)
            if not isinstance(key, YamlScalar):
                message = Text("a key must be one word, no list or mapping", "键必须是一个词，不能是列表或映射")
                self.problem_at(event, "yaml-key", message, None)
            elif key.text in entries:
                name, first = shorten(key.text), entries[key.text][0].line
                message = Text(
                    f'key "{name}" stands here again (first in line {first})',
                    f"键“{name}”在此重复出现（首次在第 {first} 行）",
                )
                self.problem_at(event, "yaml-duplicate-key", message, Text("keep one of the two", "请只保留一个"))
            elif key.text == "<<" and key.plain:
                message = Text("merge keys (<<) are not read here", "此处不支持合并键（<<）")
                self.problem_at(event, "yaml-merge", message, Text("write the values out", "请把各值直接写出"))
            else:
                entries[key.text] = (key, value)
        return tuple(entries.values())

    def refuse_anchor(self, event: Any) -> None:
        name = shorten(str(event.anchor))
        if event.__class__ is yaml.AliasEvent:
            message = Text(f"aliases (*{name}) are not read here", f"此处不支持别名（*{name}）")
            hint = Text(
                "write the value out; text that begins with * needs quotes", "请直接写出该值；以 * 开头的文本须加引号"
            )
            self.problem_at(event, "yaml-alias", message, hint)
        else:
            message = Text(f"anchors (&{name}) are not read here", f"此处不支持锚点（&{name}）")
            hint = Text("take it out; text that begins with & needs quotes", "请删去；以 & 开头的文本须加引号")
            self.problem_at(event, "yaml-anchor", message, hint)

    def refuse_tag(self, event: Any) -> None:
        shown = shorten(event.tag.replace("tag:yaml.org,2002:", "!!"))
        message = Text(f"tags ({shown}) are not read here", f"此处不支持标签（{shown}）")
        hint = Text("take it out; text that begins with ! needs quotes", "请删去；以 ! 开头的文本须加引号")
        self.problem_at(event, "yaml-tag", message, hint)

    def problem_at(self, event: Any, code: str, message: Text, hint: Text | None) -> None:
        mark = event.start_mark
        self.problem(code, message, mark.line + 1, mark.column + 1, hint)
        if len(self.problems) >= MAX_PROBLEMS:
            raise YamlError(tuple(self.problems))

    def problem(
        self, code: str, message: Text, line: int | None = None, column: int | None = None, hint: Text | None = None
    ) -> None:
        excerpt, caret = None, None
        if self.text and line is not None and column is not None:
            if self.lines is None:
                self.lines = self.text.splitlines()
            if line <= len(self.lines):
                excerpt, caret = excerpt_of(self.lines[line - 1], column - 1)
        location = Location(self.file, line=line, column=column)
        self.problems.append(Diagnostic(code, message, location, (hint,) if hint else (), excerpt, caret))

    def fail(
        self, code: str, message: Text, line: int | None = None, column: int | None = None, hint: Text | None = None
    ) -> NoReturn:
        self.problem(code, message, line, column, hint)
        raise YamlError(tuple(self.problems))

    def fail_for_syntax(self, error: Any) -> NoReturn:
        from riskcheck.yamlsyntax import explain_syntax

        found = explain_syntax(error, self.text.splitlines())
        self.fail("yaml-syntax", found.message, found.line, found.column, found.hint)


def shorten(text: str) -> str:
    """`text` as messages show it: at most 40 characters, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def excerpt_of(line: str, column: int) -> tuple[str, tuple[int, int]]:
    """The line, cut to 100 characters around `column` (from 0), and where the caret stands in it."""
    start = max(0, column - 60) if len(line) > 100 else 0
    shown = line[start : start + 100]
    if start:
        shown = "…" + shown[1:]
    if start + 100 < len(line):
        shown = shown[:-1] + "…"
    shown = "".join(c if c == "\t" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)
    return shown, (column - start, 1)
