"""Conditions in plain words: the constructs of the language, one by one, and laws that hold for all conditions."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from riskcheck.expr import typed
from riskcheck.expr.checker import Scope, check_condition
from riskcheck.expr.mutations import mutations
from riskcheck.expr.rebuild import with_parts
from riskcheck.expr.source import SourceText
from riskcheck.expr.typed import Expression
from riskcheck.expr.untyped import to_text
from riskcheck.expr.walk import parts
from riskcheck.model.schema import Schema
from riskcheck.model.text import LANGUAGES, Language
from riskcheck.sentences.sentence import sentence
from riskcheck.sentences.values import Limits
from riskcheck.sentences.writer import Writer
from tests.expr_front.example import LIMITS, SCHEMA
from tests.laws import worlds
from tests.laws.conditions import Conditions

VALUES: Limits = {"open_ends": 50_000, "one_below": 20, "days": 31, "version": "2.1"}
GOLDEN = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text("utf-8"))["sentences"]
seeds = st.integers(min_value=0, max_value=2**32)
many = settings(derandomize=True, max_examples=300, database=None)
some = settings(many, max_examples=100)


def said(tree: Expression, language: Language, schema: Schema = SCHEMA, limits: Limits = VALUES) -> str:
    writer = Writer(schema, limits, language)
    return "\n".join(sentence(writer.claim(tree), writer.grammar).lines())


def of_world(text: str) -> Expression:
    return check_condition(SourceText(text), Scope(worlds.SCHEMA))


@pytest.mark.parametrize("case", GOLDEN, ids=[case["condition"] for case in GOLDEN])
def test_a_condition_reads_so(case: dict[str, Any]) -> None:
    tree = check_condition(SourceText(case["condition"]), Scope(SCHEMA, LIMITS))
    assert {language: said(tree, language) for language in LANGUAGES} == {
        language: case[language].strip() for language in LANGUAGES
    }


@many
@given(seeds)
def test_every_condition_can_be_said_and_no_language_shows_in_the_other(seed: int) -> None:
    text = Conditions(Random(seed)).condition(4)
    tree = of_world(text)
    names = "|".join(table.title.zh for table in worlds.SCHEMA.tables)
    chinese = re.sub(rf"“[^”]*”|\b(?:{names})(?=记录|的)", "", said(tree, "zh", worlds.SCHEMA), flags=re.ASCII)
    assert not re.search("[A-Za-z]", chinese), text
    assert not re.search("[\u4e00-\u9fff]", said(tree, "en", worlds.SCHEMA)), text


@some
@given(seeds)
def test_no_small_change_of_a_condition_reads_like_the_condition(seed: int) -> None:
    text = Conditions(Random(seed)).condition(3)
    tree = of_world(text)
    for language in LANGUAGES:
        original = said(tree, language, worlds.SCHEMA)
        for mutation in mutations(tree, {}):
            changed = with_parts(tree, {id(mutation.part): mutation.instead})
            if to_text(changed) != to_text(tree) and not repeats_itself(tree):
                assert said(changed, language, worlds.SCHEMA) != original, to_text(changed)


def repeats_itself(tree: Expression) -> bool:
    """Whether somewhere `x && x` or `x || x` is written, which says no more than `x`."""
    junctions = [part for part in parts(tree) if isinstance(part, typed.And | typed.Or)]
    return any(len({to_text(part) for part in each.parts}) < len(each.parts) for each in junctions)
