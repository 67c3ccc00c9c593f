"""A small fact schema, and the scope of a check over it, for the tests of the condition language's front."""

from __future__ import annotations

from riskcheck.expr.checker import Scope, check_rows, check_value
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import DOUBLE, INT, STRING
from riskcheck.model.schema import EnumWord, Field, FieldType, Schema, Table
from riskcheck.model.text import Text


def _field(name: str, type_: str, zh: str, **more: object) -> Field:
    return Field(name, FieldType(type_), Text(name.replace("_", " "), zh), **more)  # type: ignore[arg-type]


def _words(**titles: str) -> tuple[EnumWord, ...]:
    return tuple(EnumWord(name, Text(name.replace("_", " "), zh)) for name, zh in titles.items())


PROJECT = Table(
    "project",
    Text("project", "项目"),
    (
        _field("name", "string", "项目名称"),
        _field("contract_amount", "double", "合同金额"),
        _field("team_size", "int", "团队人数"),
        _field("execution_start", "date", "实施开始日期"),
        _field("has_suppliers", "bool", "是否有供应商"),
        _field("sla_version", "string", "SLA版本"),
        _field("phase", "enum", "阶段", allowed=_words(planning="规划", execution="实施", acceptance="验收")),
    ),
    one_row=True,
)
TASKS = Table(
    "tasks",
    Text("tasks", "任务"),
    (
        _field("task_id", "string", "任务编号"),
        _field("owner", "string", "责任人", aliases=("负责人",)),
        _field(
            "status",
            "enum",
            "状态",
            allowed=_words(not_started="未开始", in_progress="进行中", done="已完成", cancelled="已取消"),
        ),
        _field("predecessors", "list", "前置任务"),
        _field("planned_finish", "date", "计划完成日期"),
        _field("effort_hours", "int", "工时"),
        _field("cost", "double", "成本"),
        _field("progress_pct", "percent", "进度"),
        _field("is_milestone", "bool", "里程碑"),
        _field("deliverable_id", "string", "交付物编号"),
    ),
)
DELIVERABLES = Table(
    "deliverables",
    Text("deliverables", "交付物"),
    (
        _field("deliverable_id", "string", "交付物编号"),
        _field("status", "enum", "状态", allowed=_words(planned="已计划", submitted="已提交", accepted="已验收")),
        _field("acceptor", "string", "验收人", optional=True),
    ),
)
OUTAGES = Table(
    "outages",
    Text("outages", "中断"),
    (_field("began_at", "datetime", "开始时间"), _field("ended_at", "datetime", "结束时间")),
)
SCHEMA = Schema((PROJECT, TASKS, DELIVERABLES, OUTAGES))

LIMITS = {"open_ends": DOUBLE, "one_below": INT, "days": INT, "version": STRING}
ROWS = check_rows(SourceText('tasks.filter(task, task.status != "cancelled")'), Scope(SCHEMA, LIMITS))
MEASURE = check_value(
    SourceText("rows.share(task, blank(task.predecessors), limit.one_below)"), Scope(SCHEMA, LIMITS, ROWS)
)

SCOPE = Scope(SCHEMA, LIMITS, ROWS, MEASURE)
"""A check with rows, a measure and limits."""
BARE = Scope(SCHEMA)
"""A check with none of these."""
