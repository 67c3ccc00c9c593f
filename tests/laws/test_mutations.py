"""Mutants of random conditions are sound conditions, and texts of typed trees mean what the trees do."""

from __future__ import annotations

from random import Random

from hypothesis import given

from riskcheck.expr.canonical import canonical_text
from riskcheck.expr.mutations import mutations
from riskcheck.expr.rebuild import with_parts
from riskcheck.expr.untyped import to_text
from riskcheck.model.truth import Truth
from tests.laws.test_laws import many, random_condition, result, seeds, some_facts, typed


@many
@given(seeds)
def test_a_typed_tree_is_what_its_text_is_typed_as(seed: int) -> None:
    text, expression = random_condition(Random(seed))
    printed = to_text(expression)
    again = typed(printed)
    assert to_text(again) == printed, text
    assert canonical_text(again, {}) == canonical_text(expression, {}), text


@many
@given(seeds)
def test_every_mutant_can_be_typed_and_comes_to_a_truth(seed: int) -> None:
    random = Random(seed)
    _, expression = random_condition(random)
    facts = some_facts(random)
    found = list(mutations(expression))
    for each in random.sample(found, min(4, len(found))):
        mutant = with_parts(expression, {id(each.part): each.instead})
        text = to_text(mutant)
        assert isinstance(result(mutant, facts), Truth), text
        typed(text)
