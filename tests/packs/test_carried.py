"""Texts that no check reads, and people want all the same: known, carried, and no input problem."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import riskcheck
from riskcheck.cli.group import cli
from riskcheck.errors import RiskcheckError

EXAMPLE = Path(__file__).parents[2] / "docs" / "example-pack"
ANCHOR = "      document_id: {type: string, title: {en: Document ID, zh: 资料编号}}\n"
FIELD = "      about: {type: TYPE, title: {en: About, zh: 说明}, carried: true}\n"
LOGS = (
    ("risks", "风险编号,风险描述", "Risk ID,Risk description"),
    ("issues", "问题编号,问题描述", "Issue ID,Description"),
    ("changes", "变更编号,变更描述", "Change ID,Change description"),
)


def pack_with(tmp_path: Path, field: str, condition: str | None = None) -> Path:
    pack = shutil.copytree(EXAMPLE, tmp_path / "pack")
    facts = (pack / "facts.yaml").read_text("utf-8")
    assert ANCHOR in facts
    (pack / "facts.yaml").write_text(facts.replace(ANCHOR, ANCHOR + field, 1), "utf-8")
    if condition:
        rules = (pack / "SUP-01.yaml").read_text("utf-8")
        assert "document.required)" in rules
        (pack / "SUP-01.yaml").write_text(rules.replace("document.required)", condition, 1), "utf-8")
    return pack


def lint(pack: Path) -> str:
    return CliRunner().invoke(cli, ["rules", "lint", str(pack)]).output


def test_lint_asks_for_no_reader_of_a_carried_text_and_tells_of_one(tmp_path: Path) -> None:
    field = FIELD.replace("TYPE", "string")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "c").mkdir()
    assert "about" not in lint(pack_with(tmp_path / "a", field))
    assert "no check reads these fields of documents: about" in lint(
        pack_with(tmp_path / "b", field.replace(", carried: true", ""))
    )
    read = lint(pack_with(tmp_path / "c", field, 'document.required && document.about == "x")'))
    assert "checks read these fields of documents, whose problems are not told: about" in read


@pytest.mark.parametrize("field", [FIELD.replace("TYPE", "int"), FIELD.replace("TYPE", "string, optional: true")])
def test_only_a_text_that_is_not_optional_may_be_carried(tmp_path: Path, field: str) -> None:
    with pytest.raises(RiskcheckError, match='"carried" is for texts'):
        riskcheck.load_pack(str(pack_with(tmp_path, field)))


@pytest.mark.parametrize(("table", "zh", "en"), LOGS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_description_of_a_log_is_known_and_whatever_stands_there_is_no_problem(
    tmp_path: Path, table: str, zh: str, en: str, language: str
) -> None:
    pack = riskcheck.load_pack("deployment")
    header = zh if language == "zh" else en
    rows = ["R1,机房没有空调", "R2,/", "R3,待定", "R4,1.10"]
    (tmp_path / f"{table}.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    facts = riskcheck.load_facts(tmp_path / f"{table}.csv", pack)
    assert facts.by_name[table].columns["description"][0] == "机房没有空调"
    assert facts.by_name[table].row_count == 4
    assert facts.problems == ()
