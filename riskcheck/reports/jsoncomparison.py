"""A comparison with an older assessment, for machines: of a baseline in a report, or of two reports."""

from __future__ import annotations

from typing import Any

from riskcheck.model.comparison import BaselineUse, Change, ChangeKind, Comparison, Interval, Record
from riskcheck.reports import Style
from riskcheck.reports.json import json_bytes, text_document

SCHEMA_VERSION = 1
_HUNDREDTHS = 100


def render(comparison: Comparison, style: Style) -> bytes:
    """The comparison as JSON in UTF-8. Both languages always."""
    return json_bytes(document(comparison))


def document(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain dicts and lists, in the documented order of keys."""
    score = comparison.score
    return {
        "schema_version": SCHEMA_VERSION,
        "old": _record(comparison.old),
        "new": _record(comparison.new),
        "score_change": None
        if score is None
        else {
            "total": _points(score.after.low - score.before.low),
            "rules": _points(score.rules),
            "data": _points(score.data),
            "waivers": 0.0,
        },
        "changes": changes_document(comparison.changes),
    }


def baseline_document(use: BaselineUse) -> dict[str, Any]:
    """The baseline that a report was held to."""
    return {
        "file": use.file,
        "sha256": use.sha256,
        "as_of": use.as_of.isoformat(),
        "same_rules": use.same_rules,
        "breaks": use.breaks,
        "changes": changes_document(use.changes),
    }


def changes_document(changes: tuple[Change, ...]) -> list[dict[str, Any]]:
    """What changed or lasts; what was and is in order is left out."""
    return [
        {
            "rule": each.rule,
            "kind": each.kind.value,
            "before": each.before,
            "after": each.after,
            "must_meet": each.must_meet,
            "by_rules": each.by_rules,
            "title": text_document(each.title),
        }
        for each in changes
        if each.kind is not ChangeKind.UNCHANGED
    ]


def _record(record: Record) -> dict[str, Any]:
    profile = None if record.profile is None else {"id": record.profile, "sha256": record.profile_sha256}
    return {
        "file": record.file,
        "project": record.project,
        "as_of": record.as_of.isoformat(),
        "gate": record.gate,
        "pack": {"id": record.pack, "sha256": record.pack_sha256},
        "profile": profile,
        "verdict": record.verdict,
        "verdict_without_waivers": record.verdict_without,
        "score": _score(record.score),
    }


def _score(score: Interval | None) -> dict[str, float] | None:
    return None if score is None else {"low": _points(score.low), "high": _points(score.high)}


def _points(hundredths: int) -> float:
    return hundredths / _HUNDREDTHS
