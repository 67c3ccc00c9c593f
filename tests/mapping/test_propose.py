"""Proposed mappings: they are read back, give what the workbook gives without them, and tell what is doubtful."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import riskcheck
from riskcheck.cli.group import cli
from riskcheck.errors import RiskcheckError
from riskcheck.facts.assemble import fact_set
from riskcheck.facts.sheet import Sheet
from riskcheck.facts.workbook import read_workbook
from riskcheck.facts.workbookfacts import read_sheets
from riskcheck.frozen import replace
from riskcheck.mapping.load import mapping_of
from riskcheck.mapping.propose import proposal
from riskcheck.model.schema import Schema
from riskcheck.model.text import Language
from riskcheck.reports.json import document
from tests.facts.smallschema import sheet
from tests.mapping.mapped import SCHEMA, column, facts_of, read_mapped_sheets

ROOT = Path(__file__).parent.parent.parent
D = date(2026, 3, 5)
HEADER = ["ID", "Owner", "Planned start"]


def proposed(*sheets: Sheet, language: Language = "en", schema: Schema = SCHEMA) -> str:
    """The proposal for the sheets of `f.xlsx`."""
    return proposal([("dir/f.xlsx", sheets)], schema, language).decode()


def body(text: str) -> str:
    """A proposal without its first lines, as `facts_of` takes a mapping."""
    return text.partition("mapping: 1\n")[2]


MESSY = {
    "plain": (sheet("Tasks", HEADER, ["T1", "张伟", D], ["T2", "待定", "03/05/2026"]),),
    "title": (sheet("Tasks", ["Plan"], [], HEADER, ["T1", "张伟", D], ["Total"]),),
    "unknown columns": (sheet("Tasks", [*HEADER, "Rubbish", "Rub: bish #1", "x\ny (z)"], ["T1", "a", D, 1, 2, 3]),),
    "twice the same unknown": (sheet("Tasks", [*HEADER, "X", "X"], ["T1", "a", D, 1, 2]),),
    "two columns": (sheet("Tasks", [*HEADER, "责任人"], ["T1", "a", D, "b"]),),
    "an empty twin": (sheet("Tasks", [*HEADER, "责任人"], ["T1", "a", D, ""]),),
    "twins of one name": (sheet("Tasks", [*HEADER, "Owner"], ["T1", "", D, "b"]),),
    "another unit": (sheet("Tasks", ["ID", "费用（万元）", "工期（估算）"], ["T1", 3, 4]),),
    "words": (sheet("Tasks", ["ID", "Status", "Milestone"], ["T1", "○", "maybe"], ["T2", 'say "x": {y}', "yes"]),),
    "percent": (sheet("Tasks", ["ID", "Load"], ["T1", 0.85], ["T2", 0.5]),),
    "groups": (
        sheet("Tasks", ["ID", "Planned", ""], ["", "Start", "Zzz"], ["T1", D, 1], merged=((0, 1, 0, 2), (0, 0, 1, 0))),
    ),
    "list beside": (sheet("Tasks", [*HEADER, "", "Junk"], ["T1", "a", D, "", "j"], ["", "", "", "", "k"]),),
    "blocks below": (sheet("Tasks", HEADER, ["T1", "a", D], [], ["Level", "Status"], [3, "done"]),),
    "other sheets": (
        sheet("Tasks", HEADER, ["T1", "a", D]),
        sheet("Nix", ["ID", "Owner", "Status", "Level"]),
        sheet("E"),
    ),
    "hidden twin": (sheet("Tasks", HEADER, ["T1", "a", D]), sheet("任务", HEADER, visible=False)),
    "form": (
        sheet("Project", ["Field", "Value"], ["Project ID", "P-1"], ["Junk", "x"], ["Contract amount (万元)", 3]),
        sheet("Tasks", HEADER, ["T1", "a", D]),
    ),
    "form without a header": (
        sheet(
            "Project",
            ["Project ID:", "P-1", "Project name", "Pilot"],
            ["Facts as of: 2026-03-05"],
            ["Project ID", "P-2"],
        ),
    ),
    "head block": (sheet("Tasks", ["Project ID:", "P-1"], ["Project name:", "Pilot"], [], HEADER, ["T1", "a", D]),),
    "status": (sheet("Tasks", HEADER, ["T1", "", D]), sheet("Table status", ["Table", "Complete"], ["*", "yes"])),
    "odd names": (
        sheet("Tasks", [*HEADER, "null", "~", "- x", "'q'", "#not", "a: b"], ["T1", "a", D, 1, 2, 3, 4, 5, 6]),
    ),
}


@pytest.mark.parametrize("name", MESSY)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_unchanged_proposal_gives_what_the_sheets_give_without_it(name: str, language: Language) -> None:
    sheets = MESSY[name]
    plain = read_sheets(sheets, "f.xlsx", SCHEMA)
    said = mapping_of(proposal([("f.xlsx", sheets)], SCHEMA, language), "m.yaml", SCHEMA)
    mapped = read_mapped_sheets(sheets, "f.xlsx", SCHEMA, said)
    assert mapped.refusals == plain.refusals
    one, other = fact_set(plain.facts, SCHEMA, ()), fact_set(mapped.facts, SCHEMA, ())
    assert one.problems == other.problems
    for before, after in zip(one.tables, other.tables, strict=True):
        assert replace(before, origin=None) == replace(after, origin=None)
        for row in range(before.row_count):
            for field in before.columns:
                assert before.origin.cell_location(row, field) == after.origin.cell_location(row, field)
                assert before.origin.raw(row, field) == after.origin.raw(row, field)


@pytest.mark.parametrize("name", ["unclear-sla-zh", "conditional-en", "half-blank-zh"])
def test_an_unchanged_proposal_for_a_sample_gives_the_same_assessment(name: str, tmp_path: Path) -> None:
    pack, path = riskcheck.load_pack("deployment"), ROOT / "samples" / f"{name}.xlsx"
    sheets = read_workbook(path.read_bytes(), "f.xlsx")
    (tmp_path / "m.yaml").write_bytes(proposal([("f.xlsx", sheets)], pack.schema, "zh"))
    mapping = riskcheck.load_mapping(tmp_path / "m.yaml", pack)
    plain = document(riskcheck.assess(riskcheck.load_facts(path, pack), pack))
    mapped = document(riskcheck.assess(riskcheck.load_facts(path, pack, mapping=mapping), pack))
    assert mapped.pop("mapping") == {"file": str(tmp_path / "m.yaml"), "sha256": mapping.sha256}
    assert plain.pop("mapping") is None
    assert mapped == plain


def test_it_says_what_is_taken_as_what_and_what_is_not_known() -> None:
    text = proposed(
        sheet("Tasks", ["Plan"], ["ID", "PIC", "状态", "Ownr"], ["T1", "张伟", "○", 1], ["T2", "李娜", "done", 2]),
        sheet("Nonsense", ["a"], ["b"]),
    )
    assert body(text) == (
        """\
