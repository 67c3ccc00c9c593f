"""From the truth values of a check's parts to its outcome: the set of states that are still possible."""

from __future__ import annotations

from riskcheck.model.finding import Outcome
from riskcheck.model.truth import Judgement, Truth
from riskcheck.packs.rulepack import Check


def outcome_states(check: Check, judgement: Judgement) -> tuple[Outcome, ...]:
    """The outcomes that are still possible, in the order pass, warn, fail, not_applicable.

    Read in the order applies_when, min_rows, rows, pass_if and warn_if. None, if the check could not be judged.
    """
    if judgement.error is not None:
        return ()
    states: set[Outcome] = set()
    if judgement.applies is not Truth.TRUE:
        states.add(Outcome.NOT_APPLICABLE)
    if judgement.applies is not Truth.FALSE:
        states |= _states_if_applicable(check, judgement)
    order = (Outcome.PASS, Outcome.WARN, Outcome.FAIL, Outcome.NOT_APPLICABLE)
    return tuple(state for state in order if state in states)


def _states_if_applicable(check: Check, judgement: Judgement) -> set[Outcome]:
    states: set[Outcome] = set()
    if judgement.enough_rows is not Truth.TRUE:
        states.add(Outcome.FAIL)
        if judgement.enough_rows is Truth.FALSE:
            return states
    if judgement.rows_exist is not Truth.TRUE:
        states.add(Outcome.FAIL if check.must_meet else Outcome.NOT_APPLICABLE)
    if judgement.rows_exist is not Truth.FALSE:
        states |= _states_of_conditions(judgement)
    return states


def _states_of_conditions(judgement: Judgement) -> set[Outcome]:
    states: set[Outcome] = set()
    if judgement.passes is not Truth.FALSE:
        states.add(Outcome.PASS)
    if judgement.passes is not Truth.TRUE:
        if judgement.warns is not Truth.FALSE:
            states.add(Outcome.WARN)
        if judgement.warns is not Truth.TRUE:
            states.add(Outcome.FAIL)
    return states


def outcome_of(states: tuple[Outcome, ...]) -> Outcome:
    """The outcome that a set of possible states amounts to."""
    if not states:
        return Outcome.ERROR
    return states[0] if len(states) == 1 else Outcome.UNKNOWN
