"""The portfolio as a workbook: the projects, a heat map of items and projects, shared people, and what was not judged.

All text is written as text, so that nothing from the facts can run as a formula. The same portfolio gives the same
bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from riskcheck.model.finding import Outcome
from riskcheck.model.number import floor_text
from riskcheck.model.portfolio import Portfolio, ProjectResult
from riskcheck.model.text import Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.excelbook import ReportBook
from riskcheck.reports.excelcolumn import Column
from riskcheck.reports.excelsheet import Row, SheetWriter
from riskcheck.reports.exceltheme import OUTCOME_COLORS, VERDICT_COLORS
from riskcheck.reports.portfoliowords import LEGEND, OVER, SAME_PERSON, SIGNS, first_reason, rules, total

MOST_PROJECTS = 10_000
"""So many projects have a column in the heat map: Excel takes 16,384."""
MOST_LISTED = 100_000
"""So many projects have a row, and so many that could not be judged: Excel takes a million, and not quickly."""
_OVER_COLORS = {Outcome.FAIL: OUTCOME_COLORS[Outcome.FAIL], Outcome.UNKNOWN: OUTCOME_COLORS[Outcome.UNKNOWN]}


def render(portfolio: Portfolio, style: Style) -> bytes:
    """The workbook as bytes, in the language of `style`."""
    book = ReportBook("riskcheck portfolio")
    _Sheets(book, portfolio, style).write()
    return book.finish()


class _Sheets(SheetWriter):
    def __init__(self, book: ReportBook, portfolio: Portfolio, style: Style) -> None:
        self.book, self.portfolio, self.language, self.theme = book, portfolio, style.language, book.theme

    def write(self) -> None:
        self.projects_sheet()
        self.heat_map_sheet()
        self.shared_sheet()
        self.not_judged_sheet()
        self.notes_sheet()

    def projects_sheet(self) -> None:
        columns = (
            Column(Text("No.", "序号"), 5),
            Column(Text("Verdict", "结论"), 14),
            Column(Text("Project ID", "项目编号"), 14),
            Column(Text("Project", "项目"), 26, wrap=True),
            Column(Text("Gate", "关口"), 7),
            Column(Text("As of", "评审日期"), 12),
            Column(Text("Score, low", "得分下限"), 8),
            Column(Text("Score, high", "得分上限"), 8),
            Column(Text("Must-meets failed", "必须满足项不通过"), 26, wrap=True),
            Column(Text("First reason", "首要理由"), 44, wrap=True),
            Column(Text("Input errors", "输入错误"), 8),
            Column(Text("File", "文件"), 24, wrap=True),
        )
        rows = (
            self.project_row(number, each)
            for number, each in enumerate(islice(self.portfolio.projects, MOST_LISTED), 1)
        )
        listing = self.listing(self.t("Projects", "项目"), columns, rows, freeze_columns=3)
        for verdict, color in VERDICT_COLORS.items():
            word = self.say(phrases.VERDICT[verdict])
            shown = self.book.writer.add_format({"bg_color": color, "font_color": "white", "bold": True})
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": shown}
            listing.sheet.conditional_format(1, 1, max(1, listing.count), 1, rule)

    def project_row(self, number: int, project: ProjectResult) -> Row:
        score = project.score
        return (
            number,
            self.say(phrases.VERDICT[project.verdict]),
            project.project_id or "",
            project.project_name or "",
            project.gate,
            project.as_of.isoformat(),
            float(floor_text(score.low)) if score else None,
            float(floor_text(score.high)) if score else None,
            ", ".join(project.must_meets_failed),
            self.say(first_reason(project)),
            project.problems,
            project.source,
        )

    def heat_map_sheet(self) -> None:
        """Items down, projects across, the worst ones top left."""
        sheet = self.book.writer.add_worksheet(self.t("Heat map", "热力图"))
        projects = self.portfolio.projects[:MOST_PROJECTS]
        left = len(self.portfolio.projects) - len(projects)
        note = self.say(LEGEND) + (
            self.t(f"; {left} more projects are not shown", f"；另有 {left} 个项目未显示") if left else ""
        )
        self.text(sheet, 0, 0, note, self.theme.note)
        upright = {"rotation": 90, "bold": True, "align": "center", "valign": "bottom", "border": 1}
        head = self.book.writer.add_format(upright)
        self.text(sheet, 1, 0, self.t("Item", "条目"), self.theme.header)
        self.text(sheet, 1, 1, self.t("What it is about", "条目内容"), self.theme.header)
        for column, project in enumerate(projects, 2):
            self.text(sheet, 1, column, project.name, head)
        for row, item in enumerate(self.portfolio.items_worst_first, 2):
            self.text(sheet, row, 0, item.id, self.theme.cell)
            self.text(sheet, row, 1, self.say(item.title), self.theme.cell)
            for column, project in enumerate(projects, 2):
                self.heat(sheet, row, column, project.of_item(item.id))
        sheet.set_row(1, 110)
        sheet.set_column(0, 0, 13)
        sheet.set_column(1, 1, 40)
        sheet.set_column(2, max(2, len(projects) + 1), 4)
        sheet.freeze_panes(2, 2)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.repeat_rows(1)
        sheet.repeat_columns(0, 1)

    def heat(self, sheet: Any, row: int, column: int, outcome: Outcome | None) -> None:
        if outcome is None:
            return
        strong = outcome in (Outcome.FAIL, Outcome.ERROR)
        self.text(sheet, row, column, SIGNS[outcome], self.theme.heat(OUTCOME_COLORS[outcome], strong=strong))

    def shared_sheet(self) -> None:
        columns = (
            Column(Text("Limit kept?", "是否超限"), 13),
            Column(Text("Who", "人员"), 18),
            Column(Text("At one time, in all", "同一时间合计"), 16),
            Column(Text("Limit", "限值"), 8),
            Column(Text("Check", "检查"), 13),
            Column(Text("By project", "各项目"), 60, wrap=True),
        )
        rows: list[Row] = [
            (
                self.say(OVER[each.over]),
                each.who,
                self.say(total(each)),
                each.limit,
                each.check,
                "\n".join(f"{name}: {load}" for name, load in each.projects),
            )
            for each in self.portfolio.shared
        ]
        listing = self.listing(self.t("Shared people", "共用人员"), columns, rows, freeze_columns=2)
        for outcome, color in _OVER_COLORS.items():
            self.color_equal(listing, 0, self.say(OVER[outcome]), color)
        self.text(listing.sheet, listing.count + 2, 0, self.say(SAME_PERSON), self.theme.note)

    def not_judged_sheet(self) -> None:
        columns = (
            Column(Text("File", "文件"), 36, wrap=True),
            Column(Text("Project ID", "项目编号"), 14),
            Column(Text("Why", "原因"), 80, wrap=True),
        )
        rows: list[Row] = [
            (each.source, each.project_id or "", "\n".join(self.say_all(each.why)))
            for each in islice(self.portfolio.not_judged, MOST_LISTED)
        ]
        self.listing(self.t("Not judged", "未能判定"), columns, rows, freeze_columns=1)

    def notes_sheet(self) -> None:
        columns = (
            Column(Text("Kind", "类别"), 10),
            Column(Text("About the files, and what judged", "关于文件和判定依据"), 110, wrap=True),
        )
        error, note = self.say(phrases.SEVERITY["error"]), self.say(phrases.SEVERITY["note"])
        rows: list[Row] = [
            (note, self.say(rules(self.portfolio))),
            *((error, self.say(text)) for text in _not_listed(self.portfolio)),
            *((error if each.is_error else note, self.say(each.text)) for each in self.portfolio.notes),
        ]
        self.listing(self.t("Notes", "说明"), columns, rows, freeze_columns=0)


def _not_listed(portfolio: Portfolio) -> Iterator[Text]:
    """What the workbook has no room for."""
    if (left := len(portfolio.projects) - MOST_LISTED) > 0:
        en = f"the {left} best projects are not listed here; they are in outputs as .csv, .jsonl and .parquet"
        yield Text(en, f"其余 {left} 个较好的项目未列出；.csv、.jsonl 和 .parquet 输出中有全部项目")
    if (left := len(portfolio.not_judged) - MOST_LISTED) > 0:
        en = f"{left} more that could not be judged are not listed here; they are in outputs as .csv and .jsonl"
        yield Text(en, f"另有 {left} 个未能判定的项目未列出；.csv 和 .jsonl 输出中有全部")
