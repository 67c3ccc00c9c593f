"""Every engine gives the truths that the reference gives.

On each case of the language, each case and sample of the shipped pack, and random checks and facts (the long run is
`python -m tests.engines.long_run`). An engine whose package is not installed is skipped, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from riskcheck import engines
from riskcheck.engines import Project
from riskcheck.facts.load import load_facts
from riskcheck.packs.load import load_pack
from riskcheck.packtest import ready_cases
from tests.engines.casechecks import checks_of_case
from tests.engines.conformance import mismatches
from tests.engines.randomrules import random_checks, random_projects
from tests.gate import worlds
from tests.semantics.test_semantics import CASES

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.yaml"))
SHOWN = 3
COMPARED = [name for name in engines.NAMES if name not in ("reference", "spark")]
"""Spark takes seconds to start, and for each query: it is compared in `test_spark_engine`, in one session."""
STEP = {"rete": 8}
"""Of the cases of the pack a slow engine judges one of so many; the long run judges all that there is."""


@pytest.fixture(scope="module", autouse=True)
def _one_database() -> Iterator[None]:
    """One database for all judgements here: to open one takes longer than most of them."""
    if not engines.is_installed("duckdb"):
        yield
        return
    from riskcheck.engines import duckdb

    with duckdb.database(optimizer=False) as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "database", lambda **_: nullcontext(connection))
        yield


@pytest.fixture(params=COMPARED)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if not engines.is_installed(name):
        pytest.skip(f"engine {name}: its package is not installed")
    return name


def assert_agrees(engine: str, checks: Any, projects: Any, expected: Any = None) -> None:
    found = [str(each) for each in islice(mismatches(engine, checks, projects, expected), SHOWN)]
    assert not found, "\n".join([engine, *found])


def test_it_agrees_on_every_case_of_the_language(engine: str) -> None:
    judged = 0
    for case in (each.values[0] for each in CASES):
        if "error" in case or ("package" in case and not _has(case["package"])):
            continue
        checks, project = checks_of_case(case)
        assert_agrees(engine, checks, (project,))
        judged += 1
    assert judged >= 250


def _has(package: str) -> bool:
    from importlib.util import find_spec

    return find_spec(package) is not None


def test_all_agree_on_every_case_of_the_shipped_pack() -> None:
    """All engines that are installed in one test: the reference takes longest, and judges once for all of them."""
    pack = load_pack("deployment")
    projects = [Project(ready.facts, ready.case.as_of) for ready in ready_cases(pack)]
    assert len(projects) > 400
    expected = engines.judge_all("reference", pack.checks, projects)
    for name in COMPARED:
        if engines.is_installed(name):
            step = STEP.get(name, 1)
            assert_agrees(name, pack.checks, projects[::step], expected[::step])


def test_it_agrees_on_the_samples(engine: str) -> None:
    pack = load_pack("deployment")
    assert_agrees(engine, pack.checks, [Project(load_facts(path, pack.schema), worlds.AS_OF) for path in SAMPLES])


def test_it_agrees_on_random_facts_of_a_pack(engine: str) -> None:
    random, pack = Random(5), worlds.small_pack()
    projects = [Project(worlds.random_facts(pack, random), worlds.AS_OF) for _ in range(200)]
    assert_agrees(engine, pack.checks, projects)


@pytest.mark.parametrize("seed", range(20))
def test_it_agrees_on_random_checks_and_facts(engine: str, seed: int) -> None:
    random = Random(seed)
    assert_agrees(engine, random_checks(random, 12), random_projects(random, 25))


@pytest.mark.parametrize("projects", [0, 1])
def test_it_judges_no_projects_and_no_checks(engine: str, projects: int) -> None:
    pack, random = worlds.small_pack(), Random(1)
    given = tuple(Project(worlds.random_facts(pack, random), worlds.AS_OF) for _ in range(projects))
    assert engines.judge_all(engine, (), given) == ((),) * projects
    assert len(engines.judge_all(engine, pack.checks, given)) == projects
