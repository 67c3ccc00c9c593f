"""A hostile project cannot run anything in the page, not even where the browser's policy is turned off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.watched import Watched
from tests.reports.payloads import PAYLOADS

Opened = Callable[..., Watched]


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["policy", "no policy"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_payload_runs_wherever_it_stands(opened: Opened, language: str, bypass_csp: bool) -> None:
    report = opened("hostile", language, bypass_csp=bypass_csp)
    page = report.page
    page.click("#clear")
    page.click("#unfold")
    for summary in page.locator(".more > summary:visible, article summary:visible").all():
        summary.click()
    for word in PAYLOADS:
        page.fill("#search", word)
    page.click("#clear")
    for button in page.locator("button:visible").all():
        button.click()
        button.hover()
    for link in page.locator("main a").all()[:60]:
        link.dispatch_event("mouseover")
        link.dispatch_event("focus")
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(300)
    assert page.evaluate("hits") == []
    assert page.locator("main img, main iframe, main form, main script, main style, main textarea").count() == 0
    assert len(page.context.pages) == 1


def test_what_a_payload_says_can_be_read(opened: Opened) -> None:
    report = opened("hostile")
    text = report.page.evaluate("document.body.textContent")
    assert [each for each in PAYLOADS if each not in text] == []


def test_a_payload_that_ran_would_be_noticed(chromium: object) -> None:
    """The trap itself works: a page that does run one is caught."""
    watched = Watched(chromium.new_context())  # type: ignore[attr-defined]
    watched.open("about:blank")
    watched.page.set_content("<script>fired(1)</script><img src=x:y onerror=fired(5)>")
    watched.page.wait_for_function("hits.length == 2")
    watched.close()


def test_the_policy_refuses_scripts_styles_images_and_requests(opened: Opened) -> None:
    report = opened("example")
    page = report.page
    page.evaluate(
        """() => {
            window.refused = [];
            document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
            const add = (tag, fill) => {
                const made = document.createElement(tag);
                fill(made);
                document.body.append(made);
            };
            add("script", (each) => { each.text = "fired(1)"; });
            add("style", (each) => { each.textContent = "body { display: none }"; });
            add("img", (each) => { each.src = "http://x.invalid/a.png"; });
            add("p", (each) => { each.setAttribute("style", "color: red"); });
            fetch("http://x.invalid/").catch(() => {});
        }"""
    )
    page.wait_for_function("refused.includes('connect-src') && refused.includes('img-src')")
    refused = set(page.evaluate("refused"))
    assert refused >= {"script-src-elem", "style-src-elem", "style-src-attr", "img-src", "connect-src"}
    assert page.evaluate("hits") == []
    assert page.is_visible("main")
    assert [each for each in report.foreign_requests if f"{each} csp" not in report.failures] == []
    report.complaints.clear()
    report.foreign_requests.clear()
