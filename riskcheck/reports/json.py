"""The report for machines. Keys may be added in later versions, never changed; `report.schema.json` describes them."""

from __future__ import annotations

import json

from riskcheck.model.assessment import Assessment, Confidence, PartScore, Score
from riskcheck.model.factset import InputFile, InputProblem
from riskcheck.model.finding import CompoundFinding, Due, Evidence, Finding, LimitUse, Missing
from riskcheck.model.number import DecimalText, Ratio
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.reports import Style
from riskcheck.reports.nextfacts import FactToSupply, facts_to_supply

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from riskcheck.model.profile import ProfileUse

SCHEMA_VERSION = 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def render(assessment: Assessment, style: Style) -> bytes:
    """The assessment as JSON in UTF-8. Both languages always."""
    return json_bytes(document(assessment))


def json_bytes(written: dict[str, Any]) -> bytes:
    """A document as JSON in UTF-8: a line for each key, and for each entry of a list."""
    lines = (f"{_dumps(key)}: {_lines(value)}" for key, value in written.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8", "backslashreplace")


def _lines(value: Any) -> str:
    return "[\n  " + ",\n  ".join(map(_dumps, value)) + "\n]" if isinstance(value, list) and value else _dumps(value)


def _dumps(value: Any) -> str:
    return _ENCODER.encode(value)


def document(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain dicts and lists, in the documented order of keys."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "riskcheck", "version": assessment.tool_version},
        "project": {"id": assessment.project_id, "name": assessment.project_name},
        "as_of": assessment.as_of.isoformat(),
        "gate": assessment.gate,
        "pack": {"id": assessment.pack.id, "version": assessment.pack.version, "sha256": assessment.pack.sha256},
        "profile": _profile(assessment.profile),
        "inputs": [_input(each) for each in assessment.inputs],
        "mapping": input_document(assessment.mapping),
        "assumptions": [
            {"code": each.code, "text": text_document(each.text), "tables": list(each.tables)}
            for each in assessment.assumptions
        ],
        "verdict": assessment.verdict.value,
        "gate_open": assessment.verdict.opens,
        "reasons": [
            {"code": each.code, "text": text_document(each.text), "check": each.check} for each in assessment.reasons
        ],
        "undeclared": [each.name for each in assessment.undeclared],
        "facts_to_supply": [_to_supply(each) for each in facts_to_supply(assessment)],
        "score": _score(assessment.score),
        "coverage": _coverage(assessment.score),
        "evidence_grade": _confidence(assessment.confidence),
        "phases": [_part(each) for each in assessment.phases],
        "elements": [_part(each) for each in assessment.elements],
        "findings": [_finding(each) for each in assessment.findings],
        "compounds": [_compound(each) for each in assessment.compounds],
        "waivers": _waivers(assessment),
        "actions": _actions(assessment),
        "baseline": _baseline(assessment),
        "input_problems": [problem_document(each) for each in assessment.input_problems],
    }


def input_document(read: InputFile | None) -> dict[str, Any] | None:
    """A file that was read, by name and digest."""
    return None if read is None else {"file": read.file, "sha256": read.sha256}


def _input(read: InputFile) -> dict[str, Any]:
    """A file of facts, with its reader if that was not the first one."""
    named = {"file": read.file, "sha256": read.sha256}
    return named if read.reader is None else {**named, "reader": read.reader}


def _baseline(assessment: Assessment) -> dict[str, Any] | None:
    if assessment.baseline is None:
        return None
    from riskcheck.reports.jsoncomparison import baseline_document

    return baseline_document(assessment.baseline)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "check": finding.check,
        "item": finding.item,
        "phase": finding.phase,
        "elements": list(finding.elements),
        "outcome": finding.outcome.value,
        "possible": [each.value for each in finding.possible],
        "band": finding.band.value,
        "likelihood": finding.likelihood,
        "impact": finding.impact,
        "rating": finding.rating,
        "must_meet": finding.must_meet,
        "due_gate": finding.due_gate,
        "due": _due(finding.due),
        "title": text_document(finding.title),
        "reasons": [text_document(each) for each in finding.reasons],
        "measure": finding.measure,
        "limits": [_limit(each) for each in finding.limits],
        "evidence": [_evidence(each) for each in finding.evidence],
        "evidence_count": finding.evidence_count,
        "evidence_grade": _grade(finding.evidence_grade),
        "missing": [_missing(each) for each in finding.missing],
        "missing_count": finding.missing_count,
        "control": text_document(finding.control),
        "owner": finding.owner,
    }


