"""From references to cells to what a finding shows: the cells that decided, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from riskcheck.expr.result import CellRef, Need
from riskcheck.frozen import frozen
from riskcheck.model.factset import Absent, Cell, FactSet, show_cell, show_in_words
from riskcheck.model.finding import Evidence, Missing
from riskcheck.model.schema import FieldType
from riskcheck.model.text import Text


def evidence(facts: FactSet, refs: Iterable[CellRef], most: int) -> tuple[Evidence, ...]:
    """The first `most` of the deciding cells as a finding shows them: those without a value first, which say most."""
    blanks_first = sorted(
        ((ref, _content(facts, ref)) for ref in refs), key=lambda found: not isinstance(found[1], Absent)
    )
    return tuple([_evidence(facts, ref, content) for ref, content in blanks_first[:most]])


def _evidence(facts: FactSet, ref: CellRef, content: Cell) -> Evidence:
    table = facts.by_name[ref.table]
    field = table.table.by_name[ref.field]
    return Evidence(
        fact=f"{ref.table}.{ref.field}",
        title=field.title,
        row=None if table.table.one_row else ref.row + 1,
        key=_key(facts, ref),
        state=content.value if isinstance(content, Absent) else "value",
        value=show_cell(field, content),
        shown=show_in_words(field, content),
        raw=table.origin.raw(ref.row, ref.field),
        location=table.origin.cell_location(ref.row, ref.field),
    )


@frozen
class ToSupply:
    """What a finding waits for: the first few things, and how many there are in all."""

    first: tuple[Missing, ...]
    count: int


_Want = tuple[str, str, CellRef | None]
"""What kind of need, the table, and the cell if it is one."""


def missing(facts: FactSet, needs: Iterable[Need], short_tables: tuple[str, ...], most: int) -> ToSupply:
    """What to supply, tables first: declaring one complete is the cheapest fact. `short_tables` need rows instead.

    A table that a profile took as unknown has to be renewed, whatever of it is needed. The first `most` are given.
    """
    wants: list[_Want] = []
    if facts.outdated:
        renewed, needs, short_tables = _to_renew(facts, tuple(needs), short_tables)
        wants += [("renew", name, None) for name in renewed]
    wants += [("rows", name, None) for name in short_tables]
    needs = tuple(needs)
    wants += [(need.kind, need.table, None) for need in needs if need.cell is None and need.table not in short_tables]
    for need in needs:
        if need.cell is not None:
            wants += _wanted_cells(facts, need.kind, need.cell)
    return ToSupply(tuple([_missing(facts, *want) for want in wants[:most]]), len(wants))


def _to_renew(
    facts: FactSet, needs: tuple[Need, ...], short_tables: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Need, ...], tuple[str, ...]]:
    """The tables to renew, and the needs and short tables apart from them."""
    old = {name for name in facts.outdated if facts.by_name[name].present}
    named = dict.fromkeys(name for name in (*short_tables, *(need.table for need in needs)) if name in old)
    return (
        tuple(named),
        tuple(need for need in needs if need.table not in old),
        tuple(name for name in short_tables if name not in old),
    )


def _wanted_cells(facts: FactSet, kind: str, cell: CellRef) -> list[_Want]:
    """The cell that is needed; for a computed field, the missing cells that it is computed from."""
    computed = facts.by_name[cell.table].table.by_name[cell.field].derived
    if computed is None:
        return [(kind, cell.table, cell)]
    sources = [cell._replace(field=name) for name in computed.fields]
    return [(kind, cell.table, each) for each in sources if _content(facts, each) is Absent.MISSING]


def _missing(facts: FactSet, need: str, name: str, ref: CellRef | None) -> Missing:
    return _missing_table(facts, need, name) if ref is None else _missing_cell(facts, need, ref)


def _missing_cell(facts: FactSet, need: str, ref: CellRef) -> Missing:
    table = facts.by_name[ref.table]
    return Missing(
        need=need,
        fact=f"{ref.table}.{ref.field}",
        table=table.table.title,
        title=table.table.by_name[ref.field].title,
        row=None if table.table.one_row else ref.row + 1,
        key=_key(facts, ref),
        raw=table.origin.raw(ref.row, ref.field) or None,
        location=table.origin.cell_location(ref.row, ref.field),
    )


def _missing_table(facts: FactSet, need: str, name: str) -> Missing:
    table = facts.by_name.get(name)
    if table is None:
        return Missing(need, name, Text(name, name), Text(name, name), None, None, None, None)
    needed = "add" if need in ("close", "rows") and not table.present else need
    title, place = table.table.title, table.origin.table_location()
    return Missing(needed, name, title, title, None, None, None, place if table.present else None)


def _content(facts: FactSet, ref: CellRef) -> Cell:
    table = facts.by_name[ref.table]
    return table.cell(ref.row, ref.field) if ref.row < table.row_count else Absent.MISSING


def _key(facts: FactSet, ref: CellRef) -> str | None:
    """What the row calls itself: the value of the table's first field, if that is a text."""
    table = facts.by_name[ref.table].table
    first = table.fields[0]
    if table.one_row or first.type is not FieldType.STRING or first.name == ref.field:
        return None
    content = _content(facts, ref._replace(field=first.name))
    return content if isinstance(content, str) else None
