"""What conditions mean once their names and types are known; mistakes are in the folder `errors`."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from riskcheck.errors import ConditionError
from riskcheck.expr import typed
from riskcheck.expr.checker import Scope, check_condition, check_rows, check_value
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import BOOL, DATE, DOUBLE, INT, STRING, Kind, Type
from riskcheck.model.schema import Schema
from tests.expr_front.example import BARE, MEASURE, PROJECT, ROWS, SCHEMA, SCOPE, TASKS

NO_FACTS = Schema(())
STATUS = Type(Kind.ENUM, words=("not_started", "in_progress", "done", "cancelled"))


def _condition(text: str, scope: Scope = SCOPE) -> typed.Expression:
    return check_condition(SourceText(text), scope)


def _value(text: str, scope: Scope = SCOPE) -> typed.Expression:
    return check_value(SourceText(text), scope)


def _problems(text: str, scope: Scope = SCOPE) -> list[str]:
    with pytest.raises(ConditionError) as caught:
        _condition(text, scope)
    return [each.code for each in caught.value.diagnostics]


# ---------------------------------------------------------------- values and their types


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("true", BOOL),
        ("1", INT),
        ("0.5", DOUBLE),
        ('"a"', STRING),
        ('date("2026-03-31")', DATE),
        ("as_of", DATE),
        ("project.team_size", INT),
        ("project.contract_amount", DOUBLE),
        ("limit.days", INT),
        ("limit.open_ends", DOUBLE),
        ("measure", DOUBLE),
        ("-project.team_size", INT),
        ("project.team_size % 3 + 2 * 5 - 1", INT),
        ("project.contract_amount / 2.0", DOUBLE),
        ('project.name + "x"', STRING),
        ("[1] + []", Type(Kind.LIST, item=INT)),
        ("[]", Type(Kind.LIST)),
        ('["a", project.name]', Type(Kind.LIST, item=STRING)),
        ("[[1], []]", Type(Kind.LIST, item=Type(Kind.LIST, item=INT))),
        ("project.has_suppliers ? 1 : 2", INT),
        (
            'project.has_suppliers ? project.phase : "planning"',
            Type(Kind.ENUM, ("planning", "execution", "acceptance")),
        ),
        ("days(project.execution_start, as_of)", INT),
        ("age(project.execution_start)", INT),
        ("ratio(1, 2)", DOUBLE),
        ("ratio(1.0, project.contract_amount)", DOUBLE),
        ("size(project.name)", INT),
        ("project.name.size()", INT),
        ("size([1, 2])", INT),
        ("size(tasks)", INT),
        ("tasks.size()", INT),
        ("int(2.5) + int(project.name)", INT),
        ('double("2.5") + double(3)', DOUBLE),
        ("string(project.phase) + string(1) + string(true)", STRING),
        ("tasks.count(task, task.is_milestone)", INT),
        ("tasks.share(task, task.is_milestone)", DOUBLE),
        ("tasks.share(task, task.is_milestone, limit.one_below)", DOUBLE),
        ("tasks.share(task, task.is_milestone, 20)", DOUBLE),
        ("tasks.sum(task, task.effort_hours)", INT),
        ("tasks.sum(task, task.progress_pct)", DOUBLE),
        ("tasks.peak(task, task.planned_finish, as_of, 1)", INT),
        ("tasks.peak(task, as_of, task.planned_finish, 0.5 + tasks.share(t, t.is_milestone))", DOUBLE),
        ("outages.peak(o, o.began_at, o.ended_at, 1)", INT),
        ("tasks.avg(task, task.effort_hours)", DOUBLE),
        ("tasks.min(task, task.effort_hours)", INT),
        ("tasks.max(task, task.planned_finish)", DATE),
        ("outages.max(outage, outage.ended_at)", typed.DATETIME),
        ("days(outages.min(outage, outage.began_at), as_of)", INT),
        ("tasks.latest(task, task.planned_finish, task.progress_pct)", DOUBLE),
        ("tasks.filter(task, task.is_milestone).size()", INT),
        ('project.name.matches("^[A-Z]+$") || matches(project.name, "x")', BOOL),
    ],
)
def test_every_value_has_its_type(text: str, type_: Type) -> None:
    assert _value(text).type == type_


@pytest.mark.parametrize(
    "text",
    [
        "project.team_size > 2.5",
        "project.contract_amount >= 100",
        "project.team_size in [1.5, 2.5]",
        "tasks.all(task, task.progress_pct >= 85)",
        "tasks.all(task, task.planned_finish <= as_of && task.planned_finish >= project.execution_start)",
        "outages.all(outage, outage.began_at < outage.ended_at)",
        "tasks.all(task, task.status == task.status)",
        "tasks.all(task, task.predecessors != [])",
        'tasks.all(task, "T1" in task.predecessors)',
        "tasks.all(task, task.predecessors.all(other, tasks.linked(entry, entry.task_id, other)))",
        "tasks.all(task, task.predecessors.exists_one(other, other == task.task_id))",
        "deliverables.all(item, tasks.exists(task, task.deliverable_id == item.deliverable_id))",
        "deliverables.all(item, tasks.linked(task, task.deliverable_id, item.deliverable_id))",
        "tasks.linked(task, task.status, project.has_suppliers ? 'done' : 'cancelled')",
        "tasks.unique(task, task.task_id) && tasks.acyclic(task, task.task_id, task.predecessors)",
        "tasks.groups(task, task.owner).all(group, group.count(task, task.is_milestone) < 3 && group.size() > 0)",
        "tasks.groups(task, task.owner).exists(group, group.filter(task, true).all(task, has(task.owner)))",
        "rows.groups(task, task.status).all(group, group.exists_one(task, task.is_milestone))",
        "tasks.exists(task, blank(task.owner) || has(task.predecessors) || has(project.name))",
        "project.has_suppliers == true && true != false",
        "[1, 2] == [1] || [] == [2]",
        "[1, 2].exists(number, number in [])",
        'project.name.contains(" ")',
        'project.name != project.sla_version && limit.version == "1.10"',
    ],
)
def test_conditions_that_hold_together_are_taken(text: str) -> None:
    assert _condition(text).type == BOOL


# ---------------------------------------------------------------- the typed tree


def test_chains_of_one_operator_are_flat() -> None:
    both = _condition("true && (false && true) && (true || false || true)")
    assert isinstance(both, typed.And)
    assert len(both.parts) == 4
    assert isinstance(both.parts[3], typed.Or)


def test_doubles_and_dates_are_held_as_facts_are() -> None:
    assert _value("0.05") == typed.Constant(_value("0.05").span, DOUBLE, 50_000)
    assert _value("-0.0000015") == typed.Constant(_value("-0.0000015").span, DOUBLE, -2)
    day = _value('date("2024-02-29")')
    assert isinstance(day, typed.Constant)
    assert day.value == date(2024, 2, 29)


def test_fields_are_cells_of_rows_or_of_one_row_tables() -> None:
    whole = _condition("tasks.all(task, task.owner == project.name)")
    assert isinstance(whole, typed.Aggregate)
    assert isinstance(whole.source, typed.TableRows)
    comparison = whole.args[0]
    assert isinstance(comparison, typed.Compare)
    assert comparison.left == typed.RowCell(comparison.left.span, STRING, "task", "tasks", TASKS.by_name["owner"])
    assert comparison.right == typed.SingleCell(comparison.right.span, STRING, "project", PROJECT.by_name["name"])


@pytest.mark.parametrize(
    "text",
    [
        'tasks.exists(task, task.status == "done")',
        'tasks.exists(task, "done" == task.status)',
        'tasks.exists(task, task.status in ["done", "cancelled"])',
        'tasks.exists(task, task.status == (project.has_suppliers ? "done" : "cancelled"))',
        '["done", "cancelled"].all(word, tasks.exists(task, task.status == word))',
    ],
)
def test_words_beside_an_enum_have_its_type(text: str) -> None:
    found = [node for node in _nodes(_condition(text)) if isinstance(node, typed.Compare | typed.In)]
    for node in found:
        sides = (node.item, node.container) if isinstance(node, typed.In) else (node.left, node.right)
        assert [side.type.item or side.type for side in sides] == [STATUS, STATUS]


def _nodes(root: typed.Expression | typed.Source) -> list[typed.Expression | typed.Source]:
    from riskcheck.expr.walk import parts

    return list(parts(root))


def test_rows_and_measure_stand_for_what_the_check_says() -> None:
    everything = _condition("rows.all(task, has(task.owner))")
    assert isinstance(everything, typed.Aggregate)
    assert everything.source == ROWS
    below = _condition("measure <= limit.open_ends")
    assert isinstance(below, typed.Compare)
    assert below.left == MEASURE


def test_rows_may_be_filtered_again() -> None:
    source = check_rows(SourceText("rows.filter(task, task.is_milestone)"), SCOPE)
    assert isinstance(source, typed.FilterRows)
    assert source.source == ROWS
    assert source.table == "tasks"


def test_groups_give_their_rows_a_name() -> None:
    quantifier = _condition("tasks.groups(task, task.owner).all(group, group.size() > 1)")
    assert isinstance(quantifier, typed.GroupQuantifier)
    assert (quantifier.variable, quantifier.group, quantifier.name) == ("task", "group", "all")
    size = _nodes(quantifier.condition)[1]
    assert isinstance(size, typed.Aggregate)
    assert size.source == typed.GroupRows(size.source.span, "group", "tasks")


# ---------------------------------------------------------------- scopes


def test_names_bound_by_the_caller_are_variables() -> None:
    scope = Scope(NO_FACTS, variables={"rating": INT, "vendor.name": STRING, "tags": Type(Kind.LIST, item=STRING)})
    whole = _condition(
        'has(rating) && rating > 3 && vendor.name == " a" && tags.exists(tag, tag == vendor.name)', scope
    )
    assert isinstance(whole, typed.And)
    assert whole.parts[0] == typed.CellTest(whole.parts[0].span, typed.Variable(typed.Span(4, 10), INT, "rating"), True)
    assert _problems("has(tag)", scope) == ["unknown-name"]
    assert _problems("vendor.rating > 3", scope) == ["unknown-name"]
    assert _problems("tags.exists(tag, has(tag))", scope) == ["wrong-arguments"]
    assert _problems("tags.exists(rating, rating == 1)", scope) == ["shadowed-name"]


def test_a_caller_may_bind_what_is_a_word_of_the_language_elsewhere() -> None:
    scope = Scope(NO_FACTS, variables={"rows": INT, "measure": DOUBLE})
    assert _condition("rows > 3 && measure > 3", scope).type == BOOL


@pytest.mark.parametrize("text", ["rows.all(task, true)", "measure > 1.0", "limit.days > 1", "rows > 1"])
def test_what_the_check_has_not_is_unknown(text: str) -> None:
    assert _problems(text, BARE)[0] in ("unknown-name", "unknown-limit")


def test_what_uses_a_broken_part_is_left_alone() -> None:
    scope = Scope(SCHEMA, {}, broken=frozenset(("rows", "measure", "limit.days")))
    assert _problems("rows.all(task, task.nothing)", scope) == []
    assert _problems("measure > limit.days", scope) == []
    assert _problems("measure > 1 && project.nam == rows.size()", scope) == ["unknown-field"]


# ---------------------------------------------------------------- problems


def test_all_problems_of_a_condition_are_found_in_the_order_of_their_places() -> None:
    text = 'project.nam = "a" && tasks.all(task, task.ownr == 1 && task.status == "x") or limit.no > measur'
    with pytest.raises(ConditionError) as caught:
        _condition(text)
    found = caught.value.diagnostics
    assert [each.code for each in found] == [
        "unknown-field",
        "syntax",
        "unknown-field",
        "unknown-word",
        "syntax",
        "unknown-limit",
        "unknown-name",
    ]


def test_the_deepest_conditions_that_are_read_are_typed() -> None:
    macros = "".join(f"true && !deliverables.all(r{number}, " for number in range(15))
    assert _condition(macros + "true" + ")" * 15).type == BOOL
    filters = "tasks" + "".join(f".filter(r{number}, r{number}.is_milestone)" for number in range(60))
    assert _condition(f"{filters}.size() > 1").type == BOOL
    assert _condition("!" * 60 + "true").type == BOOL
    assert _condition("true ? true : " * 30 + "false").type == BOOL
    assert _condition(" || ".join(["project.has_suppliers"] * 400)).type == BOOL


def test_patterns_need_the_package_that_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(ConditionError, match="google-re2, which is not installed"):
        _condition('project.name.matches("a+")')


@pytest.mark.parametrize("literal", ["运维\u200b", "\ufeff运维", "\u00ad"])
def test_texts_with_invisible_characters_around_them_equal_no_text_of_the_facts(literal: str) -> None:
    assert _problems(f'project.name == "{literal}"') == ["unmatched-text"]


def test_a_part_of_a_text_may_begin_or_end_with_what_is_trimmed_off_a_whole_one() -> None:
    assert _condition('project.name.contains("运维 ")').type == BOOL
    assert _condition('project.name.startsWith("运维\u200b")').type == BOOL
