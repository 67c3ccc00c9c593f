"""What the documentation shows is what happens."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_examples_give_what_they_show(page: Path) -> None:
    failed, _ = doctest.testfile(str(page), module_relative=False)
    assert failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_named_files_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    targets = [link for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("http")]
    assert [link for link in targets if not (page.parent / link).exists()] == []
    named = re.findall(r"`((?:riskcheck|rules|tests|samples|docs)/[\w./-]+\.(?:py|ya?ml|md|json|xlsx))`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_addition_to_the_language_is_in_the_user_guide() -> None:
    from riskcheck.expr.typed import AggregateName

    guide = (ROOT / "docs" / "conditions.md").read_text("utf-8")
    assert [name.value for name in AggregateName if not re.search(rf"\b{name.value}\b", guide)] == []


def test_the_readme_shows_what_the_sample_gives() -> None:
    from riskcheck.assessment import assess
    from riskcheck.facts.load import load_facts
    from riskcheck.packs.load import load_pack
    from riskcheck.reports import Style, render

    shown = re.search(r"```\n( FAIL .*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert shown is not None
    pack = load_pack("deployment")
    facts = load_facts(ROOT / "samples" / "unclear-sla-zh.xlsx", pack.schema)
    printed = render("terminal", assess(facts, pack), Style()).decode().splitlines()
    lines = [line for line in shown[1].splitlines() if line.strip() not in ("", "...")]
    assert [line for line in lines if line not in printed] == []


def test_the_two_commands_stand_in_the_first_thirty_lines() -> None:
    first = (ROOT / "README.md").read_text("utf-8").splitlines()[:30]
    assert "<!-- two commands -->" in first
    assert "<!-- end -->" in first
