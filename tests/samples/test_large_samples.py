"""The large samples are as large as a real project, and hang together."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from riskcheck.facts.load import load_facts
from riskcheck.model.factset import Cell, FactSet
from riskcheck.packs.load import load_pack

SAMPLES = Path(__file__).parents[2] / "samples"
LARGE = sorted(each.stem for each in SAMPLES.glob("platform-*.yaml"))
FEWEST_TABLES = 42
FEWEST_ROWS = 900
LARGEST_FILE = 200_000

REFERENCES = [
    ("tasks", "parent_id", ["tasks.task_id"]),
    ("tasks", "predecessors", ["tasks.task_id"]),
    ("tasks", "successors", ["tasks.task_id"]),
    ("tasks", "deliverable_id", ["deliverables.deliverable_id"]),
    ("tasks", "owner", ["team.member_id"]),
    ("deliverables", "design_ref", ["design_items.design_id"]),
    ("deliverables", "sla_item_id", ["sla_items.sla_item_id"]),
    ("deliverables", "customer_acceptor", ["stakeholders.stakeholder_id"]),
    ("criteria", "deliverable_id", ["deliverables.deliverable_id"]),
    ("criteria", "sla_item_id", ["sla_items.sla_item_id"]),
    ("criteria", "acceptor", ["stakeholders.stakeholder_id"]),
    ("design_items", "planned_by", ["deliverables.deliverable_id", "tasks.task_id"]),
    ("sla_items", "task_id", ["tasks.task_id"]),
    ("issues", "owner", ["team.member_id"]),
    ("risks", "owner", ["team.member_id"]),
    ("interfaces", "owner", ["team.member_id"]),
    ("team", "backup_member", ["team.member_id"]),
    ("expectations", "stakeholder_id", ["stakeholders.stakeholder_id"]),
    ("supplier_deliveries", "supplier_id", ["suppliers.supplier_id"]),
    ("kpis", "owner", ["team.member_id"]),
    ("kpis", "service_goal_ref", ["sla_items.sla_item_id"]),
    ("ci_classes", "sla_item_id", ["sla_items.sla_item_id"]),
    ("cis", "sla_item_id", ["sla_items.sla_item_id"]),
    ("cis", "ci_class", ["ci_classes.ci_class"]),
    ("spares", "sla_item_id", ["sla_items.sla_item_id"]),
    ("processes", "owner", ["team.member_id"]),
    ("assignments", "member", ["team.member_id"]),
    ("assignments", "task", ["tasks.task_id"]),
]
"""What one table's field names must be a row of another table."""

KEYS = [
    "tasks.task_id",
    "deliverables.deliverable_id",
    "criteria.criterion_id",
    "sla_items.sla_item_id",
    "changes.change_id",
    "issues.issue_id",
    "risks.risk_id",
    "cis.ci_id",
    "kpis.kpi_id",
    "documents.doc_id",
    "team.member_id",
    "trainings.training_id",
    "knowledge.kb_id",
    "sops.sop_id",
]

HAPPENED = [
    "tasks.actual_finish",
    "issues.opened_on",
    "issues.closed_on",
    "changes.raised_on",
    "changes.implemented_on",
    "communications.held_on",
    "supplier_deliveries.received_on",
    "trainings.held_on",
    "config_audits.audited_on",
    "reports.sent_on",
    "documents.approved_on",
    "surveys.surveyed_on",
    "complaints.closed_on",
    "emergency_plans.last_drill_on",
    "continuity.tested_on",
    "sops.approved_on",
    "knowledge.published_on",
]
"""Days on which something took place: none lies after the day of the review."""

