"""Checks as one query: a whole number for each check and project says what its five parts came to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from riskcheck.engines.sql.dialect import Dialect
from riskcheck.engines.sql.numbers import NotInSql
from riskcheck.engines.sql.query import Query
from riskcheck.engines.sql.relations import CheckLowering
from riskcheck.frozen import frozen
from riskcheck.model.schema import Schema
from riskcheck.model.truth import Judgement, Truth
from riskcheck.packs.rulepack import Check, Condition

_BASE = 3
"""A truth is 0, 1 (unknown) or 2; a code has applies_when, min_rows, rows, pass_if and warn_if in this order."""


@frozen
class Left:
    """A check that has no SQL, and why."""

    check: Check
    why: str


@frozen
class Lowered:
    """The query of the checks that have SQL, in order, and those that have none."""

    query: Query
    checks: tuple[Check, ...]
    left: tuple[Left, ...]


def needing_rows(schema: Schema) -> frozenset[str]:
    """The tables that need some rows."""
    return frozenset(table.name for table in schema.tables if table.min_rows)


def lower(checks: Sequence[Check], dialect: Dialect, short: frozenset[str], as_of: int | None = None) -> Lowered:
    """Write the query.

    `short`: the tables that need some rows. `as_of`: the review date of all projects as day number, if it is one.
    """
    query = Query(dialect, as_of)
    written, left = [], []
    for check in checks:
        try:
            query.codes.append(_code(query, check, short))
        except (NotInSql, RecursionError) as why:
            left.append(Left(check, str(why) or type(why).__name__))
        else:
            written.append(check)
    return Lowered(query, tuple(written), tuple(left))


def _code(query: Query, check: Check, short: frozenset[str]) -> str:
    limits = check.typed_limits

    def truth(condition: Condition | None, otherwise: str) -> str:
        return CheckLowering(query, limits).truth(condition.expression) if condition else otherwise

    parts = (
        truth(check.applies_when, "TRUE"),
        _enough_rows(query, short.intersection(check.reads)),
        CheckLowering(query, limits).rows_exist(check.rows.source) if check.rows else "TRUE",
        truth(check.pass_if, "TRUE"),
        truth(check.warn_if, "FALSE"),
    )
    digits = [_digit(query, part) for part in parts]
    weights = [_BASE**place for place in reversed(range(len(parts)))]
    return query.dialect.small(" + ".join(f"{digit} * {weight}" for digit, weight in zip(digits, weights, strict=True)))


def _digit(query: Query, truth: str) -> str:
    if truth in ("TRUE", "FALSE"):
        return "2" if truth == "TRUE" else "0"
    name = query.projects.named(truth)
    return f"(CASE WHEN {name} THEN 2 WHEN {name} IS NULL THEN 1 ELSE 0 END)"


def _enough_rows(query: Query, tables: frozenset[str]) -> str:
    """Whether the tables that a check reads have their min_rows."""
    found = [query.projects.cell(query.tables.enough(table)) for table in sorted(tables)]
    return f"({' AND '.join(found)})" if found else "TRUE"


@cache
def judgement_of(check: str, code: int) -> Judgement:
    """What a code says of a check."""
    digits = []
    for _ in range(5):
        code, digit = divmod(code, _BASE)
        digits.append(Truth(digit))
    applies, enough, rows, passes, warns = reversed(digits)
    return Judgement(check, applies, enough, rows, passes, warns)
