"""Names the facts that a waiver was given for, so that it lapses when they change.

A fingerprint is over the check, its outcome, the project, all cells that decided (field, row and value) and what was
measured. Rows are known by what they call themselves, not by their numbers, and order does not count. A measure that
is itself a number of days until the review is not in it, since that moves overnight.

A share is not in it as a number, either: the rows that fail are in it, and the number of rows judged stands behind it
(`…-12`). More of them make the share no worse, so the waiver holds; with fewer it lapses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from riskcheck.celltext import clean
from riskcheck.checksum import sha256_of
from riskcheck.expr import evaluate
from riskcheck.expr.intervals import ends, is_number
from riskcheck.expr.typed import BOOL, INT, Age, Aggregate, AggregateName, AsOf, Expression
from riskcheck.expr.walk import Part, parts_of
from riskcheck.frozen import frozen
from riskcheck.model.finding import CompoundFinding, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from riskcheck.model.factset import FactSet
    from riskcheck.packs.rulepack import Check

LENGTH: Final = 24
"""Hexadecimal digits: 96 bits of a SHA-256."""
_DIGITS: Final = 10
"""No table has so many rows that their number has as many digits."""


@frozen
class Whole:
    """A finding that lists all cells that decided it; what it measured, or of a share the number of rows judged."""

    finding: Finding
    measured: str | None = None
    rows: int | None = None


def whole_of(finding: Finding, check: Check, facts: FactSet, as_of: date) -> Whole:
    """A finding of `check`, with what was measured as far as it does not move by the review date alone."""
    tree = check.measure.expression if check.measure is not None else None
    if tree is None or finding.measure is None:
        return Whole(finding)
    if isinstance(tree, Aggregate) and tree.name is AggregateName.SHARE:
        return Whole(finding, rows=_rows(tree, evaluate.environment_of(facts, as_of, check.limit_values)))
    return Whole(finding, None if _is_of_the_day(tree) else finding.measure)


def _rows(share: Aggregate, environment: evaluate.Environment) -> int:
    """How many rows a share is surely of."""
    found = evaluate.result(Aggregate(share.span, INT, AggregateName.SIZE, share.source, "", ()), environment)
    return int(ends(found)[0]) if is_number(found) else 0


def _is_of_the_day(tree: Expression) -> bool:
    """Whether the review date is in the number itself, and not only in conditions on rows."""
    rest: list[Part] = [tree]
    while rest:
        node = rest.pop()
        if isinstance(node, AsOf | Age):
            return True
        if getattr(node, "type", None) is not BOOL:
            rest += parts_of(node)
    return False


def of_finding(whole: Whole) -> str:
    """The fingerprint of a finding."""
    finding = whole.finding
    cells = sorted([each.fact, each.key or "", each.state, each.value or ""] for each in finding.evidence)
    told = [] if cells else [text.en for text in finding.reasons]
    measured = [] if whole.measured is None else [whole.measured]
    digest = _digest(["finding", finding.id, finding.outcome.value, cells, told, *measured])
    return digest if whole.rows is None else f"{digest}-{whole.rows}"


def covers(given: str, now: str) -> bool:
    """Whether a waiver with the fingerprint `given` is for the facts of `now`."""
    given_digest, _, given_rows = clean(given).casefold().partition("-")
    digest, _, rows = now.partition("-")
    if given_digest != digest or bool(given_rows) is not bool(rows):
        return False
    is_count = given_rows.isascii() and given_rows.isdigit() and len(given_rows) < _DIGITS
    return not rows or (is_count and int(rows) >= int(given_rows))


def of_compound(compound: CompoundFinding, project: str, members: Iterable[Whole]) -> str:
    """The fingerprint of a compound rule that fired: of the failures that it is made of."""
    return _digest(["compound", compound.id, project, sorted(map(of_finding, members))])


def _digest(written: object) -> str:
    return sha256_of(json.dumps(written, ensure_ascii=True, separators=(",", ":")).encode())[:LENGTH]
