"""Which tables and columns the workbook to fill in has, and which tables are to be declared complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.errors import UsageError
from riskcheck.packs.load import load_pack
from riskcheck.template.selection import select
from riskcheck.template.workbook import render_template
from tests.packs.smallpack import write_checks
from tests.template.written import SMALL, header_row, opened, shipped, template, texts


def test_tables_of_evidence_are_in_the_template_of_every_gate_and_need_no_declaration(tiny: Path) -> None:
    write_checks(tiny, "pass_if: has(project.signed_on)")
    with (tiny / "facts.yaml").open("a", encoding="utf-8") as file:
        file.write("  evidence:\n    title: {en: Evidence, zh: 证据}\n    fields:\n")
        file.write("      fact: {type: string, title: {en: Fact, zh: 资料}}\n")
    for gate, tables in (("G1", ["Project", "Evidence"]), (None, ["Project", "Tasks", "Evidence"])):
        pack = load_pack(tiny)
        book = opened(render_template(pack, select(pack, gate), "en"))
        assert [name for name in book.sheetnames if not name.startswith("#")] == [*tables, "Table status"]
        status = book["Table status"]
        declared = [row[0].value for row in status.iter_rows(min_row=header_row(status) + 1)]
        assert [name for name in declared if name] == [name for name in tables if name != "Evidence"]


def test_a_gate_leaves_out_columns_that_only_later_gates_need() -> None:
    pack = load_pack(SMALL)
    whole, first = (dict_of_fields(pack, gate) for gate in (None, "G1"))
    assert whole["project"] - first["project"] == {"planned", "earned", "has_parts"}
    assert first["tasks"] == whole["tasks"]
    assert "parts" not in first


def dict_of_fields(pack: object, gate: str | None) -> dict[str, set[str]]:
    return {table.name: {field.name for field in table.fields} for table in select(pack, gate).tables}  # type: ignore[arg-type]


def test_what_says_which_review_it_is_stays_whoever_reads_it(tiny: Path) -> None:
    facts = (tiny / "facts.yaml").read_text("utf-8")
    names = "      name: {type: string, title: {en: Name, zh: 名称}}\n      budget:"
    (tiny / "facts.yaml").write_text(facts.replace("      budget:", names, 1), "utf-8")
    write_checks(tiny, "pass_if: has(project.signed_on)", "pass_if: has(project.name)")
    rules = tiny / "plan" / "PLN-1.yaml"
    later = rules.read_text("utf-8").rsplit("due_gate: G1", 1)
    rules.write_text("due_gate: G2".join(later), "utf-8")
    kept = dict_of_fields(load_pack(tiny), "G1")["project"]
    assert kept == {"project_id", "name", "budget", "signed_on"}  # nobody reads budget, so it belongs to no later gate


def test_an_unknown_gate_is_refused() -> None:
    with pytest.raises(UsageError, match="G9"):
        select(shipped(), "G9")


def test_every_field_that_is_not_computed_has_its_column() -> None:
    book = opened(template("en"))
    for table in shipped().schema.tables:
        sheet, titles = book[table.title.en[:31]], [f.title.en for f in table.fields if f.derived is None]
        row = header_row(sheet)
        found = (
            [sheet.cell(r, 1).value for r in range(row + 1, sheet.max_row + 1)] if table.one_row else texts(sheet, row)
        )
        assert found == titles


def test_the_same_arguments_give_the_same_bytes() -> None:
    pack = load_pack(SMALL)
    assert render_template(pack, select(pack), "zh") == render_template(load_pack(SMALL), select(pack), "zh")


@pytest.mark.parametrize("title", ["Tasks: all/some", "# of tasks", "'Tasks", "History", "[Tasks]"])
def test_a_title_that_is_no_name_of_a_sheet_gives_way_to_the_name_of_the_table(title: str, tiny: Path) -> None:
    facts = (tiny / "facts.yaml").read_text("utf-8")
    quoted = title.replace("'", "''")
    facts = facts.replace("title: {en: Tasks,", f"title: {{en: '{quoted}',").replace("en: Hours,", "en: '# of hours',")
    (tiny / "facts.yaml").write_text(facts, "utf-8")
    pack = load_pack(tiny)
    book = opened(render_template(pack, select(pack), "en"))
    assert "tasks" in book.sheetnames
    assert "hours" in texts(book["tasks"], header_row(book["tasks"]))
