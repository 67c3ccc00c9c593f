"""A file of facts, taken apart for people: what of it is taken as what. Nothing is judged."""

from __future__ import annotations

from riskcheck.checksum import sha256_of
from riskcheck.errors import Diagnostic, Message, UsageError
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.load import FIRST_READER, FileRead, Opened, Paths, open_file, open_files, read_files
from riskcheck.facts.rawtable import RawTable
from riskcheck.frozen import replace
from riskcheck.model.factset import InputFile
from riskcheck.model.inspection import (
    ColumnState,
    FieldTitle,
    InspectedColumn,
    InspectedFile,
    InspectedSheet,
    InspectedTable,
    Inspection,
    PackName,
    Refusal,
    SheetState,
)
from riskcheck.model.mapping import Mapping
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text
from riskcheck.version import __version__


def inspect_facts(
    paths: Paths, schema: Schema, pack: PackName, mapping: Mapping | None = None, reader: str = FIRST_READER
) -> Inspection:
    """What of the files `paths` is taken as what, as `mapping` says if there is one; `schema` is that of `pack`.

    What `check` would refuse once the files are open is in the inspection. Raises FactsError if one cannot be opened.
    """
    opened = open_files(paths, reader)
    read = read_files(opened, schema, mapping)
    return Inspection(
        tool_version=__version__,
        pack=pack,
        files=tuple(map(_file, opened, read.files)),
        sheets=tuple(
            sheet for each, file in zip(opened, read.files, strict=True) for sheet in _sheets(each, file, schema)
        ),
        problems=fact_set(read.facts, schema, ()).problems,
        refusals=tuple(map(_refusal, read.refusals)),
        mapping=None if mapping is None else InputFile(mapping.file, mapping.sha256),
    )


def with_cross_check(inspection: Inspection) -> Inspection:
    """The inspection of one .xlsx or .xlsm workbook, with the cells that a second reader reads otherwise.

    Raises UsageError for other files, FactsError if the second reader cannot read it.
    """
    from riskcheck.facts.crosscheck import cross_check

    files = [each.file for each in inspection.files]
    if len(files) != 1 or not files[0].lower().endswith((".xlsx", ".xlsm")):
        message = Text(
            "--cross-check compares what two readers read of one .xlsx or .xlsm workbook",
            "--cross-check 用两个读取程序核对一个 .xlsx 或 .xlsm 工作簿",
        )
        raise UsageError(Diagnostic("cannot-cross-check", message))
    return replace(inspection, cross_check=cross_check(open_file(files[0]).data, files[0]))


def _file(opened: Opened, read: FileRead) -> InspectedFile:
    form = read.form.text() if read.form else None
    if read.reader is not None:
        form = Text(f"read with {read.reader}", f"由 {read.reader} 读取")
    return InspectedFile(opened.file, sha256_of(opened.data), form)


def _sheets(opened: Opened, read: FileRead, schema: Schema) -> tuple[InspectedSheet, ...]:
    if opened.kind == "yaml":
        return tuple(_yaml_table(raw, opened.file) for raw in read.facts.tables.values())
    from riskcheck.facts.inspected import inspected_sheets

    return inspected_sheets(read.sheets, opened.file, schema)


def _yaml_table(raw: RawTable, file: str) -> InspectedSheet:
    """A table in YAML: all its keys are read, or among the problems."""
    table = raw.table
    title = FieldTitle(table.name, table.title)
    columns = tuple(
        InspectedColumn(None, name, ColumnState.READ, FieldTitle(name, table.by_name[name].title))
        for name in raw.columns
    )
    fields = [field for field in table.fields if field.derived is None and field.name not in raw.columns]
    absent = tuple(FieldTitle(field.name, field.title) for field in fields)
    read = InspectedTable(title, "keys" if table.one_row else "rows", columns, absent, raw.row_count)
    return InspectedSheet(table.name, SheetState.READ, file, table=title, read=(read,))


def _refusal(diagnostic: Diagnostic) -> Refusal:
    hints = tuple(map(_in_both, diagnostic.hints))
    return Refusal(diagnostic.code, _in_both(diagnostic.message), hints, diagnostic.location)


def _in_both(message: Message) -> Text:
    return Text(message, message) if isinstance(message, str) else message
