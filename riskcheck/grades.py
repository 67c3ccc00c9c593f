"""On what evidence facts rest: a grade for each check, and one for all.

The grade of a fact is that of the best evidence for its table, its field or its row: a system export or a signed
document 1, another document 0.8, a statement 0.5, none 0.3. A check has the lowest grade of the facts that its
conditions may read, 0 if it is undecided. Rows that an open table may have yet count as facts without evidence of their
own, so that leaving rows out never raises a grade.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from riskcheck.facts.evidencerows import EvidenceRow, read_evidence
from riskcheck.frozen import frozen, replace
from riskcheck.model.assessment import Confidence
from riskcheck.model.factset import FactSet, InputProblem
from riskcheck.model.finding import Finding, Outcome
from riskcheck.model.number import Ratio, ratio
from riskcheck.model.schema import EVIDENCE, EVIDENCE_GRADES
from riskcheck.packs.rulepack import Check, ScoreModel
from riskcheck.scoring import unit_of, weight_of

_BEST = 10
"""Grades are counted in tenths."""
_WITHOUT_EVIDENCE = 3
_UNDECIDED = (Outcome.UNKNOWN, Outcome.ERROR)


@frozen
class Graded:
    """Findings with their grades, and what is wrong with the table `evidence`."""

    findings: tuple[Finding, ...]
    problems: tuple[InputProblem, ...]


def graded(findings: tuple[Finding, ...], checks: Iterable[Check], facts: FactSet, day: date) -> Graded:
    """The findings with the grade of the evidence for the facts that their checks use; `day` is that of the review."""
    read = read_evidence(facts, day)
    grader = _Grader(facts, read.rows)
    by_check = {check.id: ratio(grader.of_check(check), _BEST) for check in checks}
    return Graded(
        tuple(replace(each, evidence_grade=_of_outcome(each.outcome, by_check[each.check])) for each in findings),
        read.problems,
    )


def confidence(findings: tuple[Finding, ...], model: ScoreModel) -> Confidence:
    """The average of the grades, weighed as in the score: of the checks that apply, and of the must-meet among them."""
    return Confidence(_average(findings, model), _average([each for each in findings if each.must_meet], model))


def _average(findings: Collection[Finding], model: ScoreModel) -> Ratio | None:
    unit = unit_of(findings)
    weight = weighed = 0
    for each in findings:
        if each.evidence_grade is not None:
            own, grade = weight_of(each, model, unit), each.evidence_grade
            weight += own
            weighed += own * _BEST * grade.numerator // grade.denominator
    return ratio(weighed, weight * _BEST) if weight else None


def _of_outcome(outcome: Outcome, grade: Ratio) -> Ratio | None:
    if outcome is Outcome.NOT_APPLICABLE:
        return None
    return ratio(0, 1) if outcome in _UNDECIDED else grade


class _Grader:
    def __init__(self, facts: FactSet, rows: Iterable[EvidenceRow]) -> None:
        self.facts = facts
        self.tables: dict[tuple[str, str | None], int] = {}
        """The best evidence for whole tables (None) and fields."""
        self.rows: dict[str, dict[int, int]] = {}
        """The best evidence for rows, by table and row."""
        self.known: dict[tuple[str, str | None], int] = {}
        for each in rows:
            self.take(each)

    def take(self, each: EvidenceRow) -> None:
        evidence = self.facts.by_name[EVIDENCE]
        kind = str(evidence.cell(each.row, "kind"))
        grade = EVIDENCE_GRADES.get(kind, _WITHOUT_EVIDENCE)
        if each.rows is None:
            key = (each.table, each.field)
            self.tables[key] = max(self.tables.get(key, _WITHOUT_EVIDENCE), grade)
        else:
            of_rows = self.rows.setdefault(each.table, {})
            for row in each.rows:
                of_rows[row] = max(of_rows.get(row, _WITHOUT_EVIDENCE), grade)

    def of_check(self, check: Check) -> int:
        return min((self.of_field(*each) for each in self.used(check)), default=_BEST)

    def used(self, check: Check) -> Iterator[tuple[str, str | None]]:
        """The facts that a check uses: fields, and tables of which it only counts the rows (None)."""
        tables = self.facts.schema.by_name
        for table, field in check.fields:
            terms = tables[table].by_name[field].derived
            yield from ((table, name) for name in ((field,) if terms is None else terms.fields))
        with_fields = {table for table, _ in check.fields}
        yield from ((table, None) for table in check.reads if table not in with_fields)

    def of_field(self, table: str, field: str | None) -> int:
        key = (table, field)
        if key not in self.known:
            self.known[key] = self.lowest(table, field)
        return self.known[key]

    def lowest(self, table: str, field: str | None) -> int:
        """The lowest grade in a field of a table, over its rows and those that it may have yet."""
        of_all = max(self.tables.get((table, each), _WITHOUT_EVIDENCE) for each in (None, field))
        rows, facts = self.rows.get(table), self.facts.by_name[table]
        more_may_come = not facts.closed and not (facts.table.one_row and facts.row_count)
        if not rows or more_may_come or len(rows) < facts.row_count:
            return of_all
        return max(of_all, min(rows.values()))
