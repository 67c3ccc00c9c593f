"""Facts in a workbook: one sheet for each table, found by its name; `table_status` says which are complete.

Sheets whose name begins with `#` are passed by (the template's guide is one); other sheets that are no tables are
reported. Two sheets for one table, two columns for one field and a table without header are refused: what is meant
would have to be guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts import layout
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.grid import Grid, is_comment
from riskcheck.facts.headersheet import read_header_sheet
from riskcheck.facts.keysheet import read_key_sheet
from riskcheck.facts.names import Names, table_names
from riskcheck.facts.rawtable import RawFacts, RawTable
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.sheetreading import SheetReading
from riskcheck.facts.spelling import shorten
from riskcheck.facts.tablestatus import status_table
from riskcheck.model.factset import FactSet, InputProblem
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema, Table
from riskcheck.model.text import Text


def facts_from_sheets(
    sheets: Sequence[Sheet], file: str, schema: Schema, *, assume_complete: tuple[str, ...] = ()
) -> FactSet:
    """Type the facts on the sheets of a workbook; `file` is the name used in places.

    `assume_complete` names tables to take as complete, or is `("all",)` for all that the workbook has. Raises
    FactsError where the workbook is no facts or says two things at once, UsageError for unknown names in
    `assume_complete`.
    """
    return fact_set(_read(sheets, file, schema), schema, assume_complete)


def _read(sheets: Sequence[Sheet], file: str, schema: Schema) -> RawFacts:
    tables = {table.name: table for table in (*schema.tables, status_table(schema))}
    names = table_names(tables.values())
    chosen, unknown, refusals = _choose(sheets, names, tables, file)
    if not chosen and not refusals:
        raise FactsError(_no_known_sheet(sheets, names, tables, file))
    problems: list[InputProblem] = layout.unknown_sheets(unknown, names)
    raw_tables: dict[str, RawTable] = {}
    for name, sheet in chosen.items():
        problems.extend(_of_sheet(sheet, names, tables[name], file))
        reading = SheetReading(file, Grid(sheet), tables[name], problems, refusals, [])
        raw = read_key_sheet(reading) if tables[name].one_row else read_header_sheet(reading)
        if raw is not None:
            raw_tables[name] = raw
    if refusals:
        raise FactsError(refusals)
    return RawFacts(raw_tables, tuple(problems))


def _choose(
    sheets: Sequence[Sheet], names: Names, tables: dict[str, Table], file: str
) -> tuple[dict[str, Sheet], list[tuple[str, Location]], list[Diagnostic]]:
    """The sheet of each table by its name, the sheets that are no tables, and two sheets for one table."""
    chosen: dict[str, Sheet] = {}
    unknown: list[tuple[str, Location]] = []
    refusals: list[Diagnostic] = []
    for sheet in sheets:
        match = names.match(sheet.name)
        if is_comment(sheet.name):
            continue
        if match is None:
            if Grid(sheet).rows:
                unknown.append((sheet.name, Location(file, sheet.name)))
        elif match.name in chosen:
            one, other = _shown(chosen[match.name]), _shown(sheet)
            message = Text(
                f"two sheets for the table {match.name}: {one.en} and {other.en}",
                f"有两个工作表对应“{tables[match.name].title.zh}”表：{one.zh}和{other.zh}",
            )
            cure = Text(
                "delete one of them, or begin its name with # to leave it out",
                "请删除其中一个，或在其名称前加 # 以忽略",
            )
            refusals.append(Diagnostic("duplicate-sheet", message, Location(file, sheet.name), (cure,)))
        else:
            chosen[match.name] = sheet
    return chosen, unknown, refusals


def _of_sheet(sheet: Sheet, names: Names, table: Table, file: str) -> Iterator[InputProblem]:
    """What people should know of a sheet that is read for `table`."""
    at, match = Location(file, sheet.name), names.match(sheet.name)
    if match is not None and match.note:
        yield layout.bracket_on_table(sheet.name, table, at)
    if not sheet.visible:
        yield layout.hidden_sheet(sheet.name, table, at)


def _no_known_sheet(sheets: Sequence[Sheet], names: Names, tables: dict[str, Table], file: str) -> Diagnostic:
    expected = [Text(f"{table.title.en} ({table.title.zh})", table.title.zh) for table in tables.values()]
    hints = layout.no_known_names([sheet.name for sheet in sheets], names, expected)
    message = Text("no sheet of the workbook is a table of facts", "工作簿中没有任何资料表")
    cure = Text(
        "name each sheet for its table; riskcheck template -o FILE.xlsx writes a workbook to fill in",
        "请以表名命名各工作表；用 riskcheck template --lang zh -o FILE.xlsx 可生成待填写的工作簿",
    )
    return Diagnostic("no-known-sheet", message, Location(file), (cure, *hints))


def _shown(sheet: Sheet) -> Text:
    name, hidden = shorten(sheet.name), not sheet.visible
    return Text(f'"{name}"' + " (hidden)" * hidden, f"“{name}”" + "（隐藏）" * hidden)
