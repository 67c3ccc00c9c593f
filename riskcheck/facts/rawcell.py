"""A cell as a file holds it, before it is typed: from a workbook a Python value, from YAML text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import Enum

from riskcheck.celltext import clean
from riskcheck.frozen import frozen


@frozen
class PercentNumber:
    """A number in a cell with a percent format: 0.85 where the sheet shows 85 %."""

    value: float

    @property
    def text(self) -> str:
        """As the sheet shows it: `85%`."""
        return f"{self.value * 100:.15g}%"


@frozen
class ErrorValue:
    """An error; its `text` is `#DIV/0!` or the like."""

    text: str


@frozen
class Merged:
    """A cell that is merged with a cell before it, in which `text` stands."""

    text: str


@frozen
class Listed:
    """A YAML sequence of scalars."""

    items: tuple[str, ...]

    @property
    def text(self) -> str:
        """As YAML may write it: `[a, b]`."""
        return "[" + ", ".join(self.items) + "]"


@frozen
class Structure:
    """A YAML mapping, or a sequence with more than scalars in it, where a cell should be."""

    text: str


class Unsaid(Enum):
    """Cells that say nothing, which is not the same as holding nothing."""

    UNSTORED = "a formula without a stored result"
    NO_CELL = "a YAML row without the key"

    @property
    def text(self) -> str:
        """Nothing."""
        return ""


RawCell = (
    str
    | float
    | int
    | bool
    | date
    | datetime
    | time
    | timedelta
    | PercentNumber
    | ErrorValue
    | Merged
    | Listed
    | Structure
    | Unsaid
)
"""`""` where there is nothing."""


def is_blank(raw: RawCell) -> bool:
    """Whether nothing can be seen in the cell."""
    if not isinstance(raw, str):
        return False
    first = raw[:1]
    plainly_seen = "!" <= first <= "~" or "\u4e00" <= first <= "\u9fff"  # as most cells begin
    return not plainly_seen and not clean(raw)


def raw_text(raw: RawCell) -> str:
    """The cell as its file shows it, as far as that is known: numbers with Excel's 15 digits, ISO dates."""
    match raw:
        case str():
            return raw
        case bool():
            return "TRUE" if raw else "FALSE"
        case int() | timedelta():
            return str(raw)
        case float():
            return f"{raw:.15g}"
        case datetime():
            return raw.isoformat(" ", "seconds") if raw.time() != time() else raw.date().isoformat()
        case date() | time():
            return raw.isoformat()
        case _:
            return raw.text
