"""Where an expression is evaluated: the facts, what its names stand for, and what was found out before."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType

from riskcheck.expr.dependence import free, name_of
from riskcheck.expr.intervals import FALSE, TRUE, UNKNOWN, UNSETTLED, Value, instant, whole_range
from riskcheck.expr.typed import Expression, GroupRows, Kind, RowCell, SingleCell, Source, Type, Variable
from riskcheck.frozen import frozen
from riskcheck.model.factset import EMPTY, MISSING, Absent, Cell, FactSet
from riskcheck.model.schema import Field
from riskcheck.model.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, TypeAlias, TypeVar

    _Result = TypeVar("_Result")

Member = tuple[int, Truth]
"""A row, counted from 0, and whether it belongs: TRUE, or UNKNOWN for a maybe-row."""


@frozen
class Rows:
    """The rows that a source gives. `open`: there may be further ones.

    `shared` are maybe-rows that stand in many such Rows at once (rows with a missing key are in every group): one tuple
    for all of them, so that what is found out about it need not be found out again.
    """

    table: str
    members: tuple[Member, ...]
    open: bool
    shared: tuple[Member, ...] = ()

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @cached_property
    def numbers(self) -> list[int]:
        """The rows among `members`."""
        return [row for row, _ in self.members]

    @cached_property
    def sure(self) -> bool:
        """Whether all `members` surely belong."""
        return all(member is TRUE for _, member in self.members)

    def all_members(self) -> tuple[Member, ...]:
        """Every row that may belong."""
        return self.members + self.shared


class Environment:
    """What a condition is evaluated against: the facts of a project, the review date, limits and variables by name.

    It remembers what was evaluated (`memo`), so conditions of one check that name the same rows or measure share it.
    """

    def __init__(
        self,
        facts: FactSet,
        as_of: date,
        limits: Mapping[str, bool | int | str | date] = MappingProxyType({}),
        variables: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        self.facts, self.as_of, self.limits, self.variables = facts, as_of, limits, variables
        self.memo: dict[Hashable, Any] = {}

    def frame(self) -> Frame:
        """The frame of a whole condition: no row or element is named yet."""
        return Frame(self, {}, {}, {})


MOST_CELLS_REMEMBERED = 100_000
"""Facts with more cells are evaluated anew by each who asks, so that memory stays bounded."""


def environment_of(facts: FactSet, as_of: date, limits: Mapping[str, bool | int | str | date]) -> Environment:
    """The environment with these limits; the same one for all who ask, as it remembers, unless the facts are many."""
    if facts.cell_count > MOST_CELLS_REMEMBERED:
        return Environment(facts, as_of, limits)
    key = (Environment, as_of, tuple((name, type(value), value) for name, value in limits.items()))
    known: Environment | None = facts.remembered.get(key)
    if known is None:
        known = facts.remembered[key] = Environment(facts, as_of, limits)
    return known


class Frame:
    """What the names of macros stand for at one point of an evaluation.

    `rows` gives each row variable its row; None is a further row of an open table, whose cells are all missing.
    """

    __slots__ = ("elements", "environment", "groups", "memo", "rows", "tables")

    def __init__(
        self,
        environment: Environment,
        rows: dict[str, int | None],
        elements: Mapping[str, Value],
        groups: Mapping[str, Rows],
    ) -> None:
        self.environment = environment
        self.tables = environment.facts.by_name
        self.memo = environment.memo
        self.rows, self.elements, self.groups = rows, elements, groups

    def with_rows(self) -> Frame:
        """A frame whose `rows` may be set without a trace in this one."""
        return Frame(self.environment, dict(self.rows), self.elements, self.groups)

    def with_row(self, variable: str, row: int | None) -> Frame:
        """The frame in which `variable` stands for `row`."""
        return Frame(self.environment, {**self.rows, variable: row}, self.elements, self.groups)

    def with_element(self, variable: str, element: Value) -> Frame:
        """The frame in which `variable` stands for an element of a list."""
        return Frame(self.environment, self.rows, {**self.elements, variable: element}, self.groups)

    def with_group(self, variable: str, group: Rows) -> Frame:
        """The frame in which `variable` stands for a group of rows."""
        return Frame(self.environment, self.rows, self.elements, {**self.groups, variable: group})

    # ------------------------------------------------------------ cells

    def cell(self, node: Expression) -> Cell:
        """The cell that a node names, in one of its three states; a variable of the caller counts as a cell."""
        if type(node) is RowCell:
            row = self.rows[node.variable]
            return MISSING if row is None else self.tables[node.table].columns[node.field.name][row]
        if isinstance(node, SingleCell):
            return self.environment.facts.single(node.table, node.field.name)
        assert isinstance(node, Variable)
        found: Cell = self.environment.variables[node.name]
        return found

    # ------------------------------------------------------------ what was found out before

    def free(self, node: Expression | Source, bound: str = "") -> tuple[RowCell | Variable | GroupRows, ...]:
        """What `node` takes from outside itself, `bound` aside."""
        return tuple(
            [
                each
                for each in free(node)
                if (name := name_of(each)) != bound and (not isinstance(each, Variable) or name in self.elements)
            ]
        )

    def outside(self, node: Expression | Source, bound: str = "") -> tuple[Hashable, ...] | None:
        """The values, here, of all that `node` takes from outside itself; None if that cannot be told apart."""
        if not (self.rows or self.elements or self.groups):
            return ()
        values: list[Hashable] = []
        for each in self.free(node, bound):
            if isinstance(each, RowCell):
                values.append(self.cell(each))
            elif isinstance(each, Variable):
                values.append(self.elements[each.name])
            else:
                return None
        return tuple(values)

    def remembered(self, key: tuple[Hashable, ...], find_out: Callable[[], _Result], *kept: object) -> _Result:
        """What `find_out` gives, found out once for a key; `kept` are the objects whose id is in the key."""
        known = self.memo.get(key)
        if known is None:
            known = self.memo[key] = (find_out(), kept)
        result: _Result = known[0]
        return result


# ---------------------------------------------------------------- values of cells


def value_of(cell: object, type_: Type, ranged: bool = False, field: Field | None = None) -> Value:
    """What a cell of type `type_` is for every operator.

    An empty or missing cell is unknown, save that an empty list is the list []. `ranged`, within an aggregate, an
    empty or missing number ranges over the field's min..max.
    """
    if type(cell) is str or type(cell) is int:
        return cell
    if isinstance(cell, Absent):
        return _value_of_absent(cell, type_.kind, ranged, field)
    if isinstance(cell, bool):
        return TRUE if cell else FALSE
    if isinstance(cell, datetime):
        return instant(cell)
    if isinstance(cell, date):
        return cell.toordinal()
    assert isinstance(cell, tuple)
    item = type_.item
    return tuple([value_of(each, item) for each in cell]) if item is not None else ()


def values_of_cells(
    cells: Sequence[object], type_: Type, ranged: bool = False, field: Field | None = None
) -> list[Value]:
    """What many cells of one type are, as `value_of` says of each; the plain ones at once."""
    if type_.kind is Kind.BOOL:
        return [TRUE if cell is True else FALSE if cell is False else UNKNOWN for cell in cells]
    if type_.kind is Kind.DATE:
        return [cell.toordinal() if type(cell) is date else value_of(cell, type_, ranged, field) for cell in cells]
    return [cell if type(cell) is str or type(cell) is int else value_of(cell, type_, ranged, field) for cell in cells]


def _value_of_absent(cell: Absent, kind: Kind, ranged: bool, field: Field | None) -> Value:
    if kind is Kind.BOOL:
        return UNKNOWN
    if kind is Kind.LIST and cell is EMPTY:
        return ()
    return whole_range(kind, field) if ranged else UNSETTLED


def unsettled(kind: Kind) -> Value:
    """The value of kind `kind` of which nothing is known."""
    return UNKNOWN if kind is Kind.BOOL else UNSETTLED


# ---------------------------------------------------------------- one meaning for each construct

Meaning: TypeAlias = "Callable[[Any, Frame, bool], Value]"
MEANINGS: Final[dict[type, Meaning]] = {}
"""What each construct of the language means; filled by `means`."""


def means(construct: type) -> Callable[[Meaning], Meaning]:
    """Marks a function (node, frame, ranged) as the meaning of a construct."""

    def register(meaning: Meaning) -> Meaning:
        MEANINGS[construct] = meaning
        return meaning

    return register


def value(node: Expression, frame: Frame, ranged: bool = False) -> Value:
    """What an expression comes to. `ranged`: its numbers stand in the value of an aggregate."""
    return MEANINGS[type(node)](node, frame, ranged)


def truth(node: Expression, frame: Frame) -> Truth:
    """What a condition comes to."""
    found = MEANINGS[type(node)](node, frame, False)
    assert type(found) is Truth, node
    return found
