"""A matrix, as a mapping says: names across (roles), letters in the cells, a row of the table for each letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from riskcheck.celltext import clean
from riskcheck.errors import Diagnostic
from riskcheck.facts import layout
from riskcheck.facts.cellslayout import CellsLayout, NamedLine
from riskcheck.facts.celltypes import Words
from riskcheck.facts.claims import MOST_REFUSALS, Claims, WrittenNames, claim, find, names_with
from riskcheck.facts.datarows import data_rows
from riskcheck.facts.fieldcolumns import is_number_head
from riskcheck.facts.grid import Grid
from riskcheck.facts.heads import Head, Header
from riskcheck.facts.mappedcells import said_by
from riskcheck.facts.mappedheader import header_of, written_heads
from riskcheck.facts.matrixcells import parts_of
from riskcheck.facts.mergedgroups import group_cells
from riskcheck.facts.names import Names, field_names
from riskcheck.facts.rawcell import RawCell, raw_text
from riskcheck.facts.sheet import Position
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.spelling import shorten
from riskcheck.frozen import frozen, replace
from riskcheck.model.mapping import Matrix, SheetEntry
from riskcheck.model.place import column_letters
from riskcheck.model.text import Text

MOST_ROWS = 1_000_000


@frozen
class _Parts:
    """The columns of a matrix: those of the fields that its rows have in common, and those that stand across."""

    labels: Mapping[str, Head]
    across: tuple[tuple[Head, str], ...]


def read_mapped_matrix(reading: SheetReading, entry: SheetEntry, matrix: Matrix) -> CellsLayout | None:
    """How the matrix is drawn on the sheet; None if it is not as the mapping says (then `reading` says why)."""
    names = names_with(field_names(reading.table), entry)
    header = _header(reading, names, entry, matrix)
    if header is None:
        return None
    before = len(reading.refusals)
    claims = claim(reading, entry, written_heads(reading.grid, header))
    parts = _parts(reading, entry, matrix, header, claims)
    if len(reading.refusals) > before or parts is None:
        return None
    own = tuple(sorted({head.column for head in (*parts.labels.values(), *(head for head, _ in parts.across))}))
    rows, is_open = data_rows(reading, names, replace(header, claimed=frozenset(own)), own)
    if len(rows) * len(parts.across) > MOST_ROWS:
        message = Text(f"the matrix has more than {MOST_ROWS} cells", f"矩阵的单元格超过 {MOST_ROWS} 个")
        reading.refusals.append(Diagnostic("mapped-matrix", message, matrix.place))
        return None
    return _layout(reading, matrix, header, parts, own, rows, is_open)


def _header(reading: SheetReading, names: Names, entry: SheetEntry, matrix: Matrix) -> Header | None:
    """The header: where the mapping says, else the row in which most of what the mapping names stands."""
    if entry.header is not None:
        return header_of(reading, names, entry)
    refs = [
        *(each.column for each in entry.sources if each.column),
        *(each.column for each in matrix.columns),
    ]
    wanted = {clean(ref.header).casefold() for ref in refs if ref.header}
    wanted |= {name for name in names.by_folded if len(name) > 2} if not wanted else set()
    grid = reading.grid
    scores = {
        row: sum(clean(raw_text(raw)).casefold() in wanted for _, raw in grid.filled(row)) for row in grid.rows[:64]
    }
    best = max(scores.values(), default=0)
    found = [row for row, score in scores.items() if score == best] if best else []
    if len(found) == 1:
        return header_of(reading, names, replace(entry, header=(found[0], found[0])))
    sheet = shorten(entry.sheet)
    message = Text(
        f'which row of the sheet "{sheet}" is the header of the matrix is not known',
        f"无法确定工作表“{sheet}”中矩阵的列名行",
    )
    hint = Text('say it, such as "header: 1"', "请写明，如“header: 1”")
    reading.refusals.append(Diagnostic("mapped-header-missing", message, matrix.place, (hint,)))
    return None


def _parts(reading: SheetReading, entry: SheetEntry, matrix: Matrix, header: Header, claims: Claims) -> _Parts | None:
    heads = {head.column: head for head in header.heads}
    across = _named_across(reading, matrix, header)
    taken = {head.column for head, _ in across}
    labels: dict[str, Head] = {}
    for column, source in claims.fed.items():
        labels[source.field] = heads.get(column) or Head(column, header.bottom, "", None)
    other = {matrix.across, matrix.cells, *claims.told(entry)}
    for column, head in heads.items():
        free = column not in taken and column not in claims.ignored and column not in claims.fed
        name = head.match.name if head.match else None
        if free and not entry.only and name and name not in other and reading.table.by_name[name].derived is None:
            labels.setdefault(name, head)
    if not labels:
        _refuse_unlabelled(reading, matrix)
        return None
    last = max(head.column for head in labels.values())
    rest = [
        head
        for column, head in heads.items()
        if column not in claims.ignored and head not in labels.values() and column not in taken
    ]
    if not matrix.columns:
        across = [(head, _lowest(reading.grid, head)) for head in rest if head.column > last]
        rest = [head for head in rest if head.column < last]
    if not across:
        _refuse_unlabelled(reading, matrix)
        return None
    left = [head for column, head in heads.items() if column in claims.ignored and column not in taken]
    left += rest if entry.only else []
    reading.unmapped.extend(((head.row, head.column), head.text) for head in left)
    if not entry.only:
        unknown = [(head.text, reading.at(head.row, head.column)) for head in rest if not is_number_head(head.text)]
        reading.problems.extend(layout.unknown_columns(unknown, reading.table, field_names(reading.table)))
    return _Parts(labels, tuple(across))


def _named_across(reading: SheetReading, matrix: Matrix, header: Header) -> list[tuple[Head, str]]:
    """The columns that the mapping says stand across, each with what it stands for."""
    heads = {head.column: head for head in header.heads}
    names = WrittenNames(written_heads(reading.grid, header))
    before = len(reading.refusals)
    found = []
    for each in matrix.columns:
        if len(reading.refusals) - before >= MOST_REFUSALS:
            break
        column = find(reading, each.column, names)
        if column is None:
            continue
        head = heads.get(column)
        if head is None:
            _refuse_nameless(reading, matrix, column)
            continue
        found.append((head, each.name or _lowest(reading.grid, head)))
    return found


def _lowest(grid: Grid, head: Head) -> str:
    return " ".join(raw_text(grid.cell(head.row, head.column)).split())


def _layout(
    reading: SheetReading,
    matrix: Matrix,
    header: Header,
    parts: _Parts,
    own: Sequence[int],
    rows: Sequence[int],
    is_open: bool,
) -> CellsLayout:
    grid, field = reading.grid, reading.table.by_name[matrix.cells]
    places = {head.column: name for name, head in parts.labels.items()}
    anchors: Mapping[Position, Position] = {}
    if any(area[2] > header.bottom for area in grid.sheet.merged):
        anchors = group_cells(reading, places, own, rows)
    cells: dict[str, list[Position]] = {name: [] for name in (*parts.labels, matrix.across, matrix.cells)}
    said = said_by(matrix.reading)
    words = Words(field.allowed)
    letters: list[RawCell] = []
    names: list[RawCell] = []
    for row in rows:
        for head, name in parts.across:
            for part in parts_of(grid.cell(row, head.column), field, words, said):
                for label, labelled in parts.labels.items():
                    cells[label].append(anchors.get((row, labelled.column), (row, labelled.column)))
                cells[matrix.across].append((head.row, head.column))
                cells[matrix.cells].append((row, head.column))
                names.append(name)
                letters.append(part)
    lines = [NamedLine((head.row, head.column), head.text, name) for name, head in parts.labels.items()]
    lines += [NamedLine((head.row, head.column), head.text, matrix.across) for head, _ in parts.across]
    columns = [line.cell[1] for line in lines]
    area = (header.top, min(columns), header.bottom, max(columns))
    texts = {matrix.across: tuple(names), matrix.cells: tuple(letters)}
    return CellsLayout(
        "matrix", area, tuple(sorted(lines, key=lambda line: line.cell[1])), cells, len(letters), texts, is_open
    )


def _refuse_unlabelled(reading: SheetReading, matrix: Matrix) -> None:
    titles = [
        each for each in reading.table.fields if each.name not in (matrix.across, matrix.cells) and each.derived is None
    ]
    en, zh = ", ".join(each.name for each in titles), "、".join(each.name for each in titles)
    message = Text(
        "the matrix needs a column that names its rows, and columns to the right of it",
        "矩阵须有一列作为各行的名称，其右侧为各列",
    )
    hint = Text(f"name it under fields: {en}", f"请在 fields 中写明：{zh}")
    reading.refusals.append(Diagnostic("mapped-matrix", message, matrix.place, (hint,)))


def _refuse_nameless(reading: SheetReading, matrix: Matrix, column: int) -> None:
    name = column_letters(column)
    message = Text(f"column {name} of the matrix has no header", f"矩阵的 {name} 列没有列名")
    reading.refusals.append(Diagnostic("mapped-matrix", message, matrix.place))
