"""Judges the waivers of an assessment, and says what became of each once the verdict is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from riskcheck.frozen import frozen, replace
from riskcheck.model.assessment import Reason, Verdict
from riskcheck.model.finding import CompoundFinding, Finding
from riskcheck.model.text import Text
from riskcheck.model.waiver import Waiver, WaiverAccount, WaiverState, WaiverUse
from riskcheck.waivers.fingerprint import whole_of
from riskcheck.waivers.judge import Bench, judged
from riskcheck.waivers.subject import subjects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from riskcheck.model.factset import FactSet
    from riskcheck.packs.rulepack import RulePack
    from riskcheck.waivers.table import WaiverFile

_LIFTED: Final = Text("it lifts a veto", "解除否决")
_NOT_ENOUGH: Final = Text(
    "it would lift a veto, but other reasons keep the gate shut", "可解除否决，但另有原因使关口关闭"
)


@frozen
class Review:
    """A review as far as it bears on waivers. `whole` are findings that list all their cells, of what is waived."""

    pack: RulePack
    facts: FactSet
    gate: str
    as_of: date
    project: str
    findings: tuple[Finding, ...]
    compounds: tuple[CompoundFinding, ...]
    whole: tuple[Finding, ...]


@frozen
class Waived:
    """The waivers as judged, and the checks and compound rules whose veto they lift."""

    uses: tuple[WaiverUse, ...]
    lifted: frozenset[str]


def waived(waivers: Sequence[Waiver], review: Review) -> Waived:
    """What the waivers lift in a review."""
    pack, checks = review.pack, {each.id: each for each in review.pack.checks}
    whole = {each.check: whole_of(each, checks[each.check], review.facts, review.as_of) for each in review.whole}
    found = subjects(review.findings, review.compounds, whole, review.project)
    bench = Bench(
        project=review.project,
        gate=review.gate,
        gates=tuple(each.id for each in pack.gates),
        as_of=review.as_of,
        subjects=found,
        known=(*(each.id for each in pack.checks), *(each.id for each in pack.compounds)),
    )
    uses = judged(waivers, bench)
    held = {each.waiver.check for each in uses if each.state.holds}
    return Waived(uses, frozenset(each.id for each in found.values() if each.vetoes and each.id in held))


def account(
    judged_waivers: Waived, verdict: Verdict, without: tuple[Verdict, tuple[Reason, ...]], file: WaiverFile | None
) -> WaiverAccount:
    """The waivers with the verdict without them; those that lift a veto are relied on, if the verdict changed."""
    changed = verdict is not without[0]
    lifted = judged_waivers.lifted
    uses = judged_waivers.uses
    source = file.source if file else None
    return WaiverAccount(
        file=source.file if source else None,
        sha256=source.sha256 if source else None,
        uses=tuple(_told(each, changed) if each.waiver.check in lifted and each.state.holds else each for each in uses),
        verdict_without=without[0],
        reasons_without=without[1],
        problems=file.problems if file else (),
    )


def _told(use: WaiverUse, changed: bool) -> WaiverUse:
    if changed:
        return replace(use, state=WaiverState.RELIED_ON, why=_LIFTED)
    return replace(use, why=_NOT_ENOUGH)
