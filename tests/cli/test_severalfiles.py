"""Several files, and folders of CSV files, as one project in every command that takes facts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result

from riskcheck.cli.group import cli
from riskcheck.errors import FactsError, UsageError

PACK = Path(__file__).parents[2] / "docs" / "example-pack"
SIGNED = "{contract_signed_on: 2026-05-01, has_personal_data: yes, data_agreement_on: 2026-05-02}"
PROJECT = "project: {project_id: P-1, gate: G1, as_of: 2026-06-30}\ntable_status: [{table: '*', complete: yes}]\n"
DOCUMENTS = "document_id,required,received_on\nD1,yes,2026-06-01\n"
STATUS = "table,complete\ndocuments,yes\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in YAML and CSV: `plan.yaml` and the folder `data`; in `unsigned.yaml` a contract is not signed."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(PACK, tmp_path / "pack")
    (tmp_path / "plan.yaml").write_text(f"{PROJECT}supplier: {SIGNED}\n", "utf-8")
    unsigned = SIGNED.replace("contract_signed_on: 2026-05-01", "contract_signed_on: none")
    (tmp_path / "unsigned.yaml").write_text(f"{PROJECT}supplier: {unsigned}\n", "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "documents.csv").write_text(DOCUMENTS, "utf-8")
    (tmp_path / "data" / "table_status.csv").write_text(STATUS, "utf-8")
    return tmp_path


def run(command: str, *arguments: str, stdin: str | None = None) -> Result:
    done = CliRunner().invoke(
        cli, [command, *arguments, "--pack", "pack", "--config", "none"], standalone_mode=False, input=stdin
    )
    if done.exception is not None:
        raise done.exception
    return done


def checked(*facts: str, stdin: str | None = None) -> Any:
    return json.loads(run("check", *facts, "--format", "json", stdin=stdin).stdout)


def test_a_baseline_of_several_files_is_met_by_the_same_files(folder: Path) -> None:
    run("baseline", "plan.yaml", "data", "-o", "base.json")
    assert [each["file"] for each in json.loads(Path("base.json").read_text("utf-8"))["inputs"]] == [
        "plan.yaml",
        "data/documents.csv",
        "data/table_status.csv",
    ]
    assert run("check", "plan.yaml", "data", "--baseline", "base.json", "-q").return_value == 0
    assert run("check", "unsigned.yaml", "data", "--baseline", "base.json", "-q").return_value == 1


def test_no_command_writes_over_a_file_of_its_folders(folder: Path) -> None:
    shutil.copy("data/documents.csv", "data/m.csv")
    before = Path("data/m.csv").read_bytes()
    Path("w.yaml").symlink_to("data/m.csv")
    for command in (
        ("map", "plan.yaml", "data", "-o", "w.yaml", "--force"),
        ("waive", "unsigned.yaml", "data", "SUP-01.a", "--waivers", "w.yaml", *WAIVED),
    ):
        with pytest.raises(UsageError, match="input file"):
            run(*command)
    assert Path("data/m.csv").read_bytes() == before


def test_standard_input_is_one_of_several_files(folder: Path) -> None:
    text = Path("plan.yaml").read_text("utf-8")
    plain, piped = checked("plan.yaml", "data"), checked("-", "data", stdin=text)
    assert (piped["verdict"], piped["score"]) == (plain["verdict"], plain["score"])
    run("baseline", "-", "data", "-o", "base.json", stdin=text)
    run("template", "--from", "-", "--from", "data", "-o", "new.xlsx", stdin=text)
    assert checked("new.xlsx")["score"] == plain["score"]


# ------------------------------------------------------------ map, template


def test_a_mapping_of_several_files_gives_what_they_give_without_it(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "documents"
    for row in (["document_id", "required", "Whatever"], ["D2", "no", 1]):
        sheet.append(row)
    book.save("more.xlsx")
    files = ("plan.yaml", "data", "more.xlsx")
    run("map", *files, "-o", "m.yaml")
    said = yaml.safe_load(Path("m.yaml").read_text("utf-8"))
    assert [(each["sheet"], each["file"]) for each in said["sheets"]] == [
        ("documents", "documents.csv"),
        ("documents", "more.xlsx"),
    ]
    plain, mapped = checked(*files), checked(*files, "--mapping", "m.yaml")
    assert (mapped.pop("mapping")["file"], plain.pop("mapping")) == ("m.yaml", None)
    assert mapped == plain
    assert run("inspect", *files, "--mapping", "m.yaml").return_value == 0


def test_files_of_one_name_are_told_apart_in_a_mapping(folder: Path) -> None:
    for name, row in (("a", "D2"), ("b", "D3")):
        Path(name).mkdir()
        Path(name, "documents.csv").write_text(f"document_id,required\n{row},yes\n", "utf-8")
    files = ("a/documents.csv", "b/documents.csv")
    run("map", *files, "-o", "m.yaml")
    said = yaml.safe_load(Path("m.yaml").read_text("utf-8"))
    assert tuple(each["file"] for each in said["sheets"]) == files
    assert run("inspect", *files, "--mapping", "m.yaml").return_value == 0


def test_files_of_yaml_alone_need_no_mapping(folder: Path) -> None:
    with pytest.raises(UsageError, match="names its tables"):
        run("map", "plan.yaml", "unsigned.yaml", "-o", "m.yaml")


def test_a_template_carries_over_what_several_files_say(folder: Path) -> None:
    done = run("template", "--from", "plan.yaml", "--from", "data", "-o", "new.xlsx")
    assert "carried over from plan.yaml, data: " in done.stderr
    plain, new = checked("plan.yaml", "data"), checked("new.xlsx")
    assert (new["verdict"], new["score"]) == (plain["verdict"], plain["score"])
    assert [each["outcome"] for each in new["findings"]] == [each["outcome"] for each in plain["findings"]]


# ------------------------------------------------------------ waive

WAIVED = ("--reason", "r", "--approver", "Ann Li", "--role", "sponsor", "--expires", "2026-07-31")


def failing() -> str:
    return next(each["check"] for each in checked("unsigned.yaml", "data")["findings"] if each["outcome"] == "fail")


@pytest.mark.parametrize("order", ["facts first", "check first"])
def test_files_and_checks_to_waive_are_told_apart_by_how_they_end(folder: Path, order: str) -> None:
    check = failing()
    operands = ("unsigned.yaml", "data", check) if order == "facts first" else (check, "unsigned.yaml", "data")
    done = run("waive", *operands, "--waivers", "w.yaml", *WAIVED)
    assert f"waived {check} (" in done.stderr
    (use,) = checked("unsigned.yaml", "data", "--waivers", "w.yaml")["waivers"]["entries"]
    assert use["fingerprint"] == use["fingerprint_now"]


@pytest.mark.parametrize(
    ("operands", "message"),
    [(("plan.yaml",), "no check is named"), (("SUP-01.a",), "no files of facts are named; SUP-01.a is none")],
)
def test_operands_of_one_kind_alone_waive_nothing(folder: Path, operands: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        run("waive", *operands, "--waivers", "w.yaml", *WAIVED)


# ------------------------------------------------------------ compare


def compared(*arguments: str) -> Any:
    return json.loads(run("compare", *arguments, "--format", "json").stdout)


def test_two_sides_of_several_files_are_compared(folder: Path) -> None:
    found = compared("plan.yaml", "unsigned.yaml", "--with-old", "data", "--with-new", "data")
    whole = checked("unsigned.yaml", "data")["score"]["low"]
    assert found["new"]["score"]["low"] == whole
    assert found["old"]["file"] == "plan.yaml, data"
    assert [each["kind"] for each in found["changes"]] == ["new"]


def test_a_report_has_no_files_beside_it(folder: Path) -> None:
    run("check", "plan.yaml", "data", "-q", "-o", "old.json")
    assert compared("old.json", "plan.yaml", "--with-new", "data")["changes"] == []
    with pytest.raises(UsageError, match=r"old\.json is a report"):
        compared("old.json", "plan.yaml", "--with-old", "data")


def test_the_old_facts_of_several_files_are_judged_again(folder: Path) -> None:
    Path("data/notes.csv").write_text("nothing,known\n1,2\n", "utf-8")
    run("check", "plan.yaml", "data", "-q", "-o", "old.json")
    rules = next(Path("pack").rglob("SUP-01.yaml"))
    rules.write_text(rules.read_text("utf-8").replace("has(supplier.contract_signed_on)", "false"), "utf-8")
    again = compared("old.json", "plan.yaml", "--with-new", "data")
    assert again["score_change"]["rules"] < 0
    Path("moved").mkdir()
    for name in ("plan.yaml", "data"):
        shutil.move(name, "moved")
    places = ("--old-facts", "moved/data", "--old-facts", "moved/plan.yaml")
    moved = compared("old.json", "moved/plan.yaml", "--with-new", "moved/data", *places)
    assert moved["score_change"] == again["score_change"]


def test_a_review_date_that_two_files_say_differently_is_refused_with_both(folder: Path) -> None:
    Path("other.yaml").write_text("project: {as_of: 2026-07-31}\n", "utf-8")
    with pytest.raises(FactsError) as refused:
        run("check", "plan.yaml", "other.yaml", "data")
    said = " ".join(refused.value.diagnostics[0].render().split())
    assert 'is "2026-06-30" in plan.yaml:1:' in said
    assert '"2026-07-31" in other.yaml:1:' in said
    assert "为“2026-06-30”" in refused.value.diagnostics[0].render("zh")
    assert run("check", "plan.yaml", "other.yaml", "data", "--as-of", "2026-06-30", "--exit-zero").return_value == 0
