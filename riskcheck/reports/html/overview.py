"""The first screen: may the project pass, why (not), and what to do first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from riskcheck.model.assessment import Assessment, Reason
from riskcheck.model.finding import Finding, Outcome
from riskcheck.model.number import floor_text
from riskcheck.model.text import Text
from riskcheck.reports import phrases
from riskcheck.reports.findingtext import interval_text
from riskcheck.reports.firststeps import TO_MEND, FirstStep, first_steps
from riskcheck.reports.html.anchors import Entries
from riskcheck.reports.html.markup import Markup, element, joined, quoted
from riskcheck.reports.html.scorebar import judged_text, score_bar
from riskcheck.reports.html.section import Section, folded, listed, place, title_id
from riskcheck.reports.nextfacts import facts_to_supply

_ID = "verdict"
_MOST = 3
"""How many reasons and steps show at once; the others unfold."""
ORDER = (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN, Outcome.WARN, Outcome.PASS, Outcome.NOT_APPLICABLE)
"""The outcomes, worst first."""


def overview_section(assessment: Assessment, entries: Entries) -> Section:
    """The first screen."""
    content = joined(
        (
            element("div", _verdict(assessment), _score(assessment), class_="first"),
            *_warnings(assessment),
            element("div", _why(assessment, entries), _first(assessment, entries), class_="halves"),
        )
    )
    return Section(_ID, Text("Verdict", "结论"), content, titled=True)


def _verdict(assessment: Assessment) -> Markup:
    """The verdict, of what, when, on which facts."""
    named = assessment.named
    gate = assessment.gate_title
    return element(
        "div",
        element("h1", phrases.VERDICT[assessment.verdict], class_="word", id=title_id(_ID)),
        element(
            "p",
            element("strong", Text(f"{assessment.gate} {gate.en}: ", f"{assessment.gate} {gate.zh}：")),
            phrases.GATE_STATE[assessment.verdict.opens],
            class_="gate",
        ),
        element("p", quoted(named) if named else Text("(project not named)", "（项目未命名）"), class_="project"),
        element("p", Text(f"As of {assessment.as_of}", f"评审日期 {assessment.as_of}"), class_="day"),
        class_=f"verdict {assessment.verdict.value.lower()}",
    )


def _score(assessment: Assessment) -> Markup:
    score = assessment.score
    shown: tuple[Markup, ...] = ()
    if score is not None:
        of = Text("of 100", "满分 100")
        shown = (
            element(
                "p",
                element("strong", interval_text(score), class_="number"),
                " ",
                element("span", joined((of, judged_text(score)), " · "), class_="of"),
                class_="interval",
            ),
            score_bar(score, scale=True),
        )
    return element(
        "div",
        element("h2", Text("Score", "得分")),
        *(shown or (element("p", "–"),)),
        *_counts(assessment),
        class_="score",
    )


def _counts(assessment: Assessment) -> Iterator[Markup]:
    musts = [each for each in assessment.findings if each.must_meet]
    yield element("p", phrases.MUST_MEETS[assessment.partly_shown], outcome_counts(musts), class_="musts")
    every = Text("Checks shown: ", "所显示的检查：") if assessment.partly_shown else Text("All checks: ", "全部检查：")
    yield element("p", every, outcome_counts(assessment.findings), class_="musts all-checks")
    if assessment.confidence is not None:
        overall, must = (
            "-" if grade is None else floor_text(grade)
            for grade in (assessment.confidence.overall, assessment.confidence.must_meet)
        )
        said = Text(
            f"Evidence: grade {overall} of 1 on average, {must} for must-meet checks",
            f"证据等级：平均 {overall}（满分 1），必须满足项 {must}",
        )
        yield element("p", said, class_="musts evidence")


def outcome_counts(findings: tuple[Finding, ...] | list[Finding]) -> Markup:
    """How many findings have each outcome that some have, worst first."""
    counts = Counter(each.outcome for each in findings)
    marks = [
        element("span", str(counts[each]), " ", phrases.OUTCOME[each], class_=f"badge {each.value}")
        for each in ORDER
        if counts[each]
    ]
    return joined(marks or ["–"], " ")


def _warnings(assessment: Assessment) -> Iterator[Markup]:
    """What was taken to be so because somebody said it, and that a profile was used."""
    for assumption in assessment.assumptions:
        yield element("p", assumption.text, class_="notice")
    if assessment.waivers is not None:
        from riskcheck.reports.waiverwords import without

        said = without(assessment.waivers)
        yield element("p", element("a", said, href="#waivers"), class_="notice")
    if assessment.profile is not None:
        from riskcheck.reports.profileuse import headline

        said = headline(assessment.profile)
        yield element(
            "p",
            element("a", Text(f"Profile {said.en}", f"裁剪方案 {said.zh}"), href="#profile"),
            class_="notice",
        )


def _why(assessment: Assessment, entries: Entries) -> Markup:
    title = Text("Why", "理由") if assessment.verdict.opens else Text("Why not", "为何不能通过")
    reasons = [_reason(entries, each) for each in assessment.reasons]
    return element("div", element("h2", title), *_foldable(reasons, "reasons"), class_="card")


def _reason(entries: Entries, reason: Reason) -> Markup:
    link = entries.link(reason.check) if reason.check else None
    return joined((reason.text, Markup(" ") if link else None, link))


def _first(assessment: Assessment, entries: Entries) -> Markup:
    steps = [_step(entries, each) for each in first_steps(assessment)]
    shown = _foldable(steps, "steps") if steps else (element("p", Text("Nothing is left to do.", "没有待办事项。")),)
    return element("div", element("h2", Text("Do first", "首先要做")), *shown, *_all_of_it(assessment), class_="card")


def _all_of_it(assessment: Assessment) -> Iterator[Markup]:
    """Where all that is left to do is listed."""
    opened = sum(each.outcome in TO_MEND for each in assessment.findings)
    facts = len(facts_to_supply(assessment))
    links = [
        element("a", Text(f"All actions ({opened})", f"全部整改措施（{opened}）"), href="#actions") if opened else None,
        element("a", Text(f"All to fill in ({facts})", f"全部待补充资料（{facts}）"), href="#supply")
        if facts
        else None,
    ]
    if any(links):
        yield element("p", joined(links, " "), class_="all-of-it")


def _step(entries: Entries, step: FirstStep) -> Markup:
    said = [
        joined((element("b", step.owner), *([step.due] if step.due else ())), " · ") if step.owner else None,
        entries.link(step.check) if step.check else None,
        Text(f"serves {_checks(step.serves)}", f"涉及 {step.serves} 项检查") if step.serves else None,
        *(place(each) for each in step.places),
    ]
    shown = [each for each in said if each is not None]
    return joined(
        (
            element("span", step.what, class_="what"),
            element("code", quoted(step.command), class_="command") if step.command else None,
            element("span", joined(shown, " "), class_="who") if shown else None,
        )
    )


def _checks(count: int) -> str:
    return "1 check" if count == 1 else f"{count} checks"


def _foldable(entries: list[Markup], kind: str) -> tuple[Markup, ...]:
    """A list whose first entries show, and the others unfold."""
    first, rest = entries[:_MOST], entries[_MOST:]
    if len(rest) == 1:
        first, rest = entries, []
    shown = listed(first, kind, ordered=True)
    if not rest:
        return (shown,)
    more = Text(f"{len(rest)} more", f"另有 {len(rest)} 条")
    others = element("ol", *(element("li", each) for each in rest), class_=kind, start=len(first) + 1)
    return (shown, folded(more, others))
