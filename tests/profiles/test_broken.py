"""Each message about a profile is product text: it is compared letter by letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.profiles.broken import BROKEN, messages


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_message(broken: Path) -> None:
    assert messages(broken) == broken.with_suffix(".out").read_text("utf-8")


def test_every_message_belongs_to_a_broken_profile() -> None:
    assert {path.stem for path in (Path(__file__).parent / "errors").glob("*.out")} == {path.stem for path in BROKEN}
