"""`riskcheck rules lint` and `rules test --mutate`: what they print, and their exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from riskcheck.cli.group import cli
from riskcheck.errors import PackError
from tests.packs.smallpack import write_cases, write_checks
from tests.packs.test_mutation import AT_THE_LIMIT, BUDGET, ONE_BEFORE, ONE_BEYOND

NOT_KNOWN = "facts: {project: {signed_on: 2026-06-01}}, expect: unknown"


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, args, standalone_mode=False)


def test_mutants_are_counted(tiny: Path) -> None:
    write_checks(tiny, BUDGET)
    write_cases(tiny, AT_THE_LIMIT, ONE_BEYOND, NOT_KNOWN)
    done = run("rules", "test", str(tiny), "--mutate")
    assert done.output.splitlines() == [
        "3 cases of 1 checks: 0 do not hold; 0 outcomes without a case",
        "6 mutants of 1 checks: 6 killed, 0 listed as equivalent, 0 survive",
    ]
    assert done.return_value == 0


def test_a_surviving_mutant_makes_the_exit_code_1(tiny: Path) -> None:
    write_checks(tiny, BUDGET)
    write_cases(tiny, ONE_BEFORE, ONE_BEYOND, NOT_KNOWN)
    assert run("rules", "test", str(tiny)).return_value == 0
    done = run("rules", "test", str(tiny), "--mutate")
    assert "no case notices that <= became <" in done.output
    assert "cases/equivalent.yaml" in done.output
    assert done.return_value == 1


def test_cases_must_hold_before_they_can_tell_mutants(tiny: Path) -> None:
    write_checks(tiny, BUDGET)
    write_cases(tiny, AT_THE_LIMIT, ONE_BEYOND.replace("fail", "pass"), NOT_KNOWN)
    done = run("rules", "test", str(tiny), "--mutate")
    assert "survive" not in done.output
    assert "no mutants" in done.output
    assert done.return_value == 1


def test_lint_prints_notes_and_is_content(tiny: Path) -> None:
    done = run("rules", "lint", str(tiny))
    assert done.output.splitlines()[-1] == "tiny 1.0: 2 checks, 2 compound rules, no problems; 3 notes"
    assert done.output.startswith(f"note: {tiny}/facts.yaml:2:3: project has no usable")
    assert f"note: {tiny}/facts.yaml:2:3: no check reads" in done.output
    assert done.exception is None


def test_lint_refuses_what_cannot_be_meant(tiny: Path) -> None:
    write_checks(tiny, "pass_if: project.budget >= 0.0")
    done = run("rules", "lint", str(tiny))
    assert isinstance(done.exception, PackError)
    assert done.exception.exit_code == 2
    with pytest.raises(PackError, match="it can never fail but for want of rows: no facts make pass_if false"):
        raise done.exception
