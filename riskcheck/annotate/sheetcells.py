"""Where cells stand in the XML of a worksheet, and how it is spliced so that they get a style.

It takes sheets as they come: any prefix, rows and cells without a number or out of order, comments in between.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from riskcheck.annotate.splice import Splice
from riskcheck.annotate.tags import REST, Span, attribute, attribute_set, check_encoding, spans, without_remarks
from riskcheck.errors import FactsError
from riskcheck.facts.refusal import SAVE_AGAIN, damage, refusal
from riskcheck.facts.sheet import Position, column_number
from riskcheck.model.place import Location, cell_name, column_letters
from riskcheck.model.text import Text

_SHEET_DATA = re.compile(rb"<((?:[\w.-]+:)?sheetData)(?=[\s/>])" + REST)
_CELL = re.compile(rb"""<(?:[\w.-]+:)?c(?=[\s/>])(?:\s+r="([A-Z]{1,3})[0-9]+")?""" + REST)
_USUAL_CELL = re.compile(
    rb"""(<c r="[A-Z]{1,3}[0-9]{1,7}")(?: s="([0-9]{1,9})")?(?: t="[a-zA-Z]{1,9}")?(?:/>|>(?P<filled>(?!</))?)"""
)
"""A cell as almost all programs write it."""
_CELL_END = re.compile(rb"</(?:[\w.-]+:)?c\s*>")
_ROW_NUMBER = rb"""(?:\s+r="([0-9]{1,9})")?"""
_FOREIGN_ROW = re.compile(rb"<[\w.-]+:row[\s/>]")
# fmt: off
OUTSIDE = (
    "worksheet", "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "col", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "mergeCell", "phoneticPr", "conditionalFormatting", "dataValidations",
    "hyperlinks", "hyperlink", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
    "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
)
# fmt: on
"""The elements of a worksheet that are looked for, in the order in which a worksheet has them."""


class CellSite(NamedTuple):
    """A cell, there or not: its style now, whether it holds something, and the splice that gives it another style.

    The bytes from `start` to `end` become `before`, the number of the style, and `after`.
    """

    position: Position
    style: int
    filled: bool
    start: int
    end: int
    before: bytes
    after: bytes

    def styled(self, style: int) -> Splice:
        """The splice that gives the cell a style."""
        return Splice(self.start, self.end, self.before + b"%d" % style + self.after)


class _Row(NamedTuple):
    """A row: its number, its tag, and where its content ends; `is_one_tag`: it ends with its tag."""

    number: int
    start: int
    inside: int
    closing: int
    is_one_tag: bool


class _Found(NamedTuple):
    """What a row has of the wanted columns: the cells that are there, and where the absent ones belong."""

    row: _Row
    sites: tuple[CellSite, ...]
    gaps: tuple[tuple[int, int], ...]


class SheetXml:
    """The XML of one worksheet."""

    def __init__(self, data: bytes, part: str, at: Location) -> None:
        check_encoding(data, part, at)
        self.data, self.part, self.at = data, part, at
        self._plain = without_remarks(data)
        found = _SHEET_DATA.search(self._plain)
        if found is None:
            raise damage(Text(f'the part "{part}" is no worksheet', f"部件“{part}”不是工作表"), at=at)
        self._name = found.group(1)
        self._tag = found.span()
        self._empty = found.group().endswith(b"/>")
        self._rows_end = found.end() if self._empty else self._plain.rfind(b"</" + self._name)
        if self._rows_end < found.end():
            raise damage(Text("its end is missing", "文件尾部缺失"), at=at)
        self.outside = self._spans_outside()
        """The elements around the rows that count, in document order."""

    @property
    def prefix(self) -> bytes:
        """The namespace prefix of the rows, with the colon."""
        return self._name[: -len(b"sheetData")]

    def named(self, *names: str) -> list[Span]:
        """The elements with one of `names` around the rows."""
        return [each for each in self.outside if each.name in names]

    def sites(self, positions: Collection[Position]) -> list[CellSite]:
        """Where the cells at `positions` stand, by their place; a cell that is written twice has two sites."""
        wanted: dict[int, list[int]] = {}
        for row, column in sorted(set(positions)):
            wanted.setdefault(row + 1, []).append(column + 1)
        found = [self._found_in(row, wanted[row.number]) for row in self._rows(wanted.keys())]
        sites = [site for each in found for site in each.sites]
        seen = {site.position for site in sites}
        for each in found:
            new = self._new_in(each, seen)
            sites += new
            seen.update(site.position for site in new)
        rows = {each.row.number for each in found}
        absent = {number: columns for number, columns in wanted.items() if number not in rows}
        sites += self._in_new_rows(absent)
        return sorted(sites, key=lambda site: (site.start, site.end, site.position))

    def heights(self) -> dict[int, float]:
        """The height in points of each row that has one of its own, by its number from 0."""
        if b" ht=" not in self._plain:
            return {}
        found = re.compile(rb'<(?:[\w.-]+:)?row [^<>]*?\br="([0-9]{1,7})"[^<>]*? ht="([0-9]{1,4}(?:\.[0-9]+)?)"')
        rows = found.findall(self._plain, self._tag[1], self._rows_end)
        return {int(number) - 1: float(height) for number, height in rows}

    # ------------------------------------------------------------ around the rows

    def _spans_outside(self) -> list[Span]:
        cut = self._rows_end - self._tag[1]
        outside = self.data[: self._tag[1]] + self.data[self._rows_end :]
        return [_moved(each, self._tag[1], cut) for each in spans(outside, self.part, self.at, OUTSIDE)]

    @cached_property
    def _columns(self) -> list[tuple[int, int, int]]:
        """First and last column and the style of columns that have one."""
        found = (each.attributes for each in self.named("col"))
        return sorted((_number(a.get("min")), _number(a.get("max")), _number(a.get("style"))) for a in found)

    def _column_style(self, column: int) -> int:
        place = bisect_right(self._columns, column, key=lambda each: each[0])
        _, last, style = self._columns[place - 1] if place else (0, 0, 0)
        return style if column <= last else 0

    # ------------------------------------------------------------ rows

    def _row_tags(self) -> Iterator[tuple[int, re.Match[bytes]]]:
        """The number and the tag of each row. A row without a number follows the row before it."""
        pattern = re.compile(b"<" + self.prefix + rb"row(?=[\s/>])" + _ROW_NUMBER + REST)
        number = 0
        for tag in pattern.finditer(self._plain, self._tag[1], self._rows_end):
            if written := tag[1]:
                number = int(written)
            else:
                reference = attribute(self._plain, tag.start(), b"r")
                number = _number(reference) if reference else number + 1
            yield number, tag

    def _rows(self, numbers: Collection[int]) -> Iterator[_Row]:
        if b":row" in self._plain and not self.prefix and _FOREIGN_ROW.search(self._plain):
            raise self._mixed_prefixes()
        closing_tag = b"</" + self.prefix + b"row"
        for number, tag in self._row_tags():
            if number in numbers:
                is_one_tag = self._plain[tag.end() - 2 : tag.end()] == b"/>"
                closing = tag.end() if is_one_tag else self._plain.find(closing_tag, tag.end(), self._rows_end)
                if closing < 0:
                    raise self._mixed_prefixes()
                yield _Row(number, tag.start(), tag.end(), closing, is_one_tag)

    def _in_new_rows(self, absent: Mapping[int, Sequence[int]]) -> list[CellSite]:
        places: list[tuple[int, int]] = []
        waiting = sorted(absent)
        for number, tag in self._row_tags() if waiting else ():
            while waiting and number > waiting[0]:
                places.append((waiting.pop(0), tag.start()))
            if not waiting:
                break
        places += [(number, self._rows_end) for number in waiting]
        sites: list[CellSite] = []
        for number, place in places:
            new = [self._new_cell(number, column, None, place) for column in absent[number]]
            sites += _wrapped(new, b"<" + self.prefix + b'row r="%d">' % number, b"</" + self.prefix + b"row>")
        if self._empty and sites:
            return _in_place_of_slash(_wrapped(sites, b">", b"</" + self._name + b">"))
        return sites

    # ------------------------------------------------------------ cells

    def _found_in(self, row: _Row, columns: Sequence[int]) -> _Found:
        usual = self._usual_sites(row, columns)
        if usual is not None:
            return _Found(row, usual, ())
        sites: list[CellSite] = []
        gaps: list[tuple[int, int]] = []
        waiting, last = list(columns), None
        for column, tag in self._cell_tags(row):
            while waiting and column > waiting[0]:
                gaps.append((waiting.pop(0), tag.start()))
            if column in columns:
                sites.append(self._site_of_cell(row.number, column, tag))
            last = tag
        end = self._end_of_cell(last, row) if last else row.inside
        return _Found(row, tuple(sites), tuple(gaps + [(column, end) for column in waiting]))

    def _usual_sites(self, row: _Row, columns: Sequence[int]) -> tuple[CellSite, ...] | None:
        """The cells of a row, if all are there once and written as usual: they are found by their names then."""
        if not self._names_all_cells:
            return None
        sites = []
        for column in columns:
            name = b'<c r="%s%d"' % (column_letters(column - 1).encode(), row.number)
            start = self._plain.find(name, row.inside, row.closing)
            found = _USUAL_CELL.match(self._plain, start) if start >= 0 else None
            if found is None or self._plain.find(name, found.end(), row.closing) >= 0:
                return None
            position, filled = (row.number - 1, column - 1), found["filled"] is not None
            if found[2] is None:
                place = found.end(1)
                sites.append(CellSite(position, 0, filled, place, place, b' s="', b'"'))
            else:
                sites.append(CellSite(position, int(found[2]), filled, *found.span(2), b"", b""))
        return tuple(sites)

    @cached_property
    def _names_all_cells(self) -> bool:
        """Whether each cell begins with its name."""
        begin, end = self._tag[1], self._rows_end
        # Counted, since that takes a tenth of the time of looking for others with a pattern.
        named, elements, foreign = (self._plain.count(each, begin, end) for each in (b'<c r="', b"<c", b":c"))
        return not self.prefix and named == elements and not foreign

    def _cell_tags(self, row: _Row) -> Iterator[tuple[int, re.Match[bytes]]]:
        """The column and the tag of each cell. A cell without a place follows the cell before it."""
        column = 0
        for tag in _CELL.finditer(self._plain, row.inside, row.closing):
            letters = tag.group(1) or self._column_letters(tag.start())
            column = column_number(letters) if letters else column + 1
            yield column, tag

    def _column_letters(self, start: int) -> bytes | None:
        """The column in the name of the cell whose tag begins at `start`, however it is written."""
        reference = attribute(self._plain, start, b"r")
        letters = re.match(rb"[A-Z]{1,3}(?=[0-9])", reference.strip().upper()) if reference else None
        return letters.group() if letters else None

    def _end_of_cell(self, tag: re.Match[bytes], row: _Row) -> int:
        if tag.group().endswith(b"/>"):
            return tag.end()
        closing = _CELL_END.search(self._plain, tag.end(), row.closing)
        if closing is None:
            raise self._mixed_prefixes()
        return closing.end()

    def _site_of_cell(self, row: int, column: int, tag: re.Match[bytes]) -> CellSite:
        splice = attribute_set(self._plain, tag.start(), b"s", b"", after=b"r")
        before, after = (splice.new[:-1], b'"') if splice.new else (b"", b"")
        style = _number(attribute(self._plain, tag.start(), b"s"))
        is_blank = tag.group().endswith(b"/>") or self._plain[tag.end() : tag.end() + 2] == b"</"
        return CellSite((row - 1, column - 1), style, not is_blank, splice.start, splice.end, before, after)

    def _new_in(self, found: _Found, seen: Collection[Position]) -> list[CellSite]:
        """The absent cells of a row, but for those `seen` elsewhere."""
        if not found.gaps:
            return []
        row, style = found.row, None
        if attribute(self._plain, row.start, b"customFormat") in (b"1", b"true"):
            style = _number(attribute(self._plain, row.start, b"s"))
        gaps = [(column, place) for column, place in found.gaps if (row.number - 1, column - 1) not in seen]
        new = [self._new_cell(row.number, column, style, place) for column, place in gaps]
        if row.is_one_tag and new:
            return _in_place_of_slash(_wrapped(new, b">", b"</" + self.prefix + b"row>"))
        return new

    def _new_cell(self, row: int, column: int, style: int | None, place: int) -> CellSite:
        before = b"<" + self.prefix + b'c r="' + cell_name(row - 1, column - 1).encode() + b'" s="'
        old = self._column_style(column) if style is None else style
        return CellSite((row - 1, column - 1), old, False, place, place, before, b'"/>')

    def _mixed_prefixes(self) -> FactsError:
        message = Text("the XML of the sheet mixes namespace prefixes", "该工作表的 XML 混用了命名空间前缀")
        return refusal("cannot-annotate", message, SAVE_AGAIN, at=self.at)


def _wrapped(sites: list[CellSite], before: bytes, after: bytes) -> list[CellSite]:
    """`sites` with `before` before the first and `after` behind the last."""
    first, last = sites[0], sites[-1]
    if first is last:
        return [first._replace(before=before + first.before, after=first.after + after)]
    return [first._replace(before=before + first.before), *sites[1:-1], last._replace(after=last.after + after)]


def _in_place_of_slash(sites: list[CellSite]) -> list[CellSite]:
    """`sites` that all begin behind a tag that ends with `/>`, so that these two bytes give way to them."""
    return [sites[0]._replace(start=sites[0].start - 2), *sites[1:]]


def _moved(span: Span, place: int, by: int) -> Span:
    """A span in bytes from which `by` bytes were cut at `place`, the end of the tag before the rows."""
    start, inside = (each + by if each > place else each for each in (span.start, span.inside))
    closing, end = (each + by if each >= place else each for each in (span.closing, span.end))
    return span._replace(start=start, inside=inside, closing=closing, end=end)


def _number(written: str | bytes | None) -> int:
    """A number in an attribute; 0 if it is none."""
    text = written.decode("latin-1") if isinstance(written, bytes) else written or ""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
