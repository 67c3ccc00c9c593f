"""`riskcheck check --actions`: the action list of an older report, and the reports that must not be written over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from riskcheck.actions.guard import check_replaced
from riskcheck.actions.read import OlderReport, read_report
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.model.text import Text
from riskcheck.output import same_file

_LOST = ("action-column-twice", "action-column-unknown", "action-without-id", "action-twice", "action-unreadable")
"""The problems of an action list by which something in it is not carried over."""


def older_actions(actions: Path | None, replaced: Iterable[Path]) -> OlderReport | None:
    """The actions in the report `actions`, if one is named.

    Refuses (UsageError) existing workbooks `replaced` in which actions are filled in, but for the one they are read of;
    and that one, too, if something in its list cannot be carried over.
    """
    replaces_itself = False
    for each in replaced:
        if actions is not None and same_file(each, actions):
            replaces_itself = True
        else:
            check_replaced(each)
    if actions is None:
        return None
    older = read_report(actions)
    if replaces_itself:
        _check_nothing_lost(older)
    return older


def _check_nothing_lost(older: OlderReport) -> None:
    lost = [each for each in older.problems if each.code in _LOST]
    if lost:
        cure = Text("mend this first, or write the new report to another file", "请先更正，或把新报告写入其他文件")
        raise UsageError(Diagnostic(each.code, each.text, each.location, (cure,)) for each in lost)
