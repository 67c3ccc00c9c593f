"""The profile in the report for machines: everything that it changes, and what it is."""

from __future__ import annotations

from typing import Any

from riskcheck.model.number import DecimalText
from riskcheck.model.profile import AgedTable, ChangedLimit, FloorUse, ProfileUse
from riskcheck.model.text import Text


def profile_document(use: ProfileUse) -> dict[str, Any]:
    """A profile as plain dicts and lists, in the documented order of keys."""
    return {
        "id": use.id,
        "title": _text(use.title),
        "file": use.file,
        "sha256": use.sha256,
        "limits": [_limit(each) for each in use.limits],
        "weights": [{"kind": each.kind, "id": each.id, "multiplier": float(each.multiplier)} for each in use.weights],
        "dropped_tables": [{"table": each.name, "reason": _text(each.reason)} for each in use.tables],
        "dropped_checks": [
            {"check": each.id, "tables": list(each.tables), "reason": _text(each.reason)} for each in use.checks
        ],
        "dropped_compounds": list(use.compounds),
        "complete": [{"table": each.name, "kept_open": each.kept_open} for each in use.complete],
        "ages": [_age(each) for each in use.ages],
        "evidence_floor": _floor(use.floor),
        "sources": [{"id": each.id, "title": _text(each.title), "where": _text(each.where)} for each in use.sources],
    }


def _limit(limit: ChangedLimit) -> dict[str, Any]:
    return {
        "check": limit.check,
        "name": limit.name,
        "title": _text(limit.title),
        "pack_value": _plain(limit.pack_value),
        "value": _plain(limit.value),
        "origin": limit.origin,
        "sources": list(limit.sources),
        "reason": _text(limit.reason),
    }


def _plain(value: bool | int | DecimalText | str) -> bool | int | float | str:
    return float(value) if isinstance(value, DecimalText) else value


def _age(age: AgedTable) -> dict[str, Any]:
    return {
        "table": age.name,
        "max_days": age.most,
        "as_of": age.as_of.isoformat() if age.as_of else None,
        "days": age.days,
        "too_old": age.too_old,
    }


def _floor(floor: FloorUse | None) -> dict[str, Any] | None:
    if floor is None:
        return None
    return {"gate": floor.gate, "grade": float(floor.grade), "applies": floor.applies}


def _text(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}
