"""Reads what people filled in in the action lists of an older report, by ids and titles and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from riskcheck.actions.sheets import ActionSheet, action_sheets
from riskcheck.celltext import clean
from riskcheck.checksum import sha256_of
from riskcheck.errors import Diagnostic, FactsError, UsageError
from riskcheck.facts.celldate import date_of_moment, date_of_text
from riskcheck.facts.load import open_file
from riskcheck.facts.rawcell import ErrorValue, Merged, RawCell, Unsaid, is_blank, raw_text
from riskcheck.facts.unread import Reason
from riskcheck.facts.workbook import read_workbook
from riskcheck.frozen import frozen
from riskcheck.model.actions import ActionStatus, Agreed, Left
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location
from riskcheck.model.text import LANGUAGES, Text
from riskcheck.reports import actionwords as words

_SYNONYMS: Final = {
    ActionStatus.OPEN: ("new", "todo", "not started", "未关闭", "未开始", "未处理", "打开"),
    ActionStatus.IN_PROGRESS: ("in-progress", "in_progress", "doing", "started", "处理中", "整改中"),
    ActionStatus.DONE: ("closed", "completed", "完成", "已关闭", "已整改", "关闭"),
    ActionStatus.DROPPED: ("cancelled", "canceled", "取消", "已取消", "已放弃", "不处理"),
}
_STATUS: Final = {
    word: status
    for status, title in words.STATUS_WORD.items()
    for word in (*(title.of(language) for language in LANGUAGES), *_SYNONYMS[status])
}
_NOT_SHOWN: Final = tuple(clean(words.WHY_LEFT[Left.NOT_SHOWN].of(language)) for language in LANGUAGES)


@frozen
class OlderAction:
    """One row of an older list; `title` is what was wrong, `since` and `closed` days that riskcheck wrote.

    `not_shown`: it is listed with the closed ones because the report did not show its finding.
    """

    id: str
    title: str
    since: date | None
    closed: date | None
    proposed_due: date | None
    agreed: Agreed
    not_shown: bool = False


@frozen
class OlderReport:
    """The action lists of an older report. `problems` are cells and columns that cannot be taken as they stand."""

    file: str
    sha256: str
    open: tuple[OlderAction, ...]
    closed: tuple[OlderAction, ...]
    problems: tuple[InputProblem, ...]

    @property
    def is_filled_in(self) -> bool:
        """Whether anybody has written something into the lists."""
        return any(not each.agreed.is_blank for each in (*self.open, *self.closed)) or bool(self.problems)


def read_report(path: str | os.PathLike[str]) -> OlderReport:
    """The action lists in the report workbook `path`; raises UsageError if it cannot be read, or has none."""
    report = read_if_report(path)
    if report is not None:
        return report
    message = Text("this workbook has no list of actions", "该工作簿中没有措施清单")
    cure = Text(
        f'name a report that riskcheck wrote, with its sheet "{words.OPEN_SHEET.en}" and its columns '
        f'"{words.ID.en}" and "{words.STATUS.en}"',
        f"请指定 riskcheck 生成的报告；其中应有工作表“{words.OPEN_SHEET.zh}”及“{words.ID.zh}”“{words.STATUS.zh}”两列",
    )
    raise UsageError(Diagnostic("no-action-list", message, Location(os.fspath(path)), (cure,)))


def read_if_report(path: str | os.PathLike[str]) -> OlderReport | None:
    """The action lists in the workbook `path`; None if it has none. Raises UsageError if it cannot be read."""
    try:
        opened = open_file(path)
        if opened.kind != "workbook":
            message = Text("actions are read from a report workbook", "只能从报告工作簿读取措施")
            cure = Text("name the .xlsx report", "请指定 .xlsx 报告")
            raise UsageError(Diagnostic("no-action-list", message, Location(opened.file), (cure,)))
        sheets = read_workbook(opened.data, opened.file)
    except FactsError as error:
        raise UsageError(error.diagnostics) from None
    lists = action_sheets(sheets, opened.file)
    if lists == (None, None):
        return None
    now, closed = (_Rows(each) if each is not None else None for each in lists)
    open_rows, others = (tuple(each.read()) if each else () for each in (now, closed))
    open_rows += tuple(each for each in others if each.not_shown)
    closed_rows = tuple(each for each in others if not each.not_shown)
    problems = tuple(problem for each in (now, closed) if each for problem in each.problems)
    return OlderReport(opened.file, sha256_of(opened.data), open_rows, closed_rows, problems)


class _Rows:
    """Reads the rows of one list, each id once."""

    def __init__(self, sheet: ActionSheet) -> None:
        self.sheet = sheet
        self.problems = list(sheet.problems)

    def read(self) -> Iterator[OlderAction]:
        rows: dict[str, int] = {}
        found: dict[str, OlderAction] = {}
        for row in self.sheet.grid.rows:
            if row <= self.sheet.header:
                continue
            cells = {title: self.cell(row, title) for title in self.sheet.columns}
            name = clean(raw_text(cells[words.ID]))
            if "@" not in name:
                self.nameless(row, name, cells)
                continue
            action = self.action(row, name, cells)
            if name not in found:
                rows[name], found[name] = row, action
            elif action.agreed != found[name].agreed:
                self.twice(row, rows[name], name)
        yield from found.values()

    def cell(self, row: int, title: Text) -> RawCell:
        column = self.sheet.columns[title]
        covered = self.sheet.grid.merged.get(column, {}).get(row)
        return self.sheet.grid.cell(row, column) if covered is None else covered

    def action(self, row: int, name: str, cells: Mapping[Text, RawCell]) -> OlderAction:
        due, due_written = self.due(row, cells.get(words.DUE, ""))
        status, status_written = self.status(row, cells.get(words.STATUS, ""))
        return OlderAction(
            id=name,
            title=self.plain(row, words.WRONG, cells).split("\n")[0],
            since=_day(cells.get(words.SINCE, "")),
            closed=_day(cells.get(words.CLOSED, "")),
            proposed_due=_day(cells.get(words.PROPOSED_DUE, "")),
            agreed=Agreed(
                owner=self.plain(row, words.OWNER, cells),
                due=due,
                due_written=due_written,
                status=status,
                status_written=status_written,
                remark=self.plain(row, words.REMARK, cells),
            ),
            not_shown=clean(raw_text(cells.get(words.WHY_CLOSED, ""))) in _NOT_SHOWN,
        )

    def plain(self, row: int, title: Text, cells: Mapping[Text, RawCell]) -> str:
        """The text of a cell, as people wrote it."""
        raw = cells.get(title, "")
        if isinstance(raw, ErrorValue) or raw is Unsaid.UNSTORED:
            self.lost(row, title, raw)
            return ""
        return "" if is_blank(raw) else raw_text(raw).strip()

    def due(self, row: int, raw: RawCell) -> tuple[date | None, str]:
        """The day in a cell, or what else stands in it."""
        if is_blank(raw) or isinstance(raw, ErrorValue) or raw is Unsaid.UNSTORED:
            return None, self.plain(row, words.DUE, {words.DUE: raw})
        day = _day(raw)
        if day is not None:
            return day, ""
        shown = raw_text(raw).strip()
        text = Text(
            f'"{shown}" is no day and is carried over as it is; write it as 2026-03-31',
            f"“{shown}”不是日期，按原样沿用；请写成 2026-03-31 的形式",
        )
        self.tell("action-no-day", "warning", row, words.DUE, text)
        return None, shown

    def status(self, row: int, raw: RawCell) -> tuple[ActionStatus, str]:
        """The state in a cell, or what else stands in it."""
        shown = self.plain(row, words.STATUS, {words.STATUS: raw})
        status = _STATUS.get(" ".join(clean(shown).casefold().split())) if shown else ActionStatus.OPEN
        if status is not None:
            return status, ""
        en = ", ".join(title.en for title in words.STATUS_WORD.values())
        zh = "、".join(title.zh for title in words.STATUS_WORD.values())
        text = Text(
            f'"{shown}" is no state; it counts as open and is carried over as it is; write one of: {en}',
            f"“{shown}”不是处理状态，按待处理计并按原样沿用；可填：{zh}",
        )
        self.tell("action-no-status", "warning", row, words.STATUS, text)
        return ActionStatus.OPEN, shown

    # ------------------------------------------------------------ problems

    def nameless(self, row: int, name: str, cells: Mapping[Text, RawCell]) -> None:
        """A row of no finding: people's own rows do no harm, but what they filled in is not carried over."""
        filled = [title for title in words.FILLABLE if title in cells and not is_blank(cells[title])]
        if not filled:
            return
        text = Text(
            f'"{name}" is not the id of a finding; this row is not carried over'
            if name
            else "this row has no id of a finding and is not carried over; keep it on a sheet of your own",
            f"“{name}”不是发现项编号；该行不会沿用" if name else "该行没有发现项编号，不会沿用；请另建工作表保存",
        )
        self.tell("action-without-id", "warning", row, words.ID, text)

    def twice(self, row: int, first: int, name: str) -> None:
        place = self.sheet.at(first, self.sheet.columns[words.ID]).cell
        text = Text(
            f"{name} stands here a second time with other entries; those of {place} are carried over, not these",
            f"{name} 重复出现且内容不同；沿用 {place} 所在行的内容，本行不沿用",
        )
        self.tell("action-twice", "error", row, words.ID, text)

    def lost(self, row: int, title: Text, raw: RawCell) -> None:
        said = raw_text(raw) or Text("a formula without a stored result", "公式没有保存结果").en
        text = Text(
            f'"{title.en}" cannot be read ({said}); write it as plain text',
            f"“{title.zh}”无法读取（{raw_text(raw) or '公式没有保存结果'}）；请直接填写内容",
        )
        self.tell("action-unreadable", "error", row, title, text)

    def tell(self, code: str, severity: str, row: int, title: Text, text: Text) -> None:
        at = self.sheet.at(row, self.sheet.columns[title])
        self.problems.append(InputProblem(code, "error" if severity == "error" else "warning", text, at))


def _day(raw: RawCell) -> date | None:
    """The day that a cell holds, or None."""
    if isinstance(raw, Merged):
        return _day(raw.text)
    if isinstance(raw, str):
        read = date_of_text(clean(raw))
    elif isinstance(raw, date):
        read = date_of_moment(
            raw.replace(hour=0, minute=0, second=0, microsecond=0) if isinstance(raw, datetime) else raw
        )
    else:
        return None
    return None if isinstance(read, Reason) else read
