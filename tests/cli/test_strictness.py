"""What is shown, and what the exit code demands beyond the verdict: neither changes what is judged."""

from __future__ import annotations

import pytest

from riskcheck.cli.exitcodes import stricter
from riskcheck.cli.selection import Selection, selection, shown
from riskcheck.cli.values import score_of
from riskcheck.errors import UsageError
from riskcheck.frozen import replace
from riskcheck.model.assessment import Assessment, Verdict
from riskcheck.model.finding import Band, Outcome
from riskcheck.packs.load import load_pack
from riskcheck.reports import Style, render
from tests.reports.examples import assessment, finding


def opened(*findings: object, verdict: Verdict = Verdict.PASS) -> Assessment:
    return replace(assessment(), verdict=verdict, findings=findings, compounds=(), assumptions=())


@pytest.mark.parametrize(
    ("patterns", "rule", "fits"),
    [
        (("EXE-RC-04.a",), "EXE-RC-04.a", True),
        (("EXE-RC-04",), "EXE-RC-04.a", True),
        (("exe",), "EXE-RC-04.a", True),
        (("EXE-RC-1",), "EXE-RC-10.a", False),
        (("EXE-R",), "EXE-RC-10.a", False),
        (("*-RC-*",), "EXE-RC-10.a", True),
        (("PLN", "EXE"), "EXE-RC-10.a", True),
        ((), "EXE-RC-10.a", True),
    ],
)
def test_a_pattern_is_an_id_its_beginning_or_has_stars(patterns: tuple[str, ...], rule: str, fits: bool) -> None:
    assert Selection(patterns, ()).shows(rule) is fits
    assert Selection((), patterns).shows(rule) is (not fits if patterns else True)


def test_a_pattern_that_fits_nothing_is_an_error_with_a_guess() -> None:
    with pytest.raises(UsageError) as error:
        selection(["EXE-RC-04.a, EXE-RC-4.a"], ["nosuch*"], load_pack("deployment"))
    told = [each.render() for each in error.value.diagnostics]
    assert len(told) == 2
    assert '"EXE-RC-4.a"; did you mean "EXE-RC-04.a"?' in told[0]


def test_what_is_not_shown_is_counted_and_the_verdict_stays() -> None:
    before = assessment()
    after = shown(before, Selection((), ("A-1.a", "A-1.e", "CH")))
    assert [each.check for each in after.findings] == ["A-1.b", "A-1.c", "A-1.d", "A-1.f"]
    assert after.compounds == ()
    assert (after.verdict, after.score, after.reasons, after.phases) == (
        before.verdict,
        before.score,
        before.reasons,
        before.phases,
    )
    note = after.assumptions[-1]
    for name in ("terminal", "html"):
        assert "Must-meet checks shown: " in render(name, after, Style()).decode()
        assert "Must-meet checks: " in render(name, before, Style()).decode()
    assert "--ignore A-1.a,A-1.e,CH" in note.text.en
    assert "2 checks (1 pass, 1 fail), 1 of them must-meet, and 3 compound risks" in note.text.en
    assert "检查 2 项" in note.text.zh


@pytest.mark.parametrize(
    ("outcome", "fail_on", "code"),
    [
        (Outcome.FAIL, "high", 1),
        (Outcome.FAIL, "low", 1),
        (Outcome.FAIL, "critical", 0),
        (Outcome.UNKNOWN, "high", 1),
        (Outcome.ERROR, "high", 1),
        (Outcome.PASS, "low", 0),
        (Outcome.NOT_APPLICABLE, "low", 0),
    ],
)
def test_fail_on_looks_at_open_findings_of_the_band_or_above(outcome: Outcome, fail_on: str, code: int) -> None:
    result, found = stricter(opened(finding("A-1.a", outcome)), 0, fail_on, None)
    assert found == code
    assert [each.code for each in result.assumptions] == (["fail-on"] if code else [])


def test_a_warning_counts_by_its_lower_likelihood() -> None:
    warned = replace(finding("A-1.a", Outcome.WARN), likelihood=3, impact=4, rating=8, band=Band.HIGH)
    assert stricter(opened(warned), 0, "high", None)[1] == 0
    assert stricter(opened(warned), 0, "medium", None)[1] == 1


def test_fail_under_looks_at_the_low_end() -> None:
    """The score of the example is 66.66… to 83.33…"""
    assert stricter(opened(), 0, None, score_of("66.66"))[1] == 0
    assert stricter(opened(), 0, None, score_of("66.67"))[1] == 1
    assert stricter(opened(), 0, None, score_of("80"))[1] == 1


@pytest.mark.parametrize("verdict", Verdict)
def test_neither_opens_a_gate(verdict: Verdict) -> None:
    code = {"PASS": 0, "CONDITIONAL": 0, "FAIL": 1, "CANNOT_JUDGE": 4}[verdict.value]
    result, same = stricter(opened(verdict=verdict), code, "critical", score_of("0"))
    assert same == code
    assert result.verdict is verdict
    _, more = stricter(opened(finding("A-1.a", Outcome.FAIL), verdict=verdict), code, "low", score_of("100"))
    assert more == (code or 1)


@pytest.mark.parametrize("text", ["", "-1", "100.1", "1e2", "٣", "1.", ".5", "85%", "1" * 50, "nan"])
def test_what_is_no_score_is_none(text: str) -> None:
    assert score_of(text) is None
