"""What a condition reads."""

from __future__ import annotations

import typing

from riskcheck.expr import walk
from riskcheck.expr.checker import check_condition, check_rows
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import Expression, Source
from tests.expr_front.example import SCOPE

CONDITION = check_condition(
    SourceText(
        'measure <= limit.open_ends && deliverables.all(item, item.status in ["planned"] ? true '
        ": tasks.linked(task, task.deliverable_id, item.deliverable_id)) "
        "&& age(project.execution_start) > -limit.days "
        "&& outages.groups(outage, outage.began_at).exists(group, ratio(group.size(), 2) < 1.0)"
    ),
    SCOPE,
)


def test_rows_and_measure_count_as_read() -> None:
    assert walk.tables_read(CONDITION) == {"tasks", "deliverables", "project", "outages"}
    assert walk.fields_read(CONDITION) == {
        ("tasks", "status"),
        ("tasks", "predecessors"),
        ("tasks", "deliverable_id"),
        ("deliverables", "status"),
        ("deliverables", "deliverable_id"),
        ("project", "execution_start"),
        ("outages", "began_at"),
    }
    assert walk.limits_used(CONDITION) == {"open_ends", "one_below", "days"}


def test_rows_alone_are_walked_too() -> None:
    source = check_rows(SourceText("tasks.filter(task, deliverables.size() > limit.days)"), SCOPE)
    assert walk.tables_read(source) == {"tasks", "deliverables"}
    assert walk.fields_read(source) == frozenset()
    assert walk.limits_used(source) == {"days"}


def test_a_table_without_fields_counts_as_read() -> None:
    assert walk.tables_read(check_condition(SourceText("tasks.size() > 1"), SCOPE)) == {"tasks"}


def test_every_kind_of_node_is_known() -> None:
    assert set(walk.PARTS) == {*typing.get_args(Expression), *typing.get_args(Source)}
