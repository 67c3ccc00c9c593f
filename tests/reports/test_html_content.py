"""What the HTML report says: the verdict, why, what to do first, each finding, and the chains of causes."""

from __future__ import annotations

from datetime import date

import pytest

from riskcheck.frozen import replace
from riskcheck.model.actions import Action, ActionList, ActionStatus, Agreed
from riskcheck.model.assessment import Verdict
from riskcheck.model.comparison import BaselineUse, Change, ChangeKind
from riskcheck.model.finding import CompoundState
from riskcheck.model.text import Language, Text
from riskcheck.model.waiver import WaiverState
from riskcheck.reports.html.markup import TAGS
from tests.reports.examples import assessment, judged_sample, waivers
from tests.reports.htmlpage import LANGUAGES, page, profiled, sample


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
    seen = judged_sample("half-blank-zh")
    steps = next(each for each in page(seen).all("ol") if each.attributes["class"] == "steps").text("en")
    controls = {each.control.en for each in (*seen.findings, *seen.compounds)}
    assert "fill in" in steps or "declare" in steps
    assert not [each for each in controls if each in steps], "nothing is to be mended that may be all right"


def test_a_pass_says_that_nothing_is_left_to_do() -> None:
    seen = judged_sample("healthy-en")
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
    seen = judged_sample("unclear-sla-zh")
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
    made = waivers(
        WaiverState.RELIED_ON, id="W1", project="P-1", reason="<i>late</i>", approver="Ann", approver_role="sponsor",
        granted_on=date(2026, 6, 1), expires_on=date(2026, 7, 1), gate="G1", compensating_control="daily call",
    )  # fmt: skip
    account = replace(made, file="w.yaml", sha256="ab" * 32)
    root = page(replace(assessment(), verdict=Verdict.CONDITIONAL, waivers=account), language)
    wanted = "Rests on 1 waiver; without: FAIL" if language == "en" else "依赖 1 项豁免；若无豁免：不通过"
    assert wanted in root.by_id("verdict").text(TAGS[language])
    text = root.by_id("waivers").text(TAGS[language])
    for word in ("A-1.a", "Ann", "<i>late</i>", "daily call", "2026-07-01"):
        assert word in text


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


def test_what_the_baseline_does_not_know_is_marked_and_can_be_filtered() -> None:
    kinds = {"A-1.a": ChangeKind.LASTING, "A-1.c": ChangeKind.GONE_DARK, "A-1.d": ChangeKind.NEW}
    changes = tuple(Change(rule, Text(rule, rule), False, kind, "pass", "fail") for rule, kind in kinds.items())
    use = BaselineUse("base.json", "ef" * 32, assessment().as_of, True, changes)
    root = page(replace(assessment(), baseline=use))
    since = {each.attributes["data-check"]: each.attributes.get("data-since") for each in root.classed("finding")}
    assert {since[name] for name in ("A-1.e", "A-1.f")} == {None}
    assert (since["A-1.a"], since["A-1.c"], since["A-1.d"]) == ("known", "new", "new")
    chips = {
        each.attributes.get("data-value")
        for each in root.all("button")
        if each.attributes.get("data-filter") == "since"
    }
    assert chips == {"new", "known"}
    assert "gone dark" in root.by_id("f-A-1.c").text("en")
    assert "变为未知" in root.by_id("f-A-1.c").text("zh-CN")
    assert not [each for each in page(assessment()).all("button") if each.attributes.get("data-filter") == "since"]
