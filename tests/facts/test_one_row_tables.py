"""The table of the project: names beside values or above them, on a form, and in the head block of another table."""

from __future__ import annotations

from datetime import date

import pytest

from riskcheck.model.factset import EMPTY, MISSING, FactSet
from tests.facts.laidout import HEADER, T1, D, facts_of, told
from tests.facts.smallschema import of_sheets, problems, refused, sheet


def project(*rows: list, **marks: object) -> FactSet:  # type: ignore[type-arg]
    """The facts on a sheet for the project."""
    return of_sheets(sheet("项目", *rows, **marks))  # type: ignore[arg-type]


KEY_SHEETS = {
    "with a header in English": [
        ["Field", "Value", "Note"],
        ["Project ID", "P-1", "x"],
        ["Project name", "Pilot", "y"],
    ],
    "with a header in Chinese": [["项目", "值", "说明"], ["项目编号", "P-1"], ["项目名称", "Pilot"]],
    "without a header": [["Project ID:", "P-1"], ["Project name:", "Pilot"]],
    "with headings and blank rows": [["General", ""], ["Project ID", "P-1"], [], ["Project name", "Pilot"]],
    "with numbered rows": [["No.", "Field", "Value"], [1.0, "Project ID", "P-1"], [2.0, "Project name", "Pilot"]],
    "with comments": [["# fill in", ""], ["Project ID", "P-1"], ["# Project name", "old"], ["Project name", "Pilot"]],
    "across": [["Project ID", "Project name"], ["P-1", "Pilot"]],
    "across with help": [["Project ID", "Project name"], ["# help", "help"], ["P-1", "Pilot"]],
    "with notes between": [["Field", "Unit", "Value"], ["Project ID", "-", "P-1"], ["Project name", "-", "Pilot"]],
}


@pytest.mark.parametrize("rows", KEY_SHEETS.values(), ids=KEY_SHEETS.keys())
def test_ways_to_write_a_one_row_table(rows: list) -> None:  # type: ignore[type-arg]
    facts = project(*rows)
    assert facts.single("project", "project_id") == "P-1"
    assert facts.single("project", "name") == "Pilot"
    assert facts.single("project", "as_of") is MISSING
    assert facts.problems == ()


def test_the_place_of_a_value_beside_its_key() -> None:
    table = project(["Field", "Value"], ["Project ID", "P-1"], ["Facts as of", date(2026, 6, 30)]).by_name["project"]
    assert str(table.origin.cell_location(0, "as_of")) == "f.xlsx!项目!B3"
    assert table.origin.raw(0, "as_of") == "2026-06-30"
    assert str(table.origin.cell_location(0, "name")) == "f.xlsx!项目"
    assert table.origin.raw(0, "name") is None


def test_an_absent_key_is_missing_and_a_blank_value_of_a_closed_table_is_empty() -> None:
    rows = [["Project ID", "P-1"], ["Project name", ""], ["Share", ""]]
    facts = of_sheets(sheet("Project", *rows), sheet("table_status", ["table", "complete"], ["project", "yes"]))
    cells = {name: facts.single("project", name) for name in ("name", "share", "sla_version")}
    assert cells == {"name": EMPTY, "share": MISSING, "sla_version": MISSING}


def test_unknown_keys_are_reported_and_headings_are_not() -> None:
    facts = project(["About us", ""], ["Project ID", "P-1"], ["Projct name", "x"])
    assert problems(facts) == ["f.xlsx!项目!A3 unknown-column"]


def test_cells_that_are_neither_key_nor_value_are_reported() -> None:
    facts = project(["Project ID", "P-1", "stray"], ["Project name", "Pilot"])
    assert problems(facts) == ["f.xlsx!项目!C1 cell-without-name"]
    facts = project(["Project ID", "P-1"], ["", "stray"])
    assert problems(facts) == ["f.xlsx!项目!B2 cell-without-name"]


def test_one_field_in_two_rows() -> None:
    facts = of_sheets(sheet("Project", ["Project ID", "P-1"], ["项目编号", "P-2"], ["Project name", "Pilot"]))
    assert (facts.single("project", "project_id"), facts.single("project", "name")) == (MISSING, "Pilot")
    assert problems(facts) == ["f.xlsx!Project!A2 two-values"]
    assert 'Project ID has a value in 2 places: "Project ID" (A1) and "项目编号" (A2)' in facts.problems[0].text.en
    assert "“项目编号”有 2 处填了值：“Project ID”（A1）和“项目编号”（A2）" in facts.problems[0].text.zh
    one = of_sheets(sheet("Project", ["Project ID", ""], ["项目编号", "P-2"]))
    assert (one.single("project", "project_id"), one.problems) == ("P-2", ())


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["Project ID", "Project name"], ["P-1", "x"], ["P-2", "y"]], "f.xlsx!项目!A3"),
        ([["Field", "Value", "Value"], ["Project ID", "P-1", "P-2"]], "f.xlsx!项目!C2"),
    ],
)
def test_a_second_row_makes_all_fields_missing(rows: list, place: str) -> None:  # type: ignore[type-arg]
    facts = project(*rows)
    assert facts.by_name["project"].row_count == 1
    assert facts.single("project", "project_id") is MISSING
    assert problems(facts) == [f"{place} second-row"]


def test_a_one_row_table_without_any_field() -> None:
    message = refused(sheet("Project", ["Colour", "blue"]))
    assert "f.xlsx!Project!A1: the table project has none of its fields" in message
    assert "write the name of each field in one column and its value beside it" in message


# ------------------------------------------------------------ names and values

FORM = [
    ["项目基本信息表", "", "", ""],
    [],
    ["项目编号", "P-1", "项目名称", "试点"],
    ["数据截止日期", D, "SLA版本", "2"],
]


