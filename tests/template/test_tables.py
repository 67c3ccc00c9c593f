"""The workbook to fill in: which tables it has, and which of them are to be declared complete."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from riskcheck.packs.load import load_pack
from riskcheck.template.selection import select
from riskcheck.template.workbook import render_template
from tests.packs.smallpack import write_checks


def test_tables_of_evidence_are_in_the_template_of_every_gate_and_need_no_declaration(tiny: Path) -> None:
    write_checks(tiny, "pass_if: has(project.signed_on)")
    with (tiny / "facts.yaml").open("a", encoding="utf-8") as file:
        file.write("  evidence:\n    title: {en: Evidence, zh: 证据}\n    fields:\n")
        file.write("      fact: {type: string, title: {en: Fact, zh: 资料}}\n")
    for gate, tables in (("G1", ["Project", "Evidence"]), (None, ["Project", "Tasks", "Evidence"])):
        pack = load_pack(tiny)
        book = openpyxl.load_workbook(io.BytesIO(render_template(pack, select(pack, gate), "en")))
        assert [name for name in book.sheetnames if not name.startswith("#")] == [*tables, "table_status"]
        declared = [row[0].value for row in book["table_status"].iter_rows(min_row=3, max_row=2 + len(tables))]
        assert [name for name in declared if name] == [name for name in tables if name != "Evidence"]
