"""The styles of a workbook, to which fonts, fills, borders and cell formats are appended."""

from __future__ import annotations

import re

from riskcheck.annotate.draft import Draft
from riskcheck.annotate.splice import Splice
from riskcheck.annotate.tags import Span, attribute, attribute_set, spans, with_attribute
from riskcheck.facts.refusal import refusal
from riskcheck.model.text import Text

MAX_FORMATS = 64_000
"""How many cell formats Excel takes in one workbook."""
_LISTS = ("fonts", "fills", "borders", "cellXfs")
_CHILDREN = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_NO_FILL = re.compile(rb'<[\w.:-]*fill\s*/>|<[\w.:-]*fill\s*>\s*<[\w.:-]*patternFill\s*(?:patternType="none"\s*)?/>')
_FIRST_ENTRIES = {
    "fonts": ['<font><sz val="11"/><name val="Calibri"/></font>'],
    "fills": ['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>'],
    "borders": ["<border><left/><right/><top/><bottom/><diagonal/></border>"],
    "cellXfs": ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'],
}
"""What each list begins with: the first entries mean the same in all workbooks, whether they are written or not."""


class StyleBook:
    """The styles part of a workbook. What is appended twice is there once."""

    def __init__(self, draft: Draft, part: str) -> None:
        self.draft, self.part = draft, part
        self.data = draft.read(part)
        wanted = ("styleSheet", *_ORDER, *_CHILDREN.values())
        self._spans = spans(self.data, part, draft.at, wanted)
        if not self._spans or self._spans[0].name != "styleSheet":
            raise draft.damaged(Text(f'the part "{part}" holds no styles', f"部件“{part}”中没有样式"))
        self._lists = {name: self._list(name) for name in _LISTS}
        self._children = {name: self._children_of(name) for name in _LISTS}
        self._new: dict[str, dict[bytes, int]] = {name: {} for name in _LISTS}
        for name in _LISTS:
            self._complete(name)

    @property
    def root(self) -> Span:
        """The element that holds all styles."""
        return self._spans[0]

    @property
    def formats(self) -> list[Span]:
        """The formats of cells; a cell's style is an index into them."""
        return self._children["cellXfs"]

    @property
    def fills(self) -> list[Span]:
        """The fills, in their order."""
        return self._children["fills"]

    def add(self, name: str, element: str) -> int:
        """Append an element, written without prefix, to the list `name`; gives its index."""
        return self._add(name, _prefixed(element.encode(), self.root.prefix))

    def add_filled(self, style: int, fill: int) -> int:
        """Append the format of a cell with the style `style`, filled with `fill`; gives its index."""
        if style < len(self.formats):
            span = self.formats[style]
            tag, rest = self.data[span.start : span.inside], self.data[span.inside : span.end]
        else:
            tag, rest = _prefixed(_FIRST_ENTRIES["cellXfs"][0].encode(), self.root.prefix), b""
        tag = with_attribute(with_attribute(tag, b"fillId", b"%d" % fill), b"applyFill", b"1")
        return self._add("cellXfs", tag + rest)

    def fill_of(self, style: int) -> bytes:
        """The fill of a cell with the style `style` as XML; empty if it has none."""
        if style >= len(self.formats):
            return b""
        number = attribute(self.data, self.formats[style].start, b"fillId") or b"0"
        index = int(number) if number.isdigit() and len(number) < 10 else 0
        if index >= len(self.fills):
            return b""
        span = self.fills[index]
        written = self.data[span.start : span.end]
        return b"" if _NO_FILL.match(written) else written

    def change_fill(self, span: Span, fill: int) -> None:
        """Give a format another fill."""
        self.draft.splice(self.part, [attribute_set(self.data, span.start, b"fillId", b"%d" % fill)])

    def finish(self) -> None:
        """Splice what was appended into the part."""
        for name in _LISTS:
            if self._new[name]:
                self._append(name)

    # ------------------------------------------------------------ the lists

    def _list(self, name: str) -> Span | None:
        return next((each for each in self._spans if each.name == name and each.depth == 2), None)

    def _children_of(self, name: str) -> list[Span]:
        child = _CHILDREN[name]
        return [each for each in self._spans if (each.parent, each.name, each.depth) == (name, child, 3)]

    def _complete(self, name: str) -> None:
        """Append the first entries that the list lacks."""
        for element in _FIRST_ENTRIES[name][len(self._children[name]) :]:
            key = _prefixed(element.encode(), self.root.prefix)
            self._new[name][key] = len(self._children[name]) + len(self._new[name])

    def _add(self, name: str, element: bytes) -> int:
        new = self._new[name]
        if element not in new:
            new[element] = len(self._children[name]) + len(new)
            if new[element] >= MAX_FORMATS:
                message = Text(
                    f"the workbook has {MAX_FORMATS:,} cell formats, the most that Excel takes",
                    f"工作簿的单元格格式已达 {MAX_FORMATS:,} 个，这是 Excel 的上限",
                )
                cure = Text("remove styles that are not used", "请删除不用的样式")
                raise refusal("cannot-annotate", message, cure, at=self.draft.at)
        return new[element]

    def _append(self, name: str) -> None:
        content, found = b"".join(self._new[name]), self._lists[name]
        count = b"%d" % (len(self._children[name]) + len(self._new[name]))
        if found is not None:
            if attribute(self.data, found.start, b"count") is not None:
                self.draft.splice(self.part, [attribute_set(self.data, found.start, b"count", count)])
            self.draft.append(self.part, found, content)
            return
        tag = self.root.prefix + name.encode()
        whole = b"<" + tag + b' count="' + count + b'">' + content + b"</" + tag + b">"
        if self.root.is_one_tag:
            self.draft.append(self.part, self.root, whole)
            return
        place = self._place_of(name)
        self.draft.splice(self.part, [Splice(place, place, whole)])

    def _place_of(self, name: str) -> int:
        """Where a list that is not there belongs: behind the lists that come before it."""
        before = _ORDER[: _ORDER.index(name)]
        ends = [each.end for each in self._spans if each.name in before and each.depth == 2]
        return max(ends, default=self.root.inside)


def new_styles(namespace: str) -> bytes:
    """A styles part for a workbook that has none."""
    lists = "".join(
        f'<{name} count="{len(_FIRST_ENTRIES[name])}">{"".join(_FIRST_ENTRIES[name])}</{name}>'
        for name in ("fonts", "fills", "borders")
    )
    base = f'<cellStyleXfs count="1">{_FIRST_ENTRIES["cellXfs"][0]}</cellStyleXfs>'
    formats = '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    named = '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<styleSheet xmlns="{namespace}">{lists}{base}{formats}{named}</styleSheet>'.encode()


def _prefixed(element: bytes, prefix: bytes) -> bytes:
    return re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1" + prefix, element) if prefix else element
