"""Numbers with a unit of time behind them that is not written as the field's own: `4h`, `90 min`, `2W`, `2天`.

They are converted only where that is exact: hours, minutes and seconds into each other, weeks into calendar days. A
week has no certain number of working days, and a day no certain number of hours of work, so these are not read. `2天`
in a field in working days is taken for two working days, as people write it, and that is told.
"""

from __future__ import annotations

import re
from decimal import Decimal

from riskcheck.facts.cellnumber import WITH_UNIT
from riskcheck.facts.units import unit_of_word, units_of
from riskcheck.facts.unread import Reason
from riskcheck.model.number import SCALE
from riskcheck.model.schema import Field

FACTORS = {
    ("hours", "minutes"): (1, 60),
    ("hours", "seconds"): (1, 3600),
    ("minutes", "hours"): (60, 1),
    ("minutes", "seconds"): (1, 60),
    ("seconds", "hours"): (3600, 1),
    ("seconds", "minutes"): (60, 1),
    ("days", "weeks"): (7, 1),
    ("calendar days", "weeks"): (7, 1),
    ("calendar days", "days"): (1, 1),
    ("days", "calendar days"): (1, 1),
}
"""By the field's unit and the one written: by what to multiply and to divide."""
_MORE_WORDS = {"w": "weeks"}
"""Words that mean a unit of time behind a number, though they may mean something else in a header."""
_TIMES = frozenset({unit for pair in FACTORS for unit in pair} | {"working days"})


def in_unit_of(field: Field, text: str) -> tuple[Decimal, bool] | Reason:
    """The number that a cleaned text says in the unit of `field`, and whether its days are taken for working days."""
    match = re.fullmatch(WITH_UNIT, text)
    own = units_of(field) & _TIMES
    if match is None or match["before"] or not match["after"] or not own:
        return Reason.WITH_UNIT
    number = Decimal(match["number"].replace(",", "").replace(" ", ""))
    written = _MORE_WORDS.get(match["after"].casefold()) or unit_of_word(match["after"]) or ""
    if written in own:
        return number, False
    if written == "days" and "working days" in own:
        return number, True
    factors = [FACTORS[unit, written] for unit in own if (unit, written) in FACTORS]
    if not factors:
        return Reason.WITH_UNIT
    times, by = factors[0]
    if number * times * SCALE % by:
        return Reason.WITH_UNIT
    return number * times / by, False
