"""Why the constructs over rows are what they are: which rows decided, and by which cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from riskcheck.expr.aggregates import latest_candidates
from riskcheck.expr.columnreasons import give_reasons_in, why_they_belong
from riskcheck.expr.frame import Frame, Member, Rows, value
from riskcheck.expr.intervals import (
    FALSE,
    NEGATION,
    TRUE,
    UNKNOWN,
    Interval,
    Unsettled,
    Value,
    ends,
    is_number,
)
from riskcheck.expr.joins import find_join, join_rows
from riskcheck.expr.rowmeanings import dated_entries, loaded_rows, values_of
from riskcheck.expr.sources import rows_of
from riskcheck.expr.tally import judged
from riskcheck.expr.typed import (
    Aggregate,
    AggregateName,
    Expression,
    FilterRows,
    Source,
)
from riskcheck.expr.why import Side, Why, explains, give_reasons, settled
from riskcheck.model.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

Judged = tuple[int, Truth, Truth]
"""A row, whether it belongs, and what the condition is for it."""
RowReasons = Callable[[Aggregate, Frame, Why, bool, Side], None]
ROW_REASONS: Final[dict[AggregateName, RowReasons]] = {}


@explains(Aggregate)
def _aggregate(node: Aggregate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """Explained by its name; once only, if it takes nothing from the rows around it."""
    if frame.free(node) or why.first_time((node,), needed, side):
        ROW_REASONS[node.name](node, frame, why, needed, side)


def explains_rows(name: AggregateName) -> Callable[[RowReasons], RowReasons]:
    """Marks a function as the explanation of a macro over rows."""

    def register(reasons: RowReasons) -> RowReasons:
        ROW_REASONS[name] = reasons
        return reasons

    return register


# ---------------------------------------------------------------- belonging


def why_it_belongs(source: Source, row: int, frame: Frame, why: Why, needed: bool) -> None:
    """Why a row belongs to a source, or whether it does is not known."""
    why_they_belong(source, (row,), frame, why, needed)


def further_rows(rows: Rows, why: Why, needed: bool) -> None:
    """An open table is to be closed, if something has to be known of its rows."""
    if needed and rows.open:
        why.close(rows.table)


# ---------------------------------------------------------------- conditions over rows


def _rows_to_explain(
    node: Aggregate, condition: Expression, rows: Rows, frame: Frame, why: Why, needed: bool
) -> Iterator[Judged]:
    """The rows that count; rows shared by many sources only the first time, rows that a join passes over never."""
    join = None if node.name in (AggregateName.ALL, AggregateName.SHARE) else find_join(node.variable, condition, frame)
    joined = join_rows(rows, join, frame) if join else None
    members, shared = (joined.matching, joined.possible) if joined else (rows.members, rows.shared)
    if join and joined:
        give_reasons(join.outer, frame, why, needed)
        if not settled(value(join.outer, frame)):
            return
    yield from judged(members, node.variable, condition, frame)
    changing = join.rest if join and joined else condition
    outside = frame.outside(changing, node.variable) if changing else ()
    if shared and (outside is None or why.first_time((shared, condition), needed, outside)):
        yield from judged(shared, node.variable, condition, frame)


def _give_row_reasons(
    node: Aggregate, condition: Expression, chosen: Sequence[int], frame: Frame, why: Why, needed: bool
) -> None:
    """The cells that make the condition what it is in the chosen rows; if it reads none, those that let them in."""
    if frame.free(condition):
        give_reasons_in(condition, node.variable, chosen, frame, why, needed)
        return
    inner = frame.with_rows()
    for row in chosen:
        inner.rows[node.variable] = row
        before = len(why.cells)
        give_reasons(condition, inner, why, needed)
        if len(why.cells) == before:
            why_it_belongs(node.source, row, frame, why, False)


def _needs_of_rows(node: Aggregate, condition: Expression, undecided: Sequence[Judged], frame: Frame, why: Why) -> None:
    """What would have to be known of rows that may belong or not, or meet the condition or not."""
    why_they_belong(node.source, [row for row, member, _ in undecided if member is UNKNOWN], frame, why, True)
    unclear = [row for row, _, met in undecided if met is UNKNOWN]
    give_reasons_in(condition, node.variable, unclear, frame, why, True)


@explains_rows(AggregateName.ALL)
def _all(node: Aggregate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """False: the rows that fail; unknown: those that may; true: all."""
    rows, condition = rows_of(node.source, frame), node.args[0]
    found = list(_rows_to_explain(node, condition, rows, frame, why, needed))
    if needed:
        _needs_of_rows(node, condition, [x for x in found if max(NEGATION[x[1]], x[2]) is UNKNOWN], frame, why)
        further_rows(rows, why, needed)
        return
    failing = [row for row, member, met in found if member is TRUE and met is FALSE]
    _give_row_reasons(node, condition, failing or [x[0] for x in found if x[2] is TRUE], frame, why, False)


@explains_rows(AggregateName.EXISTS)
@explains_rows(AggregateName.EXISTS_ONE)
@explains_rows(AggregateName.COUNT)
def _counted(node: Aggregate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """The rows that meet the condition, or where it was too few, those that do not; unknown: those that may."""
    rows, condition = rows_of(node.source, frame), node.args[0]
    found = list(_rows_to_explain(node, condition, rows, frame, why, needed))
    if needed:
        _needs_of_rows(node, condition, [x for x in found if min(x[1], x[2]) is UNKNOWN], frame, why)
        further_rows(rows, why, needed)
        return
    meeting = [row for row, member, met in found if member is TRUE and met is TRUE]
    others = [row for row, _, met in found if met is FALSE]
    _give_row_reasons(node, condition, others if side is Side.LOW else meeting or others, frame, why, False)


@explains_rows(AggregateName.SHARE)
def _share(node: Aggregate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """The bad rows, or where the share was too low, the good ones; unknown: those that may be bad or not there."""
    rows, condition = rows_of(node.source, frame), node.args[0]
    found = list(_rows_to_explain(node, condition, rows, frame, why, needed))
    if needed:
        _needs_of_rows(node, condition, [x for x in found if UNKNOWN in x[1:]], frame, why)
        further_rows(rows, why, needed)
        if not found and not rows.open:
            why.no_rows(rows.table)
        return
    bad = [row for row, member, met in found if member is TRUE and met is TRUE]
    good = [row for row, _, met in found if met is FALSE]
    _give_row_reasons(node, condition, good if side is Side.LOW else bad or good, frame, why, False)


@explains_rows(AggregateName.SIZE)
def _size(node: Aggregate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    _reasons_of_size(node.source, frame, why, needed, side)


def _reasons_of_size(source: Source, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """The size of a filter is a count of the rows below it; that of a table or group needs only that it is closed."""
    if isinstance(source, FilterRows):
        node = Aggregate(
            source.span, source.condition.type, AggregateName.COUNT, source.source, source.variable, (source.condition,)
        )
        _counted(node, frame, why, needed, side)
        return
    rows = rows_of(source, frame)
    further_rows(rows, why, needed)
    shared = rows.shared if rows.shared and why.first_time((rows.shared,), needed, "size") else ()
    belonging = [row for row, member in rows.members + shared if not needed or member is UNKNOWN]
    why_they_belong(source, belonging, frame, why, needed)


def give_reasons_for_rows(source: Source, frame: Frame, why: Why, found: Truth) -> None:
    """Why a source has rows (`found` TRUE), has none (FALSE), or what would have to be known to tell."""
    side = Side.LOW if found is FALSE else Side.HIGH
    _reasons_of_size(source, frame, why, found is UNKNOWN, side)


# ---------------------------------------------------------------- values over rows


@explains_rows(AggregateName.SUM)
@explains_rows(AggregateName.AVG)
@explains_rows(AggregateName.MIN)
@explains_rows(AggregateName.MAX)
def _valued(node: Aggregate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """The values of the rows; of an extreme, only those of rows that attain it or may exceed it."""
    rows, argument = rows_of(node.source, frame), node.args[0]
    values = values_of(node, rows, frame, argument)
    found = value(node, frame)
    members = rows.all_members()
    if needed:
        further_rows(rows, why, needed)
        if not members and not rows.open:
            why.no_rows(rows.table)
    pairs = zip(members, values, strict=True)
    counting = [each for each, (_, of_row) in pairs if _counts(node.name, of_row, found)]
    if needed:
        why_they_belong(node.source, [row for row, member in counting if member is UNKNOWN], frame, why, True)
    chosen = [row for row, member in counting if needed or member is TRUE]
    give_reasons_in(argument, node.variable, chosen, frame, why, needed)


def _counts(name: AggregateName, each: Value, found: Value) -> bool:
    """Whether a row's value has a part in what was found."""
    if name not in (AggregateName.MIN, AggregateName.MAX) or not (is_number(each) and is_number(found)):
        return True
    if name is AggregateName.MAX:
        return ends(each)[1] >= ends(found)[0]
    return ends(each)[0] <= ends(found)[1]


