"""Any workbook gives sheets or a FactsError that names its cure, and both ways to read a sheet agree.

`tests/fuzz/workbooks.py` does the same for as long as one likes, in a process with bounded memory.
"""

from __future__ import annotations

from random import Random

import pytest

from riskcheck.facts.sheet import Sheet

from .mutations import mutated, outcome, outcome_by_parser, seed_parts
from .packages import zipped


@pytest.mark.parametrize("block", range(8))
def test_mutated_workbooks(block: int) -> None:
    for seed in range(50 * block, 50 * block + 50):
        data = mutated(Random(seed))
        direct, parsed = outcome(data), outcome_by_parser(data)
        if not isinstance(direct, str) and not isinstance(parsed, str):
            assert direct == parsed, f"seed {seed}"


def test_the_workbook_without_mutations() -> None:
    data = zipped(seed_parts())
    assert isinstance(outcome(data)[0], Sheet)
    assert outcome(data) == outcome_by_parser(data)


def test_truncated_workbooks() -> None:
    data = zipped(seed_parts())
    assert all(isinstance(outcome(data[:end]), str) for end in range(0, len(data), 25))
