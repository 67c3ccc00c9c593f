"""The peak of loads is exactly what all ways to settle its rows give, and the laws of the language hold for it."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given

from riskcheck.expr.intervals import UNKNOWN, UNSETTLED, Interval, Number, ends, spanning
from riskcheck.expr.peaks import NOTHING, Extent, LoadedRows, Loads, Profile, Stretch, extent
from riskcheck.expr.typed import Kind
from riskcheck.model.factset import close_table
from riskcheck.model.truth import Truth
from tests.laws.conditions import Conditions
from tests.laws.test_laws import assert_learning_narrows, explain, many, result, seeds, some_facts, typed
from tests.laws.twovalued import NoValueError, TwoValued
from tests.laws.worlds import AS_OF, completed, filled, with_table

Row = tuple[Truth, Number, Number, Number]
DAYS = range(6)


def random_row(random: Random) -> Row:
    start, finish, load = random.randrange(4), random.randrange(1, 5), random.randrange(3)
    return (
        random.choice((Truth.TRUE, Truth.TRUE, Truth.UNKNOWN)),
        spanning(start, start + random.choice((0, 0, 1))),
        spanning(finish, finish + random.choice((0, 0, 1))),
        spanning(load, load + random.choice((0, 0, 2))),
    )


def ways_of(row: Row) -> list[tuple[int, ...]]:
    """What the row loads on each day, for every way to settle it by the ends of what is known of it."""
    member, *known = row
    ways = [(0,) * len(DAYS)] if member is UNKNOWN else []
    for start, finish, load in product(*({int(end) for end in ends(each)} for each in known if each is not UNSETTLED)):
        ways.append(tuple(load if start <= day <= finish else 0 for day in DAYS))
    return ways


def extents_of(rows: list[Row]) -> Loads:
    return Loads(tuple(extent(*row, Kind.DATE, Kind.INT) for row in rows))


def test_the_interval_is_what_all_ways_give() -> None:
    random = Random(7)
    for _ in range(500):
        rows = [random_row(random) for _ in range(random.randint(0, 4))]
        peaks = {max(map(sum, zip(*way, strict=True)), default=0) for way in product(*map(ways_of, rows))}
        shared = [row for row in rows if row[0] is UNKNOWN and random.random() < 0.5]
        own = [row for row in rows if row not in shared]
        for each in (
            LoadedRows(extents_of(rows), Loads(()), NOTHING),
            LoadedRows(extents_of(own), extents_of([row for row in rows if row in shared]), NOTHING),
        ):
            assert each.peak() == spanning(min(peaks), max(peaks)), rows
            assert (len(peaks) == 1) or each.unclear() or each.shared.extents


def test_a_profile_knows_the_greatest_sum_of_any_stretch() -> None:
    random = Random(7)
    for _ in range(200):
        starts = [random.randrange(9) for _ in range(random.randint(0, 6))]
        stretches = [Stretch(start, start + random.randint(1, 6), random.randint(1, 5)) for start in starts]
        profile = Profile(stretches)
        sums = [sum(each.load for each in stretches if each.start <= time < each.end) for time in range(16)]
        assert profile.peak == max(sums)
        for start in range(15):
            for end in range(start + 1, 16):
                assert profile.within(start, end) == max(sums[start:end])


def test_datetimes_end_before_their_finish_and_days_after_it() -> None:
    assert extent(Truth.TRUE, 5, 7, 1, Kind.DATE, Kind.INT) == Extent(Stretch(5, 8, 1), Stretch(5, 8, 1))
    assert extent(Truth.TRUE, 5, 7, 1, Kind.DATETIME, Kind.INT) == Extent(Stretch(5, 7, 1), Stretch(5, 7, 1))
    assert extent(Truth.TRUE, 5, 5, 1, Kind.DATETIME, Kind.INT) == NOTHING
    assert extent(Truth.TRUE, Interval(5, 8), 6, 1, Kind.DATE, Kind.INT) == Extent(None, Stretch(5, 7, 1))
    assert extent(Truth.TRUE, 5, UNSETTLED, 1, Kind.DATE, Kind.INT) is None


# ---------------------------------------------------------------- the laws on conditions about peaks


def peak_of(conditions: Conditions, source: str) -> str:
    kind = conditions.pick("int", "double")
    return conditions.with_row(source, lambda row: f"{source}.peak({row}, {conditions.loaded(row, kind)})")


def random_peak(random: Random) -> str:
    """A number: a peak over a table or a filter of one."""
    conditions = Conditions(random)
    return peak_of(conditions, conditions.source(random.choice((0, 1, 2))))


def random_condition_on_peaks(random: Random) -> str:
    """What holds of the peak of rows, or of the peak of each group or of each group's filter."""
    conditions = Conditions(random)
    limit = conditions.pick("0", "1", "1.0", "2", "3.5", "4")
    order = conditions.pick("<=", "<", ">", ">=", "==")
    if random.random() < 0.4:
        return f"{peak_of(conditions, conditions.source(1))} {order} {limit}"
    key, group = conditions.pick("name", "ref", "kind", "few"), "g"
    inner = conditions.pick("g", "g", "g.filter(x, x.flag)", "g.filter(x, x.few > 0)")
    of_group = f"{peak_of(conditions, inner)} {order} {limit}"
    outer = conditions.pick("tasks", "tasks", "tasks.filter(y, y.flag)")
    return f"{outer}.groups(r, r.{key}).{conditions.pick('all', 'exists')}({group}, {of_group})"


