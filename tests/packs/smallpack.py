"""Packs of one item, written by a test: conditions and cases are all that matters in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import indent

_CHECK = """
  - id: PLN-1.{letter}
    title: {{en: A check, zh: 检查}}
    likelihood: 3
    impact: 3
    owner: pmo
    due_gate: G1
    origin: judgement
    evidence: {{en: What was found, zh: 结果}}
    control: {{en: Mend it, zh: 整改}}
"""
_ITEM = """\
item: {id: PLN-1, kind: risk_control, phase: plan, elements: [people], title: {en: Tasks, zh: 任务}}
checks:
"""


def write_checks(pack: Path, *checks: str) -> None:
    """Give a copy of the tiny pack these checks, PLN-1.a and so on, and no cases; each is told by its own keys."""
    text = _ITEM + "".join(
        _CHECK.format(letter="abcdefghij"[number]) + indent(keys.strip(), "    ") + "\n"
        for number, keys in enumerate(checks)
    )
    (pack / "plan" / "PLN-1.yaml").write_text(text, "utf-8")
    (pack / "compounds.yaml").unlink(missing_ok=True)
    for file in (pack / "cases").iterdir():
        file.unlink()


def write_cases(pack: Path, *cases: str) -> None:
    """Cases of PLN-1.a: facts, outcome and what else each needs."""
    head = "as_of: 2026-06-30\ncases:\n"
    text = "".join(f"  - {{check: PLN-1.a, name: case {number}, {case}}}\n" for number, case in enumerate(cases))
    (pack / "cases" / "PLN-1.yaml").write_text(head + text, "utf-8")


def codes(problems: Sequence[object]) -> list[str]:
    """The codes of diagnostics."""
    return [str(getattr(each, "code", "")) for each in problems]
