"""The largest sum of loads at one time, of rows whose times, loads and belonging may be known in part only.

No load is below 0. So the peak is least if each row loads as little time as little as it may, and greatest if each
loads as much; either can be so for all rows at once. Times are whole numbers: days or microseconds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from riskcheck.expr.intervals import (
    FURTHEST_SUM,
    TRUE,
    UNSETTLED,
    End,
    Number,
    Unsettled,
    ends,
    range_of,
    spanning,
)
from riskcheck.expr.typed import Kind
from riskcheck.frozen import frozen
from riskcheck.model.truth import Truth


@frozen
class Stretch:
    """A load of more than 0 from `start` until before `end`, which is later."""

    start: int
    end: int
    load: int


@frozen
class Extent:
    """What a row loads at least and at most; None: nothing at any time."""

    least: Stretch | None
    most: Stretch | None


NOTHING = Extent(None, None)


def extent(member: Truth, start: Number, finish: Number, load: Number, of_times: Kind, of_load: Kind) -> Extent | None:
    """What a row loads from `start` to `finish`, of kind DATE (that day included) or DATETIME (until before it).

    A row that finishes before it starts loads nothing. None if a value may be undefined.
    """
    if isinstance(start, Unsettled) or isinstance(finish, Unsettled) or isinstance(load, Unsettled):
        return None
    (earliest, latest), (soonest, furthest), (low, high) = ends(start), ends(finish), ends(load)
    after = 1 if of_times is Kind.DATE else 0
    if low != high and high >= range_of(of_load)[1]:
        high = FURTHEST_SUM
    least = _stretch(latest, soonest + after, low) if member is TRUE else None
    return Extent(least, _stretch(earliest, furthest + after, high))


def _stretch(start: End, end: End, load: End) -> Stretch | None:
    return Stretch(int(start), int(end), int(load)) if start < end and load > 0 else None


class Profile:
    """The sum of loads over time: `sums[i]` from `times[i]` until before `times[i + 1]`, else 0."""

    def __init__(self, stretches: Iterable[Stretch | None]) -> None:
        changes: dict[int, int] = {}
        for each in stretches:
            if each is not None:
                changes[each.start] = changes.get(each.start, 0) + each.load
                changes[each.end] = changes.get(each.end, 0) - each.load
        self.times = sorted(changes)
        self.sums = list(accumulate([changes[time] for time in self.times]))[:-1]

    @cached_property
    def peak(self) -> int:
        """The greatest sum; 0 if nothing is ever loaded."""
        return max(self.sums, default=0)

    def within(self, start: int, end: int) -> int:
        """The greatest sum from `start` until before `end`."""
        low = max(bisect_right(self.times, start) - 1, 0) + len(self.sums)
        high = min(bisect_left(self.times, end), len(self.sums)) + len(self.sums)
        found = 0
        while low < high:
            if low % 2:
                found, low = max(found, self._greatest[low]), low + 1
            if high % 2:
                high -= 1
                found = max(found, self._greatest[high])
            low, high = low // 2, high // 2
        return found

    @cached_property
    def _greatest(self) -> list[int]:
        """A tree over the sums, which are its second half: each node is the greater of the two below it."""
        tree = [0] * len(self.sums) + self.sums
        for node in range(len(self.sums) - 1, 0, -1):
            tree[node] = max(tree[2 * node], tree[2 * node + 1])
        return tree


@frozen
class Loads:
    """The extents of some rows, in their order; None is one that may be undefined."""

    extents: tuple[Extent | None, ...]

    @cached_property
    def undefined(self) -> bool:
        """Whether some value may be undefined."""
        return None in self.extents

    @cached_property
    def sure(self) -> Profile:
        """What they load at least."""
        return Profile(each.least for each in self.extents if each)

    @cached_property
    def possible(self) -> Profile:
        """What they load at most."""
        return Profile(each.most for each in self.extents if each)


@frozen
class LoadedRows:
    """The loads of the rows of a source.

    `shared` are those of maybe-rows that stand in many sources (see `Rows`), looked at once for all of these. `further`
    is what a further row of an open table may load, NOTHING if there can be none.
    """

    rows: Loads
    shared: Loads
    further: Extent | None

    @property
    def undefined(self) -> bool:
        """Whether some value may be undefined."""
        return self.rows.undefined or self.shared.undefined or self.further is None

    def peak(self) -> Number:
        """The largest sum at any time; 0 of no rows. It has no end where some load has none, or rows may be added."""
        if self.undefined:
            return UNSETTLED
        greatest = max(self.shared.possible.peak, *self._sums, 0)
        if self.further and self.further.most:
            greatest = FURTHEST_SUM
        return spanning(self.rows.sure.peak, min(greatest, FURTHEST_SUM))

    @cached_property
    def _sums(self) -> Sequence[int]:
        """The greatest possible sums of all rows, along the times of `rows.possible`."""
        own, others = self.rows.possible, self.shared.possible
        spans = zip(pairwise(own.times), own.sums, strict=True)
        return [total + others.within(*span) for span, total in spans] if others.sums else own.sums

    # ------------------------------------------------------------ which rows make it so

    def at_the_sure_peak(self) -> list[int]:
        """The rows, by index, that surely are loaded when the sure sum is greatest first."""
        profile = self.rows.sure
        time = profile.times[profile.sums.index(profile.peak)] if profile.peak else None
        return [index for index, each in enumerate(self.rows.extents) if each and _covers(each.least, time)]

    def at_the_possible_peak(self) -> list[int]:
        """The rows, by index, that may be loaded when the possible sum is greatest first."""
        time = self.rows.possible.times[self._sums.index(max(self._sums))] if self._sums else None
        return [index for index, each in enumerate(self.rows.extents) if each and _covers(each.most, time)]

    def unclear(self) -> list[int]:
        """The rows, by index, on which it hangs how great the peak is.

        Rows with something undefined come first. Else these are rows not known to the last that may be loaded when the
        possible sum is above the sure peak.
        """
        if self.undefined:
            return [index for index, each in enumerate(self.rows.extents) if each is None]
        times, least = self.rows.possible.times, self.rows.sure.peak
        above = list(accumulate([total > least for total in self._sums], initial=0))

        def is_above(stretch: Stretch) -> bool:
            return above[bisect_left(times, stretch.end)] > above[bisect_left(times, stretch.start)]

        return [
            index
            for index, each in enumerate(self.rows.extents)
            if each and each.least != each.most and each.most and is_above(each.most)
        ]


def _covers(stretch: Stretch | None, time: int | None) -> bool:
    return stretch is not None and time is not None and stretch.start <= time < stretch.end
