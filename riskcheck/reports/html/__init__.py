"""The report as one HTML file for a browser: it opens from disk and loads nothing.

Both languages stand in the file, and the style sheet shows one. Without JavaScript everything is there to read; the
script adds filters, sorting and the switches. Whatever comes from facts is text: it is escaped where it enters the
page (`markup`), and the page's policy runs nothing but its own script (`security`).
"""

from __future__ import annotations

from collections.abc import Iterator

from riskcheck.model.assessment import Assessment
from riskcheck.model.text import Text
from riskcheck.reports import Style, phrases
from riskcheck.reports.html.actions import actions_section
from riskcheck.reports.html.anchors import entries_of
from riskcheck.reports.html.basis import basis_sections
from riskcheck.reports.html.causes import causes_section
from riskcheck.reports.html.findinglist import findings_section
from riskcheck.reports.html.grids import grids_section
from riskcheck.reports.html.markup import TAGS, Markup, element
from riskcheck.reports.html.needs import needs_section
from riskcheck.reports.html.overview import overview_section
from riskcheck.reports.html.section import Section
from riskcheck.reports.html.security import asset, policy
from riskcheck.reports.html.topbar import skip_link, topbar


def render(assessment: Assessment, style: Style) -> bytes:
    """The page in UTF-8; it shows the language of `style` first."""
    shown = TAGS[style.language]
    page = element("html", _head(assessment, style), _body(assessment), lang=shown)
    return f"<!DOCTYPE html>\n{page}\n".encode()


def _head(assessment: Assessment, style: Style) -> Markup:
    title = _title(assessment)
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="generator", content=f"riskcheck {assessment.tool_version}"),
        element("title", title.of(style.language), data_en=title.en, data_zh=title.zh),
        element("style", Markup(asset("page.css"))),
    )


def _title(assessment: Assessment) -> Text:
    """What the browser's tab says."""
    verdict = phrases.VERDICT[assessment.verdict]
    named = assessment.named
    tail = f" · {named}" if named else ""
    return Text(f"{verdict.en} · {assessment.gate}{tail}", f"{verdict.zh} · {assessment.gate}{tail}")


def _body(assessment: Assessment) -> Markup:
    sections = tuple(_sections(assessment))
    return element(
        "body",
        skip_link(),
        topbar(assessment, sections),
        element("main", *(each.markup() for each in sections), id="main", tabindex="-1"),
        element("script", Markup(asset("page.js"))),
    )


def _sections(assessment: Assessment) -> Iterator[Section]:
    entries = entries_of(assessment)
    yield overview_section(assessment, entries)
    yield grids_section(assessment)
    yield findings_section(assessment, entries)
    yield from causes_section(assessment, entries)
    yield from actions_section(assessment, entries)
    yield from needs_section(assessment, entries)
    if assessment.waivers is not None:
        from riskcheck.reports.html.waivers import waivers_section

        yield waivers_section(assessment.waivers, entries)
    yield from basis_sections(assessment)
