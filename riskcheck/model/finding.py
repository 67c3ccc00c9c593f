"""What was found about one check or one compound rule."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cached_property

from riskcheck.frozen import frozen
from riskcheck.model.number import DecimalText, Ratio
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.model.truth import Truth


class Outcome(Enum):
    """How a check came out. `unknown`: more than one state is still possible. `error`: it could not be judged."""

    __hash__ = object.__hash__

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


OUTCOMES_WORST_FIRST = (
    *(Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN, Outcome.WARN, Outcome.PASS),
    Outcome.NOT_APPLICABLE,
)


class Band(Enum):
    """The band of likelihood x impact: low 1-4, medium 5-10, high 12-16, critical 20-25."""

    __hash__ = object.__hash__

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


def band_of(likelihood: int, impact: int) -> Band:
    """The band of likelihood x impact (both 1-5): low 1-4, medium 5-10, high 12-16, critical 20-25."""
    product = likelihood * impact
    if product >= 20:
        return Band.CRITICAL
    if product >= 12:
        return Band.HIGH
    return Band.MEDIUM if product >= 5 else Band.LOW


@frozen
class Evidence:
    """One cell that decided a finding.

    `fact` is `table.field` and `title` what people call the field; `row` counts the table's rows from 1 and is None
    for a one-row table; `key` is what the row calls itself (its id), if it does; `state` is `value`, `empty` or
    `missing`; `value` is the typed value as text, `raw` the cell as written; `shown` is the value in words (an enum
    word's title, yes or no), None unless `state` is `value`.
    """

    fact: str
    title: Text
    row: int | None
    key: str | None
    state: str
    value: str | None
    shown: Text | None
    raw: str | None
    location: Location | None


@frozen
class Missing:
    """One thing that would have to be known. `need` says what to do about it:

    `fill`: a cell to fill in; `value`: a cell known to be empty where a value is needed; `close`: a table to
    declare complete (`fact` is the table's name); `add`: a table that the file does not have, to be added or declared
    complete by its name; `rows`: a table that needs further rows (it has fewer than its
    min_rows); `define`: a value that is undefined (a zero divisor, a date in the future, an average of no rows);
    `tie`: rows that share the latest date; `renew`: a table whose facts are too old for the profile.
    `table` and `title` are what people call the
    table and the field (for a need of a table: the table),
    `key` what the row calls itself, `raw` what stands in the cell now and cannot be taken.
    """

    need: str
    fact: str
    table: Text
    title: Text
    row: int | None
    key: str | None
    raw: str | None
    location: Location | None


@frozen
class LimitUse:
    """A limit of a check: `origin` is sourced, mixed or judgement; `sources` are the pack's source ids.

    `shown` is the value as people read it; it stands behind the title.
    """

    name: str
    title: Text
    value: bool | int | DecimalText | str
    shown: Text
    origin: str
    sources: tuple[str, ...]
    overridden: bool


@frozen
class Due:
    """When an open finding must be mended: by the day `on`, or as `text` says where no day is known."""

    on: date | None
    text: Text


@frozen
class Finding:
    """One check, judged. Everything that a report says about it.

    `id` names the check and the project and stays the same when rows move. `possible` are the outcomes still
    possible (one, unless `outcome` is unknown or error). `rating` is L' x I, where L' is the likelihood, one
    less for a warn. `evidence` holds the first of `evidence_count` deciding cells, `missing` the first
    of `missing_count` things to supply: twenty, unless more were asked for.
    `reasons` say in words why the outcome is what it is. `measure` is what was compared with the limits. `due`
    is None for a finding that is not open. `evidence_grade` (0 to 1) is the lowest grade of evidence for the facts that
    the check uses, 0 if it is undecided; None if it does not apply, or if evidence is not graded.
    """

    id: str
    check: str
    item: str
    phase: str
    elements: tuple[str, ...]
    outcome: Outcome
    possible: tuple[Outcome, ...]
    band: Band
    likelihood: int
    impact: int
    rating: int
    must_meet: bool
    due_gate: str
    title: Text
    item_title: Text
    reasons: tuple[Text, ...]
    limits: tuple[LimitUse, ...]
    measure: str | None
    evidence: tuple[Evidence, ...]
    evidence_count: int
    missing: tuple[Missing, ...]
    missing_count: int
    control: Text
    owner: str
    owner_title: Text
    due: Due | None
    evidence_grade: Ratio | None = None

    @cached_property
    def weights(self) -> dict[int, tuple[object, int, tuple[int, ...]]]:
        """The weights that scoring has found, with the numbers that they rest on; no part of the value."""
        return {}

    @property
    def is_open(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.outcome not in (Outcome.PASS, Outcome.NOT_APPLICABLE)

    @property
    def cells(self) -> tuple[Evidence, ...] | tuple[Missing, ...]:
        """The cells listed: those that decided, or those to supply where nothing is decided."""
        return self.missing if self.outcome is Outcome.UNKNOWN else self.evidence


def measure_in_words(measure: str) -> Text:
    """A finding's measure as people read it: an interval such as `[3, no end]` has words in it."""
    return Text(measure, measure.replace("no end", "无界").replace("unknown", "未知"))


class CompoundState(Enum):
    """Whether a compound rule fired, may still fire, or cannot."""

    FIRED = "fired"
    POSSIBLE = "possible"
    CLEAR = "clear"


STATES = {
    Truth.TRUE: CompoundState.FIRED,
    Truth.UNKNOWN: CompoundState.POSSIBLE,
    Truth.FALSE: CompoundState.CLEAR,
}
"""The state of a compound rule by whether its pattern holds; the strongest first."""


@frozen
class CompoundFinding:
    """One compound rule, judged.

    `members` are the checks and compounds in scope that it names; `failing` those of them that fail (fired) or may
    fail (possible). `part_of` names a stronger rule in the same state that contains it.
    """

    id: str
    state: CompoundState
    blocks_gate: bool
    likelihood: int
    impact: int
    title: Text
    consequence: Text
    control: Text
    members: tuple[str, ...]
    failing: tuple[str, ...]
    part_of: str | None
