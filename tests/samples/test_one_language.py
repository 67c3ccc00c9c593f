"""A report in one language has no word of the other, but for what it quotes from the facts."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from riskcheck.model.text import Language
from riskcheck.reports import FORMATS, Style, render
from riskcheck.reports.html.markup import TAGS
from tests.reports.examples import SAMPLES, judged_sample
from tests.reports.htmlpage import page_of

_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
_WORD = re.compile(r"[A-Za-z]{2,}(?:[-'][A-Za-z]+)*")
_TOOL = ("riskcheck", "deployment", "xlsx", "assume-complete", "dates", "dmy")
_SHORT = ("SLA", "KPI", "SMART", "SOP", "ID", "RACI", "CMDB", "RTO", "RPO", "PMO", "IT", "HR")
NAMES = frozenset((*_TOOL, *_SHORT))
"""Words that are the same in both languages."""
_IDS = re.compile(r"\b[A-Z]{2,3}(?:-[A-Z]{2,3})?-\d+(?:\.[a-z])?(?:@\S+)?")
_PLACES = re.compile(r"![A-Z]{1,3}\d+|\b[0-9a-f]{12,64}\b")
_TAGS = re.compile(r"<[^>]*>")
_FACTS = re.compile(r"\b[a-z_]+\.[a-z_0-9]+\b|^[a-z_]+$")
"""Names of facts, which stand in columns of their own: `tasks.owner`, or a table's."""


@cache
def words_in_facts(name: str) -> frozenset[str]:
    """The words that stand in the sheets of a sample, which a report may quote."""
    book = openpyxl.load_workbook(SAMPLES / f"{name}.xlsx", read_only=True)
    cells = (
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )
    return frozenset(word for text in (*cells, *book.sheetnames) for word in _WORD.findall(text))


def texts(form: str, content: bytes, language: Language) -> list[str]:
    """What a person reads in a report of that language."""
    if form == "json":
        return list(_said(json.loads(content), language))
    if form == "excel":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [
            cell.value for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)
        ] + book.sheetnames
    if form == "sarif":
        return list(_of_sarif(json.loads(content)))
    if form == "junit":
        said = [node.text or "" for node in ElementTree.fromstring(content).iter()]
        return said + [node.get("message", "") for node in ElementTree.fromstring(content).iter()]
    if form == "markdown":
        return html.unescape(_TAGS.sub(" ", content.decode()).replace("\\", "")).splitlines()
    if form == "github":
        return [line.rpartition("title=")[2].replace("%0A", "\n") for line in content.decode().splitlines()]
    if form == "html":
        return [text for text in page_of(content).texts(TAGS[language]) if text not in ("中文", "English")]
    return content.decode().splitlines()


def _of_sarif(value: Any) -> Iterator[str]:
    """The texts of a SARIF log: everything called `text`, which is where they stand."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        if key == "text":
            yield each
        elif isinstance(each, (dict, list)) and key != "properties":  # those are for machines, in both languages
            yield from _of_sarif(each)


def _said(value: Any, language: Language) -> list[str]:
    """The texts of a JSON report: those in both languages, in the one."""
    if isinstance(value, list):
        return [text for each in value for text in _said(each, language)]
    if not isinstance(value, dict):
        return []
    if set(value) == {"en", "zh"}:
        return [value[language]]
    return [text for each in value.values() for text in _said(each, language)]


def without_names(text: str) -> str:
    """A text without ids of rules, names of facts, cells and digests."""
    for names in (_IDS, _FACTS, _PLACES):
        text = names.sub(" ", text)
    return text


FORMS = [each.name for each in FORMATS]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["platform-en", "conditional-en", "healthy-en", "undeclared-en"])
def test_an_english_report_on_english_facts_has_no_chinese(name: str, form: str) -> None:
    content = render(form, judged_sample(name), Style("en"))
    assert [text for text in texts(form, content, "en") if _CHINESE.search(text)] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["platform-zh", "unclear-sla-zh", "half-blank-zh"])
def test_a_chinese_report_has_no_english_but_what_it_quotes(name: str, form: str) -> None:
    codes = {word for problem in judged_sample(name).input_problems for word in _WORD.findall(problem.code)}
    limits = (limit for finding in judged_sample(name).findings for limit in finding.limits)
    sources = {word for limit in limits for source in limit.sources for word in _WORD.findall(source)}
    known = NAMES | words_in_facts(name) | codes | sources
    content = render(form, judged_sample(name), Style("zh"))
    foreign = {
        word
        for text in texts(form, content, "zh")
        for word in _WORD.findall(without_names(text.replace(str(SAMPLES / name), " ")))
        if word not in known
    }
    assert foreign == set()


def test_both_would_notice() -> None:
    """Reports in the other language are full of what these tests look for."""
    english = render("terminal", judged_sample("platform-zh"), Style("en")).decode()
    chinese = render("terminal", judged_sample("platform-en"), Style("zh")).decode()
    assert len({word for word in _WORD.findall(english) if word not in NAMES | words_in_facts("platform-zh")}) > 100
    assert len(_CHINESE.findall(chinese)) > 100
