"""A few cases of a check as examples: one that fails, and those nearest to it that pass and warn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from riskcheck.expr import typed, walk
from riskcheck.frozen import frozen
from riskcheck.model.factset import MISSING, Cell, FactTable
from riskcheck.model.finding import Outcome
from riskcheck.model.schema import Field, FieldType, Table
from riskcheck.packs.rulepack import Check
from riskcheck.packs.trees import fields_of, trees_of
from riskcheck.packtest import ReadyCase

_SHOWN: Final = (Outcome.PASS, Outcome.WARN, Outcome.FAIL)


@frozen
class ExampleRow:
    """Rows that are alike in all that the check reads: their cells, the names by which they are told, how many."""

    cells: tuple[Cell, ...]
    names: tuple[str, ...]
    count: int


@frozen
class ExampleTable:
    """What a case says in one table, as far as the check reads it. `name` is the field that tells rows apart."""

    table: Table
    closed: bool
    name: Field | None
    fields: tuple[Field, ...]
    rows: tuple[ExampleRow, ...]


@frozen
class Example:
    """A case: what it shows, the facts that decide, and the review date if the check asks for it."""

    outcome: Outcome
    name: str
    tables: tuple[ExampleTable, ...]
    as_of: date | None


def examples(check: Check, cases: Iterable[ReadyCase]) -> tuple[Example, ...]:
    """The clearest cases of a check, at most one for each outcome: pass, warn, fail."""
    found = [_example(check, each) for each in cases if each.case.check == check.id and not each.case.problems]
    failing = min((each for each in found if each.outcome is Outcome.FAIL), key=_effort, default=None)
    if failing is None:
        return ()
    chosen = [failing]
    for outcome in _SHOWN[:2]:
        alike = (each for each in found if each.outcome is outcome)
        chosen += sorted(alike, key=lambda each: (_distance(each, failing), _effort(each)))[:1]
    return tuple(sorted(chosen, key=lambda each: _SHOWN.index(each.outcome)))


def _effort(example: Example) -> tuple[bool, int, int]:
    """How much there is to read; a case without rows shows little, whatever it says."""
    tables = example.tables
    vacuous = not tables or any(not table.rows and not table.table.one_row for table in tables)
    return vacuous, sum(len(table.rows) for table in tables), sum(row.count for table in tables for row in table.rows)


def _distance(one: Example, other: Example) -> int:
    """In how many rows (of one-row tables, in how many cells) two cases differ."""
    first, second = Counter(dict(_parts(one))), Counter(dict(_parts(other)))
    return (first - second).total() + (second - first).total()


def _parts(example: Example) -> Iterator[tuple[object, int]]:
    for table in example.tables:
        for row in table.rows:
            told = tuple(zip((field.name for field in table.fields), row.cells, strict=True))
            if table.table.one_row:
                yield from (((table.table.name, cell), 1) for cell in told)
            else:
                yield (table.table.name, told), row.count


# ---------------------------------------------------------------- from facts


def _example(check: Check, ready: ReadyCase) -> Example:
    dated = any(isinstance(part, typed.AsOf | typed.Age) for tree in trees_of(check) for part in walk.parts(tree))
    read = fields_of(check)
    facts = [ready.facts.by_name[name] for name in check.reads]
    tables = tuple(_table(each, read) for each in facts if each.row_count or each.closed)
    return Example(ready.case.expected, ready.case.name, tables, ready.case.as_of if dated else None)


def _table(facts: FactTable, read: frozenset[tuple[str, str]]) -> ExampleTable:
    table = facts.table
    first = table.fields[0]
    name = first if not table.one_row and first.type is FieldType.STRING else None
    fields = [field for field in table.fields if (table.name, field.name) in read and field is not name]
    known = tuple(field for field in fields if any(cell is not MISSING for cell in facts.columns[field.name]))
    names: dict[tuple[Cell, ...], list[str]] = {}
    for row in range(facts.row_count):
        cells = tuple(facts.cell(row, field.name) for field in known)
        told = facts.cell(row, name.name) if name is not None else None
        names.setdefault(cells, []).append(told if isinstance(told, str) else "")
    rows = tuple(ExampleRow(cells, tuple(filter(None, told)), len(told)) for cells, told in names.items())
    return ExampleTable(table, facts.closed, name if any(row.names for row in rows) else None, known, rows)
