"""A typed pack as bytes and back: data only, quick to load.

Every value of a pack is a number, a text, a tuple, an enum member, a date or a value of a frozen class of the modules
below. Equal values are written once, and are then named by their number. First come the texts, then the other plain
values; those that are made of others follow in layers, each made of values of earlier layers only. Within a layer those
of one class stand together as a run, field by field: the first field of each, the second field of each … So they are
built many at a time. The last value is the pack. Where in a condition a node stood is only needed while it is checked,
and is left out, as is the folder in which the pack lies.

Written are a checksum; a line of JSON with the plain values that are no texts, and class and length of each run; the
texts, with NULs between; and the numbers of values one after the other in binary, as reading decimals takes longer.
"""

from __future__ import annotations

import json
import sys
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
_LAYOUT = ",".join((sys.byteorder, *(f"{each.__name__}{getattr(each, '__match_args__', '')}" for each in _CLASSES)))
"""What the classes are called and made of, and how numbers are held: what was compiled for others is not taken."""
_BETWEEN_TEXTS = "\0"
"""No text of a pack holds it, as YAML does not admit it."""
_UNITS = "HI"
"""Of 2 or 4 bytes are the numbers, as `memoryview` has them: the first that is long enough."""


def encode(pack: RulePack) -> bytes:
    """The pack as bytes, the same wherever the pack lies."""
    from array import array

    values = _Values()
    values.number_of(replace(pack, root=""))
    texts, others, runs, numbers = values.in_layers()
    unit = _UNITS[len(values.numbers) > 0xFFFF]
    joined = _BETWEEN_TEXTS.join(texts).encode()
    head = json.dumps([_LAYOUT, others, runs, len(joined), unit], separators=(",", ":")).encode()
    written = b"%s\n%s%s" % (head, joined, array(unit, numbers).tobytes())
    return b"%08x\n%s" % (zlib.crc32(written), written)


def decode(data: bytes, root: str) -> RulePack:
    """The pack that `encode` wrote, which lies in the folder `root`. Raises ValueError for anything else."""
    checksum, _, written = data.partition(b"\n")
    if checksum != b"%08x" % zlib.crc32(written):
        raise ValueError("damaged")
    head, _, rest = written.partition(b"\n")
    try:
        layout, others, runs, length, unit = json.loads(head)
        if layout != _LAYOUT:
            raise ValueError("compiled for other classes")
        numbers = memoryview(rest)[length:].cast(unit).tolist()
        pack = _pack_of([*rest[:length].decode().split(_BETWEEN_TEXTS), *others], runs, numbers)
    except (TypeError, KeyError, IndexError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(pack, RulePack):
        raise ValueError("not a pack")
    return replace(pack, root=root)


def _pack_of(values: list[Any], runs: Sequence[tuple[int, int, int]], numbers: Sequence[int]) -> Any:
    """The last of all values: `values` are the plain ones, `numbers` name those that the others are made of."""
    start = 0
    for made, fields, count in runs:
        ends = range(start, start + fields * count, count)
        values += _built(_CLASSES[made], [map(values.__getitem__, numbers[each : each + count]) for each in ends])
        start += fields * count
    return values[-1]


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

    def in_layers(self) -> tuple[list[str], list[Any], list[tuple[int, int, int]], list[int]]:
        """The texts, the other plain values, the runs of the made ones, and the numbers of what these are made of.

        A run is the number of a class, how many fields its values have, and how many values they are. All are numbered
        anew in the order in which they are written.
        """
        plain = sorted(self.plain, key=lambda each: not isinstance(self.plain[each], str))
        order = sorted(self.made, key=lambda each: (*_run_of(self.made[each]), each))
        written = {number: position for position, number in enumerate((*plain, *order))}
        runs, numbers = [], []
        for (_, made, fields), members in groupby(order, key=lambda each: _run_of(self.made[each])):
            rows = [[written[part] for part in self.made[number].parts] for number in members]
            runs.append((made, fields, len(rows)))
            numbers += [part for column in zip(*rows, strict=True) for part in column]
        values = [self.plain[each] for each in plain]
        texts = [each for each in values if isinstance(each, str)]
        return texts, values[len(texts) :], runs, numbers


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
