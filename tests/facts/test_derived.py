"""Counts of vague words: which words count, and what is missing or empty."""

from __future__ import annotations

import pytest

from riskcheck.facts.derived import term_counter
from riskcheck.model.factset import MISSING
from riskcheck.model.schema import VagueTerms
from tests.facts.smallschema import VAGUE, of_sheets, of_yaml, sheet

COUNTS = [
    ("", 0),
    ("服务器、网络等", 1),
    ("等级保护（等保）二级，同等条件", 0),
    ("等同等级等", 2),
    ("尽量恢复相关系统", 2),
    ("servers, etc.", 1),
    ("ETC and As  Soon as\npossible", 2),
    ("etcd and fetch", 0),
    ("尽快ETC处理", 1),
    ("as soon as", 0),
]


@pytest.mark.parametrize(("text", "count"), COUNTS)
def test_which_words_count(text: str, count: int) -> None:
    assert term_counter(VAGUE)(text) == count


def test_longer_terms_come_first_and_exceptions_may_overlap() -> None:
    count = term_counter(VagueTerms(("t",), ("相关", "相关方", "丙"), ("甲乙", "乙丙"), ()))
    assert count("相关方") == 1
    assert count("甲乙丙丙") == 1


def test_a_long_text_is_counted_in_good_time() -> None:
    assert term_counter(VAGUE)("等等级" * 200_000) == 200_000


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("in_scope: 等, out_of_scope: 尽量", 2),
        ("in_scope: 等, out_of_scope: none", 1),
        ("in_scope: none, out_of_scope: none", 0),
        ("in_scope: 等, out_of_scope: TBD", MISSING),
        ("in_scope: 等, out_of_scope: ", MISSING),
        ("in_scope: 等", MISSING),
    ],
)
def test_missing_and_empty_texts(cells: str, expected: object) -> None:
    assert of_yaml(f"tasks: [{{task_id: T1, {cells}}}]").by_name["tasks"].columns["vague"] == (expected,)


def test_nothing_in_an_optional_text_of_a_closed_table_holds_no_words() -> None:
    facts = of_yaml("tasks: [{in_scope: 等, out_of_scope: }]", ("tasks",))
    assert facts.by_name["tasks"].columns["vague"] == (1,)


def test_the_place_is_that_of_the_first_text() -> None:
    workbook = of_sheets(sheet("tasks", ["ID", "In scope", "Out of scope"], ["T1", "等", "x"])).by_name["tasks"]
    assert str(workbook.origin.cell_location(0, "vague")) == "f.xlsx!tasks!B2"
    assert workbook.origin.raw(0, "vague") == "等"
    yaml = of_yaml("tasks: [{ID: T1, in_scope: 等}]").by_name["tasks"]
    assert str(yaml.origin.cell_location(0, "vague")) == "f.yaml:1:28"
    assert yaml.origin.raw(0, "vague") == "等"
