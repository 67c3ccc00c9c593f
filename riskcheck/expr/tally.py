"""How many rows of a source meet a condition: all that the aggregates of conditions need to know."""

from __future__ import annotations

import math
from collections.abc import Sequence

from riskcheck.expr.frame import Frame, Member, Rows
from riskcheck.expr.intervals import FALSE, TRUE, UNKNOWN, UNSETTLED, Number, spanning
from riskcheck.expr.joins import Join, JoinedRows, find_join, join_rows
from riskcheck.expr.manyrows import ManyRows, truths_in
from riskcheck.expr.typed import Expression
from riskcheck.frozen import frozen, replace
from riskcheck.model.number import divide_to_grid
from riskcheck.model.truth import Truth


@frozen
class Tally:
    """Rows that surely belong, by what the condition is for them; the same for maybe-rows; may there be further ones.

    Rows of which the condition is surely false may be left out where only those that meet it are asked for.
    """

    true: int = 0
    unknown: int = 0
    false: int = 0
    maybe_true: int = 0
    maybe_unknown: int = 0
    maybe_false: int = 0
    open: bool = False

    def plus(self, other: Tally) -> Tally:
        """Both counted together."""
        return Tally(
            self.true + other.true,
            self.unknown + other.unknown,
            self.false + other.false,
            self.maybe_true + other.maybe_true,
            self.maybe_unknown + other.maybe_unknown,
            self.maybe_false + other.maybe_false,
            self.open or other.open,
        )

    def some(self) -> Truth:
        """Whether some row meets the condition: OR over the rows; in an open table never false."""
        if self.true:
            return TRUE
        return UNKNOWN if self.unknown or self.maybe_true or self.maybe_unknown or self.open else FALSE

    def every(self) -> Truth:
        """Whether all rows meet the condition: AND over the rows; in an open table never true."""
        if self.false:
            return FALSE
        return UNKNOWN if self.unknown or self.maybe_false or self.maybe_unknown or self.open else TRUE

    def count(self) -> Number:
        """How many rows meet the condition; in an open table without upper end."""
        most = math.inf if self.open else self.true + self.unknown + self.maybe_true + self.maybe_unknown
        return spanning(self.true, most)

    def share(self, tolerant_below: int = 0) -> Number:
        """Rows that meet the condition (bad ones) over rows, on the grid; undefined if there may be no rows.

        0 if there are fewer than `tolerant_below` rows and at most one is bad. In an open table [0, 1].
        """
        least = self.true + self.unknown + self.false
        if not least:
            return UNSETTLED
        if self.open:
            return spanning(0, divide_to_grid(1, 1))
        return spanning(self._least_share(least, tolerant_below), self._greatest_share(least, tolerant_below))

    def _least_share(self, rows: int, tolerant_below: int) -> int:
        """Of maybe-rows those that are not bad belong, and what may be bad is not."""
        if self.true <= 1 and rows < tolerant_below:
            return 0
        return divide_to_grid(self.true, rows + self.maybe_false + self.maybe_unknown)

    def _greatest_share(self, rows: int, tolerant_below: int) -> int:
        """Of maybe-rows those that are bad belong, and what may be bad is."""
        bad = self.true + self.unknown + self.maybe_true + self.maybe_unknown
        rows += self.maybe_true + self.maybe_unknown
        if bad <= 1 and rows < tolerant_below:
            rows += self.maybe_false
            return divide_to_grid(bad, tolerant_below) if rows >= tolerant_below else 0
        return divide_to_grid(bad, rows)


def judged(
    rows: Sequence[Member], variable: str, condition: Expression | None, frame: Frame
) -> list[tuple[int, Truth, Truth]]:
    """Each row, whether it belongs, and what the condition (None: true) is for it."""
    if condition is None:
        return [(row, member, TRUE) for row, member in rows]
    truths = truths_in(condition, ManyRows(frame, variable, [row for row, _ in rows]))
    return [(row, member, truth) for (row, member), truth in zip(rows, truths, strict=True)]


def tally(rows: Rows, variable: str = "", condition: Expression | None = None, frame: Frame | None = None) -> Tally:
    """How many of `rows` meet `condition` (None: all do)."""
    if condition is None or frame is None:
        return replace(_sizes(rows.all_members()), open=rows.open)
    truths = truths_in(condition, ManyRows(frame, variable, rows.numbers))
    found = _of_sure(truths) if rows.sure else _counted(rows.members, truths)
    if rows.shared:
        found = found.plus(_tally_of_shared(rows.shared, variable, condition, frame))
    return replace(found, open=True) if rows.open else found


def tally_of_matches(rows: Rows, variable: str, condition: Expression, frame: Frame) -> Tally:
    """The same where rows that surely do not meet the condition need not be counted; joins do not look at those."""
    join = find_join(variable, condition, frame)
    joined = join_rows(rows, join, frame) if join else None
    if join is None or joined is None:
        return tally(rows, variable, condition, frame)
    found = _tally_of(joined.matching, variable, condition, frame)
    return replace(found.plus(_tally_of_possible(joined, join, variable, frame)), open=rows.open)


def _sizes(members: tuple[Member, ...]) -> Tally:
    sure = sum(member is TRUE for _, member in members)
    return Tally(true=sure, maybe_true=len(members) - sure)


def _tally_of(members: tuple[Member, ...], variable: str, condition: Expression, frame: Frame) -> Tally:
    return _counted(members, truths_in(condition, ManyRows(frame, variable, [row for row, _ in members])))


def _counted(members: tuple[Member, ...], truths: list[Truth]) -> Tally:
    sure = [truth for (_, member), truth in zip(members, truths, strict=True) if member is TRUE]
    maybe = [truth for (_, member), truth in zip(members, truths, strict=True) if member is not TRUE]
    return Tally(
        *(sure.count(TRUE), sure.count(UNKNOWN), sure.count(FALSE)),
        *(maybe.count(TRUE), maybe.count(UNKNOWN), maybe.count(FALSE)),
    )


def _of_sure(truths: list[Truth]) -> Tally:
    """The tally of rows that surely belong."""
    return Tally(truths.count(TRUE), truths.count(UNKNOWN), truths.count(FALSE))


def _tally_of_shared(shared: tuple[Member, ...], variable: str, condition: Expression, frame: Frame) -> Tally:
    """The tally of rows that stand in many sources, found out once if the condition lets it."""
    outside = frame.outside(condition, variable)
    if outside is None:
        return _tally_of(shared, variable, condition, frame)
    key = ("shared", id(shared), id(condition), outside)
    return frame.remembered(key, lambda: _tally_of(shared, variable, condition, frame), shared, condition)


def _tally_of_possible(joined: JoinedRows, join: Join, variable: str, frame: Frame) -> Tally:
    """The tally of rows of which it is unknown whether they match: they meet the condition perhaps, or not at all."""
    if not joined.possible:
        return Tally()
    found = _tally_of_shared(joined.possible, variable, join.rest, frame) if join.rest else _sizes(joined.possible)
    return Tally(
        unknown=found.true + found.unknown,
        false=found.false,
        maybe_unknown=found.maybe_true + found.maybe_unknown,
        maybe_false=found.maybe_false,
    )
