"""The engine `duckdb`: what it writes as SQL, what it leaves to the engine `python`, and what it never does."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest

from riskcheck import engines
from riskcheck.engines import Project, python
from riskcheck.engines.sql import rest
from riskcheck.engines.sql.checks import lower
from riskcheck.engines.sql.dialect import Dialect
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import Check
from riskcheck.portfolio import PortfolioOptions, judge_portfolio
from tests.engines.conformance import check_that, mismatches
from tests.laws.worlds import AS_OF
from tests.semantics.caseworld import facts_of, schema_of

CASE = {
    "records": {"project": {"name": "string"}},
    "tables": {
        "items": {"id": "string", "few": "int"},
        "tasks": {"item": "string", "done": "bool"},
    },
}
SAMPLE = Path(__file__).parents[2] / "samples" / "healthy-en.yaml"
BY_PYTHON = {"PLN-RC-01.f": "acyclic"}
"""The checks of the shipped pack that have no SQL, and why."""

needs_duckdb = pytest.mark.skipif(not engines.is_installed("duckdb"), reason="the package duckdb is not installed")


def check(text: str) -> Check:
    return check_that(text, schema_of(CASE))


def project(items: list[Any], tasks: list[Any], name: str = "A") -> Project:
    facts = {"project": [[name]], "items": items, "tasks": tasks}
    return Project(facts_of(schema_of(CASE), facts, ()), AS_OF)


def test_the_shipped_pack_has_sql_but_for_what_is_named() -> None:
    lowered = lower(load_pack("deployment").checks, Dialect(), frozenset())
    assert {each.check.id: each.why for each in lowered.left} == BY_PYTHON


def test_no_text_of_a_rule_stands_in_the_sql() -> None:
    written = lower(load_pack("deployment").checks, Dialect(), frozenset()).query.written()
    assert "'" not in "".join((*written.makes, *written.selects))
    assert '"' not in "".join((*written.makes, *written.selects))


def test_a_table_is_grouped_once_for_all_checks_that_ask_for_its_rows_alone() -> None:
    texts = ("items.size() > 1", "items.all(i, i.few > 1)", "items.count(i, i.few > 2) == 1", "items.sum(i, i.few) < 9")
    written = lower([check(text) for text in texts], Dialect(), frozenset()).query.written()
    assert len(written.makes) == 1


@needs_duckdb
@pytest.mark.parametrize(
    "text",
    [
        "items.all(i, tasks.exists(t, t.item == i.id && t.done))",
        "items.all(i, tasks.filter(t, t.item == i.id).count(t, t.done) <= i.few)",
        "items.exists(i, items.count(o, o.few < i.few) == 1)",
        "tasks.groups(t, t.item).all(g, g.exists(t, t.done) || g.size() > 1)",
        "items.latest(i, as_of, i.few) == 1",
        "items.filter(i, false).unique(i, i.few)",
        "items.avg(i, i.few) > 1.0 && !items.unique(i, i.id)",
    ],
)
def test_rows_that_hang_on_others_are_judged_as_the_reference_does(text: str) -> None:
    asked = check(text)
    assert lower((asked,), Dialect(), frozenset()).left == ()
    projects = (
        project([["I1", "1"], ["I2", "?"], ["?", "2"]], [["I1", "true"], ["?", "false"], ["I2", "?"]]),
        project([["I1", "1"], ["I1", "3"]], [["I1", "true"], ["I1", "true"]]),
        project([], []),
    )
    assert list(mismatches("duckdb", (asked,), projects)) == []


@needs_duckdb
def test_projects_with_very_many_rows_are_left_to_the_engine_python(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []
    judge_all = python.judge_all

    def noted(checks: Any, projects: Any) -> Any:
        left.append(len(projects))
        return judge_all(checks, projects)

    monkeypatch.setattr(python, "judge_all", noted)
    monkeypatch.setattr(rest, "MOST_ROWS", 2)
    projects = [project([["I1", "1"]] * rows, []) for rows in (1, 3, 2)]
    assert list(mismatches("duckdb", (check("items.size() > 2"),), projects)) == []
    assert left == [1]


@needs_duckdb
def test_facts_that_a_database_does_not_take_are_judged_all_the_same() -> None:
    half_a_character = project([], [], name="\ud800")
    assert list(mismatches("duckdb", (check('project.name == "A"'),), (half_a_character, project([], [])))) == []


@needs_duckdb
@pytest.mark.parametrize(("name", "noted"), [("duckdb", list(BY_PYTHON)), ("python", [])])
def test_the_portfolio_names_the_checks_that_were_judged_otherwise(name: str, noted: list[str]) -> None:
    options = PortfolioOptions(gate="G3", as_of=AS_OF, engine=name)
    found = judge_portfolio([str(SAMPLE)], load_pack("deployment"), options)
    assert [check for check in BY_PYTHON for note in found.notes if check in note.text.en] == noted


@needs_duckdb
def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    engines.judge("duckdb", (check("items.size() > 2"),), project([["I1", "1"]], []).facts, AS_OF)
    assert list(tmp_path.iterdir()) == []
