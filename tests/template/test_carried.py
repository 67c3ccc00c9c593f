"""`template --from`: the new workbook gives the facts of the older file, and what it does not give is told."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.facts.sheet import CellValue, Sheet
from riskcheck.facts.workbook import read_workbook
from riskcheck.facts.workbookfacts import facts_from_sheets
from riskcheck.frozen import replace
from riskcheck.model.factset import FactSet
from riskcheck.model.schema import Field, Table
from riskcheck.model.text import Language
from riskcheck.packs.load import load_pack
from riskcheck.template.carried import carry
from riskcheck.template.carryover import carry_over
from riskcheck.template.leftbehind import differences
from riskcheck.template.selection import Selection, select
from riskcheck.template.workbook import render_template
from tests.facts.smallschema import PROJECT, SCHEMA, TASKS, of_sheets, of_yaml, sheet
from tests.facts.test_same_facts import CELLS
from tests.template.written import SMALL, header_row, opened, shipped

SAMPLES = Path(__file__).parent.parent.parent / "samples"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
ALL_TYPES = replace(load_pack(SMALL), schema=SCHEMA, checks=())
EVERYTHING = Selection(tuple(replace(t, fields=tuple(f for f in t.fields if not f.derived)) for t in SCHEMA.tables), ())


def said(facts: FactSet, tables: tuple[Table, ...]) -> dict[str, object]:
    """All that the facts of some tables say, but for the places where they stand. A one-row table may lack its row."""
    of_tables = {
        table.name: (
            [facts.single(table.name, field.name) for field in table.fields] if table.one_row else dict(read.columns),
            read.closed,
            {name: rows for name, rows in read.nothing.items() if rows},
        )
        for table in tables
        for read in (facts.by_name[table.name],)
    }
    closures = tuple((each.table, each.by, each.declared_by) for each in facts.closures)
    kept_open = {*facts.declared_open, *facts.partly_read}
    return {"tables": of_tables, "closures": closures, "open": kept_open, "days": facts.status_dates}


def carried_over(facts: FactSet, language: Language = "en") -> FactSet:
    """The facts of the small schema as they are read from the new workbook."""
    content = render_template(ALL_TYPES, EVERYTHING, language, carry(facts, EVERYTHING, language))
    return facts_from_sheets(read_workbook(content, "new.xlsx"), "new.xlsx", SCHEMA)


def values(table: Table, row: int, facts: FactSet) -> dict[str, object]:
    return {name: cells[row] for name, cells in facts.by_name[table.name].columns.items()}


# ------------------------------------------------------------ the samples


@pytest.mark.parametrize("file", sorted([*SAMPLES.glob("*.xlsx"), *SAMPLES.glob("*.yaml")]), ids=lambda file: file.name)
def test_the_new_workbook_of_a_sample_gives_the_same_facts(file: Path, tmp_path: Path) -> None:
    pack, language = shipped(), "zh" if "zh" in file.stem else "en"
    content, _ = carry_over([str(file)], pack, select(pack), language)
    (tmp_path / "new.xlsx").write_bytes(content)
    old, new = load_facts(file, pack.schema), load_facts(tmp_path / "new.xlsx", pack.schema)
    filled = tuple(table for table in pack.schema.tables if old.by_name[table.name].present)
    assert filled
    assert said(new, filled) == said(old, filled)
    before, after = assess(old, pack), assess(new, pack)
    assert (after.verdict, after.score) == (before.verdict, before.score)
    assert [each.outcome for each in after.findings] == [each.outcome for each in before.findings]


@pytest.mark.parametrize("language", LANGUAGES)
def test_carried_over_again_in_the_other_language_it_stays_the_same(language: Language, tmp_path: Path) -> None:
    pack = shipped()
    old = str(SAMPLES / "unclear-sla-zh.xlsx")
    (tmp_path / "one.xlsx").write_bytes(carry_over([old], pack, select(pack), language)[0])
    other: Language = "zh" if language == "en" else "en"
    (tmp_path / "two.xlsx").write_bytes(carry_over([str(tmp_path / "one.xlsx")], pack, select(pack), other)[0])
    one, two = (load_facts(tmp_path / name, pack.schema) for name in ("one.xlsx", "two.xlsx"))
    assert said(two, pack.schema.tables) == said(one, pack.schema.tables)


# ------------------------------------------------------------ random facts

JUNK: list[CellValue] = ["=1+1", "#x", "a\nb", "_x0041_", 1.1, 45000.0, date(2026, 3, 5), "甲、乙", "合计", "12", True]
MORE = [(cell, False) for cell in JUNK]


def choices(field: Field) -> list[tuple[CellValue, bool]]:
    """Cells for a field, and whether their format is percent. No row of a template can be called #x."""
    more = [pair for pair in MORE if pair[0] != "#x" or field is not TASKS.fields[0]]
    return [("", False), ("none", False), *((cell, percent) for cell, _, percent in CELLS[field.type]), *more]


