"""A mapping proposed for workbooks and CSV files: what riskcheck takes as what, and its doubts as comments.

Read unchanged it gives what the files give without a mapping: only what was found for sure is written, and what
may be so stands in comments that lose their mark where it is so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskcheck.errors import Diagnostic
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.grid import is_comment
from riskcheck.facts.headersheet import TableLayout
from riskcheck.facts.keysheet import KeyLayout
from riskcheck.facts.nearesttables import NearestTables
from riskcheck.facts.rawtable import RawFacts
from riskcheck.facts.severalfiles import joined, short_names, with_names
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.tablestatus import STATUS
from riskcheck.facts.workbookfacts import SheetRead, WorkbookRead, read_sheets
from riskcheck.frozen import replace
from riskcheck.mapping.mappingfile import VERSION
from riskcheck.mapping.proposedguess import guessed_entry
from riskcheck.mapping.proposedsheet import keys_entry, rows_entry
from riskcheck.mapping.speaking import Speaker
from riskcheck.mapping.yamltext import comment
from riskcheck.model.schema import Schema
from riskcheck.model.text import Language
from riskcheck.version import __version__

_OF_THE_REVIEW = {"project": ("gate", "as_of")}
"""What every review needs to know."""
MOST_SHEETS = 500
MOST_NAMED = 5
"""So many files are named in the first line."""


def proposal(files: Sequence[tuple[str, Sequence[Sheet]]], schema: Schema, language: Language) -> bytes:
    """The proposed mapping file, in UTF-8, for the sheets of the workbooks and CSV files of one project, by file."""
    names = short_names([file for file, _ in files])
    read = [(names[file], read_sheets(sheets, file, schema)) for file, sheets in files]
    lines = _lines(Speaker(language), read, schema)
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _lines(speak: Speaker, files: Sequence[tuple[str, WorkbookRead]], schema: Schema) -> Iterator[str]:
    name = ", ".join(comment(file) for file, _ in files[:MOST_NAMED]) + (" …" if len(files) > MOST_NAMED else "")
    yield speak.remark(
        0,
        f"A mapping for {name}, proposed by riskcheck {__version__}.",
        f"{name} 的映射，由 riskcheck {__version__} 生成。",
    )
    yield speak.remark(
        0, "It says what riskcheck takes as what. Comments are doubts:", "内容为 riskcheck 的读法；注释为存疑之处："
    )
    yield speak.remark(
        0, "take the # away where they are right, and fill in each ?", "确认无误的请去掉 #，并填写各处的 ?"
    )
    yield f"mapping: {VERSION}"
    yield "sheets:"
    nearest = NearestTables(schema.tables)
    sheets = [(file, read, each) for file, read in files for each in read.sheets]
    for file, read, each in sheets[:MOST_SHEETS]:
        of_file = speak if len(files) == 1 else replace(speak, file=file)
        yield from _entry(of_file, each, read, schema, nearest)
    if len(sheets) > MOST_SHEETS:
        more = len(sheets) - MOST_SHEETS
        yield speak.remark(2, f"… and {more} more sheets, found as ever", f"……另有 {more} 个工作表，照常识别")
    facts = _together([read.facts for _, read in files], [file for file, _ in files], schema)
    yield from _constants(speak, facts, schema)
    yield from _complete(speak, facts, schema)


def _together(files: Sequence[RawFacts], names: Sequence[str], schema: Schema) -> RawFacts:
    """What all files say."""
    if len(files) == 1:
        return files[0]
    return joined([with_names(facts, name) for facts, name in zip(files, names, strict=True)], schema)


def _entry(
    speak: Speaker, each: SheetRead, read: WorkbookRead, schema: Schema, nearest: NearestTables
) -> Iterator[str]:
    if is_comment(each.sheet.name):
        return
    if each.table is not None and each.table.name == STATUS:
        name = comment(each.sheet.name)
        yield speak.remark(2, f"{name} is read as ever: which tables are complete", f"{name} 照常读取：哪些表已填全")
        return
    if each.reading is None or each.table is None or each.layout is None:
        refusals = [one for one in read.refusals if _is_about(one, each)]
        yield from guessed_entry(speak, each, schema, nearest, refusals)
        return
    raw = read.facts.tables.get(each.table.name)
    cells = raw.columns if raw is not None else {}
    grid = each.reading.grid
    if isinstance(each.layout, KeyLayout):
        yield from keys_entry(speak, grid, each.table, each.layout, cells)
    elif isinstance(each.layout, TableLayout):
        yield from rows_entry(speak, grid, each.table, each.layout, cells)
        for head in each.layout.heads:
            title = speak.say(head.reading.table.title)
            yield speak.remark(
                4, f"above its header stands the table {title}, read as ever", f"列名行上方为“{title}”表，照常读取"
            )


def _is_about(diagnostic: Diagnostic, read: SheetRead) -> bool:
    return diagnostic.location is not None and diagnostic.location.sheet == read.sheet.name


def _constants(speak: Speaker, facts: RawFacts, schema: Schema) -> Iterator[str]:
    """What the review needs and no sheet says."""
    for name, fields in _OF_THE_REVIEW.items():
        table = schema.by_name.get(name)
        raw = facts.tables.get(name)
        known = raw.columns if raw is not None else {}
        lacking = [field for field in fields if table is not None and field in table.by_name and field not in known]
        if lacking:
            yield speak.remark(
                0, "Said on no sheet; the command line may say it, too.", "没有任何工作表写明；也可在命令行中给出。"
            )
            yield "# constants:"
            yield f"#   {name}: {{{', '.join(f'{field}: ?' for field in lacking)}}}"


def _complete(speak: Speaker, facts: RawFacts, schema: Schema) -> Iterator[str]:
    """The tables that may be declared complete: those of the file that are open."""
    closed = {each.table for each in fact_set(facts, schema, ()).closures}
    tables = [name for name, raw in facts.tables.items() if name not in closed and name != STATUS and not raw.open]
    if not tables:
        return
    yield speak.remark(
        0,
        "Tables of which no row is left out: who declares so, and on which day?",
        "没有遗漏行的表：由谁声明、何日声明？",
    )
    yield "# complete:"
    for table in schema.tables:
        if table.name in tables:
            yield f"#   {table.name}: {{by: ?, on: YYYY-MM-DD}}  # {speak.say(table.title)}"
