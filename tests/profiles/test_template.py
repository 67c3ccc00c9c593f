"""`template --profile`: only what the checks that are left read, and the file reads back whole."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from riskcheck.cli.group import cli
from riskcheck.facts.load import load_facts
from riskcheck.packs.load import load_pack
from riskcheck.template.selection import select
from riskcheck.template.workbook import render_template
from tests.profiles.written import SMALL, profile
from tests.template.written import header_row, tables, texts

DROP = "drop: [{tables: [parts], reason: none}, {checks: [A-1.b, B-1.d], reason: not asked}]\n"


def headers(content: bytes) -> dict[str, list[str]]:
    """The columns of each sheet; of one with keys on the left, the keys."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for sheet in tables(book):
        row = header_row(sheet)
        keyed = sheet.cell(row, 1).value == "Field"
        found[sheet.title] = [cell.value for cell in sheet["A"][row:]] if keyed else texts(sheet, row)
    return found


def test_only_tables_and_columns_that_are_read_are_left(tmp_path: Path) -> None:
    pack = load_pack(SMALL)
    content = render_template(pack, select(pack, None, profile(tmp_path, DROP, pack)), "en")
    assert headers(content) == {
        "Project": ["Project id", "Name", "Gate", "As of", "Planned", "Earned", "Signed on", "Manager"],
        "Tasks": ["Task id", "Owner"],
        "Table status": ["Table", "Complete", "As of", "Declared by", "# Rows"],
    }


def test_a_gate_narrows_it_further(tmp_path: Path) -> None:
    pack = load_pack(SMALL)
    content = render_template(pack, select(pack, "G1", profile(tmp_path, DROP, pack)), "en")
    assert headers(content)["Project"] == ["Project id", "Name", "Gate", "As of", "Signed on", "Manager"]


def test_a_profile_that_drops_nothing_leaves_all(tmp_path: Path) -> None:
    pack = load_pack(SMALL)
    chosen = profile(tmp_path, "complete: [tasks]\n", pack)
    assert headers(render_template(pack, select(pack, None, chosen), "en")) == headers(
        render_template(pack, select(pack), "en")
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_guide_says_how_to_judge_it(lang: str, tmp_path: Path) -> None:
    said = profile(tmp_path, DROP)
    target = tmp_path / "t.xlsx"
    options = ["--pack", str(SMALL), "--profile", str(tmp_path / "mine.yaml"), "--lang", lang]
    done = CliRunner().invoke(cli, ["template", "-o", str(target), *options])
    assert done.exit_code == 0
    guide = openpyxl.load_workbook(target).worksheets[0]
    assert f"--profile {said.option}" in str([cell.value for cell in guide["A"]])


def test_it_reads_back_without_a_problem(tmp_path: Path) -> None:
    pack = load_pack(SMALL)
    target = tmp_path / "t.xlsx"
    target.write_bytes(render_template(pack, select(pack, None, profile(tmp_path, DROP, pack)), "zh"))
    assert load_facts(target, pack.schema).problems == ()
