"""Two assessments of one project, one after the other: what became of each rule, and why the score moved."""

from __future__ import annotations

from datetime import date
from enum import Enum

from riskcheck.frozen import frozen
from riskcheck.model.factset import InputFile
from riskcheck.model.text import Text


class ChangeKind(Enum):
    """What became of a rule between two assessments, in the order of reports: what moved comes first.

    `new`: open now, and was not. `relapsed`: the same, but it had been open before that. `worse`: it warned, and fails.
    `gone_dark`: it was decided, and is not any more. `lasting`: open both times. `fixed`: open before, and not now.
    `not_judged`: open before, and now not in scope. `unchanged`: open neither time.
    """

    NEW = "new"
    RELAPSED = "relapsed"
    WORSE = "worse"
    GONE_DARK = "gone_dark"
    FIXED = "fixed"
    NOT_JUDGED = "not_judged"
    LASTING = "lasting"
    UNCHANGED = "unchanged"

    @property
    def breaks(self) -> bool:
        """Whether it breaks a build that is held to a baseline."""
        return self in (ChangeKind.NEW, ChangeKind.RELAPSED, ChangeKind.WORSE, ChangeKind.GONE_DARK)


@frozen
class RuleState:
    """How a check (by its outcome) or a compound rule (by its state) came out."""

    rule: str
    state: str
    title: Text
    must_meet: bool


@frozen
class Interval:
    """A score as reports print it: both ends in hundredths, rounded down."""

    low: int
    high: int


@frozen
class Record:
    """What a comparison needs to know of one assessment.

    `verdict_without` is the verdict without waivers, None if there are none. `once_open` are the rules that an older
    record had open and this one has not. `partial`: it does not have all findings, so it cannot be compared.
    """

    file: str
    project: str | None
    as_of: date
    gate: str
    pack: str
    pack_sha256: str
    profile: str | None
    profile_sha256: str | None
    verdict: str
    verdict_without: str | None
    score: Interval | None
    inputs: tuple[InputFile, ...]
    mapping: InputFile | None
    assumed_complete: tuple[str, ...]
    rules: tuple[RuleState, ...]
    once_open: tuple[str, ...]
    partial: bool

    @property
    def judged_by(self) -> tuple[str, str | None, str]:
        """What it was judged by: the digests of pack and profile, and the gate."""
        return self.pack_sha256, self.profile_sha256, self.gate


@frozen
class Change:
    """One rule, before and after: the states are None where it was not in scope.

    `by_rules`: it would have come out so on the old facts, too.
    """

    rule: str
    title: Text
    must_meet: bool
    kind: ChangeKind
    before: str | None
    after: str | None
    by_rules: bool = False


@frozen
class ScoreChange:
    """Why the low end of the score moved, in hundredths: `rules + data` is the whole change.

    `rules` is what other rules (pack, profile or gate) make of the old facts, `data` what the new facts and the new day
    make of it by the same rules. Waivers have no part in it: they never touch a score.
    """

    before: Interval
    after: Interval
    rules: int
    data: int


@frozen
class Comparison:
    """What changed from `old` to `new`. `score` is None if either has no score."""

    old: Record
    new: Record
    changes: tuple[Change, ...]
    score: ScoreChange | None


@frozen
class BaselineUse:
    """The baseline that an assessment was held to, and what became of each rule since."""

    file: str
    sha256: str
    as_of: date
    same_rules: bool
    changes: tuple[Change, ...]

    @property
    def breaks(self) -> bool:
        """Whether something is open that the baseline does not know."""
        return any(each.kind.breaks for each in self.changes)

    def kind_of(self, rule: str) -> ChangeKind | None:
        """What became of a rule; None if it is not judged."""
        return next((each.kind for each in self.changes if each.rule == rule), None)
