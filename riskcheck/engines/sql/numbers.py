"""Numbers of which only two ends are known, and exact arithmetic on the grid of millionths, as SQL.

The ends are whole numbers, both NULL where nothing is known. They are named before they are used twice: `Names` gives
names to pieces of SQL. What the meanings are stands in `riskcheck.expr.intervals`.
"""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol

from riskcheck.engines.sql.dialect import Dialect
from riskcheck.expr.intervals import range_of
from riskcheck.expr.typed import Kind
from riskcheck.model.number import SCALE

FURTHEST: Final = 10**30
"""Stands for the end of a sum that further rows may carry as far as they like."""
ENDLESS: Final = 10**31
"""Stands for the end of what is counted in an open table."""


class NotInSql(Exception):  # noqa: N818 - a signal: the check is left to another engine
    """A construct that is not written as SQL."""


class Names(Protocol):
    """Where a piece of SQL gets a name."""

    @property
    def dialect(self) -> Dialect:
        """The SQL that is written."""

    def named(self, sql: str) -> str:
        """The name of a piece of SQL, or the piece itself if it is a name or a literal."""


class Span(NamedTuple):
    """A number by the SQL of its two ends.

    `wide`: it may leave the 64 bits of a value. `endless`: its ends may be those of counting in an open table.
    """

    low: str
    high: str
    wide: bool = False
    endless: bool = False

    @property
    def held(self) -> bool:
        """Whether it is surely held like a value: of 64 bits, and with two ends."""
        return not (self.wide or self.endless)

    @property
    def point(self) -> bool:
        """Whether the number is known to the last, or not at all."""
        return self.low == self.high


def at(number: str) -> Span:
    """A number that is known to the last."""
    return Span(number, number)


def each(span: Span, change: str, names: Names) -> Span:
    """Both ends changed by SQL in which `{}` stands for one."""
    low = names.named(change.format(span.low))
    return span._replace(low=low, high=low if span.point else names.named(change.format(span.high)))


def scaled(span: Span, kind: Kind, other: Kind, names: Names) -> Span:
    """An int in the unit of a double that it is compared with."""
    if kind is not Kind.INT or other is not Kind.DOUBLE:
        return span
    if span.point and span.low.lstrip("-").isdigit():
        return at(str(int(span.low) * SCALE))
    return each(span, f"({names.dialect.wide('{}')} * {SCALE})", names)


# ---------------------------------------------------------------- comparison


def less(left: Span, right: Span) -> str:
    """left < right, for whatever both may be."""
    if left.point and right.point:
        return f"({left.low} < {right.low})"
    return f"(CASE WHEN {left.high} < {right.low} THEN TRUE WHEN {left.low} >= {right.high} THEN FALSE END)"


def equal(left: Span, right: Span) -> str:
    """left == right, for whatever both may be."""
    if left.point and right.point:
        return f"({left.low} = {right.low})"
    return (
        f"(CASE WHEN {left.high} < {right.low} OR {right.high} < {left.low} THEN FALSE "
        f"WHEN {left.low} = {left.high} AND {right.low} = {right.high} THEN {left.low} = {right.low} END)"
    )


def compared(operator: str, left: Span, right: Span) -> str:
    """A comparison of two numbers."""
    match operator:
        case "==":
            return equal(left, right)
        case "!=":
            return f"(NOT {equal(left, right)})"
        case "<":
            return less(left, right)
        case "<=":
            return f"(NOT {less(right, left)})"
        case ">":
            return less(right, left)
    return f"(NOT {less(left, right)})"


# ---------------------------------------------------------------- arithmetic


def bounded(span: Span, kind: Kind, names: Names) -> Span:
    """A number, or nothing where it leaves the range of its kind; an endless end stays one."""
    least, greatest = range_of(kind)
    low, high = names.named(span.low), names.named(span.high)
    if low == high:
        return at(names.named(f"(CASE WHEN {low} BETWEEN {least} AND {greatest} THEN {low} END)"))
    below, above = (f"{end} BETWEEN {least} AND {greatest}" for end in (low, high))
    if span.endless:
        below, above = f"({below} OR {low} = {-ENDLESS})", f"({above} OR {high} = {ENDLESS})"
    fits = names.named(f"({below} AND {above})")
    low, high = (names.named(f"(CASE WHEN {fits} THEN {end} END)") for end in (low, high))
    return Span(low, high, endless=span.endless)


def negated(span: Span, kind: Kind, names: Names) -> Span:
    """-operand."""
    _refuse_endless(span)
    wide = each(span, f"(-{names.dialect.wide('{}')})", names)
    return bounded(Span(wide.high, wide.low), kind, names)


