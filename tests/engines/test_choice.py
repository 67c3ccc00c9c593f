"""Which engine judges, and what `--engine` and `--verify` do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from riskcheck import engines
from riskcheck.assessment import assess
from riskcheck.cli import declared
from riskcheck.cli.group import cli
from riskcheck.errors import UsageError
from riskcheck.facts.load import load_facts
from riskcheck.frozen import replace
from riskcheck.model.finding import Outcome
from riskcheck.model.truth import Truth
from riskcheck.packs.load import load_pack
from tests.engines.conformance import engine
from tests.gate import worlds

SAMPLE = Path(__file__).parents[2] / "samples" / "healthy-en.yaml"


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, args, standalone_mode=False)


def test_the_command_line_knows_every_engine() -> None:
    assert declared.ENGINE.choices == (engines.AUTO, *engines.NAMES)


def test_every_installed_engine_prints_the_same_report() -> None:
    reports = {
        run("check", str(SAMPLE), "--format", "json", "--engine", name, "--verify", "1").output
        for name in declared.ENGINE.choices
        if name == engines.AUTO or (engines.is_installed(name) and name != "spark")  # that takes a minute
    }
    assert len(reports) == 1
    assert json.loads(next(iter(reports)))["gate"]


def test_auto_judges_few_projects_by_the_reference_and_many_by_compiled_conditions() -> None:
    assert engines.named("auto", 1) == "reference"
    assert engines.named("auto", engines.FEW_PROJECTS) == "python"


@pytest.mark.parametrize(("installed", "chosen"), [(True, "duckdb"), (False, "python")])
def test_auto_judges_very_many_projects_by_sql_where_that_is_installed(
    installed: bool, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "is_installed", lambda name: name != "duckdb" or installed)
    assert engines.named("auto", engines.MANY_PROJECTS) == chosen


def test_an_engine_that_is_not_known_or_not_installed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match='unknown engine "pythn"; did you mean "python"'):
        engines.named("pythn")
    monkeypatch.setitem(engines._ENGINES, "absent", engines._Engine("riskcheck.engines.absent", "no_such_package", "x"))
    with pytest.raises(UsageError, match=r"needs the package no_such_package") as refused:
        engines.named("absent")
    assert "riskcheck[x]" in refused.value.diagnostics[0].render("en")


def test_verify_finds_a_pass_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_pack("deployment")
    facts = load_facts(SAMPLE.with_name("unclear-sla-zh.yaml"), pack.schema)
    failing = next(
        each.check
        for each in assess(facts, pack, gate="G3", as_of=worlds.AS_OF).findings
        if each.outcome is Outcome.FAIL
    )
    lying = engine(lambda each: replace(each, passes=Truth.TRUE) if each.check == failing else each)
    module = engines.import_module
    monkeypatch.setattr(engines, "import_module", lambda name: lying if name.endswith("python") else module(name))
    outcomes = {}
    for verify in (False, True):
        judged = assess(facts, pack, gate="G3", as_of=worlds.AS_OF, engine="python", verify=verify)
        outcomes[verify] = next(each for each in judged.findings if each.check == failing)
    assert outcomes[False].outcome is Outcome.PASS
    assert outcomes[True].outcome is Outcome.ERROR
    assert "disagree" in outcomes[True].reasons[0].en
