"""The outcomes of a portfolio as CSV: a row for each project and check, the worst projects first.

UTF-8 with a byte order mark, without which Excel garbles Chinese; no cell is a formula. What could not be judged has a
row of its own with the outcome `not judged`.
"""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.model.number import floor_text
from riskcheck.model.portfolio import Portfolio
from riskcheck.model.text import Language, Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.csv import table_pieces

COLUMNS = (
    Text("Project ID", "项目编号"),
    Text("Project", "项目"),
    Text("File", "文件"),
    Text("Gate", "关口"),
    Text("As of", "评审日期"),
    Text("Verdict", "结论"),
    Text("Score, low", "得分下限"),
    Text("Score, high", "得分上限"),
    Text("Item", "条目"),
    Text("Check", "检查"),
    Text("Must-meet", "必须满足"),
    Text("Outcome", "结果"),
    Text("Why not judged", "未判定原因"),
)
_NOT_JUDGED = Text("not judged", "未判定")


def render(portfolio: Portfolio, style: Style) -> bytes:
    """The whole of `parts`."""
    return b"".join(parts(portfolio, style))


def parts(portfolio: Portfolio, style: Style) -> Iterator[bytes]:
    """The outcomes, in `style.language`, piece by piece."""
    yield from table_pieces([each.of(style.language) for each in COLUMNS], _rows(portfolio, style.language))


def _rows(portfolio: Portfolio, language: Language) -> Iterator[tuple[str, ...]]:
    for project in portfolio.projects:
        score = project.score
        about = (
            project.project_id or "",
            project.project_name or "",
            project.source,
            project.gate,
            project.as_of.isoformat(),
            phrases.VERDICT[project.verdict].of(language),
            floor_text(score.low) if score else "",
            floor_text(score.high) if score else "",
        )
        for each in project.outcomes:
            must = phrases.YES if each.must_meet else phrases.NO
            found = phrases.OUTCOME[each.outcome].of(language)
            yield (*about, each.item, each.check, must.of(language), found, "")
    for missed in portfolio.not_judged:
        why = " ".join(text.of(language) for text in missed.why)
        yield (missed.project_id or "", "", missed.source, *[""] * 8, _NOT_JUDGED.of(language), why)