def values(facts: FactSet) -> list[object]:
    """The values of the project's fields that are written on the form."""
    return [facts.single("project", name) for name in ("project_id", "name", "as_of", "sla_version")]


def test_names_and_values_in_several_columns_below_a_title() -> None:
    facts = project(*FORM, merged=[(0, 0, 0, 3)])
    assert values(facts) == ["P-1", "试点", D, "2"]
    assert str(facts.by_name["project"].origin.cell_location(0, "sla_version")) == "f.xlsx!项目!D4"
    assert problems(facts) == ["f.xlsx!项目!A1 beside-keys"]


def test_values_stand_beyond_the_cells_that_a_name_is_merged_with() -> None:
    rows = [["项目编号", "", "P-1", "项目名称", "试点"], ["数据截止日期", "", D, "SLA版本", "2"]]
    assert values(project(*rows, merged=[(0, 0, 0, 1), (1, 0, 1, 1)])) == ["P-1", "试点", D, "2"]


def test_a_value_may_stand_behind_its_name() -> None:
    facts = project(["项目编号：P-1", "项目名称: 试点"], ["数据截止日期：2026-03-05", "SLA版本：2"])
    assert values(facts) == ["P-1", "试点", D, "2"]
    origin = facts.by_name["project"].origin
    assert (str(origin.cell_location(0, "name")), origin.raw(0, "name")) == ("f.xlsx!项目!B1", "试点")


def test_a_list_below_names_and_values_is_no_part_of_them() -> None:
    rows = [*FORM[2:], [], ["里程碑", "数据截止日期", "负责人"], ["上线", D, "张伟"]]
    facts = project(*rows)
    assert values(facts) == ["P-1", "试点", D, "2"]
    assert problems(facts) == ["f.xlsx!项目!A4 beside-keys"]


def test_a_list_beside_names_and_values_is_told_as_one_range() -> None:
    rows = [
        ["Field", "Value", "", "Member", "Role"],
        ["项目编号", "P-1", "", "a", "b"],
        ["项目名称", "试点", "", "c", "d"],
    ]
    facts = project(*rows)
    assert values(facts)[:2] == ["P-1", "试点"]
    assert problems(facts) == ["f.xlsx!项目!D2 cell-without-name"]
    assert "D2:E3 (cells: 4)" in facts.problems[0].text.en


def test_a_title_above_the_header_of_names_and_values() -> None:
    facts = project(["项目信息"], ["2026年"], ["字段", "值"], ["项目编号", "P-1"])
    assert (values(facts)[0], problems(facts)) == ("P-1", ["f.xlsx!项目!A1 above-header"])


# ------------------------------------------------------------ head blocks of tables without a sheet


def test_facts_of_the_project_above_another_table_are_read_if_it_has_no_sheet() -> None:
    head = [["试点计划"], ["项目名称：", "试点", "编制人：", "张伟"], ["项目编号", "P-1"], []]
    facts = facts_of(*head, HEADER, T1)
    assert [facts.single("project", name) for name in ("name", "project_id")] == ["试点", "P-1"]
    origin = facts.by_name["project"].origin
    assert (str(origin.cell_location(0, "name")), origin.raw(0, "name")) == ("f.xlsx!Tasks!B2", "试点")
    assert str(origin.cell_location(0, "as_of")) == "f.xlsx!Tasks"
    assert origin.raw(0, "as_of") is None
    assert told(facts) == ["C2 unknown-column warning", "A2 head-block note", "A1 above-header note"]
    assert facts.problems[1].text.en.endswith(
        "what stands above the header here is read as such: Project name, Project ID"
    )


def test_one_name_without_a_colon_is_no_head_block() -> None:
    facts = facts_of(["项目编号", "P-1"], [], HEADER, T1)
    assert (facts.by_name["project"].present, told(facts)) == (False, ["A1 above-header note"])
    assert facts_of(["项目编号：P-1"], [], HEADER, T1).single("project", "project_id") == "P-1"


def test_a_project_with_a_sheet_of_its_own_is_read_there_alone() -> None:
    rows = [["项目编号：", "P-2"], [], HEADER, T1]
    facts = of_sheets(sheet("Tasks", *rows), sheet("Project", ["Project ID", "P-1"]))
    assert (facts.single("project", "project_id"), told(facts)) == ("P-1", ["A1 above-header note"])


def test_head_blocks_of_several_sheets_are_one() -> None:
    tasks = sheet("Tasks", ["项目编号：P-1", "项目名称：试点"], [], HEADER, T1)
    changes = sheet("Changes", ["项目编号：P-1", "SLA版本：2", "数据截止日期：2026-03-05"], [], ["Change ID"], ["C1"])
    facts = of_sheets(tasks, changes)
    assert values(facts) == ["P-1", "试点", D, "2"]
    assert str(facts.by_name["project"].origin.cell_location(0, "sla_version")) == "f.xlsx!Changes!B1"


def test_what_head_blocks_say_differently_is_not_known() -> None:
    tasks = sheet("Tasks", ["项目编号：P-1", "项目名称：试点"], [], HEADER, T1)
    changes = sheet("Changes", ["项目编号：P-2"], [], ["Change ID"], ["C1"])
    facts = of_sheets(tasks, changes)
    assert values(facts) == [MISSING, "试点", MISSING, MISSING]
    assert [each for each in problems(facts) if "two" in each] == ["f.xlsx!Changes!A1 two-values"]
    (problem,) = (each for each in facts.problems if each.code == "two-values")
    assert "above several tables (Tasks!A1, Changes!A1)" in problem.text.en
    assert "填写不一致（Tasks!A1、Changes!A1）" in problem.text.zh
