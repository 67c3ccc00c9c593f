"""Whether any facts can make a condition true (or false): what a linter can prove about it.

The condition is taken apart into what must hold together: comparisons, words, filled cells. Where these contradict each
other, by the fields' ranges and words or among themselves, it can never be true. `False` from `can_be` is proof; `True`
only means that no contradiction was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskcheck.expr import typed, walk
from riskcheck.expr.canonical import Limits, canonical_text
from riskcheck.expr.ranges import Range, is_ordered, range_of
from riskcheck.expr.typed import AggregateName, Expression, Kind
from riskcheck.frozen import frozen

_MOST_BRANCHES: Final = 200
"""After so many ways to make a condition true it is taken to be possible."""
_RELATIONS: Final = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "=", "!=": "<>"}
"""Of each operator, the relations of left to right under which it is true: some of `<`, `=` and `>`."""
_RELATIONS_OF: Final = {operator: frozenset(text) for operator, text in _RELATIONS.items()}
_MIRROR: Final = {"<": ">", ">": "<", "=": "="}
_DECIDED_WITHOUT: Final = (
    typed.And,
    typed.Or,
    typed.If,
    typed.CellTest,
    typed.Aggregate,
    typed.ListQuantifier,
    typed.GroupQuantifier,
)
"""What may be known although cells in it are not."""
Goal = tuple[Expression, bool]
"""A condition, and whether it shall be true or false."""


@frozen
class Given:
    """What is taken as known: the values of limits, and the canonical texts of rows that are never none."""

    limits: Limits
    some_rows: frozenset[str] = frozenset()


def can_be(condition: Expression, truth: bool, given: Given) -> bool:
    """Whether some facts make `condition` true (or false, as `truth` says). False only if none do."""
    return _Search(given).possible([(condition, truth)], _Known(given))


def implies(one: Expression, other: Expression, given: Given) -> bool:
    """Whether `other` is true wherever `one` is, as far as that can be shown."""
    return not _Search(given).possible([(one, True), (other, False)], _Known(given))


class _Search:
    """Tries the ways in which all goals can be met."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.branches = 0

    def possible(self, goals: list[Goal], known: _Known) -> bool:
        """Whether all goals can be met beside what is known; what must hold anyway comes before the choices."""
        choices: list[Goal] = []
        goals = list(goals)
        while goals:
            node, truth = goals.pop(0)
            if isinstance(node, typed.Not):
                goals.append((node.operand, not truth))
            elif (isinstance(node, typed.And) and truth) or (isinstance(node, typed.Or) and not truth):
                goals += [(part, truth) for part in node.parts]
            elif isinstance(node, typed.And | typed.Or | typed.If):
                choices.append((node, truth))
            elif not (self.itself(node, truth) and known.add(node, truth)):
                return False
        if not choices:
            return True
        (node, truth), rest = choices[0], choices[1:]
        self.branches += 1
        if self.branches > _MOST_BRANCHES:
            return True
        return any(self.possible([*way, *rest], known.copy()) for way in _ways(node, truth))

    def itself(self, node: Expression, truth: bool) -> bool:
        """Whether a part can be so, whatever holds beside it: here, what quantifiers say about their rows."""
        if isinstance(node, typed.Constant):
            return node.value is truth
        some = False
        if isinstance(node, typed.Aggregate) and node.name in (AggregateName.ALL, AggregateName.EXISTS):
            name, condition = node.name.value, node.args[0]
            some = canonical_text(node.source, self.given.limits) in self.given.some_rows
        elif isinstance(node, typed.ListQuantifier | typed.GroupQuantifier) and node.name in ("all", "exists"):
            name, condition = node.name, node.condition
        else:
            return True
        some_element_is_so = some or truth is (name == "exists")
        return not some_element_is_so or self.possible([(condition, truth)], _Known(self.given))


def _ways(node: Expression, truth: bool) -> Iterator[list[Goal]]:
    """The ways in which a choice comes out as `truth`."""
    if isinstance(node, typed.If):
        yield [(node.test, True), (node.then, truth)]
        yield [(node.test, False), (node.otherwise, truth)]
    elif isinstance(node, typed.And | typed.Or):
        for part in node.parts:
            yield [(part, truth)]


