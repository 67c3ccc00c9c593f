"""Keyboard and screen reader: axe finds no fault, and what can be done by mouse can be done without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from riskcheck.model.text import Language
from tests.browser.watched import Watched

Opened = Callable[..., Watched]
FOCUSED = "document.activeElement"


LOOKS = [
    *(("undeclared-en", language, scheme) for language in ("en", "zh") for scheme in ("light", "dark")),
    ("unclear-sla-zh", "zh", "light"),
    ("example", "en", "light"),
    ("PASS", "en", "dark"),
    ("CONDITIONAL", "zh", "light"),
    ("hostile", "zh", "dark"),
]


@pytest.mark.parametrize(("name", "language", "scheme"), LOOKS)
def test_axe_finds_no_fault(axe: Any, opened: Opened, name: str, language: Language, scheme: str) -> None:
    report = opened(name, language, color_scheme=scheme)
    report.page.eval_on_selector_all(
        ".finding details", "all => [...all.slice(0, 3), ...all.slice(-2)].forEach(each => { each.open = true; })"
    )
    found = axe.run(report.page).response["violations"]
    assert [(each["id"], each["impact"], each["nodes"][0]["html"][:200]) for each in found] == []


def test_axe_would_notice(axe: Any, chromium: object) -> None:
    watched = Watched(chromium.new_context())  # type: ignore[attr-defined]
    watched.open("about:blank")
    watched.page.set_content("<title>x</title><p style='color:#ccc;background:#fff'>pale<button></button><input>")
    found = {each["id"]: each["impact"] for each in axe.run(watched.page).response["violations"]}
    assert {"button-name", "label", "color-contrast", "html-has-lang"} <= found.keys()
    watched.close()


def test_axe_finds_no_fault_on_a_telephone(axe: Any, opened: Opened) -> None:
    report = opened("example", "zh", viewport={"width": 390, "height": 844})
    assert [each["id"] for each in axe.run(report.page).response["violations"]] == []


def test_the_first_stop_of_the_keyboard_leads_past_the_bar(opened: Opened) -> None:
    page = opened("example").page
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.getAttribute('href')") == "#main"
    assert page.locator(".skip").bounding_box()["x"] >= 0, "it shows when it has the focus"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.closest('main') !== null")


def test_filters_orders_and_findings_work_by_keyboard(opened: Opened) -> None:
    report = opened("platform-zh")
    page = report.page
    page.focus('[data-filter="outcome"][data-value="fail"]')
    before = report.count()
    page.keyboard.press("Space")
    assert report.count() < before
    page.focus('[data-sort="check"]')
    page.keyboard.press("Enter")
    assert report.shown() == sorted(report.shown())
    page.focus(".finding:not([hidden]) summary")
    page.keyboard.press("Enter")
    assert len(report.unfolded()) == 1


def test_whatever_has_the_focus_shows_it(opened: Opened) -> None:
    page = opened("example").page
    page.keyboard.press("Tab")
    for _ in range(60):
        page.keyboard.press("Tab")
        name, style, width = page.evaluate(
            f"(() => {{ const s = getComputedStyle({FOCUSED});"
            f" return [{FOCUSED}.tagName, s.outlineStyle, parseFloat(s.outlineWidth)]; }})()"
        )
        assert name == "BODY" or (style != "none" and width >= 1), name


def test_the_number_of_findings_is_said_aloud_in_the_language_that_shows(opened: Opened) -> None:
    page = opened("platform-zh").page
    assert page.get_attribute("#status", "aria-live") == "polite"
    page.click("#clear")
    assert page.inner_text("#status") == "125 of 125 findings shown"
    page.click("button[data-lang=zh-CN]")
    assert page.inner_text("#status") == "显示 125 / 125 项发现"
