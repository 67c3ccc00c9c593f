"""The note that facts of a pack cannot say at which gate and on which day they are judged."""

from __future__ import annotations

from pathlib import Path

from riskcheck.packs.load import load_pack
from riskcheck.packs.projecttable import project_notes
from tests.packs.smallpack import write_checks

GATE = "gate: {type: enum, title: {en: Gate, zh: 关口}, allowed: {G1: {en: Gate 1, zh: 关口1}}}"
AS_OF = "as_of: {type: date, title: {en: As of, zh: 截止日期}}"
FIRST = "      project_id:"


def notes(pack: Path, *fields: str) -> list[str]:
    """What is noted if the table `project` has these fields, too."""
    facts = pack / "facts.yaml"
    text = facts.read_text("utf-8")
    facts.write_text(text.replace(FIRST, "".join(f"      {field}\n" for field in fields) + FIRST), "utf-8")
    found = [each.render().replace(str(pack), "tiny").splitlines()[0] for each in project_notes(load_pack(pack))]
    facts.write_text(text, "utf-8")
    return found


def test_fields_that_project_lacks_are_noted(tiny: Path) -> None:
    assert notes(tiny, GATE, AS_OF) == []
    assert notes(tiny) == [
        "tiny/facts.yaml:2:3: project has no usable field gate and no as_of: "
        "every check has to be run with --gate and --as-of"
    ]
    lacks_day = "tiny/facts.yaml:2:3: project has no usable field as_of: every check has to be run with --as-of"
    assert notes(tiny, GATE) == [lacks_day]
    assert notes(tiny, GATE, AS_OF.replace("date", "string")) == [lacks_day]


def test_a_table_project_with_many_rows_is_as_good_as_none(tiny: Path) -> None:
    write_checks(tiny, "pass_if: tasks.all(task, has(task.owner))")
    facts = tiny / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("    one_row: true\n", ""), "utf-8")
    many = ["tiny/facts.yaml:2:3: there is no one-row table project: every check has to be run with --gate and --as-of"]
    assert notes(tiny, GATE, AS_OF) == many
    facts.write_text(facts.read_text("utf-8").replace("  project:", "  works:"), "utf-8")
    assert notes(tiny) == many
