"""`--mapping` on the command line: what the report says of it, and what is refused."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from jsonschema import validate

import riskcheck
from riskcheck.cli.group import cli
from riskcheck.errors import RiskcheckError
from riskcheck.reports.phrases import declaring_command

SCHEMAS = Path(riskcheck.__file__).parent / "reports"
MAPPING = """\
mapping: 1
sheets:
  - sheet: RAID
    table: risks
    fields: {risk_id: Ref, status: {words: {○: open}}}
  - {sheet: Who, table: raci, fields: {work_package: Step}, matrix: {across: role, cells: code}}
constants:
  project: {project_id: P-1, gate: G1, as_of: 2026-06-30}
complete:
  risks: {by: 张伟, on: 2026-06-29}
  changes: {by: Li Na, on: 2026-06-30}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    raid = book.active
    assert raid is not None
    raid.title = "RAID"
    for row in (["Ref", "Status", "Likelihood"], ["R1", "○", 3]):
        raid.append(row)
    who = book.create_sheet("Who")
    for row in (["Step", "PM", "Dev"], ["Design", "A/R", "C"]):
        who.append(row)
    book.save(tmp_path / "raid.xlsx")
    (tmp_path / "m.yaml").write_text(MAPPING, "utf-8")
    return tmp_path


def run(*args: str) -> Result:
    done = CliRunner().invoke(cli, args, standalone_mode=False)
    if done.exception is not None and not isinstance(done.exception, RiskcheckError):
        raise done.exception
    return done


def test_the_report_names_the_mapping_and_what_it_declares(folder: Path) -> None:
    done = run("check", "raid.xlsx", "--mapping", "m.yaml")
    lines = " ".join(done.stdout.split())
    assert "Mapping m.yaml (" in lines
    assert (
        "! Declared complete by 张伟 on 2026-06-29, in the mapping m.yaml and not in the facts: Project risks" in lines
    )
    assert (
        "! Declared complete by Li Na on 2026-06-30, in the mapping m.yaml and not in the facts: Changes (none" in lines
    )
    assert done.return_value == 4


def test_json_names_it_with_its_digest_and_holds_to_the_schema(folder: Path) -> None:
    document = json.loads(run("check", "raid.xlsx", "--mapping", "m.yaml", "--format", "json").stdout)
    validate(document, json.loads((SCHEMAS / "report.schema.json").read_text("utf-8")))
    assert document["mapping"]["file"] == "m.yaml"
    assert len(document["mapping"]["sha256"]) == 64
    assert [(each["code"], each["tables"]) for each in document["assumptions"]] == [
        ("mapped-complete", ["risks"]),
        ("mapped-complete", ["changes"]),
    ]
    assert (document["project"]["id"], document["gate"]) == ("P-1", "G1")


def test_the_report_workbook_names_it(folder: Path) -> None:
    run("check", "raid.xlsx", "--mapping", "m.yaml", "-o", "report.xlsx", "-q")
    sheet = openpyxl.load_workbook(folder / "report.xlsx").worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "m.yaml" in texts
    assert sha256((folder / "m.yaml").read_bytes()).hexdigest() in texts
    assert any(text.startswith("Declared complete by 张伟 on 2026-06-29") for text in texts)


def test_inspect_shows_what_is_read_by_it(folder: Path) -> None:
    shown = run("inspect", "raid.xlsx", "--mapping", "m.yaml").stdout
    assert "Mapping m.yaml (" in shown
    assert "Ref                        → Risk ID (risk_id)" in shown
    assert "PM                         → Role (role)" in shown
    assert "3 rows" in shown
    document = json.loads(run("inspect", "raid.xlsx", "--mapping", "m.yaml", "--format", "json").stdout)
    validate(document, json.loads((SCHEMAS / "inspection.schema.json").read_text("utf-8")))
    assert [table["form"] for sheet in document["sheets"] for table in sheet["tables"]] == ["rows", "matrix"]


