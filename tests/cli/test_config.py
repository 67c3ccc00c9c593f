"""The configuration file: over the defaults, under the environment and the command line, and wrong in plain words."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from riskcheck.cli.check import check
from riskcheck.cli.config import config
from riskcheck.cli.configured import configured
from riskcheck.cli.declared import CHECK
from riskcheck.cli.plain import check_values
from riskcheck.cli.portfolio import portfolio
from riskcheck.errors import UsageError
from tests.cli.test_check import FACTS, run


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for option in CHECK:
        monkeypatch.delenv(option.environment, raising=False)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path  # type: ignore[return-value]


def write(folder: Path, text: str, name: str = "riskcheck.toml") -> None:
    (folder / name).write_text(text, "utf-8")


def by_click(*arguments: str) -> dict[str, Any]:
    return dict(check.make_context("check", list(arguments)).params)


def both_ways(*arguments: str) -> dict[str, Any]:
    """The values of the options, which the quick way and click must read alike."""
    values = check_values(["check", *arguments], os.environ)
    assert values == by_click(*arguments)
    assert values is not None
    return values


def refused(folder: Path, text: str, name: str = "riskcheck.toml") -> str:
    write(folder, text, name)
    with pytest.raises(UsageError) as error:
        configured(None)
    return "\n".join(each.render("en") for each in error.value.diagnostics)


ALL = """\
gate = "G2"
as-of = 2026-06-30
assume-complete = ["tasks", "risks"]
format = "json"
select = "EXE-RC"
fail-on = "high"
fail-under = 72.5
exit-zero = true
quiet = false
lang = "zh"
"""


def test_a_file_sets_what_the_command_line_leaves_open(repository: Path) -> None:
    write(repository, ALL)
    values = both_ways("facts.yaml", "--gate", "G3")
    assert (values["gate"], values["lang"], values["format_name"]) == ("G3", "zh", "json")
    assert str(values["as_of"]) == "2026-06-30"
    assert values["assume_complete"] == ("tasks", "risks")
    assert values["select"] == ("EXE-RC",)
    assert (values["fail_under"].numerator, values["fail_under"].denominator) == (145, 2)
    assert values["exit_zero"] is True


def test_the_environment_is_over_the_file_and_under_the_command_line(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, ALL)
    monkeypatch.setenv("RISKCHECK_GATE", "G1")
    assert both_ways("facts.yaml")["gate"] == "G1"
    assert both_ways("facts.yaml", "--gate", "G3")["gate"] == "G3"
    monkeypatch.setenv("RISKCHECK_GATE", "")
    assert both_ways("facts.yaml")["gate"] == "G2"
    monkeypatch.setenv("RISKCHECK_EXIT_ZERO", "0")
    assert check_values(["check", "facts.yaml"], os.environ) is None, "left to click, which reads such words"
    assert by_click("facts.yaml")["exit_zero"] is False


def test_it_is_found_above_and_paths_start_from_its_folder(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository, 'pack = "rules/mine"\nprofile = "core"\n')
    monkeypatch.chdir(repository / "sub")
    values = both_ways("facts.yaml")
    assert values["pack"] == os.path.join("..", "rules/mine")
    assert values["profile"] == "core"


def test_the_nearest_file_counts_and_the_root_of_the_repository_is_the_end(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, 'gate = "G1"\n')
    write(repository / "sub", 'gate = "G2"\n')
    monkeypatch.chdir(repository / "sub")
    assert both_ways("f.yaml")["gate"] == "G2"
    (repository / "sub" / "riskcheck.toml").unlink()
    (repository / "sub" / ".git").mkdir()
    assert both_ways("f.yaml")["gate"] is None


def test_outside_of_repository_and_home_only_the_working_directory_is_looked_at(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / ".git").rmdir()
    monkeypatch.setenv("HOME", str(repository / "elsewhere"))
    write(repository, 'gate = "G1"\n')
    assert both_ways("f.yaml")["gate"] == "G1"
    monkeypatch.chdir(repository / "sub")
    assert both_ways("f.yaml")["gate"] is None


def test_a_table_of_pyproject_does_as_well(repository: Path) -> None:
    write(repository, '[tool.other]\nx = 1\n[tool.riskcheck]\ngate = "G2"\n', "pyproject.toml")
    assert both_ways("f.yaml")["gate"] == "G2"
    write(repository, '# riskcheck is used here\n[project]\nname = "x"\n', "pyproject.toml")
    assert both_ways("f.yaml")["gate"] is None
    write(repository, "this is broken, and none of our business", "pyproject.toml")
    assert both_ways("f.yaml")["gate"] is None


def test_a_named_file_is_the_only_one(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository, 'gate = "G1"\n')
    write(repository, 'gate = "G2"\n', "other.toml")
    assert both_ways("f.yaml", "--config", "other.toml")["gate"] == "G2"
    assert both_ways("f.yaml", "--config", "none")["gate"] is None
    monkeypatch.setenv("RISKCHECK_CONFIG", "other.toml")
    assert both_ways("f.yaml")["gate"] == "G2"


def test_files_to_write_are_left_to_click(repository: Path) -> None:
    write(repository, 'output = ["r.json", "r.sarif"]\n')
    assert check_values(["check", "f.yaml"], os.environ) is None
    assert by_click("f.yaml")["outputs"] == (Path("r.json"), Path("r.sarif"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('gate = "G1"\nfail_on = "low"\n', 'riskcheck.toml:2: unknown key "fail_on"; did you mean "fail-on"?'),
        ("quite = true\n", 'riskcheck.toml:1: unknown key "quite"; did you mean "quiet"?'),
        ('lang = "fr"\n', 'riskcheck.toml:1: lang cannot be "fr"; write one of "en", "zh"'),
        ("\n\nquiet = 1\n", "riskcheck.toml:3: quiet cannot be 1; write true or false"),
        ("fail-under = 101\n", 'riskcheck.toml:1: fail-under cannot be 101; write a text, "SCORE"'),
        ("gate = true\n", "riskcheck.toml:1: gate cannot be true"),
        ("as-of = 2026\n", "riskcheck.toml:1: as-of cannot be 2026"),
        ("assume-complete = [1]\n", "riskcheck.toml:1: assume-complete cannot be [1]"),
        ('[tool.riskcheck]\ngate = "G1"\n', "keys stand at the top"),
        ('output = "../r.json"\n', "riskcheck.toml:1: output names a file outside of the folder"),
        ('output = ["/tmp/r.json"]\n', "riskcheck.toml:1: output names a file outside of the folder"),
        ("gate =\n", "riskcheck.toml:1:7: this is not TOML"),
        ("x = " + "[" * 3000, "riskcheck.toml: this is not TOML: nested too deeply"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(repository: Path, text: str, message: str) -> None:
    assert message in refused(repository, text)


def test_all_problems_are_told_at_once(repository: Path) -> None:
    told = refused(repository, '[project]\nlang = 1\n[tool.riskcheck]\nx = 1\nlang = "fr"\n', "pyproject.toml")
    assert "pyproject.toml:4: unknown key" in told
    assert "pyproject.toml:5: lang cannot be" in told


def test_config_show_says_where_each_value_comes_from(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository, '# ours\ngate = "G2"\n')
    monkeypatch.setenv("RISKCHECK_FORMAT", "json")
    shown = json.loads(CliRunner().invoke(config, ["show", "--format", "json"]).output)
    assert shown["file"] == "riskcheck.toml"
    assert shown["options"]["gate"] == {"value": "G2", "from": "riskcheck.toml:2"}
    assert shown["options"]["format"] == {"value": "json", "from": "RISKCHECK_FORMAT"}
    assert shown["options"]["pack"] == {"value": "deployment", "from": "default"}
    text = CliRunner().invoke(config, ["show"]).output
    assert "G2  (riskcheck.toml:2)" in text


def test_a_broken_file_ends_the_run_with_exit_code_2(tmp_path: Path) -> None:
    write(tmp_path, "gte = 1\n")
    (tmp_path / "facts.yaml").write_text(FACTS, "utf-8")
    done = run("check", "facts.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert b'riskcheck.toml:1: unknown key "gte"; did you mean "gate"?' in done.stderr
    assert done.stdout == b""
    assert run("--version", cwd=tmp_path).returncode == 0


def test_other_commands_take_pack_and_language_only(tmp_path: Path) -> None:
    write(tmp_path, 'format = "sarif"\ngate = "G1"\nlang = "zh"\n')
    (tmp_path / "facts.yaml").write_text(FACTS, "utf-8")
    done = run("inspect", "facts.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert "表" in done.stdout.decode()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("target", ["r.md", "linked/x.md"])
def test_a_link_leads_no_file_out_of_the_folder(repository: Path, target: str) -> None:
    inner = repository / "inner"
    inner.mkdir()
    (inner / ".git").mkdir()
    (inner / "r.md").symlink_to(repository / "evil.md")
    (inner / "linked").symlink_to(repository)
    os.chdir(inner)
    assert "outside of the folder" in refused(inner, f'output = "{target}"\n')


def test_portfolio_heeds_what_forbids_waivers_in_the_facts(repository: Path) -> None:
    """Or the table of the board would show a gate open that the pipeline finds shut."""
    write(repository, 'no-table-waivers = true\nlang = "zh"\noutput = ["r.json"]\n')
    found = portfolio.make_context("portfolio", ["f.yaml"]).params
    assert (found["no_table_waivers"], found["lang"], found["outputs"]) == (True, "zh", ())


@pytest.mark.parametrize(("name", "meant"), [("RISKCHECK_FAILON", "RISKCHECK_FAIL_ON"), ("RISKCHECK_BUILD_7", None)])
def test_a_misspelt_variable_is_told(repository: Path, name: str, meant: str | None) -> None:
    (repository / "facts.yaml").write_text(FACTS, "utf-8")
    said = run("check", "facts.yaml", "-q", "--format", "json", cwd=repository, **{name: "high"}).stderr.decode()
    assert said == (f'{name} sets nothing; did you mean "{meant}"?\n' if meant else "")


@pytest.mark.parametrize("name", ["RISKCHECK_FAIL_ON", "RISKCHECK_QUIET", "RISKCHECK_FAIL_UNDER", "RISKCHECK_LANG"])
def test_config_show_refuses_what_check_refuses(repository: Path, name: str) -> None:
    codes = [
        run(*arguments, cwd=repository, **{name: "bad"}).returncode
        for arguments in (("check", "facts.yaml"), ("config", "show"))
    ]
    assert codes == [2, 2]