def _to_supply(wanted: FactToSupply) -> dict[str, Any]:
    return {
        "need": wanted.need,
        "fact": wanted.fact,
        "table": text_document(wanted.table),
        "title": text_document(wanted.title),
        "checks": list(wanted.checks),
        "places": list(wanted.locations),
        "place_count": wanted.count,
    }


def _compound(compound: CompoundFinding) -> dict[str, Any]:
    return {
        "id": compound.id,
        "state": compound.state.value,
        "blocks_gate": compound.blocks_gate,
        "likelihood": compound.likelihood,
        "impact": compound.impact,
        "title": text_document(compound.title),
        "consequence": text_document(compound.consequence),
        "control": text_document(compound.control),
        "members": list(compound.members),
        "failing": list(compound.failing),
        "part_of": compound.part_of,
    }


def _waivers(assessment: Assessment) -> dict[str, Any] | None:
    if assessment.waivers is None:
        return None
    from riskcheck.reports.jsonwaivers import waivers_document

    return waivers_document(assessment.waivers)


def _actions(assessment: Assessment) -> dict[str, Any] | None:
    if assessment.actions is None:
        return None
    from riskcheck.reports.jsonactions import actions_document

    return actions_document(assessment.actions, assessment.as_of)


def _profile(use: ProfileUse | None) -> dict[str, Any] | None:
    if use is None:
        return None
    from riskcheck.reports.jsonprofile import profile_document

    return profile_document(use)


def _confidence(confidence: Confidence | None) -> dict[str, float | None] | None:
    if confidence is None:
        return None
    return {"overall": _grade(confidence.overall), "must_meet": _grade(confidence.must_meet)}


def _grade(grade: Ratio | None) -> float | None:
    return None if grade is None else _floor(grade, 10_000)


def _limit(limit: LimitUse) -> dict[str, Any]:
    value = float(limit.value) if isinstance(limit.value, DecimalText) else limit.value
    return {
        "name": limit.name,
        "title": text_document(limit.title),
        "value": value,
        "origin": limit.origin,
        "sources": list(limit.sources),
        "overridden": limit.overridden,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "fact": evidence.fact,
        "row": evidence.row,
        "key": evidence.key,
        "state": evidence.state,
        "value": evidence.value,
        "raw": evidence.raw,
        "location": location_document(evidence.location),
    }


def _missing(missing: Missing) -> dict[str, Any]:
    return {
        "fact": missing.fact,
        "need": missing.need,
        "row": missing.row,
        "key": missing.key,
        "raw": missing.raw,
        "location": location_document(missing.location),
    }


def problem_document(problem: InputProblem) -> dict[str, Any]:
    """An input problem as a plain dict."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "text": text_document(problem.text),
        "location": location_document(problem.location),
    }


def _part(part: PartScore) -> dict[str, Any]:
    return {
        "id": part.id,
        "title": text_document(part.title),
        "score": _score(part.score),
        "coverage": _coverage(part.score),
    }


def _score(score: Score | None) -> dict[str, float] | None:
    return None if score is None else {"low": _floor(score.low, 100), "high": _floor(score.high, 100)}


def _coverage(score: Score | None) -> float | None:
    return None if score is None else _floor(score.coverage, 10_000)


def _floor(value: Ratio, steps: int) -> float:
    """`value` rounded down to 1/steps, so that a printed number never seems to reach a limit it missed."""
    return value.numerator * steps // value.denominator / steps


def _due(due: Due | None) -> dict[str, Any] | None:
    return None if due is None else {"on": due.on.isoformat() if due.on else None, "text": text_document(due.text)}


def text_document(text: Text) -> dict[str, str]:
    """A text in both languages."""
    return {"en": text.en, "zh": text.zh}


def location_document(location: Location | None) -> dict[str, Any] | None:
    """A place as a plain dict, with all its keys."""
    if location is None:
        return None
    return {
        "file": location.file,
        "sheet": location.sheet,
        "cell": location.cell,
        "line": location.line,
        "column": location.column,
    }
