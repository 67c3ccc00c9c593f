"""The engine `spark`: what it writes as SQL, what comes back, and that it agrees, in one session that starts once."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from riskcheck import engines
from riskcheck.engines import Project, spark
from riskcheck.engines.spark.dialect import PLAIN_PASS, SparkDialect
from riskcheck.engines.spark.load import load
from riskcheck.engines.spark.session import session_for
from riskcheck.engines.sql.checks import judgement_of, lower
from riskcheck.errors import UsageError
from riskcheck.model.truth import Truth
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import Check
from tests.engines.casechecks import checks_of_case
from tests.engines.conformance import check_that, mismatches
from tests.engines.randomrules import random_checks, random_projects
from tests.laws.worlds import AS_OF
from tests.semantics.caseworld import facts_of, schema_of
from tests.semantics.test_semantics import CASES

CASE = {
    "records": {"project": {"few": "int", "many": "int", "part": "double", "name": "string", "names": "list"}},
    "tables": {"tasks": {"few": "int", "part": "double", "name": "string"}},
}
BY_PYTHON = {"PLN-RC-01.f": "acyclic"}
"""The checks of the shipped pack that have no SQL, and why."""
CASES_COMPARED = range(7, len(CASES), 100)
"""Of the cases of the language a few: each is a query of its own."""

needs_spark = pytest.mark.skipif(not engines.is_installed("spark"), reason="pyspark or Java is not installed")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A session such as users have, started so that little is done more than once."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.sql.shuffle.partitions", "3")
    session = builder.getOrCreate()
    yield session
    session.stop()


def check(text: str) -> Check:
    return check_that(text, schema_of(CASE))


def project(*cells: Any, tasks: Any = ()) -> Project:
    facts = {"project": [list(cells)], "tasks": list(tasks)}
    return Project(facts_of(schema_of(CASE), facts, ()), AS_OF)


# ---------------------------------------------------------------- what is written


def test_the_shipped_pack_has_spark_sql_but_for_what_is_named() -> None:
    assert {each.check.id: each.why for each in spark.left_to_python(load_pack("deployment").checks)} == BY_PYTHON


def test_no_text_of_a_rule_stands_in_the_sql() -> None:
    written = lower(load_pack("deployment").checks, SparkDialect(), frozenset()).query.written()
    assert not {"'", '"'} & set("".join((*written.makes, *written.selects)))


def test_regular_expressions_of_java_are_not_used() -> None:
    pytest.importorskip("re2")
    assert [left.why for left in spark.left_to_python([check('project.name.matches("a+")')])] == ["matches"]


def test_a_plain_pass_is_what_its_code_says() -> None:
    found = judgement_of("A-1.a", PLAIN_PASS)
    assert (found.applies, found.enough_rows, found.rows_exist, found.passes) == (Truth.TRUE,) * 4
    assert found.warns is Truth.FALSE


def test_without_java_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert not engines.is_installed("spark")
    with pytest.raises(UsageError, match="needs the package pyspark") as refused:
        engines.named("spark")
    assert "riskcheck[spark]" in refused.value.diagnostics[0].render("en")
    assert "Java 17" in refused.value.diagnostics[0].render("zh")


# ---------------------------------------------------------------- what is judged


@needs_spark
def test_it_agrees_in_a_session_of_the_caller_and_leaves_that_as_it_was(session: Any) -> None:
    before = session.sql("SELECT 1").sparkSession.conf.get("spark.sql.ansi.enabled")
    assert not [str(each) for each in _mismatches()]
    assert session.conf.get("spark.sql.ansi.enabled") == before
    assert session.conf.get("spark.sql.shuffle.partitions") == "3"
    assert session.catalog.listTables() == []


def _mismatches() -> Iterator[Any]:
    far = 2**63 - 1
    checks = [
        check('project.name == "\'; DROP TABLE tasks; --" || "a" in project.names || size(project.name) == 2'),
        check("ratio(tasks.sum(t, t.few), project.many) > 0.333333"),
        check("project.many * project.few < 9 || tasks.sum(t, t.part) * 1.5 > project.part"),
        check("tasks.size() > 2 && double(tasks.size()) >= project.part"),
    ]
    tasks = [[far, 0.1, "甲"], [far, "?", "?"], [-5, 9e12, "a\x00b"]]
    projects = [
        project(far, far, 9e12, "'; DROP TABLE tasks; --", ["a"], tasks=tasks),
        project(0, "?", 0.000001, "𝄞x", [], tasks=tasks[:1]),
        project("?", -7, "?", "", "?"),
        project(3, 3, 1, "\ud800", ["b", "甲"], tasks=tasks),
    ]
    yield from mismatches("spark", checks, projects[:3])
    yield from mismatches("spark", checks, projects)  # half a character: left to python
    for seed in range(2):
        random = Random(seed)
        yield from mismatches("spark", random_checks(random, 8), random_projects(random, 25))
    for number in CASES_COMPARED:
        case: Any = CASES[number].values[0]
        if "error" not in case and "package" not in case:
            of_case, facts = checks_of_case(case)
            yield from mismatches("spark", of_case, (facts,))


@needs_spark
def test_only_what_is_no_plain_pass_comes_back(session: Any) -> None:
    checks = [check("project.few < 3"), check("project.few < 100")]
    projects = [project(number, 0, 0, "", []) for number in range(5)]
    lowered = spark.lowered_for(checks, projects[0].facts.schema, AS_OF.toordinal())
    own = session_for(len(projects))
    load(own, lowered.query.tables, projects)
    failing = PLAIN_PASS - 6
    assert spark.run(own, lowered, len(projects)) == [{3: failing, 4: failing}, {}]
    with pytest.raises(UsageError, match="6 projects were asked for"):
        spark.run(own, lowered, len(projects) + 1)
