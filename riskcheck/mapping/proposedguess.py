"""The lines of a sheet that is not read, in a proposed mapping: what it may be, all as comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskcheck.errors import Diagnostic, worded
from riskcheck.facts.crosstab import Crosstab, find_crosstab
from riskcheck.facts.grid import Grid
from riskcheck.facts.headersearch import search_header
from riskcheck.facts.names import field_names
from riskcheck.facts.nearesttables import NearestTables, NearTable
from riskcheck.facts.rawcell import raw_text
from riskcheck.facts.swapped import looks_swapped
from riskcheck.facts.workbookfacts import SheetRead
from riskcheck.mapping.proposedsheet import head_of_entry
from riskcheck.mapping.speaking import Speaker, out
from riskcheck.mapping.yamltext import comment, scalar
from riskcheck.model.place import column_letters
from riskcheck.model.schema import Schema

_MOST_NEAR = 3


def guessed_entry(
    speak: Speaker, read: SheetRead, schema: Schema, nearest: NearestTables, refusals: Sequence[Diagnostic]
) -> Iterator[str]:
    """What a sheet may be that was refused, or that bears no name of a table."""
    grid, name = Grid(read.sheet), comment(read.sheet.name)
    if not grid.rows:
        yield speak.remark(2, f"{name}: nothing is on it", f"{name}：没有内容")
        return
    hidden = "" if read.sheet.visible else speak.t(" (hidden)", "（隐藏）")
    why = speak.t("its name is no table", "名称不是资料表")
    if read.twin:
        why = speak.t("another sheet is for the same table", "另有工作表对应同一张表")
    elif not read.sheet.visible and read.table is not None:
        why = speak.t("it is hidden; named here it is read", "已隐藏；在此写明即可读取")
    elif refusals:
        why = comment(worded(refusals[0].message, speak.language))
    yield speak.remark(2, f"{name}{hidden} is not read: {why}", f"{name}{hidden}未读取：{why}")
    guess = list(_guess(speak, grid, read, schema, nearest))
    yield from out(guess, 2)
    if guess:
        yield speak.remark(2, "or:", "或：")
    yield speak.ignored(read.sheet.name)


def _guess(speak: Speaker, grid: Grid, read: SheetRead, schema: Schema, nearest: NearestTables) -> Iterator[str]:
    tables = (read.table,) if read.table is not None else schema.tables
    crosstab = find_crosstab(grid, tables)
    if crosstab is not None:
        yield from _of_crosstab(speak, grid, crosstab)
    if not read.sheet.visible and read.table is not None and not read.twin:
        yield from head_of_entry(speak, grid, read.table)
        return
    near = [each for each in nearest.of(grid) if read.table in (None, each.table)][:_MOST_NEAR]
    rivals = _rivals(read, grid)
    if near and not rivals:
        yield from _of_near(speak, grid, near)
    elif crosstab is None and looks_swapped(grid):
        yield from _of_swapped(speak, grid, read)
    elif crosstab is None and read.table is not None:
        yield from head_of_entry(speak, grid, read.table)
        if not read.table.one_row:
            yield f"    header: {rivals[0]}  # {', '.join(map(str, rivals))}?" if rivals else "    header: ?"


def _rivals(read: SheetRead, grid: Grid) -> list[int]:
    """The rows (from 1) that are equally good as the header."""
    if read.table is None or read.table.one_row or read.twin:
        return []
    return [each.header.top + 1 for each in search_header(grid, read.table, field_names(read.table)).rivals]


def _of_near(speak: Speaker, grid: Grid, near: Sequence[NearTable]) -> Iterator[str]:
    best = near[0]
    down = best.direction == "column"
    line = column_letters(best.line) if down else str(best.line + 1)
    others = speak.t(", or ", "，或 ").join(f"{each.table.name} ({len(each.fields)})" for each in near[1:])
    count = len(best.fields)
    yield from speak.sheet(grid.sheet.name)
    remark = speak.t(f"{count} of its names in {line}", f"{line} 处有其 {count} 个名称") + (
        speak.t(f"; or {others}", f"；或 {others}") if others else ""
    )
    yield f"    table: {best.table.name}  # {speak.say(best.table.title)}: {remark}"
    if best.table.one_row:
        return
    if down:
        yield f"    transposed: true  # {speak.t('rows and columns are swapped', '行列互换')}"
    yield f"    header: {line}"


def _of_swapped(speak: Speaker, grid: Grid, read: SheetRead) -> Iterator[str]:
    """A sheet that is much wider than high: its rows may be the columns of a table."""
    row = next(row for row in grid.rows if len(grid.filled(row)) > 1)
    column, name = grid.filled(row)[0]
    yield from speak.sheet(grid.sheet.name, speak.t("rows and columns seem to be swapped", "似乎行列互换"))
    yield f"    table: {read.table.name if read.table else '?'}"
    yield "    transposed: true"
    yield f"    header: {column_letters(column)}"
    yield "    fields:"
    yield f"      ?: {scalar(raw_text(name))}"


def _of_crosstab(speak: Speaker, grid: Grid, found: Crosstab) -> Iterator[str]:
    yield from head_of_entry(speak, grid, found.table, speak.t("looks like a matrix", "像是矩阵"))
    yield f"    header: {found.header + 1}"
    yield f"    fields: {{{found.label.name}: {_ref(*found.label_column)}}}"
    columns = ""
    if len(found.columns) == 1:  # letters of one role in one column: what the role is called is said nowhere
        columns = f', columns: {{{_ref(*found.columns[0])}: "?"}}'
    else:
        first, last = found.columns[0][0], found.columns[-1][0]
        if last - first + 1 == len(found.columns):
            columns = f", columns: {column_letters(first)}-{column_letters(last)}"
    yield f"    matrix: {{across: {found.across.name}, cells: {found.cells.name}{columns}}}"


def _ref(column: int, text: str) -> str:
    return scalar(text) if text.strip() else f"{{column: {column_letters(column)}}}"
