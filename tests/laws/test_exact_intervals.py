"""An aggregate's interval is exactly what all ways to settle its rows give: no wider, no narrower.

Every way is tried, for few rows and few values.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from random import Random
from typing import Any

import pytest

from riskcheck.expr import aggregates
from riskcheck.expr.intervals import (
    UNSETTLED,
    Interval,
    Number,
    add,
    divide,
    ends,
    multiply,
    negate,
    range_of,
    remainder,
    spanning,
    subtract,
)
from riskcheck.expr.tally import Tally
from riskcheck.expr.typed import Kind
from riskcheck.model.factset import EMPTY
from riskcheck.model.number import INT_MAX, INT_MIN, divide_to_grid
from riskcheck.model.truth import Truth

SURE, MAYBE = Truth.TRUE, Truth.UNKNOWN
UNDEFINED = "undefined"


def hull(results: set[Any]) -> Number:
    """What the results amount to; unsettled if there may be none."""
    return UNSETTLED if UNDEFINED in results else spanning(min(results), max(results))


def counts_of(tally: Tally) -> Iterator[tuple[int, int]]:
    """The number of rows and of bad ones, for every way to settle the tally's rows."""
    for unknown, bad, good in product(
        range(tally.unknown + 1), range(tally.maybe_true + 1), range(tally.maybe_false + 1)
    ):
        for of_both in range(tally.maybe_unknown + 1):
            for bad_of_both in range(of_both + 1):
                rows = tally.true + tally.unknown + tally.false + bad + good + of_both
                yield rows, tally.true + unknown + bad + bad_of_both


def share(rows: int, bad: int, tolerant_below: int) -> Any:
    if rows == 0:
        return UNDEFINED
    return 0 if rows < tolerant_below and bad <= 1 else divide_to_grid(bad, rows)


@pytest.mark.parametrize("tolerant_below", [0, 2, 3, 5])
def test_share_and_count(tolerant_below: int) -> None:
    for counts in product(range(3), repeat=6):
        tally = Tally(*counts, open=False)
        ways = list(counts_of(tally))
        assert tally.share(tolerant_below) == hull({share(*way, tolerant_below) for way in ways}), tally
        assert tally.count() == hull({bad for _, bad in ways}), tally
        assert (tally.some() is Truth.TRUE) == all(bad > 0 for _, bad in ways)
        assert (tally.some() is Truth.FALSE) == all(bad == 0 for _, bad in ways)
        assert (tally.every() is Truth.TRUE) == all(bad == rows for rows, bad in ways)
        assert (tally.every() is Truth.FALSE) == all(bad < rows for rows, bad in ways)


Entries = list[tuple[Truth, Number]]


def random_entries(random: Random) -> Entries:
    entries: Entries = []
    for _ in range(random.randint(0, 4)):
        low = random.randint(-3, 3)
        value = spanning(low, low + random.choice((0, 0, 1, 2)))
        entries.append((random.choice((SURE, SURE, MAYBE)), value))
    return entries


def ways_of(entries: Sequence[tuple[Truth, Number]]) -> Iterator[tuple[int, ...]]:
    """The values of the rows that belong, for every way to settle them."""
    options: list[list[int | None]] = []
    for member, value in entries:
        assert value is not UNSETTLED
        low, high = ends(value)
        options.append([*range(int(low), int(high) + 1), *([None] if member is MAYBE else [])])
    for way in product(*options):
        yield tuple(value for value in way if value is not None)


AGGREGATES: dict[str, tuple[Callable[[Entries], Number], Callable[[tuple[int, ...]], Any]]] = {
    "sum": (lambda entries: aggregates.total(entries, None, Kind.INT), sum),
    "min": (lambda entries: aggregates.least(entries, None), lambda way: min(way) if way else UNDEFINED),
    "max": (lambda entries: aggregates.greatest(entries, None), lambda way: max(way) if way else UNDEFINED),
    "avg": (
        lambda entries: aggregates.average(entries, None, Kind.INT),
        lambda way: divide_to_grid(sum(way), len(way)) if way else UNDEFINED,
    ),
}


@pytest.mark.parametrize("name", AGGREGATES)
def test_values(name: str) -> None:
    aggregate, plain = AGGREGATES[name]
    random = Random(7)
    for _ in range(400):
        entries = random_entries(random)
        assert aggregate(entries) == hull({plain(way) for way in ways_of(entries)}), entries


