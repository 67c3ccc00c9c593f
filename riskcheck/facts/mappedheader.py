"""A sheet with a header row, read as a mapping says: which rows are the header, which columns are which fields."""

from __future__ import annotations

from riskcheck.errors import Diagnostic
from riskcheck.facts.claims import Claims, Written, claim, claimed_match, elsewhere, in_said_unit, names_with
from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.groupheads import grouped_header
from riskcheck.facts.headersheet import TableLayout, find_header, table_layout
from riskcheck.facts.headmeaning import meaning
from riskcheck.facts.heads import Head, Header, header_in_row
from riskcheck.facts.names import Names, field_names
from riskcheck.facts.rawcell import is_blank, raw_text
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.spelling import shorten
from riskcheck.frozen import replace
from riskcheck.model.mapping import SheetEntry
from riskcheck.model.place import column_letters
from riskcheck.model.schema import Table
from riskcheck.model.text import Text


def read_mapped_header(reading: SheetReading, entry: SheetEntry) -> TableLayout | None:
    """How the table is drawn on the sheet; None if it is not as the mapping says (then `reading` says why)."""
    own = field_names(reading.table)
    names = names_with(own, entry)
    found = header_of(reading, names, entry)
    if found is None:
        return None
    found = header_in_rows(reading.grid, reading.table, own, found.top, found.bottom)
    before = len(reading.refusals)
    claims = claim(reading, entry, written_heads(reading.grid, found))
    if len(reading.refusals) > before:
        return None
    header = _claimed(reading, entry, found, claims)
    if not header.heads:
        message = Text(
            f'the mapping leaves no column of the sheet "{shorten(entry.sheet)}" to read',
            f"按映射，工作表“{shorten(entry.sheet)}”没有可读取的列",
        )
        reading.refusals.append(Diagnostic("mapped-columns-none", message, entry.place))
        return None
    return table_layout(reading, own, header)


def header_of(reading: SheetReading, names: Names, entry: SheetEntry) -> Header | None:
    """The header in the rows that the mapping says, else where it is found."""
    if entry.header is None:
        return find_header(reading, names)
    top, bottom = entry.header
    header = header_in_rows(reading.grid, reading.table, names, top, bottom)
    if header.heads:
        return header
    rows = str(top + 1) if top == bottom else f"{top + 1}-{bottom + 1}"
    message = Text(
        f'the mapping takes row {rows} of the sheet "{shorten(entry.sheet)}" for its header, where nothing stands',
        f"映射指定工作表“{shorten(entry.sheet)}”的第 {rows} 行为列名行，但该处没有内容",
    )
    reading.refusals.append(Diagnostic("mapped-header-missing", message, entry.place))
    return None


def header_in_rows(grid: Grid, table: Table, names: Names, top: int, bottom: int) -> Header:
    """The header that stands in the rows from `top` to `bottom`."""
    if top == bottom:
        return header_in_row(names, top, grid.filled(top))
    grouped = grouped_header(grid, table, names, top)
    if grouped is not None and grouped.bottom == bottom:
        return grouped
    heads = []
    for column in grid.columns:
        cells = [place for row in range(top, bottom + 1) if (place := _head_over(grid, row, column)) is not None]
        cells = list(dict.fromkeys(cells))
        texts = [raw_text(grid.cell(*place)) for place in cells]
        own = [place for place in cells if place[1] == column]
        if not own or is_comment(texts[-1]):
            continue
        heads.append(Head(column, own[-1][0], " / ".join(texts), meaning(table, names, texts), tuple(cells[:-1])))
    return Header(top, bottom, tuple(heads))


def written_heads(grid: Grid, header: Header) -> tuple[Written, ...]:
    """The heads as a mapping may name them."""
    return tuple(
        Written(head.column, head.text, raw_text(grid.cell(head.row, head.column)), column_letters(head.column))
        for head in header.heads
    )


def _head_over(grid: Grid, row: int, column: int) -> tuple[int, int] | None:
    """The cell of a header row that stands over `column`: its own, or one merged over it."""
    if not is_blank(grid.cell(row, column)):
        return row, column
    for left, area in grid.areas.get(row, {}).items():
        if left < column <= area[3] and not is_blank(grid.cell(row, left)):
            return row, left
    return None


def _claimed(reading: SheetReading, entry: SheetEntry, header: Header, claims: Claims) -> Header:
    """The header with the fields that the mapping says, without the columns that it leaves out."""
    told = claims.told(entry)
    heads = {head.column: head for head in header.heads}
    for column, source in claims.fed.items():
        head = heads.get(column) or Head(column, header.bottom, "", None)
        is_known = head.match is not None and head.match.name == source.field
        heads[column] = head if is_known else replace(head, match=claimed_match(source, head.text))
    kept = []
    for column in sorted(heads):
        head = heads[column]
        if column in claims.fed:
            kept.append(head)
        elif column in claims.ignored or entry.only:
            reading.unmapped.append(((head.row, column), head.text))
        elif head.match is not None and head.match.name in told:
            reading.problems.append(elsewhere(reading, entry, head.match.name, head.text, (head.row, head.column)))
        else:
            kept.append(head)
    kept = [replace(head, match=in_said_unit(entry, head.match)) for head in kept]
    return replace(header, heads=tuple(kept), claimed=frozenset(claims.fed))
