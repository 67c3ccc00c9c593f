"""What the constructs over rows mean: quantifiers, counts, shares, sums, and relations between rows."""

from __future__ import annotations

from collections.abc import Callable

from riskcheck.expr import aggregates
from riskcheck.expr.dependence import names_free
from riskcheck.expr.frame import Frame, Member, Rows, means, truth, unsettled, value
from riskcheck.expr.intervals import FALSE, NEGATION, TRUE, UNKNOWN, UNSETTLED, Number, Value, equal, number
from riskcheck.expr.manyrows import ManyRows, means_in_rows, row_by_row, values_in
from riskcheck.expr.relations import groups_of, key_of, keys, keys_in, kind_of_refs, links, references
from riskcheck.expr.sources import rows_of
from riskcheck.expr.tally import tally, tally_of_matches
from riskcheck.expr.typed import Aggregate, AggregateName, Expression, GroupQuantifier, RowCell
from riskcheck.model.factset import EMPTY, Absent
from riskcheck.model.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from riskcheck.expr.peaks import Extent, LoadedRows

RowMeaning = Callable[[Aggregate, Rows, Frame], Value]
ROW_MEANINGS: Final[dict[AggregateName, RowMeaning]] = {}


@means(Aggregate)
def _aggregate(node: Aggregate, frame: Frame, ranged: bool) -> Value:
    """What a macro over rows comes to; found out once for the same cells of outer rows."""
    outside = frame.outside(node)
    if outside is None:
        return ROW_MEANINGS[node.name](node, rows_of(node.source, frame), frame)
    key = ("aggregate", id(node), outside)
    return frame.remembered(key, lambda: ROW_MEANINGS[node.name](node, rows_of(node.source, frame), frame), node)


def means_rows(name: AggregateName) -> Callable[[RowMeaning], RowMeaning]:
    """Marks a function (node, rows, frame) as the meaning of a macro over rows."""

    def register(meaning: RowMeaning) -> RowMeaning:
        ROW_MEANINGS[name] = meaning
        return meaning

    return register


# ---------------------------------------------------------------- conditions over rows


@means_rows(AggregateName.ALL)
def _all(node: Aggregate, rows: Rows, frame: Frame) -> Truth:
    """AND over the rows; of a maybe-row only true counts for sure. In an open table never true."""
    return tally(rows, node.variable, node.args[0], frame).every()


@means_rows(AggregateName.EXISTS)
def _exists(node: Aggregate, rows: Rows, frame: Frame) -> Truth:
    """OR over the rows. In an open table never false."""
    return tally_of_matches(rows, node.variable, node.args[0], frame).some()


@means_rows(AggregateName.EXISTS_ONE)
def _exists_one(node: Aggregate, rows: Rows, frame: Frame) -> Truth:
    """Whether the count is 1."""
    return equal(tally_of_matches(rows, node.variable, node.args[0], frame).count(), 1)


@means_rows(AggregateName.COUNT)
def _count(node: Aggregate, rows: Rows, frame: Frame) -> Number:
    """The number of rows that meet the condition: sure ones at least, all that may at most; open, without end."""
    return tally_of_matches(rows, node.variable, node.args[0], frame).count()


@means_rows(AggregateName.SIZE)
def _size(node: Aggregate, rows: Rows, frame: Frame) -> Number:
    """The number of rows."""
    return tally(rows).count()


@means_rows(AggregateName.SHARE)
def _share(node: Aggregate, rows: Rows, frame: Frame) -> Number:
    """Rows that are bad over rows; with a third argument one bad row is tolerated below so many rows."""
    tolerant_below = value(node.args[1], frame) if len(node.args) > 1 else 0
    assert isinstance(tolerant_below, int)
    return tally(rows, node.variable, node.args[0], frame).share(tolerant_below)


# ---------------------------------------------------------------- values over rows


def values_of(node: Aggregate, rows: Rows, frame: Frame, argument: Expression) -> list[tuple[Truth, Value]]:
    """Each row's membership and value; an empty or missing number ranges over its field's min..max."""
    members = rows.all_members()
    values = values_in(argument, ManyRows(frame, node.variable, [row for row, _ in members]), True)
    return [(member, found) for (_, member), found in zip(members, values, strict=True)]


def value_of_further(node: Aggregate, rows: Rows, frame: Frame, argument: Expression) -> Value | None:
    """The value that a further row, of which all cells are missing, may have; None if there can be no such row."""
    return value(argument, frame.with_row(node.variable, None), True) if rows.open else None


def _numbers(node: Aggregate, rows: Rows, frame: Frame) -> tuple[list[aggregates.Entry], Number | None]:
    further = value_of_further(node, rows, frame, node.args[0])
    entries = [(member, number(found)) for member, found in values_of(node, rows, frame, node.args[0])]
    return entries, None if further is None else number(further)


@means_rows(AggregateName.SUM)
def _sum(node: Aggregate, rows: Rows, frame: Frame) -> Number:
    """The exact sum; maybe-rows count or not; 0 of no rows."""
    return aggregates.total(*_numbers(node, rows, frame), node.type.kind)


@means_rows(AggregateName.MIN)
def _min(node: Aggregate, rows: Rows, frame: Frame) -> Number:
    """The least value; undefined of no rows."""
    return aggregates.least(*_numbers(node, rows, frame))


@means_rows(AggregateName.MAX)
def _max(node: Aggregate, rows: Rows, frame: Frame) -> Number:
    """The greatest value; undefined of no rows."""
    return aggregates.greatest(*_numbers(node, rows, frame))


@means_rows(AggregateName.AVG)
def _avg(node: Aggregate, rows: Rows, frame: Frame) -> Number:
    """The average as double; undefined of no rows."""
    return aggregates.average(*_numbers(node, rows, frame), node.args[0].type.kind)


