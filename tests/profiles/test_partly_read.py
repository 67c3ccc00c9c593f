"""Tables of which rows were left out: no profile closes them, and no declaration is asked for that would not help."""

from __future__ import annotations

from pathlib import Path

from riskcheck.assessment import assess
from riskcheck.facts.workbookfacts import facts_from_sheets
from riskcheck.model.assessment import Assessment
from riskcheck.packs.load import load_pack
from tests.facts.smallschema import sheet
from tests.profiles.written import AS_OF, SMALL, profile

PACK = load_pack(SMALL)
PROJECT = [
    ["Project id", "P-1"],
    ["Has parts", "no"],
    ["Planned", 8.0],
    ["Earned", 8.0],
    ["Signed on", "2026-06-01"],
    ["Manager", "M"],
]
TASKS = [["Task id", "Owner", "Late", "Status"], ["T1", "A", "no", "done"]]
CONTACT = [[], ["Contact of the PMO"]]


def judge(tmp_path: Path, said: str | None, *below: list[str]) -> Assessment:
    """A project that is judged but for what stands below its tasks."""
    facts = facts_from_sheets([sheet("Project", *PROJECT), sheet("Tasks", *TASKS, *below)], "f.xlsx", PACK.schema)
    assert facts.partly_read == (("tasks",) if below else ())
    return assess(facts, PACK, gate="G1", as_of=AS_OF, profile=(said and profile(tmp_path, said, PACK)) or None)


def test_a_profile_does_not_close_them(tmp_path: Path) -> None:
    for below, kept_open in ((), [False]), (CONTACT, [True]):
        judged = judge(tmp_path, "complete: [tasks]", *below)
        assert judged.profile is not None
        assert [each.kept_open for each in judged.profile.complete] == kept_open


def test_to_declare_them_is_not_advised(tmp_path: Path) -> None:
    assert [table.name for table in judge(tmp_path, None).undeclared] == ["tasks"]
    assert judge(tmp_path, None, *CONTACT).undeclared == ()
