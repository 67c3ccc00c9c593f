"""Cases of rules: templates, and what a case that does not hold says."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.errors import PackError
from riskcheck.model.finding import Outcome
from riskcheck.packs.casefile import Case, load_cases
from riskcheck.packs.load import load_pack
from riskcheck.packtest import CaseResult, MissingCase, missing_cases, run_cases
from riskcheck.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence

HEAD = """
as_of: 2026-06-30
rows:
  task: {table: tasks, task_id: "T{n}", owner: Li, status: open}
cases:
  - check: PLN-1.a
    name: a case
"""


def plain(node: YamlNode) -> object:
    """A tree as Python values."""
    match node:
        case YamlScalar(text):
            return text
        case YamlSequence(items):
            return [plain(item) for item in items]
        case YamlMapping(entries):
            return {key.text: plain(value) for key, value in entries}


def write(root: Path, text: str) -> None:
    (root / "cases" / "PLN-1.yaml").write_text(HEAD + text, "utf-8")


def case_of(root: Path, text: str) -> Case:
    write(root, text)
    (case,) = load_cases(load_pack(root))
    return case


def result_of(root: Path, text: str) -> CaseResult:
    write(root, text)
    (result,) = run_cases(root)
    return result


def test_rows_are_copied_repeated_and_numbered(tiny: Path) -> None:
    case = case_of(
        tiny,
        """
    facts:
      tasks:
        - {like: task, times: 2, owner: "P{n}"}
        - {like: task, task_id: X, hours: [1, "{n}"]}
    expect: pass
""",
    )
    assert plain(case.facts) == {
        "tasks": [
            {"owner": "P1", "task_id": "T1", "status": "open"},
            {"owner": "P2", "task_id": "T2", "status": "open"},
            {"task_id": "X", "hours": ["1", "1"], "owner": "Li", "status": "open"},
        ]
    }


def test_a_one_row_table_may_have_a_template(tiny: Path) -> None:
    text = (tiny / "cases" / "PLN-1.yaml").read_text("utf-8")
    assert text
    (tiny / "cases" / "PLN-1.yaml").write_text(
        """
as_of: 2026-06-30
rows:
  signed: {table: project, signed_on: 2026-06-01, budget: 1}
cases:
  - {check: PLN-1.b, name: signed, facts: {project: {like: signed, budget: 2}}, expect: pass}
""",
        "utf-8",
    )
    (result,) = run_cases(tiny)
    assert result.ok


def test_complete_names_tables_or_all_that_the_facts_have(tiny: Path) -> None:
    facts = "\n    facts: {tasks: [{like: task}], table_status: []}\n    expect: pass\n"
    assert case_of(tiny, facts).complete == ()
    assert case_of(tiny, facts + "    complete: [project, tasks]\n").complete == ("project", "tasks")
    assert case_of(tiny, facts + "    complete: all\n").complete == ("tasks",)


def test_a_case_may_have_its_own_day(tiny: Path) -> None:
    assert case_of(tiny, "    facts: {}\n    expect: pass\n    as_of: 2024-02-29\n").as_of.isoformat() == "2024-02-29"


def test_the_cases_of_a_sound_pack_hold(tiny: Path) -> None:
    results = run_cases(tiny)
    assert [result.ok for result in results] == [True] * 5
    assert [result.actual for result in results][2:] == [Outcome.WARN, Outcome.FAIL, Outcome.UNKNOWN]
    assert results[0].file.endswith("PLN-1.yaml")
    assert results[0].line == 7


def test_outcomes_without_a_case_are_told(tiny: Path) -> None:
    missing = missing_cases(load_pack(tiny), run_cases(tiny))
    assert missing == tuple(MissingCase("PLN-1.b", each) for each in (Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN))


def test_a_case_that_does_not_hold_says_why(tiny: Path) -> None:
    result = result_of(tiny, "    facts: {tasks: [{like: task, owner: none}]}\n    expect: pass\n")
    assert not result.ok
    assert result.possible == (Outcome.PASS, Outcome.WARN, Outcome.FAIL)
    assert result.explanation.splitlines()[0] == "expected pass, got unknown (pass, warn, fail possible)"
    assert "  needs tasks complete" in result.explanation.splitlines()


def test_possible_states_are_compared(tiny: Path) -> None:
    text = "    facts: {tasks: [{like: task, owner: none}]}\n    expect: unknown\n    possible: "
    assert result_of(tiny, text + "[fail, warn, pass]\n").ok
    wrong = result_of(tiny, text + "[pass, fail]\n")
    assert wrong.explanation.startswith(
        "expected unknown (pass, fail possible), got unknown (pass, warn, fail possible)\n"
    )


def test_nothing_known_is_a_case_too(tiny: Path) -> None:
    assert result_of(tiny, "    facts: {}\n    expect: unknown\n").ok


def test_a_closed_table_that_is_too_short_fails(tiny: Path) -> None:
    assert result_of(tiny, "    facts: {}\n    complete: [tasks]\n    expect: fail\n").ok


def test_an_input_problem_makes_a_case_fail_unless_it_is_meant(tiny: Path) -> None:
    text = "    facts: {tasks: [{like: task, hours: many}]}\n    complete: all\n    expect: pass\n"
    result = result_of(tiny, text)
    assert result.actual is result.expected
    assert not result.ok
    assert "many" in result.explanation
    assert "problems: true" in result.explanation
    assert result_of(tiny, text + "    problems: true\n").ok


def test_mistakes_in_case_files_are_told_together(tiny: Path) -> None:
    write(tiny, "    facts: {taks: []}\n    expect: passes\n")
    with pytest.raises(PackError) as caught:
        run_cases(tiny)
    assert [problem.code for problem in caught.value.diagnostics] == ["unknown-table", "unknown-outcome"]


def test_a_case_may_not_fill_the_memory(tiny: Path) -> None:
    write(tiny, "    facts: {tasks: [{like: task, times: 10000}, {like: task}]}\n    expect: pass\n")
    with pytest.raises(PackError, match="a table may have at most 10000 rows"):
        run_cases(tiny)


def test_the_parts_of_a_check_are_told(tiny: Path) -> None:
    result = result_of(tiny, "    facts: {}\n    complete: [tasks]\n    expect: pass\n")
    assert result.explanation.splitlines() == [
        "expected pass, got fail",
        "a table that the check reads has fewer rows than its min_rows",
        "rows is false",
        "measure is unknown",
        "pass_if is unknown",
        "  needs a defined value (no-rows) for tasks",
        "warn_if is unknown",
        "  needs a defined value (no-rows) for tasks",
    ]
