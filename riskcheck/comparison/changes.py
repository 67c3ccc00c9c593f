"""What became of each rule between two records, and why the score moved.

An undecided rule counts as open. Its becoming decided is no step back, whatever is found: a baseline with the blank let
that through already, and if it were one, the blank would better be left. So leaving a fact out never helps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from riskcheck.model.comparison import Change, ChangeKind, Comparison, Record, RuleState, ScoreChange
from riskcheck.model.finding import CompoundState, Outcome

_FAILS = frozenset({Outcome.FAIL.value, CompoundState.FIRED.value})
_DARK = frozenset({Outcome.UNKNOWN.value, Outcome.ERROR.value, CompoundState.POSSIBLE.value})
_WARNS = frozenset({Outcome.WARN.value})
OPEN = _FAILS | _DARK | _WARNS
"""The states that somebody has to do something about."""
_ORDER = tuple(ChangeKind)


def kind_of_change(before: str | None, after: str | None, *, once_open: bool = False) -> ChangeKind:
    """What became of a rule by its states, None where it was not in scope."""
    was_open, is_open = before in OPEN, after in OPEN
    if after is None:
        return ChangeKind.NOT_JUDGED if was_open else ChangeKind.UNCHANGED
    if after in _DARK and before is not None and before not in _DARK:
        return ChangeKind.GONE_DARK
    if is_open and not was_open:
        return ChangeKind.RELAPSED if once_open else ChangeKind.NEW
    if before in _WARNS and after in _FAILS:
        return ChangeKind.WORSE
    if is_open:
        return ChangeKind.LASTING
    return ChangeKind.FIXED if was_open else ChangeKind.UNCHANGED


def changes(old: Record, new: Record, old_by_new_rules: Record | None = None) -> tuple[Change, ...]:
    """What became of every rule of either record: what breaks a build first, then in the order of the new record.

    `old_by_new_rules` is the old facts judged by the new rules, if these are others.
    """
    before, after = _by_rule(old), _by_rule(new)
    between = _by_rule(old_by_new_rules) if old_by_new_rules is not None else None
    once_open = frozenset(old.once_open)
    found = list(_changes(before, after, between, once_open))
    return tuple(sorted(found, key=lambda change: _ORDER.index(change.kind)))


def _changes(
    before: Mapping[str, RuleState],
    after: Mapping[str, RuleState],
    between: Mapping[str, RuleState] | None,
    once_open: frozenset[str],
) -> Iterator[Change]:
    for rule, known in {**after, **{rule: state for rule, state in before.items() if rule not in after}}.items():
        was, now = _state(before, rule), _state(after, rule)
        kind = kind_of_change(was, now, once_open=rule in once_open)
        by_rules = False
        if between is not None and kind is not ChangeKind.UNCHANGED:
            by_rules = kind_of_change(was, _state(between, rule), once_open=rule in once_open) is kind
        yield Change(rule, known.title, known.must_meet, kind, was, now, by_rules and kind is not ChangeKind.LASTING)


def compare(old: Record, new: Record, old_by_new_rules: Record | None = None) -> Comparison:
    """The comparison of two records; give the old facts judged by the new rules where these are others."""
    return Comparison(old, new, changes(old, new, old_by_new_rules), _score_change(old, new, old_by_new_rules))


def _score_change(old: Record, new: Record, old_by_new_rules: Record | None) -> ScoreChange | None:
    between = old_by_new_rules or old
    if old.score is None or new.score is None or between.score is None:
        return None
    rules, data = between.score.low - old.score.low, new.score.low - between.score.low
    return ScoreChange(old.score, new.score, rules, data)


def _by_rule(record: Record) -> dict[str, RuleState]:
    return {each.rule: each for each in record.rules}


def _state(states: Mapping[str, RuleState], rule: str) -> str | None:
    found = states.get(rule)
    return found.state if found is not None else None
