"""From raw tables to the typed FactSet: cells typed, tables closed, derived fields computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from riskcheck.facts import layout
from riskcheck.facts.column import Column, read_column
from riskcheck.facts.derived import compute_derived
from riskcheck.facts.rawtable import RawFacts, RawTable
from riskcheck.facts.tablestatus import NOTHING_SAID, STATUS, StatusRead, assumed_tables, read_status
from riskcheck.facts.unread import Unread
from riskcheck.frozen import replace
from riskcheck.model.factset import (
    BY_MAPPING,
    MISSING,
    Cell,
    Closure,
    FactSet,
    FactTable,
    InputProblem,
    Origin,
    close_table,
    empty_table,
)
from riskcheck.model.schema import Field, FieldType, Schema, Table

MOST_LISTED = 100
"""So many cells of one column are reported one by one; the others are counted."""


def fact_set(raw: RawFacts, schema: Schema, assume_complete: tuple[str, ...]) -> FactSet:
    """Type everything. Raises UsageError if `assume_complete` names no table of the schema."""
    unsure = {name for name, table in raw.tables.items() if table.open}
    assumed = [each for each in assumed_tables(assume_complete, schema, frozenset(raw.tables)) if each not in unsure]
    problems = list(raw.problems)
    status = _status(raw, schema, problems)
    closures = {name: closure for name, closure in status.closures.items() if name not in unsure}
    dates = status.dates
    if raw.declared:
        from riskcheck.facts.declaredcomplete import declared_closures, with_days

        closures |= declared_closures(raw, status, unsure, schema, problems)
        dates = with_days(dates, raw.declared, closures)
    tables = []
    for table in schema.tables:
        closed = table.name in closures or table.name in assumed
        raw_table = raw.tables.get(table.name)
        if raw_table is None:
            tables.append(empty_table(table, closed=closed))
            continue
        typed = _typed(raw_table, problems)
        tables.append(compute_derived(close_table(typed) if closed else typed))
    added = tuple(name for name in assumed if name not in closures)
    return FactSet(
        schema,
        tuple(tables),
        tuple(problems),
        closures=(*closures.values(), *(Closure(name, "command line") for name in added)),
        assumed_complete=added,
        declared_open=tuple(name for name in status.declared_open if name not in assumed),
        partly_read=tuple(table.name for table in schema.tables if table.name in unsure),
        status_dates=dates,
        declared=tuple(each for each in raw.declared if _is_declared(closures.get(each.table))),
    )


def _is_declared(closure: Closure | None) -> bool:
    return closure is not None and closure.by == BY_MAPPING


def _status(raw: RawFacts, schema: Schema, problems: list[InputProblem]) -> StatusRead:
    status = raw.tables.get(STATUS)
    if status is None:
        return NOTHING_SAID
    if status.open:
        return replace(NOTHING_SAID, declared_open=tuple(table.name for table in schema.tables))
    answers = status.columns.get("complete", ())
    read = read_status(_typed(status, problems), answers, schema, frozenset(raw.tables))
    problems.extend(read.problems)
    return read


def _typed(raw: RawTable, problems: list[InputProblem]) -> FactTable:
    """The table with its cells typed, still open; what could not be read is added to `problems`."""
    table = raw.table
    if table.one_row and raw.row_count > 1:
        name = next(iter(raw.columns), "")
        problems.append(layout.second_row(table, raw.row_count, raw.origin.cell_location(1, name)))
        raw = replace(raw, columns={}, row_count=1)
    columns: dict[str, tuple[Cell, ...]] = {}
    nothing: dict[str, tuple[int, ...]] = {}
    lists: list[Field] = []
    for field in table.fields:
        if field.name not in raw.columns or field.derived is not None:
            columns[field.name] = (MISSING,) * raw.row_count
            continue
        column = read_column(field, raw.columns[field.name])
        columns[field.name] = column.cells
        if column.nothing:
            nothing[field.name] = column.nothing
        if not field.carried:  # no check reads it, so that nothing is lost
            problems.extend(_problems(field, column, raw))
        if field.type is FieldType.LIST:
            lists.append(field)
    if lists:
        problems.extend(problem for _, problem in part_items(lists, columns, table, raw.origin))
    return FactTable(
        table,
        MappingProxyType(columns),
        raw.row_count,
        closed=False,
        origin=raw.origin,
        nothing=MappingProxyType(nothing),
    )


def part_items(
    fields: Sequence[Field], columns: dict[str, tuple[Cell, ...]], table: Table, origin: Origin
) -> Iterator[tuple[Field, InputProblem]]:
    """Part the items of lists in `columns` that are several ids of the table; gives what to tell of each such field."""
    ids = _ids(table, columns)
    for field in fields:
        if all(ids.issuperset(cell) for cell in columns[field.name] if isinstance(cell, tuple)):
            continue
        from riskcheck.facts import listitems

        columns[field.name], rows = listitems.part_items(columns[field.name], ids)
        if rows:
            written = origin.raw(rows[0], field.name) or ""
            yield field, listitems.told(field, written, len(rows), origin.cell_location(rows[0], field.name))


def _ids(table: Table, columns: Mapping[str, Sequence[Cell]]) -> frozenset[str]:
    """The ids of a table: the texts in the first of its text fields that is filled in."""
    texts = (columns[field.name] for field in table.fields if field.type is FieldType.STRING)
    ids = (frozenset(cell for cell in cells if isinstance(cell, str)) for cells in texts)
    return next((found for found in ids if found), frozenset())


def _problems(field: Field, column: Column, raw: RawTable) -> Iterator[InputProblem]:
    """One problem for each unread cell; where there are very many alike, the rest are counted. One for all doubted."""
    if not column.unread and not column.doubted:
        return
    from riskcheck.facts.cellproblems import cell_problem, doubted_cells, further_cells, problem_code

    if column.doubted:
        row, doubted = column.doubted[0]
        place = raw.origin.cell_location(row, field.name)
        yield doubted_cells(field, doubted, len(column.doubted), place)
    alike: dict[str, list[tuple[int, Unread]]] = {}
    for row, unread in column.unread:
        alike.setdefault(problem_code(unread), []).append((row, unread))
    for cells in alike.values():
        for row, unread in cells[:MOST_LISTED]:
            yield cell_problem(field, raw.table, unread, raw.origin.cell_location(row, field.name))
        if len(cells) > MOST_LISTED:
            row, unread = cells[MOST_LISTED]
            yield further_cells(field, unread, len(cells) - MOST_LISTED, raw.origin.cell_location(row, field.name))
