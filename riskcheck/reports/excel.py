"""The report as a workbook: a verdict page to send on, and a sheet for each kind of detail.

All text is written as text, so that nothing from the facts can run as a formula. The same assessment gives the same
bytes: the creation date is fixed, and every order is the assessment's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from riskcheck.model.assessment import Assessment
from riskcheck.model.factset import InputProblem
from riskcheck.model.finding import (
    CompoundFinding,
    CompoundState,
    Evidence,
    Finding,
    LimitUse,
    Missing,
    Outcome,
    measure_in_words,
)
from riskcheck.model.number import Ratio, floor_text
from riskcheck.model.text import Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.excelactions import ActionSheets
from riskcheck.reports.excelbook import ReportBook
from riskcheck.reports.excelcells import CellsSheet
from riskcheck.reports.excelcolumn import Cell, Column, linked
from riskcheck.reports.excelheight import fitting
from riskcheck.reports.excelparts import PartsSheet
from riskcheck.reports.excelplaces import COMPOUNDS, FINDINGS, Places, worst_first
from riskcheck.reports.excelsheet import Row, SheetWriter, place_text
from riskcheck.reports.exceltheme import BAND_COLORS, OUTCOME_COLORS
from riskcheck.reports.excelverdict import VerdictPage
from riskcheck.reports.findingtext import (
    and_more,
    reasons,
    unlisted_needs,
)
from riskcheck.reports.nextfacts import facts_to_supply
from riskcheck.reports.sincebaseline import SINCE, since_baseline

if TYPE_CHECKING:
    from riskcheck.model.profile import ProfileUse

_CELLS_WIDTH = 46
_NEEDS_WIDTH = 36


def render(assessment: Assessment, style: Style) -> bytes:
    """The workbook as bytes, in the language of `style`."""
    with ReportBook(f"riskcheck {assessment.gate} {assessment.verdict.value}") as book:
        page = VerdictPage(book, assessment, style, Places(assessment, style.language))
        page.write()
        page.part(_Listings).write()
        return book.finish()


class _Listings(SheetWriter):
    """Writes a sheet for each kind of detail."""

    def write(self) -> None:
        self.findings_sheet()
        self.part(ActionSheets).write()
        self.part(CellsSheet).write()
        self.compounds_sheet()
        self.part(PartsSheet).write()
        self.missing_sheet()
        self.problems_sheet()
        if self.seen.waivers is not None:
            from riskcheck.reports.excelwaivers import WaiversSheet

            self.part(WaiversSheet).write(self.seen.waivers)
        if self.seen.profile is not None:
            self.profile_sheet(self.seen.profile)

    def findings_sheet(self) -> None:
        columns = (
            Column(Text("Outcome", "结果"), 10),
            Column(Text("Check", "检查"), 13),
            Column(Text("What is checked", "检查内容"), 32, wrap=True),
            Column(Text("Must-meet", "必须满足"), 9),
            Column(Text("Band", "风险等级"), 9),
            Column(Text("Rating", "风险值"), 9),
            Column(Text("Why", "理由"), 40, wrap=True),
            Column(Text("Deciding cells", "依据单元格"), _CELLS_WIDTH, wrap=True),
            Column(Text("To supply", "需补充"), _NEEDS_WIDTH, wrap=True),
            Column(Text("Control", "应对措施"), 36, wrap=True),
            Column(Text("Owner", "责任人"), 14),
            Column(Text("Due", "期限"), 12),
            *self.since_column,
            *_behind_the_print(confidence=self.seen.confidence is not None),
        )
        listing = self.listing(self.say(FINDINGS), columns, map(self.finding_row, self.seen.findings), freeze_columns=2)
        for outcome, color in OUTCOME_COLORS.items():
            self.color_equal(listing, 0, self.say(phrases.OUTCOME[outcome]), color)
        for band, word in phrases.BAND.items():
            self.color_equal(listing, 4, self.say(word), BAND_COLORS[band])

    @cached_property
    def since_column(self) -> tuple[Column, ...]:
        """The column of what is new since the baseline, if there is one."""
        return (Column(SINCE, 12),) if self.seen.baseline is not None else ()

    def since(self, rule: str) -> tuple[Cell, ...]:
        """The cell in that column."""
        if not self.since_column:
            return ()
        kind = since_baseline(self.seen, rule)
        return (self.say(kind) if kind is not None else "",)

    @cached_property
    def names(self) -> dict[str, str]:
        """What phases and elements are called."""
        return {part.id: self.say(part.title) for part in (*self.seen.phases, *self.seen.elements)}

    def finding_row(self, finding: Finding) -> Row:
        names, places = self.names, self.places
        limits = "\n".join(
            self.t(", ", "，").join((f"{self.say(each.title)} {self.say(each.shown)}", *self.origin(each)))
            for each in finding.limits
        )
        cells = self.listed(map(self.evidence, finding.evidence), finding.evidence_count, _CELLS_WIDTH)
        needs = self.listed(map(self.missing, finding.missing), finding.missing_count, _NEEDS_WIDTH)
        # The outcome leads to the cells, not the list of them: LibreOffice puts a linked text on one line.
        return (
            linked(self.say(phrases.OUTCOME[finding.outcome]), places.cells(finding.check)),
            linked(finding.check, places.action(finding.check)),
            self.say(finding.title),
            self.say(phrases.YES if finding.must_meet else phrases.NO),
            self.say(phrases.BAND[finding.band]),
            finding.rating,
            "\n".join(self.say_all(reasons(finding))),
            cells,
            needs if finding.outcome is Outcome.UNKNOWN else "",
            self.say(finding.control) if finding.is_open else "",
            self.say(finding.owner_title),
            self.say(finding.due.text) if finding.due else "",
            *self.since(finding.check),
            finding.likelihood,
            finding.impact,
            names[finding.phase],
            self.t(", ", "、").join(names[each] for each in finding.elements),
            finding.measure and self.say(measure_in_words(finding.measure)),
            limits,
            finding.evidence_count,
            *([_grade(finding.evidence_grade)] if self.seen.confidence else []),
            f"{finding.item} {self.say(finding.item_title)}",
        )

    def listed(self, entries: Iterable[str], count: int, columns: int) -> str:
        """The entries that fit into a cell, and how many of `count` are not there."""
        shown = fitting(tuple(entries), columns)
        return "\n".join((*shown, *self.say_all(and_more(count - len(shown)))))

    def compounds_sheet(self) -> None:
        columns = (
            Column(Text("State", "状态"), 12),
            Column(Text("Rule", "规则"), 10),
            Column(Text("Compound risk", "复合风险"), 44, wrap=True),
            Column(Text("Blocks the gate", "阻断关口"), 12),
            Column(Text("Likelihood", "可能性"), 10),
            Column(Text("Impact", "影响"), 9),
            Column(Text("Leads to", "后果"), 44, wrap=True),
            Column(Text("Failing members", "相关不通过项"), 34, wrap=True),
            Column(Text("Part of", "包含于"), 10),
            Column(Text("Control", "应对措施"), 50, wrap=True),
            *self.since_column,
        )
        rows = map(self.compound_row, worst_first(self.seen.compounds))
        listing = self.listing(self.say(COMPOUNDS), columns, rows, freeze_columns=2)
        colors = {CompoundState.FIRED: Outcome.FAIL, CompoundState.POSSIBLE: Outcome.UNKNOWN}
        for state, outcome in colors.items():
            self.color_equal(listing, 0, self.say(phrases.COMPOUND[state]), OUTCOME_COLORS[outcome])

    def compound_row(self, each: CompoundFinding) -> Row:
        """One compound rule; of a clear one only its name, since nobody has to do anything about it."""
        named = (self.say(phrases.COMPOUND[each.state]), each.id, self.say(each.title))
        if each.state is CompoundState.CLEAR:
            return (*named, *[""] * 7, *self.since(each.id))
        return (
            *named,
            self.say(phrases.YES if each.blocks_gate else phrases.NO),
            each.likelihood,
            each.impact,
            self.say(each.consequence),
            ", ".join(each.failing),
            each.part_of or "",
            self.say(each.control),
            *self.since(each.id),
        )

    def missing_sheet(self) -> None:
        columns = (
            Column(Text("What to do", "需要做什么"), 34, wrap=True),
            Column(Text("Table", "表"), 24),
            Column(Text("Field", "栏目"), 30),
            Column(Text("Name in rules", "规则中的名称"), 32),
            Column(Text("Checks served", "涉及检查数"), 12),
            Column(Text("Sum of ratings", "风险值合计"), 12),
            Column(Text("Places (first ones)", "位置（前几处）"), 44, wrap=True),
            Column(Text("Places listed", "所列位置数"), 12),
            Column(Text("Checks", "检查"), 60, wrap=True),
        )
        rows: list[Row] = [
            (
                self.say(phrases.NEED[each.need]),
                self.say(each.table),
                "" if each.title == each.table else self.say(each.title),
                each.fact,
                len(each.checks),
                each.rating,
                "\n".join((*each.locations, *self.say_all(and_more(each.count - len(each.locations))))),
                each.count,
                ", ".join(each.checks),
            )
            for each in facts_to_supply(self.seen)
        ]
        rows += [(self.say(each), *[""] * 8) for each in unlisted_needs(self.seen)]
        self.listing(self.t("Missing facts", "缺失资料"), columns, rows, freeze_columns=2)

    def problems_sheet(self) -> None:
        columns = (
            Column(Text("Severity", "程度"), 10),
            Column(Text("Place", "位置"), 40),
            Column(Text("Problem", "问题"), 90, wrap=True),
            Column(Text("Code", "代码"), 24),
        )
        rows = [
            (self.say(phrases.SEVERITY[each.severity]), place_text(each.location), self.say(each.text), each.code)
            for each in self.problems()
        ]
        self.listing(self.t("Input problems", "资料问题"), columns, rows, freeze_columns=1)

    def problems(self) -> Iterator[InputProblem]:
        """What could not be taken: of the facts, of a file of waivers, of an older action list."""
        seen = self.seen
        yield from seen.input_problems
        yield from seen.waivers.problems if seen.waivers else ()
        yield from seen.actions.problems if seen.actions else ()

    def profile_sheet(self, use: ProfileUse) -> None:
        """Everything that the profile changes, with its reasons."""
        from riskcheck.reports.profileuse import changes

        columns = (
            Column(Text("What is changed", "变更类别"), 28),
            Column(Text("Change", "变更内容"), 80, wrap=True),
            Column(Text("Reason or state", "原因或状态"), 60, wrap=True),
        )
        rows: list[Row] = [(self.t("Profile", "裁剪方案"), f"{use.id} {self.say(use.title)}", use.file)]
        rows += [
            (self.say(each.kind), self.say(each.what), self.say(each.why) if each.why else "") for each in changes(use)
        ]
        self.listing(self.t("Profile", "裁剪方案"), columns, rows, freeze_columns=1)

    def origin(self, limit: LimitUse) -> list[str]:
        """Where a limit comes from."""
        said = [self.say(phrases.ORIGIN[limit.origin])]
        return [*said, self.say(phrases.BY_PROFILE)] if limit.overridden else said

    def evidence(self, evidence: Evidence) -> str:
        shown = self.say(evidence.shown or phrases.STATE[evidence.state])
        row = f"{evidence.key}  " if evidence.key else ""
        return f"{place_text(evidence.location)}  {row}{self.say(evidence.title)} = {shown}".strip()

    def missing(self, missing: Missing) -> str:
        need = self.say(phrases.NEED[missing.need])
        row = f"{missing.key}  " if missing.key else ""
        return f"{place_text(missing.location)}  {row}{self.say(missing.title)}: {need}".strip()


def _behind_the_print(*, confidence: bool) -> tuple[Column, ...]:
    """The columns of the findings that are rarely read: at hand on the screen, not on paper."""
    return (
        Column(Text("Likelihood", "可能性"), 10, printed=False),
        Column(Text("Impact", "影响"), 9, printed=False),
        Column(Text("Phase", "阶段"), 13, printed=False),
        Column(Text("Elements", "要素"), 30, wrap=True, printed=False),
        Column(Text("Measured", "实测值"), 30, wrap=True, printed=False),
        Column(Text("Limits", "限值"), 44, wrap=True, printed=False),
        Column(Text("Cells in all", "单元格总数"), 10, printed=False),
        *([Column(Text("Evidence grade", "证据等级"), 10, printed=False)] if confidence else []),
        Column(Text("Item", "条目"), 40, wrap=True, printed=False),
    )


def _grade(grade: Ratio | None) -> Cell:
    return "–" if grade is None else float(floor_text(grade))
