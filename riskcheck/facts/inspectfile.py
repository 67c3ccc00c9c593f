"""A file of facts, taken apart for people: what of it is taken as what. Nothing is judged."""

from __future__ import annotations

import os

from riskcheck.checksum import sha256_of
from riskcheck.errors import Diagnostic, Message
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.load import Opened, open_file, yaml_tree
from riskcheck.facts.rawtable import RawFacts, RawTable
from riskcheck.model.factset import InputFile
from riskcheck.model.inspection import (
    ColumnState,
    FieldTitle,
    InspectedColumn,
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
    path: str | os.PathLike[str], schema: Schema, pack: PackName, mapping: Mapping | None = None
) -> Inspection:
    """What of the file `path` is taken as what, as `mapping` says if there is one; `schema` is that of `pack`.

    What `check` would refuse once the file is open is in the inspection. Raises FactsError if it cannot be opened.
    """
    opened = open_file(path)
    if mapping is not None:
        sheets, raw, refusals = _of_mapped(opened, schema, mapping)
    else:
        sheets, raw, refusals = (_of_workbook if opened.is_workbook else _of_yaml)(opened, schema)
    return Inspection(
        tool_version=__version__,
        pack=pack,
        file=opened.file,
        sha256=sha256_of(opened.data),
        sheets=sheets,
        problems=fact_set(raw, schema, ()).problems,
        refusals=tuple(map(_refusal, refusals)),
        mapping=None if mapping is None else InputFile(mapping.file, mapping.sha256),
    )


_Read = tuple[tuple[InspectedSheet, ...], RawFacts, tuple[Diagnostic, ...]]


def _of_workbook(opened: Opened, schema: Schema) -> _Read:
    from riskcheck.facts.inspected import inspected_sheets
    from riskcheck.facts.workbook import read_workbook
    from riskcheck.facts.workbookfacts import read_sheets

    read = read_sheets(read_workbook(opened.data, opened.file), opened.file, schema)
    return inspected_sheets(read.sheets, schema), read.facts, read.refusals


def _of_mapped(opened: Opened, schema: Schema, mapping: Mapping) -> _Read:
    from riskcheck.facts.inspected import inspected_sheets
    from riskcheck.facts.mappedfile import read_mapped_file

    read = read_mapped_file(opened, schema, mapping)
    if not opened.is_workbook:
        return tuple(map(_yaml_table, read.facts.tables.values())), read.facts, read.refusals
    return inspected_sheets(read.sheets, schema), read.facts, read.refusals


def _of_yaml(opened: Opened, schema: Schema) -> _Read:
    from riskcheck.facts.yamlfacts import raw_from_tree

    raw = raw_from_tree(yaml_tree(opened.data, opened.file), opened.file, schema)
    return tuple(map(_yaml_table, raw.tables.values())), raw, ()


def _yaml_table(raw: RawTable) -> InspectedSheet:
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
    return InspectedSheet(table.name, SheetState.READ, table=title, read=(read,))


def _refusal(diagnostic: Diagnostic) -> Refusal:
    hints = tuple(map(_in_both, diagnostic.hints))
    return Refusal(diagnostic.code, _in_both(diagnostic.message), hints, diagnostic.location)


def _in_both(message: Message) -> Text:
    return Text(message, message) if isinstance(message, str) else message
