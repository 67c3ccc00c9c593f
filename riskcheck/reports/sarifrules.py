"""Checks and compound rules as rules of a SARIF log. All in scope are declared, whatever became of them."""

from __future__ import annotations

from typing import Any

from riskcheck.model.finding import Band, CompoundFinding, CompoundState, Finding, band_of
from riskcheck.reports import Style, phrases
from riskcheck.reports.findinglines import Level

_LEVELS: dict[Band, Level] = {Band.CRITICAL: "error", Band.HIGH: "error", Band.MEDIUM: "warning", Band.LOW: "note"}
_HIGHEST_RATING = 25


def rule_of_check(finding: Finding, style: Style) -> dict[str, Any]:
    """The check that `finding` is about, as a reporting descriptor."""
    language = style.language
    gate = f"最迟关口 {finding.due_gate}" if language == "zh" else f"due at {finding.due_gate}"
    graded = "error" if finding.must_meet else _LEVELS[finding.band]
    rating = finding.likelihood * finding.impact
    how_grave = [f"{phrases.BAND[finding.band].of(language)} {rating}", gate]
    how_grave += [phrases.MUST_MEET.of(language)] if finding.must_meet else []
    told = f"（{'，'.join(how_grave)}）" if language == "zh" else f" ({', '.join(how_grave)})"
    return {
        "id": finding.check,
        "shortDescription": {"text": finding.title.of(language)},
        "fullDescription": {"text": finding.item_title.of(language)},
        "help": {"text": finding.control.of(language) + told},
        "defaultConfiguration": {"level": graded},
        "properties": {
            "tags": [
                *_security(style),
                finding.phase,
                *finding.elements,
                *(["must-meet"] if finding.must_meet else []),
            ],
            "band": finding.band.value,
            "likelihood": finding.likelihood,
            "impact": finding.impact,
            "owner": finding.owner,
            **_severity(rating, style),
        },
    }


def rule_of_compound(compound: CompoundFinding, style: Style) -> dict[str, Any]:
    """The compound rule, as a reporting descriptor."""
    rating = compound.likelihood * compound.impact
    return {
        "id": compound.id,
        "shortDescription": {"text": compound.title.of(style.language)},
        "fullDescription": {"text": compound.consequence.of(style.language)},
        "help": {"text": compound.control.of(style.language)},
        "defaultConfiguration": {"level": _level_of_compound(compound)},
        "properties": {
            "tags": [*_security(style), "compound", *(["blocks-gate"] if compound.blocks_gate else [])],
            "likelihood": compound.likelihood,
            "impact": compound.impact,
            **_severity(rating, style),
        },
    }


def compound_level(compound: CompoundFinding) -> Level | None:
    """How grave a compound risk is that is there; None for one that is not, or not for sure."""
    return _level_of_compound(compound) if compound.state is CompoundState.FIRED else None


def _level_of_compound(compound: CompoundFinding) -> Level:
    return "error" if compound.blocks_gate else _LEVELS[band_of(compound.likelihood, compound.impact)]


def _security(style: Style) -> tuple[str, ...]:
    """Code scanning takes a rule as one of security only with this tag."""
    return ("security",) if style.security_severity else ()


def _severity(rating: int, style: Style) -> dict[str, str]:
    """The rating of 1 to 25 on the scale of code scanning, 0.0 to 10.0, if it is wanted."""
    return {"security-severity": f"{rating * 10 / _HIGHEST_RATING:.1f}"} if style.security_severity else {}
