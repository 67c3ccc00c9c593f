"""The rows, values and groups that a part of a condition may speak of, and which of them need a number.

The innermost row is spoken of by the titles of its fields alone, the innermost value as "that value". One that is
spoken of from further in gets a number where it is first named: `the tasks (each as record 1)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from riskcheck.expr import typed
from riskcheck.expr.typed import AggregateName
from riskcheck.expr.walk import Part, parts_of
from riskcheck.model.schema import Field

Role = Literal["record", "value", "group"]


class Names:
    """The names of one role in force, the innermost last, and the numbers given to some."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.names: list[str] = []
        self.numbers: dict[str, int] = {}
        self.given = 0

    @contextmanager
    def bound(self, name: str, number: int | None) -> Iterator[None]:
        """`name` is the innermost within the block; `number` is its number, if it has one."""
        self.names.append(name)
        if number is not None:
            self.numbers[name] = number
        yield
        self.names.pop()
        self.numbers.pop(name, None)

    def is_innermost(self, name: str) -> bool:
        """Whether `name` is the innermost, or no name in force."""
        return name not in self.names or self.names[-1] == name

    def number_for(self, name: str, *bodies: Part) -> int | None:
        """A new number for `name` if its `bodies` speak of it from further in, else None."""
        if not any(_spoken_of_within(self.role, name, body, False) for body in bodies):
            return None
        self.given += 1
        return self.given


def _spoken_of_within(role: Role, name: str, part: Part, within: bool) -> bool:
    """Whether `part` speaks of `name` from inside another of its role; `within` if it is there already."""
    if _speaks_of(role, name, part):
        return within
    bound = _bound_in(role, part)
    return any(_spoken_of_within(role, name, each, within or id(each) in bound) for each in parts_of(part))


def _speaks_of(role: Role, name: str, part: Part) -> bool:
    match part:
        case typed.RowCell(variable=variable):
            return role == "record" and variable == name
        case typed.Variable(name=variable):
            return role == "value" and variable == name
        case typed.GroupRows(variable=variable):
            return role == "group" and variable == name
    return False


def _bound_in(role: Role, part: Part) -> set[int]:
    """The parts of `part` (by `id`) that have a name of this role of their own; the key of `linked` has not.

    In the condition of groups a plain title would seem to be of the group's rows: there is no innermost row.
    """
    match part:
        case typed.Aggregate(name=AggregateName.LINKED, args=args) if role == "record":
            return {id(args[0])}
        case typed.Aggregate(args=args) if role == "record":
            return {id(arg) for arg in args}
        case typed.FilterRows(condition=condition) if role == "record":
            return {id(condition)}
        case typed.GroupQuantifier(key=key, condition=condition) if role != "value":
            return {id(key), id(condition)} if role == "record" else {id(condition)}
        case typed.ListQuantifier(condition=condition) if role == "value":
            return {id(condition)}
    return set()


def enum_compared_with(name: str, part: Part) -> Field | None:
    """The field with words of its own that the list element `name` is compared with, if there is one."""
    sides: tuple[Part, ...] = ()
    match part:
        case typed.Compare(left=left, right=right):
            sides = (left, right)
        case typed.In(item=item, container=container):
            sides = (item, container)
        case typed.Aggregate(name=AggregateName.LINKED, args=args):
            sides = args
    if any(_speaks_of("value", name, side) for side in sides):
        for side in sides:
            if isinstance(side, typed.RowCell | typed.SingleCell) and side.field.allowed:
                return side.field
    return next(filter(None, (enum_compared_with(name, each) for each in parts_of(part))), None)
