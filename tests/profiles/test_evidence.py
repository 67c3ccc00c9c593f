"""On what evidence facts rest: the grade of each check, of all, and what a profile may demand."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from riskcheck.facts.evidencerows import MOST_LISTED
from riskcheck.model.assessment import Assessment, Verdict
from riskcheck.model.finding import Outcome
from riskcheck.model.number import Ratio
from riskcheck.reports import Style, render
from tests.profiles.evidencepack import evidence_pack
from tests.profiles.written import COMPLETE, FACTS, judge, of

SOUND = (
    FACTS.replace("late: yes", "late: no")
    .replace("tested: no, stock: 2", "tested: yes, stock: 5")
    .replace("status: open", "status: done")
)
FLOOR = "evidence_floor: {gate: G2, grade: 0.8}\n"
"""A-1.a reads tasks.owner, B-1.a project.earned and project.planned; both are must-meet."""


def with_evidence(*rows: str) -> str:
    return SOUND + COMPLETE + "evidence:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


def graded(folder: Path, *rows: str, said: str | None = None) -> Assessment:
    return judge(folder, with_evidence(*rows), said, evidence_pack())


def grade(folder: Path, check: str, *rows: str) -> Fraction | None:
    return grade_of(graded(folder, *rows), check)


def grade_of(judged: Assessment, check: str) -> Fraction | None:
    return exact(of(judged, check).evidence_grade)


def exact(grade: Ratio | None) -> Fraction | None:
    return grade.exact if grade else None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("system_export", 1), ("签字文件", 1), ("document", Fraction(4, 5)), ("口头陈述", Fraction(1, 2))],
)
def test_each_kind_has_its_grade(kind: str, expected: Fraction, tmp_path: Path) -> None:
    assert grade(tmp_path, "A-1.a", f"fact: tasks, kind: {kind}") == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("fact: parts, kind: system_export",), Fraction(3, 10)),
        (("fact: tasks.owner, kind: system_export",), 1),
        (("fact: tasks.late, kind: system_export",), Fraction(3, 10)),
        (("fact: 任务.负责人, kind: system_export",), 1),
        (("fact: tasks, kind: document", "fact: tasks.owner, kind: statement"), Fraction(4, 5)),
        (("fact: tasks T1, kind: system_export",), Fraction(3, 10)),
        (("fact: tasks T1, kind: system_export", "fact: tasks T2, kind: document"), Fraction(4, 5)),
        (("fact: 'tasks: T1', kind: system_export", "fact: 'tasks[T2]', kind: document"), Fraction(4, 5)),
        (("fact: 任务（T1）, kind: system_export", "fact: 'Tasks#T2', kind: document"), Fraction(4, 5)),
        (("fact: tasks, kind: statement", "fact: tasks T1, kind: system_export"), Fraction(1, 2)),
        (("fact: tasks",), Fraction(3, 10)),
    ],
)
def test_a_fact_has_the_best_evidence_for_its_table_field_or_row(
    rows: tuple[str, ...], expected: Fraction, tmp_path: Path
) -> None:
    judged = graded(tmp_path, *rows)
    assert grade_of(judged, "A-1.a") == expected
    assert judged.input_problems == ()


def test_a_check_has_the_lowest_grade_of_the_fields_that_it_reads(tmp_path: Path) -> None:
    rows = "fact: project.earned, kind: system_export", "fact: project.planned, kind: statement"
    assert grade(tmp_path, "B-1.a", *rows) == Fraction(1, 2)
    assert grade(tmp_path, "B-1.a", *rows, "fact: project P-1, kind: document") == Fraction(4, 5)


def test_rows_that_may_come_yet_have_no_evidence_of_their_own(tmp_path: Path) -> None:
    """So that leaving out the row with the weakest evidence does not raise the grade."""
    rows = "fact: tasks T1, kind: system_export", "fact: tasks T2, kind: statement"
    whole = with_evidence(*rows).replace("T1, owner: A", "T1, owner: none")
    found = of(judge(tmp_path, whole, None, evidence_pack()), "A-1.a")
    assert (found.outcome, exact(found.evidence_grade)) == (Outcome.FAIL, Fraction(1, 2))
    lines = [line for line in whole.splitlines(keepends=True) if "T2" not in line]
    hidden = "".join(lines).replace("table: '*'", "table: project")
    found = of(judge(tmp_path, hidden, None, evidence_pack()), "A-1.a")
    assert (found.outcome, exact(found.evidence_grade)) == (Outcome.FAIL, Fraction(3, 10))


def test_what_is_undecided_has_grade_0_and_what_does_not_apply_none(tmp_path: Path) -> None:
    text = with_evidence("fact: tasks, kind: system_export", "fact: parts, kind: system_export")
    undecided = judge(tmp_path, text.replace("owner: A", "owner: TBD"), None, evidence_pack())
    assert grade_of(undecided, "A-1.a") == 0
    without = judge(tmp_path, text.replace("has_parts: yes", "has_parts: no"), None, evidence_pack())
    assert grade_of(without, "B-1.b") is None


def test_confidence_is_the_weighted_average(tmp_path: Path) -> None:
    judged = graded(tmp_path, "fact: tasks, kind: system_export", "fact: project, kind: document")
    assert judged.verdict is Verdict.PASS
    assert judged.confidence is not None
    by_check = {each.check: exact(each.evidence_grade) for each in judged.findings}
    weak, document = Fraction(3, 10), Fraction(4, 5)
    assert by_check == {
        "A-1.a": 1,
        "A-1.b": None,  # no open task
        "A-1.c": document,
        "A-1.d": document,
        "B-1.a": document,
        "B-1.b": weak,
        "B-1.c": weak,
        "B-1.d": 1,
    }
    weighed = 4 * 1 + (2 + 1 + 4) * document + (8 + 2) * weak + 1
    assert exact(judged.confidence.overall) == weighed / (4 + 2 + 1 + 4 + 8 + 2 + 1)
    assert exact(judged.confidence.must_meet) == (4 + 4 * document) / 8


def test_without_evidence_there_is_no_figure(tmp_path: Path) -> None:
    for text in (SOUND + COMPLETE, SOUND + COMPLETE + "evidence: []\n"):
        judged = judge(tmp_path, text, None, evidence_pack())
        assert judged.confidence is None
        assert {each.evidence_grade for each in judged.findings} == {None}


def test_weak_evidence_keeps_the_gate_shut_only_where_the_profile_says_so(tmp_path: Path) -> None:
    rows = "fact: tasks, kind: statement", "fact: project, kind: system_export"
    assert graded(tmp_path, *rows).verdict is Verdict.PASS
    judged = graded(tmp_path, *rows, said=FLOOR)
    assert judged.verdict is Verdict.CANNOT_JUDGE
    (reason,) = judged.reasons
    assert (reason.code, reason.check) == ("evidence-weak", "A-1.a")
    assert reason.text.en.startswith("Must-meet check rests on evidence of grade 0.5; 0.8 is needed: ")
    assert reason.text.zh.startswith("必须满足项的证据等级为 0.5，至少需要 0.8：")
    strong = rows[0].replace("statement", "document"), rows[1]
    assert graded(tmp_path, *strong, said=FLOOR).verdict is Verdict.PASS


def test_a_warning_on_weak_evidence_is_no_better_than_a_pass(tmp_path: Path) -> None:
    """Else repairing it would shut the gate."""
    text = with_evidence("fact: tasks, kind: document").replace("earned: 8", "earned: 7")
    judged = judge(tmp_path, text, FLOOR, evidence_pack())
    assert of(judged, "B-1.a").outcome is Outcome.WARN
    assert [(each.code, each.check) for each in judged.reasons] == [("evidence-weak", "B-1.a")]


def test_the_floor_holds_from_its_gate_on(tmp_path: Path) -> None:
    text = with_evidence("fact: tasks, kind: statement")
    at_first = judge(tmp_path, text, FLOOR, evidence_pack(), gate="G1")
    assert at_first.verdict is Verdict.PASS
    assert at_first.profile is not None
    assert at_first.profile.floor is not None
    assert not at_first.profile.floor.applies
    both = judge(tmp_path, text, FLOOR.replace("G2", "G1"), evidence_pack(), gate="G2")
    assert {each.code for each in both.reasons} == {"evidence-weak"}


def test_with_a_floor_and_no_evidence_nothing_must_meet_will_do(tmp_path: Path) -> None:
    judged = judge(tmp_path, SOUND + COMPLETE, FLOOR, evidence_pack())
    assert {each.check for each in judged.reasons if each.code == "evidence-weak"} == {"A-1.a", "B-1.a"}
    assert judged.confidence is not None


def test_a_failure_is_a_failure_on_any_evidence(tmp_path: Path) -> None:
    text = with_evidence("fact: tasks, kind: statement").replace("owner: A", "owner: none")
    assert judge(tmp_path, text, FLOOR, evidence_pack()).verdict is Verdict.FAIL


def test_declaring_tables_is_not_advised_where_the_evidence_is_too_weak(tmp_path: Path) -> None:
    text = with_evidence("fact: tasks, kind: statement", "fact: project, kind: document")
    opened = text.replace("table: '*'", "table: project")
    judged = judge(tmp_path, opened, "complete: [parts]\n" + FLOOR, evidence_pack())
    assert judged.verdict is Verdict.CANNOT_JUDGE
    assert judged.undeclared == ()


@pytest.mark.parametrize(
    ("fact", "en", "zh"),
    [
        (
            "taks",
            'evidence for "taks": no table of the facts is called so',
            "没有这样的资料表，该证据不予采信；是否为“",
        ),
        ("tasks.ownr", 'evidence for "ownr" of Tasks: the table has no such field', "该证据不予采信；是否为“"),
        ("tasks T11", 'evidence for "T11" of Tasks: no row calls itself so', "该证据不予采信；是否为“T1”"),
        ("'  '", "this piece of evidence does not say what it is for", "该证据没有写明对应的资料"),
        ("", "this piece of evidence does not say what it is for", "该证据没有写明对应的资料"),
    ],
)
def test_evidence_for_nothing_known_is_told_with_the_nearest_name(fact: str, en: str, zh: str, tmp_path: Path) -> None:
    judged = graded(tmp_path, f"fact: {fact}, kind: document")
    (problem,) = judged.input_problems
    assert (problem.code, problem.severity) == ("unknown-fact", "warning")
    assert problem.text.en.startswith(en)
    assert zh in problem.text.zh
    assert str(problem.location).endswith(":10:12") or fact == ""
    assert grade_of(judged, "A-1.a") == Fraction(3, 10)


def test_very_many_unknown_facts_are_counted(tmp_path: Path) -> None:
    judged = graded(tmp_path, *(f"fact: nothing {number}, kind: document" for number in range(MOST_LISTED + 5)))
    assert len(judged.input_problems) == MOST_LISTED + 1
    assert judged.input_problems[-1].text.en.startswith("5 further pieces of evidence")


def test_evidence_for_a_table_that_is_too_old_is_no_problem(tmp_path: Path) -> None:
    judged = graded(tmp_path, "fact: tasks T1, kind: document", said="max_age_days: {tasks: 5}\n")
    assert of(judged, "A-1.a").outcome is Outcome.UNKNOWN
    assert judged.input_problems == ()


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (("fact: tasks, kind: document, as_of: 2026-06-01",), True),
        (("fact: tasks, kind: document, as_of: 2026-01-01",), False),
        (("fact: tasks, kind: document, as_of: 2026-01-01", "fact: tasks, kind: statement, as_of: 2026-06-01"), True),
        (("fact: tasks, kind: document, as_of: 2026-07-01",), False),
        (("fact: tasks.owner, kind: document, as_of: 2026-06-01",), False),
        (("fact: tasks, kind: document",), False),
    ],
)
def test_the_age_counts_from_evidence_where_only_that_has_a_day(
    rows: tuple[str, ...], kept: bool, tmp_path: Path
) -> None:
    judged = graded(tmp_path, *rows, said="max_age_days: {tasks: 30}\n")
    assert (of(judged, "A-1.a").outcome is Outcome.PASS) is kept
    dated = with_evidence(*rows).replace("complete: yes", "complete: yes, as_of: 2026-01-01")
    old = judge(tmp_path, dated, "max_age_days: {tasks: 30}\n", evidence_pack())
    assert of(old, "A-1.a").outcome is Outcome.UNKNOWN, "the day in table_status comes first"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_report_has_the_figure(language: str, tmp_path: Path) -> None:
    judged = graded(tmp_path, "fact: tasks, kind: system_export", "fact: project, kind: document", said=FLOOR)
    style = Style("zh" if language == "zh" else "en")
    text = render("terminal", judged, style).decode()
    expected = {
        "en": "Evidence: grade 0.61 of 1 on average, 0.9 for must-meet checks",
        "zh": "证据等级：平均 0.61（满分 1），必须满足项 0.9",
    }
    assert expected[language] in text
    document = json.loads(render("json", judged, style))
    schema = json.loads(files("riskcheck.reports").joinpath("report.schema.json").read_text("utf-8"))
    jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())
    assert document["evidence_grade"] == {"overall": 0.6181, "must_meet": 0.9}
    assert document["profile"]["evidence_floor"] == {"gate": "G2", "grade": 0.8, "applies": True}
    assert {each["evidence_grade"] for each in document["findings"]} == {1, 0.8, 0.3, None}
    book = openpyxl.load_workbook(io.BytesIO(render("excel", judged, style)))
    column = {cell.value: cell.column_letter for cell in book.worksheets[1][1]}
    grades = [cell.value for cell in book.worksheets[1][column[{"en": "Evidence grade", "zh": "证据等级"}[language]]]]
    assert set(grades[1:]) == {1, 0.8, 0.3, "–"}
    page = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert any(isinstance(value, str) and "0.61" in value for value in page)


def test_a_plain_run_imports_nothing_of_profiles_or_evidence(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text(FACTS, "utf-8")
    code = (
        "import sys; from riskcheck.cli.judging import CheckOptions, check_facts; from pathlib import Path\n"
        "from riskcheck.cli.plain import check_values\n"
        "given = ['check', sys.argv[2], '--pack', 'tests/gate/smallpack', '-q']\n"
        "values = check_values(given, {})\n"
        "check_facts(CheckOptions(**{**values, 'outputs': (Path(sys.argv[1]),)}))\n"
        "print(sorted(name for name in sys.modules if 'profile' in name or 'grades' in name or 'evidencerows' in name))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "r.xlsx"), str(tmp_path / "facts.yaml")],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert done.stdout == "[]\n"


def test_lint_notes_a_table_of_evidence_that_cannot_be_graded() -> None:
    from riskcheck.frozen import replace
    from riskcheck.packs.evidencetable import evidence_notes
    from riskcheck.packs.load import load_pack

    pack = load_pack("deployment")
    assert evidence_notes(pack) == ()
    evidence = pack.schema.by_name["evidence"]
    fact, kind, *rest = evidence.fields
    odd = replace(kind, allowed=(*kind.allowed, replace(kind.allowed[0], name="rumour")))
    for fields, told in (((fact, odd), "count as none: rumour"), ((fact, replace(kind, name="sort")), "is not graded")):
        changed = replace(evidence, fields=(*fields, *rest))
        tables = tuple(changed if table is evidence else table for table in pack.schema.tables)
        (note,) = evidence_notes(replace(pack, schema=replace(pack.schema, tables=tables)))
        assert told in str(note.message)
        assert note.location is not None


def test_evidence_of_a_day_after_the_review_counts_for_nothing(tmp_path: Path) -> None:
    rows = ("fact: tasks, kind: system_export, as_of: 2030-01-01", "fact: project, kind: document, as_of: 2020-01-01")
    judged = graded(tmp_path, *rows)
    assert grade_of(judged, "A-1.a") == Fraction(3, 10)
    assert grade_of(judged, "B-1.a") == Fraction(8, 10)
    told = [each for each in judged.input_problems if each.code == "future-evidence"]
    assert [each.text.en for each in told] == [
        "this piece of evidence is of 2030-01-01, after the review, and counts for nothing"
    ]


@pytest.mark.parametrize(("kind", "counts"), [("system_export", False), ("document", False), ("statement", True)])
@pytest.mark.parametrize("ref", ["none", "''"])
def test_evidence_that_says_nowhere_where_it_is_counts_for_nothing(
    kind: str, counts: bool, ref: str, tmp_path: Path
) -> None:
    judged = graded(tmp_path, f"fact: tasks, kind: {kind}, ref: {ref}")
    assert grade_of(judged, "A-1.a") == (Fraction(5, 10) if counts else Fraction(3, 10))
    assert [each.code for each in judged.input_problems] == ([] if counts else ["evidence-without-ref"])
