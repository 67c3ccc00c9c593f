"""How messages about conditions name types, names and choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from riskcheck.errors import did_you_mean
from riskcheck.expr.typed import Kind, Type
from riskcheck.model.schema import EnumWord, Field, Table

MAX_NAMES = 40
"""Most names that a message lists."""

_DAY = re.compile("([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_KINDS = {
    Kind.BOOL: "true or false",
    Kind.INT: "a whole number (int)",
    Kind.DOUBLE: "a decimal number (double)",
    Kind.STRING: "text",
    Kind.DATE: "a date",
    Kind.DATETIME: "a date with time",
}
_PLURALS = {
    Kind.BOOL: "conditions",
    Kind.INT: "whole numbers (int)",
    Kind.DOUBLE: "decimal numbers (double)",
    Kind.STRING: "texts",
    Kind.ENUM: "words",
    Kind.DATE: "dates",
    Kind.DATETIME: "dates with time",
    Kind.LIST: "lists",
}


def described(type_: Type) -> str:
    """What a value of the type is, in words: `a date`, `one of open, closed`."""
    if type_.kind is Kind.ENUM:
        return f"one of {listed(type_.words)}"
    if type_.kind is Kind.LIST:
        return f"a list of {_PLURALS[type_.item.kind]}" if type_.item else "an empty list"
    return _KINDS[type_.kind]


def listed(names: Iterable[str]) -> str:
    """Names with commas between them; where there are very many, how many more there are."""
    every = list(names)
    rest = len(every) - MAX_NAMES
    return ", ".join(every[:MAX_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def suggestion(written: str, things: Sequence[Field | Table | EnumWord]) -> str:
    """`; did you mean "owner"?` for the nearest name, or what it is called here if people call something so."""
    folded = written.strip().casefold()
    for thing in things:
        if folded in (each.casefold() for each in (thing.title.en, thing.title.zh, *thing.aliases)):
            return f'; here it is called "{thing.name}"'
    return did_you_mean(written, [thing.name for thing in things])


def as_day(text: str) -> str | None:
    """The day of the calendar that a text names, as `2026-03-31`; None if it names none."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def quoted(text: str) -> str:
    """A text in quotes as a message shows it: control characters made visible, cut if long."""
    shown = "".join(c if c.isprintable() or c == "\u3000" else "\ufffd" for c in text)
    return f'"{shown if len(shown) <= 60 else shown[:59] + "…"}"'
