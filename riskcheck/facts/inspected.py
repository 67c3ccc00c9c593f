"""The sheets of a workbook as they were read, said in names that people see: the value behind `riskcheck inspect`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from riskcheck.facts.cellslayout import CellsLayout, NamedLine
from riskcheck.facts.fieldcolumns import is_number_head
from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.headersearch import row_with_most_texts, search_header
from riskcheck.facts.headersheet import TableLayout
from riskcheck.facts.heads import Head
from riskcheck.facts.keycells import KeyCell
from riskcheck.facts.keysheet import KeyLayout
from riskcheck.facts.names import field_names
from riskcheck.facts.nearesttables import NearestTables
from riskcheck.facts.rawcell import raw_text
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.spelling import shorten
from riskcheck.facts.workbookfacts import SheetRead, is_hidden
from riskcheck.model.inspection import (
    ColumnState,
    FieldTitle,
    HeaderCandidate,
    InspectedColumn,
    InspectedSheet,
    InspectedTable,
    LeftOutRange,
    NearTable,
    SheetState,
)
from riskcheck.model.place import area_name, cell_name, column_letters
from riskcheck.model.schema import Field, Schema, Table

_MOST_CANDIDATES, _MOST_NEAR = 3, 5
_MOST_TEXTS = 40


def inspected_sheets(sheets: Iterable[SheetRead], file: str, schema: Schema) -> tuple[InspectedSheet, ...]:
    """Each sheet of `file` and what was made of it."""
    nearest = NearestTables(schema.tables)
    return tuple(_sheet(each, file, nearest) for each in sheets)


def _sheet(read: SheetRead, file: str, nearest: NearestTables) -> InspectedSheet:
    state = _state(read)
    grid = Grid(read.sheet) if read.reading is None else read.reading.grid
    lost = state in (SheetState.REFUSED, SheetState.UNKNOWN) and bool(grid.rows)
    return InspectedSheet(
        name=read.sheet.name,
        state=state,
        file=file,
        visible=read.sheet.visible,
        table=FieldTitle(read.table.name, read.table.title) if read.table else None,
        read=tuple(_tables(read)),
        left_out=tuple(
            LeftOutRange(area_name(left.area), left.code, left.severity, left.text)
            for left in (read.reading.left_out if read.reading else ())
        ),
        candidates=tuple(_candidates(grid, read.table)) if lost else (),
        nearest=tuple(_near(grid, nearest)) if lost else (),
    )


def _state(read: SheetRead) -> SheetState:
    if read.passed_by:
        return SheetState.UNMAPPED
    if is_comment(read.sheet.name) and read.entry is None:
        return SheetState.MARKED
    if read.table is None:
        return SheetState.UNKNOWN
    if read.twin:
        return SheetState.TWIN
    if read.layout is not None:
        return SheetState.READ
    if is_hidden(read):
        return SheetState.HIDDEN
    if read.entry is not None and Grid(read.sheet).rows:  # what is refused stands in the mapping
        return SheetState.REFUSED
    refused = read.reading is not None and any(
        each.location is not None and each.location.sheet == read.sheet.name for each in read.reading.refusals
    )
    return SheetState.REFUSED if refused else SheetState.EMPTY


def _tables(read: SheetRead) -> Iterator[InspectedTable]:
    if read.reading is None or read.layout is None:
        return
    if isinstance(read.layout, KeyLayout):
        yield _of_keys(read.reading, read.layout)
        return
    if isinstance(read.layout, CellsLayout):
        yield _of_cells(read.reading, read.layout)
        return
    for head in read.layout.heads:
        yield _of_keys(head.reading, head.layout)
    yield _of_rows(read.reading, read.layout)


# ------------------------------------------------------------ tables of rows


def _of_rows(reading: SheetReading, layout: TableLayout) -> InspectedTable:
    header, own = layout.header, frozenset(layout.own)
    named = Counter(header.fields.values())
    return InspectedTable(
        table=FieldTitle(reading.table.name, reading.table.title),
        form="rows",
        columns=(*(_column(reading.table, layout, head, own, named) for head in header.heads), *_unmapped(reading)),
        absent=_absent(reading.table, layout.read),
        row_count=len(layout.rows),
        header=area_name((header.top, header.heads[0].column, header.bottom, header.heads[-1].column)),
        rows=_together(layout.rows),
        open=layout.open,
    )


def _column(table: Table, layout: TableLayout, head: Head, own: Set[int], named: Mapping[str, int]) -> InspectedColumn:
    rows = layout.rows
    values = area_name((rows[0], head.column, rows[-1], head.column)) if rows else None
    field = FieldTitle(head.match.name, table.by_name[head.match.name].title) if head.match else None
    state = _column_state(table, layout, head, own, named)
    return InspectedColumn(cell_name(head.row, head.column), _shown(head.text), state, field, values)


def _column_state(
    table: Table, layout: TableLayout, head: Head, own: Set[int], named: Mapping[str, int]
) -> ColumnState:
    if head.column not in own:
        return ColumnState.BESIDE
    if head.match is None:
        return ColumnState.NUMBER if is_number_head(head.text) else ColumnState.UNKNOWN
    name = head.match.name
    if table.by_name[name].derived is not None:
        return ColumnState.COMPUTED
    if name in layout.read and layout.places[name] == head.column:
        return ColumnState.READ
    return ColumnState.TWICE if named[name] > 1 else ColumnState.OTHER_UNIT


def _together(rows: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Ascending rows (from 0) as first and last (from 1) of those that stand together."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row:
            found[-1] = (found[-1][0], row + 1)
        else:
            found.append((row + 1, row + 1))
    return tuple(found)


# ------------------------------------------------------------ tables on their side, and matrices


def _of_cells(reading: SheetReading, layout: CellsLayout) -> InspectedTable:
    table = reading.table
    return InspectedTable(
        table=FieldTitle(table.name, table.title),
        form=layout.form,
        columns=(*(_line(table, line) for line in layout.lines), *_unmapped(reading)),
        absent=_absent(table, layout.read),
        row_count=layout.row_count,
        header=area_name(layout.header),
        open=layout.open,
    )


def _line(table: Table, line: NamedLine) -> InspectedColumn:
    field = None if line.field is None else FieldTitle(line.field, table.by_name[line.field].title)
    state = ColumnState.UNKNOWN if field is None else ColumnState.READ
    values = None if line.values is None else area_name(line.values)
    return InspectedColumn(cell_name(*line.cell), _shown(line.text), state, field, values)


# ------------------------------------------------------------ names beside values


def _of_keys(reading: SheetReading, layout: KeyLayout) -> InspectedTable:
    keys = sorted((*layout.keys.values(), *layout.others), key=lambda key: (key.row, key.column))
    return InspectedTable(
        table=FieldTitle(reading.table.name, reading.table.title),
        form="keys",
        columns=(*(_key(reading.table, layout, key) for key in keys), *_unmapped(reading)),
        absent=_absent(reading.table, layout.read),
        row_count=max((len(key.values) for key in layout.keys.values()), default=1),
        header=None if layout.header is None else area_name(layout.header),
    )


def _key(table: Table, layout: KeyLayout, key: KeyCell) -> InspectedColumn:
    first, last = key.values[0], key.values[-1]
    values, cell = area_name((*first, *last)), cell_name(key.row, key.column)
    if key.match is None:
        return InspectedColumn(cell, _shown(key.text), ColumnState.UNKNOWN, None, values)
    field = table.by_name[key.match.name]
    return InspectedColumn(
        cell, _shown(key.text), _key_state(field, layout, key), FieldTitle(field.name, field.title), values
    )


def _key_state(field: Field, layout: KeyLayout, key: KeyCell) -> ColumnState:
    if field.derived is not None:
        return ColumnState.COMPUTED
    if field.name in layout.read and layout.keys[field.name] is key:
        return ColumnState.READ
    twins = any(other.match is not None and other.match.name == field.name for other in layout.others)
    return ColumnState.TWICE if twins else ColumnState.OTHER_UNIT


def _unmapped(reading: SheetReading) -> Iterator[InspectedColumn]:
    """The names that the mapping leaves out, from above and from the left."""
    for place, text in sorted(set(reading.unmapped)):
        yield InspectedColumn(cell_name(*place), _shown(text), ColumnState.UNMAPPED)


def _absent(table: Table, read: Sequence[str]) -> tuple[FieldTitle, ...]:
    fields = (field for field in table.fields if field.derived is None and field.name not in read)
    return tuple(FieldTitle(field.name, field.title) for field in fields)


# ------------------------------------------------------------ sheets that were not read


def _candidates(grid: Grid, table: Table | None) -> Iterator[HeaderCandidate]:
    """The rows that may be the header: those that name fields, else those with most texts."""
    if table is not None:
        names = field_names(table)
        found = sorted(search_header(grid, table, names).candidates, key=lambda each: -each.score)
        for each in found[:_MOST_CANDIDATES]:
            fields = dict.fromkeys(each.header.fields.values())
            titles = tuple(FieldTitle(name, table.by_name[name].title) for name in fields)
            texts = tuple(_shown(head.text) for head in each.header.heads[:_MOST_TEXTS])
            yield HeaderCandidate(each.header.top + 1, each.header.bottom + 1, texts, titles)
        if found:
            return
    row = row_with_most_texts(grid)
    texts = tuple(_shown(raw_text(raw)) for _, raw in grid.filled(row)[:_MOST_TEXTS])
    yield HeaderCandidate(row + 1, row + 1, texts, ())


def _near(grid: Grid, nearest: NearestTables) -> Iterator[NearTable]:
    for near in nearest.of(grid)[:_MOST_NEAR]:
        titles = tuple(FieldTitle(name, near.table.by_name[name].title) for name in near.fields)
        down = near.direction == "column"
        yield NearTable(
            table=FieldTitle(near.table.name, near.table.title),
            fields=titles,
            of=sum(field.derived is None for field in near.table.fields),
            line=column_letters(near.line) if down else str(near.line + 1),
            swapped=down and not near.table.one_row,
        )


def _shown(text: str) -> str:
    return shorten(text, 200)
