"""The laws of the language on random conditions and random facts."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.expr import evaluate, joins
from riskcheck.expr.checker import Scope, check_value
from riskcheck.expr.evaluate import Environment
from riskcheck.expr.intervals import UNKNOWN, UNSETTLED, Interval, Value, ends
from riskcheck.expr.result import Explanation
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import Expression
from riskcheck.model.factset import FactSet, close_table
from riskcheck.model.truth import Truth
from tests.laws.conditions import Conditions
from tests.laws.twovalued import NoValueError, TwoValued
from tests.laws.worlds import AS_OF, SCHEMA, completed, filled, lessons, random_facts, with_table

seeds = st.integers(min_value=0, max_value=2**32)
many = settings(derandomize=True, max_examples=700, database=None)


def typed(text: str) -> Expression:
    return check_value(SourceText(text), Scope(SCHEMA))


def random_condition(random: Random) -> tuple[str, Expression]:
    text = Conditions(random).condition(random.choice((1, 2, 2, 3, 4)))
    return text, typed(text)


def some_facts(random: Random) -> FactSet:
    return random_facts(random, missing=random.choice((0.05, 0.2, 0.4)), empty=random.choice((0, 0.1, 0.3)))


def result(expression: Expression, facts: FactSet, day: date = AS_OF) -> Value:
    return evaluate.result(expression, Environment(facts, day))


def explain(expression: Expression, facts: FactSet) -> Explanation:
    return evaluate.explain(expression, Environment(facts, AS_OF))


def is_part_of(learned: Value, before: Value) -> bool:
    """Whether what is known now is at least as much as was known before."""
    if before is UNSETTLED or before is UNKNOWN:
        return True
    if isinstance(before, Interval):
        if not isinstance(learned, Interval | int):
            return False
        (low, high), (least, greatest) = ends(learned), ends(before)
        return least <= low and high <= greatest
    return learned == before


def assert_learning_narrows(expression: Expression, facts: FactSet, random: Random, text: str) -> None:
    """Step by step, what is learned leaves a part of what was possible before."""
    before = result(expression, facts)
    for learned in lessons(facts, random, 8):
        after = result(expression, learned)
        assert is_part_of(after, before), text
        before = after


@many
@given(seeds)
def test_learning_never_overturns(seed: int) -> None:
    random = Random(seed)
    text, expression = random_condition(random)
    facts = some_facts(random)
    assert_learning_narrows(expression, facts, random, text)


@many
@given(seeds)
def test_learning_only_narrows_numbers(seed: int) -> None:
    random = Random(seed)
    text = Conditions(random).number(random.choice(("int", "double")), random.choice((1, 2, 3)))
    expression, facts = typed(text), some_facts(random)
    assert_learning_narrows(expression, facts, random, text)


@many
@given(seeds)
def test_completions_agree(seed: int) -> None:
    """What is decided is so in every completion, and the two-valued language, written apart, says the same of it."""
    random = Random(seed)
    text, expression = random_condition(random)
    facts = some_facts(random)
    partial = result(expression, facts)
    for _ in range(3):
        complete = completed(facts, random, empty=random.choice((0, 0.1)))
        whole = result(expression, complete)
        assert partial is UNKNOWN or whole is partial, text
        try:
            two_valued = TwoValued(complete, AS_OF).of(expression, {})
        except NoValueError:
            continue
        assert whole is (Truth.TRUE if two_valued else Truth.FALSE), text


@many
@given(seeds)
def test_an_explanation_agrees_and_asks_for_something_where_nothing_is_decided(seed: int) -> None:
    random = Random(seed)
    text, expression = random_condition(random)
    facts = some_facts(random)
    found = explain(expression, facts)
    assert found.truth is result(expression, facts), text
    assert bool(found.needs) is (found.truth is UNKNOWN), text
    assert len(set(found.needs)) == len(found.needs)
    assert len(set(found.cells)) == len(found.cells)


@many
@given(seeds)
def test_an_explanation_asks_for_all_that_is_needed(seed: int) -> None:
    """Who supplies what is asked for, as often as asked, ends with an answer or with something that no fact mends."""
    random = Random(seed)
    text, expression = random_condition(random)
    facts = some_facts(random)
    for _ in range(60):
        needs = explain(expression, facts).needs
        fills = [need.cell for need in needs if need.kind == "fill" and need.cell]
        closes = [need.table for need in needs if need.kind == "close"]
        if not fills and not closes:
            break
        for table in closes:
            facts = with_table(facts, close_table(facts.by_name[table]))
        for cell in fills:
            if cell.row < facts.by_name[cell.table].row_count:
                facts = filled(facts, (cell.table, cell.row, cell.field), random)
            else:
                return  # a one-row table that is not there at all: nothing to fill in here
    else:
        pytest.fail(f"asks for ever: {text}")
    assert result(expression, facts) is not UNKNOWN or all(
        need.kind in ("value", "define", "tie") for need in explain(expression, facts).needs
    )


@many
@given(seeds)
def test_where_only_open_tables_are_in_the_way_nothing_else_is_asked_for(seed: int) -> None:
    random = Random(seed)
    text, expression = random_condition(random)
    facts = some_facts(random)
    if result(expression, facts) is not UNKNOWN:
        return
    closed = facts
    for table in facts.tables:
        closed = with_table(closed, close_table(table))
    others = {need.kind for need in explain(expression, facts).needs} - {"close"}
    settled = result(expression, closed)
    if settled is Truth.FALSE:
        assert others <= {"fill"}, f"blank cells, which had better be filled in before: {text}"
    else:
        assert bool(others) is (settled is UNKNOWN), text


@many
@given(seeds)
def test_a_join_changes_nothing(seed: int) -> None:
    """Looking rows up by key gives what looking at each of them gives."""
    random = Random(seed)
    conditions = Conditions(random)
    conditions.rows = ["a", "b"]
    more = conditions.condition(random.choice((0, 0, 1)))
    equality = f"b.{random.choice(('name', 'ref', 'kind', 'due'))}"
    equality = f"{equality} == {equality.replace('b.', 'a.')}"
    inner = random.choice((f"{equality} && {more}", equality, f"{more} && {equality} && a.flag"))
    macro = random.choice(
        ("exists(b, {0})", "exists_one(b, {0})", "count(b, {0}) > 1", "filter(b, {0}).all(c, c.flag)",
         "filter(b, {0}).groups(c, c.kind).all(g, g.size() < 2)", "filter(b, {0}).count(c, c.few > 1) == 1",
         "filter(b, {0}).sum(c, c.few) > 2")
    ).format(inner)  # fmt: skip
    expression = typed(f"tasks.{random.choice(('all', 'exists', 'exists_one'))}(a, items.{macro})")
    facts = some_facts(random)
    joined = result(expression, facts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joins, "_find_join", lambda *_: None)
        assert result(expression, facts) is joined
