"""The HTML report as a file: sound, in both languages, without network, and hostile text in it stays text."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import html5lib
import pytest

from riskcheck.assessment import assess
from riskcheck.facts.load import load_facts
from riskcheck.frozen import replace
from riskcheck.model.actions import Action, ActionList, ActionStatus, Agreed
from riskcheck.model.assessment import Assessment, Reason, Verdict
from riskcheck.model.factset import InputProblem
from riskcheck.model.finding import CompoundState, Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text
from riskcheck.model.waiver import Waiver, WaiverAccount, WaiverState, WaiverUse
from riskcheck.packs.load import load_pack
from riskcheck.reports import Style, phrases, render
from riskcheck.reports.html.security import asset
from tests.reports.examples import assessment, finding
from tests.reports.htmlpage import Node, page_of
from tests.reports.payloads import PAYLOADS, hostile

SAMPLES = Path(__file__).parents[2] / "samples"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
TAGS = {"en": "en", "zh": "zh-CN"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def judged(name: str) -> Assessment:
    pack = load_pack("deployment")
    return assess(load_facts(SAMPLES / f"{name}.xlsx", pack.schema), pack)


def profiled() -> Assessment:
    import riskcheck

    pack = load_pack("deployment")
    profile = riskcheck.load_profile("core", pack)
    return assess(load_facts(SAMPLES / "healthy-en.xlsx", pack.schema), pack, profile=profile)


def page(seen: Assessment, language: Language = "en") -> Node:
    return page_of(render("html", seen, Style(language)))


@cache
def sample(name: str) -> Node:
    """The page of a sample; nobody changes it."""
    return page(judged(name))


KINDS = ("FAIL", "CANNOT_JUDGE", "example", "hostile", "profile")


@cache
def kind(name: str) -> Node:
    """Pages that differ in what they have to show."""
    samples = {"FAIL": "platform-zh", "CANNOT_JUDGE": "undeclared-en"}
    if name in samples:
        return sample(samples[name])
    return page({"example": assessment, "hostile": hostile, "profile": profiled}[name]())


# ------------------------------------------------------------ a sound page


@pytest.mark.parametrize("seen", [assessment, hostile], ids=["example", "hostile"])
def test_a_strict_parser_that_is_not_ours_has_nothing_to_say(seen: Callable[[], Assessment]) -> None:
    """It raises an error at the first fault. Samples go through it with the browser, as it is slow."""
    html5lib.HTMLParser(strict=True).parse(render("html", seen(), Style()), transport_encoding="utf-8")


def test_the_strict_parser_would_notice() -> None:
    wrong = render("html", assessment(), Style()).replace(b"</section>", b"", 1)
    with pytest.raises(html5lib.html5parser.ParseError):
        html5lib.HTMLParser(strict=True).parse(wrong, transport_encoding="utf-8")


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
    en, zh = (render("html", judged("platform-zh"), Style(language)).decode() for language in LANGUAGES)
    (title,) = page_of(en.encode()).all("title")
    assert zh.count(title.attributes["data-zh"] or "") >= 1
    assert re.sub("<title.*?</title>", "", en).replace('<html lang="en">', "") == re.sub(
        "<title.*?</title>", "", zh
    ).replace('<html lang="zh-CN">', "")


# ------------------------------------------------------------ no network, and nothing else can run


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


# ------------------------------------------------------------ what it says


def test_the_first_screen_says_whether_why_and_what_first() -> None:
    first = sample("platform-zh").by_id("verdict").text("zh-CN")
    order = (
        "不通过",
        "G3 验收：关口关闭",
        "江岭省",
        "72.59 至 74.07",
        "为何不能通过",
        "ACC-PUR-01.a",
        "首先要做",
        "服务级别经理",
    )
    places = [first.index(word) for word in order]
    assert places == sorted(places)


def test_what_to_do_first_is_a_declaration_if_that_is_all_that_is_lacking() -> None:
    root = sample("undeclared-en")
    steps = next(each for each in root.all("ol") if each.attributes["class"] == "steps")
    assert len(list(steps.all("li"))) == 1
    assert "--assume-complete" in steps.text("en")


def test_what_to_do_first_is_to_fill_in_what_must_be_known() -> None:
    seen = judged("half-blank-zh")
    steps = next(each for each in page(seen).all("ol") if each.attributes["class"] == "steps").text("en")
    controls = {each.control.en for each in (*seen.findings, *seen.compounds)}
    assert "fill in" in steps or "declare" in steps
    assert not [each for each in controls if each in steps], "nothing is to be mended that may be all right"


def test_a_pass_says_that_nothing_is_left_to_do() -> None:
    seen = judged("healthy-en")
    assert seen.verdict is Verdict.PASS
    done = replace(seen, findings=tuple(each for each in seen.findings if not each.is_open))
    assert "Nothing is left to do." in page(done).by_id("verdict").text("en")


def test_the_heat_map_counts_open_findings_and_the_matrix_all_that_apply() -> None:
    root = page(assessment())
    (heat,) = root.classed("heat")
    links = list(heat.all("a"))
    assert [each.text("en") for each in links] == ["4 open findings, high"]
    assert (links[0].attributes["data-likelihood"], links[0].attributes["data-impact"]) == ("3", "4")
    (matrix,) = root.classed("matrix")
    cells = [each.text("en") for each in matrix.all("td")]
    assert cells == ["", "4/5 open, worst: fail", "4/5 open, worst: fail", "–", "–"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_unfolds_to_its_limits_cells_and_control(language: Language) -> None:
    lang = TAGS[language]
    text = page(assessment()).by_id("f-A-1.a").text(lang)
    limit = ("late share, at most", "0.05 (5 %)", "sourced (DCMA)")
    wanted = limit if language == "en" else ("逾期比例上限", "0.05（5%）", "有出处 (DCMA)")
    for word in (*wanted, "任务!D14", "2026-07-14", "=HYPERLINK"):
        assert word in text
    assert ("… and 24 more" if language == "en" else "……另有 24 处") in text


def test_an_unknown_finding_says_what_it_needs_and_what_stands_there_now() -> None:
    text = page(assessment()).by_id("f-A-1.c").text("en")
    assert "Tasks · Owner" in text
    assert "fill in (now =HYPERLINK" in text
    assert "declare the table complete" in text
    assert "Name one person." not in text


def test_every_finding_is_listed_whatever_its_outcome() -> None:
    seen = judged("unclear-sla-zh")
    root = page(seen)
    listed = [each.attributes["data-check"] for each in root.classed("finding")]
    assert sorted(str(each) for each in listed) == sorted(each.check for each in seen.findings)


def test_actions_have_owner_and_day_and_leave_out_what_is_unknown() -> None:
    root = page(assessment())
    rows = [each.text("en") for each in root.by_id("actions").all("tr")][1:]
    assert len(rows) == 3
    assert all("Name one person." in row and "Lead" in row and "2026-07-14" in row for row in rows)
    assert "1 unknown check needs facts first." in root.by_id("actions").text("en")


def test_a_profile_and_its_changes_are_told() -> None:
    root = page(profiled())
    assert root.by_id("profile").text("en").count("Limit changed") + root.by_id("profile").text("en").count("dropped")
    assert "Profile core" in root.by_id("verdict").text("en")
    assert "sha" not in root.by_id("profile").text("en")


def test_the_audit_trail_has_every_digest() -> None:
    seen = profiled()
    text = page(seen).by_id("audit").text("en")
    assert seen.profile is not None
    for digest in (seen.pack.sha256, seen.profile.sha256, *(each.sha256 for each in seen.inputs)):
        assert digest in text


# ------------------------------------------------------------ cause chains


def test_a_chain_is_drawn_from_its_failures_down_to_the_gate() -> None:
    root = sample("platform-zh")
    (drawing,) = root.by_id("c-CH-22").all("svg")
    labels = [each.text() for each in drawing.all("text") if each.attributes.get("class") == "label"]
    assert labels == ["TEC-04.a", "EXE-ACT-07.a", "EXE-ACT-06.b", "CH-22"]
    assert "Gate G3 stays shut" in drawing.text("en")
    assert [each.attributes["href"] for each in drawing.all("a")][:1] == ["#f-TEC-04.a"]


def test_a_chain_of_chains_is_drawn_above_each_other_and_ends() -> None:
    """Each rule has the one before among its causes; one that names itself by way of others is cut off."""
    seen = assessment()
    rule = replace(seen.compounds[0], state=CompoundState.FIRED, blocks_gate=False)
    chain = tuple(
        replace(rule, id=f"CH-{at}", members=(f"CH-{(at + 1) % 6}", "A-1.a"), failing=(f"CH-{(at + 1) % 6}", "A-1.a"))
        for at in range(6)
    )
    (drawing,) = page(replace(seen, compounds=chain)).by_id("c-CH-0").all("svg")
    labels = [each.text() for each in drawing.all("text") if each.attributes.get("class") == "label"]
    assert labels == [
        "CH-0",
        "A-1.a",
        "CH-5",
        "A-1.a",
        "CH-4",
        "A-1.a",
        "CH-3",
        "A-1.a",
        "CH-2",
        "A-1.a",
        "CH-1",
        *(
            "A-1.a",
            "CH-0",
        ),
    ]


def test_long_titles_stay_within_their_boxes() -> None:
    seen = assessment()
    long = Text("An endlesslylongwordwithoutanyblanks " * 9, "一个很长很长的标题" * 12)
    rule = replace(seen.compounds[0], title=long)
    (drawing,) = page(replace(seen, compounds=(rule,))).by_id(f"c-{rule.id}").all("svg")
    for each in drawing.all("text"):
        assert len(each.text()) <= 55
    assert "…" in drawing.text("en")


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
    assert len(render("html", judged("platform-zh"), Style("zh"))) < 700_000


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


def test_what_was_agreed_about_an_action_stands_in_place_of_what_is_proposed() -> None:
    seen = assessment()
    agreed = Agreed(owner="<b>Ann</b>", due=date(2026, 6, 1), status=ActionStatus.IN_PROGRESS, remark="half done")
    carried = tuple(
        Action(each.id, date(2026, 5, 1), agreed if each.check == "A-1.a" else Agreed())
        for each in seen.findings
        if each.is_open
    )
    listed = replace(seen, actions=ActionList("old.xlsx", "ef" * 32, carried, (), ()))
    actions = page(listed).by_id("actions")
    rows = [each.text("en") for each in actions.all("tr")]
    assert "<b>Ann</b> 2026-06-01 in progress overdue half done".replace(" ", "") in rows[1].replace(" ", "")
    assert rows[2].replace(" ", "").endswith("Lead2026-07-14open")
    assert "Carried over from old.xlsx" in actions.text("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_that_rests_on_waivers_says_so_on_the_first_screen(language: Language) -> None:
    waiver = Waiver(
        "W1", "A-1.a", "P-1", "<i>late</i>", "Ann", "sponsor", date(2026, 6, 1), date(2026, 7, 1), "G1", None,
        "daily call", None, None, None, None,
    )  # fmt: skip
    use = WaiverUse(waiver, WaiverState.RELIED_ON, Text("it is relied on", "已采用"), False, None)
    account = WaiverAccount("w.yaml", "ab" * 32, (use,), Verdict.FAIL, (), ())
    root = page(replace(assessment(), verdict=Verdict.CONDITIONAL, waivers=account), language)
    wanted = "Rests on 1 waiver; without: FAIL" if language == "en" else "依赖 1 项豁免；若无豁免：不通过"
    assert wanted in root.by_id("verdict").text(TAGS[language])
    text = root.by_id("waivers").text(TAGS[language])
    for word in ("A-1.a", "Ann", "<i>late</i>", "daily call", "2026-07-01"):
        assert word in text
