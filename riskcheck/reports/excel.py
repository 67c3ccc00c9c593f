"""The report as a workbook: a verdict page to send on, and a sheet for each kind of detail.

All text is written as text, so that nothing from the facts can run as a formula. The same assessment gives the same
bytes: the creation date is fixed, and every order is the assessment's.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from riskcheck.model.assessment import Assessment, PartScore, Score
from riskcheck.model.finding import CompoundState, Evidence, Finding, Missing, Outcome
from riskcheck.model.number import floor_text
from riskcheck.model.place import Location
from riskcheck.model.text import Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.display import printable
from riskcheck.reports.exceltheme import BAND_COLORS, OUTCOME_COLORS, VERDICT_COLORS, Theme
from riskcheck.reports.nextfacts import facts_to_supply

_CREATED = datetime.datetime(2000, 1, 1)
_MAX_CELL = 32_000
"""Excel takes 32,767 characters in a cell; a longer text is cut, and says so."""

Cell = str | int | float | None


def render(assessment: Assessment, style: Style) -> bytes:
    """The workbook as bytes, in the language of `style`."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": _CREATED, "title": f"riskcheck {assessment.gate} {assessment.verdict.value}"})
        _Report(book, assessment, style).write()
    return buffer.getvalue()


@dataclass(frozen=True)
class _Column:
    """One column of a listing: its title, width, and whether its text wraps."""

    title: Text
    width: int
    wrap: bool = False


