"""What a profile did to an assessment: everything that differs from the pack as it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from riskcheck.frozen import frozen
from riskcheck.model.number import DecimalText
from riskcheck.model.text import Text

if TYPE_CHECKING:
    from fractions import Fraction

    from riskcheck.model.assessment import Reason


@frozen
class ChangedLimit:
    """A limit that differs from the pack's: `origin` is sourced, mixed or judgement, as for the pack's own.

    `pack_shown` and `shown` are the values as people read them.
    """

    check: str
    name: str
    title: Text
    pack_value: bool | int | DecimalText | str
    pack_shown: Text
    value: bool | int | DecimalText | str
    shown: Text
    origin: str
    sources: tuple[str, ...]
    reason: Text


@frozen
class OwnSource:
    """A source of the profile's own, which its limits name; `where` says where to look."""

    id: str
    title: Text
    where: Text


@frozen
class Multiplied:
    """An item or element whose weight is multiplied by 1/2 or 3/2."""

    kind: Literal["item", "element"]
    id: str
    title: Text
    multiplier: Fraction


@frozen
class DroppedTable:
    """A table that no check may read."""

    name: str
    title: Text
    reason: Text


@frozen
class DroppedRule:
    """A check that is left out; `tables` are the dropped tables that it reads, none if it is dropped by its name."""

    id: str
    title: Text
    tables: tuple[str, ...]
    reason: Text


@frozen
class CompleteTable:
    """A table that the profile declares complete. `kept_open`: it stays open, as the facts deny it or lack rows."""

    name: str
    title: Text
    kept_open: bool


@frozen
class AgedTable:
    """A table whose facts may be at most `most` days old. `too_old`: they were taken as unknown; None: no facts asked.

    `as_of` is the day for which the facts hold, None if no day is known; `days` are those from there to the review.
    """

    name: str
    title: Text
    most: int
    as_of: date | None
    days: int | None
    too_old: bool | None


@frozen
class FloorUse:
    """The grade of evidence (0 to 1) that must-meet checks need at `gate` and later; `applies`: at this review."""

    gate: str
    grade: Fraction
    applies: bool


@frozen
class ProfileUse:
    """One profile, and all that it changes. `compounds` are the compound rules that can no longer fire.

    `option` is what `--profile` was given. `reasons` stand among those of the verdict.
    """

    id: str
    title: Text
    option: str
    file: str
    sha256: str
    limits: tuple[ChangedLimit, ...]
    weights: tuple[Multiplied, ...]
    tables: tuple[DroppedTable, ...]
    checks: tuple[DroppedRule, ...]
    compounds: tuple[str, ...]
    complete: tuple[CompleteTable, ...]
    ages: tuple[AgedTable, ...]
    floor: FloorUse | None
    sources: tuple[OwnSource, ...]
    reasons: tuple[Reason, ...] = ()
