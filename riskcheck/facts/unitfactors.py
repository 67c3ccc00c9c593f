"""By how much a number in one unit is multiplied to be in a field's own: only where that is certain and exact."""

from __future__ import annotations

from decimal import Decimal

from riskcheck.facts.cellnumber import spellings_of_unit
from riskcheck.facts.durations import FACTORS
from riskcheck.facts.spelling import fold
from riskcheck.facts.units import unit_of_word, units_of
from riskcheck.model.schema import Field

_MONEY = {"thousand CNY": 10**3, "ten thousand CNY": 10**4, "million CNY": 10**6, "hundred million CNY": 10**8}


def factor_between(word: str, field: Field) -> Decimal | None:
    """How many of the unit of `field` one `word` is; None if that is not certain, or no finite decimal number."""
    if fold(word) in spellings_of_unit(field.unit):
        return Decimal(1)
    written, own = unit_of_word(word), units_of(field)
    if written is None:
        return None
    if written in own:
        return Decimal(1)
    if "CNY" in own and written in _MONEY:
        return Decimal(_MONEY[written])
    for unit in sorted(own):
        times, by = FACTORS.get((unit, written), (0, 1))
        if times and times * 10**6 % by == 0:
            return Decimal(times) / by
    return None
