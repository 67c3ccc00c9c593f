"""Sums, averages, extremes and latest values as SQL, as `riskcheck.expr.aggregates` defines them."""

from __future__ import annotations

from riskcheck.engines.sql.numbers import FURTHEST, NotInSql, Span, on_grid
from riskcheck.engines.sql.rows import Found, RowsLowering
from riskcheck.expr import typed
from riskcheck.expr.intervals import range_of
from riskcheck.expr.typed import ORDERED, Aggregate, AggregateName, Expression, Kind
from riskcheck.frozen import frozen
from riskcheck.model.number import SCALE

_NEVER_UNSETTLED = (typed.Constant, typed.LimitRef, typed.RowCell, typed.SingleCell)


@frozen
class Valued:
    """The rows of an aggregate, each one's value, and that of a further row, in the scope around.

    `undefined`: the SQL, around, of whether some value may be.
    """

    found: Found
    member: str
    value: Span
    further: Span
    undefined: str
    open: str


class FigureLowering(RowsLowering):
    """Adds macros that give numbers."""

    def found_number(self, node: Aggregate) -> Span:
        match node.name:
            case AggregateName.SUM:
                return self.sum(node)
            case AggregateName.MIN | AggregateName.MAX:
                return self.extreme(node)
            case AggregateName.AVG:
                return self.average(node)
            case AggregateName.LATEST:
                return self.latest(node)
        return super().found_number(node)

    def value_in(self, found: Found, node: Aggregate, argument: Expression) -> Span:
        """The value of each row between its ends."""
        with self.row(node.variable, found.scope):
            return self.number(argument, ranged=True)

    def further(self, node: Aggregate, argument: Expression) -> Span:
        """The value that a further row of an open table may have."""
        with self.row(node.variable, None):
            return self.number(argument, ranged=True)

    def valued(self, node: Aggregate) -> Valued:
        argument = node.args[-1]
        if argument.type.kind not in ORDERED:
            raise NotInSql("values that are no numbers")
        found = self.source(node.source)
        value, further = self.value_in(found, node, argument), self.further(node, argument)
        if not (value.held and further.held):
            raise NotInSql("values that are themselves sums")
        member, is_open = found.scope.named(found.member), self.open(node.source)
        undefined = "FALSE"
        if not isinstance(argument, _NEVER_UNSETTLED):
            rows = self.number_of(found, f"({member} IS NOT FALSE AND {value.low} IS NULL)")
            undefined = self.scope.named(f"({rows} > 0 OR ({is_open} AND {further.low} IS NULL))")
        return Valued(found, member, value, further, undefined, is_open)

    def without_end(self, rows: Valued, kind: Kind) -> tuple[str, str]:
        """Whether some value, itself not known, may be as small, and as great, as its kind admits."""
        least, greatest = range_of(kind)
        unknown = f"{rows.member} IS NOT FALSE AND {rows.value.low} <> {rows.value.high}"
        low = self.number_of(rows.found, f"({unknown} AND {rows.value.low} <= {least})")
        high = self.number_of(rows.found, f"({unknown} AND {rows.value.high} >= {greatest})")
        return f"{low} > 0", f"{high} > 0"

    # ------------------------------------------------------------ sums and averages

    def sum(self, node: Aggregate) -> Span:
        rows = self.valued(node)
        no_low, no_high = self.without_end(rows, node.type.kind)
        ends = []
        for end, pick, gone, beyond, far in (
            (rows.value.low, "least", no_low, f"{rows.further.low} < 0", -FURTHEST),
            (rows.value.high, "greatest", no_high, f"{rows.further.high} > 0", FURTHEST),
        ):
            amount = end
            if rows.member != "TRUE":
                amount = f"(CASE WHEN {rows.member} THEN {end} WHEN {rows.member} IS NULL THEN {pick}(0, {end}) END)"
            total = self.total(rows.found, self.dialect.sum(rows.found.scope.named(amount)))
            ends.append(
                f"(CASE WHEN {rows.undefined} THEN NULL WHEN {gone} OR ({rows.open} AND {beyond}) THEN {far} "
                f"ELSE {total} END)"
            )
        return Span(ends[0], ends[1], wide=True)

    def average(self, node: Aggregate) -> Span:
        """Of rows that all surely belong; which maybe-rows draw an average furthest is left to other engines."""
        rows = self.valued(node)
        if rows.member != "TRUE":
            raise NotInSql("the average of rows that may not belong")
        kind = node.args[0].type.kind
        unit = SCALE if kind is Kind.DOUBLE else 1
        count = self.number_of(rows.found, "TRUE")
        divisor = self.scope.named(f"({self.dialect.wide(count)} * {unit})")
        gone, (bottom, top) = self.without_end(rows, kind), range_of(kind)
        value, further, ends = rows.value, rows.further, []
        for number, end, more, pick, reached, far in (
            (0, value.low, further.low, "least", f"{further.low} <= {bottom}", -FURTHEST),
            (1, value.high, further.high, "greatest", f"{further.high} >= {top}", FURTHEST),
        ):
            total = self.scope.named(self.total(rows.found, self.dialect.sum(end)))
            own = on_grid(total, divisor, self.scope)
            with_more = f"{pick}({own}, {self.dialect.wide(more)} * {SCALE // unit})"
            endless = f"({gone[number]} OR ({rows.open} AND {further.low} <> {further.high} AND {reached}))"
            ends.append(
                f"(CASE WHEN {rows.undefined} OR {count} = 0 THEN NULL WHEN {endless} THEN {far} "
                f"WHEN {rows.open} THEN {with_more} ELSE {own} END)"
            )
        return Span(ends[0], ends[1], wide=True)

    # ------------------------------------------------------------ extremes and the latest

    def extreme(self, node: Aggregate) -> Span:
        """Sure rows bound it on one side, all rows on the other."""
        rows = self.valued(node)
        least = node.name is AggregateName.MIN
        pick, towards = ("min", "least") if least else ("max", "greatest")
        sure, ends = self.number_of(rows.found, rows.member), []
        for end, further, outward in (
            (rows.value.low, rows.further.low, least),
            (rows.value.high, rows.further.high, not least),
        ):
            amount = end
            if rows.member != "TRUE":
                amount = f"(CASE WHEN {rows.member} IS {'NOT FALSE' if outward else 'TRUE'} THEN {end} END)"
            found = self.total(rows.found, f"{pick}({rows.found.scope.named(amount)})", "NULL")
            if outward:
                found = f"(CASE WHEN {rows.open} THEN {towards}({found}, {further}) ELSE {found} END)"
            ends.append(f"(CASE WHEN {rows.undefined} OR {sure} = 0 THEN NULL ELSE {found} END)")
        return Span(ends[0], ends[1])

    def candidates(self, node: Aggregate, found: Found) -> str:
        """The name, among the rows, of whether a row may be the latest; NULL everywhere if there may be none."""
        moment = node.args[0]
        with self.row(node.variable, found.scope):
            date = self.number(moment)
            if not date.point:
                raise NotInSql("dates that lie between two ends")
            empty = self.cell(moment, emptiness=True) if isinstance(moment, typed.RowCell) else "FALSE"
        sure = found.scope.named(f"(CASE WHEN {found.member} THEN {date.low} END)")
        last = self.scope.named(self.total(found, f"max({sure})", "NULL"))
        return found.scope.named(
            f"(CASE WHEN {last} IS NULL THEN NULL WHEN NOT ({found.member} IS NOT FALSE) THEN FALSE "
            f"WHEN {date.low} IS NULL THEN NOT {empty} ELSE {date.low} >= {last} END)"
        )

    def latest(self, node: Aggregate) -> Span:
        """The range over all rows that may be the latest."""
        found = self.source(node.source)
        candidate = self.candidates(node, found)
        value, further = self.value_in(found, node, node.args[1]), self.further(node, node.args[1])
        if not (value.held and further.held):
            raise NotInSql("values that are themselves sums")
        number = self.number_of(found, candidate)
        undefined = self.number_of(found, f"({candidate} AND {value.low} IS NULL)")
        is_open, ends = self.open(node.source), []
        unclear = f"{number} = 0 OR {undefined} > 0 OR ({is_open} AND {further.low} IS NULL)"
        for end, more, pick, towards in (
            (value.low, further.low, "min", "least"),
            (value.high, further.high, "max", "greatest"),
        ):
            amount = found.scope.named(f"(CASE WHEN {candidate} THEN {end} END)")
            own = self.total(found, f"{pick}({amount})", "NULL")
            ends.append(f"(CASE WHEN {unclear} THEN NULL WHEN {is_open} THEN {towards}({own}, {more}) ELSE {own} END)")
        return Span(ends[0], ends[1])
