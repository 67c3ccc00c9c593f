"""What a column decides that a cell cannot: fractions or numbers of percent, one item or several."""

from __future__ import annotations

import pytest

from riskcheck.facts.column import read_column
from riskcheck.facts.rawcell import PercentNumber, RawCell
from riskcheck.facts.unread import Reason
from riskcheck.frozen import replace
from riskcheck.model.factset import EMPTY, MISSING
from tests.facts.smallschema import FIELDS, of_sheets, problems, sheet

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
        ((0.85, 1.4), (UNCLEAR, UNCLEAR)),
        ((1.4,), (UNCLEAR,)),
        ((2.0, 3.0), (2, 3)),
        ((2.0, 3.0, 1.0), (UNCLEAR, UNCLEAR, UNCLEAR)),
        ((0.5, 7.0), (0.5, 7)),
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
    optional = replace(FIELDS["level"], optional=True)
    column = read_column(optional, ["", 3.0, " ", "x"])
    assert column.cells == (MISSING, 3, MISSING, MISSING)
    assert column.nothing == (0, 2)
    assert [row for row, _ in column.unread] == [3]


# ------------------------------------------------------------ items that are written as one


def test_items_are_parted_where_their_parts_are_ids_and_they_are_none() -> None:
    rows = [
        ["T1", "none"],
        ["T2", "T1/T2"],
        ["T3", "T1 & T2"],
        ["A/B", "T1+T2"],
        ["A", "T1 and T2"],
        ["B", "T1和T2、T3"],
        ["T7", "A/B"],
        ["T8", "T1/T9"],
        ["T10", "T3FS"],
        ["T11", "T1FS+2d/T3"],
        ["T12", "T1SS"],
    ]
    facts = of_sheets(sheet("Tasks", ["ID", "Predecessors"], *rows))
    assert facts.by_name["tasks"].columns["predecessors"] == (
        EMPTY,
        ("T1", "T2"),
        ("T1", "T2"),
        ("T1", "T2"),
        ("T1", "T2"),
        ("T1", "T2", "T3"),
        ("A/B",),
        ("T1/T9",),
        ("T3",),
        ("T1", "T3"),
        ("T1SS",),
    )
    assert problems(facts) == ["f.xlsx!Tasks!B3 parted-items"]
    assert facts.problems[0].severity == "note"
    assert '"T1/T2" is read item by item' in facts.problems[0].text.en
    assert "cells like this: 7" in facts.problems[0].text.en
    assert "“T1/T2”的各部分均为已有编号" in facts.problems[0].text.zh


def test_numbers_are_ids_too() -> None:
    facts = of_sheets(sheet("Tasks", ["ID", "Predecessors"], [1.0, "none"], [2.0, "1fs"], [3.0, "1/2"]))
    assert facts.by_name["tasks"].columns["predecessors"] == (EMPTY, ("1",), ("1", "2"))
