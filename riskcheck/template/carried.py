"""The facts of an older file, as they are written into a new template, and what is not carried over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from riskcheck.facts.grid import is_comment
from riskcheck.facts.rawcell import is_blank
from riskcheck.frozen import frozen
from riskcheck.model.factset import EMPTY, MISSING, FactSet, FactTable
from riskcheck.model.schema import Field, Table
from riskcheck.model.text import Language
from riskcheck.template.carriedcell import NOTHING_CARRIED, PLACEHOLDER, CarriedCell, carried_column
from riskcheck.template.selection import Selection


@frozen
class CarriedTable:
    """The rows of a table: `row_count` cells for each of its fields."""

    columns: Mapping[str, tuple[CarriedCell, ...]]
    row_count: int

    def row(self, number: int) -> dict[str, CarriedCell]:
        """One row (from 0) by field."""
        return {name: cells[number] for name, cells in self.columns.items()}


@frozen
class Declaration:
    """What the older file says of a table: whether it is complete (None: nothing), for which day, and who says so."""

    complete: bool | None = None
    as_of: date | None = None
    declared_by: str | None = None


@frozen
class Carried:
    """The tables of a template that the older file has, and what it declares of tables, by name."""

    tables: Mapping[str, CarriedTable]
    declarations: Mapping[str, Declaration]


NOTHING_TO_CARRY = Carried(MappingProxyType({}), MappingProxyType({}))


def carry(facts: FactSet, selection: Selection, language: Language) -> Carried:
    """What of `facts` goes into a template with the tables and fields of `selection`."""
    tables = {}
    for table in selection.tables:
        old = facts.by_name[table.name]
        if old.present or old.closed:
            tables[table.name] = _carried_table(table, old, language)
    return Carried(MappingProxyType(tables), MappingProxyType(dict(_declarations(facts))))


def _carried_table(table: Table, old: FactTable, language: Language) -> CarriedTable:
    if table.one_row and not old.row_count:
        return CarriedTable({field.name: (_not_said(field, language),) for field in table.fields}, 1)
    columns = {field.name: carried_column(field, old, language) for field in table.fields}
    if not table.one_row and table.fields:
        _keep_rows(table, columns, old.row_count, language)
    return CarriedTable(MappingProxyType(columns), old.row_count)


def _not_said(field: Field, language: Language) -> CarriedCell:
    """The cell of a field that the older file does not have at all."""
    return CarriedCell(PLACEHOLDER.of(language)) if field.optional else NOTHING_CARRIED


def _keep_rows(table: Table, columns: dict[str, tuple[CarriedCell, ...]], count: int, language: Language) -> None:
    """Let every row be read as one: none is blank or holds a number alone, and none begins with # as comments do."""
    word = PLACEHOLDER.of(language)
    lead, *others = (field.name for field in table.fields)
    columns[lead] = tuple(
        CarriedCell(word, cell.raw) if isinstance(cell.raw, str) and is_comment(cell.raw) else cell
        for cell in columns[lead]
    )
    asked = next((field.name for field in table.fields[1:] if not field.optional), lead)
    cells = list(columns[asked])
    for row in range(count):
        first = columns[lead][row].raw
        is_bare = is_blank(first) or (isinstance(first, str) and first.isdecimal())
        if is_bare and is_blank(cells[row].raw) and all(is_blank(columns[name][row].raw) for name in others):
            cells[row] = CarriedCell(word)
    columns[asked] = tuple(cells)


def _declarations(facts: FactSet) -> Iterator[tuple[str, Declaration]]:
    """What is said of each table, row by row: a row `*` would come to stand for tables that the older file lacks."""
    closed = {each.table: each for each in facts.closures}
    days = dict(facts.status_dates)
    for table in facts.schema.tables:
        name, closure = table.name, closed.get(table.name)
        is_open = name in facts.declared_open or name in facts.partly_read
        complete = True if closure is not None else False if is_open else None
        if complete is not None or name in days:
            yield name, Declaration(complete, days.get(name), closure.declared_by if closure else None)


def holds_something(old: FactTable, name: str) -> bool:
    """Whether the older file says anything of a field."""
    if any(cell not in (MISSING, EMPTY) for cell in old.columns[name]):
        return True
    return any(not is_blank(old.origin.raw(row, name) or "") for row in range(old.row_count))
