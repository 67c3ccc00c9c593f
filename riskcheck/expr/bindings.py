"""Plain Python values as what a condition may name: typed variables and tables.

A mapping is a record, its entries named `record.entry`; a list of mappings is a table whose rows are complete; all else
is a value. Types are taken from the values, over all rows of a table; a field of ints and floats is a double. What has
no value anywhere (only MISSING or EMPTY, or no rows) takes the type that the expression asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import combinations, product
from types import MappingProxyType
from typing import Any, Final

from riskcheck.errors import ConditionError, Diagnostic, FactsError
from riskcheck.expr.checker import Scope
from riskcheck.expr.checker_macros import GIVE_ROWS, QUANTIFIERS, ROW_MACROS
from riskcheck.expr.syntax import Span
from riskcheck.expr.typed import BOOL, DATE, DATETIME, DOUBLE, INT, STRING, Kind, TableRows, Type
from riskcheck.frozen import frozen, replace
from riskcheck.model.factset import MISSING, Absent, FactSet, FactTable
from riskcheck.model.number import INT_MAX, INT_MIN, LARGEST, to_grid
from riskcheck.model.schema import Field, FieldType, Schema, Table
from riskcheck.model.text import Text

_FIELD_TYPES: Final = {
    Kind.BOOL: FieldType.BOOL,
    Kind.INT: FieldType.INT,
    Kind.DOUBLE: FieldType.DOUBLE,
    Kind.STRING: FieldType.STRING,
    Kind.DATE: FieldType.DATE,
    Kind.DATETIME: FieldType.DATETIME,
    Kind.LIST: FieldType.LIST,
}
_SINGLE: Final = (DOUBLE, INT, STRING, BOOL, DATE, DATETIME)
_CANDIDATES: Final = (*_SINGLE, Type(Kind.LIST, item=STRING))
_LISTS: Final = tuple(Type(Kind.LIST, item=type_) for type_ in _SINGLE)
"""What a name without a type may be: the types tried, in order; of a list without elements."""
_DEEPEST: Final = 50
"""How deep lists and records may be nested."""
_MOST_PAIRED: Final = 8
"""For as many names without a type, pairs of types are tried."""
_ASKED_OF_ROWS: Final = "|".join(sorted({*ROW_MACROS, *GIVE_ROWS} - {*QUANTIFIERS, "size"}))
"""What only rows have, as a pattern; lists of values have quantifiers and a size, too."""


@frozen
class Bound:
    """What the names stand for. `untyped` are the variables (`x`) and fields (`(table, field)`) without a type."""

    variables: Mapping[str, Any]
    types: Mapping[str, Type]
    tables: Mapping[str, tuple[Mapping[str, Any], ...]]
    fields: Mapping[tuple[str, str], Type]
    untyped: tuple[str | tuple[str, str], ...] = ()

    def typed(self, types: Iterable[Type]) -> Bound:
        """The same with a type for each untyped name."""
        chosen = dict(zip(self.untyped, types, strict=True))
        variables = {name: type_ for name, type_ in chosen.items() if isinstance(name, str)}
        fields = {name: type_ for name, type_ in chosen.items() if not isinstance(name, str)}
        return replace(self, types={**self.types, **variables}, fields={**self.fields, **fields}, untyped=())

    def candidates(self) -> list[tuple[Type, ...]]:
        """The types that each untyped name may have."""
        empty_lists = {name for name, bound in self.variables.items() if bound == ()}
        return [_LISTS if name in empty_lists else _CANDIDATES for name in self.untyped]

    def scope(self) -> Scope:
        """The names, for the checker."""
        rows = TableRows(Span(0, 0), "rows") if "rows" in self.tables else None
        return Scope(self.schema(), rows=rows, variables=self.types)

    def schema(self) -> Schema:
        """The tables and their fields."""
        return Schema(tuple(Table(name, _text(name), self._fields(name)) for name in self.tables))

    def _fields(self, table: str) -> tuple[Field, ...]:
        return tuple(
            Field(name, _FIELD_TYPES[type_.kind], _text(name), minimum=self._least(table, name, type_))
            for (owner, name), type_ in self.fields.items()
            if owner == table
        )

    def _least(self, table: str, name: str, type_: Type) -> int | None:
        """0 for a field of numbers that are all there and none negative, as `peak` demands of its load."""
        values = [row.get(name, MISSING) for row in self.tables[table]]
        known = type_ in (INT, DOUBLE) and not any(isinstance(value, Absent) for value in values)
        return 0 if known and min(values, default=0) >= 0 else None

    def facts(self) -> FactSet:
        """The tables and their rows, all complete. A field that a row does not have is MISSING in it."""
        schema = self.schema()
        return FactSet(schema, tuple(_fact_table(table, self.tables[table.name]) for table in schema.tables))

    def rows_without(self, table: str, name: str) -> Iterator[int]:
        """The rows of a table that do not have a field."""
        return (number for number, row in enumerate(self.tables[table]) if name not in row)


def _text(name: str) -> Text:
    return Text(name, name)


def _fact_table(table: Table, rows: tuple[Mapping[str, Any], ...]) -> FactTable:
    columns = {
        each.name: tuple(_held(row.get(each.name, MISSING), each.type.on_grid) for row in rows) for each in table.fields
    }
    return FactTable(table, MappingProxyType(columns), len(rows), closed=True)


def bind(bindings: Mapping[str, object], expression: str) -> Bound:
    """What `bindings` make of the names in `expression`. Raises FactsError for values that are none of the language."""
    variables: dict[str, Any] = {}
    tables: dict[str, tuple[Mapping[str, Any], ...]] = {}
    if not isinstance(bindings, Mapping) or not all(isinstance(name, str) for name in bindings):
        raise _refused("the bindings are no mapping of names to values", 'as in {"x": 1, "tasks": [{"done": True}]}')
    for name, bound in bindings.items():
        if isinstance(bound, list | tuple) and any(isinstance(each, Mapping) for each in bound):
            tables[name] = _rows(name, bound)
        else:
            variables.update(_entries(name, bound))
    for name in [name for name, bound in variables.items() if bound == () and _asked_as_rows(name, expression)]:
        tables[name] = variables.pop(name)
    types = {name: _type_of([(name, bound)]) for name, bound in variables.items()}
    fields = {(table, name): _type_of(column) for table, name, column in _columns(tables, expression)}
    used = set(re.findall(r"\w+", expression))
    unsure = (None, Type(Kind.LIST))
    untyped = [name for name, type_ in types.items() if type_ in unsure and name.rpartition(".")[2] in used]
    of_fields = [key for key, type_ in fields.items() if type_ is None and key[1] in used]
    known = {name: type_ or STRING for name, type_ in types.items()}
    held = {name: _held(bound, _on_grid(known[name])) for name, bound in variables.items()}
    known_fields = {key: type_ or STRING for key, type_ in fields.items()}
    return Bound(held, known, tables, known_fields, (*untyped, *of_fields))


def find_types(bound: Bound, problems_with: Callable[[Bound], int]) -> Bound:
    """The types of untyped names with which the expression has fewest problems: changed one by one, then in pairs."""
    candidates = bound.candidates()
    chosen = [types[0] for types in candidates]
    fewest = problems_with(bound.typed(chosen))
    width = 1
    while fewest and width <= (2 if len(chosen) <= _MOST_PAIRED else 1):
        better = None
        for places in combinations(range(len(chosen)), width):
            for types in product(*(candidates[place] for place in places)):
                trial = list(chosen)
                for place, type_ in zip(places, types, strict=True):
                    trial[place] = type_
                count = problems_with(bound.typed(trial))
                if count < fewest:
                    fewest, better = count, trial
        width = width + 1 if better is None else 1
        chosen = better or chosen
    return bound.typed(chosen)


# ---------------------------------------------------------------- records and tables


def _entries(name: str, bound: object, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """A value by its name; of a record each entry, as `record.entry`."""
    if not isinstance(bound, Mapping):
        yield name, _plain(name, bound)
        return
    _expect_shallow(name, depth)
    for key, entry in bound.items():
        if not isinstance(key, str):
            raise _refused(f"{name} has the key {key!r}; the keys of a record are texts")
        yield from _entries(f"{name}.{key}", entry, depth + 1)


def _expect_shallow(name: str, depth: int) -> None:
    """Refuse what is nested very deep, or holds itself."""
    if depth > _DEEPEST:
        raise _refused(f"{name[:40]}… is nested more than {_DEEPEST} deep")


def _rows(name: str, bound: Iterable[object]) -> tuple[Mapping[str, Any], ...]:
    rows: list[Mapping[str, Any]] = []
    for number, row in enumerate(bound):
        if not isinstance(row, Mapping):
            raise _refused(f"{name}[{number}] is {_described(row)}, but others of {name} are records")
        for key in row:
            if not isinstance(key, str):
                raise _refused(f"{name}[{number}] has the key {key!r}; the keys of a record are texts")
        rows.append({key: _plain(f"{name}[{number}].{key}", value) for key, value in row.items()})
    return tuple(rows)


def _columns(
    tables: Mapping[str, tuple[Mapping[str, Any], ...]], expression: str
) -> Iterator[tuple[str, str, list[tuple[str, Any]]]]:
    """Each field of each table, with all its values by name. A table without rows has every field that is asked for."""
    for table, rows in tables.items():
        names = dict.fromkeys(name for row in rows for name in row)
        if not rows:
            names = dict.fromkeys(re.findall(r"\.\s*([A-Za-z_]\w*)(?!\w|\s*\()", expression))
        for name in names:
            column = [(f"{table}[{number}].{name}", row[name]) for number, row in enumerate(rows) if name in row]
            for cell, bound in column:
                if isinstance(bound, tuple) and not all(isinstance(each, str) for each in bound):
                    raise _refused(f"{cell} is a list of other values than texts; a field holds only lists of texts")
            yield table, name, column


def _asked_as_rows(name: str, expression: str) -> bool:
    """Whether an expression asks for something that only rows have, so that `[]` must be a table."""
    of_name = rf"(?<![\w.]){re.escape(name)}\s*\.\s*"
    if re.search(of_name + rf"(?:{_ASKED_OF_ROWS})\s*\(", expression):
        return True
    variables = re.findall(of_name + rf"(?:{'|'.join(QUANTIFIERS)})\s*\(\s*(\w+)", expression)
    return any(re.search(rf"\b{variable}\s*\.\s*\w+\b(?!\s*\()", expression) for variable in variables)


# ---------------------------------------------------------------- values


def _plain(name: str, bound: object, depth: int = 0) -> Any:
    """A value of the language in Python's own type, a list as tuple. Raises FactsError for anything else."""
    if isinstance(bound, Absent | bool):
        return bound
    if isinstance(bound, str):
        return str.__str__(bound)
    if isinstance(bound, date):
        return _plain_moment(name, bound)
    if isinstance(bound, int):
        if not INT_MIN <= bound <= INT_MAX:
            raise _refused(f"{name} is an int that does not fit into 64 bits")
        return int(bound)
    if isinstance(bound, float | Decimal):
        number = bound if isinstance(bound, Decimal) else float(bound)
        if to_grid(number) is None:
            raise _beyond_grid(name, number)
        return number
    if isinstance(bound, list | tuple):
        _expect_shallow(name, depth)
        return tuple(_plain(f"{name}[{number}]", each, depth + 1) for number, each in enumerate(bound))
    if bound is None:
        hint = "riskcheck.EMPTY is a cell that is known to be empty, riskcheck.MISSING one of which nothing is known"
        raise _refused(f"{name} is None, which says too little", hint)
    raise _refused(f"{name} is {_described(bound)}", "values are bool, int, float, Decimal, str, date, datetime, lists")


