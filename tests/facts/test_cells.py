"""What each spelling of a cell means: a table of raw cells, fields and what is read."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskcheck.facts.cellnumber import grid_of_float, percent_of_fraction
from riskcheck.facts.cellvalue import NOTHING, Read, reader_for
from riskcheck.facts.rawcell import ErrorValue, Listed, PercentNumber, RawCell, Structure, Unsaid
from riskcheck.facts.unread import Reason, Unread
from riskcheck.model.factset import EMPTY, MISSING
from riskcheck.model.number import to_grid
from tests.facts.smallschema import FIELDS

DAY = date(2026, 3, 5)
LARGEST = 9 * 10**12


def read(field: str, raw: RawCell) -> Read | Reason:
    """What a cell is read as; of an unread one the reason."""
    found = reader_for(FIELDS[field])(raw)
    return found.reason if isinstance(found, Unread) else found


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", NOTHING),
        ("  \t\n", NOTHING),
        ("\u3000\xa0\u200b\ufeff", NOTHING),
        (Unsaid.NO_CELL, MISSING),
        (Unsaid.UNSTORED, Reason.NOT_STORED),
        (ErrorValue("#DIV/0!"), Reason.ERROR_VALUE),
        (Structure("{…}"), Reason.STRUCTURE),
        *((text, Reason.PLACEHOLDER) for text in ("/", "-", "—", "–", "——", "--", "...", "…", "……", "?", "？", "＿")),
        *(
            (text, Reason.PLACEHOLDER)
            for text in ("N/A", "n/a", "NA", "n.a.", "Ｎ／Ａ", "#N/A", " TBD ", "tbd.", "TBC")
        ),
        *(
            (text, Reason.PLACEHOLDER)
            for text in ("待定", "待补", "待补充", "待确认", "待定。", "未知", "暂无", "不详")
        ),
        *((text, Reason.PLACEHOLDER) for text in ("to be determined", "unknown", "null", "xxx")),
    ],
)
def test_what_every_type_reads_alike(raw: RawCell, expected: object) -> None:
    assert {field: read(field, raw) for field in FIELDS} == dict.fromkeys(FIELDS, expected)


@pytest.mark.parametrize("raw", ["none", "None", " NONE ", "无", "　无 ", "ｎｏｎｅ"])
def test_a_written_none_is_empty(raw: str) -> None:
    assert {field: read(field, raw) for field in FIELDS} == dict.fromkeys(FIELDS, EMPTY) | {"open_actions": 0}


TEXTS: list[tuple[RawCell, object]] = [
    (" 张伟 ", "张伟"),
    ("Ａ１", "A1"),
    ("a\nb", "a\nb"),
    ("no", "no"),
    ("1.10", "1.10"),
    ("010", "010"),
    ("12:30", "12:30"),
    ("2026-02-30", "2026-02-30"),
    ("%", "%"),
    ("无锡", "无锡"),
    ("none of them", "none of them"),
    (3.0, "3"),
    (3, "3"),
    (-2.0, "-2"),
    (3.0000000000000004, "3"),
    (1.1, Reason.FRACTION_IN_TEXT),
    (1e15, Reason.DIGITS_LOST),
    (1.2345678901234568e17, Reason.DIGITS_LOST),
    (PercentNumber(1.0), Reason.FRACTION_IN_TEXT),
    (True, "TRUE"),
    (DAY, Reason.DATE_IN_TEXT),
    (datetime(2026, 3, 5, 8), Reason.DATE_IN_TEXT),
    (time(8, 30), Reason.DATE_IN_TEXT),
    (timedelta(hours=30), Reason.DATE_IN_TEXT),
    (Listed(("a",)), Reason.LIST_FOR_VALUE),
]


@pytest.mark.parametrize(("raw", "expected"), TEXTS)
def test_text(raw: RawCell, expected: object) -> None:
    assert read("owner", raw) == expected


BOOLS: list[tuple[RawCell, object]] = [
    *((raw, True) for raw in ("是", "对", "真", "Y", "y", "yes", "YES", "TRUE", "true", "√", "✓", "✔️", "☑", "1", "１")),
    *((raw, False) for raw in ("否", "错", "假", "N", "n", "no", "No", "FALSE", "false", "×", "✗", "✘", "❌", "0")),
    (True, True),
    (False, False),
    (1.0, True),
    (0.0, False),
    (1, True),
    *((raw, Reason.NOT_BOOL) for raw in ("有", "x", "X", "○", "☐", "是的", "maybe", "2", "-1", 2.0, 0.5, DAY)),
    (PercentNumber(1.0), Reason.NOT_BOOL),
]


@pytest.mark.parametrize(("raw", "expected"), BOOLS)
def test_yes_and_no(raw: RawCell, expected: object) -> None:
    assert read("is_milestone", raw) is expected


DATES: list[tuple[RawCell, object]] = [
    *((raw, DAY) for raw in ("2026-03-05", "2026-3-5", "2026/3/5", "2026/03/05", "2026.3.5", "2026 / 3 / 5")),
    *(
        (raw, DAY)
        for raw in ("2026年3月5日", "2026年03月05日", "2026 年 3 月 5 日", "2026年3月5号", "２０２６－０３－０５")
    ),
    *((raw, DAY) for raw in ("2026-03-05 00:00:00", "2026-03-05T00:00:00", "2026/3/5 0:00", "2026-03-05 00:00:00.000")),
    (DAY, DAY),
    (datetime(2026, 3, 5), DAY),
    (datetime(2026, 3, 4, 23, 59, 59, 999_999), DAY),
    *((raw, Reason.DAY_OR_MONTH) for raw in ("03/05/2026", "5.3.26", "05-03-2026", "20.08.2022", "3/5/26 10:00")),
    *(
        (raw, Reason.NO_SUCH_DAY)
        for raw in ("2026-02-30", "2026-13-01", "2026年2月30日", "0026-03-05", "2026-03-05 25:00")
    ),
    (date(1899, 12, 31), Reason.NO_SUCH_DAY),
    *((raw, Reason.TIME_OF_DAY) for raw in ("2026-03-05 14:30", "2026年3月5日14:30", datetime(2026, 3, 5, 14, 30))),
    *((raw, Reason.NUMBER_AS_DATE) for raw in (46086.0, 46086, "46086", "20260305", 4.2, PercentNumber(0.5))),
    *(
        (raw, Reason.NOT_DATE)
        for raw in ("soon", "3月5日", "2026-03", "2026-3/5", "2026-03-05Z", "6月1/2日", True, time(0, 0))
    ),
    ("2026-03-05T00:00:00+08:00", Reason.NOT_DATE),
    ("9" * 100_000, Reason.NUMBER_AS_DATE),
    (Listed(("2026-03-05",)), Reason.LIST_FOR_VALUE),
]


@pytest.mark.parametrize("raw", ["35①", "10²", "²3", "1①②", "　35⑵ ", "2026-3-1①", "2026年3月1②日"])
@pytest.mark.parametrize("field", ["level", "cost", "load", "planned_start", "starts_at"])
def test_the_mark_of_a_note_is_no_digit(field: str, raw: str) -> None:
    """35 with the note 1 is not 351."""
    assert read(field, raw) is Reason.RAISED_DIGIT


def test_circled_digits_alone_and_in_texts() -> None:
    assert read("level", "③") == 3
    assert read("owner", "A②") == "A2"


@pytest.mark.parametrize(("raw", "expected"), DATES)
def test_dates(raw: RawCell, expected: object) -> None:
    found = read("planned_start", raw)
    assert found == expected
    assert not isinstance(found, datetime)


MOMENT = datetime(2026, 3, 5, 14, 30)
DATETIMES: list[tuple[RawCell, object]] = [
    *(
        (raw, MOMENT)
        for raw in ("2026-03-05 14:30", "2026-03-05T14:30:00", "2026年3月5日 14:30", "2026/3/5 14:30:00.4")
    ),
    (MOMENT, MOMENT),
    (datetime(2026, 3, 5, 14, 29, 59, 999_997), MOMENT),
    (DAY, datetime(2026, 3, 5)),
    ("2026-03-05", datetime(2026, 3, 5)),
    (46086.6, Reason.NUMBER_AS_DATE),
    ("2026-03-05 24:30", Reason.NO_SUCH_DAY),
    ("05.03.2026 14:30", Reason.DAY_OR_MONTH),
]


@pytest.mark.parametrize(("raw", "expected"), DATETIMES)
def test_datetimes(raw: RawCell, expected: object) -> None:
    assert read("starts_at", raw) == expected


INTS: list[tuple[RawCell, object]] = [
    *((raw, 3) for raw in (3.0, 3, "3", " 3 ", "３", "+3", "3.0", "03", "3e0", 3.0000000000000004)),
    *((raw, Reason.NOT_WHOLE) for raw in (3.5, "3.5")),
    *((raw, Reason.OUT_OF_RANGE) for raw in (0.0, 6.0, "0", "6", "-3")),
    *((raw, Reason.NOT_NUMBER) for raw in ("three", "三", True, "高")),
    *((raw, Reason.WITH_UNIT) for raw in ("3级", "level 3", "3-4", "4 весьма вероятно")),
    ("3%", Reason.PERCENT_SIGN),
    (PercentNumber(0.03), Reason.PERCENT_FORMAT),
    (1e20, Reason.TOO_LARGE),
    ("9" * 50, Reason.TOO_LARGE),
    ("9" * 100_000, Reason.TOO_LARGE),
    (DAY, Reason.DATE_AS_NUMBER),
    (timedelta(hours=3), Reason.DATE_AS_NUMBER),
    (Listed(("3",)), Reason.LIST_FOR_VALUE),
]


@pytest.mark.parametrize(("raw", "expected"), INTS)
def test_whole_numbers(raw: RawCell, expected: object) -> None:
    assert read("level", raw) == expected


DOUBLES: list[tuple[RawCell, object]] = [
    *(
        (raw, 1_200_000)
        for raw in ("1,200,000", "1 200 000", "1，200，000", "1\xa0200\xa0000", "1200000", "1.2e6", 1.2e6)
    ),
    *((raw, 1_200_000) for raw in ("1,200,000元", "CNY 1,200,000", "1200000 cny", "1200000.00")),
    *((raw, -0.5) for raw in ("-0.5", "−0.5", "－0.5", "-.5", -0.5)),
    (0.1 + 0.2, 0.3),
    (1e-9, 0),
    (LARGEST, LARGEST),
    (LARGEST * 1.0, LARGEST),
    (str(LARGEST + 1), Reason.TOO_LARGE),
    (1e300, Reason.TOO_LARGE),
    ("1e300", Reason.TOO_LARGE),
    *((raw, Reason.SEPARATORS) for raw in ("1,2", "12,34,567", "1.200.000", "1,200,00", "1'200", "1 20")),
    *(
        (raw, Reason.WITH_UNIT)
        for raw in ("¥1,200", "120万", "2 days", "$5", "CNY 5 元", "1e9999", "(1,200)", "5 元整")
    ),
    *((raw, Reason.PERCENT_SIGN) for raw in ("85%", "85 ％")),
    (PercentNumber(0.85), Reason.PERCENT_FORMAT),
    *((raw, Reason.COMPARED) for raw in ("≥5", "<= 5%", "＞ 5 元", ">-5", "=<.5")),
    *((raw, Reason.NOT_NUMBER) for raw in ("元", "many", "nan%", "inf", True)),
]


@pytest.mark.parametrize(("raw", "expected"), DOUBLES)
def test_numbers(raw: RawCell, expected: object) -> None:
    on_grid = round(expected * 10**6) if isinstance(expected, int | float) else expected
    assert read("cost", raw) == on_grid


def test_the_unit_of_the_field_is_read_and_no_other() -> None:
    assert read("duration_days", "2天") == 2_000_000
    assert read("duration_days", "2 Days") == 2_000_000
    assert read("duration_days", "1 day") == 1_000_000
    assert read("duration_days", "16 h") is Reason.WITH_UNIT
    assert read("duration_days", "-2天") is Reason.OUT_OF_RANGE


PERCENTS: list[tuple[RawCell, object]] = [
    *((raw, 85) for raw in ("85%", "85 %", "８５％", "85.0%", PercentNumber(0.85), "85", 85.0, 85)),
    ("0.85%", 0.85),
    (PercentNumber(0.29), 29),
    (PercentNumber(1.2), 120),
    ("-5%", Reason.OUT_OF_RANGE),
    (PercentNumber(-0.05), Reason.OUT_OF_RANGE),
    ("85‰", Reason.WITH_UNIT),
    ("75% to 100%", Reason.WITH_UNIT),
    ("%", Reason.NOT_NUMBER),
    (DAY, Reason.DATE_AS_NUMBER),
]


@pytest.mark.parametrize(("raw", "expected"), PERCENTS)
def test_percents(raw: RawCell, expected: object) -> None:
    on_grid = round(expected * 10**6) if isinstance(expected, int | float) else expected
    assert read("load", raw) == on_grid


WORDS: list[tuple[RawCell, object]] = [
    *(
        (raw, "in_progress")
        for raw in ("in_progress", "In progress", "IN-PROGRESS", "inprogress", "进行中", "进行", "Ongoing")
    ),
    *((raw, "in_progress") for raw in ("进 行\n中", "Ｉｎ Ｐｒｏｇｒｅｓｓ")),
    ("完成", "done"),
    *((raw, Reason.UNKNOWN_WORD) for raw in ("finished", "已完成（100%）", "完 了", 1.0, 1.5, True, DAY)),
    (Listed(("done",)), Reason.LIST_FOR_VALUE),
]


@pytest.mark.parametrize(("raw", "expected"), WORDS)
def test_enum_words(raw: RawCell, expected: object) -> None:
    assert read("status", raw) == expected


LISTS: list[tuple[RawCell, object]] = [
    *(
        (raw, ("T1", "T2"))
        for raw in ("T1,T2", "T1, T2", "T1、T2", "T1；T2", "T1;T2;", "T1，T2", "T1\nT2", "T1\r\n,T2")
    ),
    ("T1", ("T1",)),
    ("A/1 & B", ("A/1 & B",)),
    (3.0, ("3",)),
    (1.1, Reason.FRACTION_IN_TEXT),
    (DAY, Reason.DATE_IN_TEXT),
    (Listed(("T1", " Ｔ2 ")), ("T1", "T2")),
    (Listed(("a, b",)), ("a, b",)),
    (Listed(()), EMPTY),
    (Listed(("none",)), EMPTY),
    (Listed(("T1", "")), ("T1",)),
    (Listed(("T1", "无")), Reason.UNSURE_ITEM),
    *((raw, Reason.UNSURE_ITEM) for raw in ("T1, TBD", "T1、待定", "T1, none")),
    (Listed(("TBD",)), Reason.PLACEHOLDER),
    (Listed(("",)), Reason.PLACEHOLDER),
    (",", Reason.PLACEHOLDER),
]


@pytest.mark.parametrize(("raw", "expected"), LISTS)
def test_lists(raw: RawCell, expected: object) -> None:
    assert read("predecessors", raw) == expected


def test_an_unread_cell_keeps_its_raw_text() -> None:
    assert reader_for(FIELDS["planned_start"])(" 03/05/2026 ") == Unread(Reason.DAY_OR_MONTH, " 03/05/2026 ")
    assert reader_for(FIELDS["owner"])(1.1) == Unread(Reason.FRACTION_IN_TEXT, "1.1")
    assert reader_for(FIELDS["cost"])(PercentNumber(0.85)) == Unread(Reason.PERCENT_FORMAT, "85%")


@given(st.floats(-1000, 1000) | st.integers(-(10**9), 10**9).map(lambda whole: whole / 10**7))
def test_a_fraction_shown_in_percent_is_taken_at_its_shortest_spelling(value: float) -> None:
    assert percent_of_fraction(value) == to_grid(Decimal(repr(value)) * 100)


@given(
    st.floats(-2e9, 2e9)
    | st.integers(-(10**16), 10**16).map(lambda grid: grid / 10**6)
    | st.integers(-(10**17), 10**17).map(lambda tenths: tenths / 10**7)
)
def test_a_number_is_taken_at_its_shortest_spelling(value: float) -> None:
    assert grid_of_float(value) == to_grid(value)
