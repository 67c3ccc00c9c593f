"""What is explained for many rows at once is what is explained for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.expr import columnreasons, explain, manyrows  # `explain` gives the constructs their reasons
from riskcheck.expr.checker import Scope, check_value
from riskcheck.expr.columnreasons import give_reasons_in, why_they_belong
from riskcheck.expr.evaluate import Environment
from riskcheck.expr.frame import truth
from riskcheck.expr.intervals import UNKNOWN
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import Aggregate, Expression, FilterRows
from riskcheck.expr.why import Why, give_reasons
from riskcheck.model.factset import FactSet
from tests.laws.conditions import Conditions
from tests.laws.worlds import AS_OF, SCHEMA, random_facts

seeds = st.integers(min_value=0, max_value=2**32)
many = settings(derandomize=True, max_examples=400, database=None)


@pytest.fixture(autouse=True, scope="module")
def _no_rows_are_few() -> Iterator[None]:
    kept = columnreasons.FEW, manyrows.FEW
    columnreasons.FEW = manyrows.FEW = 0
    yield
    columnreasons.FEW, manyrows.FEW = kept


def over_tasks(text: str) -> Aggregate:
    """The macro over the tasks that `text` is."""
    found = check_value(SourceText(text), Scope(SCHEMA))
    assert isinstance(found, Aggregate)
    return found


def drawn_condition(random: Random) -> str:
    drawn = Conditions(random)
    drawn.rows.append("row")
    links = "tasks.linked(other, other.ref, row.name)"
    text = drawn.condition(random.choice((0, 1, 2)))
    return random.choice((text, text, f"{links} || {text}", f"!{links} && {text}"))


def drawn_rows(random: Random, facts: FactSet) -> list[int]:
    count = facts.by_name["tasks"].row_count
    return sorted(random.sample(range(count), random.randint(0, count)))


@many
@given(seeds, st.booleans())
def test_conditions(seed: int, needed: bool) -> None:
    random = Random(seed)
    node: Expression = over_tasks(f"tasks.all(row, {drawn_condition(random)})").args[0]
    facts = random_facts(random)
    rows, frame = drawn_rows(random, facts), Environment(facts, AS_OF).frame()
    at_once, one_by_one = Why(facts), Why(facts)
    give_reasons_in(node, "row", rows, frame, at_once, needed)
    for row in rows:
        give_reasons(node, frame.with_row("row", row), one_by_one, needed)
    assert (at_once.cells, at_once.needs) == (one_by_one.cells, one_by_one.needs)


@many
@given(seeds)
def test_belonging(seed: int) -> None:
    random = Random(seed)
    source = over_tasks(f"tasks.filter(row, {drawn_condition(random)}).all(other, true)").source
    assert isinstance(source, FilterRows)
    facts = random_facts(random)
    rows, frame = drawn_rows(random, facts), Environment(facts, AS_OF).frame()
    at_once, one_by_one = Why(facts), Why(facts)
    why_they_belong(source, rows, frame, at_once, True)
    for row in rows:
        inner = frame.with_row("row", row)
        if truth(source.condition, inner) is UNKNOWN:
            give_reasons(source.condition, inner, one_by_one, True)
    assert (at_once.cells, at_once.needs) == (one_by_one.cells, one_by_one.needs)


@many
@given(seeds)
def test_whole_explanations(seed: int) -> None:
    random = Random(seed)
    condition, macro = drawn_condition(random), random.choice(("all", "exists", "exists_one"))
    node = over_tasks(f"tasks.{macro}(row, {condition})")
    facts = random_facts(random)
    at_once = explain.explanation(node, Environment(facts, AS_OF))
    columnreasons.FEW = manyrows.FEW = 10**9
    try:
        assert at_once == explain.explanation(node, Environment(facts, AS_OF))
    finally:
        columnreasons.FEW = manyrows.FEW = 0
