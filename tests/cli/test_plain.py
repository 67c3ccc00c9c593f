"""The quick way into the main job reads arguments as click does, or leaves them to click."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskcheck.cli.check import check
from riskcheck.cli.language import ENVIRONMENT
from riskcheck.cli.plain import check_values

ROOT = Path(__file__).parent.parent.parent

PLAIN = [
    ["second.xlsx"],
    [],
    ["--format", "json"],
    ["--format=json"],
    ["--format", "terminal", "--color", "never"],
    ["--pack", "my/pack", "--gate", "G2"],
    ["--pack", "=x"],
    ["--profile", "core"],
    ["--profile=small.yaml", "--pack", "mine"],
    ["--gate=a=b"],
    ["--as-of", "2026-06-30"],
    ["--as-of=2024-02-29"],
    ["--assume-complete", "all"],
    ["--assume-complete", "tasks, risks", "--assume-complete=团队"],
    ["--lang", "zh"],
    ["--lang=zh_CN.UTF-8"],
    ["--lang", "EN"],
    ["--engine", "python", "--verify", "1"],
    ["--engine=reference", "--verify=007"],
    ["-q"],
    ["--quiet", "-q"],
    ["--config", "none"],
    ["--step-summary", "--security-severity"],
    ["--select", "EXE", "--ignore=EXE-RC-01,PLN", "--select", "A"],
    ["--fail-on", "high", "--fail-under", "72.5"],
    ["--exit-zero"],
    ["--color", "always", "--quiet", "--format", "json", "--lang", "en", "--gate", "执行 结束"],
]
DOUBTFUL = [
    ["-h"],
    ["--help"],
    ["--"],
    ["--", "-x"],
    ["-"],
    ["--form", "json"],
    ["--format", "xml"],
    ["--format", "JSON"],
    ["--format="],
    ["--format", ""],
    ["--format"],
    ["--format", "json", "--format", "terminal"],
    ["--gate", "-q"],
    ["--gate", "--lang"],
    ["--gate", "-1"],
    ["--quiet=yes"],
    ["-qq"],
    ["-q="],
    ["-o", "r.json"],
    ["-or.json"],
    ["--output=r.json"],
    ["--annotate", "copy.xlsx"],
    ["--as-of", "2026-6-3"],
    ["--as-of", "20260603"],
    ["--as-of", "2026-02-30"],
    ["--as-of", "today"],
    ["--engine", "duck"],
    ["--verify", "-1"],
    ["--verify", "1.5"],
    ["--verify", "+1"],
    ["--verify", "1000000000"],
    ["--lang", "fr"],
    ["--color", "yes"],
    ["--fail-on", "HIGH"],
    ["--fail-under", "101"],
    ["--config", "no-such-file.toml"],
    ["--version"],
    ["--verbose"],
]
PIECES = sorted({piece for arguments in PLAIN + DOUBTFUL for piece in arguments} | {"--format=", "json", "", "f.yaml"})


def by_click(arguments: list[str]) -> dict[str, Any] | None:
    """The values that click gives the parameters of the command; None if it refuses the arguments or shows help."""
    try:
        return dict(check.make_context("check", list(arguments)).params)
    except (click.ClickException, click.exceptions.Exit):
        return None


@pytest.mark.parametrize("language", ["", "zh", "en_GB.UTF-8"])
@pytest.mark.parametrize("options", PLAIN, ids=" ".join)
@pytest.mark.parametrize("first", [True, False], ids=["facts first", "facts last"])
def test_plain_arguments_have_the_values_that_click_gives(
    options: list[str], first: bool, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["facts.xlsx", *options] if first else [*options, "facts.xlsx"]
    monkeypatch.setenv(ENVIRONMENT, language)
    values = check_values(["check", *arguments], os.environ)
    assert values is not None
    assert values == by_click(arguments)
    assert {name: type(value) for name, value in values.items()} == {
        name: type(value) for name, value in (by_click(arguments) or {}).items()
    }


@pytest.mark.parametrize("options", DOUBTFUL, ids=" ".join)
def test_what_is_not_plain_is_left_to_click(options: list[str]) -> None:
    assert check_values(["check", "facts.xlsx", *options], {}) is None


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["check", ""],
        ["check", "-q"],
        ["rules", "facts.xlsx"],
        ["--version", "check", "x"],
        ["chek", "x"],
    ],
    ids=" ".join,
)
def test_without_facts_or_for_other_commands_it_is_left_to_click(arguments: list[str]) -> None:
    assert check_values(arguments, {}) is None


def test_what_the_environment_says_otherwise_is_left_to_click() -> None:
    assert check_values(["check", "x"], {}) is not None
    assert check_values(["check", "x"], {ENVIRONMENT: "fr"}) is None
    assert check_values(["check", "x"], {"RISKCHECK_QUIET": "1"}) is None
    assert check_values(["check", "x"], {"RISKCHECK_SELECT": "EXE"}) is None
    assert check_values(["check", "x"], {"_RISKCHECK_COMPLETE": "bash_complete"}) is None


@given(st.lists(st.sampled_from(PIECES), max_size=7))
def test_any_arguments_that_are_taken_have_the_values_that_click_gives(arguments: list[str]) -> None:
    values = check_values(["check", *arguments], os.environ)
    if values is not None:
        assert values == by_click(arguments)


def test_both_ways_end_alike(tmp_path: Path) -> None:
    facts = "project: {project_id: P-1, gate: G1, as_of: 2026-06-30}\n"
    (tmp_path / "facts.yaml").write_text(facts, "utf-8")
    for options in (["--format", "json"], ["--gate", "G9"], ["--lang", "zh"], ["--assume-complete", "nosuch"], ["-q"]):
        plain, by_click = (
            subprocess.run(
                [sys.executable, "-m", "riskcheck", "check", *arguments],
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                capture_output=True,
                check=False,
            )
            for arguments in (["facts.yaml", *options], [*options, "--", "facts.yaml"])
        )
        assert (plain.returncode, plain.stdout, plain.stderr) == (
            by_click.returncode,
            by_click.stdout,
            by_click.stderr,
        )


NEVER_NEEDED = (
    *("click", "yaml", "openpyxl", "numpy", "pandas", "hashlib", "inspect"),
    *("pathlib", "zipfile", "decimal", "fractions", "difflib", "tomllib", "typing"),
)


MOST_MODULES = {"conditional-en": 118, "platform-en": 129}
"""How many modules of riskcheck a check of a sample imports: one more costs about half a million instructions.

Raise a number only for what a check cannot do without; what few checks need is imported where it is needed.
"""


@pytest.mark.parametrize("sample", MOST_MODULES)
def test_the_main_job_imports_only_what_it_needs(sample: str, tmp_path: Path) -> None:
    """Each of these takes longer to import than the checks of a whole pack take to judge."""
    script = (
        "import json, os, sys\n"
        "os._exit = lambda code: print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
        f"sys.argv = ['riskcheck', 'check', {str(ROOT / 'samples' / f'{sample}.xlsx')!r}, '--format', 'json']\n"
        "from riskcheck.start import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", script]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(2):  # the first run keeps the pack in compiled form
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    imported = json.loads(done.stderr)
    assert [name for name in NEVER_NEEDED if name in imported] == []
    own = [name for name in imported if name.partition(".")[0] == "riskcheck"]
    assert len(own) <= MOST_MODULES[sample], own