def dated_entries(node: Aggregate, rows: Rows, frame: Frame) -> list[aggregates.Dated]:
    """Each row's membership, date (EMPTY where that is known to be empty) and value, for `latest`."""
    inner = frame.with_rows()
    entries: list[aggregates.Dated] = []
    for row, member in rows.all_members():
        inner.rows[node.variable] = row
        entries.append((member, _date(node.args[0], inner), value(node.args[1], inner, True)))
    return entries


def _date(node: Expression, frame: Frame) -> Value | Absent:
    return EMPTY if isinstance(node, RowCell) and frame.cell(node) is EMPTY else value(node, frame)


@means_rows(AggregateName.LATEST)
def _latest(node: Aggregate, rows: Rows, frame: Frame) -> Value:
    """The value in the row with the greatest date: the range over all rows that may be the one."""
    further = value_of_further(node, rows, frame, node.args[1])
    found = aggregates.latest(dated_entries(node, rows, frame), further)
    return unsettled(node.type.kind) if found is UNSETTLED else found


def loaded_rows(node: Aggregate, rows: Rows, frame: Frame) -> LoadedRows:
    """What the rows load and when, for `peak`; an empty or missing date may be any, as such a number may."""
    from riskcheck.expr.peaks import NOTHING, LoadedRows, Loads

    further = _extent(node, UNKNOWN, frame.with_row(node.variable, None)) if rows.open else NOTHING
    outside = [frame.outside(argument, node.variable) for argument in node.args]
    if not rows.shared or None in outside:
        shared = Loads(_extents(node, rows.shared, frame))
    else:
        key = ("loads", id(rows.shared), id(node), *outside)
        shared = frame.remembered(key, lambda: Loads(_extents(node, rows.shared, frame)), rows.shared, node)
    return LoadedRows(Loads(_extents(node, rows.members, frame)), shared, further)


def _extents(node: Aggregate, members: tuple[Member, ...], frame: Frame) -> tuple[Extent | None, ...]:
    inner = frame.with_rows()
    found = []
    for row, member in members:
        inner.rows[node.variable] = row
        found.append(_extent(node, member, inner))
    return tuple(found)


def _extent(node: Aggregate, member: Truth, frame: Frame) -> Extent | None:
    """What a row loads; None if that may be undefined."""
    from riskcheck.expr.peaks import extent

    start, finish, load = [number(value(argument, frame, True)) for argument in node.args]
    return extent(member, start, finish, load, node.args[0].type.kind, node.type.kind)


@means_rows(AggregateName.PEAK)
def _peak(node: Aggregate, rows: Rows, frame: Frame) -> Number:
    """The largest sum of loads at any time; 0 of no rows."""
    return loaded_rows(node, rows, frame).peak()


# ---------------------------------------------------------------- relations between rows


@means_rows(AggregateName.LINKED)
def _linked(node: Aggregate, rows: Rows, frame: Frame) -> Truth:
    """Whether some row's reference names the key. An empty reference or key links nothing, a missing one may."""
    ref, key = node.args
    return references(node, rows, frame).name(key_of(key, frame, kind_of_refs(ref)))


@means_in_rows(Aggregate)
def _links_in_rows(node: Aggregate, many: ManyRows, ranged: bool) -> list[Value]:
    """`linked` of many keys, where all look for them in the same rows; other macros row by row."""
    if node.name is not AggregateName.LINKED or many.variable in names_free(node.source):
        return row_by_row(node, many, ranged)
    ref, key = node.args
    if many.variable in names_free(ref) and many.variable != node.variable:
        return row_by_row(node, many, ranged)
    found = references(node, rows_of(node.source, many.frame), many.frame)
    return [found.name(each) for each in keys_in(key, many, kind_of_refs(ref))]


@means_rows(AggregateName.UNIQUE)
def _unique(node: Aggregate, rows: Rows, frame: Frame) -> Truth:
    """Whether no two rows have the same key."""
    return keys(rows, node.variable, node.args[0], frame).unique()


@means_rows(AggregateName.ACYCLIC)
def _acyclic(node: Aggregate, rows: Rows, frame: Frame) -> Truth:
    """Whether following references from row to row never returns."""
    return links(rows, node.variable, node.args, frame).acyclic()


@means(GroupQuantifier)
def _groups(node: GroupQuantifier, frame: Frame, ranged: bool) -> Value:
    """What holds of the groups of rows with equal key; found out once for the same cells of outer rows."""
    outside = frame.outside(node)
    if outside is None:
        return _of_groups(node, frame)
    return frame.remembered(("groups of", id(node), outside), lambda: _of_groups(node, frame), node)


def _of_groups(node: GroupQuantifier, frame: Frame) -> Truth:
    """`all` and `exists` over the groups.

    A group of maybe-rows only may not exist. Where a key is missing, or the table open, there may be further groups.
    """
    found = groups_of(node, rows_of(node.source, frame), frame)
    truths = group_truths(node, found.groups, frame)
    if node.name == "all":
        met = min((max(met, NEGATION[exists]) for exists, met in truths), default=TRUE)
        return min(met, UNKNOWN) if found.uncertain else met
    met = max((min(met, exists) for exists, met in truths), default=FALSE)
    return max(met, UNKNOWN) if found.uncertain else met


def group_truths(
    node: GroupQuantifier, groups: tuple[tuple[Rows, Truth], ...], frame: Frame
) -> list[tuple[Truth, Truth]]:
    """Whether each group exists and whether it meets the condition."""
    return [(exists, truth(node.condition, frame.with_group(node.group, group))) for group, exists in groups]
