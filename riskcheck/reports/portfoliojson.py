"""The portfolio for machines: one JSON record for each project and line, the worst first, then what was not judged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from riskcheck.model.assessment import Score
from riskcheck.model.number import Ratio, floor_text
from riskcheck.model.portfolio import NotJudged, Portfolio, ProjectResult, SharedLoad
from riskcheck.reports import Style

_PIECE = 1_000


def render(portfolio: Portfolio, style: Style) -> bytes:
    """The whole of `parts`."""
    return b"".join(parts(portfolio, style))


def parts(portfolio: Portfolio, style: Style) -> Iterator[bytes]:
    """UTF-8, a line for each record, some at a time; the same in every language."""
    lines = (json.dumps(each, ensure_ascii=False, separators=(", ", ": ")) for each in _records(portfolio))
    while some := list(islice(lines, _PIECE)):
        yield "".join(line + "\n" for line in some).encode("utf-8", "replace")


def _records(portfolio: Portfolio) -> Iterator[dict[str, Any]]:
    rules = {"pack": portfolio.pack.id, "version": portfolio.pack.version, "sha256": portfolio.pack.sha256}
    shared: dict[str, list[SharedLoad]] = {}
    for load in portfolio.shared:
        for name in dict.fromkeys(name for name, _ in load.projects):
            shared.setdefault(name, []).append(load)
    for project in portfolio.projects:
        yield _project(project, portfolio, rules, shared.get(project.name, []))
    for each in portfolio.not_judged:
        yield _not_judged(each)


def _project(
    project: ProjectResult, portfolio: Portfolio, rules: dict[str, str], shared: list[SharedLoad]
) -> dict[str, Any]:
    counts = Counter(each.outcome for each in project.outcomes)
    return {
        "project_id": project.project_id,
        "project_name": project.project_name,
        "file": project.source,
        "gate": project.gate,
        "as_of": project.as_of.isoformat(),
        "verdict": project.verdict.value,
        "score": _score(project.score),
        "must_meets_failed": list(project.must_meets_failed),
        "compounds_fired": list(project.fired),
        "reasons": [{"code": each.code, "check": each.check, "text": each.text.en} for each in project.reasons],
        "counts": {outcome.value: count for outcome, count in sorted(counts.items(), key=lambda each: each[0].value)},
        "outcomes": {each.check: each.outcome.value for each in project.outcomes},
        "shared_people": [_shared(each) for each in shared],
        "input_errors": project.problems,
        "rules": rules,
        "profile": portfolio.profile,
        "engine": portfolio.engine,
        "verified": project.verified,
    }


def _score(score: Score | None) -> dict[str, float] | None:
    if score is None:
        return None
    return {"low": _number(score.low), "high": _number(score.high), "coverage": _number(score.coverage)}


def _number(value: Ratio) -> float:
    return float(floor_text(value))


def _shared(each: SharedLoad) -> dict[str, Any]:
    return {
        "check": each.check,
        "who": each.who,
        "low": each.low,
        "high": each.high,
        "limit": each.limit,
        "over": each.over.value,
        "projects": dict(each.projects),
    }


def _not_judged(each: NotJudged) -> dict[str, Any]:
    return {
        "project_id": each.project_id,
        "file": each.source,
        "verdict": None,
        "error": [text.en for text in each.why],
    }
