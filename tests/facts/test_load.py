"""From a file to facts: what is read, and what each other file is told."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from riskcheck.errors import FactsError
from riskcheck.facts.load import load_facts
from riskcheck.model.factset import InputFile
from tests.facts.smallschema import SCHEMA

YAML = "project: {project_id: P-1}\n"


def workbook() -> bytes:
    """A workbook with the same facts as YAML."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "项目"
    sheet.append(["项目编号", "P-1"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["facts.yaml", "facts.YML", "facts.xlsx", "facts.XLSM"])
def test_the_suffix_tells_the_reader(tmp_path: Path, name: str) -> None:
    data = YAML.encode() if "Y" in name.upper().rpartition(".")[2] else workbook()
    path = tmp_path / name
    path.write_bytes(data)
    facts = load_facts(path, SCHEMA)
    assert facts.single("project", "project_id") == "P-1"
    assert facts.inputs == (InputFile(str(path), sha256(data).hexdigest()),)
    location = facts.by_name["project"].origin.table_location()
    assert location is not None
    assert location.file == str(path)
    assert path.read_bytes() == data


def test_standard_input_is_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(YAML.encode())))
    facts = load_facts("-", SCHEMA, assume_complete=("all",))
    assert facts.single("project", "project_id") == "P-1"
    assert facts.inputs[0].file == "-"
    assert facts.assumed_complete == ("project",)


REFUSED = {
    "f.yaml": (b"", "the file is empty"),
    "f.xlsx": (b"", "the file is empty"),
    "f.docx": (
        b"x",
        ".docx files are not read as facts\n  read are workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods), .csv",
    ),
    "facts": (b"x", "files without a suffix are not read as facts"),
    "g.yaml": (b"PK\x03\x04", "this is an Office file, not YAML\n  if it is a workbook, name it .xlsx"),
    "h.yaml": (b"a: [", ":1:5: a value or a closing bracket is expected here"),
    "i.yaml": (b"- a", ":1:1: the file holds a list"),
    "j.xlsx": (b"project: {}", "plain text, not an .xlsx workbook"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_place_and_cure(tmp_path: Path, name: str) -> None:
    data, message = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FactsError) as error:
        load_facts(path, SCHEMA)
    assert str(error.value).startswith(str(path))
    assert message in str(error.value)
    assert error.value.exit_code == 3


def test_no_such_file(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text(YAML)
    with pytest.raises(FactsError, match=r'no such file\n  did you mean ".*facts.yaml"\?'):
        load_facts(tmp_path / "fact.yaml", SCHEMA)
    with pytest.raises(FactsError, match="there is no folder"):
        load_facts(tmp_path / "nowhere" / "facts.yaml", SCHEMA)
    with pytest.raises(FactsError, match="no such file"):
        load_facts("a\0b.yaml", SCHEMA)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="this is a folder without CSV files\n  name the file that is meant"):
        load_facts(tmp_path, SCHEMA)


def test_too_large_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("riskcheck.facts.load.MAX_BYTES", 2**20)
    (tmp_path / "f.yaml").write_bytes(b"#" * (2**20 + 1))
    with pytest.raises(FactsError, match="more than 1 MiB"):
        load_facts(tmp_path / "f.yaml", SCHEMA)
