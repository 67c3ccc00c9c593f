"""What the formulas of a condition read, found out by the reference evaluator and held as durable-rules holds values.

Numbers are 64-bit integers; texts are spelled in plain ASCII without a quote or backslash, so that equal texts, and no
others, are spelled alike, and nothing in a text can disturb the library's own reading of JSON.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

from riskcheck.expr import evaluate
from riskcheck.expr.evaluate import Environment
from riskcheck.expr.frame import value_of
from riskcheck.expr.intervals import UNKNOWN, End, Interval, ends, is_number
from riskcheck.expr.typed import Expression, Type
from riskcheck.frozen import frozen
from riskcheck.model.number import SCALE
from riskcheck.model.truth import Truth

_FURTHEST: Final = 2**63 - 1
"""Stands for an end that there is none; every number lies within."""
_LONGEST_TEXT: Final = 500
"""Longer spellings are held by their SHA-256."""


class DoesNotFitError(Exception):
    """A number that durable-rules cannot hold; the reference evaluator then judges the check."""


class Asked(Enum):
    """What has to be known of an expression."""

    TRUTH = "b"
    NUMBER = "n"
    ENDS = "e"
    TEXT = "t"


@frozen
class Leaf:
    """An expression that is found out beforehand. `scaled`: an int that is compared with doubles."""

    number: int
    asked: Asked
    expression: Expression
    scaled: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The properties that hold it: one, or those of its low and its high end."""
        name = f"{self.asked.value}{self.number}"
        return (f"{name}l", f"{name}h") if self.asked is Asked.ENDS else (name,)

    def values(self, environment: Environment) -> tuple[int | str, ...] | None:
        """What its properties hold; None if nothing is known. Raises DoesNotFitError."""
        if self.asked is Asked.TRUTH:
            truth = evaluate.truth(self.expression, environment)
            return None if truth is UNKNOWN else (int(truth is Truth.TRUE),)
        found = evaluate.result(self.expression, environment)
        if self.asked is Asked.TEXT:
            return (spelled(found),) if isinstance(found, str) else None
        if not is_number(found):
            return None
        if self.asked is Asked.NUMBER and isinstance(found, Interval):
            raise DoesNotFitError
        held = [fitting(end * (SCALE if self.scaled else 1)) for end in ends(found)]
        if held[0] is None or held[1] is None:
            raise DoesNotFitError
        return (held[0], held[1])[: len(self.names)]


def fitting(number: End) -> int | None:
    """A number, or an end that there is none, as durable-rules holds it; None if it cannot."""
    if isinstance(number, float):
        return _FURTHEST if number > 0 else -_FURTHEST
    return number if abs(number) < _FURTHEST else None


def constant_number(value: bool | int | str | date, type_: Type, scaled: bool) -> int:
    """A literal or limit as the number that it is."""
    number = value_of(value, type_)
    assert isinstance(number, int)
    return number * (SCALE if scaled else 1)


def spelled(text: Any) -> str:
    """A text as durable-rules is told it."""
    plain = quote(text, safe=" ", errors="surrogatepass")
    return plain if len(plain) <= _LONGEST_TEXT else "#" + sha256(plain.encode("ascii")).hexdigest()
