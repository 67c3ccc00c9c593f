"""Text on a terminal: widths, wrapping and what is not let through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.reports.display import clean, fold, pad, shorten, width, wrap


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("中文", 4), ("ｆｕｌｌ", 8), ("é", 1), ("e\u0301", 1), ("", 0)]
)
def test_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_clean_drops_what_steers_a_terminal() -> None:
    assert clean("a\x1b[31mb\x07\r\nc\u202ed\x9b") == "a[31mb cd"


def test_shorten_says_that_something_was_cut() -> None:
    assert shorten("中文字符", 5) == "中文…"
    assert shorten("short", 5) == "short"


def test_pad_counts_wide_characters() -> None:
    assert pad("中文", 6) == "中文  "


def test_wrap_does_not_begin_a_line_with_a_full_stop() -> None:
    assert wrap("一二三四五。六七", 10) == ["一二三四", "五。六七"]


def test_wrap_keeps_punctuation_with_its_number() -> None:
    assert wrap("限值：占比 0.2。", 14) == ["限值：占比", "0.2。"]


def test_wrap_does_not_end_a_line_with_an_opening_bracket() -> None:
    assert wrap("措施 (负责人)", 6) == ["措施", "(负责", "人)"]


def test_wrap_keeps_a_combining_mark_with_its_letter() -> None:
    assert wrap("一二三四\u0301五", 8) == ["一二三四\u0301", "五"]


@settings(max_examples=300, derandomize=True)
@given(st.text(st.sampled_from("ab 中文，。(（-=x\u0301"), max_size=80), st.integers(min_value=6, max_value=40))
def test_wrap_keeps_every_character_and_the_width(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= columns for line in lines)


@pytest.mark.parametrize("columns", [40, 80])
def test_fold_keeps_every_word_and_no_line_is_longer(columns: int) -> None:
    text = "title\n    " + "sla_items (SLA items): " + ", ".join(f"field_{n} (Field {n})" for n in range(20)) + "\n短"
    folded = fold(text, columns)
    assert all(width(line) <= columns for line in folded.split("\n"))
    assert " ".join(folded.split()) == " ".join(text.split())
    lines = folded.split("\n")
    assert lines[0] == "title"
    assert lines[1].startswith("    sla_items")
    assert lines[2].startswith("      ")
    assert lines[-1] == "短"
