"""Rows below a table's header that need a closer look: blocks below blank rows, totals, headers among the rows.

Blank rows part the rows into blocks. A block is no part of the table if it begins with a word for notes, if it lists
the words of one of the fields, or if it begins with a header of its own. A block that does not look like the rows above
it, because a column that all of these fill is empty throughout or each of its rows has one cell, may or may not be one:
it is not read, and the table stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from riskcheck.celltext import clean
from riskcheck.facts import leftout
from riskcheck.facts.cellwords import BOOL_WORDS
from riskcheck.facts.datarows import before_unused, is_total, row_area
from riskcheck.facts.heads import Header, is_header_row
from riskcheck.facts.names import Names, spellings_of
from riskcheck.facts.rawcell import ErrorValue, RawCell, Unsaid, is_blank, raw_text
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.spelling import fold
from riskcheck.model.schema import Field, FieldType

_NOTE_WORDS = (
    "notes?|remarks?|comments?|legend|key|instructions?|sources?|disclaimer|last updated?|signatures?|"
    "注|备注|附注|注释|说明|填写说明|填表说明|使用说明|图例|提示|来源"
)
_SIGNED = (
    "(?:prepared|reviewed|approved|checked|signed|updated) by|"
    "编制人?|审核人?|批准人?|审批人?|制表人?|填表人?|签字人?|签名"
)
_NOTE = re.compile(rf"(?:{_NOTE_WORDS})(?:$| ?[:(]| ?\d+ ?[:.、)])|(?:{_SIGNED})(?:$|[ :])", re.IGNORECASE)
"""How notes and signatures below a table begin (after cleaning, so with plain colons and brackets)."""
_SENTENCE = re.compile(r"[。；;.!]$|。|^[*•·※]|^\(?\d{1,2}[.、)]\s*\D")
_LONG = 40
_BLOCKS = 500
"""For so many blocks the rows above are searched for some that nobody has filled in."""

_Filled = dict[int, list[tuple[int, RawCell]]]
"""By row the table's cells that hold something."""


def sort_out(
    reading: SheetReading,
    names: Names,
    header: Header,
    own: tuple[int, ...],
    rows: Sequence[int],
    starts: Set[int],
    special: Set[int],
) -> tuple[list[int], bool]:
    """The rows of the table among `rows`, and whether it is unsure that these are all.

    `starts` are the rows that follow a blank row, `special` those that may be totals or headers.
    """
    sorter = _Sorter(reading, names, header, own)
    kept: list[int] = []
    for block in _blocks(rows, starts):
        left = sorter.without_special(block, special)
        if not kept or (left and sorter.belongs(left, kept)):
            kept.extend(left)
    return kept, sorter.is_open


def _blocks(rows: Sequence[int], starts: Set[int]) -> list[list[int]]:
    bounds = sorted(starts, reverse=True)
    blocks: list[list[int]] = [[]]
    for row in rows:
        if bounds and row >= bounds[-1]:
            while bounds and bounds[-1] <= row:
                bounds.pop()
            blocks.append([])
        blocks[-1].append(row)
    return [block for block in blocks if block]


