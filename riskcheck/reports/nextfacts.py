"""What to supply next: the facts that unknown findings wait for, those that decide most first."""

from __future__ import annotations

from riskcheck.frozen import frozen
from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Finding, Missing, Outcome
from riskcheck.model.text import Text

MAX_PLACES = 3


@frozen
class FactToSupply:
    """One table or field that unknown findings wait for: which checks, how many cells, and the first few places.

    `table` and `title` are what people call the table and the field; the same for a table.
    """

    need: str
    fact: str
    table: Text
    title: Text
    checks: tuple[str, ...]
    rating: int
    count: int
    locations: tuple[str, ...]


def facts_to_supply(assessment: Assessment) -> tuple[FactToSupply, ...]:
    """The facts that unknown findings wait for: tables to declare first, then by the rating of the checks served."""
    waiting: dict[tuple[str, str], list[tuple[Finding, Missing]]] = {}
    for finding in assessment.findings:
        if finding.outcome is Outcome.UNKNOWN:
            for missing in finding.missing:
                waiting.setdefault((missing.need, missing.fact), []).append((finding, missing))
    wanted = [_fact_to_supply(need, fact, pairs) for (need, fact), pairs in waiting.items()]
    return tuple(sorted(wanted, key=lambda each: (each.need not in ("close", "add"), -each.rating, each.fact)))


def _fact_to_supply(need: str, fact: str, pairs: list[tuple[Finding, Missing]]) -> FactToSupply:
    findings = {finding.check: finding for finding, _ in pairs}
    places = dict.fromkeys(missing.location for _, missing in pairs if missing.location is not None)
    rating = sum(finding.rating for finding in findings.values())
    first = pairs[0][1]
    return FactToSupply(
        need=need,
        fact=fact,
        table=first.table,
        title=first.title,
        checks=tuple(findings),
        rating=rating,
        count=max(len(places), 1),
        locations=tuple(at.within_file for at in places)[:MAX_PLACES],
    )
