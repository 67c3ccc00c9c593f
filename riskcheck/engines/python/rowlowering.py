"""Macros over rows as Python loops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple, TypeGuard

from riskcheck.engines.python.columns import Column
from riskcheck.engines.python.lowering import Loop, Lowering, lowers
from riskcheck.expr import typed
from riskcheck.expr.dependence import names_free
from riskcheck.expr.relations import kind_of_refs
from riskcheck.expr.typed import TEXTS, Aggregate, AggregateName, Kind, Source

_OfRows = Callable[[Lowering, Aggregate], str]
_LOWERINGS: Final[dict[AggregateName, _OfRows]] = {}


@lowers(Aggregate)
def _aggregate(to: Lowering, node: Aggregate, ranged: bool) -> str:
    """A macro whose rows cannot be looked at here is left to the reference."""
    write = _LOWERINGS.get(node.name)
    return write(to, node) if write is not None else to.by_reference(node, ranged)


def _writes(name: AggregateName) -> Callable[[_OfRows], _OfRows]:
    def register(write: _OfRows) -> _OfRows:
        _LOWERINGS[name] = write
        return write

    return register


Filter = tuple[str, typed.Expression]
"""The name of a row, and what must hold of it."""


def _filters_of(source: Source) -> tuple[Filter, ...]:
    filters: list[Filter] = []
    while isinstance(source, typed.FilterRows):
        filters.insert(0, (source.variable, source.condition))
        source = source.source
    return tuple(filters)


class _Key(NamedTuple):
    """A part of a filter that asks for equal keys: the column of the rows, and what is sought; and all other parts."""

    column: typed.RowCell
    sought: typed.Expression
    others: tuple[Filter, ...]


def _key(to: Lowering, filters: tuple[Filter, ...]) -> _Key | None:
    """The key by which rows of an inner macro are found."""
    if not (to.loops or to.elements):
        return None
    parts = [(name, part) for name, condition in filters for part in _parts(condition)]
    for number, (name, part) in enumerate(parts):
        if not isinstance(part, typed.Compare) or part.operator != "==":
            continue
        for inner, outer in ((part.left, part.right), (part.right, part.left)):
            if _is_column_of(inner, name) and _can_be_sought(to, outer, inner, name):
                return _Key(inner, outer, (*parts[:number], *parts[number + 1 :]))
    return None


def _parts(condition: typed.Expression) -> tuple[typed.Expression, ...]:
    return condition.parts if isinstance(condition, typed.And) else (condition,)


def _is_column_of(node: typed.Expression, name: str) -> TypeGuard[typed.RowCell]:
    return isinstance(node, typed.RowCell) and node.variable == name and node.type.kind not in (Kind.BOOL, Kind.LIST)


def _can_be_sought(to: Lowering, node: typed.Expression, column: typed.RowCell, name: str) -> bool:
    kind, names = node.type.kind, names_free(node)
    if kind is not column.type.kind or not names or name in names:
        return False
    return kind in TEXTS or to.is_point(node)


@contextmanager
def _each_row(to: Lowering, source: Source, variable: str, matches: tuple[Filter, ...] = ()) -> Iterator[str]:
    """The body of a loop over the rows of `source` that meet `matches`; gives the name of whether the row belongs.

    Rows that surely do not belong are passed over. An inner loop over all rows of a table counts as effort.
    """
    filters = (*_filters_of(source), *matches)
    of_group = _group(to, source)
    key = None if of_group else _key(to, filters)
    loop, outer = Loop(source.table, to.writer.name(), bool(of_group or key)), to.loops
    member = to.writer.name() if loop.keyed else "T"
    head = ""
    if key:
        head = f"for {loop.index}, {member} in I({_column(to, key.column)}).rows({to.number(key.sought)}):"
    elif of_group:
        head = f"for {loop.index}, {member} in X.spent({of_group}):"
    elif to.loops or to.elements:
        to.writer.write(f"X.spent({_rows(to, source)})")
    with to.writer.apart() as lines:
        for name, condition in key.others if key else filters:
            to.loops = {**outer, name: loop}
            met = to.number(condition)
            to.writer.write(f"if {met} is F: continue")
            member = met if member == "T" else to.writer.assign(f"K if {member} is K else {met}")
        to.loops = {**outer, variable: loop}
        yield member
        to.loops = outer
    to.writer.place(head or _head(to, loop), lines)


def _group(to: Lowering, source: Source) -> str:
    """The name of the group whose rows, filtered or not, these are; nothing if they are those of a table."""
    while isinstance(source, typed.FilterRows):
        source = source.source
    return to.groups[source.variable] if isinstance(source, typed.GroupRows) else ""


def _column(to: Lowering, node: typed.RowCell) -> int:
    return to.layout.column(Column(node.table, node.field, node.type, "value"))


def _head(to: Lowering, loop: Loop) -> str:
    """The head of a loop over the columns that its body reads."""
    rows = f"R[{to.layout.table(loop.table)}]"
    read = [(name, rows if number == -1 else f"C[{number}]") for number, name in loop.columns.items()]
    if not read:
        return f"for _ in {rows}:"
    if len(read) == 1:
        return f"for {read[0][0]} in {read[0][1]}:"
    return f"for {', '.join(name for name, _ in read)} in zip({', '.join(column for _, column in read)}):"


def _open(to: Lowering, source: Source) -> str:
    return f"O[{to.layout.table(source.table)}]"


def rows_exist(to: Lowering, source: Source) -> str:
    """Whether a source has a row."""
    result = to.writer.assign(f"K if {_open(to, source)} else F")
    with _each_row(to, source, "") as member:
        _note_one(to, result, member)
    return result


def _rows(to: Lowering, source: Source) -> str:
    return f"R[{to.layout.table(source.table)}]"


# ---------------------------------------------------------------- conditions over rows


@_writes(AggregateName.ALL)
def _all(to: Lowering, node: Aggregate) -> str:
    result = to.writer.assign(f"K if {_open(to, node.source)} else T")
    with _each_row(to, node.source, node.variable) as member:
        met = to.number(node.args[0])
        with to.writer.block(f"if {met} is not T:"):
            with to.writer.block(f"if {met} is F and {member} is T:" if member != "T" else f"if {met} is F:"):
                to.writer.write(f"{result} = F")
                to.writer.write("break")
            to.writer.write(f"{result} = K")
    return result


@_writes(AggregateName.EXISTS)
def _exists(to: Lowering, node: Aggregate) -> str:
    result = to.writer.assign(f"K if {_open(to, node.source)} else F")
    with _each_row(to, node.source, node.variable, _own(node)) as member:
        _note_one(to, result, member)
    return result


def _note_one(to: Lowering, result: str, member: str) -> None:
    """Note in `result` a row that belongs, perhaps or surely."""
    with to.writer.block(f"if {member} is T:"):
        to.writer.write(f"{result} = T")
        to.writer.write("break")
    to.writer.write(f"{result} = K")


def _own(node: Aggregate) -> tuple[Filter, ...]:
    return ((node.variable, node.args[0]),) if node.args else ()


@_writes(AggregateName.EXISTS_ONE)
def _exists_one(to: Lowering, node: Aggregate) -> str:
    return to.writer.assign(f"is_one({_count(to, node)})")


@_writes(AggregateName.COUNT)
def _count(to: Lowering, node: Aggregate) -> str:
    low, high = to.writer.assign("0"), to.writer.assign("0")
    with _each_row(to, node.source, node.variable, _own(node)) as member:
        to.writer.write(f"{high} += 1")
        to.writer.write(f"if {member} is T: {low} += 1")
    return to.writer.assign(f"counted({low}, {high}, {_open(to, node.source)})")


@_writes(AggregateName.SIZE)
def _size(to: Lowering, node: Aggregate) -> str:
    if isinstance(node.source, typed.TableRows):
        count = to.writer.assign(f"len({_rows(to, node.source)})")
        return to.writer.assign(f"counted({count}, {count}, {_open(to, node.source)})")
    return _count(to, node)


@_writes(AggregateName.SHARE)
def _share(to: Lowering, node: Aggregate) -> str:
    sure, maybe = to.writer.assign("[]"), to.writer.assign("[]")
    with _each_row(to, node.source, node.variable) as member:
        into = sure if member == "T" else f"({sure} if {member} is T else {maybe})"
        to.writer.write(f"{into}.append({to.lower(node.args[0])})")
    tolerant = to.lower(node.args[1]) if len(node.args) > 1 else "0"
    return to.writer.assign(f"share({sure}, {maybe}, {_open(to, node.source)}, {tolerant})")


# ---------------------------------------------------------------- values over rows


@_writes(AggregateName.SUM)
def _sum(to: Lowering, node: Aggregate) -> str:
    return _of_values(to, node, f"total({{}}, {to.writer.constant(node.type.kind)})")


@_writes(AggregateName.MIN)
def _min(to: Lowering, node: Aggregate) -> str:
    return _of_values(to, node, "least({})")


@_writes(AggregateName.MAX)
def _max(to: Lowering, node: Aggregate) -> str:
    return _of_values(to, node, "greatest({})")


@_writes(AggregateName.AVG)
def _avg(to: Lowering, node: Aggregate) -> str:
    return _of_values(to, node, f"average({{}}, {to.writer.constant(node.args[0].type.kind)})")


def _of_values(to: Lowering, node: Aggregate, finish: str) -> str:
    """Each row's membership and value go to the reference's own arithmetic."""
    entries = to.writer.assign("[]")
    with _each_row(to, node.source, node.variable) as member:
        to.writer.write(f"{entries}.append(({member}, {to.lower(node.args[0], True)}))")
    return to.writer.assign(finish.format(f"{entries}, {_further(to, node, node.args[0])}"))


def _further(to: Lowering, node: Aggregate, argument: typed.Expression) -> str:
    """The value that a further row may have; None if there can be none."""
    names = f"{to.writer.constant(node)}, {to.writer.constant(argument)}"
    surroundings = to.surroundings(argument, node.variable)
    return to.writer.assign(f"X.further({names}, ({surroundings})) if {_open(to, node.source)} else None")


@_writes(AggregateName.LATEST)
def _latest(to: Lowering, node: Aggregate) -> str:
    entries = to.writer.assign("[]")
    date, argument = node.args
    with _each_row(to, node.source, node.variable) as member:
        day = to.lower(date)
        if isinstance(date, typed.RowCell):
            cell = to.cell(date, "cell")
            day = to.writer.assign(f"E if {cell} is E else {day}")
        to.writer.write(f"{entries}.append(({member}, {day}, {to.lower(argument, True)}))")
    kind = to.writer.constant(node.type.kind)
    return to.writer.assign(f"latest({entries}, {_further(to, node, argument)}, {kind})")


# ---------------------------------------------------------------- relations between rows


@_writes(AggregateName.PEAK)
def _peak(to: Lowering, node: Aggregate) -> str:
    entries = to.writer.assign("[]")
    with _each_row(to, node.source, node.variable) as member:
        values = ", ".join([to.lower(argument, True) for argument in node.args])
        to.writer.write(f"{entries}.append(({member}, {values}))")
    further = ", ".join([_further(to, node, argument) for argument in node.args])
    kinds = f"{to.writer.constant(node.args[0].type.kind)}, {to.writer.constant(node.type.kind)}"
    return to.writer.assign(f"peak({entries}, ({further}), {kinds}, {_open(to, node.source)})")


# ---------------------------------------------------------------- relations between rows


def _key_of(to: Lowering, node: typed.Expression) -> str:
    """The name of a key that is a text, or a list of such: EMPTY if its cell is empty."""
    found = to.lower(node)
    if not isinstance(node, typed.RowCell | typed.SingleCell):
        return found
    cell = to.cell(node, "cell")
    nothing = f"{cell} is E" + (f" or {cell} == ()" if node.type.kind is Kind.LIST else "")
    return to.writer.assign(f"E if {nothing} else {found}")


@_writes(AggregateName.LINKED)
def _linked(to: Lowering, node: Aggregate) -> str:
    """What the rows refer to is found out once, before the rows around; then each key is looked up."""
    ref, key = node.args
    plain = key.type.kind in TEXTS and kind_of_refs(ref) in TEXTS and not names_free(ref) - {node.variable}
    if not plain or names_free(node.source):
        return to.by_reference(node, False)
    found = to.references.get(id(node))
    if found is None:
        with to.writer.before_all():
            found = to.references[id(node)] = to.writer.assign(f"X.references({to.writer.constant(node)})")
    return to.writer.assign(f"{found}.name({_key_of(to, key)})")


@_writes(AggregateName.UNIQUE)
def _unique(to: Lowering, node: Aggregate) -> str:
    if node.args[0].type.kind not in TEXTS:
        return to.by_reference(node, False)
    return to.writer.assign(f"unique({_keys(to, node.source, node.variable, node.args)}, {_open(to, node.source)})")


@_writes(AggregateName.ACYCLIC)
def _acyclic(to: Lowering, node: Aggregate) -> str:
    if node.args[0].type.kind not in TEXTS or kind_of_refs(node.args[1]) not in TEXTS:
        return to.by_reference(node, False)
    return to.writer.assign(f"acyclic({_keys(to, node.source, node.variable, node.args)}, {_open(to, node.source)})")


def _keys(to: Lowering, source: Source, variable: str, nodes: tuple[typed.Expression, ...]) -> str:
    """The name of a list: of each row whether it belongs, and these keys."""
    entries = to.writer.assign("[]")
    with _each_row(to, source, variable) as member:
        found = ", ".join([_key_of(to, node) for node in nodes])
        to.writer.write(f"{entries}.append(({member}, {found}))")
    return entries


@lowers(typed.GroupQuantifier)
def _groups(to: Lowering, node: typed.GroupQuantifier, ranged: bool) -> str:
    """`all` and `exists` over the groups of rows with equal key, each a list of rows and whether they belong."""
    if node.key.type.kind not in TEXTS:
        return to.by_reference(node, False)
    entries, is_open = to.writer.assign("[]"), _open(to, node.source)
    with _each_row(to, node.source, node.variable) as member:
        key = _key_of(to, node.key)
        to.writer.write(f"{entries}.append(({to.row_number(node.variable)}, {member}, {key}))")
    truths, group, exists, groups = to.writer.assign("[]"), *(to.writer.name() for _ in range(3))
    to.writer.write(f"{groups}, {exists}_ = groups({entries}, {is_open})")
    with to.writer.block(f"for {group}, {exists} in {groups}:"):
        outer, to.groups = to.groups, {**to.groups, node.group: group}
        to.writer.write(f"{truths}.append(({exists}, {to.lower(node.condition)}))")
        to.groups = outer
    finish = "all_groups" if node.name == "all" else "some_group"
    return to.writer.assign(f"{finish}({truths}, {exists}_)")
