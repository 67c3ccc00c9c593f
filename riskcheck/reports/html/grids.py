"""The two grids: open findings by likelihood and impact, and all by phase and element; with the scores of both."""

from __future__ import annotations

from collections import Counter

from riskcheck.model.assessment import Assessment, PartScore
from riskcheck.model.finding import Finding, Outcome, band_of
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.findingtext import interval_text
from riskcheck.reports.html.markup import Markup, element, joined
from riskcheck.reports.html.overview import ORDER
from riskcheck.reports.html.scorebar import percent, score_bar
from riskcheck.reports.html.section import Section, unseen

_STEPS = (1, 2, 3, 4, 5)


def grids_section(assessment: Assessment) -> Section:
    """Where the risks lie."""
    content = element(
        "div",
        element("div", _heat_map(assessment), class_="card"),
        element("div", _matrix(assessment), class_="card"),
        element("div", _scores(assessment), class_="card wide"),
        class_="grids",
    )
    return Section("where", Text("Where the risks lie", "风险分布"), content)


def _heat_map(assessment: Assessment) -> Markup:
    """Open findings by likelihood (up) and impact (right)."""
    counts = Counter((each.likelihood, each.impact) for each in assessment.findings if each.is_open)
    rows = [
        element(
            "tr",
            element("th", unseen(Text("Likelihood ", "可能性 ")), str(likelihood), scope="row"),
            *(_heat_cell(likelihood, impact, counts[likelihood, impact]) for impact in _STEPS),
        )
        for likelihood in reversed(_STEPS)
    ]
    heads = (element("th", unseen(Text("Impact ", "影响 ")), str(impact), scope="col") for impact in _STEPS)
    return element(
        "table",
        element("caption", Text("Open findings: likelihood × impact", "未关闭项：可能性 × 影响")),
        element("thead", element("tr", element("td", Text("L \\ I", "可能性 \\ 影响"), class_="corner"), *heads)),
        element("tbody", *rows),
        class_="heat",
    )


def _heat_cell(likelihood: int, impact: int, count: int) -> Markup:
    band = band_of(likelihood, impact)
    kind = f"heat-cell {band.value}"
    if not count:
        return element("td", unseen(phrases.BAND[band]), class_=f"{kind} none")
    noun = "finding" if count == 1 else "findings"
    what = unseen(Text(f" open {noun}, {phrases.BAND[band].en}", f" 项未关闭，风险等级{phrases.BAND[band].zh}"))
    link = element("a", str(count), what, href="#findings", data_likelihood=likelihood, data_impact=impact)
    return element("td", link, class_=kind)


def _matrix(assessment: Assessment) -> Markup:
    """Open findings of all that apply, by phase (down) and element (across)."""
    return element(
        "table",
        element("caption", Text("Open findings of all that apply: phase × element", "未关闭项 / 适用项：阶段 × 要素")),
        element(
            "thead",
            element("tr", element("td"), *(element("th", each.title, scope="col") for each in assessment.elements)),
        ),
        element("tbody", *(_matrix_row(assessment, phase) for phase in assessment.phases)),
        class_="matrix",
    )


def _matrix_row(assessment: Assessment, phase: PartScore) -> Markup:
    return element(
        "tr",
        element("th", phase.title, scope="row"),
        *(_matrix_cell(assessment, phase, each) for each in assessment.elements),
    )


def _matrix_cell(assessment: Assessment, phase: PartScore, part: PartScore) -> Markup:
    here = [each for each in assessment.findings if each.phase == phase.id and part.id in each.elements]
    apply = [each for each in here if each.outcome is not Outcome.NOT_APPLICABLE]
    if not apply:
        return element("td", "–", class_="matrix-cell none")
    opened = sum(each.is_open for each in apply)
    worst = next(outcome for outcome in ORDER if any(each.outcome is outcome for each in apply))
    said = joined(
        (
            element("b", str(opened)),
            element("span", f"/{len(apply)}", class_="of"),
            unseen(Text(f" open, worst: {phrases.OUTCOME[worst].en}", f" 未关闭，最差：{phrases.OUTCOME[worst].zh}")),
            _shares(apply),
        )
    )
    link = element("a", said, href="#findings", data_phase=phase.id, data_element=part.id)
    return element("td", link, class_=f"matrix-cell {worst.value}")


def _shares(findings: list[Finding]) -> Markup:
    """A bar with the share of each outcome, worst first."""
    counts, x, drawn = Counter(each.outcome for each in findings), 0, []
    for outcome in ORDER:
        if counts[outcome]:
            drawn.append(element("rect", class_=outcome.value, x=x, width=counts[outcome], height="4"))
            x += counts[outcome]
    return element(
        "svg",
        *drawn,
        viewBox=f"0 0 {len(findings)} 4",
        preserveAspectRatio="none",
        class_="shares",
        aria_hidden="true",
        focusable="false",
    )


def _scores(assessment: Assessment) -> Markup:
    """The score of each phase and element."""
    heads = (Text("Part", "部分"), Text("Score", "得分"), Text("Interval", "区间"), Text("Judged", "已判定"))
    return element(
        "table",
        element("caption", Text("Score by phase and element", "各阶段与各要素得分")),
        element("thead", element("tr", *(element("th", each, scope="col") for each in heads))),
        element("tbody", *(_score_row(each) for each in (*assessment.phases, *assessment.elements))),
        class_="scores",
    )


def _score_row(part: PartScore) -> Markup:
    score = part.score
    if score is None:
        cells = (element("td", "–", class_="figure"), element("td"), element("td", "–", class_="figure"))
    else:
        cells = (
            element("td", interval_text(score), class_="figure"),
            element("td", score_bar(score), class_="drawn"),
            element("td", percent(score.coverage), class_="figure"),
        )
    return element("tr", element("th", part.title, scope="row"), *cells)
