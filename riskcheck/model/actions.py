"""What people agreed to do about open findings, as an older report has it: owners, days, states and remarks.

An action has the id of its finding, which names the check and the project and stays the same when rows move. Nothing
here has a say in the verdict.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem


class ActionStatus(Enum):
    """How far people say an action is. A check that still fails keeps its finding open, whatever they say."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"


class Left(Enum):
    """Why an action is no longer among the open ones."""

    PASSES = "passes"
    NOT_APPLICABLE = "not_applicable"
    NOT_JUDGED = "not_judged"
    OTHER_PROJECT = "other_project"
    NOT_SHOWN = "not_shown"
    """It is open, but its finding is not among those that a workbook was asked to show."""


@frozen
class Agreed:
    """What people filled in beside one action; nothing at all stands for: as proposed.

    `due_written` and `status_written` are what stands in a cell that is no day and no known status; it is handed on as
    it is.
    """

    owner: str = ""
    due: date | None = None
    due_written: str = ""
    status: ActionStatus = ActionStatus.OPEN
    status_written: str = ""
    remark: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nobody has filled in anything."""
        return self == _NOTHING


_NOTHING = Agreed()


@frozen
class Action:
    """One open finding's action. `since` is the review date of the first report that listed it.

    `proposed_due` is the day that was proposed then, if it was a day: a deadline does not move with the review date.
    """

    id: str
    since: date
    agreed: Agreed
    proposed_due: date | None = None

    def is_overdue(self, as_of: date) -> bool:
        """Whether its day, agreed or proposed, has passed while people work on it."""
        due = self.agreed.due or (None if self.agreed.due_written else self.proposed_due)
        working = self.agreed.status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)
        return due is not None and due < as_of and working


@frozen
class ClosedAction:
    """An action of an older report whose finding is not open any more, or is of another project.

    `title` is what was wrong, in the older report's words; `closed` the review date on which it was first found gone.
    """

    id: str
    title: str
    since: date | None
    closed: date
    why: Left
    agreed: Agreed


@frozen
class ActionList:
    """The actions of one assessment, with what an older report said about them.

    `open` has one for each open finding, in their order. `file` and `sha256` are the older report's. `problems` are its
    cells and columns that could not be taken as they stand.
    """

    file: str
    sha256: str
    open: tuple[Action, ...]
    closed: tuple[ClosedAction, ...]
    problems: tuple[InputProblem, ...]
