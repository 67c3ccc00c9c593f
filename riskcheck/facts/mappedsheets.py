"""Which sheet is read for which table where a mapping says so, and what of the mapping fits no sheet."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from riskcheck.errors import Diagnostic, guess, nearest
from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.sheet import CellValue, Position, Sheet
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.spelling import fold, shorten
from riskcheck.frozen import replace
from riskcheck.model.mapping import AS_WRITTEN, Mapping, SheetEntry
from riskcheck.model.schema import Table
from riskcheck.model.text import Text

if TYPE_CHECKING:
    from riskcheck.facts.cellslayout import CellsLayout
    from riskcheck.facts.headersheet import TableLayout
    from riskcheck.facts.keysheet import KeyLayout
    from riskcheck.facts.workbookfacts import SheetRead


_MOST_REFUSALS = 20
_MOST_NAMES = 200
"""Among so many names the nearest is looked for."""


class _Names:
    """The names of the sheets of a file."""

    def __init__(self, written: Sequence[str]) -> None:
        self.written = written
        self._by_folded: dict[str, list[str]] = {}
        for name in written:
            self._by_folded.setdefault(fold(name), []).append(name)

    def meant(self, entry: SheetEntry) -> str | None:
        """The sheet that an entry names: as it stands, else but for case, blanks and the like."""
        like = self._by_folded.get(fold(entry.sheet), [])
        return entry.sheet if entry.sheet in like else like[0] if len(like) == 1 else None


def as_mapped(
    meant: Sequence[SheetRead], mapping: Mapping, tables: dict[str, Table], file: str
) -> tuple[SheetRead, ...]:
    """The sheets of `file` with the tables that the mapping says; a sheet with several entries stands there for each.

    `meant` has them with the tables that their names mean, which count where the mapping says nothing.
    """
    names = _Names([each.sheet.name for each in meant])
    by_sheet: dict[str, list[SheetEntry]] = {}
    for entry in mapping.sheets:
        name = names.meant(entry) if is_of_file(entry, file) else None
        if name is not None:
            by_sheet.setdefault(name, []).append(entry)
    found: list[SheetRead] = []
    for each in meant:
        entries = by_sheet.get(each.sheet.name, ())
        read = [replace(each, table=tables[entry.table], entry=entry) for entry in entries if entry.table is not None]
        left_out = entries or (mapping.only and not is_comment(each.sheet.name))
        found.extend(read or [replace(each, table=None, passed_by=True) if left_out else each])
    return tuple(found)


def read_mapped(chosen: SheetRead, entry: SheetEntry, reading: SheetReading) -> SheetRead:
    """The sheet read for its table as the mapping says."""
    layout: TableLayout | KeyLayout | CellsLayout | None
    if entry.rows is not None and entry.header is not None and not entry.transposed:
        reading = replace(reading, grid=Grid(cropped(chosen.sheet, entry.header, entry.rows)))
    if entry.transposed:
        from riskcheck.facts.mappedsides import read_mapped_sides

        layout = read_mapped_sides(reading, entry)
    elif entry.matrix is not None:
        from riskcheck.facts.mappedmatrix import read_mapped_matrix

        layout = read_mapped_matrix(reading, entry, entry.matrix)
    elif reading.table.one_row:
        from riskcheck.facts.mappedkeys import read_mapped_keys

        layout = read_mapped_keys(reading, entry)
    else:
        from riskcheck.facts.mappedheader import read_mapped_header

        layout = read_mapped_header(reading, entry)
    if layout is not None:
        _check_read(layout, entry, reading)
    return replace(chosen, reading=reading, layout=layout)


def _check_read(layout: TableLayout | KeyLayout | CellsLayout, entry: SheetEntry, reading: SheetReading) -> None:
    """Refuse what the mapping says of the cells of a field that has no column."""
    for source in entry.sources:
        is_told = source.reading != AS_WRITTEN and source.column is None and source.value is None
        if is_told and source.field not in layout.read:
            title, sheet = reading.table.by_name[source.field].title, shorten(entry.sheet)
            message = Text(
                f'the mapping says how {title.en} is read, but the sheet "{sheet}" has no column for it',
                f"映射说明了“{title.zh}”的读法，但工作表“{sheet}”没有该列",
            )
            hint = Text('name the column: "header" or "column"', "请用“header”或“column”写明该列")
            reading.refusals.append(Diagnostic("mapped-column-missing", message, source.place, (hint,)))


def is_of_file(entry: SheetEntry, file: str) -> bool:
    """Whether an entry is for `file`: it names no file, or this one, by its path or its name alone."""
    if entry.file is None:
        return True
    return entry.file == file or fold(os.path.basename(file)) == fold(entry.file)


def unmatched(mapping: Mapping, files: Iterable[tuple[str, Sequence[Sheet]]]) -> tuple[Diagnostic, ...]:
    """The entries that fit no sheet of the files, each with the nearest name."""
    known = [(file, _Names([sheet.name for sheet in sheets])) for file, sheets in files]
    found: list[Diagnostic] = []
    for entry in mapping.sheets:
        if len(found) >= _MOST_REFUSALS:
            break
        places = [(file, names) for file, names in known if is_of_file(entry, file)]
        if not places:
            found.append(_no_file(entry, [file for file, _ in known]))
        elif not any(names.meant(entry) is not None for _, names in places):
            found.append(_no_sheet(entry, [name for _, names in places for name in names.written]))
    return tuple(found)


def cropped(sheet: Sheet, header: tuple[int, int], rows: tuple[int, int | None]) -> Sheet:
    """The sheet as if it held nothing but the rows of the header and those from the first to the last of `rows`."""
    stop = sheet.first_row + len(sheet.rows)
    first, last = rows[0], stop - 1 if rows[1] is None else min(rows[1], stop - 1)
    top = max(sheet.first_row, header[0])

    def inside(row: int) -> bool:
        return header[0] <= row <= header[1] or first <= row <= last

    def marks(cells: Iterable[Position]) -> frozenset[Position]:
        return frozenset(cell for cell in cells if inside(cell[0]))

    blank: tuple[CellValue, ...] = ("",) * (len(sheet.rows[0]) if sheet.rows else 0)
    kept = tuple(sheet.rows[row - sheet.first_row] if inside(row) else blank for row in range(top, last + 1))
    return replace(
        sheet,
        rows=kept,
        first_row=top,
        errors={cell: name for cell, name in sheet.errors.items() if inside(cell[0])},
        unstored=marks(sheet.unstored),
        percent=marks(sheet.percent),
        merged=tuple(area for area in sheet.merged if inside(area[0]) and inside(area[2])),
    )


def _no_sheet(entry: SheetEntry, names: Sequence[str]) -> Diagnostic:
    meant = guess(nearest(entry.sheet, [name for name in names[:_MOST_NAMES] if not is_comment(name)]))
    shown = [shorten(name, 40) for name in names[:20]]
    more = ["…"] * (len(names) > 20)
    message = Text(
        f'the mapping names the sheet "{shorten(entry.sheet)}", which is not there{meant.en}',
        f"映射中的工作表“{shorten(entry.sheet)}”不存在{meant.zh}",
    )
    hint = Text(
        "sheets: " + ", ".join([*(f'"{name}"' for name in shown), *more]),
        "现有工作表：" + "、".join([*(f"“{name}”" for name in shown), *more]),
    )
    return Diagnostic("mapped-sheet-missing", message, entry.place, (hint,))


def _no_file(entry: SheetEntry, files: Sequence[str]) -> Diagnostic:
    names = [os.path.basename(file) for file in files]
    meant = guess(nearest(entry.file or "", names))
    message = Text(
        f'the mapping names the file "{shorten(entry.file or "")}", which is not read here{meant.en}',
        f"映射中的文件“{shorten(entry.file or '')}”不在本次读取的文件中{meant.zh}",
    )
    hint = Text("files: " + ", ".join(names[:20]), "本次读取：" + "、".join(names[:20]))
    return Diagnostic("mapped-file-missing", message, entry.place, (hint,))