def test_inspect_shows_why_a_mapping_does_not_fit(folder: Path) -> None:
    (folder / "m.yaml").write_text(MAPPING.replace("risk_id: Ref", "risk_id: Reff"), "utf-8")
    done = run("inspect", "raid.xlsx", "--mapping", "m.yaml", "--lang", "zh")
    said = "".join(done.stdout.split())
    assert "映射中的“Reff”不是工作表“RAID”中的名称；是否为“Ref”？" in said
    assert "RAID→项目风险无法读取" in said
    assert done.return_value == 3


def test_a_template_is_filled_with_what_is_read_by_it(folder: Path) -> None:
    run("template", "--from", "raid.xlsx", "--mapping", "m.yaml", "-o", "new.xlsx")
    pack = riskcheck.load_pack("deployment")
    facts = riskcheck.load_facts(folder / "new.xlsx", pack)
    assert list(facts.by_name["raci"].columns["code"]) == ["A", "R", "C"]
    assert facts.by_name["risks"].closed
    done = run("template", "--mapping", "m.yaml", "-o", "other.xlsx")
    assert isinstance(done.exception, RiskcheckError)
    assert done.exception.exit_code == 2


def test_the_annotated_copy_marks_cells_that_were_read_by_it(folder: Path) -> None:
    run("check", "raid.xlsx", "--mapping", "m.yaml", "--annotate", "marked.xlsx", "-q")
    assert (folder / "marked.xlsx").exists()


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("mapping: 1\nsheets: [{sheet: RAID}]", 2, 'the sheet "RAID": the key "table" is missing'),
        ("mapping: 1\nsheets: [{sheet: Riad, table: risks}]", 3, 'did you mean "RAID"?'),
    ],
)
def test_a_mapping_that_is_wrong_or_does_not_fit(folder: Path, text: str, code: int, message: str) -> None:
    (folder / "m.yaml").write_text(text, "utf-8")
    error = run("check", "raid.xlsx", "--mapping", "m.yaml").exception
    assert isinstance(error, RiskcheckError)
    assert error.exit_code == code
    assert message in str(error)


def test_no_output_goes_over_the_mapping(folder: Path) -> None:
    (folder / "m.json").write_text(MAPPING, "utf-8")
    error = run("check", "raid.xlsx", "--mapping", "m.json", "-o", "m.json").exception
    assert isinstance(error, RiskcheckError)
    assert (folder / "m.json").read_text("utf-8") == MAPPING


def test_a_mapping_goes_with_yaml_facts_as_far_as_it_names_no_sheets(folder: Path) -> None:
    (folder / "facts.yaml").write_text("risks: [{risk_id: R1}]", "utf-8")
    (folder / "m.yaml").write_text("mapping: 1\nconstants: {project: {gate: G1, as_of: 2026-06-30}}", "utf-8")
    assert run("check", "facts.yaml", "--mapping", "m.yaml", "-q").return_value == 4


def test_python_reads_by_a_mapping_too(folder: Path) -> None:
    pack = riskcheck.load_pack("deployment")
    mapping = riskcheck.load_mapping(folder / "m.yaml", pack)
    facts = riskcheck.load_facts(folder / "raid.xlsx", pack, mapping=mapping)
    assert facts.single("project", "project_id") == "P-1"


def test_a_workbook_that_is_not_understood_says_how_to_map_it(folder: Path) -> None:
    error = run("check", "raid.xlsx").exception
    assert "or tell in a mapping how it is read: riskcheck map raid.xlsx -o mapping.yaml proposes one" in str(error)
    assert '"Who" looks like a matrix' not in str(error)  # two letters are too few to say so


