"""A file of facts, read as a mapping says."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.checksum import sha256_of
from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.load import Opened, yaml_tree
from riskcheck.facts.mappedsheets import unmatched
from riskcheck.facts.mappedtables import completed
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.workbook import read_workbook
from riskcheck.facts.workbookfacts import WorkbookRead, read_sheets
from riskcheck.facts.yamlfacts import raw_from_tree
from riskcheck.frozen import replace
from riskcheck.model.factset import FactSet, InputFile
from riskcheck.model.mapping import Mapping
from riskcheck.model.schema import Schema


def load_mapped(opened: Opened, schema: Schema, assume_complete: tuple[str, ...], mapping: Mapping) -> FactSet:
    """The typed facts of an open file. Raises FactsError if it cannot be read as the mapping says."""
    facts = typed(read_mapped_file(opened, schema, mapping), schema, assume_complete, mapping)
    return replace(facts, inputs=(InputFile(opened.file, sha256_of(opened.data)),))


def typed(read: WorkbookRead, schema: Schema, assume_complete: tuple[str, ...], mapping: Mapping) -> FactSet:
    """The typed facts of what was read. Raises FactsError if any of it is refused."""
    if read.refusals:
        raise FactsError(read.refusals)
    facts = fact_set(read.facts, schema, assume_complete)
    return replace(facts, mapping=InputFile(mapping.file, mapping.sha256))


def read_mapped_file(opened: Opened, schema: Schema, mapping: Mapping) -> WorkbookRead:
    """What is in an open file, before its cells are typed; a YAML file has no sheets."""
    if opened.is_workbook:
        return read_mapped_sheets(tuple(read_workbook(opened.data, opened.file)), opened.file, schema, mapping)
    raw = raw_from_tree(yaml_tree(opened.data, opened.file), opened.file, schema)
    return _with_all_said(WorkbookRead((), raw, ()), (), opened.file, schema, mapping)


def read_mapped_sheets(sheets: Sequence[Sheet], file: str, schema: Schema, mapping: Mapping) -> WorkbookRead:
    """What stands on the sheets of a workbook. Whatever of the mapping fits nothing is among the refusals."""
    read = read_sheets(sheets, file, schema, mapping)
    return _with_all_said(read, sheets, file, schema, mapping)


def _with_all_said(
    read: WorkbookRead, sheets: Sequence[Sheet], file: str, schema: Schema, mapping: Mapping
) -> WorkbookRead:
    """What was read, with what the mapping says beside its sheets."""
    refusals: tuple[Diagnostic, ...] = (*unmatched(mapping, [(file, sheets)]), *read.refusals)
    facts = read.facts
    try:
        facts = completed(facts, mapping, schema)
    except FactsError as error:
        refusals += error.diagnostics
    return replace(read, facts=facts, refusals=refusals)
