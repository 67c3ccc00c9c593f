"""By when an open finding must be mended."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from riskcheck.model.finding import Band, Due, Outcome
from riskcheck.model.text import Text

_WORKING_DAYS = {Band.CRITICAL: 10, Band.HIGH: 10, Band.MEDIUM: 20}


def due_of(outcome: Outcome, band: Band, must_meet: bool, as_of: date) -> Due | None:
    """The due date of a finding: must-meet before the gate; critical and high in 10 working days, medium in 20;
    low by the next gate. None if nothing is to be done. Working days are Monday to Friday; holidays are not known.
    """
    if outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        return None
    if must_meet:
        return Due(None, Text("before the gate", "过关前"))
    if band in _WORKING_DAYS:
        day = add_working_days(as_of, _WORKING_DAYS[band])
        return Due(day, Text(day.isoformat(), day.isoformat()))
    return Due(None, Text("by the next gate", "下一关口前"))


@cache
def add_working_days(start: date, count: int) -> date:
    """The day `count` working days (Monday to Friday) after `start`; the last day of the calendar at most."""
    day = start
    while count and day < date.max:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
