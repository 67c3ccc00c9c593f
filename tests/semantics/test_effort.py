"""No construct takes more than its share: twice the rows are about twice the work, counted, not timed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from riskcheck.expr import evaluate, frame, why
from riskcheck.expr.typed import RowCell
from riskcheck.model.truth import Truth
from tests.semantics.caseworld import world_of

TABLES = {
    "items": {"id": "string", "done": "bool"},
    "tasks": {
        "id": "string",
        "item": "string",
        "kind": "a | b",
        "before": "list",
        "days": "int 0..9",
        "start": "date",
        "finish": "date",
    },
}


@pytest.fixture
def cells_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the cells that are read, to evaluate or to explain."""
    count, meaning, explained = [0], frame.MEANINGS[RowCell], why.Why.read

    def counted(*arguments: Any) -> Any:
        count[0] += 1
        return meaning(*arguments)

    def explained_and_counted(*arguments: Any, **named: Any) -> None:
        count[0] += 1
        explained(*arguments, **named)

    monkeypatch.setitem(frame.MEANINGS, RowCell, counted)
    monkeypatch.setattr(why.Why, "read", explained_and_counted)
    return count


def facts(rows: int, missing: int) -> Mapping[str, Any]:
    """As many items and tasks, each task of one item; every `missing`th task has no item."""
    tasks = [
        [
            f"T{n}",
            "?" if missing and n % missing == 0 else f"I{n}",
            "a",
            f"T{n - 1}" if n else "none",
            "1",
            "2026-01-01",
            f"2026-02-{n % 28 + 1:02}" if n % 3 else "?",
        ]
        for n in range(rows)
    ]
    return {"items": [[f"I{n}", "true"] for n in range(rows)], "tasks": tasks}


CONDITIONS = [
    "items.all(i, tasks.linked(t, t.item, i.id))",
    "items.all(i, tasks.exists(t, t.item == i.id))",
    'items.all(i, tasks.exists(t, t.kind == "a" && t.item == i.id))',
    "items.all(i, tasks.count(t, t.item == i.id) <= 1)",
    "tasks.all(t, tasks.exists(u, u.kind == t.kind && u.item == t.item))",
    "items.all(i, tasks.filter(t, t.item == i.id).size() <= 1)",
    'items.all(i, tasks.filter(t, t.kind == "a").exists(t, t.item == i.id))',
    "tasks.all(t, t.before.all(b, tasks.exists(u, u.id == b)))",
    "tasks.all(t, t.before.all(b, tasks.linked(u, u.item, b)))",
    '["x", "y"].all(b, tasks.all(t, tasks.linked(u, u.item, b)))',
    "tasks.groups(t, t.item).all(g, g.size() <= 1)",
    'tasks.groups(t, t.item).all(g, g.count(r, r.kind == "a") <= 1)',
    "tasks.groups(t, t.item).all(g, g.peak(t, t.start, t.finish, t.days) <= 9)",
    "tasks.groups(t, t.kind).all(g, g.peak(t, t.start, t.finish, t.days) <= 9)",
    "tasks.peak(t, t.start, t.finish, t.days) <= 9",
    "tasks.unique(t, t.item)",
    "tasks.acyclic(t, t.id, t.before)",
    "tasks.share(t, t.days > tasks.avg(u, u.days)) <= 0.5",
]


@pytest.mark.parametrize("missing", [0, 2], ids=["keys known", "keys missing"])
@pytest.mark.parametrize("expression", CONDITIONS)
def test_work_grows_with_the_rows(expression: str, missing: int, cells_read: list[int]) -> None:
    effort = []
    for rows in (40, 80):
        world = world_of({"tables": TABLES, "facts": facts(rows, missing), "expression": expression})
        cells_read[0] = 0
        evaluate.truth(world.expression, world.environment)
        evaluate.explain(world.expression, world.environment)
        effort.append(cells_read[0])
    assert effort[1] <= 3 * effort[0]


def test_a_plan_of_a_hundred_thousand_tasks_in_one_chain() -> None:
    rows = 100_000
    tasks = [[f"T{n}", "x", "a", f"T{n - 1}" if n else "none"] for n in range(rows)]
    case = {"tables": TABLES, "expression": "tasks.acyclic(t, t.id, t.before)"}
    world = world_of({**case, "facts": {"tasks": tasks}})
    assert evaluate.truth(world.expression, world.environment) is Truth.TRUE
    tasks[0][3] = f"T{rows - 1}"
    world = world_of({**case, "facts": {"tasks": tasks}})
    assert evaluate.truth(world.expression, world.environment) is Truth.FALSE


def test_twenty_thousand_groups_and_as_many_rows_that_may_be_in_any_of_them() -> None:
    """Rows without a key are laid out in time once, not once for each group."""
    rows = 40_000
    tasks = [[f"T{n}", f"I{n}" if n % 2 else "?", "a", "none", "1", "2026-01-01", "2026-02-01"] for n in range(rows)]
    expression = f"tasks.groups(t, t.item).all(g, g.peak(t, t.start, t.finish, t.days) <= {rows})"
    world = world_of({"tables": TABLES, "facts": {"tasks": tasks}, "expression": expression})
    assert evaluate.truth(world.expression, world.environment) is Truth.UNKNOWN
    assert len(evaluate.explain(world.expression, world.environment).needs) == rows // 2
