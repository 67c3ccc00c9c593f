"""The three truth values, and what a check's parts came to."""

from __future__ import annotations

from enum import IntEnum

from riskcheck.frozen import frozen


class Truth(IntEnum):
    """A three-valued truth, ordered so that AND is `min`, OR is `max` and NOT is `2 - x`."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2


@frozen
class Judgement:
    """What an engine returns for one check: truth values and nothing else.

    `applies`: applies_when, TRUE if the check has none. `enough_rows`: FALSE if a closed table that the check
    reads has fewer than its min_rows, UNKNOWN if an open one has, else TRUE. `rows_exist`: whether `rows` has a
    row, TRUE if the check has no `rows`. `passes`, `warns`: pass_if and warn_if; FALSE for an absent warn_if.
    `error`: why the engine could not judge the check, else None; the truths are then UNKNOWN.
    """

    check: str
    applies: Truth
    enough_rows: Truth
    rows_exist: Truth
    passes: Truth
    warns: Truth
    error: str | None = None


def unjudged(check: str, error: str) -> Judgement:
    """The judgement of a check that an engine could not judge, and why."""
    unknown = Truth.UNKNOWN
    return Judgement(check, unknown, unknown, unknown, unknown, unknown, error)


DISAGREES = "engine-disagrees"
"""The `error` of a check that an engine and the reference evaluator judge differently."""
