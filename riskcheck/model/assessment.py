"""The one typed result: everything that reports see."""

from __future__ import annotations

from datetime import date
from enum import Enum

from riskcheck.frozen import frozen
from riskcheck.model.factset import InputFile, InputProblem
from riskcheck.model.finding import CompoundFinding, Finding
from riskcheck.model.number import Ratio
from riskcheck.model.text import Language, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from riskcheck.model.actions import ActionList
    from riskcheck.model.comparison import BaselineUse
    from riskcheck.model.profile import ProfileUse
    from riskcheck.model.waiver import WaiverAccount


class Verdict(Enum):
    """The verdict at a gate. PASS and CONDITIONAL open it; FAIL and CANNOT_JUDGE keep it shut."""

    PASS = "PASS"
    CONDITIONAL = "CONDITIONAL"
    FAIL = "FAIL"
    CANNOT_JUDGE = "CANNOT_JUDGE"

    @property
    def opens(self) -> bool:
        """Whether the gate is open."""
        return self in (Verdict.PASS, Verdict.CONDITIONAL)


@frozen
class Score:
    """The score interval of a set of checks, each end 0 to 100 and exact, and its coverage, 0 to 1.

    `low` counts every unknown as failed and is the headline; `high` counts it as passed.
    `high - low == 100 * (1 - coverage)`.
    """

    low: Ratio
    high: Ratio
    coverage: Ratio


@frozen
class Confidence:
    """On how good evidence the facts rest, 0 to 1: the weighted average of the checks' grades; None over nothing."""

    overall: Ratio | None
    must_meet: Ratio | None


@frozen
class PartScore:
    """The score of one phase or element; `score` is None over nothing."""

    id: str
    title: Text
    score: Score | None


@frozen
class Reason:
    """One reason for the verdict; `code` is a stable word with hyphens, `check` the check or compound it is about."""

    code: str
    text: Text
    check: str | None = None


PARTLY_SHOWN = "not-shown"
"""The code of the note that says how many findings are left out of what is shown."""


@frozen
class Assumption:
    """Something that was taken to be so because the command line or a mapping said it."""

    code: str
    text: Text
    tables: tuple[str, ...]


@frozen
class PackRef:
    """Which pack judged: `sha256` is over its rule files in path order, line ends made LF, cases left out."""

    id: str
    version: str
    sha256: str
    title: Text


@frozen
class TableTitle:
    """What a table of the facts is called."""

    name: str
    title: Text


@frozen
class Assessment:
    """One project judged at one gate as of one day. The only thing that a report sees."""

    tool_version: str
    project_id: str | None
    project_name: str | None
    as_of: date
    gate: str
    gate_title: Text
    pack: PackRef
    inputs: tuple[InputFile, ...]
    assumptions: tuple[Assumption, ...]
    verdict: Verdict
    reasons: tuple[Reason, ...]
    score: Score | None
    phases: tuple[PartScore, ...]
    elements: tuple[PartScore, ...]
    findings: tuple[Finding, ...]
    compounds: tuple[CompoundFinding, ...]
    input_problems: tuple[InputProblem, ...]
    undeclared: tuple[TableTitle, ...]
    """Not empty if the verdict is CANNOT_JUDGE only because these tables are open: declaring them decides it."""
    tables: tuple[TableTitle, ...]
    """All tables that checks in scope read."""
    profile: ProfileUse | None = None
    """The profile that was judged with, and all that it changes."""
    mapping: InputFile | None = None
    """The mapping file by which the facts were read."""
    confidence: Confidence | None = None
    """None if evidence is not graded: the facts have none, and no profile demands it."""
    actions: ActionList | None = None
    """What an older report says about the open findings; None if no older report was named."""
    baseline: BaselineUse | None = None
    """What became of each rule since the baseline; None if none was named."""
    waivers: WaiverAccount | None = None
    """The waivers and the verdict without them; None if there are none."""

    def to_frame(self, language: Language = "en") -> Any:
        """The findings as a pandas DataFrame, a row for each, worst first. Raises UsageError without pandas."""
        from importlib import import_module

        return import_module("riskcheck.frames").findings_frame(self, language)  # a layer above; pandas is rarely there

    @property
    def partly_shown(self) -> bool:
        """Whether `findings` are only some of those that were judged (--select, --ignore): counts of them say so."""
        return any(each.code == PARTLY_SHOWN for each in self.assumptions)

    @property
    def named(self) -> str:
        """What people call the project: its id and its name, as far as there are any."""
        return " ".join(part for part in (self.project_id, self.project_name) if part)