class _Report:
    def __init__(self, book: Any, assessment: Assessment, style: Style) -> None:
        self.book, self.seen, self.language = book, assessment, style.language
        self.theme = Theme(book)

    def write(self) -> None:
        self.verdict_page()
        self.findings_sheet()
        self.actions_sheet()
        self.compounds_sheet()
        self.parts_sheet()
        self.missing_sheet()
        self.problems_sheet()

    def say(self, text: Text) -> str:
        return text.of(self.language)

    def t(self, en: str, zh: str) -> str:
        return zh if self.language == "zh" else en

    # ------------------------------------------------------------ verdict page

    def verdict_page(self) -> None:
        seen, theme = self.seen, self.theme
        sheet = self.book.add_worksheet(self.t("Verdict", "结论"))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)
        for column, wide in enumerate((22, 14, 14, 14, 14, 14, 3, 12, 9, 9, 9, 9, 9)):
            sheet.set_column(column, column, wide)
        sheet.set_row(0, 36)
        color = VERDICT_COLORS[seen.verdict]
        headline = f"{self.say(phrases.VERDICT[seen.verdict])}  {self.say(phrases.GATE_STATE[seen.verdict.opens])}"
        self.merged(sheet, 0, 0, 0, 5, headline, theme.banner(color))
        row = self.facts_of_the_run(sheet, 2)
        row = self.scores_table(sheet, row + 1)
        self.reasons(sheet, row + 1)
        self.heat_map(sheet, 2, 7)
        self.score_chart(sheet, 11, 7)

    def facts_of_the_run(self, sheet: Any, row: int) -> int:
        seen = self.seen
        lines: list[tuple[str, str]] = [
            (self.t("Project", "项目"), " ".join(part for part in (seen.project_id, seen.project_name) if part) or "-"),
            (self.t("Gate", "关口"), f"{seen.gate} {self.say(seen.gate_title)}"),
            (self.t("As of", "评审日期"), seen.as_of.isoformat()),
            (self.t("Rule pack", "规则包"), f"{seen.pack.id} {seen.pack.version} (SHA-256 {seen.pack.sha256})"),
            *((self.t("Facts", "资料"), f"{each.file} (SHA-256 {each.sha256})") for each in seen.inputs),
            *((self.t("Assumption", "假定"), self.say(each.text)) for each in seen.assumptions),
            (self.t("Tool", "工具"), f"riskcheck {seen.tool_version}"),
        ]
        for label, text in lines:
            self.text(sheet, row, 0, label, self.theme.label)
            self.merged(sheet, row, 1, row, 5, text, self.theme.value)
            row += 1
        return row

    def scores_table(self, sheet: Any, row: int) -> int:
        """Score and coverage of the whole, the phases and the elements; the chart reads the hidden last columns."""
        titles = (
            self.t("Score", "得分"),
            self.t("Low (sure)", "下限（已确定）"),
            self.t("High (at best)", "上限（最好情形）"),
            self.t("Judged", "已判定"),
        )
        for column, title in enumerate(titles):
            self.text(sheet, row, column, title, self.theme.header)
        whole = PartScore("all", Text("All checks", "全部检查"), self.seen.score)
        for part in (whole, *self.seen.phases, *self.seen.elements):
            row += 1
            self.text(sheet, row, 0, self.say(part.title), self.theme.label)
            self.score_cells(sheet, row, part.score)
        return row + 1

    def score_cells(self, sheet: Any, row: int, score: Score | None) -> None:
        if score is None:
            for column in (1, 2, 3):
                self.text(sheet, row, column, "–", self.theme.dash)
            return
        sheet.write_number(row, 1, float(floor_text(score.low)), self.theme.score)
        sheet.write_number(row, 2, float(floor_text(score.high)), self.theme.score)
        sheet.write_number(row, 3, float(floor_text(score.coverage * 100)) / 100, self.theme.percent)

    def reasons(self, sheet: Any, row: int) -> None:
        self.merged(sheet, row, 0, row, 5, self.t("Why", "理由"), self.theme.header)
        if self.seen.undeclared:
            row += 1
            names = self.t(", ", "、").join(self.say(each.title) for each in self.seen.undeclared)
            text = self.t(
                f"Cannot be judged only because these tables are not declared complete: {names}",
                f"无法判定的唯一原因是以下各表未声明完整：{names}",
            )
            self.merged(sheet, row, 0, row, 5, text, self.theme.wrapped)
            sheet.set_row(row, 15 * (1 + len(text) // 60))
        for reason in self.seen.reasons[:20]:
            row += 1
            about = f"  ({reason.check})" if reason.check else ""
            self.merged(sheet, row, 0, row, 5, f"• {self.say(reason.text)}{about}", self.theme.wrapped)
        if len(self.seen.reasons) > 20:
            count = len(self.seen.reasons) - 20
            text = self.t(f"… and {count} more: see the findings", f"……另有 {count} 条，见发现项")
            self.merged(sheet, row + 1, 0, row + 1, 5, text, self.theme.wrapped)

    def heat_map(self, sheet: Any, row: int, column: int) -> None:
        """Open findings by likelihood (up) and impact (right): how many in each of the 25 cells."""
        title = self.t("Open findings: likelihood × impact", "未关闭项：可能性 × 影响")
        self.merged(sheet, row, column, row, column + 5, title, self.theme.header)
        counts: dict[tuple[int, int], int] = {}
        for finding in self.seen.findings:
            if finding.is_open:
                counts[finding.likelihood, finding.impact] = counts.get((finding.likelihood, finding.impact), 0) + 1
        for likelihood in range(5, 0, -1):
            line = row + 6 - likelihood
            label = f"{self.t('Likelihood', '可能性')} {likelihood}"
            self.text(sheet, line, column, label, self.theme.label)
            for impact in range(1, 6):
                color = BAND_COLORS[_band_name(likelihood * impact)]
                count = counts.get((likelihood, impact))
                if count:
                    sheet.write_number(line, column + impact, count, self.theme.heat(color, strong=True))
                else:
                    sheet.write_blank(line, column + impact, None, self.theme.heat(color, strong=False))
        for impact in range(1, 6):
            self.text(sheet, row + 6, column + impact, f"{self.t('Impact', '影响')} {impact}", self.theme.label)

    def score_chart(self, sheet: Any, row: int, column: int) -> None:
        """A bar for each phase and element: what is sure, and what unknowns could still add."""
        first = 2 + 5 + len(self.seen.inputs) + len(self.seen.assumptions) + 1 + 2
        last = first + len(self.seen.phases) + len(self.seen.elements) - 1
        name = self.t("Verdict", "结论")
        chart = self.book.add_chart({"type": "bar"})
        categories = [name, first, 0, last, 0]
        series = ((2, self.t("High (at best)", "上限"), "#BDD7EE"), (1, self.t("Low (sure)", "下限"), "#1F4E78"))
        for source, title, color in series:
            chart.add_series(
                {
                    "name": title,
                    "categories": categories,
                    "values": [name, first, source, last, source],
                    "fill": {"color": color},
                    "gap": 60,
                    "overlap": 100,
                }
            )
        chart.set_x_axis({"min": 0, "max": 100, "major_gridlines": {"visible": True, "line": {"color": "#E3E8ED"}}})
        chart.set_y_axis({"reverse": True})
        chart.set_title({"name": self.t("Score by phase and element", "各阶段与各要素得分"), "name_font": {"size": 11}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 500, "height": 300})
        sheet.insert_chart(
            row, column, chart, {"description": self.t("Score by phase and element", "各阶段与要素得分")}
        )

    # ------------------------------------------------------------ listings

    def findings_sheet(self) -> None:
        columns = (
            _Column(Text("Outcome", "结果"), 11),
            _Column(Text("Check", "检查"), 14),
            _Column(Text("What is checked", "检查内容"), 40, wrap=True),
            _Column(Text("Must-meet", "必须满足"), 10),
            _Column(Text("Band", "风险等级"), 10),
            _Column(Text("Likelihood", "可能性"), 10),
            _Column(Text("Impact", "影响"), 9),
            _Column(Text("Rating", "风险值"), 9),
            _Column(Text("Phase", "阶段"), 13),
            _Column(Text("Elements", "要素"), 18, wrap=True),
            _Column(Text("Why", "理由"), 50, wrap=True),
            _Column(Text("Measured", "实测值"), 14),
            _Column(Text("Limits", "限值"), 26, wrap=True),
            _Column(Text("Deciding cells", "依据单元格"), 52, wrap=True),
            _Column(Text("Cells in all", "单元格总数"), 10),
            _Column(Text("To supply", "需补充"), 44, wrap=True),
            _Column(Text("Control", "应对措施"), 46, wrap=True),
            _Column(Text("Owner", "责任人"), 18),
            _Column(Text("Due", "期限"), 14),
            _Column(Text("Item", "条目"), 40, wrap=True),
        )
        rows = [self.finding_row(finding) for finding in self.seen.findings]
        sheet = self.listing(self.t("Findings", "发现项"), columns, rows, freeze_columns=2)
        for outcome, color in OUTCOME_COLORS.items():
            self.theme.color_equal(sheet, len(rows), 0, self.say(phrases.OUTCOME[outcome]), color)
        for band, word in phrases.BAND.items():
            self.theme.color_equal(sheet, len(rows), 4, self.say(word), BAND_COLORS[band.value])

    def finding_row(self, finding: Finding) -> tuple[Cell, ...]:
        names = {part.id: self.say(part.title) for part in (*self.seen.phases, *self.seen.elements)}
        limits = "\n".join(f"{each.name} = {each.value} ({each.origin})" for each in finding.limits)
        return (
            self.say(phrases.OUTCOME[finding.outcome]),
            finding.check,
            self.say(finding.title),
            self.say(phrases.YES if finding.must_meet else phrases.NO),
            self.say(phrases.BAND[finding.band]),
            finding.likelihood,
            finding.impact,
            finding.rating,
            names[finding.phase],
            self.t(", ", "、").join(names[each] for each in finding.elements),
            "\n".join(self.say(reason) for reason in finding.reasons),
            finding.measure,
            limits,
            "\n".join(self.evidence(each) for each in finding.evidence),
            finding.evidence_count,
            "\n".join(self.missing(each) for each in finding.missing) if finding.outcome is Outcome.UNKNOWN else "",
            self.say(finding.control) if finding.is_open else "",
            self.say(finding.owner_title),
            self.say(finding.due.text) if finding.due else "",
            f"{finding.item} {self.say(finding.item_title)}",
        )

    def actions_sheet(self) -> None:
        columns = (
            _Column(Text("Finding", "发现项编号"), 26),
            _Column(Text("Check", "检查"), 14),
            _Column(Text("Outcome", "结果"), 11),
            _Column(Text("Rating", "风险值"), 9),
            _Column(Text("What is wrong", "问题"), 50, wrap=True),
            _Column(Text("Where", "位置"), 44, wrap=True),
            _Column(Text("Control", "应对措施"), 50, wrap=True),
            _Column(Text("Owner", "责任人"), 18),
            _Column(Text("Due", "期限"), 14),
            _Column(Text("Status", "状态"), 12),
        )
        status = self.t("open", "未关闭")
        rows = [
            (
                finding.id,
                finding.check,
                self.say(phrases.OUTCOME[finding.outcome]),
                finding.rating,
                "\n".join((self.say(finding.title), *(self.say(reason) for reason in finding.reasons))),
                "\n".join(_place(each.location) for each in (finding.evidence or finding.missing)),
                self.say(finding.control),
                self.say(finding.owner_title),
                self.say(finding.due.text) if finding.due else "",
                status,
            )
            for finding in self.seen.findings
            if finding.is_open
        ]
        sheet = self.listing(self.t("Actions", "整改措施"), columns, rows, freeze_columns=2)
        for outcome, color in OUTCOME_COLORS.items():
            self.theme.color_equal(sheet, len(rows), 2, self.say(phrases.OUTCOME[outcome]), color)

    def compounds_sheet(self) -> None:
        columns = (
            _Column(Text("State", "状态"), 12),
            _Column(Text("Rule", "规则"), 10),
            _Column(Text("Compound risk", "复合风险"), 44, wrap=True),
            _Column(Text("Blocks the gate", "阻断关口"), 12),
            _Column(Text("Likelihood", "可能性"), 10),
            _Column(Text("Impact", "影响"), 9),
            _Column(Text("Leads to", "后果"), 44, wrap=True),
            _Column(Text("Failing members", "相关不通过项"), 34, wrap=True),
            _Column(Text("Part of", "包含于"), 10),
            _Column(Text("Control", "应对措施"), 50, wrap=True),
        )
        rows = [
            (
                self.say(phrases.COMPOUND[each.state]),
                each.id,
                self.say(each.title),
                self.say(phrases.YES if each.blocks_gate else phrases.NO),
                each.likelihood,
                each.impact,
                self.say(each.consequence),
                ", ".join(each.failing),
                each.part_of or "",
                self.say(each.control),
            )
            for each in self.seen.compounds
        ]
        sheet = self.listing(self.t("Compound risks", "复合风险"), columns, rows, freeze_columns=2)
        colors = {CompoundState.FIRED: Outcome.FAIL, CompoundState.POSSIBLE: Outcome.UNKNOWN}
        for state, outcome in colors.items():
            self.theme.color_equal(sheet, len(rows), 0, self.say(phrases.COMPOUND[state]), OUTCOME_COLORS[outcome])

    def parts_sheet(self) -> None:
        """How each phase and element came out: score, coverage, and the number of checks by outcome."""
        outcomes = tuple(Outcome)
        columns = (
            _Column(Text("Phase or element", "阶段或要素"), 24),
            _Column(Text("Low (sure)", "下限（已确定）"), 14),
            _Column(Text("High (at best)", "上限（最好情形）"), 16),
            _Column(Text("Judged", "已判定"), 10),
            *(_Column(phrases.OUTCOME[outcome], 12) for outcome in outcomes),
        )
        phases = [(part, [f for f in self.seen.findings if f.phase == part.id]) for part in self.seen.phases]
        elements = [(part, [f for f in self.seen.findings if part.id in f.elements]) for part in self.seen.elements]
        rows: list[tuple[Cell, ...]] = [
            (
                self.say(part.title),
                *_score_numbers(part.score),
                *(sum(finding.outcome is outcome for finding in findings) for outcome in outcomes),
            )
            for part, findings in (*phases, *elements)
        ]
        self.listing(self.t("Phases and elements", "阶段与要素"), columns, rows, freeze_columns=1)

    def missing_sheet(self) -> None:
        columns = (
            _Column(Text("What to do", "需要做什么"), 30),
            _Column(Text("Fact", "资料项"), 36),
            _Column(Text("Checks served", "涉及检查数"), 12),
            _Column(Text("Sum of ratings", "风险值合计"), 12),
            _Column(Text("Places (first ones)", "位置（前几处）"), 44, wrap=True),
            _Column(Text("Places listed", "所列位置数"), 12),
            _Column(Text("Checks", "检查"), 60, wrap=True),
        )
        rows = [
            (
                self.say(phrases.NEED[each.need]),
                each.fact,
                len(each.checks),
                each.rating,
                "\n".join(each.locations),
                each.count,
                ", ".join(each.checks),
            )
            for each in facts_to_supply(self.seen)
        ]
        self.listing(self.t("Missing facts", "缺失资料"), columns, rows, freeze_columns=2)

    def problems_sheet(self) -> None:
        columns = (
            _Column(Text("Severity", "程度"), 10),
            _Column(Text("Place", "位置"), 40),
            _Column(Text("Problem", "问题"), 90, wrap=True),
            _Column(Text("Code", "代码"), 24),
        )
        rows = [
            (self.say(phrases.SEVERITY[each.severity]), _place(each.location), self.say(each.text), each.code)
            for each in self.seen.input_problems
        ]
        self.listing(self.t("Input problems", "资料问题"), columns, rows, freeze_columns=1)

    # ------------------------------------------------------------ writing

    def listing(
        self, name: str, columns: Sequence[_Column], rows: Sequence[tuple[Cell, ...]], *, freeze_columns: int
    ) -> Any:
        """A sheet with a frozen, filtered header row and one row for each entry."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, freeze_columns)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            self.text(sheet, 0, number, self.say(column.title), self.theme.header)
        for line, row in enumerate(rows, 1):
            for number, (column, cell) in enumerate(zip(columns, row, strict=True)):
                chosen = self.theme.wrapped if column.wrap else self.theme.cell
                self.cell(sheet, line, number, cell, chosen)
            sheet.set_row(line, 15 * self.lines_of(columns, row))
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        if not rows:
            self.text(sheet, 1, 0, self.t("none", "无"), self.theme.cell)
        return sheet

    def lines_of(self, columns: Sequence[_Column], row: tuple[Cell, ...]) -> int:
        """How many lines the row needs, 20 at most: spreadsheet programs do not grow rows on their own."""
        from riskcheck.reports.display import width

        wrapped = ((column.width, cell) for column, cell in zip(columns, row, strict=True) if column.wrap)
        counts = [
            sum(1 + width(line) // wide for line in cell.split("\n")) for wide, cell in wrapped if isinstance(cell, str)
        ]
        return min(20, max(counts, default=1))

    def cell(self, sheet: Any, row: int, column: int, value: Cell, chosen: Any) -> None:
        if isinstance(value, str):
            self.text(sheet, row, column, value, chosen)
        elif value is not None:
            sheet.write_number(row, column, value, chosen)
        else:
            sheet.write_blank(row, column, None, chosen)

    def text(self, sheet: Any, row: int, column: int, value: str, chosen: Any) -> None:
        """Write text as text, whatever it begins with."""
        sheet.write_string(row, column, self.bounded(value), chosen)

    def merged(
        self, sheet: Any, row: int, column: int, last_row: int, last_column: int, value: str, chosen: Any
    ) -> None:
        sheet.merge_range(row, column, last_row, last_column, "", chosen)
        self.text(sheet, row, column, value, chosen)

    def bounded(self, value: str) -> str:
        clean = printable(value)
        if len(clean) <= _MAX_CELL:
            return clean
        return clean[:_MAX_CELL] + self.t(f" … ({len(clean)} characters in all)", f" ……（共 {len(clean)} 个字符）")

    def evidence(self, evidence: Evidence) -> str:
        shown = evidence.value if evidence.value is not None else self.say(phrases.STATE[evidence.state])
        return f"{_place(evidence.location)}  {evidence.fact} = {shown}"

    def missing(self, missing: Missing) -> str:
        return f"{_place(missing.location)}  {missing.fact}: {self.say(phrases.NEED[missing.need])}".strip()


def _place(location: Location | None) -> str:
    if location is None:
        return ""
    if location.sheet is not None:
        return "!".join(part for part in (location.sheet, location.cell) if part)
    return str(location)


def _score_numbers(score: Score | None) -> tuple[Cell, Cell, Cell]:
    if score is None:
        return ("–", "–", "–")
    return (
        float(floor_text(score.low)),
        float(floor_text(score.high)),
        f"{floor_text(score.coverage * 100)} %",
    )


def _band_name(product: int) -> str:
    return "critical" if product >= 20 else "high" if product >= 12 else "medium" if product >= 5 else "low"
