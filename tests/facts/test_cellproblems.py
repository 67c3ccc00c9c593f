"""The texts of input problems: complete in both languages, with the raw text and what to write instead."""

from __future__ import annotations

import re

import pytest

from riskcheck.facts.cellproblems import cell_problem, further_cells
from riskcheck.facts.unread import Reason, Unread
from riskcheck.model.place import Location
from tests.facts.smallschema import FIELDS

HERE = Location("f.xlsx", "Tasks", "B3")


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS.keys())
@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.OUT_OF_RANGE])
def test_every_reason_has_a_text_in_both_languages(reason: Reason, field) -> None:  # type: ignore[no-untyped-def]
    problem = cell_problem(field, Unread(reason, "raw {text}"), HERE)
    assert problem.location == HERE
    assert problem.severity == ("note" if reason is Reason.PLACEHOLDER else "error")
    assert re.fullmatch("[a-z-]+", problem.code)
    assert problem.text.en.startswith(f"{field.title.en}: ")
    assert problem.text.zh.startswith(f"{field.title.zh}：")
    assert "；" in problem.text.zh
    assert ";" in problem.text.en
    if reason is not Reason.NOT_STORED:
        assert '"raw {text}"' in problem.text.en
        assert "“raw {text}”" in problem.text.zh


@pytest.mark.parametrize(
    ("field", "unread", "en", "zh"),
    [
        (
            "status",
            Unread(Reason.UNKNOWN_WORD, "in progres"),
            'Status: "in progres" is not among the allowed words; did you mean "In progress"?; allowed: Not started, '
            "In progress, Done",
            "状态：“in progres”不在允许的词中（是否为“In progress”？）；允许：未开始、进行中、已完成",
        ),
        (
            "level",
            Unread(Reason.OUT_OF_RANGE, "6"),
            'Level: "6" is out of range; allowed: 1 to 5',
            "等级：“6”超出范围；允许：1 至 5",
        ),
        (
            "duration_days",
            Unread(Reason.OUT_OF_RANGE, "-2"),
            'Duration: "-2" is out of range; allowed: at least 0',
            "工期：“-2”超出范围；允许：不小于 0",
        ),
        (
            "duration_days",
            Unread(Reason.WITH_UNIT, "2W"),
            'Duration: "2W" is more than a number; write the number alone, in days',
            "工期：“2W”除数字外还有其他内容；请只填数字（单位：天）",
        ),
        (
            "planned_start",
            Unread(Reason.DAY_OR_MONTH, "03/05/2026"),
            'Planned start: "03/05/2026" does not say which number is the year, the month and the day; write '
            "2026-03-05",
            "计划开始日期：“03/05/2026”无法分辨年、月、日；请填写如 2026-03-05",
        ),
    ],
)
def test_what_the_person_reads(field: str, unread: Unread, en: str, zh: str) -> None:
    problem = cell_problem(FIELDS[field], unread, HERE)
    assert (problem.text.en, problem.text.zh) == (en, zh)


def test_a_long_raw_text_is_cut_in_the_message_only() -> None:
    unread = Unread(Reason.NOT_NUMBER, "a long\nstory " * 10_000)
    text = cell_problem(FIELDS["cost"], unread, HERE).text
    assert "…" in text.en
    assert len(text.en) < 200
    assert "\n" not in text.zh


def test_further_cells_are_counted() -> None:
    problem = further_cells(FIELDS["cost"], Unread(Reason.PLACEHOLDER, "-"), 12, HERE)
    assert problem.code == "placeholder"
    assert problem.severity == "note"
    assert "12 further cells" in problem.text.en
    assert "12 个单元格" in problem.text.zh
