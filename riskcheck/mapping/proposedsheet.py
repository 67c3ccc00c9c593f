"""The lines of a sheet that is read, in a proposed mapping: what was taken as what, and what is doubtful about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from riskcheck.facts.claims import WrittenNames
from riskcheck.facts.fieldcolumns import is_number_head
from riskcheck.facts.grid import Grid
from riskcheck.facts.headersheet import TableLayout
from riskcheck.facts.heads import Head
from riskcheck.facts.keycells import KeyCell
from riskcheck.facts.keysheet import KeyLayout
from riskcheck.facts.mappedheader import written_heads
from riskcheck.facts.names import Names, field_names
from riskcheck.facts.rawcell import RawCell
from riskcheck.frozen import frozen
from riskcheck.mapping.proposedfield import NO_DOUBTS, Doubts, doubts_of, field_lines, unit_in
from riskcheck.mapping.speaking import Speaker, out
from riskcheck.mapping.yamltext import scalar
from riskcheck.model.place import cell_name, column_letters
from riskcheck.model.schema import Table

MOST_COLUMNS = 100
_LONGEST = 400
_Cells = Mapping[str, Sequence[RawCell]]


@frozen
class _Unknown:
    """A column or label that is no field: how a mapping names it, its cell, and the field it is like."""

    ref: str
    cell: str
    nearest: str | None


def head_of_entry(speak: Speaker, grid: Grid, table: Table, note: str = "") -> Iterator[str]:
    """The first lines of an entry."""
    yield from speak.sheet(grid.sheet.name, note)
    yield f"    table: {table.name}  # {speak.say(table.title)}"


# ------------------------------------------------------------ tables of rows


def rows_entry(speak: Speaker, grid: Grid, table: Table, layout: TableLayout, cells: _Cells) -> Iterator[str]:
    """A sheet with a header row."""
    header, names = layout.header, field_names(table)
    yield from head_of_entry(speak, grid, table, "" if grid.sheet.visible else speak.t("hidden", "隐藏"))
    top, bottom = header.top + 1, header.bottom + 1
    yield f"    header: {top}" if top == bottom else f"    header: {top}-{bottom}"
    written = WrittenNames(written_heads(grid, header))
    own, named = frozenset(layout.own), Counter(header.fields.values())
    read = [head for head in header.heads if _is_read(layout, head, own, named)]
    if read:
        yield "    fields:"
    for head in read:
        name = head.match.name if head.match else ""
        doubts = doubts_of(table.by_name[name], cells[name]) if name in cells else _other_unit(table, head)
        where = cell_name(head.row, head.column)
        yield from field_lines(speak, table.by_name[name], *_column(written, head), where, doubts)
    yield from _twins(speak, layout, written, own)
    unknown = [
        _Unknown(_as_item(*_column(written, head)), cell_name(head.row, head.column), _nearest(names, head.text))
        for head in header.heads
        if head.match is None and head.column in own and not is_number_head(head.text)
    ]
    yield from _unknown_lines(speak, unknown, is_first=not read)
    yield from _absent(speak, table, [head.match.name for head in header.heads if head.match])


def _is_read(layout: TableLayout, head: Head, own: Set[int], named: Mapping[str, int]) -> bool:
    """Whether a head is the one column for its field; a column in another unit is, too."""
    if head.match is None or head.column not in own:
        return False
    name = head.match.name
    return named[name] == 1 and layout.places.get(name) == head.column


def _other_unit(table: Table, head: Head) -> Doubts:
    unit = unit_in(head.match.note, table.by_name[head.match.name]) if head.match and head.match.note else None
    return Doubts(unit=unit) if unit else NO_DOUBTS


def _column(written: WrittenNames, head: Head) -> tuple[str, str]:
    """The key and text by which a mapping names a column: its header if it is the only one of that name."""
    text = " ".join(head.text.split())
    called = written.called(text)
    is_sure = len(called) == 1 and called[0].line == head.column and 0 < len(text) < _LONGEST
    return ("header", text) if is_sure else ("column", column_letters(head.column))


def _twins(speak: Speaker, layout: TableLayout, written: WrittenNames, own: Set[int]) -> Iterator[str]:
    """Several columns for one field: which of them is meant is left open."""
    names = Counter(head.match.name for head in layout.header.heads if head.match and head.column in own)
    for name, count in names.items():
        if count < 2:
            continue
        read = column_letters(layout.places[name]) if name in layout.read else "-"
        yield speak.remark(
            6,
            f"{count} columns for {name} (read: {read}); take the # away from the one that is meant",
            f"{name} 有 {count} 列（已读取：{read}）；请去掉应读取的一行前的 #",
        )
        for head in layout.header.heads:
            if head.match and head.match.name == name:
                value = _as_item(*_column(written, head))
                yield f"      # {name}: {value}  # {cell_name(head.row, head.column)}"


# ------------------------------------------------------------ names beside values


def keys_entry(speak: Speaker, grid: Grid, table: Table, layout: KeyLayout, cells: _Cells) -> Iterator[str]:
    """A sheet with names beside values."""
    names = field_names(table)
    yield from head_of_entry(speak, grid, table, "" if grid.sheet.visible else speak.t("hidden", "隐藏"))
    counts = Counter(" ".join(key.text.split()) for key in (*layout.keys.values(), *layout.others))
    known = [(name, key) for name, key in layout.keys.items() if name in layout.read]
    if known:
        yield "    fields:"
    for name, key in known:
        field = table.by_name[name]
        text = " ".join(key.text.split())
        named = ("header", text) if counts[text] == 1 and len(text) < _LONGEST else ("cell", cell_name(*key.values[0]))
        where = cell_name(key.row, key.column)
        yield from field_lines(speak, field, *named, where, doubts_of(field, cells.get(name, ())))
    unknown = [
        _Unknown(scalar(key.text), cell_name(key.row, key.column), _nearest(names, key.text))
        for key in layout.others
        if key.match is None and key.holds_something(grid)
    ]
    yield from _several_values(speak, grid, layout)
    yield from _unknown_lines(speak, unknown, is_first=not known)
    yield from _absent(speak, table, list(layout.keys))


def _several_values(speak: Speaker, grid: Grid, layout: KeyLayout) -> Iterator[str]:
    """Fields that have a value in several places, none of which is read."""
    for name, key in layout.keys.items():
        others: list[KeyCell] = [each for each in layout.others if each.match and each.match.name == name]
        filled = [each for each in (key, *others) if each.holds_something(grid)]
        if name in layout.read or len(filled) < 2:
            continue
        yield speak.remark(
            6,
            f"{len(filled)} values for {name}; take the # away from the one that is meant",
            f"{name} 有 {len(filled)} 处填了值；请去掉应读取的一行前的 #",
        )
        for each in filled:
            yield f"      # {name}: {{cell: {cell_name(*each.values[0])}}}"


# ------------------------------------------------------------ what is no field


def _nearest(names: Names, text: str) -> str | None:
    meant = names.nearest(text)
    match = names.match(meant) if meant is not None else None
    return match.name if match is not None else None


def _as_item(key: str, text: str) -> str:
    return scalar(text) if key == "header" else f"{{column: {text}}}"


def _unknown_lines(speak: Speaker, unknown: Sequence[_Unknown], *, is_first: bool) -> Iterator[str]:
    if not unknown:
        return
    yield speak.remark(
        4 if is_first else 6,
        "no field: write the name of one for the ?, or leave it out below",
        "不是字段：请将 ? 改为字段名，或在下面的 ignore 中忽略",
    )
    if is_first:
        yield from out(["    fields:"], 4)
    perhaps = speak.t(", perhaps ", "，可能是 ")
    lines = [
        f"      ?: {each.ref}  # {each.cell}{perhaps + each.nearest if each.nearest else ''}"
        for each in unknown[:MOST_COLUMNS]
    ]
    yield from out(lines, 4 if is_first else 6)
    if len(unknown) > MOST_COLUMNS:
        more = len(unknown) - MOST_COLUMNS
        yield speak.remark(6, f"… and {more} more", f"……另有 {more} 列")
    items = [each.ref for each in unknown[:MOST_COLUMNS]]
    yield from out(["    ignore:", *(f"      - {item}" for item in items)], 4)


def _absent(speak: Speaker, table: Table, named: Sequence[str]) -> Iterator[str]:
    absent = [field.name for field in table.fields if field.derived is None and field.name not in named]
    if absent:
        yield f"    # {speak.t('not there: ', '没有的字段：')}{speak.names(absent, 60)}"
