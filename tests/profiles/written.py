"""Profiles and facts written by a test, for the little pack of `tests/gate`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import FactSet
from riskcheck.model.finding import Finding
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import RulePack
from riskcheck.profiles.load import load_profile
from riskcheck.profiles.profile import Profile

SMALL = Path(__file__).parent.parent / "gate" / "smallpack"
AS_OF = date(2026, 6, 30)
TITLE = "title: {en: Small project, zh: 小型项目}\n"
FACTS = """\
project:
  {project_id: P-1, gate: G2, as_of: 2026-06-30, has_parts: yes, planned: 8,
  earned: 8, signed_on: 2026-06-01, manager: M}
tasks:
  - {task_id: T1, owner: A, late: no, status: open}
  - {task_id: T2, owner: A, late: yes, status: open}
parts: [{part_id: P1, tested: no, stock: 2}]
"""
COMPLETE = "table_status: [{table: '*', complete: yes}]\n"


def profile(folder: Path, text: str, pack: RulePack | None = None) -> Profile:
    """The profile `mine` that says `text` beside its id and title."""
    file = folder / "mine.yaml"
    file.write_text(f"id: mine\n{TITLE}{text}", "utf-8")
    return load_profile(file, pack or load_pack(SMALL))


def facts(folder: Path, text: str, pack: RulePack | None = None) -> FactSet:
    """The facts that `text` says."""
    file = folder / "facts.yaml"
    file.write_text(text, "utf-8")
    return load_facts(file, (pack or load_pack(SMALL)).schema)


def judge(folder: Path, text: str, said: str | None, pack: RulePack | None = None, gate: str = "G2") -> Assessment:
    """The facts `text` judged with the profile that says `said`."""
    pack = pack or load_pack(SMALL)
    chosen = None if said is None else profile(folder, said, pack)
    return assess(facts(folder, text, pack), pack, gate=gate, as_of=AS_OF, profile=chosen)


def of(assessment: Assessment, check: str) -> Finding:
    """What was found about a check."""
    return next(each for each in assessment.findings if each.check == check)
