"""A profile, read and checked against the pack that it is for."""

from __future__ import annotations

from fractions import Fraction

from riskcheck.frozen import frozen
from riskcheck.model.text import Text
from riskcheck.packs.rulepack import Limit, Source


@frozen
class LimitOverride:
    """Another value for a limit of a check, held as the pack's type says, and why."""

    check: str
    limit: Limit
    reason: Text


@frozen
class Drop:
    """Tables and checks that are left out, for one reason. Every check that reads a dropped table goes with it."""

    tables: tuple[str, ...]
    checks: tuple[str, ...]
    reason: Text


@frozen
class EvidenceFloor:
    """At `gate` and later, must-meet checks count only on facts whose evidence has at least this grade (0 to 1)."""

    gate: str
    grade: Fraction


@frozen
class Profile:
    """What a profile says. Nothing in it depends on facts.

    `option` is what `--profile` was given: the name of one of the pack's own, else the file. `sha256` is over its file
    with line ends made LF; `pack_sha256` names the pack that it was read for. `items` and
    `elements` are multipliers of weights by id, 1/2, 1 or 3/2. `complete` are tables taken to have all their rows.
    `max_age_days` says from which age on the facts of a table count as unknown. `sources` are its own, beside the
    pack's.
    """

    id: str
    title: Text
    option: str
    file: str
    sha256: str
    pack_sha256: str
    limits: tuple[LimitOverride, ...] = ()
    items: tuple[tuple[str, Fraction], ...] = ()
    elements: tuple[tuple[str, Fraction], ...] = ()
    drops: tuple[Drop, ...] = ()
    complete: tuple[str, ...] = ()
    max_age_days: tuple[tuple[str, int], ...] = ()
    evidence_floor: EvidenceFloor | None = None
    sources: tuple[Source, ...] = ()

    @property
    def dropped_tables(self) -> dict[str, Text]:
        """The tables that are left out, each with the first reason given."""
        return {name: drop.reason for drop in reversed(self.drops) for name in drop.tables}