@st.composite
def sheets(draw: st.DrawFn) -> list[Sheet]:
    """Sheets with good, bad and blank cells of every type, and declarations of all kinds."""
    made = []
    for table in (TASKS, PROJECT):
        fields = draw(st.permutations([field for field in table.fields if field.derived is None]))
        fields = fields[: draw(st.integers(1, len(fields)))]
        count = 1 if table.one_row else draw(st.integers(0, 5))
        of_rows = [[draw(st.sampled_from(choices(field))) for field in fields] for _ in range(count)]
        percent = [
            (row, column)
            for row, pairs in enumerate(of_rows, 1)
            for column, (value, shown) in enumerate(pairs)
            if shown and isinstance(value, float)
        ]
        rows = [[value for value, _ in pairs] for pairs in of_rows]
        made.append(sheet(table.title.zh, [field.title.zh for field in fields], *rows, percent=percent))
    words = st.sampled_from(["yes", "no", "", "TBD"])
    status = [
        [name, draw(words), draw(st.sampled_from(["", date(2026, 3, 1)])), draw(st.sampled_from(["", "张伟"]))]
        for name in draw(st.lists(st.sampled_from(["*", "tasks", "project", "changes"]), unique=True))
    ]
    return [*made, sheet("table_status", ["table", "complete", "as_of", "declared_by"], *status)]


@settings(max_examples=60)
@given(sheets(), st.sampled_from(LANGUAGES))
def test_any_facts_read_as_they_did(given_sheets: list[Sheet], language: Language) -> None:
    old = of_sheets(*given_sheets)
    new = carried_over(old, language)
    present = tuple(table for table in SCHEMA.tables if old.by_name[table.name].present)
    if any("合计" in row for each in given_sheets for row in each.rows):  # a total in the first columns is no row
        assert said(old, present) == said(new, present) or list(differences(old, new, EVERYTHING))
    else:
        assert said(new, present) == said(old, present)


# ------------------------------------------------------------ what is to be seen in the cells


def test_values_are_typed_and_written_in_the_words_of_the_template(tmp_path: Path) -> None:
    old = of_yaml(
        "tasks: [{task_id: T1, is_milestone: yes, planned_start: 2026年3月5日, duration_days: 1.5, level: 3, "
        "load: 85%, predecessors: [A, B], status: done, owner: none}]"
    )
    content = render_template(ALL_TYPES, EVERYTHING, "zh", carry(old, EVERYTHING, "zh"))
    tasks = opened(content)["任务"]
    row = header_row(tasks)
    shown = dict(zip([cell.value for cell in tasks[row]], tasks[row + 1], strict=True))
    assert {title: cell.value for title, cell in shown.items() if cell.value not in (None, "待补")} == {
        "任务编号": "T1",
        "负责人": "无",
        "里程碑": "是",
        "计划开始日期": datetime(2026, 3, 5),
        "工期": 1.5,
        "等级": 3,
        "负荷": 0.85,
        "前置任务": "A、B",
        "状态": "已完成",
    }
    assert shown["负荷"].number_format == "0.######%"
    assert not shown["任务编号"].protection.locked


