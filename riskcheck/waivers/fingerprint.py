"""Names the facts that a waiver was given for, so that it lapses when they change.

A fingerprint is over the check, its outcome, the project and all cells that decided: field, row and value. Rows are
known by what they call themselves, not by their numbers, and order does not count. It does not move with the review
date alone, but with new rows that fail and with those that are mended.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from riskcheck.checksum import sha256_of
from riskcheck.model.finding import CompoundFinding, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

LENGTH: Final = 24
"""Hexadecimal digits: 96 bits of a SHA-256."""


def of_finding(finding: Finding) -> str:
    """The fingerprint of a finding that lists all cells that decided it."""
    cells = sorted([each.fact, each.key or "", each.state, each.value or ""] for each in finding.evidence)
    told = [] if cells else [text.en for text in finding.reasons]
    return _digest(["finding", finding.id, finding.outcome.value, cells, told])


def of_compound(compound: CompoundFinding, project: str, members: Iterable[Finding]) -> str:
    """The fingerprint of a compound rule that fired: of the failures that it is made of."""
    return _digest(["compound", compound.id, project, sorted(map(of_finding, members))])


def _digest(written: object) -> str:
    return sha256_of(json.dumps(written, ensure_ascii=True, separators=(",", ":")).encode())[:LENGTH]
