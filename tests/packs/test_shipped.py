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


@pytest.mark.parametrize("name", shipped_packs())
def test_its_texts_are_written_alike(name: str) -> None:
    """Controls and the consequences of compound rules are sentences; all other texts are phrases without a stop."""
    pack = load_pack(name)
    sentences = [check.control for check in pack.checks]
    sentences += [text for compound in pack.compounds for text in (compound.consequence, compound.control)]
    phrases = [text for check in pack.checks for text in (check.title, check.evidence)]
    phrases += [text for item in pack.items for text in (item.title, item.cause, item.consequence) if text]
    phrases += [compound.title for compound in pack.compounds]
    assert [text for text in sentences if not (text.en.endswith(".") and text.zh.endswith("。"))] == []
    assert [text for text in phrases if text.en.endswith(".") or text.zh.endswith("。")] == []
    assert [text for text in (*sentences, *phrases) if text.en[0].islower()] == []
