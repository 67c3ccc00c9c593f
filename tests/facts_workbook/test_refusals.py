"""What is said about a file that is refused: place, cause, cure. `refusals.txt` and `refusals_zh.txt` hold it word
for word.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from riskcheck.errors import FactsError
from riskcheck.facts.workbook import read_workbook
from riskcheck.model.text import Language

from .refusals import REFUSALS

GOLDEN = {"en": "refusals.txt", "zh": "refusals_zh.txt"}


@cache
def golden(language: Language) -> dict[str, str]:
    """The messages by name: `== name` begins each."""
    sections = Path(__file__).with_name(GOLDEN[language]).read_text(encoding="utf-8").split("== ")[1:]
    return {name: message.strip() for name, _, message in (section.partition("\n") for section in sections)}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusal(name: str) -> None:
    with pytest.raises(FactsError) as refused:
        read_workbook(REFUSALS[name](), "facts.xlsx")
    assert str(refused.value) == golden("en")[name]
    (diagnostic,) = refused.value.diagnostics
    assert diagnostic.render("zh") == golden("zh")[name]
    assert diagnostic.hints, "a refusal names its cure"


def test_every_message_has_its_file() -> None:
    assert list(golden("en")) == list(golden("zh")) == list(REFUSALS)
