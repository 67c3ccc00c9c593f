"""The tiny pack, with an item that a check of another item judges, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs.conftest import tiny  # noqa: F401

JUDGED_ELSEWHERE = """\
item:
  id: ACT-1
  kind: activity
  elements: [people]
  title: {en: Sign, zh: 签署合同}
  source_lines: [7, 9]
"""


@pytest.fixture
def pack(tiny: Path) -> Path:  # noqa: F811
    """The folder of the pack."""
    (tiny / "plan" / "ACT-1.yaml").write_text(JUDGED_ELSEWHERE, "utf-8")
    rules = tiny / "plan" / "PLN-1.yaml"
    rules.write_text(rules.read_text("utf-8").replace("  - id: PLN-1.b", "  - id: PLN-1.b\n    also_items: [ACT-1]"))
    return tiny
