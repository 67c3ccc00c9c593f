"""`check --annotate` on the command line: what it writes, what it refuses before any work, and what stays the same."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from tests.annotate.lossless import assert_lossless
from tests.annotate.marking import load_workbook
from tests.cli.test_check import FACTS, run

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "unclear-sla-zh.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(SAMPLE, tmp_path / "plan.xlsx")
    (tmp_path / "facts.yaml").write_text(FACTS, "utf-8")
    return tmp_path


def test_the_copy_is_written_beside_the_reports_which_stay_as_they_are(folder: Path) -> None:
    plain = run("check", "plan.xlsx", "-o", "one.json", "--lang", "zh", cwd=folder)
    done = run("check", "plan.xlsx", "-o", "two.json", "--annotate", "copy.xlsx", "--lang", "zh", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, plain.stdout, b"")
    assert (folder / "one.json").read_bytes() == (folder / "two.json").read_bytes()
    assert (folder / "plan.xlsx").read_bytes() == SAMPLE.read_bytes()
    copy = (folder / "copy.xlsx").read_bytes()
    assert_lossless(SAMPLE.read_bytes(), copy)
    book = load_workbook(BytesIO(copy))
    assert book.sheetnames[-1] == "# 检查结果"
    comment = book["服务级别协议"]["E2"].comment.text
    assert "[不通过] EXE-RC-04.a  SLA条目范围与指标完整" in comment
    assert "→ 与客户共同补全条目，重新签署SLA。 (服务级别经理, 过关前)" in comment


def test_the_copy_gives_the_same_result_and_annotated_again_the_same_bytes(folder: Path) -> None:
    run("check", "plan.xlsx", "-q", "-o", "one.json", "--annotate", "copy.xlsx", cwd=folder)
    run("check", "copy.xlsx", "-q", "-o", "two.json", "--annotate", "again.xlsx", cwd=folder)
    documents = ((folder / name).read_text("utf-8") for name in ("one.json", "two.json"))
    one, two = (json.loads(text.replace("copy.xlsx", "plan.xlsx")) for text in documents)
    assert one.pop("inputs")[0]["file"] == two.pop("inputs")[0]["file"]
    assert one == two
    assert (folder / "again.xlsx").read_bytes() == (folder / "copy.xlsx").read_bytes()


def test_every_deciding_cell_is_marked_not_only_those_that_reports_list(folder: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(folder / "many.xlsx") as book:
        project = book.add_worksheet("project")
        project.write_row(0, 0, ["field", "value"])
        for row, pair in enumerate((("project_id", "P-1"), ("gate", "G1"), ("as_of", "2026-06-30")), 1):
            project.write_row(row, 0, pair)
        status = book.add_worksheet("table_status")
        status.write_row(0, 0, ["table", "complete"])
        status.write_row(1, 0, ["*", "yes"])
        tasks = book.add_worksheet("tasks")
        more = {"parent_id": "none", "is_milestone": "no", "status": "done", "planned_start": "2026-01-01"}
        more |= {"planned_finish": "2026-01-02", "effort_hours": "8"}
        tasks.write_row(0, 0, ["task_id", "owner", *more])
        for row in range(1, 61):
            tasks.write_row(row, 0, [f"T{row}", "none", *more.values()])
    run("check", "many.xlsx", "-q", "-o", "r.json", "--annotate", "copy.xlsx", cwd=folder)
    found = json.loads((folder / "r.json").read_text("utf-8"))["findings"]
    listed = next(each for each in found if each["check"] == "PLN-RC-02.a")
    assert (listed["evidence_count"], len(listed["evidence"])) == (60, 20)
    sheet = load_workbook(folder / "copy.xlsx")["tasks"]
    assert all("PLN-RC-02.a" in sheet[f"B{row}"].comment.text for row in range(2, 62))


REFUSED = [
    (["facts.yaml", "--annotate", "copy.xlsx"], "facts.yaml: only .xlsx and .xlsm workbooks can be annotated"),
    (["-", "--annotate", "copy.xlsx"], "standard input: only .xlsx and .xlsm workbooks"),
    (
        ["plan.xlsx", "--annotate", "copy.xlsm"],
        "copy.xlsm: the copy of a .xlsx workbook is one, too; name it FILE.xlsx",
    ),
    (["plan.xlsx", "--annotate", "plan.xlsx"], "plan.xlsx: this is the input file"),
    (["plan.xlsx", "--annotate", "no/such/copy.xlsx"], 'the folder "no/such" does not exist'),
    (["plan.xlsx", "-o", "copy.xlsx", "--annotate", "./copy.xlsx"], "this file is named twice"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_cannot_be_annotated_is_refused_before_any_work(arguments: list[str], said: str, folder: Path) -> None:
    before = sorted(folder.iterdir())
    done = run("check", *arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert done.stdout == b""
    assert sorted(folder.iterdir()) == before


def test_errors_are_in_chinese_when_that_is_asked_for(folder: Path) -> None:
    done = run("check", "facts.yaml", "--annotate", "copy.xlsx", "--lang", "zh", cwd=folder)
    assert "facts.yaml：只能批注 .xlsx 和 .xlsm 工作簿" in done.stderr.decode()


def test_a_workbook_that_cannot_be_annotated_leaves_no_report_either(folder: Path) -> None:
    import zipfile

    with zipfile.ZipFile(folder / "plan.xlsx", "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", b"<Signature/>")
    done = run("check", "plan.xlsx", "-o", "r.json", "--annotate", "copy.xlsx", cwd=folder)
    assert done.returncode == 3
    assert "the workbook is signed" in done.stderr.decode()
    assert sorted(path.name for path in folder.iterdir()) == ["facts.yaml", "plan.xlsx"]


def test_a_plain_check_imports_nothing_of_it(folder: Path) -> None:
    root = str(Path(__file__).parent.parent.parent)
    command = [sys.executable, "-X", "importtime", "-m", "riskcheck", "check", "plan.xlsx", "-q"]
    done = subprocess.run(command, cwd=folder, capture_output=True, env={"PYTHONPATH": root}, check=False)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "riskcheck.assessment" in imported
    assert not [name for name in imported if name.startswith(("riskcheck.annotate", "riskcheck.cli.annotate"))]
