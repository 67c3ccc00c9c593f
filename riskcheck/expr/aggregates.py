"""Sums, extremes, averages and the latest value of rows of which some only may belong.

Each row's membership and value are taken as independent of every other's; the result spans all ways to settle them and,
in an open table, all further rows. `further` is the value that a further row may have, None if there can be none.
A row's value that is unsettled may be undefined; so may then be the result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from riskcheck.expr.intervals import (
    FURTHEST_SUM,
    TRUE,
    UNSETTLED,
    End,
    Interval,
    Number,
    Unsettled,
    Value,
    ends,
    is_number,
    range_of,
    spanning,
)
from riskcheck.expr.typed import Kind
from riskcheck.model.factset import Absent
from riskcheck.model.number import SCALE, divide_to_grid
from riskcheck.model.truth import Truth

Entry = tuple[Truth, Number]
"""Whether a row belongs (TRUE, or UNKNOWN for a maybe-row), and its value."""
Bounds = tuple[Truth, End, End]


def total(entries: Sequence[Entry], further: Number | None, kind: Kind) -> Number:
    """The exact sum; 0 of no rows. It has no end where some value has none, or further rows carry it on."""
    bounds = _bounds(entries, further)
    if bounds is None:
        return UNSETTLED
    low = sum((low if member is TRUE else min(0, low)) for member, low, _ in bounds)
    high = sum((high if member is TRUE else max(0, high)) for member, _, high in bounds)
    no_low, no_high = _without_end(bounds, kind)
    if further is not None and further is not UNSETTLED:
        least, greatest = ends(further)
        no_low, no_high = no_low or least < 0, no_high or greatest > 0
    return spanning(-FURTHEST_SUM if no_low else low, FURTHEST_SUM if no_high else high)


def _without_end(bounds: list[Bounds], kind: Kind) -> tuple[bool, bool]:
    """Whether some value, itself not known, may be as small, and as great, as its kind admits."""
    least, greatest = range_of(kind)
    unknown = [(low, high) for _, low, high in bounds if low != high]
    return any(low <= least for low, _ in unknown), any(high >= greatest for _, high in unknown)


def greatest(entries: Sequence[Entry], further: Number | None) -> Number:
    """The greatest value; undefined if there may be no rows."""
    return _extreme(entries, further, max)


def least(entries: Sequence[Entry], further: Number | None) -> Number:
    """The least value; undefined if there may be no rows."""
    return _extreme(entries, further, min)


def _extreme(entries: Sequence[Entry], further: Number | None, pick: Callable[..., End]) -> Number:
    """Sure rows bound the result on one side, all rows on the other."""
    bounds = _bounds(entries, further)
    if bounds is None or not any(member is TRUE for member, _, _ in bounds):
        return UNSETTLED
    lows = [low for member, low, _ in bounds if member is TRUE or pick is min]
    highs = [high for member, _, high in bounds if member is TRUE or pick is max]
    if further is not None and further is not UNSETTLED:
        (lows if pick is min else highs).append(ends(further)[0 if pick is min else 1])
    return spanning(pick(lows), pick(highs))


def average(entries: Sequence[Entry], further: Number | None, kind: Kind) -> Number:
    """The average on the grid, one correctly rounded division; undefined if there may be no rows.

    Like a sum it is exact and has no end where some value has none.
    """
    bounds = _bounds(entries, further)
    if bounds is None or not any(member is TRUE for member, _, _ in bounds):
        return UNSETTLED
    unit = SCALE if kind is Kind.DOUBLE else 1
    low = _least_average([(member, low) for member, low, _ in bounds], unit)
    high = -_least_average([(member, -high) for member, _, high in bounds], unit)
    if further is not None and further is not UNSETTLED:
        least, greatest = ends(further)
        low, high = min(low, least * (SCALE // unit)), max(high, greatest * (SCALE // unit))
        bounds.append((Truth.UNKNOWN, least, greatest))
    no_low, no_high = _without_end(bounds, kind)
    return spanning(-FURTHEST_SUM if no_low else low, FURTHEST_SUM if no_high else high)


def _least_average(values: list[tuple[Truth, End]], unit: int) -> End:
    """Maybe-rows count as long as they draw the average of the sure rows down, the least ones first."""
    sure = [value for member, value in values if member is TRUE]
    number, count = sum(sure), len(sure)
    for value in sorted(value for member, value in values if member is not TRUE):
        if value * count >= number:
            break
        number, count = number + value, count + 1
    return number if isinstance(number, float) else divide_to_grid(number, count * unit)


def _bounds(entries: Sequence[Entry], further: Number | None) -> list[Bounds] | None:
    """Each row's membership, least and greatest value; None if some value may be undefined."""
    if further is UNSETTLED:
        return None
    bounds: list[Bounds] = []
    for member, value in entries:
        if isinstance(value, Unsettled):
            return None
        bounds.append((member, *ends(value)))
    return bounds


# ---------------------------------------------------------------- latest

Dated = tuple[Truth, Value | Absent, Value]
"""Whether a row belongs, its date (EMPTY for none), and its value."""


def latest_candidates(entries: Sequence[Dated]) -> list[int] | None:
    """The entries that may be the latest, by index; None if there may be none at all.

    Rows with empty date take no part; one with a missing date, and each of a tie, may be the one.
    """
    known = [date for member, date, _ in entries if member is TRUE and type(date) is int]
    if not known:
        return None
    last = max(known)
    return [
        index
        for index, (_, date, _) in enumerate(entries)
        if not isinstance(date, Absent) and (not isinstance(date, int) or date >= last)
    ]


def latest(entries: Sequence[Dated], further: Value | None) -> Value:
    """The range of what the latest row's value may be; undefined if no row may take part."""
    candidates = latest_candidates(entries)
    if candidates is None:
        return UNSETTLED
    values = [entries[index][2] for index in candidates]
    return hull(values if further is None else [*values, further])


def hull(values: Sequence[Value]) -> Value:
    """What is known of a value that is one of `values`, of which there is at least one."""
    first = values[0]
    if is_number(first) or isinstance(first, Interval):
        if not all(is_number(value) for value in values):
            return UNSETTLED
        spans = [ends(value) for value in values if isinstance(value, int | Interval)]
        return spanning(min(low for low, _ in spans), max(high for _, high in spans))
    return first if all(value == first for value in values) else UNSETTLED
