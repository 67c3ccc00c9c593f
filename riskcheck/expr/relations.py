"""Keys and references between rows: what links, what is unique, what forms a group, what runs in a circle."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.expr.frame import Frame, Member, Rows, value, value_of
from riskcheck.expr.graph import on_cycles
from riskcheck.expr.intervals import FALSE, TRUE, UNKNOWN, UNSETTLED, Interval, Unsettled, Value, to_common_scale
from riskcheck.expr.manyrows import ManyRows
from riskcheck.expr.typed import Aggregate, Expression, GroupQuantifier, Kind, RowCell, SingleCell, Type, Variable
from riskcheck.frozen import frozen
from riskcheck.model.factset import EMPTY, Absent, Cell
from riskcheck.model.truth import Truth

Key = Value | Absent
"""A known value; EMPTY, which equals nothing; or UNSETTLED, which may equal anything."""
_NO_KEYS = (Absent, Unsettled)
_NAMING_CELLS = (RowCell, SingleCell, Variable)


def key_of(node: Expression, frame: Frame, compared_with: Kind | None = None) -> Key:
    """The key that an expression gives; an int in the unit of a double that it is compared with."""
    if _names_cell(node, frame):
        return _key_of_cell(frame.cell(node), node.type, compared_with)
    return _scaled(_settled(value(node, frame)), node.type.kind, compared_with)


def keys_in(node: Expression, many: ManyRows, compared_with: Kind | None = None) -> list[Key]:
    """The keys that an expression gives in many rows."""
    if isinstance(node, RowCell) and node.variable == many.variable:
        of_key = node.type
        return [cell if type(cell) is str else _key_of_cell(cell, of_key, compared_with) for cell in many.cells(node)]
    inner, found = many.frame.with_rows(), []
    for row in many.rows:
        inner.rows[many.variable] = row
        found.append(key_of(node, inner, compared_with))
    return found


def _key_of_cell(cell: Cell, type_: Type, compared_with: Kind | None) -> Key:
    if cell is EMPTY or cell == ():
        return EMPTY
    return _scaled(_settled(value_of(cell, type_)), type_.kind, compared_with)


def _scaled(found: Value, kind: Kind, compared_with: Kind | None) -> Value:
    return found if compared_with in (None, kind) else to_common_scale(found, 0, kind, compared_with)[0]


def _names_cell(node: Expression, frame: Frame) -> bool:
    element = isinstance(node, Variable) and node.name in frame.elements
    return isinstance(node, _NAMING_CELLS) and not element


def _settled(found: Value) -> Value:
    """`found`, or UNSETTLED if it is not known to the last."""
    if isinstance(found, Interval) or found is UNKNOWN:
        return UNSETTLED
    if isinstance(found, tuple) and any(_settled(each) is UNSETTLED for each in found):
        return UNSETTLED
    return found


def refs_of(node: Expression, key: Expression, frame: Frame) -> tuple[Value, ...] | Unsettled:
    """The keys like `key` that an expression, one value or a list, refers to; none if it is empty."""
    return _refs_of_key(key_of(node, frame, key.type.kind), node, key)


def refs_in(node: Expression, key: Expression, many: ManyRows) -> list[tuple[Value, ...] | Unsettled]:
    """The keys like `key` that an expression refers to in many rows."""
    return [_refs_of_key(found, node, key) for found in keys_in(node, many, key.type.kind)]


def _refs_of_key(found: Key, node: Expression, key: Expression) -> tuple[Value, ...] | Unsettled:
    if isinstance(found, Absent):
        return ()
    if isinstance(found, Unsettled):
        return UNSETTLED
    if not isinstance(found, tuple):
        return (found,)
    kind, of_key = kind_of_refs(node), key.type.kind
    return tuple([to_common_scale(each, 0, kind, of_key)[0] for each in found])


def kind_of_refs(node: Expression) -> Kind:
    """The kind of the keys that an expression, one value or a list, refers to."""
    return (node.type.item or node.type).kind


# ---------------------------------------------------------------- linked


@frozen
class References:
    """What the rows of a source refer to: the rows that name each key, and those of which it is missing."""

    by_key: dict[Value, list[Member]]
    missing: tuple[Member, ...]
    open: bool

    def naming(self, key: Key) -> list[Member]:
        """The rows that are known to name `key`."""
        return [] if isinstance(key, _NO_KEYS) else self.by_key.get(key, [])

    def name(self, key: Key) -> Truth:
        """Whether some row names `key`; a missing key may be any, an empty one is none. Open: never false."""
        found = max((member for _, member in self.naming(key)), default=FALSE)
        if not isinstance(key, Absent):
            others = self.missing or (isinstance(key, Unsettled) and self.by_key)
            found = max(found, UNKNOWN if others else FALSE)
        return max(found, UNKNOWN) if self.open else found


def references(node: Aggregate, rows: Rows, frame: Frame) -> References:
    """The references of `rows` by the aggregate `linked`, found out once for the same rows."""
    if frame.outside(node.args[0], node.variable) != ():
        return _references(node, rows, frame)
    return frame.remembered(("refs", id(rows), id(node)), lambda: _references(node, rows, frame), rows, node)


def _references(node: Aggregate, rows: Rows, frame: Frame) -> References:
    ref, key = node.args
    by_key: dict[Value, list[Member]] = {}
    missing: list[Member] = []
    members = rows.all_members()
    found = refs_in(ref, key, ManyRows(frame, node.variable, [row for row, _ in members]))
    for (row, member), refs in zip(members, found, strict=True):
        if isinstance(refs, Unsettled):
            missing.append((row, member))
            continue
        for each in refs:
            by_key.setdefault(each, []).append((row, member))
    return References(by_key, tuple(missing), rows.open)


# ---------------------------------------------------------------- unique


@frozen
class Keys:
    """The keys of rows. Rows with an empty key are left out, as these equal nothing."""

    by_key: dict[Value, list[Member]]
    missing: tuple[Member, ...]
    open: bool

    def unique(self) -> Truth:
        """Whether no two rows have the same key; a missing key may equal any. In an open table never true."""
        clashes = [members for members in self.by_key.values() if len(members) > 1]
        if any(sum(member is TRUE for _, member in members) > 1 for members in clashes):
            return FALSE
        if clashes or self.open or (self.missing and (self.by_key or len(self.missing) > 1)):
            return UNKNOWN
        return TRUE


def keys(rows: Rows, variable: str, key: Expression, frame: Frame) -> Keys:
    """The keys that `key` gives the rows."""
    by_key: dict[Value, list[Member]] = {}
    missing: list[Member] = []
    members = rows.all_members()
    keys_found = keys_in(key, ManyRows(frame, variable, [row for row, _ in members]))
    for (row, member), found in zip(members, keys_found, strict=True):
        if isinstance(found, Unsettled):
            missing.append((row, member))
        elif not isinstance(found, Absent):
            by_key.setdefault(found, []).append((row, member))
    return Keys(by_key, tuple(missing), rows.open)


# ---------------------------------------------------------------- groups


@frozen
class Groups:
    """The rows of each key, and whether that group surely exists. `uncertain`: there may be groups of other keys.

    A row with missing key is a maybe-row of every group and may form one of its own.
    """

    groups: tuple[tuple[Rows, Truth], ...]
    keys: Keys
    uncertain: bool


def groups_of(node: GroupQuantifier, rows: Rows, frame: Frame) -> Groups:
    """The groups of `rows` with equal key, found out once for the same rows."""
    if frame.outside(node.key, node.variable) != ():
        return _groups_of(node, rows, frame)
    return frame.remembered(("groups", id(rows), id(node)), lambda: _groups_of(node, rows, frame), rows, node)


def _groups_of(node: GroupQuantifier, rows: Rows, frame: Frame) -> Groups:
    found = keys(rows, node.variable, node.key, frame)
    shared = tuple((row, UNKNOWN) for row, _ in found.missing)
    groups = tuple(
        (Rows(rows.table, tuple(members), rows.open, shared), max(member for _, member in members))
        for members in found.by_key.values()
    )
    return Groups(groups, found, bool(shared) or rows.open)


# ---------------------------------------------------------------- acyclic


@frozen
class Links:
    """Which key leads to which, by rows that surely belong and by all that may; and the rows of each key."""

    sure: dict[Value, list[Value]]
    possible: dict[Value, list[Value]]
    rows: dict[Value, list[Member]]
    missing: tuple[Member, ...]
    open: bool

    def acyclic(self) -> Truth:
        """Whether following links never returns. In an open table never true.

        A missing key or reference leaves it open, unless the known links close a cycle.
        """
        if on_cycles(self.sure):
            return FALSE
        if self.open or self.missing or (self.possible != self.sure and on_cycles(self.possible)):
            return UNKNOWN
        return TRUE


def links(rows: Rows, variable: str, args: Sequence[Expression], frame: Frame) -> Links:
    """The links that `args`, the key of a row and its references, make."""
    key_node, refs_node = args
    sure: dict[Value, list[Value]] = {}
    possible: dict[Value, list[Value]] = {}
    by_key: dict[Value, list[Member]] = {}
    missing: list[Member] = []
    members = rows.all_members()
    many = ManyRows(frame, variable, [row for row, _ in members])
    keys_found, refs_found = keys_in(key_node, many, kind_of_refs(refs_node)), refs_in(refs_node, key_node, many)
    for (row, member), key, refs in zip(members, keys_found, refs_found, strict=True):
        if isinstance(key, Unsettled) or isinstance(refs, Unsettled):
            missing.append((row, member))
        elif not isinstance(key, Absent):
            by_key.setdefault(key, []).append((row, member))
            for graph in (sure, possible) if member is TRUE else (possible,):
                graph.setdefault(key, []).extend(refs)
    return Links(sure, possible, by_key, tuple(missing), rows.open)