@pytest.mark.parametrize("kind", [Kind.INT, Kind.DOUBLE])
@pytest.mark.parametrize("name", ["total", "least", "greatest", "average"])
def test_a_row_more_says_no_less(name: str, kind: Kind) -> None:
    """The row that an open table may have widens nothing once it is there, be its value known or not."""
    named: dict[str, Callable[..., Any]] = {
        "total": lambda *args: aggregates.total(*args, kind),
        "least": aggregates.least,
        "greatest": aggregates.greatest,
        "average": lambda *args: aggregates.average(*args, kind),
    }
    aggregate = named[name]
    least, greatest = range_of(kind)
    for further in (Interval(least, greatest), Interval(0, greatest), Interval(least, 5), Interval(0, 5), 3):
        for value in (further, *ends(further)):
            for entries in ([(SURE, 1)], [(SURE, 4), (MAYBE, 9)], [(SURE, least)], [(SURE, greatest)]):
                before, after = aggregate(entries, further), aggregate([*entries, (SURE, value)], further)
                assert ends(before)[0] <= ends(after)[0], (further, value, entries)
                assert ends(after)[1] <= ends(before)[1], (further, value, entries)


def test_latest() -> None:
    random = Random(7)
    for _ in range(400):
        entries = [
            (member, random.choice((EMPTY, UNSETTLED, 1, 2, 2, 3)), random.randint(0, 9))
            for member, _ in random_entries(random)
        ]
        dates = [[1, 2, 3, 4, EMPTY] if date is UNSETTLED else [date] for _, date, _ in entries]
        belonging = [[True, False] if member is MAYBE else [True] for member, _, _ in entries]
        results: set[Any] = set()
        for settled in product(product(*dates), product(*belonging)):
            rows = [
                (date, value)
                for date, belongs, (_, _, value) in zip(*settled, entries, strict=True)
                if belongs and date is not EMPTY
            ]
            last = max((date for date, _ in rows), default=None)
            results |= {value for date, value in rows if date == last} if rows else {UNDEFINED}
        assert aggregates.latest(entries, None) == hull(results), entries


SMALL = [spanning(low, low + width) for low in range(-3, 4) for width in (0, 1, 3)]


@pytest.mark.parametrize(
    ("operation", "plain"),
    [
        (lambda x, y: add(x, y, Kind.INT), lambda x, y: x + y),
        (lambda x, y: subtract(x, y, Kind.INT), lambda x, y: x - y),
        (lambda x, y: multiply(x, y, Kind.INT), lambda x, y: x * y),
        (divide, lambda x, y: divide_to_grid(x, y) if y else UNDEFINED),
        (lambda x, y: negate(subtract(x, y, Kind.INT), Kind.INT), lambda x, y: y - x),
    ],
)
def test_arithmetic(operation: Callable[[Number, Number], Number], plain: Callable[[int, int], Any]) -> None:
    for left, right in product(SMALL, SMALL):
        ways = product(range(*extent(left)), range(*extent(right)))
        assert operation(left, right) == hull({plain(x, y) for x, y in ways}), (left, right)


@pytest.mark.parametrize("operation", [add, subtract, multiply])
def test_what_further_rows_may_carry_beyond_the_range_is_unsettled_before(operation: Any) -> None:
    for edge in (INT_MIN, INT_MAX, INT_MAX - 1, 10**18):
        for left, right in ((edge, Interval(1, math.inf)), (Interval(1, math.inf), edge)):
            undefined = [operation(edge, rows, Kind.INT) is UNSETTLED for rows in (2, 1000)]
            assert operation(left, right, Kind.INT) is UNSETTLED or not any(undefined)
    assert add(5, Interval(1, math.inf), Kind.INT) == Interval(6, math.inf)
    assert subtract(5, Interval(1, math.inf), Kind.INT) == Interval(-math.inf, 4)
    assert multiply(10**9, Interval(1, math.inf), Kind.INT) == Interval(10**9, math.inf)


def test_remainder_holds_every_way() -> None:
    """The remainder's interval may be wider than need be, but is exact for known numbers."""
    for left, right in product(SMALL, SMALL):
        found = remainder(left, right)
        results = {truncated(x, y) for x, y in product(range(*extent(left)), range(*extent(right)))}
        if UNDEFINED in results:
            assert found is UNSETTLED
        else:
            assert found is not UNSETTLED
            low, high = ends(found)
            assert low <= min(results) <= max(results) <= high
            assert isinstance(left, Interval) or isinstance(right, Interval) or results == {found}


def truncated(left: int, right: int) -> Any:
    return left - right * int(left / right) if right else UNDEFINED


def extent(value: Number) -> tuple[int, int]:
    assert value is not UNSETTLED
    low, high = ends(value)
    return int(low), int(high) + 1
