"""The texts of input problems: complete in both languages, with the raw text and what to write instead."""

from __future__ import annotations

import re

import pytest

from riskcheck.facts.cellproblems import cell_problem, further_cells
from riskcheck.facts.cellvalue import reader_for
from riskcheck.facts.rawcell import PercentNumber, RawCell
from riskcheck.facts.unread import Reason, Unread
from riskcheck.model.place import Location
from riskcheck.model.schema import Field, FieldType, Table
from riskcheck.model.text import Text
from tests.facts.smallschema import FIELDS, TASKS

HERE = Location("f.xlsx", "Tasks", "B3")


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS.keys())
@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.OUT_OF_RANGE])
def test_every_reason_has_a_text_in_both_languages(reason: Reason, field) -> None:  # type: ignore[no-untyped-def]
    problem = cell_problem(field, TASKS, Unread(reason, "raw {text}"), HERE)
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
            'Planned start: "03/05/2026" does not say which number is the year, the month and the day; write it '
            "so, for example: 2026-03-05; or say the order in a mapping (dates: dmy)",
            "计划开始日期：“03/05/2026”无法分辨年、月、日；请按年、月、日填写，例如 2026-03-05；"
            "或在映射中写明顺序（如 dates: dmy）",
        ),
        (
            "planned_start",
            Unread(Reason.NOT_DATE, "soon"),
            'Planned start: "soon" is not a date; write one, for example 2026-03-05',
            "计划开始日期：“soon”不是日期；请填写日期，例如 2026-03-05",
        ),
        (
            "cost",
            Unread(Reason.NOT_NUMBER, "尽快"),
            'Cost: "尽快" is not a number; write one, for example 12',
            "费用：“尽快”不是数字；请填写数字，例如 12",
        ),
        (
            "cost",
            Unread(Reason.PERCENT_FORMAT, "85%"),
            'Cost: "85%" stands in a cell with a percent format, but the field is a plain number; set the format of '
            "the cell to General, then write the number alone, in CNY",
            "费用：“85%”所在单元格为百分比格式，而该字段是普通数字；请先将单元格格式改为“常规”，再只填数字（单位：元）",
        ),
        (
            "load",
            Unread(Reason.COMPARED, "≥85%"),
            'Load: "≥85%" begins with a comparison sign, and a number alone is read; leave the sign out: write 85%',
            "负荷：“≥85%”带有比较符号，而此处只读取数字；请去掉比较符号，填写 85%",
        ),
    ],
)
def test_what_the_person_reads(field: str, unread: Unread, en: str, zh: str) -> None:
    problem = cell_problem(FIELDS[field], TASKS, unread, HERE)
    assert (problem.text.en, problem.text.zh) == (en, zh)


def test_a_long_raw_text_is_cut_in_the_message_only() -> None:
    unread = Unread(Reason.NOT_NUMBER, "a long\nstory " * 10_000)
    text = cell_problem(FIELDS["cost"], TASKS, unread, HERE).text
    assert "…" in text.en
    assert len(text.en) < 200
    assert "\n" not in text.zh


def test_further_cells_are_counted() -> None:
    problem = further_cells(FIELDS["cost"], Unread(Reason.PLACEHOLDER, "-"), 12, HERE)
    assert problem.code == "placeholder"
    assert problem.severity == "note"
    assert "12 further cells" in problem.text.en
    assert "12 个单元格" in problem.text.zh


TARGET = Field("target", FieldType.DOUBLE, Text("Target", "目标值"))
SLA = Table("sla", Text("SLA", "SLA"), (TARGET, Field("unit", FieldType.STRING, Text("Unit", "单位"))))


@pytest.mark.parametrize(
    ("raw", "reason", "en", "zh"),
    [
        (
            "99.9%",
            Reason.PERCENT_SIGN,
            'write 99.9 and put % into the column "Unit"',
            "请填写 99.9，并在“单位”列填写 %",
        ),
        ("９５％", Reason.PERCENT_SIGN, 'write 95 and put % into the column "Unit"', "请填写 95，并在“单位”列填写 %"),
        (
            PercentNumber(0.999),
            Reason.PERCENT_FORMAT,
            'set the format of the cell to General, then write 99.9 and put % into the column "Unit"',
            "请先将单元格格式改为“常规”，再填写 99.9，并在“单位”列填写 %",
        ),
        (
            "≥99.9%",
            Reason.COMPARED,
            'leave the sign out: write 99.9 and put % into the column "Unit"',
            "请去掉比较符号，填写 99.9，并在“单位”列填写 %",
        ),
        (">= 95 %", Reason.COMPARED, 'write 95 and put % into the column "Unit"', "填写 95，并在“单位”列填写 %"),
        ("≤4", Reason.COMPARED, "leave the sign out: write 4", "请去掉比较符号，填写 4"),
        (
            "＜4小时",
            Reason.COMPARED,
            'write the number alone and put its unit into the column "Unit"',
            "只填数字，并将单位填入“单位”列",
        ),
        (
            "4 hours",
            Reason.WITH_UNIT,
            'write the number alone and put its unit into the column "Unit"',
            "请只填数字，并将单位填入“单位”列",
        ),
    ],
)
def test_a_target_with_a_sign_and_where_its_unit_belongs(raw: RawCell, reason: Reason, en: str, zh: str) -> None:
    unread = reader_for(TARGET)(raw)
    assert isinstance(unread, Unread)
    assert unread.reason is reason
    text = cell_problem(TARGET, SLA, unread, HERE).text
    assert text.en.endswith(en)
    assert text.zh.endswith(zh)
