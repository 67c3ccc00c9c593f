"""Facts of a one-row table that has no sheet of its own, in the head block above another table.

`项目名称：试点 | 项目编号 | P-1` above a list of tasks says something of the project. It is read if at least two values
stand beside names of the table's fields, or one behind a name and a colon. Blocks on several sheets are taken together;
what they say differently is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from riskcheck.celltext import clean
from riskcheck.facts.keycells import key_blocks
from riskcheck.facts.keysheet import KeyLayout, choose_keys
from riskcheck.facts.keysurroundings import report_beside, with_unknown
from riskcheck.facts.names import field_names
from riskcheck.facts.origins import CellsOrigin, SeveralOrigins
from riskcheck.facts.rawcell import RawCell, raw_text
from riskcheck.facts.rawtable import RawTable
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import Table
from riskcheck.model.text import Text


@frozen
class HeadBlock:
    """Names and values above the header of another table, and the sheet as it is read for their own table."""

    reading: SheetReading
    layout: KeyLayout
    rows: frozenset[int]


def head_blocks(reading: SheetReading, rows: Sequence[int]) -> tuple[HeadBlock, ...]:
    """What in `rows` is said of tables without a sheet, one block for each of these."""
    found: list[HeadBlock] = []
    taken: set[int] = set()
    for table in reading.absent:
        names = field_names(table)
        blocks = key_blocks(reading.grid, names, (row for row in rows if row not in taken))
        filled = [key for block in blocks for key in block.keys if key.holds_something(reading.grid)]
        if len(filled) < 2 and not any(_has_colon(key.text) or key.written for key in filled):
            continue
        with_names = tuple(block for block in blocks if block.keys)
        own = replace(reading, table=table)
        keys = with_unknown(own, with_names)
        layout = choose_keys(own, names, keys)
        report_beside(own, with_names, keys)
        reading.problems.append(_told(own, layout))
        block_rows = frozenset(key.row for key in keys if key.match is not None or key.holds_something(reading.grid))
        found.append(HeadBlock(own, layout, block_rows))
        taken |= block_rows
    return tuple(found)


def tables_of_heads(heads: Iterable[HeadBlock], problems: list[InputProblem]) -> dict[str, RawTable]:
    """The tables that the head blocks of all sheets hold together; contradictions are added to `problems`."""
    by_table: dict[str, list[HeadBlock]] = {}
    for head in heads:
        by_table.setdefault(head.reading.table.name, []).append(head)
    return {name: _together(blocks, problems) for name, blocks in by_table.items()}


def _together(heads: Sequence[HeadBlock], problems: list[InputProblem]) -> RawTable:
    table = heads[0].reading.table
    columns: dict[str, list[RawCell]] = {}
    origins: dict[str, CellsOrigin] = {}
    where = Location(heads[0].reading.file, heads[0].reading.grid.sheet.name)
    for field in table.fields:
        saying = [head for head in heads if field.name in head.layout.keys]
        filled = [head for head in saying if head.layout.keys[field.name].holds_something(head.reading.grid)]
        for head in (filled or saying)[:1]:
            raw = head.layout.raw_table(head.reading)
            origins[field.name] = head.layout.origin(head.reading)
            said = {clean(raw_text(each.layout.keys[field.name].raws(each.reading.grid)[0])) for each in filled}
            if len(said) > 1:
                problems.append(_contradiction(table, field.title, filled, field.name))
            elif field.name in raw.columns:
                columns[field.name] = list(raw.columns[field.name])
    return RawTable(table, columns, 1, SeveralOrigins(where, origins))


def _has_colon(text: str) -> bool:
    return clean(text).endswith(":")


def _told(reading: SheetReading, found: KeyLayout) -> InputProblem:
    keys = [key for key in found.keys.values() if key.holds_something(reading.grid)]
    titles = [reading.table.by_name[name].title for name, key in found.keys.items() if key in keys]
    en, zh = ", ".join(title.en for title in titles), "、".join(title.zh for title in titles)
    return InputProblem(
        "head-block",
        "note",
        Text(
            f"the table {reading.table.title.en} has no sheet; what stands above the header here is read as such: {en}",
            f"没有“{reading.table.title.zh}”工作表；此处列名行上方的内容按该表读取：{zh}",
        ),
        reading.at(keys[0].row, keys[0].column),
    )


def _contradiction(table: Table, title: Text, heads: Sequence[HeadBlock], field: str) -> InputProblem:
    places = [head.reading.at(*head.layout.keys[field].values[0]).within_file for head in heads]
    return InputProblem(
        "two-values",
        "error",
        Text(
            f"{title.en} of the table {table.title.en} is said differently above several tables ({', '.join(places)}) "
            f"and counts as missing; correct it, or give the table {table.title.en} a sheet of its own",
            f"“{table.title.zh}”表的“{title.zh}”在多个工作表的表头中填写不一致（{'、'.join(places)}），按缺失处理；"
            f"请更正，或为“{table.title.zh}”表单独建工作表",
        ),
        heads[1].reading.at(*heads[1].layout.keys[field].values[0]),
    )
