"""Every engine gives the truths that the reference gives: on the pack's samples and on random facts."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from riskcheck import engines
from riskcheck.engines import reference
from riskcheck.facts.load import load_facts
from riskcheck.packs.load import load_pack
from tests.gate import worlds

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.yaml"))


@pytest.mark.parametrize("engine", engines.NAMES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_an_engine_agrees_on_the_samples(engine: str, sample: Path) -> None:
    pack = load_pack("deployment")
    facts = load_facts(sample, pack.schema)
    expected = reference.judge(pack.checks, facts, worlds.AS_OF)
    assert engines.judge(engine, pack.checks, facts, worlds.AS_OF) == expected


@pytest.mark.parametrize("engine", engines.NAMES)
def test_an_engine_agrees_on_random_facts(engine: str) -> None:
    random, pack = Random(5), worlds.small_pack()
    for _ in range(200):
        facts = worlds.random_facts(pack, random)
        expected = reference.judge(pack.checks, facts, worlds.AS_OF)
        assert engines.judge(engine, pack.checks, facts, worlds.AS_OF) == expected