sheets:
  - sheet: Tasks
    table: tasks  # Tasks
    header: 2
    fields:
      task_id: ID  # Task ID, A2
      status:  # Status, C2
        header: 状态
        # words not understood; each is one of not_started, in_progress, done, none
        # words:
        #   "○": ?
      # no field: write the name of one for the ?, or leave it out below
      # ?: PIC  # B2
      # ?: Ownr  # D2, perhaps owner
    # ignore:
    #   - PIC
    #   - Ownr
"""
        "    # not there: owner, is_milestone, planned_start, actual_finish, starts_at, duration_days, level, "
        "open_actions, cost, load, predecessors, in_scope, out_of_scope\n"
        """\
  # Nonsense is not read: its name is no table
  # - {sheet: Nonsense, ignore: true}
# Said on no sheet; the command line may say it, too.
# constants:
#   project: {as_of: ?}
# Tables of which no row is left out: who declares so, and on which day?
# complete:
#   tasks: {by: ?, on: YYYY-MM-DD}  # Tasks
"""
    )


def uncommented(text: str, *patterns: str) -> str:
    """A proposal in which the lines that a pattern fits have lost their mark."""
    return "\n".join(
        re.sub(r"# ?", "", line, count=1) if any(re.search(each, line) for each in patterns) else line
        for line in text.splitlines()
    )


def test_doubts_can_be_settled_by_taking_their_mark_away() -> None:
    drawn = sheet("Tasks", ["ID", "Status", "Planned start", "Load", "Cost (万元)"], ["T1", "○", "03/05/2026", 0.5, 2])
    text = uncommented(proposed(drawn), r"# words:", "○", "# dates", "# percent", "# unit").replace(
        '"○": ?', '"○": done'
    )
    facts = facts_of(body(text), drawn)
    assert column(facts, "status") == ["done"]
    assert column(facts, "planned_start") == [date(2026, 5, 3)]
    assert column(facts, "load") == [50 * 10**6]
    assert column(facts, "cost") == [20_000 * 10**6]
    assert facts.problems == ()


def test_of_two_columns_one_is_chosen_by_taking_its_mark_away() -> None:
    drawn = sheet("Tasks", ["ID", "Owner", "责任人"], ["T1", "a", "b"])
    facts = facts_of(body(uncommented(proposed(drawn), "# owner: 责任人")), drawn)
    assert column(facts, "owner") == ["b"]


def test_of_two_values_one_is_chosen_by_taking_its_mark_away() -> None:
    drawn = sheet("Project", ["Project ID", "P-1"], ["Project name", "Pilot"], ["项目编号", "P-2"])
    plain = facts_of(body(proposed(drawn)), drawn)
    assert [problem.code for problem in plain.problems] == ["two-values"]
    facts = facts_of(body(uncommented(proposed(drawn), "# project_id: {cell: B3}")), drawn)
    assert facts.single("project", "project_id") == "P-2"
    assert [problem.code for problem in facts.problems] == ["mapped-elsewhere"]


def test_unknown_columns_are_left_out_by_taking_the_mark_away() -> None:
    drawn = sheet("Tasks", ["ID", "A: b", 'q"r', "X", "X"], ["T1", 1, 2, 3, 4])
    text = uncommented(proposed(drawn), "# ignore", "#   - ")
    assert [problem.code for problem in facts_of(body(text), drawn).problems] == []


def test_a_matrix_is_proposed_as_such() -> None:
    rows = [["Design", "A/R", "C"], ["Build", "A", "R"], ["Run", "I", "AR"]]
    drawn = sheet("RACI", ["Step", "PM", "Dev"], *rows)
    text = proposed(drawn)
    assert "  #   matrix: {across: role, cells: code, columns: B-C}" in text
    facts = facts_of(body(uncommented(text, r"# - sheet: RACI", r"^  #   ")), drawn)
    assert column(facts, "work_package", "raci") == ["Design"] * 3 + ["Build"] * 2 + ["Run"] * 3
    assert column(facts, "code", "raci") == ["A", "R", "C", "A", "R", "I", "A", "R"]


def test_letters_of_one_role_are_proposed_with_its_name_left_open() -> None:
    drawn = sheet("My duties", ["Area", "Step", "Role"], ["a", "Design", "A/R"], ["", "Build", "A"], ["b", "Run", "I"])
    text = proposed(drawn)
    assert '  #   matrix: {across: role, cells: code, columns: {Role: "?"}}' in text
    facts = facts_of(body(uncommented(text, r"# - sheet: My", r"^  #   ").replace('"?"', "TPM")), drawn)
    assert column(facts, "role", "raci") == ["TPM"] * 4


def test_swapped_rows_and_columns_are_proposed_as_such() -> None:
    drawn = sheet("Data", ["ID", "T1"], ["Owner", "张伟"], ["Level", 3], ["Status", "done"])
    text = proposed(drawn)
    assert "transposed: true" in text
    facts = facts_of(body(uncommented(text, r"# - sheet: Data", r"^  #   ")), drawn)
    assert (column(facts, "task_id"), column(facts, "level")) == (["T1"], [3])


def test_two_headers_are_both_named() -> None:
    drawn = sheet("Tasks", ["x"], ["ID", "Owner"], ["a", "b"], ["y"], ["Level", "Status"], [1, "done"])
    assert "  #   header: 2  # 2, 5?" in proposed(drawn)


def test_comments_are_in_the_language_that_is_asked_for() -> None:
    text = proposed(*MESSY["unknown columns"], language="zh")
    assert "# 不是字段：请将 ? 改为字段名，或在下面的 ignore 中忽略" in text
    assert "table: tasks  # 任务" in text


def test_very_many_columns_and_words_are_cut_and_counted() -> None:
    wide = sheet("Tasks", ["ID", "Status", *(f"c{number}" for number in range(300))], ["T1", "w"])
    long = sheet("Tasks", ["ID", "Status"], *([f"T{number}", f"w{number}"] for number in range(300)))
    assert "# … and 200 more" in proposed(wide)
    assert "# … and 260 more" in proposed(long)


def test_hostile_texts_stay_in_their_place() -> None:
    evil = "x\n# complete: {tasks: {by: me, on: 2026-01-01}}\n\u2028\x85\u202e]}{[*&!|>'\"%@`"
    drawn = sheet("Tasks", ["ID", "Status", evil], ["T1", evil, 1])
    other = sheet("]}: *x # y", [evil])
    text = proposed(drawn, other)
    said = mapping_of(text.encode(), "m.yaml", SCHEMA)
    assert (len(said.sheets), said.complete) == (1, ())
    assert [line for line in text.splitlines() if line.startswith(("complete", "# complete"))] == ["# complete:"]
    text = uncommented(text, "# ignore", "#   - ")
    assert [each.code for each in facts_of(body(text), drawn, other).problems] == ["unknown-sheet", "unknown-word"]


# ------------------------------------------------------------ the command


def run(*args: str) -> RiskcheckError | None:
    """Run `riskcheck map`; the error that it ends with, if any."""
    done = CliRunner().invoke(cli, ["map", *args], standalone_mode=False)
    if done.exception is not None and not isinstance(done.exception, RiskcheckError):
        raise done.exception
    return done.exception


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Tasks"
    book.active.append(["Task ID", "Owner"])
    book.active.append(["T1", "张伟"])
    book.save(tmp_path / "plan.xlsx")
    return tmp_path


def test_the_command_writes_it_and_never_over_a_file(folder: Path) -> None:
    assert run("plan.xlsx", "-o", "m.yaml") is None
    first = (folder / "m.yaml").read_bytes()
    error = run("plan.xlsx", "-o", "m.yaml")
    assert error is not None
    assert "--force" in str(error)
    assert run("plan.xlsx", "-o", "m.yaml", "--force") is None
    assert (folder / "m.yaml").read_bytes() == first


def test_a_csv_file_has_a_mapping_too(folder: Path) -> None:
    (folder / "plan.csv").write_text("Task ID,Who\nT1,张伟\n", "utf-8")
    assert run("plan.csv", "-o", "m.yaml") is None
    text = (folder / "m.yaml").read_text("utf-8")
    assert "# - {sheet: plan, ignore: true}" in text
    (folder / "m.yaml").write_text("mapping: 1\nsheets: [{sheet: plan, table: tasks, fields: {owner: Who}}]", "utf-8")
    pack = riskcheck.load_pack("deployment")
    facts = riskcheck.load_facts("plan.csv", pack, mapping=riskcheck.load_mapping("m.yaml", pack))
    assert column(facts, "owner") == ["张伟"]


def test_the_command_refuses_other_inputs_and_outputs(folder: Path) -> None:
    (folder / "facts.yaml").write_text("tasks: []", "utf-8")
    assert "mappings are for workbooks and CSV files" in str(run("facts.yaml", "-o", "m.yaml"))
    assert "name it FILE.yaml" in str(run("plan.xlsx", "-o", "m.xlsx"))
    assert run("facts.yaml", "-o", "facts.yaml", "--force") is not None
    assert (folder / "facts.yaml").read_text("utf-8") == "tasks: []"
