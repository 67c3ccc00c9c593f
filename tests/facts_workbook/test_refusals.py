"""What is said about a file that is refused: place, cause, cure. `refusals.txt` holds it word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.errors import FactsError
from riskcheck.facts.workbook import read_workbook

from .refusals import REFUSALS

GOLDEN = Path(__file__).with_name("refusals.txt")


def golden() -> dict[str, str]:
    """The messages by name: `== name` begins each."""
    sections = GOLDEN.read_text(encoding="utf-8").split("== ")[1:]
    return {name: message.strip() for name, _, message in (section.partition("\n") for section in sections)}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusal(name: str) -> None:
    with pytest.raises(FactsError) as refused:
        read_workbook(REFUSALS[name](), "facts.xlsx")
    assert str(refused.value) == golden()[name]
    (diagnostic,) = refused.value.diagnostics
    assert diagnostic.hints, "a refusal names its cure"


def test_every_message_has_its_file() -> None:
    assert list(golden()) == list(REFUSALS)
