"""What may make the exit code stricter than the verdict does: `--fail-on` and `--fail-under`. The verdict stays."""

from __future__ import annotations

from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment, Assumption
from riskcheck.model.finding import Band, CompoundFinding, CompoundState, Finding, band_of
from riskcheck.model.number import Ratio, floor_text
from riskcheck.model.text import Text
from riskcheck.reports import phrases

STRICTER = 1
"""The exit code of a gate that is open, but not by what the command line demands."""
_BANDS = tuple(Band)


def stricter(
    assessment: Assessment, code: int, fail_on: str | None, fail_under: Ratio | None
) -> tuple[Assessment, int]:
    """The assessment with a note of each demand that is not met, and the exit code, which was `code` without them.

    `fail_on` is a band: nothing of that band or above may be open. `fail_under` is the least that the low end of
    the score must reach, 0 to 100. Neither opens a gate that is shut.
    """
    notes = [*_on(assessment, fail_on), *_under(assessment, fail_under)]
    if not notes:
        return assessment, code
    return replace(assessment, assumptions=(*assessment.assumptions, *notes)), code or STRICTER


def _on(seen: Assessment, fail_on: str | None) -> list[Assumption]:
    if fail_on is None:
        return []
    least = Band(fail_on)
    heavy = [each for each in seen.findings if each.is_open and _reaches(_band_of_finding(each), least)]
    risks = [
        each for each in seen.compounds if _is_live(each) and _reaches(band_of(each.likelihood, each.impact), least)
    ]
    count = len(heavy) + len(risks)
    if not count:
        return []
    names = ", ".join([*(each.check for each in heavy), *(each.id for each in risks)][:5])
    if count > 5:
        names += " …"
    band = phrases.BAND[least]
    noun = "finding is" if count == 1 else "findings are"
    text = Text(
        f"--fail-on {fail_on} is not met: {count} {noun} open of band {band.en} or above ({names}).",
        f"未满足 --fail-on {fail_on}：有 {count} 项“{band.zh}”及以上等级的发现项未关闭（{names}）。",
    )
    return [Assumption("fail-on", text, ())]


def _under(seen: Assessment, fail_under: Ratio | None) -> list[Assumption]:
    if fail_under is None or (seen.score is not None and not seen.score.low < fail_under):
        return []
    wanted = floor_text(fail_under)
    low = floor_text(seen.score.low) if seen.score else "-"
    text = Text(
        f"--fail-under {wanted} is not met: the score is only sure to be {low}.",
        f"未满足 --fail-under {wanted}：得分下限为 {low}。",
    )
    return [Assumption("fail-under", text, ())]


def _band_of_finding(finding: Finding) -> Band:
    """The band of the rating, which is one step of likelihood lower for a warning."""
    return band_of(finding.rating // finding.impact, finding.impact)


def _reaches(band: Band, least: Band) -> bool:
    return _BANDS.index(band) >= _BANDS.index(least)


def _is_live(compound: CompoundFinding) -> bool:
    return compound.state is not CompoundState.CLEAR