class _Sorter:
    def __init__(self, reading: SheetReading, names: Names, header: Header, own: tuple[int, ...]) -> None:
        self.reading, self.names, self.header, self.own = reading, names, header, own
        self.columns = frozenset(own)
        self.is_open = False
        self.anchor: int | None = None
        """A column that all rows of the first block fill; one of a field that every row has, if there is such."""
        self.words = {field.name: _words(field) for field in reading.table.fields}
        self.folds: dict[RawCell, str] = {}
        heads = range(header.top, header.bottom + 1)
        self.heads = [{column: self.fold(raw) for column, raw in reading.grid.filled(row)} for row in heads]
        self.compared = self.several = 0
        """So many of the rows above were looked at, and so many of them have several cells."""
        self.blocks = 0

    def filled(self, row: int) -> list[tuple[int, RawCell]]:
        return [(column, raw) for column, raw in self.reading.grid.filled(row) if column in self.columns]

    def fold(self, raw: RawCell) -> str:
        """The folded text of a cell; a large sheet has few different ones."""
        if isinstance(raw, str) and len(raw) < 200:
            if raw not in self.folds:
                self.folds[raw] = fold(raw)
            return self.folds[raw]
        return fold(raw_text(raw))

    # ------------------------------------------------------------ rows

    def without_special(self, block: Sequence[int], special: Set[int]) -> list[int]:
        """The rows of a block without totals and repeated headers, up to a header of another table."""
        kept: list[int] = []
        table = self.reading.table
        repeated = False
        for row in block:
            filled = self.filled(row) if repeated or row in special else []
            repeated = bool(filled) and self.repeats_header(filled)
            if repeated:
                self.reading.leave_out(leftout.repeated_header(table, row_area(row, self.own)))
            elif filled and is_total(filled[0][1]):
                self.reading.leave_out(leftout.totals_row(table, raw_text(filled[0][1]), row_area(row, self.own)))
            elif filled and is_header_row(self.names, row, filled):
                self.reading.leave_out(leftout.other_table(table, row, row_area(row, self.own, block[-1])))
                self.is_open = True
                break
            else:
                kept.append(row)
        return kept

    def repeats_header(self, filled: Sequence[tuple[int, RawCell]]) -> bool:
        """Whether each cell is that of a header row, or names the same field; one alone is too little."""
        fields = self.header.fields
        folded = [(column, self.fold(raw)) for column, raw in filled]
        same = max(sum(head.get(column) == text for column, text in folded) for head in self.heads)
        if same == len(filled):
            return len(filled) > 1 or len(self.own) == 1
        named = [match.name if (match := self.names.match(raw_text(raw))) else None for _, raw in filled]
        again = sum(
            name is not None and fields.get(column) == name for (column, _), name in zip(filled, named, strict=True)
        )
        return again > 1 and 2 * again > len(filled) and again == sum(name is not None for name in named)

    # ------------------------------------------------------------ blocks

    def belongs(self, block: Sequence[int], above: Sequence[int]) -> bool:
        """Whether a block below a blank row holds rows of the table; if not, that is told.

        It is compared with the rows above it that somebody has filled in.
        """
        self.blocks += 1
        if self.blocks <= _BLOCKS and (used := before_unused(self.reading, self.header, self.own, above)) < len(above):
            above = above[:used]
        table, area = self.reading.table, row_area(block[0], self.own, block[-1])
        filled = {row: self.filled(row) for row in block}
        if self.is_notes(filled, above):
            self.reading.leave_out(leftout.notes_below(table, area))
            return False
        listed = self.listed_field(filled)
        if listed is not None:
            self.reading.leave_out(leftout.list_below(table, listed.title, area))
            return False
        if self.looks_foreign(filled, above):
            self.reading.leave_out(leftout.doubtful_rows(table, area))
            self.is_open = True
            return False
        return True

    def is_notes(self, filled: _Filled, above: Sequence[int]) -> bool:
        """Whether a block begins with a word for notes, or is sentences where the rows above have several cells."""
        first = clean(raw_text(next(iter(filled.values()))[0][1]))
        if _NOTE.match(first):
            return all(len(cells) <= max(2, len(self.own) // 2) for cells in filled.values())
        texts = [clean(cells[0][1]) for cells in filled.values() if len(cells) == 1 and isinstance(cells[0][1], str)]
        sentences = len(texts) == len(filled) and all(len(text) > _LONG or _SENTENCE.search(text) for text in texts)
        return sentences and self.have_several(above)

    def have_several(self, above: Sequence[int]) -> bool:
        """Whether each of the rows above has several cells. There are more of them each time."""
        for row in above[self.compared :]:
            self.several += len(self.filled(row)) > 1
        self.compared = max(self.compared, len(above))
        return self.several == self.compared

    def listed_field(self, filled: _Filled) -> Field | None:
        """The field whose words the first column of a block lists, below a heading or not."""
        left = min(cells[0][0] for cells in filled.values())
        texts = [raw_text(self.reading.grid.cell(row, left)) for row in filled]
        words = [fold(text) for text in texts]
        for field in self.reading.table.fields:
            known = self.words[field.name]
            match = self.names.match(texts[0])
            headed = match is not None and match.name == field.name
            listed = words[headed:]
            own = self.header.fields.get(left) == field.name
            if len(set(listed)) > 1 and known.issuperset(listed) and (headed or not own):
                return field
        return None

    def looks_foreign(self, filled: _Filled, above: Sequence[int]) -> bool:
        """Whether a column that all rows above fill is empty in the block, or each row of it has one cell of text."""
        grid = self.reading.grid
        if self.anchor is None:
            needed = [column for column in self.own if self.is_needed(column)]
            columns = (*needed, *(column for column in self.own if column not in needed))
            fills = (column for column in columns if not any(map(is_blank, grid.column(column, above))))
            self.anchor = next(fills, -1)
        if any(isinstance(raw, ErrorValue | Unsaid) for cells in filled.values() for _, raw in cells):
            return False
        if self.anchor >= 0 and not any(self.anchor == column for cells in filled.values() for column, _ in cells):
            return True
        return all(len(cells) == 1 and isinstance(cells[0][1], str) for cells in filled.values())

    def is_needed(self, column: int) -> bool:
        """Whether a column is of a field that every row has."""
        name = self.header.fields.get(column)
        return name is not None and not self.reading.table.by_name[name].optional


def _words(field: Field) -> frozenset[str]:
    """The folded words that a field allows; none for fields of free text."""
    if field.type is FieldType.BOOL:
        return frozenset(fold(word) for word in BOOL_WORDS if not word.isdigit())
    return frozenset(fold(spelling) for word in field.allowed for spelling in spellings_of(word))
