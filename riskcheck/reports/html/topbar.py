"""The bar at the top of the page: where one is, where one can go, and the switches."""

from __future__ import annotations

from riskcheck.model.assessment import Assessment
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.html.markup import TAGS, Markup, element
from riskcheck.reports.html.section import Section


def skip_link() -> Markup:
    """The first thing that the keyboard reaches."""
    return element("a", Text("Skip to the verdict", "跳到结论"), href="#main", class_="skip")


def topbar(assessment: Assessment, sections: tuple[Section, ...]) -> Markup:
    """The bar; its switches work by the script and are shown by it."""
    verdict = phrases.VERDICT[assessment.verdict]
    links = (element("a", each.title, each.count_mark(), href=f"#{each.id}") for each in sections)
    return element(
        "header",
        element(
            "div",
            element("span", verdict, class_=f"verdict-mark {assessment.verdict.value.lower()}"),
            element("span", assessment.gate, class_="gate-mark"),
            class_="where",
        ),
        element(
            "nav",
            *links,
            aria_labelledby="nav-name",
        ),
        element("span", Text("Parts of the report", "报告各部分"), id="nav-name", hidden=True),
        _switches(),
        class_="topbar",
    )


def _switches() -> Markup:
    return element(
        "div",
        element(
            "div",
            element("button", "English", type="button", lang=TAGS["en"], data_lang=TAGS["en"], aria_pressed="false"),
            element("button", "中文", type="button", lang=TAGS["zh"], data_lang=TAGS["zh"], aria_pressed="false"),
            role="group",
            aria_labelledby="language-name",
            class_="segmented",
        ),
        element("span", Text("Language", "语言"), id="language-name", hidden=True),
        element(
            "button",
            element("span", Text("Dark", "深色"), class_="to-dark"),
            element("span", Text("Light", "浅色"), class_="to-light"),
            type="button",
            id="theme",
        ),
        class_="switches scripted",
        hidden=True,
    )
