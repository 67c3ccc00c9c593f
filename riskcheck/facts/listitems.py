"""Items of lists that are written as one: `T1/T2`, `T1 & T2`, `T1和T2`, `3FS+2d`.

Such marks may be part of an id, too. So an item is parted only if it is no id of its table, and all its parts are;
and `3FS`, the finish-to-start link of planning programs, is 3 if that is an id and `3FS` is none.
"""

from __future__ import annotations

import re

from riskcheck.facts.spelling import shorten
from riskcheck.model.factset import Cell, InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import Field
from riskcheck.model.text import Text

_MARKS = re.compile(r"\s*[/&|]\s*|\s+and\s+|\s*[和及与]\s*", re.IGNORECASE)
_MARKS_AND_PLUS = re.compile(rf"{_MARKS.pattern}|\s*\+\s*", re.IGNORECASE)
_LAG = r"\s*[+-]\s*\d+(?:\.\d+)?\s*(?:[dwh]|days?|weeks?|hours?|%|天|日|周|小时|个?工作日)?"
_LINK = re.compile(rf"(?P<id>.+?)\s*FS(?:{_LAG})?", re.IGNORECASE)


def part_items(cells: tuple[Cell, ...], ids: frozenset[str]) -> tuple[tuple[Cell, ...], tuple[int, ...]]:
    """The cells of a list field with its items parted, and the rows in which something was."""
    parted: list[Cell] = []
    rows = []
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row, cell in enumerate(cells):
        if not isinstance(cell, tuple):
            parted.append(cell)
            continue
        if cell not in known:
            known[cell] = tuple(part for item in cell for part in _parts(item, ids))
        parted.append(known[cell])
        if known[cell] != cell:
            rows.append(row)
    return tuple(parted), tuple(rows)


def told(field: Field, raw: str, count: int, location: Location | None) -> InputProblem:
    """That `count` cells, the first of them `raw`, are read as several items."""
    shown = shorten(raw)
    return InputProblem(
        "parted-items",
        "note",
        Text(
            f'{field.title.en}: "{shown}" is read item by item, as its parts are known ids (cells like this: {count})',
            f"{field.title.zh}：“{shown}”的各部分均为已有编号，已按多项读取（此类单元格共 {count} 个）",
        ),
        location,
    )


def _parts(item: str, ids: frozenset[str]) -> tuple[str, ...]:
    if item in ids:
        return (item,)
    for marks in (_MARKS, _MARKS_AND_PLUS):
        parts = tuple(_linked(part, ids) for part in marks.split(item))
        if all(part in ids for part in parts):
            return parts
    return (item,)


def _linked(item: str, ids: frozenset[str]) -> str:
    """The id in a finish-to-start link to it; else the item."""
    match = None if item in ids else _LINK.fullmatch(item)
    return match["id"] if match and match["id"] in ids else item
