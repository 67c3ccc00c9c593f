"""Many projects judged by one pack: what the portfolio reports see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from riskcheck.frozen import frozen
from riskcheck.model.assessment import PackRef, Reason, Score, Verdict
from riskcheck.model.finding import OUTCOMES_WORST_FIRST, Outcome
from riskcheck.model.text import Text

WORST_FIRST = (Verdict.FAIL, Verdict.CANNOT_JUDGE, Verdict.CONDITIONAL, Verdict.PASS)


@frozen
class CheckOutcome:
    """What one check came to in one project."""

    check: str
    item: str
    outcome: Outcome
    must_meet: bool


@frozen
class ProjectResult:
    """One project judged at its gate. `source` is the file that it is in.

    `outcomes` are those of the checks due, in the pack's order. `problems` counts the errors among its input problems,
    but for those of a file that holds several projects. `verified`: the reference evaluator judged it, too.
    """

    source: str
    project_id: str | None
    project_name: str | None
    gate: str
    as_of: date
    verdict: Verdict
    score: Score | None
    reasons: tuple[Reason, ...]
    outcomes: tuple[CheckOutcome, ...]
    fired: tuple[str, ...]
    problems: int
    verified: bool

    @property
    def must_meets_failed(self) -> tuple[str, ...]:
        """The must-meet checks that fail."""
        return tuple(each.check for each in self.outcomes if each.must_meet and each.outcome is Outcome.FAIL)

    @property
    def name(self) -> str:
        """What people call the project: its id, or its file."""
        return self.project_id or self.source

    def of_item(self, item: str) -> Outcome | None:
        """The worst outcome among the checks of an item; None if none is due."""
        return self.by_item.get(item)

    @cached_property
    def by_item(self) -> dict[str, Outcome]:
        """The worst outcome among the checks of each item."""
        by_item: dict[str, set[Outcome]] = {}
        for each in self.outcomes:
            by_item.setdefault(each.item, set()).add(each.outcome)
        return {item: next(each for each in OUTCOMES_WORST_FIRST if each in found) for item, found in by_item.items()}


@frozen
class NotJudged:
    """A file, or a project in one, that could not be judged, and why."""

    source: str
    project_id: str | None
    why: tuple[Text, ...]


@frozen
class Note:
    """Something about the files as a whole that people should know; `is_error`: a value was lost by it."""

    text: Text
    is_error: bool = False


@frozen
class ItemTitle:
    """An item of the pack that some project is judged by."""

    id: str
    title: Text


@frozen
class SharedLoad:
    """Somebody whom several projects load: the most at one time, over all of them.

    `low` is sure; `high` is what it may be, None without end. Both, and the `limit` of `check`, as people write them.
    `over`: surely, perhaps or not above the limit. `projects`: who they are, and how much each loads alone at most.
    """

    check: str
    who: str
    low: str
    high: str | None
    limit: str
    over: Outcome
    projects: tuple[tuple[str, str], ...]


@frozen
class Portfolio:
    """The projects, worst first; what could not be judged; and what concerns several projects."""

    tool_version: str
    pack: PackRef
    profile: str | None
    engine: str
    projects: Sequence[ProjectResult]
    not_judged: Sequence[NotJudged]
    items: tuple[ItemTitle, ...]
    shared: tuple[SharedLoad, ...]
    notes: tuple[Note, ...]

    @cached_property
    def _tally(self) -> tuple[dict[Verdict, int], dict[str, dict[Outcome, int]]]:
        """How many projects have each verdict, and each outcome in each item: counted once, as there may be many."""
        verdicts: dict[Verdict, int] = {}
        items: dict[str, dict[Outcome, int]] = {}
        for project in self.projects:
            verdicts[project.verdict] = verdicts.get(project.verdict, 0) + 1
            for item, outcome in project.by_item.items():
                of_item = items.setdefault(item, {})
                of_item[outcome] = of_item.get(outcome, 0) + 1
        return verdicts, items

    def count(self, verdict: Verdict) -> int:
        """How many projects have this verdict."""
        return self._tally[0].get(verdict, 0)

    def count_in(self, item: str, outcome: Outcome) -> int:
        """In how many projects an item has this outcome."""
        return self._tally[1].get(item, {}).get(outcome, 0)

    @property
    def items_judged(self) -> tuple[ItemTitle, ...]:
        """The items by which some project is judged."""
        return tuple(item for item in self.items if item.id in self._tally[1])

    @property
    def items_worst_first(self) -> tuple[ItemTitle, ...]:
        """The items that fail in most projects first, then those that are unknown in most, then the pack's order."""
        bad = (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN, Outcome.WARN)
        return tuple(sorted(self.items, key=lambda item: [-self.count_in(item.id, each) for each in bad]))
