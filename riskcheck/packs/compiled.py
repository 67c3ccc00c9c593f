"""A typed pack as JSON and back: data only, quick to load.

Every value of a pack is a number, a text, a tuple, an enum member, a date or a value of a frozen class of the modules
below. A tuple is written as `[0, items…]`, anything with a class as `[n, fields…]`, where n counts the classes from 1.
A field of the schema, which every node that reads it holds, is written once and then as `[-1, its number]`. Where in
a condition a node stood is only needed while it is checked, and is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any

from riskcheck.expr import syntax, typed
from riskcheck.model import finding, place, schema, text
from riskcheck.packs import rulepack
from riskcheck.packs.rulepack import RulePack

_TUPLE = 0
_SHARED = -1
_NOWHERE = syntax.Span(0, 0)


def _classes() -> tuple[type, ...]:
    """The classes a pack is made of, in an order that depends on nothing but the code."""
    modules = (typed, schema, text, place, rulepack)
    found = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
    own = {each for each in found if each.__module__.startswith("riskcheck.")} | {finding.Band}
    return tuple(sorted(own, key=lambda each: (each.__module__, each.__qualname__)))


_CLASSES = _classes()
_NUMBERS = {each: number for number, each in enumerate(_CLASSES, 1)}
_DATE = len(_CLASSES) + 1
_SPAN = _NUMBERS[syntax.Span]


def encode(pack: RulePack) -> bytes:
    """The pack as one line of JSON."""
    fields = [field for table in pack.schema.tables for field in table.fields]
    plain = [[_plain(field, {}) for field in fields], _plain(pack, {id(field): n for n, field in enumerate(fields)})]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def decode(data: bytes) -> RulePack:
    """The pack that `encode` wrote. Raises ValueError for anything else."""
    try:
        fields, pack = json.loads(data)
        built = _Builder([_Builder([]).build(field) for field in fields]).build(pack)
    except (TypeError, KeyError, IndexError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(built, RulePack):
        raise ValueError("not a pack")
    return built


def _plain(value: Any, fields: dict[int, int]) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, tuple):
        return [_TUPLE, *(_plain(item, fields) for item in value)]
    if isinstance(value, date):
        return [_DATE, value.isoformat()]
    if isinstance(value, syntax.Span):
        return [_SPAN]
    if id(value) in fields:
        return [_SHARED, fields[id(value)]]
    number = _NUMBERS[type(value)]
    if isinstance(value, Enum):
        return [number, value.value]
    return [number, *(_plain(getattr(value, name), fields) for name in type(value).__match_args__)]


class _Builder:
    """Builds values from plain lists; `fields` are those that were written once."""

    def __init__(self, fields: list[Any]) -> None:
        self.makers: tuple[Callable[..., Any], ...] = (
            _tuple,
            *(_nowhere if each is syntax.Span else each for each in _CLASSES),
            date.fromisoformat,
            fields.__getitem__,
        )

    def build(self, value: Any) -> Any:
        """The value that a list stands for; anything else stands for itself."""
        if type(value) is not list:
            return value
        build = self.build
        return self.makers[value[0]](*[build(item) if type(item) is list else item for item in value[1:]])


def _tuple(*items: Any) -> tuple[Any, ...]:
    return items


def _nowhere() -> syntax.Span:
    return _NOWHERE
