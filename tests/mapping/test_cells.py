"""Cells as a mapping says them: the order of dates, units, the scale of percentages, and words."""

from __future__ import annotations

from datetime import date

import pytest

from riskcheck.model.factset import EMPTY, MISSING
from tests.facts.smallschema import sheet
from tests.mapping.mapped import column, facts_of, told

D = date(2026, 3, 5)


def only_cell(field: str, raw: object, how: str) -> object:
    """What one cell is read as."""
    drawn = sheet("Tasks", ["ID", "X"], ["T1", raw])
    facts = facts_of(
        f"sheets: [{{sheet: Tasks, table: tasks, header: 1, fields: {{{field}: {{header: X, {how}}}}}}}]", drawn
    )
    return column(facts, field)[0]


@pytest.mark.parametrize(
    ("raw", "order", "expected"),
    [
        ("03/05/2026", "dmy", date(2026, 5, 3)),
        ("03/05/2026", "mdy", D),
        ("20.08.2022", "dmy", date(2022, 8, 20)),
        ("Sun 13/01/19", "dmy", date(2019, 1, 13)),
        ("25.3.10", "ymd", date(2025, 3, 10)),
        ("26-3-5", "dmy", MISSING),
        ("26-3-05", "dmy", date(2005, 3, 26)),
        ("2026-03-05", "dmy", D),
        ("2026/3/5", "mdy", D),
        ("31/04/2026", "dmy", MISSING),
        ("03/13/2026", "dmy", MISSING),
        ("13", "dmy", MISSING),
        (D, "dmy", D),
        ("none", "dmy", EMPTY),
    ],
)
def test_dates_of_digits_are_read_in_the_order_that_the_mapping_says(raw: object, order: str, expected: object) -> None:
    assert only_cell("actual_finish", raw, f"dates: {order}") == expected


def test_an_order_for_the_sheet_or_the_whole_mapping_holds_for_all_dates() -> None:
    drawn = sheet("Tasks", ["ID", "Planned start"], ["03/05/2026", "03/05/2026"])
    for text in ("dates: mdy", "sheets: [{sheet: Tasks, table: tasks, dates: mdy}]"):
        facts = facts_of(text, drawn)
        assert column(facts, "planned_start") == [D]
        assert column(facts, "task_id") == ["03/05/2026"]


@pytest.mark.parametrize(
    ("raw", "how", "expected"),
    [
        (12, "unit: 万元", 120_000),
        (0.1, "unit: 万元", 1000),
        ("1,234.5 万元", "unit: 万元", 12_345_000),
        ("12 万", "unit: 万元", 120_000),
        (3, "factor: 0.5", 1.5),
        ("3 coins", "{unit: coins, factor: 2}".strip("{}"), 6),
        ("three", "unit: 万元", MISSING),
        ("2 USD", "unit: 万元", MISSING),
        ("none", "unit: 万元", EMPTY),
        (True, "unit: 万元", MISSING),
    ],
)
def test_numbers_in_another_unit_are_converted(raw: object, how: str, expected: object) -> None:
    scaled = expected * 10**6 if isinstance(expected, int | float) else expected
    assert only_cell("cost", raw, how) == scaled


def test_a_unit_of_the_mapping_counts_more_than_the_bracket_of_the_header() -> None:
    drawn = sheet("Tasks", ["ID", "费用（万元）"], ["T1", 2])
    facts = facts_of("sheets: [{sheet: Tasks, table: tasks, fields: {cost: {unit: 万元}}}]", drawn)
    assert (column(facts, "cost"), told(facts)) == ([20_000 * 10**6], [])
    facts = facts_of("sheets: [{sheet: Tasks, table: tasks, fields: {cost: 费用（万元）}}]", drawn)
    assert (column(facts, "cost"), told(facts)) == ([MISSING], ["B1 other-unit error"])


@pytest.mark.parametrize(
    ("raw", "scale", "expected"),
    [
        (0.85, "0-1", 85),
        (0.85, "0-100", 0.85),
        ("0.5", "0-1", 50),
        ("85%", "0-1", 85),
        (1, "0-1", 100),
        ("x", "0-1", None),
    ],
)
def test_bare_numbers_of_percent_are_read_on_the_scale_that_the_mapping_says(
    raw: object, scale: str, expected: float | None
) -> None:
    value = MISSING if expected is None else int(expected * 10**6)
    assert only_cell("load", raw, f"percent: {scale}") == value


@pytest.mark.parametrize(
    ("field", "raw", "words", "expected"),
    [
        ("status", "△", "{△: 进行中}", "in_progress"),
        ("status", " WIP ", "{wip: in_progress}", "in_progress"),
        ("status", 1, "{1: done}", "done"),
        ("is_milestone", "●", "{●: yes}", True),
        ("owner", "n/a", "{N/A: none}", EMPTY),
        ("planned_start", "kick-off", "{Kick-off: 2026-03-05}", D),
        ("level", "high", "{high: 5}", 5),
        ("level", "low", "{high: 5}", MISSING),
    ],
)
def test_words_stand_for_what_the_mapping_says(field: str, raw: object, words: str, expected: object) -> None:
    assert only_cell(field, raw, f"words: {words}") == expected


def test_words_that_stand_nowhere_are_noted() -> None:
    drawn = sheet("Tasks", ["ID", "Status"], ["T1", "○"])
    text = "sheets: [{sheet: Tasks, table: tasks, fields: {status: {words: {○: done, △: done, □: done}}}}]"
    facts = facts_of(text, drawn)
    (problem,) = facts.problems
    assert (problem.code, problem.severity) == ("mapped-word-unused", "note")
    assert problem.text.en == 'Status: words of the mapping that stand in no cell here: "△", "□"'