def _plain_moment(name: str, bound: date) -> date:
    """A date or datetime, whatever class of them it came as. Raises FactsError for one with a time zone."""
    try:
        if not isinstance(bound, datetime):
            return date(bound.year, bound.month, bound.day)
        day = bound.year, bound.month, bound.day
        moment = datetime(*day, bound.hour, bound.minute, bound.second, bound.microsecond)
    except (TypeError, ValueError):
        raise _refused(f"{name} is {_described(bound)} without a date") from None
    if bound.tzinfo is not None:
        raise _refused(
            f"{name} has a time zone", "convert all times to one zone and leave it out: x.replace(tzinfo=None)"
        )
    return moment


def _beyond_grid(name: str, number: object) -> FactsError:
    return _refused(f"{name} is {number}; a double is a number within -{LARGEST} and {LARGEST}")


def _type_of(values: Iterable[tuple[str, Any]]) -> Type | None:
    """The one type that values have, those that are missing or empty aside; None if no value is there."""
    found: Type | None = None
    first = ""
    named = list(values)
    for name, value in named:
        type_ = _type_of_one(name, value)
        agreed = _agreed(found, type_)
        if agreed is None and found is not None and type_ is not None:
            raise _refused(f"{name} is {_described(value)}, but {first} is of another type")
        if found is None and type_ is not None:
            first = name
        found = agreed
    if found is not None and _on_grid(found):
        for name, value in named:
            _expect_on_grid(name, value)
    return found


