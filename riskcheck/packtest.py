"""Run the cases of a rule pack: each gives facts, and the outcome that one check must have on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from riskcheck.engines.reference import judge
from riskcheck.expr import evaluate
from riskcheck.expr.result import CellRef, Explanation, Need
from riskcheck.facts.yamlfacts import facts_from_tree
from riskcheck.frozen import frozen
from riskcheck.model.factset import FactSet, InputProblem, empty_table
from riskcheck.model.finding import Outcome
from riskcheck.model.truth import Truth
from riskcheck.outcome import outcome_of, outcome_states
from riskcheck.packs.casefile import Case, load_cases
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import Check, RulePack

_MOST_SHOWN = 8
_TRUTH = {Truth.TRUE: "true", Truth.FALSE: "false", Truth.UNKNOWN: "unknown"}


@frozen
class CaseResult:
    """How one case came out: the outcomes still `possible`, and in `explanation` why a case does not hold."""

    file: str
    line: int
    check: str
    name: str
    expected: Outcome
    actual: Outcome
    possible: tuple[Outcome, ...]
    ok: bool
    explanation: str


@frozen
class ReadyCase:
    """A case with its facts typed, to be judged as often as needed."""

    case: Case
    facts: FactSet

    def outcomes(self, check: Check) -> tuple[Outcome, ...]:
        """The outcomes of `check` that are possible on these facts; none if it could not be judged."""
        (judgement,) = judge((check,), self.facts, self.case.as_of)
        return outcome_states(check, judgement)

    def expects(self, possible: tuple[Outcome, ...]) -> bool:
        """Whether these outcomes are what the case says."""
        case = self.case
        return outcome_of(possible) is case.expected and (not case.possible or set(possible) == set(case.possible))


@frozen
class MissingCase:
    """An outcome that a check can have and none of its cases expects."""

    check: str
    outcome: Outcome


def run_cases(name_or_path: str | Path) -> tuple[CaseResult, ...]:
    """Run the cases of a pack, in file order. Raises PackError for mistakes in rules or case files, all at once."""
    return run(load_pack(name_or_path), str(name_or_path))


def run(pack: RulePack, shown: str | None = None) -> tuple[CaseResult, ...]:
    """Run the cases of a loaded pack; messages call its folder `shown`."""
    return run_ready(pack, ready_cases(pack, shown))


def run_ready(pack: RulePack, cases: Iterable[ReadyCase]) -> tuple[CaseResult, ...]:
    """Run cases whose facts are typed already."""
    return tuple(_run_case(pack, each) for each in cases)


def ready_cases(pack: RulePack, shown: str | None = None) -> tuple[ReadyCase, ...]:
    """The cases of a loaded pack with their facts; messages call its folder `shown`. Raises PackError."""
    return tuple(ReadyCase(case, _facts(pack, case)) for case in load_cases(pack, shown))


def missing_cases(pack: RulePack, results: Iterable[CaseResult]) -> tuple[MissingCase, ...]:
    """What the cases leave out: each check needs one that passes, fails and is unknown, and warns if it can."""
    expected = {(result.check, result.expected) for result in results}
    return tuple(
        MissingCase(check.id, outcome)
        for check in pack.checks
        for outcome in (Outcome.PASS, Outcome.WARN, Outcome.FAIL, Outcome.UNKNOWN)
        if (check.id, outcome) not in expected and (outcome is not Outcome.WARN or check.warn_if is not None)
    )


def _run_case(pack: RulePack, ready: ReadyCase) -> CaseResult:
    case, facts = ready.case, ready.facts
    check = pack.check_by_id[case.check]
    possible = ready.outcomes(check)
    actual = outcome_of(possible)
    wrong: list[str] = []
    if facts.problems and not case.problems:
        wrong.extend(_problem(problem) for problem in facts.problems[:_MOST_SHOWN])
    if not ready.expects(possible):
        wrong.append(_difference(case, actual, possible))
        wrong.extend(_why(check, facts, case))
    return CaseResult(
        case.file, case.line, case.check, case.name, case.expected, actual, possible, not wrong, "\n".join(wrong)
    )


def _facts(pack: RulePack, case: Case) -> FactSet:
    if case.facts.entries:
        return facts_from_tree(case.facts, case.file, pack.schema, assume_complete=case.complete)
    tables = tuple(empty_table(table, closed=table.name in case.complete) for table in pack.schema.tables)
    return FactSet(pack.schema, tables)


def _problem(problem: InputProblem) -> str:
    place = f"{problem.location}: " if problem.location else ""
    return f"{place}{problem.text.en} (if the case means that, say so: problems: true)"


def _difference(case: Case, actual: Outcome, possible: tuple[Outcome, ...]) -> str:
    expected, found = case.expected.value, actual.value
    if case.possible:
        expected += f" ({_listed(case.possible)} possible)"
    if len(possible) > 1:
        found += f" ({_listed(possible)} possible)"
    return f"expected {expected}, got {found}"


def _listed(outcomes: Iterable[Outcome]) -> str:
    return ", ".join(outcome.value for outcome in outcomes)


def _why(check: Check, facts: FactSet, case: Case) -> Iterator[str]:
    """What the parts of the check came to, and for each the cells that decided or what would have to be known."""
    (judgement,) = judge((check,), facts, case.as_of)
    if judgement.error is not None:
        yield f"could not be judged: {judgement.error}"
        return
    environment = evaluate.environment_of(facts, case.as_of, check.limit_values)
    if judgement.enough_rows is not Truth.TRUE:
        yield "a table that the check reads has fewer rows than its min_rows"
    if check.applies_when is not None:
        yield from _part("applies_when", evaluate.explain(check.applies_when.expression, environment))
    if check.rows is not None:
        yield from _part("rows", evaluate.explain_rows(check.rows.source, environment))
    if check.measure is not None:
        yield f"measure is {evaluate.explain(check.measure.expression, environment).value or 'unknown'}"
    yield from _part("pass_if", evaluate.explain(check.pass_if.expression, environment))
    if check.warn_if is not None:
        yield from _part("warn_if", evaluate.explain(check.warn_if.expression, environment))


def _part(key: str, explanation: Explanation) -> Iterator[str]:
    truth = explanation.truth if explanation.truth is not None else Truth.UNKNOWN
    yield f"{key} is {_TRUTH[truth]}"
    told = [_need(need) for need in explanation.needs] or [_cell(cell) for cell in explanation.cells]
    if told:
        more = f" and {len(told) - _MOST_SHOWN} more" if len(told) > _MOST_SHOWN else ""
        yield f"  {'needs' if explanation.needs else 'by'} {', '.join(told[:_MOST_SHOWN])}{more}"


def _cell(cell: CellRef) -> str:
    return f"{cell.table}.{cell.field} in row {cell.row + 1}"


def _need(need: Need) -> str:
    """What would have to be known, in a few words."""
    where = _cell(need.cell) if need.cell is not None else need.table
    match need.kind:
        case "close":
            return f"{need.table} complete"
        case "fill":
            return where
        case "value":
            return f"a value instead of none for {where}"
        case "define":
            return f"a defined value ({need.detail}) for {where}"
        case "tie":
            return f"one latest row, not a tie ({where})"
