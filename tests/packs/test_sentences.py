"""Checks in plain sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskcheck.model.text import LANGUAGES, Language
from riskcheck.packs.load import load_pack
from riskcheck.packs.mutants import mutants
from riskcheck.packs.rulepack import RulePack
from riskcheck.packs.sentences import CheckSentences, sentences_of
from tests.packs.smallpack import write_checks

ROWS = 'rows: tasks.filter(task, task.status == "open")\n'


@pytest.fixture(scope="module")
def shipped() -> RulePack:
    return load_pack("deployment", cache=False)


def first_check(pack: Path, keys: str, language: Language = "en") -> CheckSentences:
    write_checks(pack, keys)
    loaded = load_pack(pack, cache=False)
    return sentences_of(loaded.checks[0], loaded.schema, language)


def test_rows_that_are_named_once_stand_in_the_sentence(tiny: Path) -> None:
    said = first_check(tiny, ROWS + "pass_if: rows.all(task, has(task.owner))")
    assert said.pass_if.text == "For each of the tasks for which “Status” is “Open”: “Owner” is filled in."
    assert said.no_rows is not None
    assert said.no_rows.text == "Where there are none, the check does not apply."


def test_rows_that_are_named_twice_are_told_first(tiny: Path) -> None:
    keys = ROWS + "pass_if: rows.all(task, has(task.owner)) && rows.count(task, has(task.owner)) > 2"
    assert list(first_check(tiny, keys).pass_if.lines()) == [
        "Among the tasks for which “Status” is “Open”, both of these hold:",
        "- for each of them, “Owner” is filled in",
        "- for more than 2 of them, “Owner” is filled in",
    ]
    assert list(first_check(tiny, keys, "zh").pass_if.lines()) == [
        "在“状态”为“未完成”的任务记录中，须符合以下两项：",
        "- 每条记录均满足：“负责人”已填写",
        "- “负责人”已填写的记录多于2条",
    ]


def test_rows_of_which_the_condition_does_not_speak_are_named_where_they_are_missed(tiny: Path) -> None:
    said = first_check(tiny, ROWS + "pass_if: has(project.signed_on)\nmust_meet: true")
    assert said.no_rows is not None
    assert said.no_rows.text == ("Where there is none of the tasks for which “Status” is “Open”, the check fails.")


def test_a_warning_speaks_of_the_measure_as_told(tiny: Path) -> None:
    keys = ROWS + "measure: rows.share(task, blank(task.owner))\npass_if: measure <= 0.05\nwarn_if: measure <= 0.1"
    said = first_check(tiny, keys)
    assert said.pass_if.text == "For at most 5 % of the tasks for which “Status” is “Open”: “Owner” is empty."
    assert said.warn_if is not None
    assert said.warn_if.text == "The same share is at most 10 %."


def test_a_warning_tells_a_measure_of_which_there_must_be_none(tiny: Path) -> None:
    keys = ROWS + "measure: rows.share(task, blank(task.owner))\npass_if: measure == 0.0\nwarn_if: measure <= 0.1"
    said = first_check(tiny, keys)
    assert said.pass_if.text == "For each of the tasks for which “Status” is “Open”: “Owner” is filled in."
    assert said.warn_if is not None
    assert said.warn_if.text == "For at most 10 % of the tasks for which “Status” is “Open”: “Owner” is empty."


def test_a_warning_tells_a_measure_again_that_was_told_beside_another_value(tiny: Path) -> None:
    keys = "measure: tasks.sum(task, task.hours)\npass_if: measure <= 10 && tasks.size() > 2\nwarn_if: measure <= 20\n"
    said = first_check(tiny, keys)
    assert said.warn_if is not None
    assert said.warn_if.text == "The sum of “Hours” over the tasks is at most 20."


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mutant_of_a_shipped_check_reads_like_the_check(shipped: RulePack, language: Language) -> None:
    alike = [
        (check.id, mutant.text)
        for check in shipped.checks
        for said in (sentences_of(check, shipped.schema, language),)
        for mutant in mutants(check)
        if sentences_of(mutant.check, shipped.schema, language) == said
    ]
    assert alike == []
