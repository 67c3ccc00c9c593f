"""Cells as a mapping says that they are meant: words, dates of digits alone, units, percent.

A cell is written anew before it is typed, as its field would have it: `03/05/2026` as a date, `12` in ten thousand CNY
as `120000`. What the mapping does not reach stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from riskcheck.celltext import clean
from riskcheck.facts.cellnumber import WITH_UNIT
from riskcheck.facts.matrixcells import Said, in_words
from riskcheck.facts.rawcell import RawCell, raw_text
from riskcheck.facts.spelling import fold
from riskcheck.facts.units import unit_of_word
from riskcheck.model.mapping import CellReading, DateOrder, PercentScale, UnitScale
from riskcheck.model.schema import Field, FieldType

_DIGITS = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,? )?([0-9]{1,4}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,4})(?: 0?0:00(?::00)?)?"
)
_ORDERS = {DateOrder.DMY: (2, 1, 0), DateOrder.MDY: (2, 0, 1), DateOrder.YMD: (0, 1, 2)}
"""The places of year, month and day."""
_LONGEST = 60


def rewritten(field: Field, raws: Sequence[RawCell], reading: CellReading, dates: DateOrder | None) -> list[RawCell]:
    """The cells of `field` as they are meant; `dates` is the order of dates where the field has none of its own."""
    order = (reading.dates or dates) if field.type in (FieldType.DATE, FieldType.DATETIME) else None
    found = list(raws)
    if reading.words:
        said = said_by(reading)
        found = [in_words(raw, said) for raw in found]
    if order is not None:
        found = [_as_date(raw, order) if isinstance(raw, str) else raw for raw in found]
    if reading.unit is not None:
        found = [_scaled(raw, reading.unit) for raw in found]
    if reading.percent is not None:
        found = [_percent(raw, reading.percent) for raw in found]
    return found


def said_by(reading: CellReading) -> Said:
    """The words of the mapping, by the texts of cells that they stand for."""
    said: dict[str, str] = {}
    for text, meant in reading.words:
        said.setdefault(fold(text), meant)
    return said


def unused_words(raws: Sequence[RawCell], words: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The texts among `words` that stand in no cell."""
    if not words:
        return ()
    written = set(map(fold, set(map(raw_text, raws))))
    return tuple(text for text, _ in words if fold(text) not in written)


def _as_date(raw: str, order: DateOrder) -> RawCell:
    """The day that digits alone mean in this order; two digits of a year are those of 2000 to 2099."""
    text = " ".join(clean(raw).split())
    match = _DIGITS.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return raw
    parts = (match[1], match[3], match[4])
    if len(parts[0]) == 4:
        return raw
    year, month, day = (parts[place] for place in _ORDERS[order])
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return raw
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return raw


def _scaled(raw: RawCell, unit: UnitScale) -> RawCell:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float):
        return _plain(Decimal(f"{raw:.15g}") * unit.factor) if abs(raw) < 1e15 else raw
    if not isinstance(raw, str):
        return raw
    match = re.fullmatch(WITH_UNIT, clean(raw)) if len(raw) <= _LONGEST else None
    if match is None or match["before"] or not _is_unit(match["after"] or "", unit.word):
        return raw
    return _plain(Decimal(match["number"].replace(",", "").replace(" ", "")) * unit.factor)


def _is_unit(written: str, unit: str) -> bool:
    if not written or fold(written) == fold(unit):
        return True
    known = unit_of_word(written)
    return known is not None and known == unit_of_word(unit)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _percent(raw: RawCell, scale: PercentScale) -> RawCell:
    """A bare number as one of percent."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        match = re.fullmatch(WITH_UNIT, clean(raw)) if len(raw) <= _LONGEST else None
        if match is None or match["before"] or match["after"]:
            return raw
        number = Decimal(match["number"].replace(",", "").replace(" ", ""))
    elif isinstance(raw, int | float) and abs(raw) < 1e15:
        number = Decimal(f"{raw:.15g}")
    else:
        return raw
    return _plain(number * 100 if scale is PercentScale.FRACTION else number) + "%"
