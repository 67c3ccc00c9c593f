"""Language, light and dark, print, and a page without JavaScript, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from riskcheck.model.text import Language
from tests.browser.watched import Watched

Opened = Callable[..., Watched]
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
TELEPHONE, WINDOW = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
ALL = ("platform-zh", "healthy-en", "undeclared-en", "example")


@pytest.mark.parametrize("name", ALL)
def test_a_report_shows_itself_and_does_nothing_else(opened: Opened, name: str) -> None:
    """What the fixture looks at: no word on the console, no request; here with everything pressed once."""
    report = opened(name)
    for selector in ("button", "summary", "main a"):
        report.page.eval_on_selector_all(
            selector, "all => all.forEach(each => each.dispatchEvent(new MouseEvent('click', {bubbles: true})))"
        )
    report.page.click("#clear")
    assert report.count() > 0


def test_english_on_english_facts_shows_no_chinese_but_the_switch(opened: Opened) -> None:
    report = opened("conditional-en", "zh")
    assert len(CHINESE.findall(report.page.inner_text("body"))) > 200
    report.page.click("button[data-lang=en]")
    report.page.click("#clear")
    report.page.click("#unfold")
    assert CHINESE.findall(report.page.inner_text("body")) == ["中文"]
    assert report.page.evaluate("document.documentElement.lang") == "en"
    assert report.page.title().startswith("CONDITIONAL")
    report.page.click("button[data-lang=zh-CN]")
    assert report.page.evaluate("document.documentElement.lang") == "zh-CN"
    assert report.page.title().startswith("有条件通过")
    assert report.page.get_attribute("button[data-lang=zh-CN]", "aria-pressed") == "true"


def test_dark_and_light_follow_the_system_until_they_are_chosen(opened: Opened) -> None:
    light = opened("example", color_scheme="light")
    dark = opened("example", color_scheme="dark")
    colors = {each: each.page.evaluate(BACKGROUND) for each in (light, dark)}
    assert colors[light] != colors[dark]
    light.page.click("#theme")
    assert light.page.evaluate(BACKGROUND) == colors[dark]
    light.page.click("#theme")
    assert light.page.evaluate(BACKGROUND) == colors[light]
    dark.page.click("#theme")
    assert dark.page.evaluate(BACKGROUND) == colors[light]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["platform-zh", "half-blank-zh", "hostile"])
def test_nothing_is_wider_than_a_telephone(opened: Opened, name: str, language: Language) -> None:
    report = opened(name, language, viewport=TELEPHONE)
    report.page.click("#clear")
    report.page.click("#unfold")
    assert report.page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]


FIRST = (".verdict .word", ".verdict .gate", ".interval .number", "ol.reasons li", "ol.steps .what")


@pytest.mark.parametrize("name", ["platform-zh", "unclear-sla-zh", "half-blank-zh", "undeclared-en", "conditional-en"])
def test_the_first_screen_has_verdict_reasons_and_the_first_step(opened: Opened, name: str) -> None:
    for language in ("en", "zh"):
        for viewport in (WINDOW, TELEPHONE):
            page = opened(name, language, viewport=viewport).page
            boxes = {each: page.locator(each).first.bounding_box() for each in FIRST}
            below = [each for each, box in boxes.items() if box["y"] + box["height"] > viewport["height"]]
            assert below == [], (language, viewport["width"])


def test_without_javascript_everything_is_there_but_the_filters(opened: Opened) -> None:
    report = opened("unclear-sla-zh", "zh", java_script_enabled=False)
    page = report.page
    assert page.locator(".finding:visible").count() == 125
    assert not page.is_visible(".filters")
    assert not page.is_visible(".switches")
    assert page.locator("#status").inner_text() == "显示 125 / 125 项发现"
    page.click("#f-EXE-RC-04\\.a summary")
    assert page.is_visible("text=服务级别协议!E2")


def test_print_unfolds_what_is_open_and_folds_it_again(opened: Opened) -> None:
    report = opened("unclear-sla-zh", "zh")
    page = report.page
    page.click("#clear")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened_ones = page.locator(
        ".finding[data-outcome=fail], .finding[data-outcome=warn], .finding[data-outcome=unknown]"
    )
    assert len(report.unfolded()) == opened_ones.count() == 43
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert report.unfolded() == []


def test_paper_is_a4_light_and_without_buttons(opened: Opened) -> None:
    page = opened("conditional-en", color_scheme="dark").page
    written = page.pdf(prefer_css_page_size=True)
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", written)[0])
    assert (round(width), round(height)) in ((595, 842), (594, 841))
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor") == "rgb(255, 255, 255)"
    for selector in (".topbar", ".filters", ".skip"):
        assert page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).display") == "none"
