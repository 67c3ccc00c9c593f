"""Typing one column: its cells, the rows with nothing in them, and the cells that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count
from math import inf

from riskcheck.celltext import clean
from riskcheck.facts.cellnumber import is_bare, plain_grids, plain_ints
from riskcheck.facts.cellvalue import NOTHING, Reader, reader_for
from riskcheck.facts.rawcell import RawCell, raw_text
from riskcheck.facts.unread import Doubted, Reason, Unread
from riskcheck.frozen import frozen
from riskcheck.model.factset import MISSING, Cell
from riskcheck.model.number import SCALE
from riskcheck.model.schema import Field, FieldType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    _Noted = TypeVar("_Noted", Unread, Doubted)


@frozen
class Column:
    """A typed column of an open table: what holds nothing is MISSING; of an optional field `nothing` lists its rows.

    `doubted` lists the rows whose cell is read, but may be meant otherwise.
    """

    cells: tuple[Cell, ...]
    nothing: tuple[int, ...]
    unread: tuple[tuple[int, Unread], ...]
    doubted: tuple[tuple[int, Doubted], ...] = ()


_LARGEST_FRACTION = 5
"""Up to so much a bare number may be a fraction: 140 % of a person's time is 1.4."""
_NUMBERS = (FieldType.INT, FieldType.DOUBLE, FieldType.PERCENT)
_EQUAL_IF_MIXED = frozenset((bool, int, float))
"""Types whose values may be equal and mean different things: TRUE equals 1."""


def read_column(field: Field, raws: Sequence[RawCell], unclear: bool | None = None) -> Column:
    """Type the cells of `field`. Each different raw cell is read once.

    `unclear`: what `percents_unclear` says of more cells than these, if there are more.
    """
    keys: Sequence[Any] = raws
    with_types = len(_EQUAL_IF_MIXED.intersection(map(type, raws))) > 1
    if with_types:
        keys = list(zip(map(type, raws), raws, strict=True))
    known = _Cells(reader_for(field), with_types)
    if not with_types:
        known.update(_plain_numbers(field, raws))
    cells = tuple(map(known.__getitem__, keys))
    if field.type is FieldType.PERCENT and known.refuse_unclear_percents(unclear):
        cells = tuple(map(known.__getitem__, keys))
    return Column(
        cells,
        tuple(compress(count(), map(known.nothing.__contains__, keys))) if known.nothing and field.optional else (),
        _rows_of(known.unread, keys),
        _rows_of(known.doubted, keys),
    )


def _plain_numbers(field: Field, raws: Sequence[RawCell]) -> dict[float, int]:
    """The different numbers of a column that are plainly what they are, within its bounds, and what they mean."""
    if field.type not in _NUMBERS:
        return {}
    different = {raw for raw in raws if type(raw) is float}
    low = -inf if field.minimum is None else field.minimum
    high = inf if field.maximum is None else field.maximum
    return (plain_ints if field.type is FieldType.INT else plain_grids)(different, low, high)


class _Cells(dict["Any", "Cell"]):
    """The cell of each different raw cell of a column, which is read when it is first asked for.

    `with_types`: the keys are raw cells behind their types. What is not simply a cell is in `unread`, `doubted` and
    `nothing`, too.
    """

    def __init__(self, reader: Reader, with_types: bool) -> None:
        self.reader, self.with_types = reader, with_types
        self.unread: dict[Any, Unread] = {}
        self.doubted: dict[Any, Doubted] = {}
        self.nothing: set[Any] = set()

    def __missing__(self, key: Any) -> Cell:
        read = self.reader(key[1] if self.with_types else key)
        if read is NOTHING:
            self.nothing.add(key)
            cell: Cell = MISSING
        elif isinstance(read, Unread):
            self.unread[key] = read
            cell = MISSING
        elif isinstance(read, Doubted):
            self.doubted[key] = read
            cell = read.value
        else:
            cell = read
        self[key] = cell
        return cell

    def refuse_unclear_percents(self, unclear: bool | None) -> bool:
        """Refuse the bare numbers if it is not clear of how many percent they are; gives whether any was refused."""
        if unclear is None:
            unclear = _are_unclear(cell for _, _, cell in self.bare_numbers())
        refused = list(self.bare_numbers()) if unclear else []
        self.unread |= {key: Unread(Reason.PERCENT_UNCLEAR, raw_text(raw)) for key, raw, _ in refused}
        self.update(dict.fromkeys([key for key, _, _ in refused], MISSING))
        return bool(refused)

    def bare_numbers(self) -> Iterator[tuple[Any, RawCell, int]]:
        for key, cell in self.items():
            raw = key[1] if self.with_types else key
            if isinstance(cell, int) and cell and not _says_percent(raw):
                yield key, raw, cell


def percents_unclear(field: Field, raws: Iterable[RawCell]) -> bool:
    """Whether it is not clear of how many percent the bare numbers of a column are. Looks at no more than it must."""
    reader = reader_for(field)
    read = ((raw, reader(raw)) for raw in raws)
    return _are_unclear(cell for raw, cell in read if isinstance(cell, int) and cell and not _says_percent(raw))


def _are_unclear(numbers: Iterable[int]) -> bool:
    """Is 0.85 a fraction or less than one percent? The bare numbers of the column tell, if one of them is large.

    A load of 1.4 may be 140 %, so it tells nothing; and 2 or 3 alone are plainly numbers of percent. What has a
    sign or a percent format says nothing about the bare numbers beside it: 85 % is 0.85 in a cell that lost its
    format. A zero is the same number of percent either way.
    """
    may_be_fractions = False
    for number in numbers:
        if abs(number) > _LARGEST_FRACTION * SCALE:
            return False
        may_be_fractions |= abs(number) <= SCALE or number % SCALE != 0
    return may_be_fractions


def _rows_of(reads: dict[Any, _Noted], keys: Sequence[Any]) -> tuple[tuple[int, _Noted], ...]:
    """The rows of the cells that were read as something in `reads`, and as what."""
    return tuple([(row, reads[key]) for row, key in enumerate(keys) if key in reads]) if reads else ()


def _says_percent(raw: RawCell) -> bool:
    """Whether a cell that was read as a number of percent is no bare number."""
    return not is_bare(clean(raw)) if isinstance(raw, str) else not isinstance(raw, int | float)
