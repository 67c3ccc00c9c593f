"""Typing one column: its cells, the rows with nothing in them, and the cells that could not be read."""

from __future__ import annotations

from collections.abc import Sequence

from riskcheck.celltext import clean
from riskcheck.facts.cellnumber import is_bare
from riskcheck.facts.cellvalue import NOTHING, Blank, Read, reader_for
from riskcheck.facts.rawcell import RawCell, raw_text
from riskcheck.facts.unread import Doubted, Reason, Unread
from riskcheck.frozen import frozen
from riskcheck.model.factset import MISSING, Cell
from riskcheck.model.number import SCALE
from riskcheck.model.schema import Field, FieldType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@frozen
class Column:
    """A typed column of an open table: what holds nothing is MISSING and its rows are listed in `nothing`.

    `doubted` lists the rows whose cell is read, but may be meant otherwise.
    """

    cells: tuple[Cell, ...]
    nothing: tuple[int, ...]
    unread: tuple[tuple[int, Unread], ...]
    doubted: tuple[tuple[int, Doubted], ...] = ()


_LARGEST_FRACTION = 5
"""Up to so much a bare number may be a fraction: 140 % of a person's time is 1.4."""
_NO_VALUES = frozenset((Blank, Unread))
_NO_CELLS = _NO_VALUES | {Doubted}


def read_column(field: Field, raws: Sequence[RawCell]) -> Column:
    """Type the cells of `field`. Each different raw cell is read once."""
    reader = reader_for(field)
    keys: Sequence[Any] = raws
    if len(set(map(type, raws))) == 1:
        known = {raw: reader(raw) for raw in dict.fromkeys(raws)}
    else:  # TRUE equals 1, but does not mean the same
        keys = list(zip(map(type, raws), raws, strict=True))
        known = {key: reader(key[1]) for key in dict.fromkeys(keys)}
    reads = list(map(known.__getitem__, keys))
    if field.type is FieldType.PERCENT:
        _refuse_unclear_percents(raws, reads)
    return _column(reads)


def _column(reads: list[Read]) -> Column:
    classes = set(map(type, reads))
    if classes.isdisjoint(_NO_CELLS):
        return Column(tuple(reads), (), ())  # type: ignore[arg-type]  # they are cells
    return Column(
        tuple(
            [MISSING if type(read) in _NO_VALUES else read.value if type(read) is Doubted else read for read in reads]  # type: ignore[misc]
        ),
        tuple([row for row, read in enumerate(reads) if read is NOTHING]),
        tuple([(row, read) for row, read in enumerate(reads) if isinstance(read, Unread)]) if Unread in classes else (),
        tuple([(row, read) for row, read in enumerate(reads) if isinstance(read, Doubted)])
        if Doubted in classes
        else (),
    )


def _refuse_unclear_percents(raws: Sequence[RawCell], reads: list[Read]) -> None:
    """Is 0.85 a fraction or less than one percent? The bare numbers of the column tell, if one of them is large.

    A load of 1.4 may be 140 %, so it tells nothing; and 2 or 3 alone are plainly numbers of percent. What has a sign
    or a percent format says nothing about the bare numbers beside it: 85 % is 0.85 in a cell that lost its format. A
    zero is the same number of percent either way.
    """
    bare = []
    may_be_fractions = False
    for row, (raw, read) in enumerate(zip(raws, reads, strict=True)):
        if isinstance(read, int) and read and not _says_percent(raw):
            if abs(read) > _LARGEST_FRACTION * SCALE:
                return
            may_be_fractions |= abs(read) <= SCALE or read % SCALE != 0
            bare.append(row)
    if may_be_fractions:
        for row in bare:
            reads[row] = Unread(Reason.PERCENT_UNCLEAR, raw_text(raws[row]))


def _says_percent(raw: RawCell) -> bool:
    """Whether a cell that was read as a number of percent is no bare number."""
    return not is_bare(clean(raw)) if isinstance(raw, str) else not isinstance(raw, int | float)