def added(operator: str, left: Span, right: Span, kind: Kind, names: Names) -> Span:
    """left + right, left - right."""
    _refuse_endless(left, right)
    wide = names.dialect.wide
    low = f"({wide(left.low)} {operator} {right.low if operator == '+' else right.high})"
    high = f"({wide(left.high)} {operator} {right.high if operator == '+' else right.low})"
    return bounded(Span(low, high), kind, names)


def multiplied(left: Span, right: Span, kind: Kind, names: Names) -> Span:
    """left * right; on the grid, each product is rounded."""
    _refuse_endless(left, right)
    if left.wide or right.wide:
        raise NotInSql("a product of sums")
    corners = [_product(a, b, kind, names) for a in dict.fromkeys(left[:2]) for b in dict.fromkeys(right[:2])]
    return bounded(_between(corners), kind, names)


def divided(left: Span, right: Span, names: Names) -> Span:
    """left / right on the grid; not known if the divisor may be 0."""
    corners = [on_grid(a, b, names) for a in dict.fromkeys(left[:2]) for b in dict.fromkeys(right[:2])]
    found = _between(corners)
    known = f"({right.low} > 0 OR {right.high} < 0)" if not right.point else f"({right.low} <> 0)"
    low = names.named(f"(CASE WHEN {known} THEN {found.low} END)")
    high = low if found.point else names.named(f"(CASE WHEN {known} THEN {found.high} END)")
    return bounded(Span(low, high, endless=left.endless), Kind.DOUBLE, names)


def remainder(left: Span, right: Span, least: int, names: Names) -> Span:
    """left % right of two ints that are known to the last."""
    _refuse_endless(left, right)
    if not (left.point and right.point):
        raise NotInSql("a remainder of what lies between two ends")
    number, divisor = names.dialect.wide(left.low), right.low
    undefined = f"{divisor} = 0 OR ({number} = {least} AND {divisor} = -1)"
    found = names.named(f"(CASE WHEN {undefined} THEN NULL ELSE {number} % {divisor} END)")
    return Span(found, found, wide=left.wide)


def _product(left: str, right: str, kind: Kind, names: Names) -> str:
    product = names.named(f"({names.dialect.wide(left)} * {right})")
    return names.named(rounded(product, str(SCALE), names)) if kind is Kind.DOUBLE else product


def _between(corners: list[str]) -> Span:
    if len(corners) == 1:
        return at(corners[0])
    return Span(f"least({', '.join(corners)})", f"greatest({', '.join(corners)})")


def rounded(number: str, divisor: str, names: Names) -> str:
    """number / divisor for whole numbers, both named, the divisor above 0: half to even. Small pieces are named."""
    size = names.named(f"abs({number})")
    whole = names.named(names.dialect.wide_quotient(size, divisor))
    rest = names.named(f"(2 * ({size} - {whole} * {divisor}))")
    up = f"(CASE WHEN {rest} > {divisor} OR ({rest} = {divisor} AND {whole} % 2 = 1) THEN 1 ELSE 0 END)"
    return f"(CASE WHEN {number} < 0 THEN -({whole} + {up}) ELSE {whole} + {up} END)"


def on_grid(number: str, divisor: str, names: Names) -> str:
    """The name of number / divisor on the grid; 0 of what is endless below, and endless if it is so above."""
    wide = names.dialect.wide
    safe = names.named(f"(CASE WHEN {divisor} <> 0 AND abs({wide(divisor)}) < {ENDLESS} THEN abs({wide(divisor)}) END)")
    above = names.named(
        f"(CASE WHEN abs({wide(number)}) < {FURTHEST} THEN {wide(number)} * {SCALE} * "
        f"(CASE WHEN {divisor} < 0 THEN -1 ELSE 1 END) END)"
    )
    return names.named(
        f"(CASE WHEN {number} = 0 OR abs({wide(divisor)}) = {ENDLESS} THEN {wide('0')} "
        f"WHEN abs({wide(number)}) = {FURTHEST} AND abs({wide(divisor)}) = {FURTHEST} THEN "
        f"(CASE WHEN ({number} < 0) = ({divisor} < 0) THEN {SCALE} ELSE {-SCALE} END) "
        f"WHEN abs({wide(number)}) >= {FURTHEST} THEN "
        f"(CASE WHEN {divisor} < 0 THEN -{wide(number)} ELSE {wide(number)} END) "
        f"ELSE {rounded(above, safe, names)} END)"
    )


def share_of(number: str, rows: str, names: Names) -> str:
    """number / rows on the grid for two small counts, both named."""
    quotient = names.dialect.quotient(f"({number} * {SCALE})", rows)
    rest = f"2 * ({number} * {SCALE} % {rows})"
    return f"({quotient} + (CASE WHEN {rest} > {rows} OR ({rest} = {rows} AND {quotient} % 2 = 1) THEN 1 ELSE 0 END))"


def _refuse_endless(*spans: Span) -> None:
    if any(span.endless for span in spans):
        raise NotInSql("arithmetic of what is counted")
