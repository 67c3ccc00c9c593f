"""The HTML report as a file: sound, in both languages, and bounded."""

from __future__ import annotations

import re

import pytest

from riskcheck.frozen import replace
from riskcheck.model.assessment import Reason, Verdict
from riskcheck.model.factset import InputProblem
from riskcheck.model.finding import Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text
from riskcheck.reports import Style, phrases, render
from riskcheck.reports.html.markup import TAGS
from tests.reports.examples import assessment, finding, judged_sample
from tests.reports.htmlpage import KINDS, LANGUAGES, kind, page, page_of, sample

CHINESE = re.compile(r"[\u4e00-\u9fff]")


# ------------------------------------------------------------ a sound page


@pytest.mark.parametrize("name", KINDS)
def test_ids_are_unique_and_every_reference_finds_its_element(name: str) -> None:
    root = kind(name)
    ids = [each.attributes["id"] for each in root.all() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    for each in root.all():
        for name in ("for", "aria-labelledby", "aria-controls", "aria-describedby"):
            for wanted in (each.attributes.get(name) or "").split():
                assert wanted in ids, (each.tag, name, wanted)
        href = each.attributes.get("href")
        assert href is None or (href.startswith("#") and href[1:] in ids), href


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_everything_that_can_be_pressed_says_what_it_is(lang: str) -> None:
    root = sample("platform-zh")
    for tag in ("button", "a", "summary", "legend", "label", "caption", "th", "h1", "h2", "h3"):
        found = list(root.all(tag))
        assert found
        assert [each for each in found if not each.text(lang)] == []
    labelled = {each.attributes["for"] for each in root.all("label")}
    assert {each.attributes["id"] for each in root.all("input")} <= labelled


def test_a_table_has_heads_with_a_scope() -> None:
    root = sample("half-blank-zh")
    tables = list(root.all("table"))
    assert len(tables) > 10
    for table in tables:
        heads = list(table.all("th"))
        assert heads
        assert {each.attributes.get("scope") for each in heads} <= {"col", "row"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_its_language_its_verdict_and_a_way_past_the_bar(language: Language) -> None:
    root = page(assessment(), language)
    (html,) = root.all("html")
    assert html.attributes["lang"] == TAGS[language]
    (title,) = root.all("title")
    assert title.text().startswith(phrases.VERDICT[Verdict.FAIL].of(language))
    (body,) = root.all("body")
    first = next(each for each in body.all() if each.tag in ("a", "button"))
    assert first.attributes["href"] == "#main"
    (main,) = root.all("main")
    assert main.attributes["id"] == "main"


# ------------------------------------------------------------ both languages


@pytest.mark.parametrize("name", KINDS)
def test_what_is_said_in_one_language_is_said_in_the_other(name: str) -> None:
    """Spans of the two languages come in pairs, one after the other."""
    root = kind(name)
    for tag in ("span", "text"):
        counts = [sum(each.attributes.get("lang") == lang for each in root.all(tag)) for lang in ("en", "zh-CN")]
        assert tag == "text" or counts[0] == counts[1] > 0


@pytest.mark.parametrize("name", ["platform-en", "conditional-en"])
def test_the_english_that_shows_on_english_facts_has_no_chinese_but_the_switch(name: str) -> None:
    found = [text for text in sample(name).texts("en") if CHINESE.search(text)]
    assert found == ["中文"]


def test_both_languages_are_the_same_page_but_for_which_shows_first() -> None:
    """So a file handed on serves readers of either."""
    en, zh = (render("html", judged_sample("platform-zh"), Style(language)).decode() for language in LANGUAGES)
    (title,) = page_of(en.encode()).all("title")
    assert zh.count(title.attributes["data-zh"] or "") >= 1
    assert re.sub("<title.*?</title>", "", en).replace('<html lang="en">', "") == re.sub(
        "<title.*?</title>", "", zh
    ).replace('<html lang="zh-CN">', "")


# ------------------------------------------------------------ bounded, and what is cut is told


def test_lists_are_cut_where_they_are_endless_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("riskcheck.reports.html.anchors.MAX_FINDINGS", 20)
    monkeypatch.setattr("riskcheck.reports.html.actions.MAX_ACTIONS", 15)
    monkeypatch.setattr("riskcheck.reports.html.needs.MAX_PROBLEMS", 10)
    many = tuple(finding(f"A-1.{at}", Outcome.PASS if at < 3 else Outcome.WARN) for at in range(27))
    problems = tuple(
        InputProblem("x", "note", Text(f"note {at}", f"提示 {at}"), Location("p.xlsx", "S", f"A{at + 1}"))
        for at in range(15)
    )
    root = page(replace(assessment(), findings=many, input_problems=problems))
    assert [each.attributes["data-outcome"] for each in root.classed("finding")] == ["warn"] * 20
    assert "… and 7 more" in root.by_id("findings").text("en")
    assert "… and 9 more" in root.by_id("actions").text("en")
    assert "… and 5 more" in root.by_id("problems").text("en")
    assert root.by_id("findings").text("en").startswith("Findings 27"), "the number of all"


def test_a_very_long_cell_is_cut_visibly() -> None:
    cell = replace(finding("A-1.a", Outcome.FAIL).evidence[0], shown=Text("x" * 30_000, "x" * 30_000))
    seen = replace(assessment(), findings=(replace(finding("A-1.a", Outcome.FAIL), evidence=(cell,)),), reasons=())
    content = render("html", seen, Style())
    assert b"x" * 250 in content
    assert b"x" * 301 not in content
    assert "x…" in content.decode()


def test_the_large_samples_stay_small_enough_to_mail() -> None:
    assert len(render("html", judged_sample("platform-zh"), Style("zh"))) < 700_000


def test_reasons_beyond_the_first_unfold() -> None:
    seen = assessment()
    many = tuple(Reason("x", Text(f"reason {at}", f"理由 {at}")) for at in range(9))
    text = page(replace(seen, reasons=many)).by_id("verdict").text("en")
    assert "6 more" in text
    assert all(f"reason {at}" in text for at in range(9))


def test_an_assessment_of_nothing_makes_a_page() -> None:
    seen = replace(
        assessment(), findings=(), compounds=(), score=None, phases=(), elements=(), inputs=(), reasons=(),
        input_problems=(), undeclared=(), project_id=None, project_name=None, verdict=Verdict.CANNOT_JUDGE,
    )  # fmt: skip
    assert "(project not named)" in page(seen).by_id("verdict").text("en")
