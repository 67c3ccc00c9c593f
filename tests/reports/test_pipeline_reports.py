"""Reports for pipelines: validators that are not ours accept them, and what a project says stays text in them."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from markdown_it import MarkdownIt

from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment, Assumption, Verdict
from riskcheck.model.comparison import BaselineUse, Change, ChangeKind
from riskcheck.model.finding import Evidence, Finding, Outcome
from riskcheck.model.place import Location
from riskcheck.model.text import Language, Text
from riskcheck.model.waiver import WaiverState
from riskcheck.reports import Style, format_for, render
from riskcheck.reports.markdown import MAX_CHARACTERS
from tests.reports.examples import HOSTILE, assessment, finding, judged_sample, waivers
from tests.reports.pipelinereports import junit, rows_of_csv, sarif

LANGUAGES: tuple[Language, ...] = ("en", "zh")
NASTY = [
    HOSTILE,
    "]]><script>alert(1)</script><!--",
    '"><img src=x onerror=alert(1)>',
    "</summary></details><b>x</b>",
    "[click](javascript:alert(1)) ![i](http://x.invalid/i.png) <http://x.invalid>",
    "`code` **bold** _it_ | cell | # head",
    "# head",
    "- [ ] item",
    "1. one",
    "=1+1",
    "@everyone #1 GH-1 http://x.invalid www.x.invalid",
    "::error::x\n::add-mask::y\r##[error]z %0A::error::w",
    "\ufffe\uffff\x00\x0b\ud800 end",
    "\t=cmd|' /C calc'!A0",
    "＝1+1",
    "{0} \\[x](1)",
]


def nasty(text: str) -> Assessment:
    """An assessment in which a project says `text` wherever it can."""
    shown = Evidence(
        "t.f", Text("F", "字段"), 1, text, "value", text, Text(text, text), text, Location(text, text, "B2")
    )

    def put(each: Finding) -> Finding:
        return replace(each, evidence=tuple(shown for _ in each.evidence))

    seen = assessment()
    inputs = (replace(seen.inputs[0], file=text),)
    findings = tuple(map(put, seen.findings))
    account = waivers(WaiverState.IN_FORCE, reason=text, approver=text)
    return replace(seen, project_id=text, project_name=text, inputs=inputs, findings=findings, waivers=account)


# ------------------------------------------------------------ valid, whatever a project says


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["conditional-en", "half-blank-zh"])
def test_reports_on_samples_are_valid(name: str, language: Language) -> None:
    seen = judged_sample(name)
    assert len(sarif(seen, Style(language))["results"]) == len(seen.findings) + len(seen.compounds)
    assert len(junit(seen, Style(language)).findall(".//testcase")) == 1 + len(seen.findings) + len(seen.compounds)
    assert {len(row) for row in rows_of_csv(seen, language)} == {28}


@pytest.mark.parametrize("text", NASTY)
def test_reports_on_hostile_text_are_valid(text: str) -> None:
    seen = nasty(text)
    sarif(seen, Style(security_severity=True))
    junit(seen)
    assert {len(row) for row in rows_of_csv(seen)} == {28}


@pytest.mark.parametrize("text", NASTY)
def test_no_cell_of_the_csv_is_a_formula(text: str) -> None:
    for row in rows_of_csv(nasty(text)):
        for cell in row:
            assert not re.match(r"\s*[=+\-@＝＋－＠](?![\d.]+$)", cell), cell


@pytest.mark.parametrize("text", NASTY)
def test_hostile_text_makes_no_markup_in_markdown(text: str) -> None:
    """The page for a hostile project has the tags of that for a tame one."""
    hostile, tame = (_tags(nasty(each)) for each in (text, "tame"))
    assert hostile == tame


def _tags(seen: Assessment) -> list[str]:
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return re.findall(r"<[^>]*>", page.render(render("markdown", seen, Style()).decode()))


def test_markdown_tells_nobody_and_links_nowhere() -> None:
    text = render("markdown", nasty("@everyone #1 GH-1 http://x.invalid www.x.invalid"), Style()).decode()
    assert re.search(r"@\w|#\d|GH-\d|://\w|www\.", text.replace("&#8203;", "~")) is None


@pytest.mark.parametrize("text", NASTY)
def test_hostile_text_is_no_command_of_the_runner(text: str) -> None:
    lines = render("github", nasty(text), Style()).decode().split("\n")
    annotations = [line for line in lines if line.lstrip().startswith("::")]
    assert len(annotations) == 6, "one for each open finding, and for each compound risk"
    assert len(lines) == 8, "a line for the verdict, and nothing after its end"
    for line in annotations:
        assert re.fullmatch(r"::(error|warning|notice) (\w+=[^,:]*,?)+::.*", line), line
    assert not any("##[" in line for line in lines)


# ------------------------------------------------------------ JUnit


def test_junit_has_a_case_for_the_gate_and_for_each_check() -> None:
    cases = {
        (case.get("classname"), case.get("name")): [child.tag for child in case]
        for case in junit(assessment()).iter("testcase")
    }
    assert cases[("gate", "G1")] == ["failure"]
    assert cases[("planning", "A-1.a")] == ["failure"]
    assert cases[("planning", "A-1.b")] == ["error"]
    assert cases[("planning", "A-1.c")] == ["skipped"]
    assert cases[("planning", "A-1.d")] == ["system-out"]
    assert cases[("planning", "A-1.e")] == []
    assert cases[("planning", "A-1.f")] == ["skipped"]


def test_an_undecided_check_fails_where_it_keeps_the_gate_shut() -> None:
    undecided = finding("A-1.c", Outcome.UNKNOWN, must_meet=True)
    root = junit(replace(assessment(), findings=(undecided,), verdict=Verdict.CANNOT_JUDGE))
    (case,) = [each for each in root.iter("testcase") if each.get("name") == "A-1.c"]
    assert [child.tag for child in case] == ["failure"]


def test_junit_counts_what_it_holds() -> None:
    root = junit(assessment())
    suite = root[0]
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert suite.get(attribute) == str(len(list(root.iter(tag))))


# ------------------------------------------------------------ waivers


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (WaiverState.RELIED_ON, "accepted"),
        (WaiverState.IN_FORCE, "accepted"),
        (WaiverState.PENDING, "underReview"),
        (WaiverState.EXPIRED, "rejected"),
        (WaiverState.REFUSED, "rejected"),
        (WaiverState.UNUSED, None),
    ],
)
def test_a_waiver_is_a_suppression_that_says_whether_it_holds(state: WaiverState, status: str | None) -> None:
    seen = replace(assessment(), waivers=waivers(state))
    result = next(each for each in sarif(seen)["results"] if each["ruleId"] == "A-1.a")
    assert [each["status"] for each in result["suppressions"]] == ([status] if status else [])
    assert (result["kind"], result["level"]) == ("fail", "error"), "the finding stays in the log as it is"
    if status:
        assert result["suppressions"][0]["justification"].startswith("agreed (Ann, ")
        assert result["suppressions"][0]["properties"]["expiresOn"] == "2026-07-31"
    case = next(each for each in junit(seen).iter("testcase") if each.get("name") == "A-1.a")
    assert [each.tag for each in case] == (["skipped"] if status == "accepted" else ["failure"])
    first = render("github", seen, Style()).decode().split(" ")[0]
    assert ("A-1.a" in render("github", seen, Style()).decode().splitlines()[0]) is (status != "accepted")
    assert first == "::error"
    assert ("fail, waived" in render("markdown", seen, Style()).decode()) is (status == "accepted")


def test_a_waiver_that_holds_is_not_undone_by_an_older_one_that_does_not() -> None:
    held, expired = waivers(WaiverState.IN_FORCE), waivers(WaiverState.EXPIRED)
    seen = replace(assessment(), waivers=replace(held, uses=(*expired.uses, *held.uses)))
    result = next(each for each in sarif(seen)["results"] if each["ruleId"] == "A-1.a")
    assert [each["status"] for each in result["suppressions"]] == ["accepted"]


# ------------------------------------------------------------ Markdown, CSV, annotations


def test_a_long_markdown_report_is_cut_and_says_so() -> None:
    long = "x" * 2_000
    many = tuple(
        replace(finding(f"A-{n}.a", Outcome.FAIL), control=Text(long, long), evidence_count=1) for n in range(200)
    )
    text = render("markdown", replace(assessment(), findings=many), Style()).decode()
    assert len(text) <= MAX_CHARACTERS
    assert "… and 150 more" in text
    assert re.search(r"… and the details of \d+ more findings\.", text)


def test_csv_begins_with_a_byte_order_mark_and_keeps_numbers() -> None:
    minus = replace(finding("A-1.a", Outcome.FAIL), measure="-3")
    written = render("csv", replace(assessment(), findings=(minus,)), Style("zh"))
    assert written.startswith(b"\xef\xbb\xbf")
    rows = rows_of_csv(replace(assessment(), findings=(minus,)), "zh")
    assert dict(zip(rows[0], rows[1], strict=True))["实测值"] == "-3"


def test_more_annotations_than_github_shows_are_told() -> None:
    many = tuple(finding(f"A-{n}.a", Outcome.FAIL) for n in range(30))
    lines = render("github", replace(assessment(), findings=many, compounds=()), Style()).decode().splitlines()
    assert len([line for line in lines if line.startswith("::error")]) == 10
    assert lines[9] == "::error title=riskcheck::21 more findings of this level are not shown here"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("r.json", "json"),
        ("r.SARIF", "sarif"),
        ("r.sarif.json", "sarif"),
        ("r.junit.xml", "junit"),
        ("junit.xml", "junit"),
        ("r.xml", None),
        ("myjunit.xml", None),
        ("r.md", "markdown"),
        ("r.csv", "csv"),
        ("md", None),
        ("r", None),
    ],
)
def test_the_end_of_a_name_chooses_the_format(name: str, form: str | None) -> None:
    chosen = format_for(name)
    assert (chosen.name if chosen else None) == form


# ------------------------------------------------------------ what the baseline does not know, what is demanded besides


def held(*changes: tuple[str, ChangeKind]) -> Assessment:
    """The example, held to a baseline since which this became of its rules."""
    found = tuple(Change(rule, Text(rule, rule), False, kind, "pass", "fail") for rule, kind in changes)
    use = BaselineUse("base.json", "ef" * 32, assessment().as_of, True, found)
    return replace(assessment(), baseline=use)


GONE = (("A-1.a", ChangeKind.LASTING), ("A-1.c", ChangeKind.GONE_DARK), ("A-1.d", ChangeKind.NEW))


def test_what_is_new_is_marked_in_every_report() -> None:
    seen = held(*GONE, ("CH-1", ChangeKind.NEW))
    for name in ("markdown", "github", "terminal"):
        for language, words in (("en", ("gone dark, ", "new, ")), ("zh", ("变为未知, ", "新增, "))):
            text = render(name, seen, Style(language)).decode().replace("%2C", ",")  # type: ignore[arg-type]
            assert all(f"[{word}" in text or f"| {word}" in text for word in words), (name, language)
    head, *rows = rows_of_csv(seen)
    since = {row[head.index("ID")]: row[head.index("Since the baseline")] for row in rows}
    assert (since["A-1.a"], since["A-1.c"], since["A-1.d"], since["CH-1"]) == ("lasting", "gone dark", "new", "new")
    assert set(rows_of_csv(assessment())[1][-1:]) == {""}


def test_the_workbook_marks_what_is_new() -> None:
    def column(seen: Assessment, sheet: str) -> dict[str, str]:
        book = openpyxl.load_workbook(io.BytesIO(render("excel", seen, Style())))
        head, *rows = book[sheet].iter_rows(values_only=True)
        at = head.index("Since the baseline")
        return {row[1]: row[at] or "" for row in rows}

    seen = held(*GONE, ("CH-1", ChangeKind.NEW))
    found = column(seen, "Findings")
    assert (found["A-1.a"], found["A-1.c"], found["A-1.d"]) == ("", "gone dark", "new")
    assert column(seen, "Compound risks")["CH-1"] == "new"
    with pytest.raises(ValueError, match="not in tuple"):
        column(assessment(), "Findings")


def test_csv_and_annotations_tell_the_verdict_without_waivers() -> None:
    seen = replace(assessment(), verdict=Verdict.CONDITIONAL, waivers=waivers(WaiverState.RELIED_ON))
    head, first, *_ = rows_of_csv(seen)
    said = dict(zip(head, first, strict=True))
    assert (said["Verdict"], said["Verdict without waivers"]) == ("CONDITIONAL", "FAIL")
    last = render("github", seen, Style()).decode().splitlines()[-1]
    assert "CONDITIONAL" in last
    assert "aivers do not change the verdict" in last or "without: FAIL" in last


@pytest.mark.parametrize("code", ["fail-on", "fail-under"])
def test_a_demand_that_is_not_met_fails_the_gate_in_junit_and_is_an_error_of_its_own(code: str) -> None:
    note = Assumption(code, Text("--fail-x is not met", "未满足"), ())
    seen = replace(assessment(), verdict=Verdict.PASS, assumptions=(note,))
    (gate,) = [each for each in junit(seen).iter("testcase") if each.get("classname") == "gate"]
    assert [each.tag for each in gate] == ["failure"]
    assert "--fail-x is not met" in (gate[0].text or "")
    assert render("github", seen, Style()).decode().splitlines()[0] == "::error title=riskcheck::--fail-x is not met"


def test_a_long_name_does_not_make_markdown_longer_than_a_comment() -> None:
    seen = replace(assessment(), project_name="|" * 100_000)
    assert len(render("markdown", seen, Style()).decode()) <= MAX_CHARACTERS
