"""Comparisons in words: how many rows, which part of them, how long ago, more or less, the same or not."""

from __future__ import annotations

from typing import Final

from riskcheck.expr import typed
from riskcheck.expr.typed import CONTRARY, TURNED, AggregateName, Expression, Kind
from riskcheck.model.text import Text
from riskcheck.sentences.claims import Claim, Complement, Junction, Lead, Said, Scoped, about
from riskcheck.sentences.phrases import (
    AMOUNT,
    BEYOND_TOLERANCE,
    CLAIMS,
    COMPLEMENTS,
    ORDER,
    PORTION,
    QUANTIFIED,
    TOLERATED,
)
from riskcheck.sentences.sentence import inline
from riskcheck.sentences.values import ValueWriter, measured_by, on_grid, whole_number

_NUMBERS: Final = (Kind.INT, Kind.DOUBLE)
_FIXED: Final = (typed.Constant, typed.LimitRef, typed.ListOf)
_PLAIN: Final = (typed.RowCell, typed.SingleCell, typed.AsOf, typed.Constant, typed.LimitRef)
_NONE: Final = (("==", 0), ("<=", 0), ("<", 1))
_SOME: Final = (("!=", 0), (">", 0), (">=", 1))
"""Counts that mean none, and at least one."""


class ComparisonWriter(ValueWriter):
    """Says comparisons."""

    def comparison(self, node: typed.Compare, positive: bool) -> Claim:
        """`left operator right`, or its contrary."""
        operator: str = node.operator if positive else CONTRARY[node.operator]
        left, right = node.left, node.right
        if left.type.kind is Kind.BOOL:
            return self.alike(left, right, operator == "==")
        if _goes_last(left, right):
            left, right, operator = right, left, TURNED[operator]
        said = self.quantity(left, operator, right) or self.distance(left, operator, right)
        return said or self.plain(left, operator, right)

    def scoped(self, node: typed.Aggregate, lead: Lead, condition: Expression, positive: bool) -> Claim:
        """A claim about rows, made under their lead."""
        with self.records.bound(node.variable, self.records.numbers.get(node.variable)):
            return Scoped(lead, self.claim(condition, positive), id(node.source))

    def closed(self, claim: Claim) -> str:
        """A claim on one line, in brackets if it is several joined."""
        text = inline(claim, self.grammar)
        return self.grammar.bracketed(text) if isinstance(claim, Junction) else text

    # ------------------------------------------------------------ conditions compared

    def alike(self, left: Expression, right: Expression, equal: bool) -> Claim:
        """Two conditions of which both or neither hold; with `true` or `false` it is one condition."""
        for known, other in ((left, right), (right, left)):
            if isinstance(known, typed.Constant | typed.LimitRef):
                value = known.value if isinstance(known, typed.Constant) else self.limits[known.name]
                return self.claim(other, bool(value) == equal)
        x, y = (self.closed(self.claim(each)) for each in (left, right))
        return Said(self.say(CLAIMS["alike" if equal else "unlike"], x=x, y=y), open=True)

    # ------------------------------------------------------------ how many rows, which part

    def quantity(self, left: Expression, operator: str, right: Expression) -> Claim | None:
        """A count or a share compared with a number; None if it is anything else."""
        if id(left) in self.known:
            return self.same_again(left, operator, right)
        if not isinstance(left, typed.Aggregate):
            return None
        if left.name is AggregateName.COUNT:
            return self.count(left, operator, whole_number(right, self.limits))
        if left.name is AggregateName.SHARE:
            return self.share_of(left, operator, on_grid(right, self.limits))
        return None

    def same_again(self, left: Expression, operator: str, right: Expression) -> Claim | None:
        """A share that was told before, compared with another number."""
        grid = on_grid(right, self.limits)
        if grid is None or not _is_share(left):
            return None
        said = self.say(ORDER["number"][operator], x=self.percent(grid))
        return about(("", self.known[id(left)]), Complement(said))

    def count(self, node: typed.Aggregate, operator: str, number: int | None) -> Claim | None:
        if number is None:
            return None
        rows = self.rows(node.source, node.variable, node.args)
        if (operator, number) in (*_NONE, *_SOME):
            how_many = "none" if (operator, number) in _NONE else "some"
            lead = self.grammar.quantified(QUANTIFIED[how_many], rows)
        else:
            amount = self.say(AMOUNT[operator], n=self.grammar.rows_counted(str(number).replace("-", "−")))
            lead = self.grammar.portion(amount, "", rows)
        return self.scoped(node, lead, node.args[0], True)

    def share_of(self, node: typed.Aggregate, operator: str, grid: int | None) -> Claim | None:
        if grid is None:
            return None
        tolerance = ""
        if len(node.args) == 2:
            if not _tolerates(operator, grid):
                return None
            words = TOLERATED if operator in ("==", "<", "<=") else BEYOND_TOLERANCE
            tolerance = self.say(words, n=self.value(node.args[1]))
        elif grid == 0 and operator in ("==", "<=", "!=", ">"):
            none = operator in ("==", "<=")
            rows = self.rows(node.source, node.variable, node.args)
            lead = self.grammar.quantified(QUANTIFIED["each" if none else "some"], rows)
            return self.scoped(node, lead, node.args[0], not none)
        amount = self.grammar.part(self.say(PORTION[operator], n=self.percent(grid)))
        lead = self.grammar.portion(amount, tolerance, self.rows(node.source, node.variable, node.args))
        return self.scoped(node, lead, node.args[0], True)

    # ------------------------------------------------------------ how far dates are apart

    def distance(self, left: Expression, operator: str, right: Expression) -> Claim | None:
        """An age or a number of days compared with a number; None if it is anything else."""
        if not isinstance(left, typed.Age | typed.Days):
            return None
        number = whole_number(right, self.limits)
        if number is None or number < 0:
            return None
        days = self.grammar.days(number)
        if isinstance(left, typed.Age):
            return about(self.subject(left.moment), Complement(self.say(ORDER["age"][operator], n=days)))
        if not isinstance(left.start, _PLAIN) or not isinstance(left.end, _PLAIN):
            return None
        subject, other, words = left.end, left.start, ORDER["days after"]
        if isinstance(left.end, typed.AsOf | typed.Constant | typed.LimitRef):
            subject, other, words = left.start, left.end, ORDER["days before"]
        return about(self.subject(subject), Complement(self.say(words[operator], n=days, x=self.value(other))))

    # ------------------------------------------------------------ values

    def plain(self, left: Expression, operator: str, right: Expression) -> Claim:
        """A value compared with another."""
        fixed = isinstance(right, _FIXED)
        text = self.operand(right, measured_by(left)) if fixed else self.operand(right)
        said = self.say(_words(left, right, operator), x=text)
        return about(self.subject_of(left, right), Complement(said))

    def subject_of(self, left: Expression, right: Expression) -> tuple[str, str]:
        """What is compared; of two literals, the first as the second's field would have it."""
        if isinstance(left, _FIXED):
            return "", self.operand(left, measured_by(right))
        return self.subject(left)


