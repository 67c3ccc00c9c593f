"""A few mutated workbooks through the whole reader; `python -m tests.fuzz.facts` tries as many as one likes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.drawn import mutated_facts
from tests.fuzz.facts import try_seed


@pytest.mark.parametrize("block", range(4))
def test_mutated_workbooks_of_facts(block: int, tmp_path: Path) -> None:
    for seed in range(30 * block, 30 * block + 30):
        try_seed(seed, tmp_path)


def test_the_same_seed_gives_the_same_workbook() -> None:
    assert all(mutated_facts(seed) == mutated_facts(seed) for seed in range(10))
