"""What every report says of a finding in the same words: its reasons with the limits, and that a list was cut."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from riskcheck.model.assessment import Assessment, Score
from riskcheck.model.finding import Finding, LimitUse, Outcome
from riskcheck.model.number import floor_text
from riskcheck.model.place import Location
from riskcheck.model.text import Text


def reasons(finding: Finding) -> tuple[Text, ...]:
    """Why the finding is what it is; the limits last, where no reason has them beside a measure."""
    told_with_the_measure = finding.measure is not None and finding.outcome is not Outcome.UNKNOWN
    if not finding.is_open or not finding.limits or told_with_the_measure:
        return finding.reasons
    return (*finding.reasons, limits_text(finding.limits))


def limits_text(limits: tuple[LimitUse, ...]) -> Text:
    """The limits of a check and their values."""
    noun = "Limits" if len(limits) > 1 else "Limit"
    en = "; ".join(f"{each.title.en} {each.shown.en}" for each in limits)
    zh = "；".join(f"{each.title.zh} {each.shown.zh}" for each in limits)
    return Text(f"{noun}: {en}.", f"限值：{zh}。")


def and_more(count: int) -> tuple[Text, ...]:
    """The line below a list that was cut by `count` entries; none if nothing was cut."""
    return (Text(f"… and {count} more", f"……另有 {count} 处"),) if count > 0 else ()


def cells_cut(finding: Finding) -> int:
    """How many deciding cells the finding does not list."""
    return finding.evidence_count - len(finding.evidence)


def needs_cut(finding: Finding) -> int:
    """How many things to supply the finding does not list."""
    return finding.missing_count - len(finding.missing)


def unlisted_needs(assessment: Assessment) -> tuple[Text, ...]:
    """That what is to be supplied is more than the findings list, if it is."""
    count = sum(needs_cut(each) for each in assessment.findings if each.outcome is Outcome.UNKNOWN)
    if not count:
        return ()
    return (
        Text(
            f"… and {count} more places: of one check only the first places are counted here",
            f"……另有 {count} 处：每项检查只统计前若干处",
        ),
    )


def places_by_sheet(locations: Iterable[Location | None]) -> tuple[str, ...]:
    """The places, each once, a line for those of one sheet: `Tasks!D14, D15`. The order of the first of each stays."""
    once = dict.fromkeys(at for at in locations if at is not None)
    lines = []
    for (sheet, is_cell), places in groupby(once, key=lambda at: (at.sheet, at.cell is not None)):
        first, *others = places
        if sheet is not None and is_cell:
            lines.append(", ".join([first.within_file, *(str(at.cell) for at in others)]))
        else:
            lines += [first.within_file, *(at.within_file for at in others)]
    return tuple(lines)


def interval_text(score: Score) -> Text:
    """From the sure score to the best possible one."""
    low, high = floor_text(score.low), floor_text(score.high)
    return Text(low, low) if low == high else Text(f"{low} to {high}", f"{low} 至 {high}")
