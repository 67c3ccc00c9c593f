"""Reading dates: the year comes first or is named 年; everything else would be a guess."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from riskcheck.facts.unread import Reason

FIRST_YEAR = 1900
"""Earlier years are slips of the pen, or what a spreadsheet makes of a zero."""

_CHINESE = r"([0-9]{4}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号] ?"
_DATE = (
    r"(?P<year>[0-9]{4}) ?(?P<mark>[-/.]) ?(?P<month>[0-9]{1,2}) ?(?P=mark) ?(?P<day>[0-9]{1,2})"
    r"(?:[ T] ?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]{1,9}))?)?)?"
)
_SAYS_NO_ORDER = r"[0-9]{1,2}( ?[-/.] ?)[0-9]{1,2}\1[0-9]{1,4}(?:[ T].*)?"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_MIDNIGHT = time()
_PLAIN_MARKS = (("-", "-", ""), ("/", "/", ""), (".", ".", ""), ("年", "月", "日"))
"""What stands behind year, month and day."""


def date_of_text(text: str) -> date | Reason:
    """The day that a cleaned text means."""
    plain = _plain_day(text)
    if plain is not None:
        return plain
    moment = datetime_of_text(text)
    return moment if isinstance(moment, Reason) else date_of_moment(moment)


def _plain_day(text: str) -> date | None:
    """The day that a text spells with three numbers and nothing more, as most do; None if it must be looked at."""
    for first, second, last in _PLAIN_MARKS:
        year, found, rest = text.partition(first)
        if found:
            month, _, day = rest.partition(second)
            plain = text.isascii() or (first == "年" and day.endswith(last))
            day = day.removesuffix(last)
            numbers = year + month + day
            if plain and len(year) == 4 and 0 < len(month) < 3 and 0 < len(day) < 3 and numbers.isdecimal():
                return _day(int(year), int(month), int(day)) if numbers.isascii() else None
            return None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= FIRST_YEAR else None
    except ValueError:
        return None


def datetime_of_text(text: str) -> datetime | Reason:
    """The day and time that a cleaned text means; without a time the day's beginning, as in a spreadsheet."""
    written = re.sub(_CHINESE, r"\1-\2-\3 ", " ".join(text.split()), count=1).strip() if len(text) <= 60 else ""
    match = re.fullmatch(_DATE, written)
    if match is None:
        return _why_no_date(text)
    year, month, day, hour, minute, second = (
        int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    part = timedelta(microseconds=int((match["part"] or "0").ljust(6, "0")[:6]))
    try:
        return datetime_of_moment(datetime(year, month, day, hour, minute, second) + part)
    except (ValueError, OverflowError):
        return Reason.NO_SUCH_DAY


def date_of_moment(moment: date | datetime) -> date | Reason:
    """The day of a date cell; a time of day in it is not dropped silently."""
    if not isinstance(moment, datetime):
        return moment if moment.year >= FIRST_YEAR else Reason.NO_SUCH_DAY
    moment = _to_the_second(moment)
    if moment.time() != _MIDNIGHT:
        return Reason.TIME_OF_DAY
    return moment.date() if moment.year >= FIRST_YEAR else Reason.NO_SUCH_DAY


def datetime_of_moment(moment: date | datetime) -> datetime | Reason:
    """The time of a date cell, to the second: a spreadsheet's fractions are noise of its arithmetic."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, _MIDNIGHT)
    return _plausible(_to_the_second(moment))


def _plausible(moment: datetime) -> datetime | Reason:
    return moment if moment.year >= FIRST_YEAR else Reason.NO_SUCH_DAY


def _to_the_second(moment: datetime) -> datetime:
    if moment.microsecond >= 500_000 and moment < datetime(9999, 12, 31, 23, 59, 59):
        moment += timedelta(seconds=1)
    return moment.replace(microsecond=0)


def _why_no_date(text: str) -> Reason:
    if re.fullmatch(_NUMBER, text):
        return Reason.NUMBER_AS_DATE
    return Reason.DAY_OR_MONTH if re.fullmatch(_SAYS_NO_ORDER, text) else Reason.NOT_DATE
