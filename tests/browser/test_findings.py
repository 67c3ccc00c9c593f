"""Findings are filtered, sorted and unfolded in a real browser."""

from __future__ import annotations

from collections.abc import Callable

from riskcheck.model.assessment import Assessment
from riskcheck.model.comparison import ChangeKind
from riskcheck.model.finding import Band, Finding, Outcome
from tests.browser.watched import Watched

Opened = Callable[..., Watched]
Judged = Callable[[str], Assessment]
NAME = "platform-zh"


def checks(judged: Judged, wanted: Callable[[Finding], bool]) -> list[str]:
    return sorted(each.check for each in judged(NAME).findings if wanted(each))


def test_at_first_those_show_that_somebody_has_to_act_on(opened: Opened, judged: Judged) -> None:
    report = opened(NAME)
    assert sorted(report.shown()) == checks(judged, lambda each: each.is_open)
    assert report.count() == len(report.shown())
    report.page.click("#clear")
    assert len(report.shown()) == report.count() == len(judged(NAME).findings)


FILTERS: list[tuple[str, str, Callable[[Finding], bool]]] = [
    ("outcome", "fail", lambda each: each.outcome is Outcome.FAIL),
    ("outcome", "pass", lambda each: each.outcome is Outcome.PASS),
    ("band", "critical", lambda each: each.band is Band.CRITICAL),
    ("phase", "acceptance", lambda each: each.phase == "acceptance"),
    ("element", "resource", lambda each: "resource" in each.elements),
    ("gate", "G2", lambda each: each.due_gate == "G2"),
]


def test_a_filter_shows_just_what_it_says(opened: Opened, judged: Judged) -> None:
    report = opened(NAME)
    for group, value, wanted in FILTERS:
        report.page.click("#clear")
        report.press(group, value)
        assert sorted(report.shown()) == checks(judged, wanted) != [], value
        assert report.count() == len(report.shown())
        report.press(group, value)
        assert report.count() == len(judged(NAME).findings)


def test_what_is_new_since_the_baseline_is_filtered_and_marked(opened: Opened, judged: Judged) -> None:
    baseline = judged("held").baseline
    assert baseline is not None
    new = sorted(each.rule for each in baseline.changes if each.kind in (ChangeKind.NEW, ChangeKind.GONE_DARK))
    known = sorted(each.rule for each in baseline.changes if each.kind is ChangeKind.LASTING)
    report = opened("held")
    for value, wanted in (("new", new), ("known", known)):
        report.page.click("#clear")
        report.press("since", value)
        assert sorted(report.shown()) == wanted != [], value
        report.press("since", value)
    report.page.click("#clear")
    assert report.page.locator("#list .must.since").count() == len(new)
    assert opened(NAME).page.locator("[data-filter=since]").count() == 0


def test_filters_of_a_kind_add_up_and_those_of_several_kinds_narrow(opened: Opened, judged: Judged) -> None:
    report = opened(NAME)
    report.page.click("#clear")
    for group, value in (("outcome", "fail"), ("outcome", "warn"), ("element", "people"), ("gate", "G2")):
        report.press(group, value)
    outcomes = (Outcome.FAIL, Outcome.WARN)
    assert sorted(report.shown()) == checks(
        judged, lambda each: each.outcome in outcomes and "people" in each.elements and each.due_gate == "G2"
    )


WORDS = [
    ("SLA目标", "ACC-PUR-01.a"),
    ("ｓｌａ targets", "ACC-PUR-01.a"),
    ("支付与银行接口", "EXE-ACT-07.a"),
    ("exe-rc-06.E", "EXE-RC-06.e"),
]


def test_free_text_finds_titles_in_either_language_cells_and_ids(opened: Opened) -> None:
    report = opened(NAME)
    for words, found in WORDS:
        report.page.fill("#search", words)
        assert found in report.shown()
        assert len(report.shown()) < 10, words


