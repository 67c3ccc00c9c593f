"""The largest sum of loads at one time as SQL, as `riskcheck.expr.peaks` defines it."""

from __future__ import annotations

from riskcheck.engines.sql.figures import FigureLowering
from riskcheck.engines.sql.numbers import FURTHEST, NotInSql, Span
from riskcheck.engines.sql.rows import Found
from riskcheck.engines.sql.scopes import Join
from riskcheck.expr.intervals import range_of
from riskcheck.expr.typed import Aggregate, AggregateName, Kind


class PeakLowering(FigureLowering):
    """Adds `peak`."""

    def found_number(self, node: Aggregate) -> Span:
        return self.peak(node) if node.name is AggregateName.PEAK else super().found_number(node)

    def peak(self, node: Aggregate) -> Span:
        """What sure rows load at least, and all rows at most, at the time when that is most."""
        found = self.source(node.source)
        start, finish, load = (self.value_in(found, node, argument) for argument in node.args)
        if not all(each.held for each in (start, finish, load)):
            raise NotInSql("loads that are themselves sums")
        after = 1 if node.args[0].type.kind is Kind.DATE else 0
        named = found.scope.named
        greatest = range_of(node.type.kind)[1]
        unlimited = f"{load.low} <> {load.high} AND {load.high} >= {greatest}"
        most = named(f"(CASE WHEN {unlimited} THEN {FURTHEST} ELSE {self.dialect.wide(load.high)} END)")
        member = named(found.member)
        least = self.profile(found, member, (start.high, f"{finish.low} + {after}", load.low))
        possible = self.profile(found, f"({member} IS NOT FALSE)", (start.low, f"{finish.high} + {after}", most))
        unknown = " OR ".join(f"{each.low} IS NULL" for each in (start, finish, load))
        undefined = f"{self.number_of(found, f'({member} IS NOT FALSE AND ({unknown}))')} > 0"
        begin, end, more = (self.further(node, argument) for argument in node.args)
        is_open = self.open(node.source)
        unsettled = " OR ".join(f"{each.low} IS NULL" for each in (begin, end, more))
        grows = f"({is_open} AND {begin.low} < {end.high} + {after} AND {more.high} > 0)"
        nothing = f"{undefined} OR ({is_open} AND ({unsettled}))"
        high = f"(CASE WHEN {grows} THEN {FURTHEST} ELSE least(coalesce({possible}, 0), {FURTHEST}) END)"
        return Span(
            f"(CASE WHEN {nothing} THEN NULL ELSE coalesce({least}, 0) END)",
            f"(CASE WHEN {nothing} THEN NULL ELSE {high} END)",
            wide=True,
        )

    def profile(self, found: Found, belongs: str, stretch: tuple[str, str, str]) -> str:
        """The name of the greatest sum of loads at one time, each from its start until before its end."""
        scope, (start, end, load) = found.scope, (found.scope.named(f"({each})") for each in stretch)
        loaded = scope.named(f"({belongs} AND {start} < {end} AND {load} > 0)")
        keys = ", ".join(self.scope.keys)
        changes = (
            f"WITH loads AS ({{0}}) SELECT {keys}, {start} AS moment, {self.dialect.wide(load)} AS change FROM loads "
            f"WHERE {loaded} UNION ALL SELECT {keys}, {end}, -{self.dialect.wide(load)} FROM loads WHERE {loaded}"
        )
        running = f"sum(sum(change)) OVER (PARTITION BY {keys} ORDER BY moment)"
        sums = f"SELECT {keys}, {running} AS total FROM ({changes}) e GROUP BY {keys}, moment"
        names = tuple(dict.fromkeys((start, end, load, loaded)))
        greatest = f"SELECT {keys}, max(total) AS peak FROM ({sums}) s GROUP BY {keys}"
        table, level = self.query.table(scope, names, greatest)
        return self.scope.joined(Join(table, tuple((key, key) for key in self.scope.keys)), "peak", level)