def test_a_matrix_and_swapped_rows_and_columns_are_named_as_such(folder: Path) -> None:
    book = openpyxl.Workbook()
    wide = book.active
    assert wide is not None
    wide.title = "uk"
    for name in ("Programme", "Ministry", "Rating", "Start (latest)"):
        wide.append([name, *(f"{name} {number}" for number in range(12))])
    letters = book.create_sheet("Duties")
    for row in (["Step", "PM", "Dev"], ["a", "A/R", "C"], ["b", "A", "R"], ["c", "I", "AR"]):
        letters.append(row)
    book.save(folder / "odd.xlsx")
    message = str(run("check", "odd.xlsx").exception)
    assert '"uk" seems to have its rows and columns swapped' in message
    assert "say transposed: true in a mapping" in message
    assert '"Duties" looks like a matrix of the table RACI' in message
    facts = book.create_sheet("Tasks")
    facts.append(["Task ID", "Owner"])
    facts.append(["T1", "a"])
    book.save(folder / "odd.xlsx")
    seen = " ".join(run("inspect", "odd.xlsx").stdout.split())
    assert '"uk" seems to have its rows and columns swapped' in seen
    assert '"Duties" looks like a matrix of the table RACI; a mapping reads it as such' in seen
    del book["Tasks"]
    book.save(folder / "odd.xlsx")
    assert "行列互换" in run("check", "odd.xlsx").exception.diagnostics[0].render("zh")  # type: ignore[union-attr]


def test_the_sheet_of_a_matrix_says_so(folder: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "RACI"
    for row in (["Step", "PM", "Dev"], ["a", "A/R", "C"], ["b", "A", "R"], ["c", "I", "AR"]):
        book.active.append(row)
    book.save(folder / "raci.xlsx")
    assert "it looks like a matrix, with names across and letters in the cells" in str(
        run("check", "raci.xlsx").exception
    )


def test_a_suggested_command_names_the_mapping_that_is_in_use() -> None:
    command = declaring_command(["a b.xlsx"], ["tasks", "risks"], None, "my map.yaml")
    assert command == "riskcheck check 'a b.xlsx' --mapping 'my map.yaml' --assume-complete tasks,risks"


LEFT_OUT = [
    ("{sheet: RAID, table: risks, fields: {risk_id: Ref}, ignore: [Likelihood]}", ["C1 Likelihood"]),
    ("{sheet: RAID, table: risks, fields: {risk_id: Ref}, only: true}", ["B1 Status", "C1 Likelihood"]),
    (
        "{sheet: Who, table: raci, fields: {work_package: Step}, matrix: {across: role, cells: code}, ignore: [Dev]}",
        ["C1 Dev"],
    ),
    (
        "{sheet: Turned, table: risks, transposed: true, header: A, fields: {risk_id: Ref}, ignore: [Likelihood]}",
        ["A2 Likelihood"],
    ),
    ("{sheet: Form, table: project, fields: {project_id: No.}, ignore: [Sponsor]}", ["A2 Sponsor"]),
]


@pytest.mark.parametrize(("entry", "expected"), LEFT_OUT)
def test_inspect_lists_what_the_mapping_leaves_out(folder: Path, entry: str, expected: list[str]) -> None:
    book = openpyxl.load_workbook("raid.xlsx")
    for name, rows in {
        "Turned": (["Ref", "R1"], ["Likelihood", 3]),
        "Form": (["No.", "P-1"], ["Sponsor", "A"], ["Gate", "G1"]),
    }.items():
        for row in rows:
            (book[name] if name in book.sheetnames else book.create_sheet(name)).append(row)
    book.save("raid.xlsx")
    Path("m.yaml").write_text(f"mapping: 1\nonly: true\nsheets:\n- {entry}\n", "utf-8")
    found = json.loads(run("inspect", "raid.xlsx", "--mapping", "m.yaml", "--format", "json").output)
    validate(found, json.loads((SCHEMAS / "inspection.schema.json").read_text("utf-8")))
    columns = [each for sheet in found["sheets"] for table in sheet["tables"] for each in table["columns"]]
    assert [f"{each['cell']} {each['header']}" for each in columns if each["state"] == "unmapped"] == expected
    said = run("inspect", "raid.xlsx", "--mapping", "m.yaml", "--lang", "zh").output
    assert said.count("× 按映射未读取") == len(expected)
