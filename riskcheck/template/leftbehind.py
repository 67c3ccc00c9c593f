"""What of an older file is not in the new template, or not as it was: told line by line."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.frozen import replace
from riskcheck.model.factset import FactSet, FactTable
from riskcheck.model.schema import Table
from riskcheck.model.text import Text
from riskcheck.template.carried import Carried, holds_something
from riskcheck.template.selection import Selection

_PROJECT = "project"
_BESIDES = Text(
    "{file}: what begins with # (sheets, columns, rows) and columns beside the tables are not carried over",
    "{file}：以 # 开头的内容（工作表、列、行）和表外的列不带入新模板",
)
_TABLE = Text(
    "{place}: the table {table} is not in this template, and its rows ({count}) are not carried over",
    "{place}：新模板中没有“{table}”表，其各行（共 {count} 行）未带入",
)
_COLUMNS = Text(
    "{place}: these columns of {table} are not in this template and not carried over: {columns}",
    "{place}：新模板的“{table}”表没有以下各栏，未带入：{columns}",
)
_ABSENT = Text(
    "{place}: {table} has no column for these, so their cells say TBD, which is not known: {columns}",
    "{place}：“{table}”表没有以下各栏，新模板中填“待补”（即不清楚）：{columns}",
)
_REMARKS = Text(
    "{place}: cells of {table}, {column}, that cannot stand as they were: {count}; they say TBD, with a comment that "
    "holds what was there",
    "{place}：“{table}”表“{column}”栏有 {count} 个单元格无法照原样写入，已填“待补”，原内容见批注",
)
_DIFFERENT = Text(
    "{place}: {table} does not read in the new workbook as it did: {what}",
    "{place}：新工作簿中“{table}”表的读取结果与原文件不同：{what}",
)
_ROWS = Text("{new} rows instead of {old}", "现为 {new} 行，原为 {old} 行")
_CELLS = Text(
    "{count} cells, of them the first in row {row}, {column}", "{count} 个单元格，首个在第 {row} 行“{column}”栏"
)
_GATE = Text(
    "{place}: the gate was {before}, and is now {after}, for which the template is",
    "{place}：关口原为 {before}，现按模板适用的关口改为 {after}",
)
_STATUS = Text("it is declared complete in one of them only", "仅其中之一声明完整")


def left_behind(facts: FactSet, carried: Carried, selection: Selection) -> Iterator[Text]:
    """What the older file says that the template does not have, and what stands there in another way."""
    yield from _gate_changed(facts, selection)
    selected = {table.name: table for table in selection.tables}
    for old in facts.tables:
        table = selected.get(old.table.name)
        if table is None:
            if old.row_count:
                yield _filled(_TABLE, old, count=Text(str(old.row_count), str(old.row_count)))
            continue
        yield from _columns_left_out(old, table)
        yield from _columns_absent(old, table)
        yield from _remarks(old, carried)


def what_begins_with_hash(file: str) -> Text:
    """That comments of a workbook stay behind."""
    return Text(_BESIDES.en.format(file=file), _BESIDES.zh.format(file=file))


def differences(old: FactSet, new: FactSet, selection: Selection) -> Iterator[Text]:
    """What reads otherwise in the new workbook: nothing, unless a layout is read that nobody thought of."""
    for table in selection.tables:
        before, after = old.by_name[table.name], new.by_name[table.name]
        if not before.present and not before.closed:
            continue
        if before.closed != after.closed:
            yield _filled(_DIFFERENT, before, what=_STATUS)
        if before.row_count != after.row_count and not table.one_row:
            counts = {"new": after.row_count, "old": before.row_count}
            yield _filled(_DIFFERENT, before, what=Text(_ROWS.en.format(**counts), _ROWS.zh.format(**counts)))
        elif before.row_count == after.row_count:
            yield from _different_cells(_but_the_gate(table, selection), before, after)


def _but_the_gate(table: Table, selection: Selection) -> Table:
    """The table without the field that the template's own gate is written into."""
    if selection.gate is None or table.name != _PROJECT:
        return table
    return replace(table, fields=tuple(field for field in table.fields if field.name != "gate"))


def _different_cells(table: Table, before: FactTable, after: FactTable) -> Iterator[Text]:
    found = [
        (row, field)
        for field in table.fields
        for row, (one, other) in enumerate(zip(before.columns[field.name], after.columns[field.name], strict=True))
        if one != other or type(one) is not type(other)
    ]
    if found:
        row, field = min(found, key=lambda each: each[0])
        en = _CELLS.en.format(count=len(found), row=row + 1, column=field.title.en)
        zh = _CELLS.zh.format(count=len(found), row=row + 1, column=field.title.zh)
        yield _filled(_DIFFERENT, before, what=Text(en, zh))


def _gate_changed(facts: FactSet, selection: Selection) -> Iterator[Text]:
    project = facts.by_name.get(_PROJECT)
    if selection.gate is None or project is None or "gate" not in project.table.by_name:
        return
    old = facts.single(_PROJECT, "gate")
    if isinstance(old, str) and old != selection.gate:
        yield _filled(_GATE, project, before=Text(old, old), after=Text(selection.gate, selection.gate))


def _columns_left_out(old: FactTable, table: Table) -> Iterator[Text]:
    left = [
        field.title
        for field in old.table.fields
        if field.derived is None and field.name not in table.by_name and holds_something(old, field.name)
    ]
    if left:
        yield _filled(_COLUMNS, old, columns=_listed(left))


def _columns_absent(old: FactTable, table: Table) -> Iterator[Text]:
    """Optional columns that the older file does not have: a blank in them would come to mean none."""
    if not old.row_count:
        return
    absent = [
        field.title
        for field in table.fields
        if field.optional and all(old.origin.raw(row, field.name) is None for row in range(old.row_count))
    ]
    if absent:
        yield _filled(_ABSENT, old, columns=_listed(absent))


def _remarks(old: FactTable, carried: Carried) -> Iterator[Text]:
    table = carried.tables.get(old.table.name)
    for name, cells in table.columns.items() if table else ():
        rows = [row for row, cell in enumerate(cells) if cell.remark is not None]
        if rows:
            count, title = Text(str(len(rows)), str(len(rows))), old.table.by_name[name].title
            place = str(old.origin.cell_location(rows[0], name) or "")
            yield _filled(_REMARKS, old, place=Text(place, place), column=title, count=count)


def _filled(text: Text, old: FactTable, **words: Text) -> Text:
    place = str(old.origin.table_location() or "")
    said = {"place": Text(place, place), "table": old.table.title, **words}
    return Text(
        text.en.format(**{name: word.en for name, word in said.items()}),
        text.zh.format(**{name: word.zh for name, word in said.items()}),
    )


def _listed(titles: list[Text]) -> Text:
    return Text(", ".join(title.en for title in titles), "、".join(title.zh for title in titles))
