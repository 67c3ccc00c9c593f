"""A typed pack as JSON and back: data only, quick to load.

Every value of a pack is a number, a text, a tuple, an enum member, a date or a value of a frozen class of the modules
below. A tuple is written as `[0, items…]`, anything with a class as `[n, fields…]`, where n counts the classes from 1.
Whatever occurs more than once is written once, in a list before the pack, and then as its number there, as a float
(`12.0`): a pack has no other floats. Where in a condition a node stood is only needed while it is checked, and is left
out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import partial
from typing import Any

from riskcheck.expr import syntax, typed
from riskcheck.model import finding, place, schema, text
from riskcheck.packs import rulepack
from riskcheck.packs.rulepack import RulePack

_TUPLE = 0
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


def encode(pack: RulePack) -> bytes:
    """The pack as one line of JSON."""
    return json.dumps(_shared(_plain(pack)), ensure_ascii=False, separators=(",", ":")).encode()


def decode(data: bytes) -> RulePack:
    """The pack that `encode` wrote. Raises ValueError for anything else."""
    try:
        shared, plain = json.loads(data)
        pack = _builder(shared)(plain)
    except (TypeError, KeyError, IndexError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(pack, RulePack):
        raise ValueError("not a pack")
    return pack


def _plain(value: Any) -> Any:
    """A value as numbers, texts and lists."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, tuple):
        return [_TUPLE, *map(_plain, value)]
    if isinstance(value, date):
        return [_DATE, value.isoformat()]
    number = _NUMBERS[type(value)]
    if isinstance(value, Enum):
        return [number, value.value]
    return [number, *(_plain(getattr(value, name)) for name in type(value).__match_args__ if name != "span")]


def _shared(plain: list[Any]) -> list[Any]:
    """The lists that occur more than once in `plain`, each after those it holds; and `plain` with their numbers."""
    occurs: Counter[str] = Counter()

    def count(item: Any) -> None:
        if isinstance(item, list):
            occurs[repr(item)] += 1
            if occurs[repr(item)] == 1:
                for each in item:
                    count(each)

    count(plain)
    once: list[Any] = []
    numbers: dict[str, int] = {}

    def share(item: Any) -> Any:
        if not isinstance(item, list):
            return item
        spelled = repr(item)
        if spelled not in numbers:
            written = [share(each) for each in item]
            if occurs[spelled] == 1:
                return written
            numbers[spelled] = len(once)
            once.append(written)
        return float(numbers[spelled])

    return [once, share(plain)]


def _builder(shared: list[Any]) -> Callable[[list[Any]], Any]:
    """A function that builds the value a list stands for; `shared` are the lists of the values written once."""
    built: list[Any] = []
    makers: tuple[Callable[..., Any], ...] = (
        _tuple,
        *(partial(each, _NOWHERE) if _has_span(each) else each for each in _CLASSES),
        date.fromisoformat,
    )

    def build(written: list[Any]) -> Any:
        items = [
            build(item) if (kind := item.__class__) is list else built[int(item)] if kind is float else item
            for item in written[1:]
        ]
        return makers[written[0]](*items)

    for each in shared:
        built.append(build(each))
    return build


def _has_span(each: type) -> bool:
    return getattr(each, "__match_args__", ())[:1] == ("span",)


def _tuple(*items: Any) -> tuple[Any, ...]:
    return items
