"""Drafts waivers: judges the facts, takes the fingerprints, and refuses what would not be in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from riskcheck.cli.values import table_names
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.frozen import frozen, replace
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import InputFile
from riskcheck.model.text import Text
from riskcheck.model.waiver import Waiver, WaiverState, WaiverUse

_FINE = (WaiverState.IN_FORCE, WaiverState.RELIED_ON, WaiverState.PENDING, WaiverState.NOT_YET)
"""Pending waits for a second approval, which is another waiver; not yet begins on a later day."""


@frozen
class Draft:
    """What is judged, by what, as the command line says it."""

    facts: str
    pack: str
    profile: str | None
    gate: str | None
    as_of: date | None
    mapping: Path | None
    assume_complete: tuple[str, ...]


def in_force(draft: Draft, checks: tuple[str, ...], given: Mapping[str, Any]) -> tuple[WaiverUse, ...]:
    """A waiver of each check, with its fingerprint, as it is judged. Raises UsageError if any would not be in force."""
    judge = _Judge(draft)
    bare = judge(())
    granted = given["granted_on"] or bare.as_of
    said = {**given, "granted_on": granted, "gate": bare.gate, "project": bare.project_id}
    blank: dict[str, Any] = dict.fromkeys(Waiver.__match_args__)
    drafts = tuple(Waiver(**{**blank, **said, "check": check}) for check in dict.fromkeys(checks))
    first = _uses(judge(drafts))
    waivers = tuple(replace(each, fingerprint=use.fingerprint) for each, use in zip(drafts, first, strict=True))
    uses = _uses(judge(waivers))
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
        from riskcheck.facts.load import load_facts
        from riskcheck.packs.load import load_pack

        self.draft, self.pack = draft, load_pack(draft.pack)
        mapping = None
        if draft.mapping is not None:
            from riskcheck.mapping.load import load_mapping

            mapping = load_mapping(draft.mapping, self.pack.schema)
        self.profile = None
        if draft.profile is not None:
            from riskcheck.profiles.load import load_profile

            self.profile = load_profile(draft.profile, self.pack)
        assumed = table_names(draft.assume_complete)
        self.facts = load_facts(draft.facts, self.pack.schema, assume_complete=assumed, mapping=mapping)

    def __call__(self, waivers: tuple[Waiver, ...]) -> Assessment:
        from riskcheck.assessment import assess
        from riskcheck.waivers.table import WaiverFile

        draft = self.draft
        file = WaiverFile(InputFile("", ""), waivers, ())
        return assess(self.facts, self.pack, gate=draft.gate, as_of=draft.as_of, profile=self.profile, waivers=file)


def _uses(assessment: Assessment) -> tuple[WaiverUse, ...]:
    assert assessment.waivers is not None
    return assessment.waivers.uses