def _expect_on_grid(name: str, value: Any) -> None:
    """Refuse an int too great for a double, where doubles stand beside it."""
    if isinstance(value, tuple):
        for at, each in enumerate(value):
            _expect_on_grid(f"{name}[{at}]", each)
    elif not isinstance(value, Absent) and to_grid(value) is None:
        raise _beyond_grid(name, value)


def _type_of_one(name: str, value: Any) -> Type | None:
    if isinstance(value, Absent):
        return None
    if isinstance(value, tuple):
        if any(isinstance(each, Absent) for each in value):
            raise _refused(f"{name} has an element without a value; a list is missing or empty as a whole")
        return Type(Kind.LIST, item=_type_of((f"{name}[{at}]", each) for at, each in enumerate(value)))
    plain: dict[type, Type] = {bool: BOOL, int: INT, str: STRING, datetime: DATETIME, date: DATE}
    return next((type_ for kind, type_ in plain.items() if isinstance(value, kind)), DOUBLE)


def _agreed(left: Type | None, right: Type | None) -> Type | None:
    """The type that holds values of both; None if there is none."""
    if left is None or right is None or left == right:
        return left or right
    if {left.kind, right.kind} == {Kind.INT, Kind.DOUBLE}:
        return DOUBLE
    if left.kind is right.kind is Kind.LIST:
        item = _agreed(left.item, right.item)
        return Type(Kind.LIST, item=item) if item or not (left.item and right.item) else None
    return None


def _on_grid(type_: Type) -> bool:
    return type_.kind is Kind.DOUBLE or (type_.item is not None and _on_grid(type_.item))


def _held(value: Any, on_grid: bool) -> Any:
    """A value as facts hold it: numbers of a double field on the grid."""
    if isinstance(value, tuple):
        return tuple(_held(each, on_grid) for each in value)
    return to_grid(value) if on_grid and not isinstance(value, Absent) else value


def _described(value: object) -> str:
    return f"{value!r}" if isinstance(value, bool | int | float | str) else f"a {type(value).__name__}"


def _refused(message: str, *hints: str) -> FactsError:
    return FactsError(Diagnostic("binding", message, hints=hints))


def without_field(bound: Bound, fields: Iterable[tuple[str, str]]) -> ConditionError | None:
    """The error for fields that are read but that some row does not have, as CEL has it; None if there are none."""
    problems = [
        Diagnostic(
            "unknown-field",
            f'{table}[{number}] has no field "{name}"',
            hints=("where a value is not known, write riskcheck.MISSING; where there is none, riskcheck.EMPTY",),
        )
        for table, name in fields
        for number in bound.rows_without(table, name)
    ]
    return ConditionError(problems) if problems else None
