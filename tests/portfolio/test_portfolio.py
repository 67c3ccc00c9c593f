"""Many projects at once: from files, folders and workbooks of many projects to reports and exit code."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from riskcheck import engines
from riskcheck.assessment import assess
from riskcheck.cli.group import cli
from riskcheck.facts.load import load_facts
from riskcheck.model.factset import FactSet
from riskcheck.model.finding import Outcome
from riskcheck.packs.load import load_pack
from riskcheck.portfolio import PortfolioOptions, judge_portfolio
from riskcheck.projectfacts import project_id
from tests.gate.worlds import AS_OF
from tests.portfolio.manyprojects import write_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ("healthy-en", "platform-en", "conditional-en")


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ["portfolio", *args], standalone_mode=False)


def records(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.output.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three projects, one of them in a subfolder, and what is none."""
    (tmp_path / "sub").mkdir()
    for name, place in zip(NAMES, (tmp_path, tmp_path, tmp_path / "sub"), strict=True):
        shutil.copy(SAMPLES / f"{name}.yaml", place)
    (tmp_path / "readme.txt").write_text("not facts")
    (tmp_path / "~$healthy.xlsx").write_text("a lock")
    return tmp_path


def test_each_project_is_judged_as_by_itself(folder: Path) -> None:
    pack = load_pack("deployment")
    found = {each["project_id"]: each for each in records(run(str(folder), "--format", "json", "--engine", "python"))}
    assert len(found) == 3
    for name in NAMES:
        alone = assess(load_facts(SAMPLES / f"{name}.yaml", pack.schema), pack)
        record = found[alone.project_id or ""]
        assert record["verdict"] == alone.verdict.value
        assert record["outcomes"] == {
            check.id: finding.outcome.value
            for check in pack.checks
            for finding in alone.findings
            if finding.check == check.id
        }
        assert [each["text"] for each in record["reasons"]] == [each.text.en for each in alone.reasons]


def test_a_workbook_of_many_projects_gives_what_each_gives_alone(tmp_path: Path) -> None:
    pack = load_pack("deployment")
    projects = {name: load_facts(SAMPLES / f"{name}.yaml", pack.schema, assume_complete=("all",)) for name in NAMES[:2]}
    write_workbook(tmp_path / "all.xlsx", projects)
    options = PortfolioOptions(gate="G3", as_of=AS_OF, assume_complete=("all",))
    found = judge_portfolio([str(tmp_path / "all.xlsx")], pack, options)
    assert [note.text.en for note in found.notes if note.is_error] == []
    assert {each.project_id for each in found.projects} == set(projects)
    for each in found.projects:
        alone = assess(projects[each.project_id or ""], pack, gate="G3", as_of=AS_OF)
        outcomes = {finding.check: finding.outcome for finding in alone.findings}
        assert {outcome.check: outcome.outcome for outcome in each.outcomes} == outcomes
        assert each.verdict is alone.verdict
        assert each.score == alone.score


def test_a_row_of_no_project_leaves_its_table_open_for_all(tmp_path: Path) -> None:
    pack = load_pack("deployment")
    healthy = load_facts(SAMPLES / "healthy-en.yaml", pack.schema, assume_complete=("all",))
    path = tmp_path / "all.xlsx"
    write_workbook(path, {"P1": healthy, "P2": healthy})
    book = openpyxl.load_workbook(path)
    sheet = book["deliverables"]
    sheet.cell(2, 1).value = "TBD"
    book.save(path)
    options = PortfolioOptions(gate="G3", as_of=AS_OF, assume_complete=("all",))
    found = judge_portfolio([str(path)], pack, options)
    assert any(note.is_error and "of no project" in note.text.en for note in found.notes)
    alone = assess(healthy, pack, gate="G3", as_of=AS_OF)
    passing = {each.check for each in alone.findings if each.outcome is Outcome.PASS}
    second = next(each for each in found.projects if each.project_id == "P2")
    reads = {check.id for check in pack.checks if "deliverables" in check.reads}
    unknown = {each.check for each in second.outcomes if each.outcome is Outcome.UNKNOWN}
    assert unknown & passing & reads


