"""How numbers come to the grid: rounded once, half to even, whatever their spelling."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from riskcheck.model.number import LARGEST, floor_text, grid_text, percent_text, ratio, to_grid

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


@given(st.integers(-(10**10), 10**10))
@example(999_951)
@example(123_450)
@example(0)
def test_a_percentage_has_four_digits_as_decimal_writes_them(grid: int) -> None:
    spelled = grid_text(grid)
    assert percent_text(spelled) == f"{Decimal(spelled) * 100:.4g}"


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 200))
def test_a_ratio_is_exact(numerator: int, denominator: int, limit: int) -> None:
    found, exact = ratio(numerator, denominator), Fraction(numerator, denominator)
    assert found.exact == exact
    assert found == ratio(7 * numerator, 7 * denominator)
    assert (found < limit) == (exact < limit)
    assert found.floor(100) == exact * 100 // 1
    assert floor_text(found) == floor_text(exact)
    assert floor_text(found, 100) == floor_text(exact * 100)
