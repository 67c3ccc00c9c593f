"""The GitHub action and the pre-commit hooks do what they say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FACTS = "project: {project_id: P-1, gate: G1, as_of: 2026-06-30}\n"


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A folder with facts and with a `riskcheck` on the path."""
    (tmp_path / "bin").mkdir()
    for name, arguments in (("riskcheck", "-m riskcheck"), ("python", "")):
        script = tmp_path / "bin" / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n', "utf-8")
        script.chmod(0o755)
    (tmp_path / "-facts.yaml").write_text(FACTS, "utf-8")
    return tmp_path


def step(folder: Path, **inputs: str) -> tuple[int, dict[str, str], str]:
    """Run the last step of the action as a runner does: exit code, outputs, and what it printed."""
    action = load("action.yml")
    last = action["runs"]["steps"][-1]
    defaults = {name: each.get("default", "") for name, each in action["inputs"].items()}
    given = {**defaults, **{name.replace("_", "-"): value for name, value in inputs.items()}}
    filled = {name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")] for name, value in last["env"].items()}
    environment = {**os.environ, **filled, "PYTHONPATH": str(ROOT), "GITHUB_OUTPUT": str(folder / "out")}
    environment |= {"GITHUB_STEP_SUMMARY": str(folder / "summary"), "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", last["run"]],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )
    outputs = dict(line.split("=", 1) for line in (folder / "out").read_text("utf-8").splitlines())
    return done.returncode, outputs, done.stdout.decode()


def test_the_action_writes_reports_and_fails_while_the_gate_is_shut(runner: Path) -> None:
    code, outputs, printed = step(runner, facts="-facts.yaml", lang="zh", args="--assume-complete all")
    report = json.loads((runner / "riskcheck-reports" / "riskcheck.json").read_text("utf-8"))
    assert outputs == {"verdict": report["verdict"], "exit-code": str(code)}
    assert code in (1, 4)
    assert report["assumptions"]
    assert printed.startswith("::error ")
    assert (runner / "summary").read_text("utf-8").startswith("<!-- riskcheck -->\n## ")
    assert sorted(path.name for path in (runner / "riskcheck-reports").iterdir()) == [
        "riskcheck.json",
        "riskcheck.junit.xml",
        "riskcheck.md",
        "riskcheck.sarif",
    ]


def test_the_action_has_no_verdict_where_nothing_was_judged(runner: Path) -> None:
    code, outputs, printed = step(runner, facts="$(touch pwned).yaml", summary="false")
    assert (code, outputs) == (3, {"verdict": "", "exit-code": "3"})
    assert printed.startswith("::error title=riskcheck::Nothing was judged (exit code 3)")
    assert not (runner / "pwned").exists()
    assert not (runner / "summary").exists()


def test_the_action_heeds_every_line_of_its_arguments_and_leaves_no_older_reports(runner: Path) -> None:
    step(runner, facts="-facts.yaml", args="--assume-complete all\n--fail-under 100\n")
    report = json.loads((runner / "riskcheck-reports" / "riskcheck.json").read_text("utf-8"))
    assert {each["code"] for each in report["assumptions"]} >= {"assume-complete", "fail-under"}
    (runner / "out").unlink()
    step(runner, facts="nosuch.yaml")
    assert list((runner / "riskcheck-reports").iterdir()) == []


def test_the_action_takes_several_files_of_one_project(runner: Path) -> None:
    (runner / "two words.yaml").write_text("tasks: [{task_id: T1}]\n", "utf-8")
    step(runner, facts="-facts.yaml\ntwo words.yaml\n")
    report = json.loads((runner / "riskcheck-reports" / "riskcheck.json").read_text("utf-8"))
    assert [each["file"] for each in report["inputs"]] == ["-facts.yaml", "two words.yaml"]


def test_no_script_of_the_action_holds_an_input() -> None:
    scripts = [each["run"] for each in load("action.yml")["runs"]["steps"] if "run" in each]
    assert [script for script in scripts if "${{" in script] == []


def test_hooks_run_commands_that_there_are() -> None:
    for hook in load(".pre-commit-hooks.yaml"):
        name, *words = hook["entry"].split()
        assert name == "riskcheck"
        done = subprocess.run(
            [sys.executable, "-m", "riskcheck", *words, "--help"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0
        assert hook["pass_filenames"] is False, "check takes the facts of one project"