def test_one_unreadable_project_stops_no_other_and_is_listed(folder: Path) -> None:
    (folder / "broken.yaml").write_text("tasks: [")
    (folder / "no-gate.yaml").write_text("project: {project_id: X1, name: none yet}")
    result = run(str(folder), str(folder / "absent.xlsx"), "--format", "json")
    found = records(result)
    lost = {Path(each["file"]).name: each["error"][0] for each in found if each["verdict"] is None}
    assert set(lost) == {"broken.yaml", "no-gate.yaml", "absent.xlsx"}
    assert "broken.yaml:" in lost["broken.yaml"]
    assert "gate is not known" in lost["no-gate.yaml"]
    assert len(found) == 6
    assert result.return_value == 3


@pytest.mark.parametrize(
    ("names", "broken", "code"),
    [
        (("conditional-en",), False, 0),
        (("conditional-en", "undeclared-en"), False, 4),
        (("conditional-en", "undeclared-en"), True, 3),
        (("conditional-en", "unclear-sla-zh"), True, 1),
    ],
)
def test_the_exit_code_is_the_worst(names: tuple[str, ...], broken: bool, code: int, tmp_path: Path) -> None:
    for name in names:
        shutil.copy(SAMPLES / f"{name}.yaml", tmp_path)
    if broken:
        (tmp_path / "broken.yaml").write_text("[")
    assert run(str(tmp_path), "-q").return_value == code