IN_ORDER = [
    ("tasks", "planned_start", "planned_finish"),
    ("issues", "opened_on", "closed_on"),
    ("assignments", "start", "finish"),
    ("changes", "raised_on", "approved_on"),
    ("changes", "approved_on", "implemented_on"),
    ("changes", "implemented_on", "post_review_on"),
    ("complaints", "raised_on", "closed_on"),
    ("team", "joined_on", "left_on"),
    ("sops", "approved_on", "trained_on"),
    ("criteria", "agreed_on", "changed_on"),
]
"""Pairs of days of one row of which the first is never later."""


@cache
def facts(name: str) -> FactSet:
    return load_facts(SAMPLES / f"{name}.yaml", load_pack("deployment").schema)


def cells(name: str, path: str) -> list[Cell]:
    table, field = path.split(".")
    return list(facts(name).by_name[table].columns[field])


def named(name: str, table: str, field: str) -> set[str]:
    """The names in a field of strings or lists."""
    found: set[str] = set()
    for cell in cells(name, f"{table}.{field}"):
        found.update([cell] if isinstance(cell, str) else cell if isinstance(cell, tuple) else [])
    return found


def test_there_is_a_large_sample_in_each_language() -> None:
    assert LARGE == ["platform-en", "platform-zh"]


@pytest.mark.parametrize("name", LARGE)
def test_most_tables_are_filled_with_hundreds_of_rows(name: str) -> None:
    filled = [each for each in facts(name).tables if each.row_count]
    assert len(filled) >= FEWEST_TABLES
    assert sum(each.row_count for each in filled) >= FEWEST_ROWS
    assert facts(name).by_name["tasks"].row_count >= 100
    assert (SAMPLES / f"{name}.yaml").stat().st_size < LARGEST_FILE


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize(("table", "field", "targets"), REFERENCES, ids=lambda value: str(value))
def test_what_is_referred_to_exists(name: str, table: str, field: str, targets: list[str]) -> None:
    known: set[str] = set().union(*(named(name, *target.split(".")) for target in targets))
    assert named(name, table, field)
    assert named(name, table, field) - known == set()


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize("key", KEYS)
def test_keys_are_unique(name: str, key: str) -> None:
    values = cells(name, key)
    assert len(values) == len(set(values)) > 1


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize("path", HAPPENED)
def test_what_has_happened_did_so_by_the_day_of_the_review(name: str, path: str) -> None:
    as_of = cells(name, "project.as_of")[0]
    days = [cell for cell in cells(name, path) if isinstance(cell, date)]
    assert isinstance(as_of, date)
    assert days
    assert max(days) <= as_of


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize(("table", "first", "second"), IN_ORDER)
def test_days_of_a_row_are_in_order(name: str, table: str, first: str, second: str) -> None:
    pairs = zip(cells(name, f"{table}.{first}"), cells(name, f"{table}.{second}"), strict=True)
    known = [(a, b) for a, b in pairs if isinstance(a, date) and isinstance(b, date)]
    assert known
    assert [(a, b) for a, b in known if a > b] == []


@pytest.mark.parametrize("name", LARGE)
def test_every_successor_names_its_predecessor_and_the_reverse(name: str) -> None:
    def links(field: str) -> set[tuple[Cell, str]]:
        rows = zip(cells(name, "tasks.task_id"), cells(name, f"tasks.{field}"), strict=True)
        return {(task, other) for task, others in rows if isinstance(others, tuple) for other in others}

    assert links("successors") == {(other, task) for task, other in links("predecessors")}


@pytest.mark.parametrize("name", LARGE)
def test_no_task_starts_before_its_predecessors_are_done_with(name: str) -> None:
    rows = range(facts(name).by_name["tasks"].row_count)
    tasks = facts(name).by_name["tasks"]
    ends = {tasks.cell(row, "task_id"): tasks.cell(row, "planned_finish") for row in rows}
    for row in rows:
        before = tasks.cell(row, "predecessors")
        for each in before if isinstance(before, tuple) else ():
            start, end = tasks.cell(row, "planned_start"), ends[each]
            assert isinstance(start, date)
            assert isinstance(end, date)
            assert start >= end
