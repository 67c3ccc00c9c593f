"""Which compound rule is shown as part of which other one."""

from __future__ import annotations

import pytest

from riskcheck.inference import _groups
from riskcheck.packs.rulepack import AllOf, AnyOf, Member, Pattern

A, B, C, D = (Member(name) for name in "ABCD")

CONTAINED: list[tuple[Pattern, Pattern, bool]] = [
    (AllOf((AnyOf((A, B)), C)), AllOf((C, D, AnyOf((B, A)))), True),
    (AllOf((AnyOf((A,)), C)), AllOf((A, AnyOf((C,)), D)), True),
    (AllOf((AnyOf((A, B)), C)), AllOf((AnyOf((A, B, D)), C, D)), False),
    (AllOf((AnyOf((A, B)), C)), AllOf((AllOf((A, B)), C, D)), False),
    (AllOf((A, B)), AllOf((A, B)), False),
    (A, AllOf((A, B)), True),
]


@pytest.mark.parametrize(("smaller", "larger", "contained"), CONTAINED)
def test_a_rule_is_part_of_one_that_has_all_its_groups_and_more(
    smaller: Pattern, larger: Pattern, contained: bool
) -> None:
    assert (_groups(smaller) < _groups(larger)) is contained
