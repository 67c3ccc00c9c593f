"""What became of a rule, and why the score moved."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskcheck.comparison.changes import compare, kind_of_change
from riskcheck.model.comparison import ChangeKind, Interval, Record, RuleState
from riskcheck.model.finding import CompoundState, Outcome
from riskcheck.model.text import Text

CHECKS = [each.value for each in Outcome]
DECIDED = ["pass", "warn", "fail", "not_applicable"]


def record(score: int | None = 5000, sha: str = "a", once_open: tuple[str, ...] = (), **states: str) -> Record:
    return Record(
        file="r.json",
        project="P-1",
        as_of=date(2026, 6, 30),
        gate="G1",
        pack="small",
        pack_sha256=sha,
        profile=None,
        profile_sha256=None,
        verdict="FAIL",
        verdict_without=None,
        score=None if score is None else Interval(score, score),
        inputs=(),
        mapping=None,
        assumed_complete=(),
        rules=tuple(RuleState(rule, state, Text(rule, rule), False) for rule, state in states.items()),
        once_open=once_open,
        partial=False,
    )


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("pass", "fail", "new"),
        ("pass", "warn", "new"),
        ("not_applicable", "fail", "new"),
        (None, "fail", "new"),
        (None, "unknown", "new"),
        ("warn", "fail", "worse"),
        ("fail", "warn", "lasting"),
        ("fail", "fail", "lasting"),
        ("unknown", "unknown", "lasting"),
        ("unknown", "fail", "lasting"),
        ("unknown", "error", "lasting"),
        ("error", "unknown", "lasting"),
        ("pass", "unknown", "gone_dark"),
        ("warn", "unknown", "gone_dark"),
        ("fail", "unknown", "gone_dark"),
        ("not_applicable", "unknown", "gone_dark"),
        ("pass", "error", "gone_dark"),
        ("fail", "pass", "fixed"),
        ("unknown", "pass", "fixed"),
        ("warn", "not_applicable", "fixed"),
        ("fail", None, "not_judged"),
        ("pass", None, "unchanged"),
        ("pass", "not_applicable", "unchanged"),
        (None, "pass", "unchanged"),
        ("clear", "fired", "new"),
        ("clear", "possible", "gone_dark"),
        ("fired", "possible", "gone_dark"),
        ("possible", "fired", "lasting"),
        ("fired", "clear", "fixed"),
    ],
)
def test_what_became_of_a_rule(before: str | None, after: str | None, kind: str) -> None:
    assert kind_of_change(before, after) is ChangeKind(kind)


def test_what_was_open_once_before_relapses() -> None:
    assert kind_of_change("pass", "fail", once_open=True) is ChangeKind.RELAPSED
    assert kind_of_change("fail", "fail", once_open=True) is ChangeKind.LASTING


@given(before=st.sampled_from([None, *CHECKS]), after=st.sampled_from(DECIDED), once=st.booleans())
def test_leaving_a_fact_out_never_helps(before: str | None, after: str, once: bool) -> None:
    """If the finding as it is breaks the build, so does the same finding undecided."""
    if kind_of_change(before, after, once_open=once).breaks:
        assert kind_of_change(before, "unknown", once_open=once).breaks


@given(state=st.sampled_from([*CHECKS, *(each.value for each in CompoundState)]), once=st.booleans())
def test_nothing_changed_breaks_nothing(state: str, once: bool) -> None:
    assert not kind_of_change(state, state, once_open=once).breaks


def test_the_change_of_score_is_what_rules_and_data_did() -> None:
    found = compare(record(5000), record(7150, sha="b"), record(6000, sha="b")).score
    assert found is not None
    assert (found.rules, found.data) == (1000, 1150)
    assert found.rules + found.data == found.after.low - found.before.low
    same = compare(record(5000), record(7150)).score
    assert same is not None
    assert (same.rules, same.data) == (0, 2150)
    assert compare(record(None), record()).score is None


def test_what_the_new_rules_find_in_the_old_facts_is_by_the_rules() -> None:
    old = record(a="pass", b="pass", c="fail")
    new = record(sha="b", a="fail", b="fail", c="fail")
    between = record(sha="b", a="fail", b="pass", c="fail")
    found = {each.rule: (each.kind.value, each.by_rules) for each in compare(old, new, between).changes}
    assert found == {"a": ("new", True), "b": ("new", False), "c": ("lasting", False)}


def test_what_breaks_a_build_stands_first() -> None:
    old = record(a="fail", b="fail", c="pass", d="pass")
    new = record(a="pass", b="fail", c="unknown", d="fail")
    kinds = [each.kind.value for each in compare(old, new).changes]
    assert kinds == ["new", "gone_dark", "fixed", "lasting"]
