"""Typing one column: its cells, the rows with nothing in them, and the cells that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from riskcheck.celltext import clean
from riskcheck.facts.cellnumber import is_bare
from riskcheck.facts.cellvalue import NOTHING, Read, reader_for
from riskcheck.facts.rawcell import RawCell, raw_text
from riskcheck.facts.unread import Doubted, Reason, Unread
from riskcheck.frozen import frozen
from riskcheck.model.factset import MISSING, Cell
from riskcheck.model.number import SCALE
from riskcheck.model.schema import Field, FieldType


@frozen
class Column:
    """A typed column of an open table: what holds nothing is MISSING and its rows are listed in `nothing`.

    `doubted` lists the rows whose cell is read, but may be meant otherwise.
    """

    cells: tuple[Cell, ...]
    nothing: tuple[int, ...]
    unread: tuple[tuple[int, Unread], ...]
    doubted: tuple[tuple[int, Doubted], ...] = ()


def read_column(field: Field, raws: Sequence[RawCell]) -> Column:
    """Type the cells of `field`. Each different raw cell is read once."""
    reader = reader_for(field)
    known: dict[tuple[type, RawCell], Read] = {}
    reads: list[Read] = []
    for raw in raws:
        key = (raw.__class__, raw)
        read = known.get(key)
        if read is None:
            read = known[key] = reader(raw)
        reads.append(read)
    if field.type is FieldType.PERCENT:
        _refuse_unclear_percents(raws, reads)
    return _column(reads)


def _column(reads: Iterable[Read]) -> Column:
    cells: list[Cell] = []
    nothing: list[int] = []
    unread: list[tuple[int, Unread]] = []
    doubted: list[tuple[int, Doubted]] = []
    for row, read in enumerate(reads):
        if read is NOTHING:
            nothing.append(row)
            cells.append(MISSING)
        elif isinstance(read, Unread):
            unread.append((row, read))
            cells.append(MISSING)
        elif isinstance(read, Doubted):
            doubted.append((row, read))
            cells.append(read.value)
        else:
            cells.append(read)
    return Column(tuple(cells), tuple(nothing), tuple(unread), tuple(doubted))


def _refuse_unclear_percents(raws: Sequence[RawCell], reads: list[Read]) -> None:
    """Is 0.85 a fraction or less than one percent? The column tells, if a number without a sign is above 1.

    What has a sign or a percent format says nothing about the bare numbers beside it: 85 % is 0.85 in a cell that lost
    its format. A zero is the same number of percent either way.
    """
    bare = []
    for row, (raw, read) in enumerate(zip(raws, reads, strict=True)):
        if isinstance(read, int) and read and not _says_percent(raw):
            if read > SCALE:
                return
            bare.append(row)
    for row in bare:
        reads[row] = Unread(Reason.PERCENT_UNCLEAR, raw_text(raws[row]))


def _says_percent(raw: RawCell) -> bool:
    """Whether a cell that was read as a number of percent is no bare number."""
    return not is_bare(clean(raw)) if isinstance(raw, str) else not isinstance(raw, int | float)
