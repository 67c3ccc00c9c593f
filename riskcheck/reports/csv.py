"""The report as CSV, to be opened in Excel or loaded into a tool: a row for each check and each compound rule.

UTF-8 with a byte order mark, without which Excel garbles Chinese; RFC 4180 otherwise. No cell is a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import CompoundFinding, Finding, measure_in_words
from riskcheck.model.text import Language, Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.display import clean
from riskcheck.reports.findinglines import cell_lines, need_lines, why
from riskcheck.reports.sincebaseline import SINCE
from riskcheck.reports.waived import waiver_lines

COLUMNS = (
    Text("Project ID", "项目编号"),
    Text("Project", "项目"),
    Text("Gate", "关口"),
    Text("As of", "评审日期"),
    Text("Verdict", "结论"),
    Text("Kind", "类别"),
    Text("ID", "编号"),
    Text("Title", "标题"),
    Text("Item", "条目"),
    Text("Phase", "阶段"),
    Text("Elements", "要素"),
    Text("Outcome", "结果"),
    Text("Band", "等级"),
    Text("Rating", "风险值"),
    Text("Must-meet", "必须满足"),
    Text("Due gate", "最迟关口"),
    Text("Due", "整改期限"),
    Text("Reasons", "理由"),
    Text("Measured", "实测值"),
    Text("Deciding cells", "判定单元格"),
    Text("Number of cells", "单元格数"),
    Text("To supply", "待补充"),
    Text("Number to supply", "待补充数"),
    Text("Control", "控制措施"),
    Text("Owner", "责任人"),
    Text("Waivers", "豁免"),
    Text("Verdict without waivers", "不计豁免的结论"),
    SINCE,
)
MAX_CELLS = 20
PIECE = 2**20
_BETWEEN = " / "
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_KINDS = Text("check", "检查"), Text("compound risk", "复合风险")


def render(assessment: Assessment, style: Style) -> bytes:
    """The findings and compound risks as CSV, in `style.language`, worst first."""
    return table_bytes([each.of(style.language) for each in COLUMNS], _rows(assessment, style.language))


def table_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV that spreadsheets open as it is, and in which no cell is a formula."""
    return b"".join(table_pieces(columns, rows))


def table_pieces(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The same, piece by piece."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    yield "\ufeff".encode()
    for row in rows:
        writer.writerow([inert(cell) for cell in row])
        if text.tell() >= PIECE:
            yield text.getvalue().encode("utf-8", "replace")
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode("utf-8", "replace")


def inert(cell: str) -> str:
    """`cell` on one line; with an apostrophe before what a spreadsheet would take for a formula. Numbers stay."""
    text = clean(cell)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _rows(seen: Assessment, language: Language) -> Iterator[tuple[str, ...]]:
    review = (
        seen.project_id or "",
        seen.project_name or "",
        seen.gate,
        seen.as_of.isoformat(),
        phrases.VERDICT[seen.verdict].of(language),
    )
    phases = {each.id: each.title.of(language) for each in seen.phases}
    elements = {each.id: each.title.of(language) for each in seen.elements}
    for finding in seen.findings:
        of_elements = _BETWEEN.join(elements.get(each, each) for each in finding.elements)
        of_check = _of_check(finding, phases.get(finding.phase, finding.phase), of_elements, language)
        yield (*review, *of_check, *_waived_and_since(seen, finding.check, language))
    for compound in seen.compounds:
        yield (*review, *_of_compound(compound, language), *_waived_and_since(seen, compound.id, language))


def _waived_and_since(seen: Assessment, rule: str, language: Language) -> tuple[str, ...]:
    """The waivers of a rule, the verdict without any waiver, and what became of the rule since the baseline."""
    waived = _BETWEEN.join(waiver_lines(seen, rule, language))
    without = seen.waivers.verdict_without if seen.waivers else seen.verdict
    kind = seen.baseline.kind_of(rule) if seen.baseline else None
    since = ""
    if kind is not None:
        from riskcheck.reports.comparison import KINDS

        since = KINDS[kind].of(language)
    return waived, phrases.VERDICT[without].of(language), since


def _of_check(finding: Finding, phase: str, elements: str, language: Language) -> tuple[str, ...]:
    return (
        _KINDS[0].of(language),
        finding.check,
        finding.title.of(language),
        finding.item,
        phase,
        elements,
        phrases.OUTCOME[finding.outcome].of(language),
        phrases.BAND[finding.band].of(language),
        str(finding.rating),
        (phrases.YES if finding.must_meet else phrases.NO).of(language),
        finding.due_gate,
        finding.due.text.of(language) if finding.due else "",
        why(finding, language),
        measure_in_words(finding.measure).of(language) if finding.measure else "",
        _BETWEEN.join(cell_lines(finding, language, MAX_CELLS)),
        str(finding.evidence_count),
        _BETWEEN.join(need_lines(finding, language, MAX_CELLS)),
        str(finding.missing_count),
        finding.control.of(language),
        finding.owner_title.of(language),
    )


def _of_compound(compound: CompoundFinding, language: Language) -> tuple[str, ...]:
    blocks = phrases.YES if compound.blocks_gate else phrases.NO
    named = (_KINDS[1].of(language), compound.id, compound.title.of(language), "", "", "")
    state = phrases.COMPOUND[compound.state].of(language)
    rated = (state, "", str(compound.likelihood * compound.impact), blocks.of(language), "", "")
    failing = _BETWEEN.join(compound.failing)
    return (
        *named,
        *rated,
        compound.consequence.of(language),
        "",
        failing,
        "",
        "",
        "",
        compound.control.of(language),
        "",
    )
