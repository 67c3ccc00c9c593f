"""The first page of the report workbook: verdict, scores, reasons, heat map and chart, on one printed page."""

from __future__ import annotations

from typing import Any

from riskcheck.model.assessment import PartScore, Score
from riskcheck.model.finding import band_of
from riskcheck.model.number import floor_text
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.excelcolumn import Linked
from riskcheck.reports.excelheight import height_of
from riskcheck.reports.excellinks import within
from riskcheck.reports.excelparts import PartsSheet
from riskcheck.reports.excelplaces import FINDINGS, VERDICT
from riskcheck.reports.excelsheet import SheetWriter
from riskcheck.reports.exceltheme import BAND_COLORS, VERDICT_COLORS

_A4 = 9
_WIDTHS = (20, 18, 18, 12, 12, 12, 3, 12, 9, 9, 9, 9, 9)
_SCORE_WIDTHS = _WIDTHS[:4]
_SCORE_CHART_HEIGHT = 300
_MAX_REASONS = 20
"""How many reasons the page shows; the findings have the others."""


class VerdictPage(SheetWriter):
    """Writes the page."""

    def write(self) -> None:
        seen, theme = self.seen, self.theme
        sheet = self.book.writer.add_worksheet(self.say(VERDICT))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 1)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.center_horizontally()
        for column, wide in enumerate(_WIDTHS):
            sheet.set_column(column, column, wide)
        sheet.set_row(0, 36)
        color = VERDICT_COLORS[seen.verdict]
        headline = f"{self.say(phrases.VERDICT[seen.verdict])}  {self.say(phrases.GATE_STATE[seen.verdict.opens])}"
        self.merged(sheet, 0, 0, 0, 5, headline, theme.banner(color))
        scores_row = self.facts_of_the_run(sheet, 2) + 1
        row = self.scores_table(sheet, scores_row)
        row = self.reasons(sheet, row + 1)
        self.audit_trail(sheet, row + 1)
        self.heat_map(sheet, 2, 7)
        self.score_chart(sheet, 11, 7, scores_row)
        self.part(PartsSheet).band_chart(sheet, 11, 7, y_offset=_SCORE_CHART_HEIGHT + 12)

    def facts_of_the_run(self, sheet: Any, row: int) -> int:
        seen = self.seen
        lines: list[tuple[str, str]] = [
            (self.t("Project", "项目"), seen.named or "-"),
            (self.t("Gate", "关口"), f"{seen.gate} {self.say(seen.gate_title)}"),
            (self.t("As of", "评审日期"), seen.as_of.isoformat()),
            (self.t("Rule pack", "规则包"), f"{seen.pack.id} {seen.pack.version}"),
            *self.profile_line(),
            *((self.t("Facts", "资料"), each.file) for each in seen.inputs),
            *([(self.t("Mapping", "映射"), seen.mapping.file)] if seen.mapping else []),
            *self.waivers_line(),
            *self.evidence_line(),
            *((self.t("Note", "说明"), self.say(each.text)) for each in seen.assumptions),
        ]
        for label, text in lines:
            self.text(sheet, row, 0, label, self.theme.label)
            self.paragraph(sheet, row, text, self.theme.value, first_column=1)
            row += 1
        return row

    def profile_line(self) -> list[tuple[str, str]]:
        """Which profile was used and how much it changes, if one was; a sheet of its own has the details."""
        if self.seen.profile is None:
            return []
        from riskcheck.reports.profileuse import headline

        return [(self.t("Profile", "裁剪方案"), self.say(headline(self.seen.profile)))]

    def waivers_line(self) -> list[tuple[str, str]]:
        """Whether the verdict rests on waivers, and what it would be without."""
        if self.seen.waivers is None:
            return []
        from riskcheck.reports.waiverwords import HEADING, without

        return [(self.say(HEADING), self.say(without(self.seen.waivers)))]

    def evidence_line(self) -> list[tuple[str, str]]:
        """On how good evidence the facts rest, if that was graded."""
        confidence = self.seen.confidence
        if confidence is None:
            return []
        overall, musts = (
            "-" if grade is None else floor_text(grade) for grade in (confidence.overall, confidence.must_meet)
        )
        text = self.t(
            f"grade {overall} of 1 on average, {musts} for must-meet checks",
            f"平均等级 {overall}（满分 1），必须满足项 {musts}",
        )
        return [(self.t("Evidence", "证据"), text)]

    def scores_table(self, sheet: Any, row: int) -> int:
        """Score and coverage of the whole, the phases and the elements, below a header; returns the first row below."""
        titles = (
            self.t("Score", "得分"),
            self.t("Low (sure)", "下限（已确定）"),
            self.t("High (at best)", "上限（最好情形）"),
            self.t("Judged", "已判定"),
        )
        for column, title in enumerate(titles):
            self.text(sheet, row, column, title, self.theme.header)
        sheet.set_row(row, height_of(titles, _SCORE_WIDTHS))
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
        sheet.write_number(row, 3, score.coverage.floor(10_000) / 10_000, self.theme.percent)

    def reasons(self, sheet: Any, row: int) -> int:
        """Why the verdict is what it is; returns the first row below."""
        self.merged(sheet, row, 0, row, 5, self.t("Why", "理由"), self.theme.header)
        if self.seen.undeclared:
            row += 1
            names = self.t(", ", "、").join(self.say(each.title) for each in self.seen.undeclared)
            text = self.t(
                f"Cannot be judged only because these tables are not declared complete: {names}",
                f"无法判定的唯一原因是以下各表未声明完整：{names}",
            )
            self.paragraph(sheet, row, text, self.theme.wrapped)
        for reason in self.seen.reasons[:_MAX_REASONS]:
            row += 1
            about = f"  ({reason.check})" if reason.check else ""
            text = f"• {self.say(reason.text)}{about}"
            link = self.places.finding(reason.check)
            self.paragraph(sheet, row, text, self.theme.link if link else self.theme.wrapped)
            if link:
                self.link(sheet, row, 0, Linked(text, link))
        if len(self.seen.reasons) > _MAX_REASONS:
            row += 1
            count = len(self.seen.reasons) - _MAX_REASONS
            text = self.t(f"… and {count} more: see the findings", f"……另有 {count} 条，见发现项")
            self.paragraph(sheet, row, text, self.theme.link)
            self.link(sheet, row, 0, Linked(text, within(self.say(FINDINGS), 0)))
        return row + 1

    def audit_trail(self, sheet: Any, row: int) -> None:
        """What was judged by what: enough to run it again, and to see that nothing was changed."""
        seen = self.seen
        self.merged(sheet, row, 0, row, 5, self.t("Audit trail (SHA-256)", "审计信息（SHA-256）"), self.theme.header)
        lines = (
            (self.t("Rule pack", "规则包"), seen.pack.sha256),
            *([(self.t("Profile", "裁剪方案"), seen.profile.sha256)] if seen.profile else []),
            *((self.t("Facts", "资料"), each.sha256) for each in seen.inputs),
            *([(self.t("Mapping", "映射"), seen.mapping.sha256)] if seen.mapping else []),
            (self.t("Tool", "工具"), f"riskcheck {seen.tool_version}"),
        )
        for label, text in lines:
            row += 1
            self.text(sheet, row, 0, label, self.theme.label)
            self.paragraph(sheet, row, text, self.theme.value, first_column=1)

    def paragraph(self, sheet: Any, row: int, text: str, chosen: Any, *, first_column: int = 0) -> None:
        """Text across the left half, its row made high enough: merged cells do not grow on their own."""
        self.merged(sheet, row, first_column, row, 5, text, chosen)
        sheet.set_row(row, height_of([text], [sum(_WIDTHS[first_column:6])]))

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
                color = BAND_COLORS[band_of(likelihood, impact)]
                count = counts.get((likelihood, impact))
                if count:
                    sheet.write_number(line, column + impact, count, self.theme.heat(color, strong=True))
                else:
                    sheet.write_blank(line, column + impact, None, self.theme.heat(color, strong=False))
        for impact in range(1, 6):
            self.text(sheet, row + 6, column + impact, f"{self.t('Impact', '影响')} {impact}", self.theme.label)

    def score_chart(self, sheet: Any, row: int, column: int, scores_row: int) -> None:
        """A bar for each phase and element, from the table at `scores_row`: what is sure, what unknowns could add."""
        first = scores_row + 2  # below the header and the score of all checks
        last = first + len(self.seen.phases) + len(self.seen.elements) - 1
        name = self.say(VERDICT)
        chart = self.book.writer.add_chart({"type": "bar"})
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
        chart.set_size({"width": 500, "height": _SCORE_CHART_HEIGHT})
        sheet.insert_chart(
            row, column, chart, {"description": self.t("Score by phase and element", "各阶段与要素得分")}
        )
