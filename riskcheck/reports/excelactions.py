"""The action list of the report workbook: what to do about each open finding, with columns that people fill in.

Only the headers are protected: spreadsheet programs sort no rows in which a cell is locked. An older list is read back
by its ids and titles (`riskcheck.actions`), so nothing here depends on where a row stands.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from riskcheck.model.actions import Action, Agreed, ClosedAction, Left
from riskcheck.model.finding import Finding
from riskcheck.model.text import Text
from riskcheck.reports import actionwords as words
from riskcheck.reports import phrases
from riskcheck.reports.excelcolumn import Cell, Column, Late, linked
from riskcheck.reports.excelsheet import Listing, Row, SheetWriter
from riskcheck.reports.exceltheme import OUTCOME_COLORS
from riskcheck.reports.findingtext import and_more, cells_cut, needs_cut, places_by_sheet, reasons

_AGREED = (
    Column(words.OWNER, 14, fillable=True),
    Column(words.DUE, 13, fillable=True, day=True),
    Column(words.STATUS, 13, fillable=True),
    Column(words.REMARK, 30, wrap=True, fillable=True),
)
OPEN_COLUMNS: Final = (
    Column(words.ID, 20),
    Column(words.CHECK, 13),
    Column(Text("Outcome", "结果"), 10),
    Column(Text("Rating", "风险值"), 9),
    Column(words.WRONG, 44, wrap=True),
    Column(Text("Where", "位置"), 34, wrap=True),
    Column(Text("Control", "应对措施"), 44, wrap=True),
    Column(words.PROPOSED_OWNER, 14),
    Column(words.PROPOSED_DUE, 13),
    Column(words.SINCE, 12),
    *_AGREED,
)
CLOSED_COLUMNS: Final = (
    Column(words.ID, 20),
    Column(words.CHECK, 13),
    Column(words.WRONG, 60, wrap=True),
    Column(words.SINCE, 12),
    Column(words.CLOSED, 12),
    Column(words.WHY_CLOSED, 26),
    *_AGREED,
)
_OUTCOME, _FIRST_FILLABLE = 2, len(OPEN_COLUMNS) - len(_AGREED)
_AS_PROPOSED: Final = Text("Leave it empty if it is as proposed.", "与建议一致时请留空。")
_STATUS_HELP: Final = Text(
    "How far it is. A finding is closed by its facts, not by this.", "进展情况。发现项以资料为准，不因此处填写而关闭。"
)
_NOT_A_DAY: Final = Text(
    "Write a day, such as 2026-03-31. Keep what you typed all the same?", "请填日期，如 2026-03-31。仍要保留吗？"
)
_NO_STATUS: Final = Text("Choose a word of the list, or the state is lost.", "请从列表中选择，否则无法识别。")


class ActionSheets(SheetWriter):
    """Writes the open actions, and those closed since if there are any."""

    def write(self) -> None:
        self.open_sheet()
        if self.seen.actions is not None and (closed := (*self.not_shown(), *self.seen.actions.closed)):
            self.closed_sheet(closed)

    def not_shown(self) -> Iterator[ClosedAction]:
        """The open actions whose findings the report leaves out: what people wrote there must not get lost."""
        shown = {finding.id for finding in self.seen.findings}
        for each in self.carried.values():
            if each.id not in shown:
                yield ClosedAction(each.id, "", each.since, self.seen.as_of, Left.NOT_SHOWN, each.agreed)

    @cached_property
    def carried(self) -> dict[str, Action]:
        """The actions of an older report, by their ids."""
        return {each.id: each for each in self.seen.actions.open} if self.seen.actions else {}

    def open_sheet(self) -> None:
        rows = (self.open_row(finding) for finding in self.seen.findings if finding.is_open)
        listing = self.listing(self.say(words.OPEN_SHEET), OPEN_COLUMNS, rows, freeze_columns=2)
        for outcome, color in OUTCOME_COLORS.items():
            self.color_equal(listing, _OUTCOME, self.say(phrases.OUTCOME[outcome]), color)
        self.let_fill_in(listing, _FIRST_FILLABLE, len(OPEN_COLUMNS))

    def open_row(self, finding: Finding) -> Row:
        action = self.carried.get(finding.id) or Action(finding.id, self.seen.as_of, Agreed())
        is_late = action.is_overdue(self.seen.as_of)
        owner, due, status, remark = self.agreed(action.agreed)
        return (
            finding.id,
            linked(finding.check, self.places.finding(finding.check)),
            self.say(phrases.OUTCOME[finding.outcome]),
            finding.rating,
            "\n".join(self.say_all((finding.title, *reasons(finding)))),
            self.linked_places(finding),
            self.say(finding.control),
            self.say(finding.owner_title),
            self.proposed_due(finding, action, is_late=is_late and not action.agreed.due),
            action.since,
            owner,
            Late(action.agreed.due) if is_late and action.agreed.due else due,
            status,
            remark,
        )

    def proposed_due(self, finding: Finding, action: Action, *, is_late: bool) -> Cell:
        """The day that was proposed first, or what the finding says."""
        day = action.proposed_due or (finding.due.on if finding.due else None)
        if day is None:
            return self.say(finding.due.text) if finding.due else ""
        return Late(day) if is_late else day

    def agreed(self, agreed: Agreed) -> Row:
        return (
            agreed.owner,
            agreed.due or agreed.due_written,
            agreed.status_written or self.say(words.STATUS_WORD[agreed.status]),
            agreed.remark,
        )

    def closed_sheet(self, closed: tuple[ClosedAction, ...]) -> None:
        rows = (
            (
                each.id,
                each.id.split("@")[0],
                each.title,
                each.since,
                each.closed,
                self.say(words.WHY_LEFT[each.why]),
                *self.agreed(each.agreed),
            )
            for each in closed
        )
        listing = self.listing(self.say(words.CLOSED_SHEET), CLOSED_COLUMNS, rows, freeze_columns=2)
        self.let_fill_in(listing, len(CLOSED_COLUMNS) - len(_AGREED), len(CLOSED_COLUMNS))

    def let_fill_in(self, listing: Listing, first: int, width: int) -> None:
        """Dropdown and messages for the columns to be filled in; the headers are protected, all else is free."""
        sheet, row_count = listing.sheet, listing.count
        sheet.set_column(width, 16_383, None, self.theme.unlocked)
        sheet.protect("", dict.fromkeys(_ALLOWED, True))
        if not row_count:
            return
        owner, due, status = first, first + 1, first + 2
        help_text = {"input_title": self.say(words.OWNER), "input_message": self.say(_AS_PROPOSED)}
        sheet.data_validation(1, owner, row_count, owner, {"validate": "any", **help_text})
        sheet.data_validation(
            *(1, due, row_count, due),
            {
                "validate": "date",
                "criteria": ">=",
                "value": datetime.date(1900, 1, 1),
                "input_title": self.say(words.DUE),
                "input_message": self.say(_AS_PROPOSED),
                "error_type": "warning",
                "error_message": self.say(_NOT_A_DAY),
            },
        )
        sheet.data_validation(
            *(1, status, row_count, status),
            {
                "validate": "list",
                "source": self.say_all(words.STATUS_WORD.values()),
                "input_title": self.say(words.STATUS),
                "input_message": self.say(_STATUS_HELP),
                "error_type": "warning",
                "error_message": self.say(_NO_STATUS),
            },
        )

    def linked_places(self, finding: Finding) -> Cell:
        """Where its cells are; a link only on one line, since LibreOffice shows no more of a linked text."""
        places = self.cells_told(finding)
        return places if "\n" in places else linked(places, self.places.cells(finding.check))

    def cells_told(self, finding: Finding) -> str:
        """Where the finding's cells are, or where to supply what is missing."""
        cut = cells_cut(finding) if finding.evidence else needs_cut(finding)
        lines = places_by_sheet(each.location for each in (finding.evidence or finding.missing))
        return "\n".join((*lines, *self.say_all(and_more(cut))))


_ALLOWED: Final = (
    "objects",
    "scenarios",
    "format_cells",
    "format_columns",
    "format_rows",
    "insert_columns",
    "insert_rows",
    "insert_hyperlinks",
    "delete_rows",
    "sort",
    "autofilter",
    "select_locked_cells",
    "select_unlocked_cells",
)
"""What people may do to a protected sheet."""
