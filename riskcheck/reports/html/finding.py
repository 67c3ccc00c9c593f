"""One finding: a line, which unfolds to its reasons, limits, cells and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Evidence, Finding, LimitUse, Missing, Outcome, measure_in_words
from riskcheck.model.number import floor_text
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.findingtext import and_more, cells_cut, needs_cut
from riskcheck.reports.firststeps import TO_MEND
from riskcheck.reports.html.anchors import finding_anchor
from riskcheck.reports.html.markup import Markup, element, joined, quoted
from riskcheck.reports.html.section import lines, pairs, place, rating_text, row, table
from riskcheck.reports.sincebaseline import since_baseline

_NOT_IN_FILE = Text("(not in the file)", "（文件中没有）")


def finding_entry(assessment: Assessment, order: int, finding: Finding) -> Markup:
    """The finding as an entry of the list; `order` counts from 0, the most severe first."""
    return element(
        "li",
        element(
            "details",
            _line(finding, since_baseline(assessment, finding.check)),
            element("div", *_body(assessment, finding), class_="body"),
        ),
        id=finding_anchor(finding.check),
        class_="finding",
        data_order=order,
        data_outcome=finding.outcome.value,
        data_band=finding.band.value,
        data_phase=finding.phase,
        data_element=" ".join(finding.elements),
        data_gate=finding.due_gate,
        data_likelihood=finding.likelihood if finding.is_open else None,
        data_impact=finding.impact if finding.is_open else None,
        data_rating=finding.rating,
        data_check=finding.check,
        data_owner=finding.owner,
        data_due=_due_key(finding),
        data_since=since_key(assessment, finding),
    )


def since_key(assessment: Assessment, finding: Finding) -> str | None:
    """What the filter asks for: whether the baseline knows an open finding; None without a baseline."""
    if assessment.baseline is None or not finding.is_open:
        return None
    return "new" if since_baseline(assessment, finding.check) else "known"


def _due_key(finding: Finding) -> str:
    """What the list is sorted by: before the gate, on a day, at the next gate, never."""
    if finding.due is None:
        return "9"
    if finding.due.on is None:
        return "0" if finding.must_meet else "8"
    return f"1{finding.due.on.isoformat()}"


def _line(finding: Finding, since: Text | None) -> Markup:
    """What shows while the finding is folded."""
    band = phrases.BAND[finding.band]
    who = joined((finding.owner_title, *([finding.due.text] if finding.due else ())), " · ")
    return element(
        "summary",
        element("span", phrases.OUTCOME[finding.outcome], class_=f"badge {finding.outcome.value}"),
        " ",
        element("span", finding.check, class_="rule"),
        " ",
        element("span", finding.title, class_="title"),
        " ",
        element("span", who if finding.is_open else None, class_="who"),
        " ",
        element(
            "span",
            element("span", band, f" {finding.rating}", class_=f"band {finding.band.value}"),
            Markup(" ") if finding.must_meet else None,
            element("span", phrases.MUST_MEET, class_="must") if finding.must_meet else None,
            Markup(" ") if since else None,
            element("span", since, class_="must since") if since else None,
            class_="marks",
        ),
    )


def _body(assessment: Assessment, finding: Finding) -> Iterator[Markup]:
    if finding.is_open:
        yield element("div", lines(finding.reasons), class_="reasons")
    if finding.outcome in TO_MEND:
        yield _to_do(finding)
    if finding.measure and not finding.is_open:
        yield pairs([(Text("Measured", "实测值"), element("code", measure_in_words(finding.measure)))])
    if finding.limits:
        yield _limits(finding)
    if finding.evidence:
        yield _cells(finding)
    if finding.missing and finding.outcome is Outcome.UNKNOWN:
        yield _needs(finding)
    yield _nature(assessment, finding)


def _to_do(finding: Finding) -> Markup:
    owner, due = finding.owner_title, finding.due
    en, zh = (f", {due.text.en}", f"，{due.text.zh}") if due else ("", "")
    who = Text(f" ({owner.en}{en})", f"（{owner.zh}{zh}）")
    return element("p", "→ ", element("b", finding.control), element("span", who, class_="who"), class_="control")


def _limits(finding: Finding) -> Markup:
    heads = (Text("Limit", "限值"), Text("Value", "取值"), Text("Where it comes from", "出处"))
    rows = (row(each.title, element("span", each.shown, class_="figure"), _origin(each)) for each in finding.limits)
    return table(heads, rows, Text("Limits", "限值"), "limits")


def _origin(limit: LimitUse) -> Markup:
    """Sourced, partly sourced or judgement; the sources; and whether a profile set it."""
    sources = ", ".join(limit.sources)
    return joined(
        (
            phrases.ORIGIN[limit.origin],
            f" ({sources})" if sources else None,
            joined((Markup(" · "), phrases.BY_PROFILE)) if limit.overridden else None,
        )
    )


def _cells(finding: Finding) -> Markup:
    heads = (
        Text("Deciding cell", "依据单元格"),
        Text("Row", "行"),
        Text("Field", "栏目"),
        Text("Value", "取值"),
    )
    return joined(
        (
            table(heads, map(_cell, finding.evidence), Text("Deciding cells", "依据单元格"), "cells"),
            *_more(cells_cut(finding)),
        )
    )


def _cell(evidence: Evidence) -> Markup:
    value = evidence.shown or phrases.STATE[evidence.state]
    shown = quoted(value.en) if value.en == value.zh else joined((value,))
    raw = evidence.raw if evidence.state == "missing" else None
    return row(
        _place(evidence),
        quoted(evidence.key) if evidence.key else None,
        evidence.title,
        joined((element("span", shown, class_=f"value {evidence.state}"), _now(raw) if raw else None)),
    )


def _needs(finding: Finding) -> Markup:
    heads = (
        Text("Where", "位置"),
        Text("Row", "行"),
        Text("Field", "栏目"),
        Text("What is needed", "需补充"),
    )
    return joined(
        (
            table(heads, map(_need, finding.missing), Text("To supply", "需补充"), "cells"),
            *_more(needs_cut(finding)),
        )
    )


def _need(missing: Missing) -> Markup:
    field = missing.title
    if missing.table != missing.title:
        field = Text(f"{missing.table.en} · {field.en}", f"{missing.table.zh} · {field.zh}")
    return row(
        _place(missing),
        quoted(missing.key) if missing.key else None,
        field,
        joined((phrases.NEED[missing.need], _now(missing.raw) if missing.raw else None)),
    )


def _now(raw: str) -> Markup:
    """What stands in a cell that could not be taken."""
    return element(
        "span",
        Markup(" "),
        element("span", "(now ", element("q", quoted(raw)), ")", lang="en"),
        element("span", "（现为 ", element("q", quoted(raw)), "）", lang="zh-CN"),
        class_="raw",
    )


def _place(what: Evidence | Missing) -> Markup:
    return place(what.location.within_file) if what.location else element("span", _NOT_IN_FILE, class_="absent")


def _more(count: int) -> Iterator[Markup]:
    for each in and_more(count):
        yield element("p", each, class_="cut")


def _nature(assessment: Assessment, finding: Finding) -> Markup:
    """What kind of check it is."""
    names = {part.id: part.title for part in (*assessment.phases, *assessment.elements)}
    rated = rating_text(finding.likelihood, finding.impact)
    grade = finding.evidence_grade
    return element(
        "div",
        pairs(
            (
                (Text("Item", "条目"), joined((finding.item, " ", finding.item_title))),
                (Text("Phase", "阶段"), names.get(finding.phase, Text(finding.phase, finding.phase))),
                (Text("Elements", "要素"), joined((names[each] for each in finding.elements), " · ")),
                (Text("Judged from gate", "起始关口"), finding.due_gate),
                (Text("Rating", "风险值"), joined((f"{finding.rating}: ", rated))),
                (Text("Evidence grade", "证据等级"), None if grade is None else floor_text(grade)),
            )
        ),
        class_="nature",
    )
