"""What the terminal report says of actions: how far they are, what is overdue, what is closed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from riskcheck.model.actions import Action, ActionList, ActionStatus, ClosedAction
from riskcheck.model.assessment import Assessment
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.actionwords import STATUS_WORD, WHY_LEFT

MAX_LISTED = 10
"""How many actions of a kind are listed here; the JSON and Excel reports have all."""
_FINISHED = (ActionStatus.DONE, ActionStatus.DROPPED)


def action_lines(assessment: Assessment, actions: ActionList) -> Iterator[Text]:
    """The counts, then the actions that somebody must look at: overdue, finished and still open, closed since."""
    yield _counts(actions)
    overdue = [each for each in actions.open if each.is_overdue(assessment.as_of)]
    yield from _listed([_overdue(each) for each in overdue])
    finished = [each for each in actions.open if each.agreed.status in _FINISHED]
    yield from _listed([_finished(each) for each in finished])
    closed = [each for each in actions.closed if each.closed == assessment.as_of]
    yield from _listed([_closed(each) for each in closed])
    earlier = len(actions.closed) - len(closed)
    if earlier:
        yield Text(f"Closed at earlier reviews: {earlier}", f"此前评审已关闭：{earlier} 项")
    yield from _listed(
        [
            Text(f"{at}: {word.en}: {each.text.en}", f"{at}：{word.zh}：{each.text.zh}")
            for each in actions.problems
            for at in [each.location.within_file if each.location else ""]
            for word in [phrases.SEVERITY[each.severity]]
        ]
    )


def _counts(actions: ActionList) -> Text:
    counts = Counter(each.agreed.status for each in actions.open)
    listed = [(counts[status], word) for status, word in STATUS_WORD.items() if counts[status]]
    en = ", ".join(f"{count} {word.en}" for count, word in listed) or "none is open"
    zh = "，".join(f"{word.zh} {count} 项" for count, word in listed) or "没有未关闭项"
    return Text(f"Carried over from {actions.file}: {en}", f"沿用自 {actions.file}：{zh}")


def _overdue(action: Action) -> Text:
    due = action.agreed.due or action.proposed_due
    who = action.agreed.owner
    return Text(
        f"Overdue since {due}: {action.id}{f', {who}' if who else ''}",
        f"{due} 已到期：{action.id}{f'，{who}' if who else ''}",
    )


def _finished(action: Action) -> Text:
    word = STATUS_WORD[action.agreed.status]
    return Text(
        f'Said to be "{word.en}", but the finding is open still: {action.id}',
        f"标为“{word.zh}”，但发现项仍未关闭：{action.id}",
    )


def _closed(action: ClosedAction) -> Text:
    why = WHY_LEFT[action.why]
    return Text(f"Closed since, {why.en}: {action.id}", f"已关闭（{why.zh}）：{action.id}")


def _listed(lines: list[Text]) -> list[Text]:
    """The first lines, and how many there are beyond them."""
    rest = len(lines) - MAX_LISTED
    return lines if rest <= 0 else [*lines[:MAX_LISTED], Text(f"… and {rest} more like it", f"……另有 {rest} 项")]
