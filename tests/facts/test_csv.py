"""CSV files: one is a table, a folder of them a project; encoding and separator are found out or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.errors import FactsError
from riskcheck.facts import csvfile
from riskcheck.facts.csvfile import CsvForm, read_csv
from riskcheck.facts.inspectfile import inspect_facts
from riskcheck.facts.load import load_facts
from riskcheck.model.factset import EMPTY, MISSING
from riskcheck.model.inspection import PackName
from tests.facts.smallschema import SCHEMA, problems

TASKS = "编号,负责人,前置任务,工期\nT1,张伟,无,2\nT2,,T1,3\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TASKS.encode(), "UTF-8"),
        (TASKS.encode("utf-8-sig"), "UTF-8"),
        (TASKS.encode("gb18030"), "GB18030"),
        (TASKS.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TASKS.encode("utf-16-be"), "UTF-16"),
    ],
)
def test_the_encoding_is_found_out(tmp_path: Path, data: bytes, encoding: str) -> None:
    path = tmp_path / "任务.csv"
    path.write_bytes(data)
    facts = load_facts(path, SCHEMA, assume_complete=("all",))
    tasks = facts.by_name["tasks"]
    assert tasks.columns["task_id"] == ("T1", "T2")
    assert tasks.columns["owner"] == ("张伟", EMPTY)
    assert tasks.columns["level"] == (MISSING, MISSING)
    assert str(tasks.origin.cell_location(1, "owner")) == f"{path}!B3"
    assert tasks.origin.cell_location(1, "owner").within_file == "任务.csv!B3"  # type: ignore[union-attr]
    told = [f"{path} csv-encoding"] if encoding == "GB18030" else []
    assert problems(facts) == told
    inspection = inspect_facts(path, SCHEMA, PackName("small", "1"))
    (file,) = inspection.files
    assert file.form is not None
    assert file.form.en == f"{encoding}, separator: comma"


@pytest.mark.parametrize(
    ("text", "separator", "width"),
    [
        ("a,b\n1,2\n", ",", 2),
        ("a;b;c\n1,5;2,5;x\n", ";", 3),
        ("a\tb\n1,2\t2;3\n", "\t", 2),
        ('id,note\nT1,"x; y; z"\nT2,"a\nb"\n', ",", 2),
        ("only\none\n", None, 1),
        ("sep=;\na;b,c\n1;2,3\n", ";", 2),
        ("a title\n\nid,owner,status\nT1,x,done\nT2,y\n", ",", 3),
    ],
)
def test_the_separator_is_found_out(text: str, separator: str | None, width: int) -> None:
    read = read_csv(text.encode(), "tasks.csv")
    assert read.form == CsvForm("UTF-8", separator)
    assert {len(row) for row in read.sheet.rows} == {width}


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    read = read_csv(b'id,note\r\nT1,"a\r\nb"\r\n\r\nT2,#N/A\r\n\r\n', "t.csv")
    assert read.sheet.rows == (("id", "note"), ("T1", "a\r\nb"), ("", ""), ("T2", ""))
    assert read.sheet.errors == {(3, 1): "#N/A"}


REFUSED = {
    "latin": ("id,name\n1,caf\xe9 cr\xe8me\n".encode("latin-1"), "line 2 is not UTF-8"),
    "latin that fits": ("id,name\n1,caf\xe9t \xe9toile\xe9s\n".encode("latin-1"), "not known in which encoding"),
    "binary": (b"a,b\n\0\1\n", "the file holds zero bytes"),
    "workbook": (b"PK\x03\x04", "this is an Office file, not CSV"),
    "bad utf-8": (b"\xef\xbb\xbfa,b\n\xff\n", "the file says that it is UTF-8, and byte 5 is not"),
    "two separators": (b"a,b;c\n1,2;3\n", "semicolon and comma do so equally well"),
    "open quote": (b'a,b\n1,"2\n3,4\n', "!A2: in row 2 a quotation mark opens and is not closed"),
    "quote within": (b'a,b\n1,"2"x\n', "!A2: in row 2 a quotation mark"),
    "long cell": (b"a,b\n1," + b"x" * 140_000, "!A2: a cell of row 2 has more than 131,072 characters"),
    "too wide": (b"a,b\n" + b"," * 20_000 + b"\n" * 200 + b"x", "the file is too large: it has"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_in_doubt_is_refused(name: str) -> None:
    data, message = REFUSED[name]
    with pytest.raises(FactsError) as error:
        read_csv(data, "f.csv")
    assert message in str(error.value)
    assert error.value.diagnostics[0].hints
    assert error.value.diagnostics[0].render("zh") != error.value.diagnostics[0].render("en")


def test_cells_and_bytes_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvfile, "MAX_CELLS", 5)
    with pytest.raises(FactsError, match="more than 5 cells"):
        read_csv(b"a,b,c\n1,2,3\n", "f.csv")
    monkeypatch.setattr(csvfile, "MAX_FILE", 2**20)
    with pytest.raises(FactsError, match="more than 1 MiB"):
        read_csv(b"a" * (2**20 + 1), "f.csv")


def test_a_file_is_called_as_its_table(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(TASKS, "utf-8")
    with pytest.raises(FactsError, match="the file is called like no table of facts\n  call it as its table"):
        load_facts(path, SCHEMA)


def test_a_folder_is_a_project(tmp_path: Path) -> None:
    (tmp_path / "tasks.csv").write_text(TASKS, "utf-8")
    (tmp_path / "项目.csv").write_text("项目编号,P-1\n", "utf-8")
    (tmp_path / "other.CSV").write_text("x,y\n1,2\n", "utf-8")
    (tmp_path / "#notes.csv").write_text("x\n", "utf-8")
    (tmp_path / ".hidden.csv").write_bytes(b"\xff")
    (tmp_path / "readme.txt").write_bytes(b"\xff")
    facts = load_facts(tmp_path, SCHEMA)
    assert facts.single("project", "project_id") == "P-1"
    assert facts.by_name["tasks"].row_count == 2
    assert [Path(each.file).name for each in facts.inputs] == ["#notes.csv", "other.CSV", "tasks.csv", "项目.csv"]
    place = facts.by_name["tasks"].origin.cell_location(0, "owner")
    assert place is not None
    assert (str(place), place.within_file) == (f"{tmp_path}/tasks.csv!B2", "tasks.csv!B2")
    assert problems(facts) == [f"{tmp_path}/other.CSV unknown-sheet"]


def test_folders_without_facts(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="this is a folder without CSV files"):
        load_facts(tmp_path, SCHEMA)
    (tmp_path / "other.csv").write_text("x,y\n1,2\n", "utf-8")
    with pytest.raises(FactsError, match="no CSV file of this folder is called like a table"):
        load_facts(tmp_path, SCHEMA)


def test_a_sheet_that_begins_below_many_blank_rows_is_refused_at_its_first_row(tmp_path: Path) -> None:
    path = tmp_path / "tasks.csv"
    path.write_text("\n" * 70 + "a,b\nx,y\n", "utf-8")
    with pytest.raises(FactsError) as refused:
        load_facts(path, SCHEMA)
    diagnostic = refused.value.diagnostics[0]
    assert (diagnostic.code, str(diagnostic.location)) == ("no-header", f"{path}!A71")
