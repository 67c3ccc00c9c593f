"""The whole product on one page: facts and a pack go in, an Assessment comes out."""

from __future__ import annotations

from datetime import date

from riskcheck import engines, inference, scoring
from riskcheck import gate as gates
from riskcheck.findings import find
from riskcheck.frozen import frozen, replace
from riskcheck.model.assessment import Assessment, Assumption, PackRef, PartScore, Reason, Score, TableTitle, Verdict
from riskcheck.model.factset import MISSING, FactSet, FactTable, close_table
from riskcheck.model.finding import CompoundFinding, Finding, Outcome
from riskcheck.model.text import Text
from riskcheck.packs.rulepack import Check, RulePack
from riskcheck.projectfacts import project_id, project_text, review_day, review_gate
from riskcheck.version import __version__


def assess(
    facts: FactSet, pack: RulePack, *, gate: str | None = None, as_of: date | None = None, engine: str = "reference"
) -> Assessment:
    """Judge one project at `gate` as of the day `as_of`, by default the facts' `project.gate` and `project.as_of`.

    Raises UsageError if gate or day are given neither way, or if pack or riskcheck know no such gate or engine;
    FactsError if the facts' own cannot be read.
    """
    day = as_of or review_day(facts)
    at_gate = gate or review_gate(facts, pack)
    result = _judge(facts, pack, at_gate, day, engine)
    if result.verdict is Verdict.CANNOT_JUDGE:
        result = replace(result, undeclared=_deciding_declarations(result, facts, pack, engine))
    return result


def _judge(facts: FactSet, pack: RulePack, at_gate: str, day: date, engine: str) -> Assessment:
    checks = pack.due_at(at_gate)
    judgements = engines.judge(engine, checks, facts, day)
    findings = find(pack, checks, judgements, facts, day)
    concluded = _conclude(findings, pack)
    return Assessment(
        tool_version=__version__,
        project_id=project_id(facts),
        project_name=project_text(facts, "name"),
        as_of=day,
        gate=at_gate,
        gate_title=next(each.title for each in pack.gates if each.id == at_gate),
        pack=PackRef(pack.id, pack.version, pack.sha256, pack.title),
        inputs=facts.inputs,
        assumptions=_assumptions(facts),
        verdict=concluded.verdict,
        reasons=concluded.reasons,
        score=concluded.score,
        phases=scoring.phase_scores(findings, pack.phases, pack.scoring),
        elements=concluded.elements,
        findings=findings,
        compounds=concluded.compounds,
        input_problems=facts.problems,
        undeclared=(),
        tables=_tables_read(checks, facts),
    )


@frozen
class _Conclusion:
    """What follows from findings."""

    compounds: tuple[CompoundFinding, ...]
    score: Score | None
    elements: tuple[PartScore, ...]
    verdict: Verdict
    reasons: tuple[Reason, ...]


def _conclude(findings: tuple[Finding, ...], pack: RulePack) -> _Conclusion:
    compounds = inference.infer(pack, findings)
    score = scoring.score(findings, pack.scoring)
    elements = scoring.element_scores(findings, pack.elements, pack.scoring)
    verdict, reasons = gates.decide(findings, compounds, score, elements, pack.scoring)
    return _Conclusion(compounds, score, elements, verdict, reasons)


def _deciding_declarations(result: Assessment, facts: FactSet, pack: RulePack, engine: str) -> tuple[TableTitle, ...]:
    """The open tables of the file that keep the verdict from being given, if nothing else does."""
    if any(finding.must_meet and _stays_unknown(finding) for finding in result.findings):
        return ()
    names = {name for finding in result.findings for name in _tables_to_close(finding)}
    chosen = tuple(t for t in result.tables if t.name in names and _is_filled_in(facts.by_name[t.name]))
    if not chosen:
        return ()
    closed = {each.name for each in chosen}
    tables = tuple(close_table(table) if table.table.name in closed else table for table in facts.tables)
    return chosen if _decides(result, replace(facts, tables=tables), pack, engine) else ()


def _decides(result: Assessment, facts: FactSet, pack: RulePack, engine: str) -> bool:
    """Whether `facts`, which say more than those of `result`, give a verdict that rests on nothing unknown.

    What was definite stays so: only the rest is judged again, and not explained.
    """
    undecided = {finding.check for finding in result.findings if finding.outcome is Outcome.UNKNOWN}
    checks = tuple(check for check in pack.due_at(result.gate) if check.id in undecided)
    judgements = engines.judge(engine, checks, facts, result.as_of)
    again = find(pack, checks, judgements, facts, result.as_of, explain=False)
    findings = again + tuple(finding for finding in result.findings if finding.check not in undecided)
    concluded = _conclude(findings, pack)
    open_still = concluded.verdict is Verdict.CANNOT_JUDGE or gates.rests_on_unknowns(findings, concluded.compounds)
    return not open_still


def _is_filled_in(table: FactTable) -> bool:
    """Whether the table looks like one that somebody has filled in, so that asking to declare it complete is fair."""
    if not table.present or table.closed:
        return False
    if not table.table.one_row:
        return table.row_count >= table.table.min_rows
    known = sum(cells[0] is not MISSING for cells in table.columns.values() if cells)
    return 2 * known >= len(table.columns)


def _assumptions(facts: FactSet) -> tuple[Assumption, ...]:
    names = facts.assumed_complete
    if not names:
        return ()
    titles = [facts.by_name[name].table.title for name in names]
    text = Text(
        "Assumed on the command line, not declared in the facts: these tables are complete: "
        + ", ".join(title.en for title in titles),
        "以下表的完整性由命令行假定，而非资料自身声明：" + "、".join(title.zh for title in titles),
    )
    return (Assumption("assume-complete", text, names),)


def _tables_read(checks: tuple[Check, ...], facts: FactSet) -> tuple[TableTitle, ...]:
    read = {name for check in checks for name in check.reads}
    return tuple(TableTitle(table.name, table.title) for table in facts.schema.tables if table.name in read)


def _tables_to_close(finding: Finding) -> list[str]:
    return [need.fact for need in finding.missing if need.need == "close"]


def _stays_unknown(finding: Finding) -> bool:
    """Whether a finding is undecided and no table that is declared complete would change that."""
    undecided = finding.outcome in (Outcome.UNKNOWN, Outcome.ERROR)
    return undecided and not _tables_to_close(finding)
