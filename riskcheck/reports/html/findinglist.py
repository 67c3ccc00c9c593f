"""The findings: a list to filter, sort and unfold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from riskcheck.model.assessment import Assessment
from riskcheck.model.finding import Band, Finding
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.findingtext import and_more
from riskcheck.reports.html.anchors import Entries
from riskcheck.reports.html.finding import finding_entry, since_key
from riskcheck.reports.html.markup import Markup, element, joined
from riskcheck.reports.html.overview import ORDER
from riskcheck.reports.html.section import Section
from riskcheck.reports.sincebaseline import SINCE

_NEW_OR_KNOWN = {"new": Text("new", "新增"), "known": Text("known", "已知")}


def findings_section(assessment: Assessment, entries: Entries) -> Section:
    """The section with all findings that are listed."""
    shown = tuple(entries.findings.values())
    content = joined(
        (
            _filters(assessment, shown),
            _status(len(shown)),
            element("ol", *(finding_entry(assessment, at, each) for at, each in enumerate(shown)), id="list"),
            element("p", Text("No finding fits these filters.", "没有符合筛选条件的发现项。"), id="none", hidden=True),
            *(element("p", each, class_="cut") for each in and_more(len(assessment.findings) - len(shown))),
        )
    )
    return Section("findings", Text("Findings", "发现项"), content, count=len(assessment.findings))


def _status(count: int) -> Markup:
    """How many findings show: said aloud when it changes."""
    shown = element("b", str(count), class_="shown")
    return element(
        "p",
        element("span", shown, f" of {count} findings shown", lang="en"),
        element("span", "显示 ", element("b", str(count), class_="shown"), f" / {count} 项发现", lang="zh-CN"),
        id="status",
        role="status",
        aria_live="polite",
    )


def _filters(assessment: Assessment, findings: tuple[Finding, ...]) -> Markup:
    """The filters and the order; they work by the script and are shown by it."""
    return element(
        "div",
        element(
            "div",
            element("label", Text("Search", "搜索"), for_="search"),
            element("input", type="search", id="search", autocomplete="off", spellcheck="false"),
            class_="search",
        ),
        _outcomes(findings),
        _since(assessment, findings),
        element(
            "details",
            element("summary", Text("More filters", "更多筛选")),
            element("div", *_groups(assessment, findings)),
            class_="more-filters",
            open=True,
        ),
        element("p", id="cell", hidden=True),
        element("div", _orders(), _all_buttons(), class_="toolbar"),
        class_="filters scripted",
        hidden=True,
        role="search",
        aria_labelledby="findings-title",
    )


def _outcomes(findings: tuple[Finding, ...]) -> Markup | None:
    """The outcomes; those that somebody has to do something about are chosen at first."""
    outcomes = Counter(each.outcome for each in findings)
    opened = frozenset(each.outcome.value for each in findings if each.is_open)
    choices = ((each.value, phrases.OUTCOME[each], outcomes[each]) for each in ORDER)
    return _group("outcome", Text("Outcome", "结果"), choices, pressed=opened)


def _since(assessment: Assessment, findings: tuple[Finding, ...]) -> Markup | None:
    """Whether the baseline knows an open finding, if the project is held to one."""
    if assessment.baseline is None:
        return None
    counts = Counter(since_key(assessment, each) for each in findings)
    choices = ((key, title, counts[key]) for key, title in _NEW_OR_KNOWN.items())
    return _group("since", SINCE, choices)


def _groups(assessment: Assessment, findings: tuple[Finding, ...]) -> Iterator[Markup | None]:
    bands = Counter(each.band for each in findings)
    yield _group(
        "band", Text("Band", "风险等级"), ((each.value, phrases.BAND[each], bands[each]) for each in reversed(Band))
    )
    phases = Counter(each.phase for each in findings)
    yield _group("phase", Text("Phase", "阶段"), ((each.id, each.title, phases[each.id]) for each in assessment.phases))
    parts = Counter(part for each in findings for part in each.elements)
    yield _group(
        "element", Text("Element", "要素"), ((each.id, each.title, parts[each.id]) for each in assessment.elements)
    )
    gates = Counter(each.due_gate for each in findings)
    yield _group("gate", Text("Gate", "关口"), ((each, Text(each, each), gates[each]) for each in sorted(gates)))


def _group(
    name: str, title: Text, choices: Iterable[tuple[str, Text, int]], pressed: frozenset[str] = frozenset()
) -> Markup | None:
    """Buttons for what a finding may have; None if all findings have the same."""
    buttons = [
        element(
            "button",
            word,
            element("span", f" {count}", class_="count"),
            type="button",
            aria_pressed="true" if value in pressed else "false",
            data_filter=name,
            data_value=value,
        )
        for value, word, count in choices
        if count
    ]
    if len(buttons) < 2:
        return None
    return element("fieldset", element("legend", title), *buttons)


def _orders() -> Markup:
    orders = (
        ("order", Text("Severity", "严重程度")),
        ("check", Text("Check", "检查编号")),
        ("rating", Text("Rating", "风险值")),
        ("owner", Text("Owner", "责任人")),
        ("due", Text("Due", "期限")),
    )
    buttons = (
        element("button", title, type="button", aria_pressed="true" if key == "order" else "false", data_sort=key)
        for key, title in orders
    )
    return element("fieldset", element("legend", Text("Sort by", "排序")), *buttons, class_="orders")


def _all_buttons() -> Markup:
    return element(
        "div",
        element("button", Text("Unfold all", "全部展开"), type="button", id="unfold"),
        element("button", Text("Fold all", "全部折叠"), type="button", id="fold"),
        element("button", Text("Clear filters", "清除筛选"), type="button", id="clear"),
        class_="actions",
    )