def _words(left: Expression, right: Expression, operator: str) -> Text:
    """How a comparison is said."""
    if left.type.kind in _NUMBERS:
        return ORDER["number" if isinstance(right, _FIXED) else "other number"][operator]
    if left.type.kind in (Kind.DATE, Kind.DATETIME):
        return ORDER[left.type.kind.value][operator]
    if isinstance(right, typed.Constant | typed.LimitRef | typed.Variable):
        return COMPLEMENTS["is" if operator == "==" else "is not"]
    return COMPLEMENTS["same" if operator == "==" else "other"]


def _goes_last(left: Expression, right: Expression) -> bool:
    """Whether what stands on the left is what the right is compared with."""
    for kinds in (_FIXED, typed.AsOf):
        if isinstance(left, kinds) and not isinstance(right, kinds):
            return not isinstance(right, _FIXED)
    return False


def _is_share(node: Expression) -> bool:
    return isinstance(node, typed.Aggregate) and node.name is AggregateName.SHARE


def _tolerates(operator: str, grid: int) -> bool:
    """Whether a share that is taken as 0 decides the comparison alone, as one bad row of few is meant to."""
    least = {"==": grid == 0, "!=": grid == 0, "<=": grid >= 0, ">": grid >= 0, "<": grid > 0, ">=": grid > 0}
    return least[operator]
