"""Facts in a workbook: one sheet for each table, found by its name; `table_status` says which are complete.

Sheets whose name begins with `#` are passed by (the template's guide is one); other sheets that are no tables are
reported. Two sheets for one table, and a table without a header or with two, are refused: what is meant would have
to be guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts import layout
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.headersheet import TableLayout, read_header_sheet
from riskcheck.facts.keysheet import KeyLayout, read_key_sheet
from riskcheck.facts.names import Names, table_names
from riskcheck.facts.origins import SheetOrigin
from riskcheck.facts.rawtable import RawFacts, RawTable
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.spelling import shorten
from riskcheck.facts.tablestatus import status_table
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import FactSet, InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema, Table
from riskcheck.model.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from riskcheck.facts.cellslayout import CellsLayout
    from riskcheck.model.mapping import Mapping, SheetEntry


@frozen
class SheetRead:
    """A sheet, the table that its name means, and how that is drawn on it; no layout if it is refused or empty.

    `reading` is there if the sheet was read for its table. `twin`: another sheet is for this table, too. `entry` is
    what a mapping says of the sheet; `passed_by`: the mapping leaves it out.
    """

    sheet: Sheet
    table: Table | None = None
    reading: SheetReading | None = None
    layout: TableLayout | KeyLayout | CellsLayout | None = None
    twin: bool = False
    entry: SheetEntry | None = None
    passed_by: bool = False


@frozen
class WorkbookRead:
    """All sheets of a workbook as they were read, the facts on them, and why they are refused, if they are."""

    sheets: tuple[SheetRead, ...]
    facts: RawFacts
    refusals: tuple[Diagnostic, ...]


def facts_from_sheets(
    sheets: Sequence[Sheet], file: str, schema: Schema, *, assume_complete: tuple[str, ...] = ()
) -> FactSet:
    """Type the facts on the sheets of a workbook; `file` is the name used in places.

    `assume_complete` names tables to take as complete, or is `("all",)` for all that the workbook has. Raises
    FactsError where the workbook is no facts or says two things at once, UsageError for unknown names in
    `assume_complete`.
    """
    read = read_sheets(sheets, file, schema)
    if read.refusals:
        raise FactsError(read.refusals)
    return fact_set(read.facts, schema, assume_complete)


def read_sheets(sheets: Sequence[Sheet], file: str, schema: Schema, mapping: Mapping | None = None) -> WorkbookRead:
    """Read each sheet for the table that the mapping says, or that its name means."""
    tables = {table.name: table for table in (*schema.tables, status_table(schema))}
    names = table_names(tables.values())
    problems: list[InputProblem] = []
    refusals: list[Diagnostic] = []
    meant = _by_name(sheets, names, tables)
    if mapping is not None:
        from riskcheck.facts.mappedsheets import as_mapped

        meant = as_mapped(meant, mapping, tables, file)
    chosen = _choose(meant, file, problems, refusals)
    present = {each.table.name for each in chosen if each.table is not None}
    if present:
        problems.extend(_unknown(chosen, names, schema, file))
    elif mapping is None or not mapping.only:
        from riskcheck.facts.unknownsheets import no_known_sheet

        refusals.append(no_known_sheet(sheets, names, tables, schema, file))
    absent = tuple(table for table in schema.tables if table.one_row and table.name not in present)
    read = tuple(_read(each, names, file, problems, refusals, absent) for each in chosen)
    raw = _raw_tables(read, file, mapping, problems)
    heads = [head for each in read if isinstance(each.layout, TableLayout) for head in each.layout.heads]
    if heads:
        from riskcheck.facts.headblock import tables_of_heads

        raw |= tables_of_heads(heads, problems)
    return WorkbookRead(read, RawFacts(raw, tuple(problems)), tuple(refusals))


def _by_name(sheets: Sequence[Sheet], names: Names, tables: dict[str, Table]) -> tuple[SheetRead, ...]:
    """Each sheet with the table that its name means."""
    matches = ((sheet, None if is_comment(sheet.name) else names.match(sheet.name)) for sheet in sheets)
    return tuple(SheetRead(sheet, tables[match.name] if match else None) for sheet, match in matches)


def _choose(
    meant: Sequence[SheetRead], file: str, problems: list[InputProblem], refusals: list[Diagnostic]
) -> tuple[SheetRead, ...]:
    """The sheets to read. Of several for one table those that a mapping names are read, else the only visible one."""
    by_table: dict[str, list[SheetRead]] = {}
    for each in meant:
        if each.table is not None:
            by_table.setdefault(each.table.name, []).append(each)
    found = []
    for each in meant:
        table, sheet = each.table, each.sheet
        same = by_table[table.name] if table is not None else [each]
        mapped = [other for other in same if other.entry is not None]
        visible = [other for other in same if other.sheet.visible]
        chosen = mapped or (visible if len(visible) == 1 else same[:1])
        if table is None or not (visible or mapped) or any(each is other for other in chosen):
            found.append(each)
            continue
        found.append(replace(each, twin=True))
        if not sheet.visible and (mapped or len(visible) == 1):
            problems.append(layout.hidden_twin(sheet.name, chosen[0].sheet.name, table, Location(file, sheet.name)))
        else:
            refusals.append(_twins(chosen[0].sheet, sheet, table, file))
    return tuple(found)


def _twins(chosen: Sheet, sheet: Sheet, table: Table, file: str) -> Diagnostic:
    one, other = _shown(chosen), _shown(sheet)
    message = Text(
        f"two sheets for the table {table.name}: {one.en} and {other.en}",
        f"有两个工作表对应“{table.title.zh}”表：{one.zh}和{other.zh}",
    )
    cure = Text(
        "delete one of them, or begin its name with # to leave it out",
        "请删除其中一个，或在其名称前加 # 以忽略",
    )
    return Diagnostic("duplicate-sheet", message, Location(file, sheet.name), (cure,))


def _raw_tables(
    read: Sequence[SheetRead], file: str, mapping: Mapping | None, problems: list[InputProblem]
) -> dict[str, RawTable]:
    """The raw cells of all tables that are drawn on the sheets; what is on hidden ones is not known."""
    drawn = [
        (each.entry, each.layout.raw_table(each.reading))
        for each in read
        if each.table and each.layout and each.reading
    ]
    hidden = {
        each.table.name: RawTable(each.table, {}, 0, SheetOrigin(file, Grid(each.sheet), (), {}), open=True)
        for each in read
        if each.table is not None and is_hidden(each)
    }
    if mapping is None:
        return hidden | {raw.table.name: raw for _, raw in drawn}
    from riskcheck.facts.mappedtables import as_meant, stacked

    parts: dict[str, list[RawTable]] = {}
    for entry, raw in drawn:
        parts.setdefault(raw.table.name, []).append(as_meant(raw, entry, mapping, problems))
    return hidden | {name: stacked(each) for name, each in parts.items()}


def _unknown(chosen: Sequence[SheetRead], names: Names, schema: Schema, file: str) -> list[InputProblem]:
    """The sheets that are no tables, each with the table that its name or its columns are like."""
    unnamed = (
        each.sheet for each in chosen if each.table is None and not each.passed_by and not is_comment(each.sheet.name)
    )
    unknown = [sheet for sheet in unnamed if Grid(sheet).rows]
    if not unknown:
        return []
    from riskcheck.facts.unknownsheets import unknown_sheets

    return unknown_sheets(unknown, names, schema, file)


def _read(
    chosen: SheetRead,
    names: Names,
    file: str,
    problems: list[InputProblem],
    refusals: list[Diagnostic],
    absent: tuple[Table, ...],
) -> SheetRead:
    """The sheet read for its table, if it has one."""
    table, sheet = chosen.table, chosen.sheet
    if table is None or chosen.twin:
        return chosen
    reading = SheetReading(file, Grid(sheet), table, problems, refusals, [], [], absent)
    if chosen.entry is not None:
        from riskcheck.facts.mappedsheets import read_mapped

        return read_mapped(chosen, chosen.entry, reading)
    if is_hidden(chosen):
        problems.append(layout.hidden_sheet(sheet.name, table, Location(file, sheet.name)))
        return chosen
    problems.extend(_of_sheet(sheet, names, table, file))
    drawn = read_key_sheet(reading) if table.one_row else read_header_sheet(reading)
    return replace(chosen, reading=reading, layout=drawn)


def _of_sheet(sheet: Sheet, names: Names, table: Table, file: str) -> Iterator[InputProblem]:
    """What people should know of a sheet that is read for `table`."""
    at, match = Location(file, sheet.name), names.match(sheet.name)
    if match is not None and match.note:
        yield layout.bracket_on_table(sheet.name, table, at)


def is_hidden(read: SheetRead) -> bool:
    """Whether a sheet for a table is not read as it is hidden and no mapping names it."""
    hidden = read.table is not None and not read.sheet.visible and read.entry is None and not read.twin
    return hidden and bool(Grid(read.sheet).rows)


def _shown(sheet: Sheet) -> Text:
    name, hidden = shorten(sheet.name), not sheet.visible
    return Text(f'"{name}"' + " (hidden)" * hidden, f"“{name}”" + "（隐藏）" * hidden)
