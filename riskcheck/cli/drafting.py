"""Drafts waivers: judges the facts, takes the fingerprints, and refuses what would not be in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from riskcheck.assessment import assess
from riskcheck.cli.reviewing import load_rules, read_facts
from riskcheck.cli.values import table_names
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.frozen import frozen, replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import InputFile
from riskcheck.model.text import Text
from riskcheck.model.waiver import Waiver, WaiverState, WaiverUse
from riskcheck.waivers.table import WaiverFile

_FINE = (WaiverState.IN_FORCE, WaiverState.RELIED_ON, WaiverState.PENDING, WaiverState.NOT_YET)
"""Pending waits for a second approval, which is another waiver; not yet begins on a later day."""


@frozen
class Draft:
    """What is judged, by what, as the command line says it."""

    facts: tuple[str, ...]
    pack: str
    profile: str | None
    gate: str | None
    as_of: date | None
    mapping: Path | None
    reader: str
    assume_complete: tuple[str, ...]


def in_force(
    draft: Draft, checks: tuple[str, ...], given: Mapping[str, Any], beside: tuple[Waiver, ...]
) -> tuple[WaiverUse, ...]:
    """A waiver of each check, with its fingerprint, as it is judged `beside` those that stand in the file already.

    Raises UsageError if any would not be in force.
    """
    judge = _Judge(draft)
    bare = judge(())
    granted = given["granted_on"] or bare.as_of
    said = {**given, "granted_on": granted, "gate": bare.gate, "project": bare.project_id}
    blank: dict[str, Any] = dict.fromkeys(Waiver.__match_args__)
    drafts = tuple(Waiver(**{**blank, **said, "check": check}) for check in dict.fromkeys(checks))
    first = _uses(judge(drafts))
    waivers = tuple(replace(each, fingerprint=use.fingerprint) for each, use in zip(drafts, first, strict=True))
    uses = _uses(judge((*beside, *waivers)))[len(beside) :]
    wrong = [use for use in uses if use.state not in _FINE]
    if wrong:
        raise UsageError(
            Diagnostic(
                "not-waivable",
                Text(f"{use.waiver.check}: {use.why.en}", f"{use.waiver.check}：{use.why.zh}"),
            )
            for use in wrong
        )
    return uses


class _Judge:
    """Judges the facts under waivers."""

    def __init__(self, draft: Draft) -> None:
        rules = load_rules(draft.pack, draft.profile, draft.mapping, None, table_waivers=False, reader=draft.reader)
        self.draft, self.rules = draft, rules
        self.facts = read_facts(draft.facts, rules, table_names(draft.assume_complete))

    def __call__(self, waivers: tuple[Waiver, ...]) -> Assessment:
        draft, rules = self.draft, self.rules
        file = WaiverFile(InputFile("", ""), waivers, ())
        return assess(self.facts, rules.pack, gate=draft.gate, as_of=draft.as_of, profile=rules.profile, waivers=file)


def _uses(assessment: Assessment) -> tuple[WaiverUse, ...]:
    assert assessment.waivers is not None
    return assessment.waivers.uses
