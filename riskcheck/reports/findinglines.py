"""What plain-text reports say of a finding, line by line, and how grave a pipeline should take it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Band, Evidence, Finding, Missing, Outcome
from riskcheck.model.text import Language, Text
from riskcheck.reports import phrases
from riskcheck.reports.display import clean, shorten
from riskcheck.reports.findingtext import and_more, reasons
from riskcheck.reports.sincebaseline import since_baseline

Level = Literal["error", "warning", "note"]

MAX_LINES = 4
"""How many deciding cells, and things to supply, are told; the JSON report has more."""
_HEAVY = (Band.HIGH, Band.CRITICAL)


def level(finding: Finding) -> Level | None:
    """How grave an open finding is to a pipeline; None for one that is not open.

    A failed check counts by its band (critical and high: error, medium: warning, low: note), a must-meet one always
    as an error. A warning counts one step less. What is undecided is an error where it keeps the gate shut.
    """
    if not finding.is_open:
        return None
    heavy = finding.band in _HEAVY
    if finding.outcome is Outcome.ERROR or (finding.must_meet and finding.outcome is not Outcome.WARN):
        return "error"
    if finding.outcome is Outcome.FAIL:
        return "error" if heavy else "warning" if finding.band is Band.MEDIUM else "note"
    return "warning" if heavy or finding.must_meet else "note"


def marks(seen: Assessment, finding: Finding, language: Language) -> str:
    """How much depends on the finding, and what became of it since the baseline: `new, critical 20, must-meet`."""
    since = since_baseline(seen, finding.check)
    band = f"{phrases.BAND[finding.band].of(language)} {finding.rating}"
    must = [phrases.MUST_MEET.of(language)] if finding.must_meet else []
    return ", ".join([*([since.of(language)] if since else []), band, *must])


def why(finding: Finding, language: Language) -> str:
    """The reasons as one paragraph on one line."""
    return clean(("" if language == "zh" else " ").join(each.of(language) for each in reasons(finding)))


def details(finding: Finding, language: Language) -> Iterator[str]:
    """The deciding cells, what is to be supplied, and what to do: each on one line that is safe to print."""
    yield from cell_lines(finding, language)
    yield from need_lines(finding, language)
    if finding.is_open:
        yield to_do(finding, language)


def cell_lines(finding: Finding, language: Language, most: int = MAX_LINES) -> Iterator[str]:
    """The first deciding cells, and how many more there are. None of an undecided finding."""
    if finding.outcome is Outcome.UNKNOWN:
        return
    for evidence in finding.evidence[:most]:
        yield cell_line(evidence, language)
    for more in and_more(finding.evidence_count - min(most, len(finding.evidence))):
        yield more.of(language)


def need_lines(finding: Finding, language: Language, most: int = MAX_LINES) -> Iterator[str]:
    """The first things to supply of an undecided finding, and how many more there are."""
    if finding.outcome is not Outcome.UNKNOWN:
        return
    for missing in finding.missing[:most]:
        yield need_line(missing, language)
    for more in and_more(finding.missing_count - min(most, len(finding.missing))):
        yield more.of(language)


def cell_line(evidence: Evidence, language: Language) -> str:
    """A deciding cell: where, of which row, and what stands in it."""
    shown = clean((evidence.shown or phrases.STATE[evidence.state]).of(language))
    row = f" {shorten(clean(evidence.key), 16)}" if evidence.key else ""
    title = clean(evidence.title.of(language))
    colon = "：" if language == "zh" else ": "
    return f"{place(evidence, language)}{row}{colon}{title} = {shorten(shown, 40)}"


def need_line(missing: Missing, language: Language) -> str:
    """A thing to supply: where, and what to do about it."""
    where = f" ({place(missing, language)})" if missing.location and missing.location.cell else ""
    colon = "：" if language == "zh" else ": "
    return f"{clean(missing.title.of(language))}{where}{colon}{phrases.NEED[missing.need].of(language)}"


def to_do(finding: Finding, language: Language) -> str:
    """The control, with who does it until when."""
    control, who = clean(finding.control.of(language)), clean(finding.owner_title.of(language))
    comma = "，" if language == "zh" else ", "
    due = f"{comma}{clean(finding.due.text.of(language))}" if finding.due else ""
    return f"→ {control}（{who}{due}）" if language == "zh" else f"→ {control} ({who}{due})"


def place(what: Evidence | Missing, language: Language) -> str:
    """Where it stands within its file."""
    if what.location is None:
        return NOT_IN_FILE.of(language)
    return clean(what.location.within_file)


NOT_IN_FILE = Text("(not in the file)", "（文件中没有）")
