"""A typed pack as JSON and back: data only, quick to load.

Every value of a pack is a number, a text, a tuple, an enum member, a date or a value of a frozen class of the modules
below. Equal values are written once, and are then named by their number. First come the plain ones, numbers and texts;
the others follow in layers, each made of values of earlier layers only. Within a layer those of one class stand
together, field by field: `[n, [first field of each], [second field of each] …]`, where n numbers the class. So they are
built many at a time. The last value is the pack. Where in a condition a node stood is only needed while it is checked,
and is left out, as is the folder in which the pack lies.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from itertools import groupby, repeat

from riskcheck.expr import syntax, typed
from riskcheck.frozen import frozen, replace
from riskcheck.model import finding, place, schema, text
from riskcheck.packs import rulepack
from riskcheck.packs.rulepack import RulePack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NOWHERE = syntax.Span(0, 0)


def _classes() -> tuple[type, ...]:
    """The classes a pack is made of, in an order that depends on nothing but the code."""
    modules = (typed, schema, text, place, rulepack)
    found = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
    own = {each for each in found if each.__module__.startswith("riskcheck.")} | {finding.Band}
    return (tuple, date, *sorted(own, key=lambda each: (each.__module__, each.__qualname__)))


_CLASSES = _classes()
_NUMBERS = {each: number for number, each in enumerate(_CLASSES)}
_LAYOUT = ",".join(f"{each.__name__}{getattr(each, '__match_args__', '')}" for each in _CLASSES)
"""What the classes are called and made of: a pack that was compiled for others is not taken."""


def encode(pack: RulePack) -> bytes:
    """The pack as two lines: a checksum, and JSON. It is the same wherever the pack lies."""
    values = _Values()
    values.number_of(replace(pack, root=""))
    written = json.dumps([_LAYOUT, *values.in_layers()], ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x\n%s" % (zlib.crc32(written), written)


def decode(data: bytes, root: str) -> RulePack:
    """The pack that `encode` wrote, which lies in the folder `root`. Raises ValueError for anything else."""
    checksum, _, written = data.partition(b"\n")
    if checksum != b"%08x" % zlib.crc32(written):
        raise ValueError("damaged")
    try:
        layout, values, runs = json.loads(written)
        if layout != _LAYOUT:
            raise ValueError("compiled for other classes")
        for number, *fields in runs:
            columns = [map(values.__getitem__, field) for field in fields]
            values += list(_built(_CLASSES[number], columns))
        pack = values[-1]
    except (TypeError, KeyError, IndexError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(pack, RulePack):
        raise ValueError("not a pack")
    return replace(pack, root=root)


def _built(made: type, columns: Sequence[Iterable[Any]]) -> Iterable[Any]:
    """Values of the class `made`, from the values of each of its fields. There is but one value without fields."""
    if made is tuple:
        return zip(*columns, strict=True) if columns else ((),)
    if made is date:
        return map(date.fromisoformat, *columns)
    first = [_NOWHERE] if getattr(made, "__match_args__", ())[:1] == ("span",) else []
    return map(made, *map(repeat, first), *columns) if columns else (made(*first),)


@frozen
class _Made:
    """A value that is made of others: the number of its class, those of its parts, and how deep they nest."""

    made: int
    parts: tuple[int, ...]
    depth: int


class _Values:
    """The different values of a pack, numbered as they are met: each after its parts."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[Any, ...], int] = {}
        self.plain: dict[int, bool | int | str | None] = {}
        self.made: dict[int, _Made] = {}

    def number_of(self, value: Any) -> int:
        """The number of a value; equal ones have the same."""
        if value is None or isinstance(value, (bool, int, str)):
            number = self.numbers.setdefault((type(value), value), len(self.numbers))
            self.plain[number] = value
            return number
        made = _NUMBERS[type(value)]
        parts = tuple([self.number_of(part) for part in _parts_of(value)])
        number = self.numbers.setdefault((made, parts), len(self.numbers))
        if number not in self.made:
            depth = 1 + max((self.made[part].depth for part in parts if part in self.made), default=0)
            self.made[number] = _Made(made, parts, depth)
        return number

    def in_layers(self) -> tuple[list[Any], list[list[Any]]]:
        """The plain values, and the runs of the others, numbered anew in the order in which they are written."""
        order = sorted(self.made, key=lambda each: (*_run_of(self.made[each]), each))
        written = {number: position for position, number in enumerate((*self.plain, *order))}
        runs = []
        for (_, made, _), numbers in groupby(order, key=lambda each: _run_of(self.made[each])):
            rows = [[written[part] for part in self.made[number].parts] for number in numbers]
            runs.append([made, *map(list, zip(*rows, strict=True))])
        return list(self.plain.values()), runs


def _run_of(value: _Made) -> tuple[int, int, int]:
    """What values of one run have in common."""
    return value.depth, value.made, len(value.parts)


def _parts_of(value: Any) -> Iterable[Any]:
    """What a value is made of, in the order in which its class takes it; without the place of a node."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, date):
        return (value.isoformat(),)
    if isinstance(value, Enum):
        return (value.value,)
    return [getattr(value, name) for name in type(value).__match_args__ if name != "span"]
