"""Files of facts, read as a mapping says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from riskcheck.errors import Diagnostic
from riskcheck.facts.mappedsheets import unmatched
from riskcheck.facts.mappedtables import completed
from riskcheck.facts.rawtable import RawFacts
from riskcheck.facts.sheet import Sheet
from riskcheck.model.mapping import Mapping
from riskcheck.model.schema import Schema


def with_all_said(
    facts: RawFacts, files: Iterable[tuple[str, Sequence[Sheet]]], schema: Schema, mapping: Mapping
) -> tuple[RawFacts, tuple[Diagnostic, ...]]:
    """The facts of all files, with what the mapping says beside their sheets; and what of it is refused."""
    facts, refusals = completed(facts, mapping, schema)
    return facts, (*unmatched(mapping, files), *refusals)
