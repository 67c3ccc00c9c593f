"""Names the facts that a waiver was given for, so that it lapses when they change.

A fingerprint is over the check, its outcome, the project, all cells that decided (field, row and value) and what was
measured. Rows are known by what they call themselves, not by their numbers, and order does not count. It does not move
with the review date alone, but with new rows that fail, with those that are mended, and with rows that pass where they
change a share. A measure that hangs on the review date is not in it: the numbers of rows that it is over stand for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from riskcheck.checksum import sha256_of
from riskcheck.expr.typed import Age, AsOf
from riskcheck.expr.walk import parts, tables_read
from riskcheck.frozen import frozen
from riskcheck.model.finding import CompoundFinding, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from riskcheck.model.factset import FactSet
    from riskcheck.packs.rulepack import Check

LENGTH: Final = 24
"""Hexadecimal digits: 96 bits of a SHA-256."""


@frozen
class Whole:
    """A finding that lists all cells that decided it, and what it measured: a number, or numbers of rows by table."""

    finding: Finding
    measured: str | tuple[tuple[str, int], ...] | None


def whole_of(finding: Finding, check: Check, facts: FactSet) -> Whole:
    """A finding of `check`, with what was measured as far as it does not move with the review date."""
    if check.measure is None or finding.measure is None:
        return Whole(finding, None)
    tree = check.measure.expression
    if not any(isinstance(node, AsOf | Age) for node in parts(tree)):
        return Whole(finding, finding.measure)
    return Whole(finding, tuple((table, facts.by_name[table].row_count) for table in sorted(tables_read(tree))))


def of_finding(whole: Whole) -> str:
    """The fingerprint of a finding."""
    finding = whole.finding
    cells = sorted([each.fact, each.key or "", each.state, each.value or ""] for each in finding.evidence)
    told = [] if cells else [text.en for text in finding.reasons]
    measured = [] if whole.measured is None else [whole.measured]
    return _digest(["finding", finding.id, finding.outcome.value, cells, told, *measured])


def of_compound(compound: CompoundFinding, project: str, members: Iterable[Whole]) -> str:
    """The fingerprint of a compound rule that fired: of the failures that it is made of."""
    return _digest(["compound", compound.id, project, sorted(map(of_finding, members))])


def _digest(written: object) -> str:
    return sha256_of(json.dumps(written, ensure_ascii=True, separators=(",", ":")).encode())[:LENGTH]
