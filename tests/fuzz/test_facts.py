"""A few mutated files through the whole reader; `python -m tests.fuzz.facts` tries as many as one likes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.drawn import mutated_facts
from tests.fuzz.drawncsv import mutated_csv
from tests.fuzz.facts import try_seed


@pytest.mark.parametrize("block", range(4))
def test_mutated_workbooks_of_facts(block: int, tmp_path: Path) -> None:
    for seed in range(30 * block, 30 * block + 30):
        try_seed(seed, tmp_path)


@pytest.mark.parametrize("block", range(2))
def test_mutated_csv_files_of_facts(block: int, tmp_path: Path) -> None:
    for seed in range(60 * block, 60 * block + 60):
        try_seed(seed, tmp_path, mutated_csv)


def test_the_same_seed_gives_the_same_workbook() -> None:
    assert all(make(seed) == make(seed) for make in (mutated_facts, mutated_csv) for seed in range(10))
