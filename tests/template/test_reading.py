"""What is written to be filled in is read back: no help is taken for facts, and nothing is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.facts.cellvalue import NOTHING, reader_for
from riskcheck.facts.tablestatus import STATUS
from riskcheck.facts.unread import Unread
from riskcheck.model.factset import EMPTY, MISSING
from riskcheck.model.text import Language
from riskcheck.template.examples import MARK, Examples
from riskcheck.template.selection import select
from tests.template.written import header_row, opened, read_back, shipped, tables, template


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("gate", [None, "G1", "G2"])
def test_an_untouched_template_has_blank_facts_and_no_problem(
    language: Language, gate: str | None, tmp_path: Path
) -> None:
    facts = read_back(template(language, gate), tmp_path, shipped())
    assert facts.problems == ()
    selection = select(shipped(), gate)
    for table in selection.tables:
        read = facts.by_name[table.name]
        assert read.present
        assert read.row_count == (1 if table.one_row else table.min_rows if table.min_rows > 1 else 0)
        known = {cell for field in table.fields for cell in read.columns[field.name]} - {MISSING}
        words = {word.name for field in table.fields for word in field.allowed}
        assert known <= (words if read.row_count > 1 or gate else set())
        assert not read.closed


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_column_is_found(language: Language, tmp_path: Path) -> None:
    facts = read_back(template(language), tmp_path, shipped())
    for table in select(shipped()).tables:
        origin = facts.by_name[table.name].origin
        for field in table.fields:
            if facts.by_name[table.name].row_count:
                location = origin.cell_location(0, field.name)
                assert location is not None
                assert location.cell is not None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_example_can_be_read_as_a_fact(language: Language) -> None:
    selection = select(shipped())
    examples = Examples(selection.tables, selection.checks, language)
    for table in selection.tables:
        for field, example in zip(table.fields, examples.of(table), strict=True):
            read = reader_for(field)(example)
            assert read is not NOTHING, (table.name, field.name)
            assert not isinstance(read, Unread), (table.name, field.name, example)
            assert read is not EMPTY or field.optional, (table.name, field.name)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_examples_stand_in_the_workbook_as_comments(language: Language) -> None:
    book, mark = opened(template(language)), MARK.of(language)
    selection = select(shipped())
    examples = Examples(selection.tables, selection.checks, language)
    for table in selection.tables:
        sheet = book[table.title.of(language)[:31]]
        shown = examples.of(table)
        row = header_row(sheet)
        if table.one_row:
            below = range(row + 1, row + 1 + len(shown))
            assert tuple(sheet.cell(each, 5).value for each in below) == shown
        else:
            assert tuple(cell.value for cell in sheet[row - 1]) == (mark + shown[0], *shown[1:])


def test_examples_of_one_thing_name_each_other() -> None:
    selection = select(shipped())
    examples = Examples(selection.tables, selection.checks, "en")
    shown = {
        (table.name, field.name): example
        for table in selection.tables
        for field, example in zip(table.fields, examples.of(table), strict=True)
    }
    assert shown["deliverables", "deliverable_id"] == shown["tasks", "deliverable_id"]
    assert shown["sla_items", "sla_item_id"] == shown["criteria", "sla_item_id"]
    assert shown["tasks", "planned_start"] < shown["tasks", "planned_finish"]


@pytest.mark.parametrize(("language", "yes"), [("en", "yes"), ("zh", "是")])
def test_a_filled_in_row_and_declaration_are_read(language: Language, yes: str, tmp_path: Path) -> None:
    book = opened(template(language))
    tasks, status = (book[name] for name in (("Tasks", "Table status") if language == "en" else ("任务", "表状态")))
    tasks.cell(header_row(tasks) + 1, 1, "T1")
    row = next(row for row in range(1, status.max_row) if status.cell(row, 1).value == tasks.title)
    status.cell(row, 2, yes)
    status.cell(row, 4, "Li Wei")
    file = tmp_path / "filled.xlsx"
    book.save(file)
    facts = read_back(file.read_bytes(), tmp_path, shipped())
    assert facts.by_name["tasks"].columns["task_id"] == ("T1",)
    assert facts.by_name["tasks"].columns["predecessors"] == (EMPTY,)
    assert [(each.table, each.declared_by) for each in facts.closures] == [("tasks", "Li Wei")]


def test_table_status_names_the_tables_and_declares_none(tmp_path: Path) -> None:
    book = opened(template("zh", "G1"))
    sheet = next(each for each in tables(book) if each.title == "表状态")
    listed = [row[0].value for row in sheet.iter_rows(min_row=header_row(sheet) + 1) if row[0].value]
    selected = select(shipped(), "G1")
    assert listed == [table.title.zh for table in selected.to_declare]
    assert read_back(template("zh", "G1"), tmp_path, shipped()).closures == ()
    assert STATUS not in {table.name for table in selected.tables}
