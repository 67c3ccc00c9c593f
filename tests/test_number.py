"""How numbers come to the grid: rounded once, half to even, whatever their spelling."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from riskcheck.model.number import LARGEST, to_grid

SPELLINGS = [
    f"{sign}{whole}{fraction}"
    for sign in ("", "-")
    for whole in ("0", "1", "12", str(LARGEST - 1), str(LARGEST))
    for fraction in ("", ".1", ".0000005", ".0000015", ".00000050", ".0000005" + "0" * 80 + "1", "." + "0" * 30 + "1")
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_is_rounded_once_half_to_even(spelling: str) -> None:
    exact = Fraction(spelling)
    assert to_grid(spelling) == to_grid(Decimal(spelling)) == (None if abs(exact) > LARGEST else round(exact * 10**6))


@pytest.mark.parametrize("spelling", ["1e9999999", "-1e9999999", "1e999999999999999999", "nan", "sNaN", "inf", "x", ""])
def test_what_is_no_number_that_can_be_held(spelling: str) -> None:
    assert to_grid(spelling) is None


@pytest.mark.parametrize("spelling", ["1e-9999999", "0e9999999", "-0.0", "5e-7"])
def test_what_comes_to_nothing(spelling: str) -> None:
    assert to_grid(spelling) == 0