def test_what_could_not_be_read_stands_as_it_stood() -> None:
    header = ["Task ID", "Owner", "Planned start", "Duration", "In scope", "Status"]
    rows = ["1.1", date(2026, 3, 5), "03/05/2026", "about 3", 1.1, "nearly"]
    old = of_sheets(sheet("Tasks", header, rows, errors={(1, 0): "#DIV/0!"}))
    content = render_template(ALL_TYPES, EVERYTHING, "en", carry(old, EVERYTHING, "en"))
    tasks = opened(content)["Tasks"]
    row = header_row(tasks)
    shown = {cell.value: below.value for cell, below in zip(tasks[row], tasks[row + 1], strict=True)}
    assert [shown[title] for title in header] == [
        "=#DIV/0!",
        datetime(2026, 3, 5),
        "03/05/2026",
        "about 3",
        1.1,
        "nearly",
    ]
    new = facts_from_sheets(read_workbook(content, "new.xlsx"), "new.xlsx", SCHEMA)
    assert said(new, (TASKS,)) == said(old, (TASKS,))


def test_what_no_cell_can_hold_is_not_known_and_stands_in_a_comment() -> None:
    old = of_yaml("tasks: [{task_id: T1, predecessors: ['a, b', c], in_scope: [x, y], owner: '#A'}, {task_id: '#B'}]")
    content = render_template(ALL_TYPES, EVERYTHING, "en", carry(old, EVERYTHING, "en"))
    tasks = opened(content)["Tasks"]
    row = header_row(tasks)
    cells = dict(zip([cell.value for cell in tasks[row]], tasks[row + 1], strict=True))
    assert (cells["Predecessors"].value, cells["Owner"].value) == ("TBD", "#A")
    assert cells["Predecessors"].comment.text == "In the older file: [a, b, c]"
    assert cells["In scope"].comment.text == "In the older file: [x, y]"
    assert tasks.cell(row + 2, 1).comment.text == "In the older file: #B"
    new = facts_from_sheets(read_workbook(content, "new.xlsx"), "new.xlsx", SCHEMA)
    assert new.by_name["tasks"].row_count == 2
    assert {each.code for each in new.problems} == {"placeholder"}


def test_a_column_that_the_older_file_lacks_does_not_come_to_mean_none() -> None:
    """Blank in an optional column of a table declared complete would say that there is nothing."""
    old = of_sheets(sheet("Tasks", ["Task ID"], ["T1"]), sheet("table_status", ["table", "complete"], ["tasks", "yes"]))
    new = carried_over(old)
    assert new.by_name["tasks"].closed
    assert values(TASKS, 0, new) == values(TASKS, 0, old)


def test_a_star_is_written_as_the_tables_that_the_older_file_has() -> None:
    """Else the sheets that stay empty would be declared complete, too."""
    old = of_yaml(
        "tasks: [{task_id: T1}]\ntable_status: [{table: '*', complete: yes, declared_by: 张伟, as_of: 2026-03-01}]"
    )
    new = carried_over(old)
    assert [each.table for each in new.closures] == ["tasks"]
    assert not new.by_name["changes"].closed
    assert new.status_dates == old.status_dates


def test_a_row_with_nothing_or_a_number_alone_stays_a_row() -> None:
    head = ["task_id", "owner", "is_milestone", "level"]
    old = of_yaml(f"tasks: [{{task_id: 1, {head[1]}: , {head[2]}: , {head[3]}: }}, {{other: x}}]")
    assert old.by_name["tasks"].row_count == 2
    assert carried_over(old).by_name["tasks"].row_count == 2