@explains_rows(AggregateName.LATEST)
def _latest(node: Aggregate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """The date and value of the row that is the latest; unknown: those of all rows that may be."""
    rows = rows_of(node.source, frame)
    entries = dated_entries(node, rows, frame)
    candidates = latest_candidates(entries)
    if needed:
        further_rows(rows, why, needed)
        if candidates is None:
            _why_there_may_be_no_latest(node, rows, frame, why)
            return
    members = rows.all_members()
    chosen = candidates or []
    tied = {index for index in chosen if entries[index][0] is TRUE and isinstance(entries[index][1], int)}
    for index in chosen:
        row, member = members[index]
        inner = frame.with_row(node.variable, row)
        if needed and member is UNKNOWN:
            why_it_belongs(node.source, row, frame, why, True)
        give_reasons(node.args[0], inner, why, needed)
        give_reasons(node.args[1], inner, why, needed)
        if needed and index in tied and len(tied) > 1:
            why.tie(node.args[0], inner, rows.table)


def _why_there_may_be_no_latest(node: Aggregate, rows: Rows, frame: Frame, why: Why) -> None:
    found = False
    for (row, member), (_, date, _) in zip(rows.all_members(), dated_entries(node, rows, frame), strict=True):
        inner = frame.with_row(node.variable, row)
        if isinstance(date, Unsettled | Interval):
            give_reasons(node.args[0], inner, why, True)
        if member is UNKNOWN and isinstance(date, Unsettled | int | Interval):
            why_it_belongs(node.source, row, frame, why, True)
        found = found or isinstance(date, Unsettled | int | Interval)
    if not found and not rows.open:
        why.no_rows(rows.table)


@explains_rows(AggregateName.PEAK)
def _peak(node: Aggregate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """The rows that load the time of the peak; unknown: those that may raise it."""
    rows = rows_of(node.source, frame)
    loaded = loaded_rows(node, rows, frame)
    if needed:
        further_rows(rows, why, needed)
        unclear = [rows.members[index] for index in loaded.unclear()]
        _give_load_reasons(node, unclear, frame, why, True)
        if rows.shared and why.first_time((rows.shared, node), needed):
            _give_load_reasons(node, rows.shared, frame, why, True)
        return
    chosen = loaded.at_the_possible_peak() if side is Side.LOW else loaded.at_the_sure_peak()
    members = [rows.members[index] for index in chosen] or rows.members
    _give_load_reasons(node, [each for each in members if each[1] is TRUE], frame, why, False)


def _give_load_reasons(node: Aggregate, members: Iterable[Member], frame: Frame, why: Why, needed: bool) -> None:
    """The cells of the times and loads of some rows; if there are none, or `needed`, those that let the rows in."""
    for row, member in members:
        inner = frame.with_row(node.variable, row)
        before = len(why.cells)
        for argument in node.args:
            give_reasons(argument, inner, why, needed)
        if (needed and member is UNKNOWN) or (not needed and len(why.cells) == before):
            why_it_belongs(node.source, row, frame, why, needed)
