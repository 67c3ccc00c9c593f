"""Files of facts, read as a mapping says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from riskcheck.errors import Diagnostic, FactsError
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.mappedsheets import unmatched
from riskcheck.facts.mappedtables import completed
from riskcheck.facts.rawtable import RawFacts
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.workbookfacts import WorkbookRead, read_sheets
from riskcheck.frozen import replace
from riskcheck.model.factset import FactSet, InputFile
from riskcheck.model.mapping import Mapping
from riskcheck.model.schema import Schema


def typed(read: WorkbookRead, schema: Schema, assume_complete: tuple[str, ...], mapping: Mapping) -> FactSet:
    """The typed facts of what was read. Raises FactsError if any of it is refused."""
    if read.refusals:
        raise FactsError(read.refusals)
    facts = fact_set(read.facts, schema, assume_complete)
    return replace(facts, mapping=InputFile(mapping.file, mapping.sha256))


def read_mapped_sheets(sheets: Sequence[Sheet], file: str, schema: Schema, mapping: Mapping) -> WorkbookRead:
    """What stands on the sheets of a workbook. Whatever of the mapping fits nothing is among the refusals."""
    read = read_sheets(sheets, file, schema, mapping)
    facts, refusals = with_all_said(read.facts, [(file, sheets)], schema, mapping)
    return replace(read, facts=facts, refusals=(*refusals, *read.refusals))


def with_all_said(
    facts: RawFacts, files: Iterable[tuple[str, Sequence[Sheet]]], schema: Schema, mapping: Mapping
) -> tuple[RawFacts, tuple[Diagnostic, ...]]:
    """The facts of all files, with what the mapping says beside their sheets; and what of it is refused."""
    refusals: tuple[Diagnostic, ...] = unmatched(mapping, files)
    try:
        return completed(facts, mapping, schema), refusals
    except FactsError as error:
        return facts, (*refusals, *error.diagnostics)
