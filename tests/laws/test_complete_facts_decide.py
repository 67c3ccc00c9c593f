"""Complete facts decide: with no cell missing and every table closed, every check of the shipped pack has an outcome,
whichever optional cells are empty, unless a value is undefined or the latest row is tied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from types import MappingProxyType

import pytest

from riskcheck.engines.reference import judge
from riskcheck.expr import evaluate
from riskcheck.expr.evaluate import Environment
from riskcheck.expr.result import Explanation, Need
from riskcheck.model.factset import EMPTY, Cell, FactSet, FactTable, empty_table
from riskcheck.model.number import SCALE
from riskcheck.model.schema import Field, FieldType, Table
from riskcheck.model.truth import Judgement, Truth
from riskcheck.outcome import outcome_states
from riskcheck.packs.load import load_pack
from riskcheck.packs.rulepack import Check, RulePack

AS_OF = date(2026, 6, 30)
WORLDS = 60
"""How many random projects each check is tried on."""


@cache
def pack() -> RulePack:
    return load_pack("deployment")


def random_value(field: Field, random: Random) -> Cell:
    scale = SCALE if field.type.on_grid else 1
    low = field.minimum if field.minimum is not None else 0
    high = min(field.maximum if field.maximum is not None else low + 200 * scale, low + 200 * scale)
    days = timedelta(days=random.choice((-400, -60, -30, -5, -1, 0, 0, 1, 10)))
    match field.type:
        case FieldType.BOOL:
            return random.random() < 0.6
        case FieldType.INT | FieldType.DOUBLE | FieldType.PERCENT:
            return random.choice((low, high, random.randint(low, high)))
        case FieldType.ENUM:
            return random.choice(field.allowed).name
        case FieldType.DATE:
            return AS_OF + days
        case FieldType.DATETIME:
            return datetime(2026, 6, 30, 12) + days
        case FieldType.LIST:
            return tuple(random.sample(("K1", "K2", "K3"), random.randint(1, 2)))
        case _:
            return random.choice(("K1", "K2", "K3"))


def random_table(table: Table, random: Random) -> FactTable:
    """A complete table; now and then all its optional cells are empty."""
    count = 1 if table.one_row else random.choice((0, 1, 2, 3, 5, 8, 21))
    empty = random.choice((0.0, 0.1, 0.5, 1.0))
    columns = {
        field.name: tuple(
            EMPTY if field.optional and random.random() < empty else random_value(field, random) for _ in range(count)
        )
        for field in table.fields
    }
    return FactTable(table, MappingProxyType(columns), count, closed=True)


def random_projects(check: Check) -> Iterator[FactSet]:
    random = Random(check.id)
    for _ in range(WORLDS):
        tables = tuple(
            random_table(table, random) if table.name in check.reads else empty_table(table, closed=True)
            for table in pack().schema.tables
        )
        yield FactSet(pack().schema, tables)


def unknown_parts(check: Check, judgement: Judgement, facts: FactSet) -> Iterator[Explanation]:
    environment = Environment(facts, AS_OF, {limit.name: limit.value for limit in check.limits})
    if judgement.rows_exist is Truth.UNKNOWN and check.rows:
        yield evaluate.explain_rows(check.rows.source, environment)
    for condition in (check.applies_when, check.pass_if, check.warn_if):
        if condition:
            yield evaluate.explain(condition.expression, environment)


def what_is_in_the_way(check: Check, facts: FactSet) -> set[Need]:
    """What a check that is not decided asks for, undefined values and ties aside."""
    (judgement,) = judge([check], facts, AS_OF)
    assert judgement.error is None
    if len(outcome_states(check, judgement)) == 1:
        return set()
    needs = {need for part in unknown_parts(check, judgement, facts) for need in part.needs}
    assert needs
    return {need for need in needs if need.kind not in ("define", "tie")}


@pytest.mark.parametrize("check", pack().checks, ids=lambda check: check.id)
def test_complete_facts_decide(check: Check) -> None:
    for facts in random_projects(check):
        assert not what_is_in_the_way(check, facts)
