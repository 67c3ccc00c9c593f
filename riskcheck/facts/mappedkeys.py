"""A one-row table, read as a mapping says: the label beside each value, or the cell of the value itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import Any

from riskcheck.errors import Diagnostic
from riskcheck.facts.claims import LABELS, Written, claim, claimed_match, elsewhere, in_said_unit, names_with
from riskcheck.facts.headersheet import TableLayout
from riskcheck.facts.keycells import KeyCell
from riskcheck.facts.keysheet import KeyLayout, read_key_sheet
from riskcheck.facts.mappedheader import read_mapped_header
from riskcheck.facts.names import field_names
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.spelling import shorten
from riskcheck.frozen import replace
from riskcheck.model.mapping import ColumnRef, SheetEntry
from riskcheck.model.place import cell_name
from riskcheck.model.text import Text


def read_mapped_keys(reading: SheetReading, entry: SheetEntry) -> KeyLayout | TableLayout | None:
    """How the table is written on the sheet; None if it is not as the mapping says (then `reading` says why)."""
    by_cell = {each.field: each.column for each in entry.sources if each.column is not None and each.column.cell}
    lists: tuple[list[Any], ...] = (reading.problems, reading.refusals, reading.left_out)
    before = [len(each) for each in lists]
    found = read_key_sheet(reading, names_with(field_names(reading.table), entry))
    if not isinstance(found, KeyLayout):
        for told, count in zip(lists, before, strict=True):
            del told[count:]
        if found is not None:
            return read_mapped_header(reading, entry)
        found = KeyLayout({}, ())
    layout = _claimed(reading, entry, found)
    for field, ref in by_cell.items():
        row, column = ref.cell or (0, 0)
        if not reading.grid.filled(row):
            _refuse_cell(reading, ref, field)
        key = KeyCell(row, column, "", None, ((row, column),))
        layout = replace(layout, keys={**layout.keys, field: key}, read=tuple(dict.fromkeys((*layout.read, field))))
    if not layout.read and len(reading.refusals) == before[1]:
        return read_mapped_header(reading, entry)  # which says why
    return None if len(reading.refusals) > before[1] else layout


def _claimed(reading: SheetReading, entry: SheetEntry, found: KeyLayout) -> KeyLayout:
    names = field_names(reading.table)
    keys = sorted((*found.keys.values(), *found.others), key=lambda key: (key.row, key.column))
    cells = (cell_name(*key.values[0]) for key in keys)
    written = tuple(
        Written(number, key.text, key.text, cell) for number, (key, cell) in enumerate(zip(keys, cells, strict=True))
    )
    claims = claim(reading, entry, written, kind=LABELS)
    told = claims.told(entry)
    _tell_elsewhere(reading, entry, [key for number, key in enumerate(keys) if number not in claims.fed], told)
    chosen = {name: key for name, key in found.keys.items() if name not in told and not entry.only}
    read = [name for name in found.read if name in chosen]
    for number, source in claims.fed.items():
        match = names.match(keys[number].text)
        if match is None or match.name != source.field:
            match = claimed_match(source, keys[number].text)
        match = in_said_unit(entry, match)
        key = replace(keys[number], match=match)
        _forget(reading, [key], ("other-unit", "header-note"))
        chosen[source.field] = key
        if match is not None and reading.can_be_read(key.text, match, key.row, key.column):
            read.append(source.field)
    for name, key in chosen.items():
        if name not in told and key.match is not None and in_said_unit(entry, key.match) != key.match:
            _forget(reading, [key], ("other-unit", "header-note"))
            read.append(name)
    left = {
        number for number in range(len(keys)) if number in claims.ignored or (entry.only and number not in claims.fed)
    }
    out = [keys[number] for number in left]
    reading.unmapped.extend(((key.row, key.column), key.text) for key in out)
    _forget(reading, out, ("unknown-column",))
    chosen = {name: key for name, key in chosen.items() if key not in out}
    others = tuple(
        key
        for number, key in enumerate(keys)
        if number not in claims.fed and number not in left and key not in chosen.values()
    )
    return KeyLayout(chosen, tuple(dict.fromkeys(name for name in read if name in chosen)), others, found.header)


def _tell_elsewhere(reading: SheetReading, entry: SheetEntry, keys: Sequence[KeyCell], told: Set[str]) -> None:
    """Tell the labels of fields that the mapping takes from elsewhere; that there are several is no matter then."""
    names = field_names(reading.table)
    meant = [(key, match.name) for key in keys if (match := names.match(key.text)) and match.name in told]
    _forget(reading, [key for key, _ in meant], ("two-values", "other-unit", "header-note"))
    if entry.only:
        return
    by_cell = {each.column.cell for each in entry.sources if each.column is not None and each.column.cell}
    for key, field in meant:
        if key.holds_something(reading.grid) and key.values[0] not in by_cell:
            reading.problems.append(elsewhere(reading, entry, field, key.text, (key.row, key.column)))


def _forget(reading: SheetReading, keys: Iterable[KeyCell], codes: Sequence[str]) -> None:
    """Take back what was told of labels of which the mapping says otherwise."""
    cells = {cell_name(key.row, key.column) for key in keys}
    reading.problems[:] = [
        each
        for each in reading.problems
        if each.code not in codes or each.location is None or each.location.cell not in cells
    ]


def _refuse_cell(reading: SheetReading, ref: ColumnRef, field: str) -> None:
    name, sheet = cell_name(*(ref.cell or (0, 0))), shorten(reading.grid.sheet.name)
    message = Text(
        f'the mapping takes {field} from the cell {name} of the sheet "{sheet}", in whose row nothing stands',
        f"映射指定 {field} 取自工作表“{sheet}”的 {name}，但该行没有内容",
    )
    reading.refusals.append(Diagnostic("mapped-cell-missing", message, ref.place))
