"""Why relations between rows are what they are: links, unique keys, groups, circles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from riskcheck.expr.columnreasons import IN_ROWS, ManyReasons, give_reasons_in, why_they_belong
from riskcheck.expr.dependence import names_free
from riskcheck.expr.frame import Frame, Member, Rows
from riskcheck.expr.graph import on_cycles
from riskcheck.expr.intervals import FALSE, TRUE, UNKNOWN, Unsettled
from riskcheck.expr.manyrows import ManyRows
from riskcheck.expr.relations import groups_of, key_of, keys, keys_in, kind_of_refs, links, references
from riskcheck.expr.rowmeanings import group_truths
from riskcheck.expr.rowreasons import explains_rows, further_rows, why_it_belongs
from riskcheck.expr.sources import rows_of
from riskcheck.expr.typed import (
    Aggregate,
    AggregateName,
    Expression,
    GroupQuantifier,
    RowCell,
    SingleCell,
    Variable,
)
from riskcheck.expr.walk import parts
from riskcheck.expr.why import Side, Why, explains, give_reasons
from riskcheck.model.truth import Truth


def _give_key_reasons(
    node: Aggregate, arguments: Iterable[Expression], members: Iterable[Member], frame: Frame, why: Why, needed: bool
) -> None:
    """The cells of keys and references in some rows; `needed`: what is missing of them, and whether the rows belong."""
    arguments = tuple(arguments)
    members = tuple(members)
    if needed:
        why_they_belong(node.source, [row for row, member in members if member is UNKNOWN], frame, why, True)
    rows = [row for row, _ in members]
    for argument in arguments:
        asked = rows
        if needed:
            found = keys_in(argument, ManyRows(frame, node.variable, rows))
            asked = [row for row, key in zip(rows, found, strict=True) if isinstance(key, Unsettled)]
        give_reasons_in(argument, node.variable, asked, frame, why, needed)


@explains_rows(AggregateName.LINKED)
def _linked(node: Aggregate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """True: the key and the rows that name it; false: the key; unknown: the missing key, or missing references."""
    rows = rows_of(node.source, frame)
    ref, key_node = node.args
    found, key = references(node, rows, frame), key_of(key_node, frame, kind_of_refs(ref))
    give_reasons(key_node, frame, why, needed)
    naming = found.naming(key)
    if needed:
        further_rows(rows, why, needed)
        if not isinstance(key, Unsettled):
            _give_key_reasons(node, (), naming, frame, why, True)
            if why.first_time((found,), "missing"):
                _give_key_reasons(node, (ref,), found.missing, frame, why, True)
    elif naming:
        sure = [(row, member) for row, member in naming if member is TRUE]
        _give_key_reasons(node, (ref,), sure, frame, why, False)
    elif not _reads_cell(key_node, frame, why) and why.first_time((found,), "none"):
        _give_key_reasons(node, (ref,), rows.all_members(), frame, why, False)


def _linked_in_rows(
    node: Aggregate, many: ManyReasons, rows: Sequence[int], found: Sequence[Truth], needed: bool
) -> None:
    """As `_linked` says of each row; rows whose keys are missing need nothing but their keys, and a closed table."""
    frame, why, (ref, key_node) = many.frame, many.why, node.args
    known = list(rows)
    if needed and many.variable not in names_free(node.source):
        keys_found = keys_in(key_node, ManyRows(frame, many.variable, rows), kind_of_refs(ref))
        unknown = [row for row, key in zip(rows, keys_found, strict=True) if isinstance(key, Unsettled)]
        if unknown:
            known = [row for row, key in zip(rows, keys_found, strict=True) if not isinstance(key, Unsettled)]
            give_reasons_in(key_node, many.variable, unknown, frame, why, True)
            further_rows(rows_of(node.source, frame), why, True)
    inner = frame.with_rows()
    for row in known:
        inner.rows[many.variable] = row
        _linked(node, inner, why, needed, Side.BOTH)


IN_ROWS[AggregateName.LINKED] = _linked_in_rows


def _reads_cell(node: Expression, frame: Frame, why: Why) -> bool:
    """Whether a value comes from a cell, be it as an element of a cell's list."""
    return any(
        isinstance(part, RowCell | SingleCell)
        or (
            isinstance(part, Variable)
            and (part.name not in frame.elements or _reads_cell(why.containers[part.name], frame, why))
        )
        for part in parts(node)
    )


@explains_rows(AggregateName.UNIQUE)
def _unique(node: Aggregate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """False: the rows with the same key; unknown: missing keys, and rows that may have the same."""
    rows = rows_of(node.source, frame)
    found = keys(rows, node.variable, node.args[0], frame)
    clashing = [member for members in found.by_key.values() if len(members) > 1 for member in members]
    if needed:
        further_rows(rows, why, needed)
        _give_key_reasons(node, (), clashing, frame, why, True)
        if found.by_key or len(found.missing) > 1:
            _give_key_reasons(node, node.args, found.missing, frame, why, True)
    else:
        _give_key_reasons(node, node.args, clashing or rows.all_members(), frame, why, False)


@explains_rows(AggregateName.ACYCLIC)
def _acyclic(node: Aggregate, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """False: the rows that run in a circle; unknown: missing keys and references, and rows that may close a circle."""
    rows = rows_of(node.source, frame)
    found = links(rows, node.variable, node.args, frame)
    circle = on_cycles(found.sure) or on_cycles(found.possible)
    in_circle = [member for key in circle for member in found.rows[key]]
    if needed:
        further_rows(rows, why, needed)
        _give_key_reasons(node, (), in_circle, frame, why, True)
        _give_key_reasons(node, node.args, found.missing, frame, why, True)
    else:
        _give_key_reasons(node, node.args, in_circle or rows.all_members(), frame, why, False)


@explains(GroupQuantifier)
def _groups(node: GroupQuantifier, frame: Frame, why: Why, needed: bool, side: Side) -> None:
    """The groups that decided, by their keys and by what made the condition what it is for them."""
    if not frame.free(node) and not why.first_time((node,), needed):
        return
    rows = rows_of(node.source, frame)
    found = groups_of(node, rows, frame)
    truths = group_truths(node, found.groups, frame)
    why.group_nodes[node.group] = node
    if needed:
        further_rows(rows, why, needed)
        rows_without_key = [row for row, _ in found.keys.missing]
        give_reasons_in(node.key, node.variable, rows_without_key, frame, why, True)
        why_they_belong(node.source, rows_without_key, frame, why, True)
    decisive = FALSE if node.name == "all" else TRUE
    decided = any(exists is TRUE and met is decisive for exists, met in truths)
    for (group, _), (exists, met) in zip(found.groups, truths, strict=True):
        inner = frame.with_group(node.group, group)
        if needed:
            _needs_of_group(node, group, exists, met, inner, why)
        elif not decided or (exists is TRUE and met is decisive):
            give_reasons(node.condition, inner, why, False)
            for row, _ in group.members:
                give_reasons(node.key, frame.with_row(node.variable, row), why, False)


def _needs_of_group(node: GroupQuantifier, group: Rows, exists: Truth, met: Truth, frame: Frame, why: Why) -> None:
    """What would have to be known of a group that may exist or not, or meet the condition or not."""
    if met is UNKNOWN:
        give_reasons(node.condition, frame, why, True)
    if exists is UNKNOWN and met is not (TRUE if node.name == "all" else FALSE):
        for row, _ in group.members:
            why_it_belongs(node.source, row, frame, why, True)
