"""What a column decides that a cell cannot: whether bare numbers are fractions or numbers of percent."""

from __future__ import annotations

import pytest

from riskcheck.facts.column import read_column
from riskcheck.facts.rawcell import PercentNumber, RawCell
from riskcheck.facts.unread import Reason
from riskcheck.model.factset import MISSING
from tests.facts.smallschema import FIELDS

UNCLEAR = "unclear"


@pytest.mark.parametrize(
    ("raws", "expected"),
    [
        ((0.85, 0.9), (UNCLEAR, UNCLEAR)),
        (("0.85",), (UNCLEAR,)),
        ((1.0, 0.5, ""), (UNCLEAR, UNCLEAR, MISSING)),
        ((85.0, 0.5), (85, 0.5)),
        (("85%", 0.5), (85, UNCLEAR)),
        ((PercentNumber(0.5), 0.5), (50, UNCLEAR)),
        (("0.5%", 0.5), (0.5, UNCLEAR)),
        ((PercentNumber(0.5), 0.5, 85.0), (50, 0.5, 85)),
        ((0.0, 0), (0, 0)),
        ((0.0, 0.5), (0, UNCLEAR)),
        (("TBD", 0.5), (MISSING, UNCLEAR)),
        ((85.0, "none"), (85, None)),
    ],
)
def test_percents_without_a_sign(raws: tuple[RawCell, ...], expected: tuple[object, ...]) -> None:
    column = read_column(FIELDS["load"], raws)
    unclear = {row for row, unread in column.unread if unread.reason is Reason.PERCENT_UNCLEAR}
    assert unclear == {row for row, value in enumerate(expected) if value == UNCLEAR}
    for cell, value in zip(column.cells, expected, strict=True):
        if isinstance(value, int | float):
            assert cell == value * 10**6


def test_equal_texts_and_equal_numbers_of_other_types_are_kept_apart() -> None:
    column = read_column(FIELDS["owner"], [1, 1.0, True, "1", "true"])
    assert column.cells == ("1", "1", "TRUE", "1", "true")


def test_nothing_and_unread_cells_are_told_apart() -> None:
    column = read_column(FIELDS["level"], ["", 3.0, " ", "x"])
    assert column.cells == (MISSING, 3, MISSING, MISSING)
    assert column.nothing == (0, 2)
    assert [row for row, _ in column.unread] == [3]
