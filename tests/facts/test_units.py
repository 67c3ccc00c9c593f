"""Units in the brackets of headers: the field's own, another one, or no unit that is known."""

from __future__ import annotations

import pytest

from riskcheck.facts.units import NoteUnit, unit_in_note
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
