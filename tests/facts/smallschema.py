"""A small schema with a field of every type, and ways to write sheets and YAML for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from riskcheck.errors import FactsError
from riskcheck.facts.sheet import Area, CellValue, Position, Sheet
from riskcheck.facts.workbookfacts import facts_from_sheets
from riskcheck.facts.yamlfacts import facts_from_tree
from riskcheck.model.factset import FactSet
from riskcheck.model.schema import EnumWord, Field, FieldType, Schema, Table, VagueTerms
from riskcheck.model.text import Text
from riskcheck.yamltree import read_yaml

STATUS_WORDS = (
    EnumWord("not_started", Text("Not started", "未开始")),
    EnumWord("in_progress", Text("In progress", "进行中"), ("ongoing", "进行")),
    EnumWord("done", Text("Done", "已完成"), ("完成", "N/A-done")),
)
VAGUE = VagueTerms(
    ("in_scope", "out_of_scope"), ("等", "尽量", "相关"), ("等级", "等保", "同等"), ("etc", "as soon as possible")
)

FIELDS = {
    "task_id": Field("task_id", FieldType.STRING, Text("Task ID", "任务编号"), ("编号", "ID")),
    "owner": Field("owner", FieldType.STRING, Text("Owner", "负责人"), ("责任人",), optional=True),
    "is_milestone": Field("is_milestone", FieldType.BOOL, Text("Milestone", "里程碑")),
    "planned_start": Field("planned_start", FieldType.DATE, Text("Planned start", "计划开始日期")),
    "actual_finish": Field(
        "actual_finish", FieldType.DATE, Text("Actual finish", "实际完成日期"), optional=True, event=True
    ),
    "starts_at": Field("starts_at", FieldType.DATETIME, Text("Starts at", "开始时间")),
    "duration_days": Field(
        "duration_days", FieldType.DOUBLE, Text("Duration", "工期"), minimum=0, unit=Text("days", "天")
    ),
    "level": Field("level", FieldType.INT, Text("Level", "等级"), minimum=1, maximum=5),
    "open_actions": Field("open_actions", FieldType.INT, Text("Open actions", "未完成措施"), none_is=0),
    "cost": Field("cost", FieldType.DOUBLE, Text("Cost", "费用"), unit=Text("CNY", "元")),
    "load": Field("load", FieldType.PERCENT, Text("Load", "负荷"), minimum=0),
    "predecessors": Field("predecessors", FieldType.LIST, Text("Predecessors", "前置任务"), optional=True),
    "status": Field("status", FieldType.ENUM, Text("Status", "状态"), allowed=STATUS_WORDS),
    "in_scope": Field("in_scope", FieldType.STRING, Text("In scope", "范围内"), optional=True),
    "out_of_scope": Field("out_of_scope", FieldType.STRING, Text("Out of scope", "范围外"), optional=True),
    "vague": Field("vague", FieldType.INT, Text("Vague words", "模糊用语数"), derived=VAGUE),
}
TASKS = Table("tasks", Text("Tasks", "任务"), tuple(FIELDS.values()), ("Task list", "任务清单"))
PROJECT = Table(
    "project",
    Text("Project", "项目"),
    (
        Field("project_id", FieldType.STRING, Text("Project ID", "项目编号")),
        Field("name", FieldType.STRING, Text("Project name", "项目名称"), ("Project", "项目", "名称"), optional=True),
        Field("as_of", FieldType.DATE, Text("Facts as of", "数据截止日期")),
        Field("share", FieldType.PERCENT, Text("Share", "占比")),
        Field("amount", FieldType.DOUBLE, Text("Contract amount", "合同金额"), unit=Text("CNY", "元")),
        Field("sla_version", FieldType.STRING, Text("SLA version", "SLA版本"), optional=True),
    ),
    ("Project data", "项目信息"),
    one_row=True,
    min_rows=1,
)
CHANGES = Table(
    "changes", Text("Changes", "变更"), (Field("change_id", FieldType.STRING, Text("Change ID", "变更编号")),)
)
SCHEMA = Schema((PROJECT, TASKS, CHANGES))


def sheet(
    name: str,
    *rows: Sequence[CellValue],
    first: Position = (0, 0),
    errors: Mapping[Position, str] | None = None,
    unstored: Sequence[Position] = (),
    percent: Sequence[Position] = (),
    merged: Sequence[Area] = (),
    visible: bool = True,
) -> Sheet:
    """A sheet with `rows`, made equally long; `first` is the position of the first cell."""
    width = max(map(len, rows), default=0)
    return Sheet(
        name,
        visible,
        tuple((*row, *[""] * (width - len(row))) for row in rows),
        *first,
        errors or {},
        frozenset(unstored),
        frozenset(percent),
        tuple(merged),
    )


def of_sheets(*sheets: Sheet, assume_complete: tuple[str, ...] = ()) -> FactSet:
    """The facts on `sheets`."""
    return facts_from_sheets(sheets, "f.xlsx", SCHEMA, assume_complete=assume_complete)


def of_yaml(text: str, assume_complete: tuple[str, ...] = ()) -> FactSet:
    """The facts in YAML."""
    return facts_from_tree(read_yaml(text.encode(), "f.yaml"), "f.yaml", SCHEMA, assume_complete=assume_complete)


def problems(facts: FactSet) -> list[str]:
    """The input problems, each as `place code`."""
    return [f"{problem.location} {problem.code}" for problem in facts.problems]


def refused(*sheets: Sheet) -> str:
    """Why the sheets are refused."""
    with pytest.raises(FactsError) as error:
        of_sheets(*sheets)
    return str(error.value)
