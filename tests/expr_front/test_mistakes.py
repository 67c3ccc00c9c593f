"""Each message about a condition is product text: it is compared letter by letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.expr_front.mistakes import HERE, MISTAKES, golden, messages


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda path: path.name)
def test_the_author_reads_what_the_golden_file_says(mistake: Path) -> None:
    assert messages(mistake) == golden(mistake).read_text("utf-8")


def test_every_golden_file_has_its_mistake() -> None:
    assert {path.name for path in HERE.glob("*.out")} == {golden(mistake).name for mistake in MISTAKES}


def test_every_mistake_is_found() -> None:
    assert [mistake.name for mistake in MISTAKES if messages(mistake) == "no problem\n"] == []