class _Known:
    """What must hold so far; `add` refuses what contradicts it."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.texts: dict[int, str] = {}
        self.truths: dict[str, bool] = {}
        self.relations: dict[tuple[str, str], frozenset[str]] = {}
        self.ranges: dict[str, Range] = {}
        self.words: dict[str, frozenset[object]] = {}
        self.excluded: dict[str, frozenset[object]] = {}

    def copy(self) -> _Known:
        """A copy that may be added to."""
        other = _Known(self.given)
        other.texts = self.texts
        for name in ("truths", "relations", "ranges", "words", "excluded"):
            setattr(other, name, dict(getattr(self, name)))
        return other

    def text(self, node: Expression) -> str:
        if id(node) not in self.texts:
            self.texts[id(node)] = canonical_text(node, self.given.limits)
        return self.texts[id(node)]

    def add(self, node: Expression, truth: bool) -> bool:
        """Take in that `node` is true or false; False if that cannot be."""
        if isinstance(node, typed.CellTest):
            return self.truth(f"has({self.text(node.cell)})", truth is node.present)
        if not all(self.truth(f"has({self.text(cell)})", True) for cell in _cells_needed(node)):
            return False
        if isinstance(node, typed.Compare):
            return self.compare(node, truth)
        if isinstance(node, typed.In) and isinstance(node.container, typed.ListOf):
            values = [self.value(item) for item in node.container.items]
            if None not in values:
                return self.one_of(node.item, frozenset(values), truth)
        return self.truth(self.text(node), truth)

    def truth(self, text: str, truth: bool) -> bool:
        return self.truths.setdefault(text, truth) is truth

    def value(self, node: Expression) -> object:
        """The value of a literal or limit, numbers on the grid; None for anything else."""
        if is_ordered(node):
            low, high = range_of(node, self.given.limits)
            return low if low == high else None
        if isinstance(node, typed.LimitRef):
            return self.given.limits.get(node.name)
        return node.value if isinstance(node, typed.Constant) else None

    # ------------------------------------------------------------ comparisons

    def compare(self, node: typed.Compare, truth: bool) -> bool:
        wanted = _RELATIONS_OF[node.operator]
        wanted = wanted if truth else frozenset("<=>") - wanted
        left, right = self.text(node.left), self.text(node.right)
        if left == right:
            return "=" in wanted
        if is_ordered(node.left):
            return self.order(node, left, right, wanted)
        for one, other in ((node.left, node.right), (node.right, node.left)):
            value = self.value(other)
            if value is not None and self.value(one) is None:
                return self.one_of(one, frozenset((value,)), "=" in wanted)
        return self.relate(left, right, wanted)

    def order(self, node: typed.Compare, left: str, right: str, wanted: frozenset[str]) -> bool:
        """A comparison of numbers or moments: by what each side may be, and by what was compared before."""
        (a, b), (c, d) = self.range(node.left, left), self.range(node.right, right)
        may_be = {"<": a < d, "=": max(a, c) <= min(b, d), ">": b > c}
        wanted = frozenset(each for each in wanted if may_be[each])
        if c == d:
            self.ranges[left] = _narrowed((a, b), wanted, c)
        if a == b:
            self.ranges[right] = _narrowed((c, d), frozenset(_MIRROR[each] for each in wanted), a)
        return bool(wanted) and self.relate(left, right, wanted)

    def range(self, node: Expression, text: str) -> Range:
        return self.ranges.get(text) or range_of(node, self.given.limits)

    def relate(self, left: str, right: str, wanted: frozenset[str]) -> bool:
        if left > right:
            left, right, wanted = right, left, frozenset(_MIRROR[each] for each in wanted)
        found = self.relations.get((left, right), wanted) & wanted
        self.relations[left, right] = found
        return bool(found)

    def one_of(self, node: Expression, values: frozenset[object], truth: bool) -> bool:
        """`node` has one of these values, or none of them."""
        text = self.text(node)
        known = self.words.get(text) or (frozenset(node.type.words) if node.type.kind is Kind.ENUM else None)
        known = frozenset((True, False)) if known is None and node.type.kind is Kind.BOOL else known
        excluded = self.excluded.get(text, frozenset())
        if truth:
            found = (values if known is None else known & values) - excluded
        elif known is None:
            self.excluded[text] = excluded | values
            return True
        else:
            found = known - values
        self.words[text] = found
        return bool(found)


def _narrowed(ends: Range, relations: frozenset[str], bound: float) -> Range:
    """A range, once its value is known to stand in one of these relations to `bound`; ends are whole numbers."""
    low, high = ends
    if "<" not in relations:
        low = max(low, bound if "=" in relations else bound + 1)
    if ">" not in relations:
        high = min(high, bound if "=" in relations else bound - 1)
    return low, high


def _cells_needed(node: Expression) -> Iterator[Expression]:
    """The cells that must hold a value for a part to be true or false; an empty list is a value, the list []."""
    inner = [id(part) for part in walk.parts(node) if isinstance(part, _DECIDED_WITHOUT)]
    for part in walk.parts(node, inner):
        if isinstance(part, typed.RowCell | typed.SingleCell) and part.type.kind is not Kind.LIST:
            yield part
