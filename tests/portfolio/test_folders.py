"""Projects in folders of several files, and read by a mapping; and a run that is interrupted."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from riskcheck.facts.load import load_facts
from riskcheck.model.factset import FactSet
from riskcheck.packs.load import load_pack
from riskcheck.portfolio import PortfolioOptions, judge_portfolio
from tests.gate.worlds import AS_OF
from tests.portfolio.manyprojects import rows_by_table
from tests.portfolio.test_portfolio import SAMPLES, records, run

ROOT = Path(__file__).parents[2]
PROJECT = "project: {{project_id: {name}, name: {name}, gate: G1, as_of: 2026-06-30}}\n"
RISKS = "risk_id,likelihood,impact,owner,status\nR1,3,4,{owner},open\n"
MAPPED = """\
mapping: 1
sheets:
  - {sheet: 风险台账, table: risks, fields: {risk_id: Ref, PROJECT likelihood: P}}
"""


def csv_project(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "project.csv").write_text(f"project_id,{name}\nname,{name}\ngate,G1\nas_of,2026-06-30\n", "utf-8")
    (folder / "risks.csv").write_text(RISKS.format(owner="Li"), "utf-8")
    return folder


def test_each_folder_of_csv_files_is_one_project_judged_as_by_itself(tmp_path: Path) -> None:
    for name in ("P1", "P2"):
        csv_project(tmp_path / "all" / name, name)
    (tmp_path / "all" / "P2" / "plan.yaml").write_text("table_status: [{table: risks, complete: yes}]\n", "utf-8")
    (tmp_path / "all" / "P3.yaml").write_text(PROJECT.format(name="P3"), "utf-8")
    found = {each["project_id"]: each for each in records(run(str(tmp_path / "all"), "--format", "json"))}
    assert {name: Path(each["file"]).name for name, each in found.items()} == {"P1": "P1", "P2": "P2", "P3": "P3.yaml"}
    pack = load_pack("deployment")
    for name in ("P1", "P2"):
        files = sorted(str(each) for each in (tmp_path / "all" / name).iterdir())
        facts = load_facts(files, pack.schema)
        assert facts.by_name["risks"].closed is (name == "P2")
        from riskcheck.assessment import assess

        outcomes = {each.check: each.outcome.value for each in assess(facts, pack).findings}
        assert found[name]["outcomes"] == outcomes


def test_a_folder_whose_files_are_of_two_projects_is_not_judged_and_stops_no_other(tmp_path: Path) -> None:
    csv_project(tmp_path / "all" / "P1", "P1")
    mixed = csv_project(tmp_path / "all" / "mixed", "P2")
    (mixed / "other.yaml").write_text(PROJECT.format(name="P9"), "utf-8")
    found = records(run(str(tmp_path / "all"), "--format", "json"))
    (lost,) = (each for each in found if each["verdict"] is None)
    assert Path(lost["file"]).name == "mixed"
    assert "are of several projects: P9, P2" in lost["error"][0]
    assert [each["project_id"] for each in found if each["verdict"]] == ["P1"]


def test_a_csv_file_that_is_no_table_makes_no_project_of_its_folder(tmp_path: Path) -> None:
    for name in ("P1", "P2"):
        (tmp_path / f"{name}.yaml").write_text(PROJECT.format(name=name), "utf-8")
    (tmp_path / "outcomes.csv").write_text("a,b\n1,2\n", "utf-8")
    found = judge_portfolio([str(tmp_path)], load_pack("deployment"))
    assert sorted(each.project_id or "" for each in found.projects) == ["P1", "P2"]
    assert any("outcomes.csv" in note.text.en for note in found.notes)


def test_a_folder_of_csv_files_with_a_project_column_holds_many(tmp_path: Path) -> None:
    pack = load_pack("deployment")
    projects: dict[str, FactSet] = {
        name: load_facts(SAMPLES / f"{name}.yaml", pack.schema, assume_complete=("all",))
        for name in ("healthy-en", "platform-en")
    }
    for name, rows in rows_by_table(projects).items():
        with open(tmp_path / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    options = PortfolioOptions(gate="G3", as_of=AS_OF, assume_complete=("all",))
    found = judge_portfolio([str(tmp_path)], pack, options)
    assert [note.text.en for note in found.notes if note.is_error] == []
    from riskcheck.assessment import assess

    for each in found.projects:
        alone = assess(projects[each.project_id or ""], pack, gate="G3", as_of=AS_OF)
        assert (each.verdict, each.score) == (alone.verdict, alone.score)
    assert len(found.projects) == 2


# ------------------------------------------------------------ mapping


def mapped_records(folder: Path, project: str) -> list[dict[str, Any]]:
    (folder / "m.yml").write_text(MAPPED.replace("PROJECT", project), "utf-8")
    done = run(str(folder / "in"), "--mapping", str(folder / "m.yml"), "--gate", "G1", "--as-of", "2026-06-30",
               "--format", "json")  # fmt: skip
    return records(done)


def test_a_mapping_holds_for_each_project(tmp_path: Path) -> None:
    for name in ("P1", "P2"):
        folder = csv_project(tmp_path / "in" / name, name)
        (folder / "risks.csv").rename(folder / "风险台账.csv")
        (folder / "风险台账.csv").write_text("Ref,P\nR1,9\n", "utf-8")
    csv_project(tmp_path / "in" / "P3", "P3")
    found = mapped_records(tmp_path, "")
    assert {each["project_id"]: each["input_errors"] for each in found if each["verdict"]} == {"P1": 1, "P2": 1}
    (lost,) = (each for each in found if each["verdict"] is None)
    assert Path(lost["file"]).name == "P3"
    assert "风险台账" in lost["error"][0]


def test_a_mapping_may_name_the_column_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "project.csv").write_text("project_id,name\nA,a\nB,b\n", "utf-8")
    (tmp_path / "in" / "风险台账.csv").write_text("Whose,Ref,P\nA,R1,3\nB,R1,4\n", "utf-8")
    found = mapped_records(tmp_path, "project_id: Whose,")
    assert sorted(each["project_id"] for each in found) == ["A", "B"]


# ------------------------------------------------------------ interrupted


@pytest.mark.skipif(sys.platform == "win32", reason="signals to one process")
def test_ctrl_c_ends_the_run_without_a_file_or_a_traceback(tmp_path: Path) -> None:
    projects, out = tmp_path / "projects", tmp_path / "out"
    projects.mkdir()
    out.mkdir()
    (out / "old.csv").write_text("as it was", "utf-8")
    text = (SAMPLES / "healthy-en.yaml").read_text("utf-8")
    for number in range(3):
        (projects / f"p{number}.yaml").write_text(text, "utf-8")
    os.mkfifo(projects / "q.yaml")  # the run waits here until it is interrupted
    command = [sys.executable, "-m", "riskcheck", "portfolio", str(projects), "-o", str(out / "old.csv")]
    command += ["-o", str(out / "new.xlsx")]
    started = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        # Shells start what goes on in the background with this signal ignored, and all that it starts inherits that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    with open(projects / "q.yaml", "wb"):  # returns once the run reads here
        started.send_signal(signal.SIGINT)
    # Only now the file ends: a signal that comes just before the run waits for the file does not wake it.
    _, told = started.communicate(timeout=60)
    assert started.returncode not in (0, 1, 3, 4)
    assert b"Traceback" not in told
    assert [each.name for each in out.iterdir()] == ["old.csv"]
    assert (out / "old.csv").read_text("utf-8") == "as it was"