def test_what_fits_nothing_says_so(opened: Opened) -> None:
    report = opened(NAME)
    report.page.fill("#search", "no such words")
    assert report.shown() == []
    assert report.page.is_visible("#none")
    report.page.click("#clear")
    assert not report.page.is_visible("#none")
    assert report.page.input_value("#search") == ""


def test_a_cell_of_the_heat_map_shows_its_findings(opened: Opened, judged: Judged) -> None:
    report = opened(NAME)
    link = report.page.locator(".heat a").first
    likelihood, impact = (int(link.get_attribute(f"data-{key}")) for key in ("likelihood", "impact"))
    link.click()
    assert sorted(report.shown()) == checks(
        judged, lambda each: each.is_open and (each.likelihood, each.impact) == (likelihood, impact)
    )
    assert f"likelihood {likelihood}, impact {impact}" in report.page.inner_text("#cell")
    report.page.click("#clear")
    assert not report.page.is_visible("#cell")


def test_a_cell_of_the_matrix_shows_its_findings(opened: Opened, judged: Judged) -> None:
    report = opened(NAME)
    report.page.click('.matrix a[data-phase="execution"][data-element="technology"]')
    assert sorted(report.shown()) == checks(
        judged, lambda each: each.phase == "execution" and "technology" in each.elements
    )


ORDERS: list[tuple[str, Callable[[Finding], str | int]]] = [
    ("check", lambda each: each.check),
    ("owner", lambda each: each.owner),
    ("rating", lambda each: -each.rating),
]


def test_an_order_is_the_one_it_says_and_turns_round(opened: Opened, judged: Judged) -> None:
    report = opened(NAME)
    severity = report.shown()
    findings = {each.check: each for each in judged(NAME).findings}
    for key, by in ORDERS:
        report.page.click(f'[data-sort="{key}"]')
        keys = [by(findings[check]) for check in report.shown()]
        assert keys == sorted(keys), key
        assert sorted(report.shown()) == sorted(severity)
        report.page.click(f'[data-sort="{key}"]')
        assert [by(findings[check]) for check in report.shown()] == sorted(keys, reverse=True), key
    report.page.click('[data-sort="order"]')
    assert report.shown() == severity


def test_what_is_due_before_the_gate_comes_first_then_by_day(opened: Opened, judged: Judged) -> None:
    report = opened(NAME)
    report.page.click('[data-sort="due"]')
    findings = {each.check: each for each in judged(NAME).findings}
    due = [findings[check].due for check in report.shown()]
    days = [each.on.isoformat() for each in due if each is not None and each.on is not None]
    assert days == sorted(days) != []
    musts = [findings[check].must_meet for check in report.shown()]
    assert musts == sorted(musts, reverse=True)


def test_a_finding_unfolds_to_its_cells(opened: Opened) -> None:
    report = opened(NAME, "zh")
    assert not report.page.is_visible("text=服务级别协议!O7")
    report.page.click("#f-ACC-PUR-01\\.a summary")
    assert report.page.is_visible("text=服务级别协议!O7")
    report.page.click("#unfold")
    assert len(report.unfolded()) == len(report.shown())
    report.page.click("#fold")
    assert report.unfolded() == []


def test_an_address_leads_to_a_finding_even_if_a_filter_hides_it(opened: Opened) -> None:
    report = opened(NAME, at="#f-ACC-RC-04.b")
    assert report.unfolded() == ["ACC-RC-04.b"]
    passed = opened(NAME, at="#f-PLN-RC-03.a")
    assert passed.unfolded() == ["PLN-RC-03.a"]
    assert "PLN-RC-03.a" in passed.shown()
    assert passed.page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_reason_leads_to_its_finding_again_and_again(opened: Opened) -> None:
    report = opened(NAME)
    for _ in range(2):
        report.page.click("ol.reasons a.rule >> nth=0")
        assert report.unfolded() == ["ACC-PUR-01.a"]
        assert report.page.evaluate(
            "() => { const r = document.getElementById('f-ACC-PUR-01.a').getBoundingClientRect();"
            " return r.top >= 0 && r.top < innerHeight; }"
        )
        report.page.click("#fold")
