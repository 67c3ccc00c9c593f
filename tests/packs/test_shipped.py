"""Every pack that is shipped proves itself."""

from __future__ import annotations

import pytest

from riskcheck.packs.load import load_pack
from riskcheck.packs.locate import shipped_packs
from riskcheck.packtest import missing_cases, run


@pytest.mark.parametrize("name", shipped_packs())
def test_its_cases_hold_and_leave_no_outcome_out(name: str) -> None:
    pack = load_pack(name)
    results = run(pack, name)
    assert not [f"{each.file}:{each.line} {each.explanation}" for each in results if not each.ok]
    assert not [f"{each.check} {each.outcome.value}" for each in missing_cases(pack, results)]
