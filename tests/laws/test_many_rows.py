"""What is found out for many rows at once is what is found out for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.expr import manyrows
from riskcheck.expr.checker import Scope, check_value
from riskcheck.expr.evaluate import Environment
from riskcheck.expr.frame import value
from riskcheck.expr.manyrows import ManyRows, values_in
from riskcheck.expr.relations import key_of, keys_in, refs_in, refs_of
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import Aggregate, Expression, Kind
from tests.laws.conditions import Conditions
from tests.laws.worlds import AS_OF, SCHEMA, random_facts

seeds = st.integers(min_value=0, max_value=2**32)
many = settings(derandomize=True, max_examples=600, database=None)


@pytest.fixture(autouse=True, scope="module")
def _no_rows_are_few() -> Iterator[None]:
    few, manyrows.FEW = manyrows.FEW, 0
    yield
    manyrows.FEW = few


def inner_of(text: str) -> Aggregate:
    """The macro over the tasks that `text` is."""
    found = check_value(SourceText(text), Scope(SCHEMA))
    assert isinstance(found, Aggregate)
    return found


def row_by_row(node: Expression, rows: ManyRows, ranged: bool) -> list[object]:
    return [value(node, rows.frame.with_row(rows.variable, row), ranged) for row in rows.rows]


@many
@given(seeds, st.booleans())
def test_conditions_and_numbers(seed: int, ranged: bool) -> None:
    random = Random(seed)
    drawn = Conditions(random)
    drawn.rows.append("row")
    depth = random.choice((0, 1, 1, 2))
    if random.random() < 0.7:
        node = inner_of(f"tasks.all(row, {drawn.condition(depth)})").args[0]
    else:
        node = inner_of(f"tasks.sum(row, {drawn.number(random.choice(('int', 'double')), depth)})").args[0]
    facts = random_facts(random)
    count = facts.by_name["tasks"].row_count
    rows = [random.randrange(count) for _ in range(5)] if count else []
    asked = ManyRows(Environment(facts, AS_OF).frame(), "row", rows)
    assert values_in(node, asked, ranged) == row_by_row(node, asked, ranged)


@many
@given(seeds)
def test_keys_and_references(seed: int) -> None:
    random = Random(seed)
    field = random.choice(("name", "ref", "refs", "few", "part", "amount", "kind", "flag", "due", "moment"))
    node = inner_of(f"tasks.count(row, has(row.{field}))").args[0].cell
    other = inner_of("items.count(row, has(row.ref))").args[0].cell
    facts = random_facts(random)
    asked = ManyRows(Environment(facts, AS_OF).frame(), "row", range(facts.by_name["tasks"].row_count))
    inner = [asked.frame.with_row("row", row) for row in asked.rows]
    kind = Kind.DOUBLE if node.type.kind is Kind.INT and random.random() < 0.5 else None
    assert keys_in(node, asked, kind) == [key_of(node, each, kind) for each in inner]
    assert refs_in(node, other, asked) == [refs_of(node, other, each) for each in inner]
