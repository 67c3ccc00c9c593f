"""Conditions as Python text: one method for each construct, with the meaning that `riskcheck.expr.evaluate` defines.

Each method writes the lines that compute a node and gives the name of the result, which is held as the reference holds
it. What is not compiled is handed to the reference, node by node, and noted in `left`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from riskcheck.engines.python.columns import Column, Layout, Reading
from riskcheck.engines.python.writer import TooDeep, Writer
from riskcheck.expr import typed
from riskcheck.expr.dependence import names_free
from riskcheck.expr.frame import value_of
from riskcheck.expr.intervals import MICROSECONDS_A_DAY
from riskcheck.expr.typed import ORDERED, TEXTS, Expression, Kind
from riskcheck.model.number import SCALE

_COMPARISONS: Final = {"==": "equal", "!=": "unequal", "<": "less", "<=": "at_most", ">": "more", ">=": "at_least"}
_OPERATIONS: Final = {"+": "add", "-": "subtract", "*": "multiply"}


class Loop:
    """A loop over the rows of a table: the columns that its body reads, by what the body calls them.

    `keyed`: it goes over rows by number, as these were found by a key.
    """

    def __init__(self, table: str, index: str, keyed: bool) -> None:
        self.table, self.index, self.keyed = table, index, keyed
        self.columns: dict[int, str] = {}


class Lowering:
    """Writes one check. `loops`, `elements` and `groups` are what the names of macros stand for where it is writing."""

    def __init__(self, writer: Writer, layout: Layout) -> None:
        self.writer, self.layout = writer, layout
        self.loops: dict[str, Loop] = {}
        self.elements: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        self.known: dict[tuple[int, bool], str] = {}
        self.references: dict[int, str] = {}
        self.shared: frozenset[int] = frozenset()
        self.left: list[Expression] = []

    def lower(self, node: Expression, ranged: bool = False) -> str:
        """The name of what `node` comes to. `ranged`: its numbers stand in the value of an aggregate."""
        known = self.known.get((id(node), ranged))
        if known is not None:
            return known
        if isinstance(node, typed.Aggregate | typed.GroupQuantifier) and self._goes_before(node):
            with self.writer.before_all():
                outer = self.loops, self.elements, self.groups
                self.loops, self.elements, self.groups = {}, {}, {}
                name = self._lowered(node, ranged)
                self.loops, self.elements, self.groups = outer
            self.known[id(node), ranged] = name
            return name
        return self._lowered(node, ranged)

    def _goes_before(self, node: Expression) -> bool:
        """Whether a macro is evaluated once, before the rows: it stands in several places, or in a loop of others."""
        return not names_free(node) and (bool(self.loops or self.elements or self.groups) or id(node) in self.shared)

    def _lowered(self, node: Expression, ranged: bool) -> str:
        write = _LOWERINGS.get(type(node))
        if write is None:
            return self.by_reference(node, ranged)
        written, outer = len(self.writer.lines), (self.loops, self.elements, self.groups)
        try:
            return write(self, node, ranged)
        except TooDeep:
            del self.writer.lines[written:]
            self.loops, self.elements, self.groups = outer
            return self.by_reference(node, ranged)

    def by_reference(self, node: Expression, ranged: bool) -> str:
        """Leave a node to the reference evaluator."""
        self.left.append(node)
        return self.writer.assign(f"X.value({self.writer.constant(node)}, ({self.surroundings(node)}), {ranged})")

    def row_number(self, name: str) -> str:
        """The name of the number of the row that a variable stands for."""
        loop = self.loops[name]
        if not loop.keyed:
            loop.columns.setdefault(-1, loop.index)
        return loop.index

    def surroundings(self, node: Expression, besides: str = "") -> str:
        """The rows and elements that the names in `node` stand for, as three dicts."""
        names = sorted(names_free(node) - {besides})
        rows = ", ".join(
            f"{self.writer.constant(name)}: {self.row_number(name)}" for name in names if name in self.loops
        )
        elements = ", ".join(
            f"{self.writer.constant(name)}: {self.elements[name]}" for name in names if name in self.elements
        )
        groups = ", ".join(
            f"{self.writer.constant(name)}: {self.groups[name]}" for name in names if name in self.groups
        )
        return f"{{{rows}}}, {{{elements}}}, {{{groups}}}"

    # ------------------------------------------------------------ cells

    def cell(self, node: typed.RowCell | typed.SingleCell, reading: Reading) -> str:
        """The name of a cell, read in one of three ways."""
        column = Column(node.table, node.field, node.type, reading)
        if isinstance(node, typed.SingleCell):
            return f"S[{self.layout.single(column)}]"
        loop = self.loops[node.variable]
        number = self.layout.column(column)
        if loop.keyed:
            return self.writer.assign(f"C[{number}][{loop.index}]")
        return loop.columns.setdefault(number, f"{loop.index}_{number}")

    def is_point(self, node: Expression, ranged: bool = False) -> bool:
        """Whether a number is known to the last or not at all, never to lie between two ends."""
        match node:
            case typed.Constant() | typed.AsOf() | typed.LimitRef():
                return True
            case typed.RowCell() | typed.SingleCell():
                return not ranged
            case typed.Days(start=start, end=end):
                return self.is_point(start, ranged) and self.is_point(end, ranged)
            case typed.Age(moment=moment):
                return self.is_point(moment, ranged)
            case typed.Ratio(numerator=above, denominator=below):
                return self.is_point(above, ranged) and self.is_point(below, ranged)
        return False

    def number(self, node: Expression, ranged: bool = False) -> str:
        """A name of a value that may be read more than once."""
        found = self.lower(node, ranged)
        return found if found.isidentifier() else self.writer.assign(found)


_Lower = Callable[[Lowering, Any, bool], str]
_LOWERINGS: Final[dict[type, _Lower]] = {}


def lowers(construct: type) -> Callable[[_Lower], _Lower]:
    """Marks a function (lowering, node, ranged) as the one that writes a construct."""

    def register(write: _Lower) -> _Lower:
        _LOWERINGS[construct] = write
        return write

    return register


def _is_known(node: Expression) -> bool:
    return isinstance(node, typed.Constant | typed.AsOf | typed.LimitRef)


def _none_known(pairs: tuple[tuple[Expression, str], ...]) -> str:
    """The test that some of these is not known, or nothing if all are."""
    return " or ".join(f"{name} is U" for node, name in pairs if not _is_known(node))


@lowers(typed.Constant)
def _constant(to: Lowering, node: typed.Constant, ranged: bool) -> str:
    if isinstance(node.value, bool):
        return "T" if node.value else "F"
    return to.writer.constant(value_of(node.value, node.type))


@lowers(typed.ListOf)
def _list(to: Lowering, node: typed.ListOf, ranged: bool) -> str:
    items = "".join(f"{to.lower(item)}, " for item in node.items)
    return to.writer.assign(f"({items})")


@lowers(typed.RowCell)
@lowers(typed.SingleCell)
def _cell(to: Lowering, node: typed.RowCell | typed.SingleCell, ranged: bool) -> str:
    return to.cell(node, "ranged" if ranged and node.type.kind in ORDERED else "value")


@lowers(typed.Variable)
def _variable(to: Lowering, node: typed.Variable, ranged: bool) -> str:
    return to.elements[node.name] if node.name in to.elements else to.by_reference(node, ranged)


@lowers(typed.AsOf)
def _as_of(to: Lowering, node: typed.AsOf, ranged: bool) -> str:
    return "D"


@lowers(typed.LimitRef)
def _limit(to: Lowering, node: typed.LimitRef, ranged: bool) -> str:
    return f"L[{to.writer.constant(node.name)}]"


@lowers(typed.CellTest)
def _cell_test(to: Lowering, node: typed.CellTest, ranged: bool) -> str:
    filled, blank = ("T", "F") if node.present else ("F", "T")
    if isinstance(node.cell, typed.Variable):
        return filled if node.cell.name in to.elements else to.by_reference(node, ranged)
    cell = to.cell(node.cell, "cell")
    nothing = f"{cell} is E" + (f" or {cell} == ()" if node.cell.type.kind is Kind.LIST else "")
    return to.writer.assign(f"K if {cell} is M else {blank} if {nothing} else {filled}")


# ---------------------------------------------------------------- logic


@lowers(typed.Not)
def _not(to: Lowering, node: typed.Not, ranged: bool) -> str:
    found = to.number(node.operand)
    return to.writer.assign(f"F if {found} is T else T if {found} is F else K")


@lowers(typed.And)
def _and(to: Lowering, node: typed.And, ranged: bool) -> str:
    return _connected(to, node.parts, "F")


@lowers(typed.Or)
def _or(to: Lowering, node: typed.Or, ranged: bool) -> str:
    return _connected(to, node.parts, "T")


def _connected(to: Lowering, parts: tuple[Expression, ...], strongest: str) -> str:
    """Parts are looked at until one comes to the strongest value; one that is unknown is remembered."""
    result = to.writer.assign(to.lower(parts[0]))
    for part in parts[1:]:
        with to.writer.block(f"if {result} is not {strongest}:"):
            found = to.number(part)
            to.writer.write(f"if {found} is {strongest} or {found} is K: {result} = {found}")
    return result


@lowers(typed.If)
def _if(to: Lowering, node: typed.If, ranged: bool) -> str:
    test, result = to.number(node.test), to.writer.name()
    unknown = "K" if node.type.kind is Kind.BOOL else "U"
    to.writer.write(f"if {test} is K: {result} = {unknown}")
    for head, branch in ((f"elif {test} is T:", node.then), ("else:", node.otherwise)):
        with to.writer.block(head):
            to.writer.write(f"{result} = {to.lower(branch, ranged)}")
    return result


@lowers(typed.ListQuantifier)
def _list_quantifier(to: Lowering, node: typed.ListQuantifier, ranged: bool) -> str:
    container, result, truths = to.number(node.container), to.writer.name(), to.writer.name()
    element = to.writer.name()
    to.writer.write(f"{result} = K")
    with to.writer.block(f"if type({container}) is tuple:"):
        to.writer.write(f"{truths} = []")
        with to.writer.block(f"for {element} in {container}:"):
            outer, to.elements = to.elements, {**to.elements, node.variable: element}
            to.writer.write(f"{truths}.append({to.lower(node.condition)})")
            to.elements = outer
        finish = {"all": "min({}, default=T)", "exists": "max({}, default=F)", "exists_one": "exactly_one({})"}
        to.writer.write(f"{result} = {finish[node.name].format(truths)}")
    return result


# ---------------------------------------------------------------- comparison


@lowers(typed.Compare)
def _compare(to: Lowering, node: typed.Compare, ranged: bool) -> str:
    kind, other = node.left.type.kind, node.right.type.kind
    left, right = to.number(node.left), to.number(node.right)
    if kind is Kind.BOOL:
        same, different = ("T", "F") if node.operator == "==" else ("F", "T")
        unknown = f"{left} is K or {right} is K"
        return to.writer.assign(f"K if {unknown} else {same} if {left} is {right} else {different}")
    if kind in TEXTS or (kind in ORDERED and to.is_point(node.left) and to.is_point(node.right)):
        unknown = _none_known(((node.left, left), (node.right, right)))
        if kind is not other and Kind.DOUBLE in (kind, other):
            left, right = (f"{left} * {SCALE}", right) if kind is Kind.INT else (left, f"{right} * {SCALE}")
        told = f"T if {left} {node.operator} {right} else F"
        return to.writer.assign(f"K if {unknown} else {told}" if unknown else told)
    if kind is not other:
        pair = f"scaled({left}, {right}, {to.writer.constant(kind)}, {to.writer.constant(other)})"
        return to.writer.assign(f"{_COMPARISONS[node.operator]}(*{pair})")
    return to.writer.assign(f"{_COMPARISONS[node.operator]}({left}, {right})")


@lowers(typed.In)
def _in(to: Lowering, node: typed.In, ranged: bool) -> str:
    item = to.number(node.item)
    literals = _literals(node.container)
    if literals and node.item.type.kind in TEXTS:
        return to.writer.assign(f"K if {item} is U else T if {item} in {to.writer.constant(literals)} else F")
    container = to.lower(node.container)
    types = f"{to.writer.constant(node.item.type)}, {to.writer.constant(node.container.type)}"
    return to.writer.assign(f"is_in({item}, {container}, {types})")


def _literals(node: Expression) -> frozenset[Any]:
    """The values of a list of literals; none if it is anything else."""
    if not isinstance(node, typed.ListOf):
        return frozenset()
    constants = [item.value for item in node.items if isinstance(item, typed.Constant)]
    return frozenset(constants) if len(constants) == len(node.items) else frozenset()


# ---------------------------------------------------------------- numbers, texts, dates


@lowers(typed.Arithmetic)
def _arithmetic(to: Lowering, node: typed.Arithmetic, ranged: bool) -> str:
    left, right = to.lower(node.left, ranged), to.lower(node.right, ranged)
    if node.type.kind in (Kind.STRING, Kind.LIST):
        return to.writer.assign(f"joined({left}, {right})")
    if node.operator in "/%":
        return to.writer.assign(f"{'divide' if node.operator == '/' else 'remainder'}({left}, {right})")
    kind = to.writer.constant(node.type.kind)
    return to.writer.assign(f"{_OPERATIONS[node.operator]}({left}, {right}, {kind})")


@lowers(typed.Negate)
def _negate(to: Lowering, node: typed.Negate, ranged: bool) -> str:
    return to.writer.assign(f"negate({to.lower(node.operand, ranged)}, {to.writer.constant(node.type.kind)})")


@lowers(typed.Ratio)
def _ratio(to: Lowering, node: typed.Ratio, ranged: bool) -> str:
    return to.writer.assign(f"divide({to.lower(node.numerator, ranged)}, {to.lower(node.denominator, ranged)})")


@lowers(typed.Days)
def _days(to: Lowering, node: typed.Days, ranged: bool) -> str:
    start, end = to.number(node.start, ranged), to.number(node.end, ranged)
    if to.is_point(node, ranged):
        first, last = _day(start, node.start), _day(end, node.end)
        unknown = _none_known(((node.start, start), (node.end, end)))
        return to.writer.assign(f"U if {unknown} else {last} - {first}" if unknown else f"{last} - {first}")
    kinds = f"{to.writer.constant(node.start.type.kind)}, {to.writer.constant(node.end.type.kind)}"
    return to.writer.assign(f"days({start}, {end}, {kinds})")


@lowers(typed.Age)
def _age(to: Lowering, node: typed.Age, ranged: bool) -> str:
    moment = to.number(node.moment, ranged)
    if to.is_point(node, ranged):
        day = _day(moment, node.moment)
        return to.writer.assign(f"U if {moment} is U or {day} > D else D - {day}")
    return to.writer.assign(f"age({moment}, {to.writer.constant(node.moment.type.kind)}, D)")


def _day(name: str, node: Expression) -> str:
    return name if node.type.kind is Kind.DATE else f"({name} // {MICROSECONDS_A_DAY} + 1)"


@lowers(typed.Function)
def _function(to: Lowering, node: typed.Function, ranged: bool) -> str:
    args = ", ".join(to.lower(argument, ranged) for argument in node.args)
    return to.writer.assign(f"called({to.writer.constant(node)}, {args})")
