"""The reference engine: what a check's keys come to, and what becomes of a check that cannot be judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from riskcheck.engines import reference
from riskcheck.expr import walk
from riskcheck.expr.checker import Scope, check_condition, check_rows
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import DOUBLE
from riskcheck.frozen import replace
from riskcheck.model.factset import FactSet
from riskcheck.model.place import Location
from riskcheck.model.schema import Schema
from riskcheck.model.text import Text
from riskcheck.model.truth import Judgement, Truth
from riskcheck.packs.rulepack import Check, Condition, Limit, RowsJudged
from tests.semantics.caseworld import facts_of, schema_of, text

AS_OF = date(2026, 6, 30)
NOWHERE = Location("rule.yaml")
CASE = {"records": {"project": {"late": "bool"}}, "tables": {"tasks": {"id": "string", "done": "bool"}}}


def schema(min_rows: int = 0) -> Schema:
    project, tasks = schema_of(CASE).tables
    return Schema((project, replace(tasks, min_rows=min_rows)))


def check(pass_if: str, min_rows: int = 0, **keys: str) -> Check:
    """A check of which only its conditions matter."""
    scope = Scope(schema(min_rows), limits={"most": DOUBLE})

    def condition(written: str | None) -> Condition | None:
        return Condition(written, NOWHERE, check_condition(SourceText(written), scope)) if written else None

    rows = RowsJudged(keys["rows"], NOWHERE, check_rows(SourceText(keys["rows"]), scope)) if "rows" in keys else None
    if rows:
        scope = replace(scope, rows=rows.source)
    passing = condition(pass_if)
    assert passing is not None
    return Check(
        id="X-1.a",
        item="X-1",
        also_items=(),
        phase="planning",
        elements=(),
        title=text("a check"),
        evidence=text(""),
        control=text(""),
        applies_when=condition(keys.get("applies_when")),
        rows=rows,
        measure=None,
        pass_if=passing,
        warn_if=condition(keys.get("warn_if")),
        limits=(Limit("most", Text("most", "上限"), DOUBLE, 500_000, "judgement", ()),),
        likelihood=3,
        impact=3,
        must_meet=False,
        owner="pmo",
        due_gate="G1",
        basis="judgement",
        sources=(),
        reads=tuple(sorted(walk.tables_read(passing.expression))),
        fields=tuple(sorted(walk.fields_read(passing.expression))),
        location=NOWHERE,
    )


def facts(tasks: list[list[str]], *, open_tables: tuple[str, ...] = (), late: str = "false") -> FactSet:
    return facts_of(schema(), {"project": {"late": late}, "tasks": tasks}, open_tables)


def judged(checked: Check, found: FactSet) -> Judgement:
    (judgement,) = reference.judge([checked], found, AS_OF)
    return judgement


T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE


@pytest.mark.parametrize(
    ("keys", "tasks", "expected"),
    [
        ({}, [["T1", "true"]], (T, T, T, T, F)),
        ({}, [["T1", "false"]], (T, T, T, F, F)),
        ({}, [["T1", "?"]], (T, T, T, U, F)),
        ({"warn_if": "tasks.share(t, !t.done) <= limit.most"}, [["T1", "false"], ["T2", "true"]], (T, T, T, F, T)),
        ({"applies_when": "project.late"}, [["T1", "true"]], (F, T, T, T, F)),
        ({"rows": "tasks.filter(t, t.done)"}, [["T1", "false"]], (T, T, F, F, F)),
        ({"rows": "tasks.filter(t, t.done)"}, [["T1", "?"]], (T, T, U, U, F)),
        ({"rows": "tasks"}, [["T1", "true"]], (T, T, T, T, F)),
    ],
)
def test_each_key_has_its_truth(keys: Mapping[str, str], tasks: list[list[str]], expected: tuple[Truth, ...]) -> None:
    found = judged(check("tasks.all(t, t.done)", **keys), facts(tasks))
    assert (found.applies, found.enough_rows, found.rows_exist, found.passes, found.warns) == expected
    assert found.error is None


@pytest.mark.parametrize(("open_tables", "enough"), [((), F), (("tasks",), U)])
def test_too_few_rows_fail_a_closed_table_and_perhaps_an_open_one(open_tables: tuple[str, ...], enough: Truth) -> None:
    short = facts_of(schema(min_rows=2), {"project": {"late": "false"}, "tasks": [["T1", "true"]]}, open_tables)
    assert judged(check("tasks.all(t, t.done)", min_rows=2), short).enough_rows is enough


def test_rows_of_an_open_table_perhaps_exist() -> None:
    rows = check("tasks.all(t, t.done)", rows="tasks")
    assert judged(rows, facts([], open_tables=("tasks",))).rows_exist is U


def test_what_goes_wrong_within_a_check_is_its_error_and_stops_no_other() -> None:
    broken: Any = replace(check("tasks.all(t, t.done)"), id="X-1.b", reads=("no_such_table",))
    first, second = reference.judge([broken, check("tasks.all(t, t.done)")], facts([["T1", "true"]]), AS_OF)
    assert first.error == "X-1.b: KeyError"
    assert (first.passes, first.applies) == (U, U)
    assert second.passes is T