@many
@given(seeds)
def test_learning_only_narrows_peaks(seed: int) -> None:
    random = Random(seed)
    text = random.choice((random_peak, random_condition_on_peaks))(random)
    assert_learning_narrows(typed(text), some_facts(random), random, text)


@many
@given(seeds)
def test_every_completion_lies_within_what_is_known_and_agrees_with_the_two_valued_language(seed: int) -> None:
    random = Random(seed)
    text = random_peak(random)
    expression, facts = typed(text), some_facts(random)
    partial = result(expression, facts)
    for _ in range(3):
        complete = completed(facts, random, empty=0)
        whole = result(expression, complete)
        try:
            plain = TwoValued(complete, AS_OF).of(expression, {})
        except NoValueError:
            continue
        grid = plain * (10**6 if expression.type.kind is Kind.DOUBLE else 1)
        assert whole == grid, text
        assert partial is UNSETTLED or ends(partial)[0] <= grid <= ends(partial)[1], text  # type: ignore[arg-type]


@many
@given(seeds)
def test_completions_agree_on_conditions(seed: int) -> None:
    random = Random(seed)
    text = random_condition_on_peaks(random)
    expression, facts = typed(text), some_facts(random)
    partial = result(expression, facts)
    complete = completed(facts, random, empty=0)
    whole = result(expression, complete)
    assert partial is UNKNOWN or whole is partial, text
    try:
        two_valued = TwoValued(complete, AS_OF).of(expression, {})
    except NoValueError:
        return
    assert whole is (Truth.TRUE if two_valued else Truth.FALSE), text


@many
@given(seeds)
def test_who_supplies_what_is_asked_for_gets_an_answer(seed: int) -> None:
    random = Random(seed)
    text = random_condition_on_peaks(random)
    expression, facts = typed(text), some_facts(random)
    for _ in range(60):
        found = explain(expression, facts)
        assert found.truth is result(expression, facts), text
        assert bool(found.needs) is (found.truth is UNKNOWN), text
        fills = [need.cell for need in found.needs if need.kind == "fill" and need.cell]
        closes = [need.table for need in found.needs if need.kind == "close"]
        if not fills and not closes:
            assert all(need.kind in ("value", "define", "tie") for need in found.needs), text
            return
        for table in closes:
            facts = with_table(facts, close_table(facts.by_name[table]))
        for cell in fills:
            if cell.row >= facts.by_name[cell.table].row_count:
                return  # a one-row table that is not there at all: nothing to fill in here
            facts = filled(facts, (cell.table, cell.row, cell.field), random)
    pytest.fail(f"asks for ever: {text}")
