"""Cells that could not be taken as they stand, and why. They count as missing, but for those merely doubted."""

from __future__ import annotations

from enum import Enum, auto

from riskcheck.frozen import frozen
from riskcheck.model.factset import Value


class Reason(Enum):
    """Why a cell is no value of its field."""

    PLACEHOLDER = auto()
    ERROR_VALUE = auto()
    NOT_STORED = auto()
    MERGED = auto()
    NOT_NUMBER = auto()
    NOT_WHOLE = auto()
    SEPARATORS = auto()
    WITH_UNIT = auto()
    RAISED_DIGIT = auto()
    COMPARED = auto()
    PERCENT_SIGN = auto()
    PERCENT_FORMAT = auto()
    PERCENT_UNCLEAR = auto()
    TOO_LARGE = auto()
    OUT_OF_RANGE = auto()
    DATE_AS_NUMBER = auto()
    NOT_DATE = auto()
    DAY_OR_MONTH = auto()
    NO_SUCH_DAY = auto()
    TIME_OF_DAY = auto()
    NUMBER_AS_DATE = auto()
    NOT_BOOL = auto()
    UNKNOWN_WORD = auto()
    FRACTION_IN_TEXT = auto()
    DATE_IN_TEXT = auto()
    DIGITS_LOST = auto()
    LIST_FOR_VALUE = auto()
    STRUCTURE = auto()
    UNSURE_ITEM = auto()


@frozen
class Unread:
    """A cell that counts as missing, and why; `raw` is the cell as written."""

    reason: Reason
    raw: str


@frozen
class Doubted:
    """A cell that is read as `value`, though it may be meant otherwise: days as working days. `raw` is as written."""

    value: Value
    raw: str
