"""Finds the action lists in an older report: sheets with the columns of one, wherever people moved them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from riskcheck.celltext import clean
from riskcheck.errors import Diagnostic, UsageError
from riskcheck.facts.grid import Grid
from riskcheck.facts.rawcell import raw_text
from riskcheck.facts.sheet import Sheet
from riskcheck.frozen import frozen
from riskcheck.model.factset import InputProblem
from riskcheck.model.place import Location, cell_name
from riskcheck.model.text import LANGUAGES, Text
from riskcheck.reports import actionwords as words
from riskcheck.reports.excelactions import CLOSED_COLUMNS, OPEN_COLUMNS

_HEADER_WITHIN = 64
"""The header stands in one of so many first rows."""
_COLUMNS = {
    _key: column.title
    for column in (*OPEN_COLUMNS, *CLOSED_COLUMNS)
    for _key in (clean(column.title.of(language)).casefold() for language in LANGUAGES)
}
"""The columns of both lists by their folded titles, in both languages."""


@frozen
class ActionSheet:
    """One action list: its cells, the row of its header, and where its columns stand (from 0), by their titles."""

    file: str
    grid: Grid
    header: int
    columns: dict[Text, int]
    problems: tuple[InputProblem, ...]

    def at(self, row: int, column: int) -> Location:
        """The place of a cell."""
        return Location(self.file, self.grid.sheet.name, cell_name(row, column))


def action_sheets(sheets: Iterable[Sheet], file: str) -> tuple[ActionSheet | None, ActionSheet | None]:
    """The sheets of open and of closed actions; None for one that is not there.

    Raises UsageError if two sheets are a list of the same kind and neither has its name.
    """
    found = [sheet for each in sheets if (sheet := _action_sheet(each, file)) is not None]
    closed = [sheet for sheet in found if words.CLOSED in sheet.columns]
    opened = [sheet for sheet in found if words.CLOSED not in sheet.columns]
    return _only(opened, words.OPEN_SHEET, file), _only(closed, words.CLOSED_SHEET, file)


def _only(found: Sequence[ActionSheet], name: Text, file: str) -> ActionSheet | None:
    if len(found) < 2:
        return found[0] if found else None
    called = [each for each in found if each.grid.sheet.name in (name.en, name.zh)]
    if len(called) == 1:
        return called[0]
    names = [each.grid.sheet.name for each in found]
    message = Text(
        f"two sheets are lists of actions: {', '.join(names)}",
        f"有多个工作表是措施清单：{'、'.join(names)}",
    )
    cure = Text(
        f'delete the one that does not count, or call the other "{name.en}"',
        f"请删除不用的一张，或把要用的命名为“{name.zh}”",
    )
    raise UsageError(Diagnostic("two-action-lists", message, Location(file), (cure,)))


def _action_sheet(sheet: Sheet, file: str) -> ActionSheet | None:
    """The sheet as a list of actions, if it has the column of ids and one to be filled in."""
    grid = Grid(sheet)
    for row in grid.rows[:_HEADER_WITHIN]:
        columns, twice, others = _titles(grid, row)
        if words.ID in columns and any(each in columns for each in words.FILLABLE):
            problems = (*_columns_told(sheet, file, row, columns, twice), *_other_columns(grid, file, row, others))
            return ActionSheet(file, grid, row, columns, problems)
    return None


def _titles(grid: Grid, row: int) -> tuple[dict[Text, int], list[tuple[Text, int]], list[int]]:
    """The known columns of a header row, those that are named again, and the columns that are not known."""
    columns: dict[Text, int] = {}
    twice: list[tuple[Text, int]] = []
    others = []
    for column, raw in grid.filled(row):
        title = _COLUMNS.get(" ".join(clean(raw_text(raw)).casefold().split()))
        if title is None:
            others.append(column)
        elif title in columns:
            twice.append((title, column))
        else:
            columns[title] = column
    return columns, twice, others


def _columns_told(
    sheet: Sheet, file: str, row: int, columns: dict[Text, int], twice: Iterable[tuple[Text, int]]
) -> Iterator[InputProblem]:
    for title, column in twice:
        first = cell_name(row, columns[title])
        text = Text(
            f'the column "{title.en}" stands here a second time and is not read; that in {first} is',
            f"“{title.zh}”列重复出现，此列未读取；读取的是 {first} 所在列",
        )
        yield InputProblem("action-column-twice", "error", text, Location(file, sheet.name, cell_name(row, column)))
    for title in words.FILLABLE:
        if title not in columns:
            text = Text(
                f'the list has no column "{title.en}" any more; what stood in it is not carried over',
                f"清单中已没有“{title.zh}”列，该列内容无法沿用",
            )
            yield InputProblem("action-column-missing", "warning", text, Location(file, sheet.name))


def _other_columns(grid: Grid, file: str, row: int, columns: Iterable[int]) -> Iterator[InputProblem]:
    """That a column which people added is not carried over, if something stands in it."""
    for column in columns:
        count = sum(below > row for below in grid.rows_of_column(column))
        if count:
            shown = clean(raw_text(grid.cell(row, column)))
            text = Text(
                f'the column "{shown}" is not one of the list; its {count} filled cells are not carried over, so keep '
                'them in "Remark"',
                f"“{shown}”不是清单的列，其中 {count} 个已填单元格不会沿用；请把内容写入“备注”",
            )
            at = Location(file, grid.sheet.name, cell_name(row, column))
            yield InputProblem("action-column-unknown", "warning", text, at)