def test_the_worst_project_comes_first_and_verdicts_are_counted_never_averaged(folder: Path) -> None:
    shown = run(str(folder)).output
    wide = [line for line in shown.splitlines() if len(line) > 80]
    assert shown.startswith("3 projects judged\n")
    assert shown.index("CR-WDS-2601") < shown.index("CF-2611")
    assert "average" not in shown
    assert wide == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reports_are_whole_and_the_same_each_time(folder: Path, lang: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    made = []
    for number in (1, 2):
        targets = [out / f"{number}{suffix}" for suffix in (".xlsx", ".csv", ".jsonl", ".txt")]
        arguments = [part for target in targets for part in ("-o", str(target))]
        run(*(str(folder / f"{name}.yaml") for name in NAMES[:2]), "--lang", lang, "-q", *arguments)
        made.append([target.read_bytes() for target in targets])
    assert made[0] == made[1]
    rows = list(csv.reader(io.StringIO(made[0][1].decode("utf-8-sig"))))
    assert len(rows) == 1 + sum(len(json.loads(line)["outcomes"]) for line in made[0][2].decode().splitlines())
    book = openpyxl.load_workbook(io.BytesIO(made[0][0]))
    first = {"en": ["Projects", "Heat map"], "zh": ["项目", "热力图"]}[lang]
    assert book.sheetnames[:2] == first
    assert len(book.sheetnames) == 5
    heat = book.worksheets[1]
    assert {heat.cell(2, 3).value, heat.cell(2, 4).value} == {"CR-WDS-2601", "WGH-SD-2025"}


def test_what_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    text = (SAMPLES / "conditional-en.yaml").read_text("utf-8")
    evil = text.replace("CF-2611", "=1+1")
    assert evil != text
    (tmp_path / "evil.yaml").write_text(evil, "utf-8")
    run(str(tmp_path / "evil.yaml"), "-q", "-o", str(tmp_path / "r.csv"), "-o", str(tmp_path / "r.xlsx"))
    rows = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    assert rows[1][0] == "'=1+1"
    cell = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0].cell(2, 3)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_an_interrupted_run_leaves_no_file(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from riskcheck import portfolio

    called = []

    def interrupted(*_: object, **__: object) -> None:
        called.append(True)
        raise KeyboardInterrupt

    monkeypatch.setattr(portfolio, "assess_all", interrupted)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises((KeyboardInterrupt, click.Abort)):
        CliRunner().invoke(
            cli, ["portfolio", str(folder), "-o", str(out / "r.csv")], standalone_mode=False, catch_exceptions=False
        )
    assert called == [True]
    assert list(out.iterdir()) == []


def test_reports_in_the_folder_of_the_projects_are_no_projects(folder: Path) -> None:
    target = folder / "portfolio.xlsx"
    for _ in range(2):
        result = run(str(folder), "--format", "json", "-o", str(target))
        assert [each["verdict"] is None for each in records(result)] == [False] * 3


def test_verify_judges_the_first_projects_by_the_reference_too(folder: Path) -> None:
    found = records(run(str(folder), "--format", "json", "--engine", "python", "--verify", "2"))
    assert sum(each["verified"] for each in found) == 2


def test_only_what_the_reference_judged_counts_as_verified(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.yaml").write_text("project: {project_id: A, name: without a gate}\n", "utf-8")
    judged_twice = []

    def spy(judgements: Any, checks: Any, facts: FactSet, day: date) -> Any:
        judged_twice.append(project_id(facts))
        return judgements

    monkeypatch.setattr(engines, "verified", spy)
    found = judge_portfolio([str(folder)], load_pack("deployment"), PortfolioOptions(engine="python", verify=2))
    assert [each.source for each in found.not_judged] == [str(folder / "a.yaml")]
    assert sorted(each.project_id or "" for each in found.projects if each.verified) == sorted(judged_twice)
    assert len(judged_twice) == 2


# ------------------------------------------------------------ shared people

LOADS = """
project: {{project_id: {project}, name: {project}, gate: G2, as_of: 2026-06-30, has_assignments: yes}}
table_status: [{{table: assignments, complete: {complete}}}]
assignments:
{rows}
"""


def loads(path: Path, rows: list[tuple[str, str, str, str]], complete: str = "yes") -> Path:
    written = "\n".join(
        f"- {{member: {who}, work: w, start: {start}, finish: {finish}, load: {load}}}"
        for who, start, finish, load in rows
    )
    path.write_text(LOADS.format(project=path.stem, rows=written, complete=complete), "utf-8")
    return path


def test_loads_of_a_person_are_summed_up_over_projects(tmp_path: Path) -> None:
    first = loads(
        tmp_path / "P1.yaml", [("Li", "2026-07-01", "2026-07-31", "80%"), ("Wu", "2026-07-01", "2026-07-02", "50%")]
    )
    second = loads(
        tmp_path / "P2.yaml", [("Li", "2026-07-15", "2026-08-31", "60%"), ("Wu", "2026-07-03", "2026-07-04", "90%")]
    )
    (by_who,) = [
        {each.who: each for each in judge_portfolio([str(first), str(second)], load_pack("deployment")).shared}
    ]
    assert (by_who["Li"].low, by_who["Li"].high, by_who["Li"].over) == ("140", "140", Outcome.FAIL)
    assert dict(by_who["Li"].projects) == {"P1": "80", "P2": "60"}
    assert (by_who["Wu"].low, by_who["Wu"].over) == ("90", Outcome.PASS)
    assert "Li: 140 at one time" in run(str(first), str(second)).output


def test_an_open_table_may_load_people_further(tmp_path: Path) -> None:
    first = loads(tmp_path / "P1.yaml", [("Li", "2026-07-01", "2026-07-31", "30%")])
    second = loads(tmp_path / "P2.yaml", [("Li", "2026-07-15", "2026-08-31", "40%")], complete="no")
    (shared,) = judge_portfolio([str(first), str(second)], load_pack("deployment")).shared
    assert (shared.low, shared.high, shared.over) == ("70", None, Outcome.UNKNOWN)


def test_a_copy_of_a_project_is_told_and_loads_nobody_twice(tmp_path: Path) -> None:
    first = loads(tmp_path / "P1.yaml", [("Li", "2026-07-01", "2026-07-31", "30%")])
    shutil.copy(first, tmp_path / "copy.yaml")
    found = judge_portfolio([str(tmp_path)], load_pack("deployment"))
    assert found.shared == ()
    assert any("is there 2 times" in note.text.en for note in found.notes)


def test_progress_moves_with_each_file_that_is_read(folder: Path) -> None:
    (folder / "broken.yaml").write_text("tasks: [")
    told: list[tuple[int, int, int]] = []
    options = PortfolioOptions(engine="python")
    judge_portfolio([str(folder)], load_pack("deployment"), options, lambda *state: told.append(state))
    assert [read for read, _, _ in told[:4]] == [1, 2, 3, 4]
    assert told == sorted(told)
    assert told[-1] == (4, 4, 4)
