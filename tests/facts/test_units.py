"""Units in the brackets of headers, and of time behind numbers: the field's own, another one, or none that is known."""

from __future__ import annotations

import pytest

from riskcheck.facts.cellproblems import doubted_cells
from riskcheck.facts.cellvalue import reader_for
from riskcheck.facts.column import read_column
from riskcheck.facts.units import NoteUnit, unit_in_note
from riskcheck.facts.unread import Reason, Unread
from riskcheck.model.factset import MISSING
from riskcheck.model.schema import Field, FieldType
from riskcheck.model.text import Text


def field(en: str, zh: str) -> Field:
    """A number field with a unit."""
    return Field("amount", FieldType.DOUBLE, Text("Amount", "数量"), unit=Text(en, zh))


CNY, HOURS, LEVEL = field("CNY", "元"), field("hours", "小时"), field("level 1-5", "1～5级")
DAYS, WORKING, CALENDAR = field("days", "天"), field("working days", "工作日"), field("calendar days", "自然日")
PIECES, PERSON_DAYS = field("pieces", "件"), field("person-days", "人天")
SHARE = Field("share", FieldType.PERCENT, Text("Share", "占比"))

OWN = [
    (CNY, "（元） (CNY) [RMB] 【人民币】 （单位：元） （¥） (unit:_CNY) (in_yuan) （元）（CNY）"),
    (HOURS, "（小时） (h) (hrs) (Hours) （工时） (man-hours) （以小时计）"),
    (DAYS, "（天） （日） (Days) (d) （自然日） (calendar_days)"),
    (WORKING, "（工作日） (working_days) (Business-Days) （个工作日）"),
    (CALENDAR, "（自然日） （天） （日历天）"),
    (PERSON_DAYS, "（人天） （人/天） (Man-Days) (PD)"),
    (SHARE, "（%） （百分比） (pct)"),
    (PIECES, "（件） (pieces) (piece)"),
]
OTHER = [
    (CNY, "（万元） （单位：万元） (10k_CNY) （亿） (USD) （千元） （万元，含税） （元）（万元） （元/月） (k) （%）"),
    (HOURS, "（人天） （天） (days) （人/天） (man-days) （分钟） （人月） （小时/天） （人天）（必填）"),
    (DAYS, "（小时） （工作日） （周） (working-days)"),
    (WORKING, "（小时） （自然日） (calendar_days) （人天） （周） （月）"),
    (CALENDAR, "（工作日）"),
    (SHARE, "（‰） （元）"),
    (LEVEL, "（%） （天）"),
    (PIECES, "（万元）"),
]
UNCLEAR = [
    (CNY, "（必填） （估算） （含税） （元，含税） (M) (2026)"),
    (HOURS, "（必填） (s) （人） （个） (estimate) （小时，估算） ()"),
    (WORKING, "（天） （日） (days) (Days)"),
    (LEVEL, "（级） （分） （1-5）"),
    (SHARE, "（必填） （小数）"),
]


def cases(groups: list[tuple[Field, str]]) -> list[tuple[Field, str]]:
    """Each note on its own; `_` stands for a blank."""
    return [(known, note.replace("_", " ")) for known, notes in groups for note in notes.split()]


@pytest.mark.parametrize(("known", "note"), cases(OWN))
def test_the_units_own_words(known: Field, note: str) -> None:
    assert unit_in_note(note, known) is NoteUnit.OWN


@pytest.mark.parametrize(("known", "note"), cases(OTHER))
def test_units_of_another_size(known: Field, note: str) -> None:
    assert unit_in_note(note, known) is NoteUnit.OTHER


@pytest.mark.parametrize(("known", "note"), cases(UNCLEAR))
def test_what_says_nothing_certain_about_the_unit(known: Field, note: str) -> None:
    """Days beside a field in working days are unclear: people call working days days, too."""
    assert unit_in_note(note, known) is NoteUnit.UNCLEAR


DURATIONS: list[tuple[Field, str, object]] = [
    (HOURS, "4h", 4),
    (HOURS, "4 hrs", 4),
    (HOURS, "4工时", 4),
    (HOURS, "90 min", 1.5),
    (HOURS, "90分钟", 1.5),
    (HOURS, "20 min", Reason.WITH_UNIT),  # a third of an hour is no decimal number
    (HOURS, "2天", Reason.WITH_UNIT),
    (HOURS, "2 weeks", Reason.WITH_UNIT),
    (DAYS, "2W", 14),
    (DAYS, "1.5 周", 10.5),
    (DAYS, "3个工作日", Reason.WITH_UNIT),
    (CALENDAR, "2天", 2),
    (CALENDAR, "2 weeks", 14),
    (WORKING, "2个工作日", 2),
    (WORKING, "2 working days", 2),
    (WORKING, "2W", Reason.WITH_UNIT),
    (WORKING, "16h", Reason.WITH_UNIT),
    (WORKING, "2自然日", Reason.WITH_UNIT),
    (WORKING, "1天半", Reason.WITH_UNIT),
    (WORKING, "约2天", Reason.WITH_UNIT),
    (PERSON_DAYS, "2天", Reason.WITH_UNIT),
    (CNY, "120万元", Reason.WITH_UNIT),
    (PIECES, "2天", Reason.WITH_UNIT),
]


@pytest.mark.parametrize(("known", "text", "expected"), DURATIONS)
def test_units_of_time_behind_a_number_are_converted_only_where_that_is_exact(
    known: Field, text: str, expected: object
) -> None:
    found = reader_for(known)(text)
    if isinstance(found, Unread):
        assert found.reason is expected
    else:
        assert isinstance(expected, int | float)
        assert found == round(expected * 10**6)


@pytest.mark.parametrize("text", ["2天", "2 days", "2d", "２日"])
def test_days_in_a_field_in_working_days_are_read_and_told(text: str) -> None:
    column = read_column(WORKING, ["3", text, "", text])
    assert column.cells == (3_000_000, 2_000_000, MISSING, 2_000_000)
    assert [row for row, _ in column.doubted] == [1, 3]
    problem = doubted_cells(WORKING, column.doubted[0][1], 2, None)
    assert (problem.code, problem.severity) == ("days-as-working-days", "warning")
    assert "read in working days" in problem.text.en
    assert "cells like this: 2" in problem.text.en
    assert "按工作日读取" in problem.text.zh


def test_whole_numbers_and_bounds_hold_for_converted_numbers_too() -> None:
    whole = Field("n", FieldType.INT, Text("N", "数"), minimum=0, maximum=20, unit=Text("days", "天"))
    read = reader_for(whole)
    assert read("2W") == 14
    assert [found.reason for found in map(read, ("3W", "1.5W")) if isinstance(found, Unread)] == [
        Reason.OUT_OF_RANGE,
        Reason.NOT_WHOLE,
    ]
