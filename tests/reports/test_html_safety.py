"""The HTML report asks nothing of a network, runs nothing but its own script, and hostile text in it stays text."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from riskcheck.model.text import Language
from riskcheck.reports import Style, render
from riskcheck.reports.html.security import asset
from tests.reports.examples import assessment
from tests.reports.htmlpage import KINDS, LANGUAGES, kind, page, sample
from tests.reports.payloads import PAYLOADS, hostile


@pytest.mark.parametrize("name", KINDS)
def test_the_page_names_no_address_and_embeds_nothing(name: str) -> None:
    root = kind(name)
    assert {each.tag for each in root.all()}.isdisjoint({"link", "img", "iframe", "object", "embed", "base", "form"})
    for each in root.all():
        assert {"src", "srcset", "action", "style", "ping", "background"}.isdisjoint(each.attributes)
        assert not [name for name in each.attributes if name.startswith("on")]
        assert each.attributes.get("http-equiv") in (None, "Content-Security-Policy")
    for name in ("page.css", "page.js"):
        assert not re.search(r"url\(|@import|https?:|//[a-z]", asset(name)), name


def test_the_policy_lets_the_page_run_its_own_script_and_style_and_nothing_else() -> None:
    root = sample("conditional-en")
    (meta,) = (each for each in root.all("meta") if "http-equiv" in each.attributes)
    policy = dict(each.split(" ", 1) for each in (meta.attributes["content"] or "").split("; "))
    for tag in ("script", "style"):
        (each,) = root.all(tag)
        assert each.attributes == {}
        digest = base64.b64encode(hashlib.sha256("".join(map(str, each.children)).encode()).digest()).decode()
        assert policy[f"{tag}-src"] == f"'sha256-{digest}'"
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert "unsafe" not in (meta.attributes["content"] or "")
    (head,) = root.all("head")
    tags = [each.tag for each in head.all()]
    assert tags.index("style") > tags.index("meta"), "the policy stands before what it speaks of"


def test_the_script_makes_no_html_of_text() -> None:
    script = asset("page.js")
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "</"):
        assert word not in script
    assert "</" not in asset("page.css")


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_stays_text_wherever_facts_can_put_it(language: Language) -> None:
    """The elements are those of the same page with harmless words, so nothing of a payload became one."""
    harmless = page(hostile([re.sub("[<>&\"']", "x", each) for each in PAYLOADS]), language)
    attacked = page(hostile(), language)
    assert [each.tag for each in attacked.all()] == [each.tag for each in harmless.all()]
    for one, other in zip(attacked.all(), harmless.all(), strict=True):
        assert list(one.attributes) == list(other.attributes)
    text = "".join(attacked.texts())
    for payload in PAYLOADS:
        assert payload in text, "what is printable is shown as it stands"


def test_no_character_that_steers_text_is_in_the_page() -> None:
    content = render("html", assessment(), Style()).decode()
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", content)
